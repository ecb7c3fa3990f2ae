"""Anchors: blocks of two documents that stand for one another by number, turn, heading or kind, in order.

Numbers of paragraphs, letters of items and marks of notes are the same in every language of a UN document; they start
again in annexes, so that only their order tells equal numbers apart.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log

from schemas.document import Block, Document, Kind
from unbitext.align.courses import NO_COURSES, Course
from unbitext.align.length import lengths
from unbitext.align.list_places import list_places
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
_SHARED_PLACE = 4.0
"""Of two items that are counted by other signs: (c) and （三）."""

_SHARED_WITHOUT_KIND = 3.0

_SHARED_KIND = {Kind.INCIDENT: 3.0, Kind.CLOSING: 8.0, Kind.SIGNATURE: 4.0, Kind.TITLE: 3.0, Kind.HEADING: 2.0}

_OTHER_DIVISION = 2.5

_WORDED = re.compile(
    r"第\s*(?P<zh>[一二三四五六七八九十百\d]{1,5})\s*(?:[条章节编款]|部分)"
    r"|(?:Article|Chapter|Section|Part|Rule|Regulation|Decision)\s+(?P<en>\d{1,3}|[IVXLC]{1,7})(?![^\W\d_])",
    re.IGNORECASE,
)
_DIVISION_NUMBER = re.compile(r"^(?P<name>.+)-(?P<number>[^-]+)$")
_PROVISIONS = frozenset({"article", "chapter", "part", "rule", "section"})
"""Divisions of an instrument, which a document that is read as another genre has as headings with a number."""


_CONTRADICTION = 6.0
"""Taken from the evidence of an anchor for each landmark that it cuts off: two of them outweigh any number.

Landmarks that rise together are right all but a few times in a hundred.
"""

_NOTE_CONTRADICTION = 12.0
"""One landmark outweighs the mark of a note: a note more on one side shifts the marks of all that follow."""

_MOST_EVIDENCE = 30.0


@dataclass(frozen=True)
class Key:
    """What can be compared of a block without reading its text.

    `numbers` are the readings of its number, `place` is that of an item in its list; `turn` is set on the first block
    of a turn: the role and the code of the affiliation; `parent` are the readings of the number of the paragraph that
    an item belongs to. `opens_division` is set on the heading of an annex, appendix or letter.
    """

    kind: Kind
    numbers: frozenset[str]
    turn: tuple[str, str | None] | None
    parent: frozenset[str]
    division: str | None
    length: float
    opens_division: bool = False
    place: int | None = None


def block_keys(document: Document, blocks: Sequence[Block]) -> list[Key]:
    """The keys of some blocks of a document."""
    turns = {turn.n: turn for turn in document.turns}
    numbers = {block.id: block.number for block in document.blocks}
    places = list_places(document.blocks)
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
                numbers=_numbers(block, opens, places.get(block.id)),
                turn=opening,
                parent=_parent_readings(parent, places.get(block.parent or "")) if parent else frozenset(),
                division=block.division,
                length=float(lengths([block.text])[0]),
                opens_division=opens,
                place=places.get(block.id),
            )
        )
    return keys


def _numbers(block: Block, opens_division: bool, place: int | None) -> frozenset[str]:
    """What the number of a block can mean; a heading's can be part of its words: `Article 5`, 第五条, 附件二."""
    if block.number:
        readings = ordinal_readings(block.number)
        return frozenset(r for r in readings if place is None or not r.isdecimal() or int(r) == place)
    if block.kind is not Kind.HEADING:
        return frozenset()
    if opens_division:
        # An annex and an article of one number are not counterparts; nor are Annex II and an annex without number.
        found = _DIVISION_NUMBER.search((block.division or "").split("/")[-1])
        name = "article" if found and found["name"] in _PROVISIONS else "division"
        return frozenset(f"{name} {r}" for r in (ordinal_readings(found["number"]) if found else {""}))
    match = _WORDED.match(block.text)
    return frozenset(f"article {r}" for r in ordinal_readings(match["zh"] or match["en"])) if match else frozenset()


def _parent_readings(number: str, place: int | None) -> frozenset[str]:
    return ordinal_readings(number) if place is None else ordinal_readings(number) | {str(place)}


