"""What an aligner is given and what it gives back: passages of sentences, beads of sentence ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Passage:
    """Consecutive sentences of one language.

    `paragraphs` holds for each sentence the ordinal of the paragraph it stands in (equal numbers = same paragraph);
    it may be empty where the text has no paragraphs. `language` is a code of the contract or None if not known.
    """

    sentences: tuple[str, ...]
    paragraphs: tuple[int, ...] = ()
    language: str | None = None

    def __post_init__(self) -> None:
        if self.paragraphs and len(self.paragraphs) != len(self.sentences):
            raise ValueError("a passage needs one paragraph ordinal for each sentence, or none at all")

    def __len__(self) -> int:
        return len(self.sentences)


@dataclass(frozen=True)
class PassagePair:
    """Two passages that stand for one another: no bead crosses their ends.

    `anchored` says that the two begin with an anchor, so that their first sentences hardly stand alone.
    """

    source: Passage
    target: Passage
    anchored: bool = False


@dataclass(frozen=True)
class Bead:
    """Sentences `source[0]:source[1]` stand for `target[0]:target[1]` (half-open; either may be empty).

    `score` between 0 and 1 is the probability that the bead is wholly right.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    score: float


class Aligner(Protocol):
    """Anything that can align passages. It sees all passages of a document at once, so that it may learn from them."""

    @property
    def signature(self) -> str:
        """Method and version, as `Link.method` shows it."""
        ...

    def align(self, pairs: Sequence[PassagePair]) -> list[list[Bead]]:
        """Beads for each pair, in text order; every sentence of both passages is in exactly one bead."""
        ...
