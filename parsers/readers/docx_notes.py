"""Footnotes and endnotes of a Word file: which reference means which note, and the mark that it prints.

ECMA-376 part 1, 17.11: marks are counted, not stored; how they are written and where they start again is said by the
settings and by each section.
"""

from dataclasses import dataclass, field
from typing import Literal

from parsers.readers.docx_xml import Element, child, integer, qn, value
from parsers.readers.number_formats import format_number

Kind = Literal["footnote", "endnote"]
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True)
class _Numbers:
    """How notes of one kind are numbered in one section."""

    style: str
    start: int = 1
    restart: str = "continuous"


@dataclass
class Notes:
    """The notes of a document, and how far the marks have counted; `sections` are their `sectPr` in order."""

    footnotes: Element | None
    endnotes: Element | None
    settings: Element | None = None
    sections: list[Element] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    _section: int = 0
    _counts: dict[str, int] = field(default_factory=dict)
    _pages: dict[str, int | None] = field(default_factory=dict)
    _elements: dict[str, Element] | None = None

    def refer(self, kind: Kind, number: str, own_mark: bool, page: int | None) -> tuple[str | None, str]:
        """The note that a reference on `page` means, and its mark; None where the file has no such note.

        A note with a mark of its own (`own_mark`) is not counted; `name` says the mark later.
        """
        note = f"{kind}:{number}"
        if note not in self.elements:
            self.missing.append(note)
            return None, ""
        if own_mark:
            self.typed.add(note)
            return note, ""
        if note in self.marks:  # a reference that is there twice, as in a copied file
            return note, self.marks[note]
        numbers = self._numbers(kind)
        if numbers.restart == "eachPage" and page != self._pages.get(kind, page):
            self._counts.pop(kind, None)
        self._pages[kind] = page
        count = self._counts.get(kind, numbers.start - 1) + 1
        self._counts[kind] = count
        self.marks[note] = format_number(count, numbers.style) or str(count)
        return note, self.marks[note]

    def name(self, note: str, mark: str) -> None:
        """Say the mark that a note prints of its own."""
        self.marks[note] = mark

    def next_section(self) -> None:
        """A section ends: what counts by section starts again."""
        self._section += 1
        for kind in ("footnote", "endnote"):
            if self._numbers(kind).restart == "eachSect":
                self._counts.pop(kind, None)

    @property
    def elements(self) -> dict[str, Element]:
        """The notes by name (`footnote:3`), without separators."""
        if self._elements is None:
            self._elements = {
                f"{kind}:{value(note, 'w:id')}": note
                for kind, root in (("footnote", self.footnotes), ("endnote", self.endnotes))
                if root is not None
                for note in root.iterchildren(qn(f"w:{kind}"))
                if value(note, "w:type") not in _SEPARATORS
            }
        return self._elements

    def _numbers(self, kind: str) -> _Numbers:
        section = self.sections[self._section] if self._section < len(self.sections) else None
        says = [child(section, f"w:{kind}Pr"), child(self.settings, f"w:{kind}Pr")]
        styles = [style for said in says if (style := value(child(said, "w:numFmt")))]
        starts = [start for said in says if (start := integer(child(said, "w:numStart"))) is not None]
        restarts = [restart for said in says if (restart := value(child(said, "w:numRestart")))]
        default = "decimal" if kind == "footnote" else "lowerRoman"
        return _Numbers((*styles, default)[0], (*starts, 1)[0], (*restarts, "continuous")[0])
