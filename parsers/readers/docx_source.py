"""What the stories of one Word file share: styles, lists, notes, the page that the walk is on, what was left out."""

from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType

from parsers.readers.docx_notes import Notes
from parsers.readers.docx_numbering import Numbering
from parsers.readers.docx_styles import Styles
from parsers.readers.docx_xml import damaged

_DEEPEST = 60


@dataclass
class Left:
    """What was left out or accepted on the way, counted; some of what was hidden, to be told."""

    counts: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)

    def hide(self, text: str) -> None:
        """Count hidden characters; the first of them are kept to be told."""
        self.counts["hidden"] += len(text)
        if len(self.hidden) < 20:
            self.hidden.append(text[:60])


@dataclass
class Pages:
    """Which page the walk is on: by what Word noted when it last laid the text out, else by breaks that are set."""

    noted: bool
    number: int = 1
    started: bool = False

    def turn(self, *, noted: bool) -> None:
        """Note a page break: one that Word saved, or one that the author set. Only one of the two kinds counts."""
        if noted == self.noted and (self.started or noted):
            self.number += 1


class Depth:
    """How deep the walk is in content that nests; real documents stay below ten. Raises `Refusal` far above that."""

    def __init__(self) -> None:
        self._depth = 0

    def __enter__(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise damaged(f"content is nested more than {_DEEPEST} deep")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1


@dataclass
class Source:
    """What all stories of one document share."""

    styles: Styles
    numbering: Numbering
    notes: Notes
    pages: Pages
    left: Left = field(default_factory=Left)
    depth: Depth = field(default_factory=Depth)
