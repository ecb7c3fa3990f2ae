"""Runs: stretches of blocks between two anchors, as the aligner is given them."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.bitext import DocumentPair
from schemas.document import Block
from unbitext.align.passages import Passage, PassagePair


@dataclass(frozen=True)
class Run:
    """Blocks of one stream between two anchors; `anchored` where it begins with one.

    A block that something is taken out of is there with the sentences that are left.
    """

    source: tuple[Block, ...]
    target: tuple[Block, ...]
    anchored: bool

    def passages(self, pair: DocumentPair) -> PassagePair:
        """Give its sentences, with the languages of the documents that it is from."""
        return PassagePair(
            _passage(self.source, pair.source.meta.language),
            _passage(self.target, pair.target.meta.language),
            self.anchored,
        )


def _passage(blocks: Sequence[Block], language: str | None) -> Passage:
    return Passage(
        sentences=tuple(s.text for block in blocks for s in block.sentences),
        paragraphs=tuple(n for n, block in enumerate(blocks) for _ in block.sentences),
        language=language,
    )