def match_keys(
    source: Sequence[Key], target: Sequence[Key], courses: tuple[Course, Course] = NO_COURSES
) -> list[tuple[int, int]]:
    """Index pairs of blocks that are anchors, rising on both sides: those with the greatest sum of evidence.

    `courses` say how many landmarks of the two texts stand before each block and each block's end: an anchor between
    blocks of which one has more behind it than the other contradicts them.
    """
    buckets = _buckets(target)
    divisions = {key.division for key in source}, {key.division for key in target}
    found: list[tuple[int, int, float]] = []
    for i, key in enumerate(source):
        for j in _candidates(i, key, buckets, courses):
            price = _NOTE_CONTRADICTION if key.kind is Kind.FOOTNOTE else _CONTRADICTION
            evidence = _evidence(key, target[j])
            # One annex and another: where either is in both documents, what stands in it belongs there.
            elsewhere = key.division in divisions[1] or target[j].division in divisions[0]
            if elsewhere and key.division != target[j].division:
                evidence -= _OTHER_DIVISION
            gain = evidence - price * _contradictions(i, j, key, target[j], courses)
            # among equal evidence, the pair that stands nearer to the same place
            gain -= abs(i / len(source) - j / len(target))
            if gain > 0:
                found.append((i, j, gain))
    return heaviest_sequence(found, len(target))


def _names(key: Key) -> list[str]:
    """What blocks that can be matched share one of."""
    names = [f"number {number}" for number in key.numbers]
    if key.place is not None:
        names.append(f"place {key.place}")
    if key.turn is not None:
        names.append(f"turn {key.turn[0]}")
    if not key.numbers and key.turn is None and key.kind in _SHARED_KIND:
        names.append(f"kind {key.kind.value}")
    return names


def _buckets(keys: Sequence[Key]) -> dict[str, list[int]]:
    buckets: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        for name in _names(key):
            buckets.setdefault(name, []).append(index)
    return buckets


def _candidates(i: int, key: Key, buckets: dict[str, list[int]], courses: tuple[Course, Course]) -> list[int]:
    """Blocks of the target that a block may stand for, but for those that the landmarks rule out."""
    found: set[int] = set()
    for name in _names(key):
        bucket = buckets.get(name, [])
        if courses[0].begins:
            passed, reach = courses[0].begins[i], int(_MOST_EVIDENCE / _CONTRADICTION)
            before = courses[1].begins
            first = bisect_left(bucket, passed - reach, key=before.__getitem__)
            last = bisect_right(bucket, passed + reach, key=before.__getitem__)
            bucket = bucket[first:last]
        found.update(bucket)
    return sorted(found)


def _contradictions(i: int, j: int, a: Key, b: Key, courses: tuple[Course, Course]) -> int:
    if not courses[0].begins:
        return 0
    count = abs(courses[0].begins[i] - courses[1].begins[j])
    if a.kind in SINGLE and b.kind in SINGLE:
        count += abs(courses[0].ends[i] - courses[1].ends[j])
    return count


def _evidence(a: Key, b: Key) -> float:
    """How much speaks for two blocks being counterparts; 0 forbids it."""
    value = 0.0
    if a.numbers or b.numbers:
        shared = bool(a.numbers & b.numbers)
        if not (shared if a.place is None or b.place is None else a.place == b.place):
            return 0.0
        if a.kind is not b.kind:
            value += _SHARED_WITHOUT_KIND
        else:
            value += _SHARED_NUMBER.get(a.kind, 4.0) if shared else _SHARED_PLACE
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
    size = abs(log((a.length + 20.0) / (b.length + 20.0)))
    return max(value - min(size, 2.0), 0.0)


def heaviest_sequence(pairs: Sequence[tuple[int, int, float]], columns: int) -> list[tuple[int, int]]:
    """The choice of pairs, rising on both sides, with the greatest sum of gains; `pairs` are ordered by the first.

    The best sum before each column is kept in a tree (Fenwick's), so that a pair costs the logarithm of the columns.
    """
    tree: list[tuple[float, int]] = [(0.0, -1)] * (columns + 1)
    before: list[int] = []
    for _, row in groupby(enumerate(pairs), key=lambda one: one[1][0]):
        ends: list[tuple[int, float, int]] = []
        for number, (_, j, gain) in row:
            best = (0.0, -1)
            place = j
            while place:
                best = max(best, tree[place], key=lambda one: one[0])
                place -= place & -place
            before.append(best[1])
            ends.append((j, best[0] + gain, number))
        for j, total, number in ends:
            place = j + 1
            while place <= columns:
                if tree[place][0] < total:
                    tree[place] = (total, number)
                place += place & -place
    best = max(tree, key=lambda one: one[0])
    # the tree's nodes cover ranges, so that the heaviest of all is in one of them
    chosen: list[tuple[int, int]] = []
    number = best[1]
    while number >= 0:
        chosen.append(pairs[number][:2])
        number = before[number]
    chosen.reverse()
    return chosen
