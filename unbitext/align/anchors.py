"""Anchors: blocks of two documents that stand for one another by number, turn, heading or kind, in order.

Numbers of paragraphs, letters of items and marks of notes are the same in every language of a UN document; they start
again in annexes, so that only their order tells equal numbers apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.document import Block, Document, Kind
from unbitext.align.length import lengths
from unbitext.align.numerals import ordinal_readings

SINGLE = frozenset({Kind.TITLE, Kind.HEADING, Kind.INCIDENT, Kind.CLOSING, Kind.SIGNATURE, Kind.FOOTNOTE})
"""Kinds that are matched whole: what follows such a block is not part of it."""

_SHARED_NUMBER = {
    Kind.PARAGRAPH: 10.0,
    Kind.ITEM: 6.0,
    Kind.HEADING: 8.0,
    Kind.FOOTNOTE: 8.0,
    Kind.TITLE: 4.0,
    Kind.QUOTE: 6.0,
}
_SHARED_KIND = {Kind.INCIDENT: 3.0, Kind.CLOSING: 8.0, Kind.SIGNATURE: 4.0, Kind.TITLE: 3.0, Kind.HEADING: 2.0}

_OTHER_DIVISION = 2.5

_WORDED = re.compile(
    r"(?:第\s*(?P<zh>[一二三四五六七八九十百\d]{1,5})\s*[条章节编款]"
    r"|(?:Article|Chapter|Section|Part|Rule|Regulation|Decision)\s+(?P<en>\d{1,3}|[IVXLC]{1,7}))(?![^\W\d_])",
    re.IGNORECASE,
)
_DIVISION_NUMBER = re.compile(r"-([^-]+)$")


@dataclass(frozen=True)
class Key:
    """What can be compared of a block without reading its text.

    `numbers` are the readings of its number; `turn` is set on the first block of a turn: the role and the code of the
    affiliation; `parent` are the readings of the number of the paragraph that an item belongs to. `opens_division` is
    set on the heading of an annex, appendix or letter.
    """

    kind: Kind
    numbers: frozenset[str]
    turn: tuple[str, str | None] | None
    parent: frozenset[str]
    division: str | None
    length: float
    opens_division: bool = False

    @property
    def is_keyed(self) -> bool:
        """Whether there is anything to match by."""
        return bool(self.numbers) or self.turn is not None or self.kind in _SHARED_KIND


def block_keys(document: Document, blocks: Sequence[Block]) -> list[Key]:
    """The keys of some blocks of a document."""
    turns = {turn.n: turn for turn in document.turns}
    numbers = {block.id: block.number for block in document.blocks}
    opened: set[int] = set()
    keys: list[Key] = []
    division: str | None = None
    for block in blocks:
        opens = block.kind is Kind.HEADING and block.division is not None and block.division != division
        division = block.division
        opening: tuple[str, str | None] | None = None
        if block.turn is not None and block.turn not in opened and block.kind is Kind.PARAGRAPH:
            opened.add(block.turn)
            turn = turns.get(block.turn)
            if turn is not None:
                opening = (turn.role.value, turn.affiliation.code if turn.affiliation else None)
        parent = numbers.get(block.parent) if block.parent else None
        keys.append(
            Key(
                kind=block.kind,
                numbers=_numbers(block, opens),
                turn=opening,
                parent=ordinal_readings(parent) if parent else frozenset(),
                division=block.division,
                length=float(lengths([block.text])[0]),
                opens_division=opens,
            )
        )
    return keys


def _numbers(block: Block, opens_division: bool) -> frozenset[str]:
    """What the number of a block can mean; a heading's can be part of its words: `Article 5`, 第五条, 附件二."""
    if block.number:
        return ordinal_readings(block.number)
    if block.kind is not Kind.HEADING:
        return frozenset()
    if opens_division:
        # An annex and an article of one number are not counterparts; nor are Annex II and an annex without number.
        number = next((found for found in _DIVISION_NUMBER.findall((block.division or "").split("/")[-1])), "")
        return frozenset(f"division {reading}" for reading in ordinal_readings(number) or {""})
    match = _WORDED.match(block.text)
    return frozenset(f"article {r}" for r in ordinal_readings(match["zh"] or match["en"])) if match else frozenset()


def match_keys(source: Sequence[Key], target: Sequence[Key]) -> list[tuple[int, int]]:
    """Index pairs of blocks that are anchors, rising on both sides: those with the greatest sum of evidence."""
    s_index = [i for i, key in enumerate(source) if key.is_keyed]
    t_index = [j for j, key in enumerate(target) if key.is_keyed]
    if not s_index or not t_index:
        return []
    divisions = {key.division for key in source}, {key.division for key in target}
    gain = np.zeros((len(s_index), len(t_index)))
    for a, i in enumerate(s_index):
        for b, j in enumerate(t_index):
            found = _evidence(source[i], target[j])
            # One annex and another: where either is in both documents, what stands in it belongs there.
            elsewhere = source[i].division in divisions[1] or target[j].division in divisions[0]
            if found and elsewhere and source[i].division != target[j].division:
                found = max(found - _OTHER_DIVISION, 0.0)
            gain[a, b] = found
    where_s = np.array(s_index, dtype=np.float64)[:, None] / max(len(source), 1)
    where_t = np.array(t_index, dtype=np.float64)[None, :] / max(len(target), 1)
    # among equal evidence, the pair that stands nearer to the same place
    gain = np.where(gain > 0, gain - np.abs(where_s - where_t), 0.0)
    return [(s_index[a], t_index[b]) for a, b in _heaviest_sequence(gain)]


def _evidence(a: Key, b: Key) -> float:
    """How much speaks for two blocks being counterparts; 0 forbids it."""
    value = 0.0
    if a.numbers or b.numbers:
        if not a.numbers & b.numbers:
            return 0.0
        value += _SHARED_NUMBER.get(a.kind, 4.0) if a.kind is b.kind else 3.0
        if a.parent or b.parent:
            value += 2.0 if a.parent & b.parent else -2.0
        if a.division is not None and a.division == b.division:
            value += 2.0
    if a.turn is not None or b.turn is not None:
        if a.turn is None or b.turn is None or a.turn[0] != b.turn[0]:
            return 0.0
        if a.turn[1] is not None and b.turn[1] is not None:
            if a.turn[1] != b.turn[1]:
                return 0.0
            value += 8.0
        else:
            value += 3.0
    if a.kind is b.kind:
        value += _SHARED_KIND.get(a.kind, 0.0)
    elif Kind.FOOTNOTE in (a.kind, b.kind) or not (a.numbers or a.turn):
        return 0.0
    # two lengths that agree say little, two that do not say a little more
    size = abs(np.log((a.length + 20.0) / (b.length + 20.0)))
    return max(value - min(float(size), 2.0), 0.0)


def _heaviest_sequence(gain: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The increasing sequence of cells with the greatest sum (a longest common subsequence with weights)."""
    rows, columns = gain.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        here = np.maximum(best[i, 1:], best[i, :-1] + gain[i])
        best[i + 1, 1:] = np.maximum.accumulate(here)
    path: list[tuple[int, int]] = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i, j - 1]:
            j -= 1
        elif best[i, j] == best[i - 1, j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            path.append((i, j))
    path.reverse()
    return path
