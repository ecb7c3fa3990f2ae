"""Blocks that stand at another place in the other text: found among those that have no sure link, on both sides.

A path through two texts cannot cross itself, so that a paragraph which a typist moved is left alone twice, or linked
for want of better. Its words tell it from others, its number confirms it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Kind
from unbitext.align.associations import associate, lexicon_counts
from unbitext.align.evidence import gather_evidence
from unbitext.align.lexicon import shipped_lexicon
from unbitext.align.numerals import ordinal_readings
from unbitext.align.parameters import Parameters
from unbitext.align.passages import Passage, PassagePair
from unbitext.align.text_pair import TextPair, text_pair
from unbitext.align.unlinked import unlinked_blocks

_KINDS = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.FOOTNOTE})
_MOST = 200
"""More blocks left alone on one side than this are a part that the other side lacks, not paragraphs that moved."""

_SURE = 0.9
_LEAST = 9.0
_LEAST_NUMBERED = 3.0
_MARGIN = 6.0
"""Logarithms of odds. Of paragraphs of real documents nine in ten have more than 8 with their counterpart, half of them
more than 28; with another paragraph of the same document one in four hundred has more than 6."""


@dataclass(frozen=True)
class Moved:
    """A block of the source, its counterpart, and the block that stands before that (None: it is the first)."""

    source: Block
    target: Block
    after: Block | None

    @property
    def message(self) -> str:
        """Where the counterpart stands."""
        place = f"after {self.after.id}" if self.after is not None else "at the beginning"
        return f"{self.source.id} stands for {self.target.id}, which is at another place of the target: {place}"


def find_moved(pair: DocumentPair, links: Sequence[Link]) -> list[Moved]:
    """Blocks without a sure link, with counterparts that have none either and that their words make sure.

    They are of one kind and one division, and each is the other's best by far. A number in common is worth much, and
    may have gone to another section. Blocks without one, and items, whose letters come again and again, must be in
    sections or turns that stand for one another; courtesies recur all over a record.
    """
    settled = [link for link in links if _is_settled(link)]
    misplaced = {id(link) for link in _of_two_numbers(pair, settled)}
    alone = unlinked_blocks(pair, (link for link in settled if id(link) not in misplaced))
    source, target = ([block for block in side if block.kind in _KINDS] for side in alone)
    if not (0 < len(source) <= _MOST and 0 < len(target) <= _MOST):
        return []
    evidence = _evidence(pair, source, target)
    together = _linked_blocks(pair, links)
    sections = _Sections(pair, links)
    fits = [[_fits(s, t) and (_is_numbered(s) or sections.agree(s, t)) for t in target] for s in source]
    possible = np.where(np.array(fits), evidence, -np.inf)
    before = dict(zip((b.id for b in pair.target.blocks[1:]), pair.target.blocks, strict=False))
    found: list[Moved] = []
    for i, s in enumerate(source):
        j = int(possible[i].argmax())
        others = max(_best_but(possible[i], j), _best_but(possible[:, j], i))
        least = _LEAST_NUMBERED if _is_numbered(s) else _LEAST
        if (s.id, target[j].id) in together:
            continue
        if possible[i, j] >= max(least, others + _MARGIN):
            found.append(Moved(s, target[j], before.get(target[j].id)))
    return found


def same_number(block: Block, others: Sequence[Block]) -> Block | None:
    """The one block of `others` that has the kind, the division and the number of `block`, if there is just one."""
    same = [other for other in others if block.number is not None and _fits(block, other)]
    return same[0] if len(same) == 1 else None


class _Sections:
    """Which stretches of two documents, from a heading to the next or of one turn, have sure links with one another."""

    def __init__(self, pair: DocumentPair, links: Sequence[Link]) -> None:
        self._of = tuple(_sections(side) for side in (pair.source, pair.target))
        settled = [link for link in links if _is_settled(link)]
        self._linked = {(self._of[0][a], self._of[1][b]) for a, b in _linked_blocks(pair, settled)}

    def agree(self, source: Block, target: Block) -> bool:
        """Whether the sections of two blocks have a link."""
        return (self._of[0][source.id], self._of[1][target.id]) in self._linked


def _sections(document: Document) -> dict[str, tuple[str | None, int | None]]:
    """For the id of each block the last heading before it and the turn."""
    heading: str | None = None
    found: dict[str, tuple[str | None, int | None]] = {}
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            heading = block.id
        found[block.id] = (heading, block.turn)
    return found


def _is_numbered(block: Block) -> bool:
    return block.number is not None and block.kind in (Kind.PARAGRAPH, Kind.FOOTNOTE)


def _is_settled(link: Link) -> bool:
    return link.is_persons or bool(link.source_ids and link.target_ids and link.score >= _SURE)


def _linked_blocks(pair: DocumentPair, links: Sequence[Link]) -> set[tuple[str, str]]:
    """Ids of blocks that have a link with one another."""
    source, target = ({s.id: b.id for b in side.blocks for s in b.sentences} for side in (pair.source, pair.target))
    return {(source[i], target[j]) for link in links for i in link.source_ids for j in link.target_ids}


def _of_two_numbers(pair: DocumentPair, links: Sequence[Link]) -> list[Link]:
    """Those of the program's links that lie between paragraphs of two numbers: two that changed places are such."""
    source, target = ({s.id: b for b in side.blocks for s in b.sentences} for side in (pair.source, pair.target))
    return [
        link
        for link in links
        if not link.is_persons
        and all(
            _is_numbered(source[i]) and _is_numbered(target[j]) and not _fits(source[i], target[j])
            for i in link.source_ids
            for j in link.target_ids
        )
    ]


def _fits(a: Block, b: Block) -> bool:
    if a.kind is not b.kind or a.division != b.division or (a.number is None) != (b.number is None):
        return False
    return a.number is None or b.number is None or bool(ordinal_readings(a.number) & ordinal_readings(b.number))


def _best_but(values: NDArray[np.float64], place: int) -> float:
    return max((float(value) for n, value in enumerate(values) if n != place), default=-np.inf)


def _evidence(pair: DocumentPair, source: Sequence[Block], target: Sequence[Block]) -> NDArray[np.float64]:
    """How much the words of each block speak for each of the other side, both directions: source x target."""
    texts = _texts(pair, source, target)
    lexicon = shipped_lexicon(*texts.languages)
    known = [] if lexicon is None else [lexicon_counts(lexicon, texts.source, texts.target)]
    parameters = Parameters()
    associations = associate(texts.source, texts.target, known, parameters)
    size = (len(source), len(target))
    found = gather_evidence(texts.source, texts.target, associations, (0, size[0]), (0, size[1]), (1, 1))
    one = np.ones(1, dtype=np.int64)
    ends = np.tile(np.arange(1, size[1] + 1), (size[0], 1))
    return found.at(one, one, np.arange(1, size[0] + 1), ends)[:, 0] * parameters.lexical_weight


def _texts(pair: DocumentPair, source: Sequence[Block], target: Sequence[Block]) -> TextPair:
    """Each block as if it were one sentence."""
    sides = ((source, pair.source), (target, pair.target))
    one, other = (Passage(tuple(b.text for b in blocks), language=side.meta.language) for blocks, side in sides)
    return text_pair([PassagePair(one, other)])
