"""Walls inside long passages: places where three sentences in a row have sure counterparts.

Rare terms vote for pairs of sentences; pairs that are each other's best form a rising chain; where the chain runs
through three neighbours on both sides, the path is as good as known. Cost grows linearly with the text, and nothing is
assumed about where in the other text a sentence may be.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from unbitext.align.associations import Associations
from unbitext.align.band import WHOLE
from unbitext.align.text_pair import TextPair

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Wall = tuple[int, int]

SPACING = 60
"""Fewest sentences between two walls, on either side: nearer ones save nothing."""

_RARE = 8
"""A target term votes where it stands in no more sentences of the passage than this."""

_TELLING = 10.0
"""Only associations of at least this lift vote."""

_LEAST_VOTE = 6.0
"""Votes are logarithms of lifts: about e^6 times chance, together."""

_ROWS = 2000

_WINDOW = 1000
_ASIDE = 600
"""Sentences of the source that are looked at together nearby, and how far from the diagonal the target's may be."""


@dataclass(frozen=True)
class Waypoints:
    """`walls`: those of the pair and further ones inside its long passages. `chain`: less sure points between them."""

    walls: tuple[Wall, ...]
    chain: tuple[Wall, ...]


def find_waypoints(pair: TextPair, associations: Associations) -> Waypoints:
    """Look for waypoints in the long passages of a pair."""
    walls: list[Wall] = [pair.walls[0]]
    chains: list[Wall] = []
    for begin, end in pairwise(pair.walls):
        if min(end[0] - begin[0], end[1] - begin[1]) > 2 * SPACING:
            chain = _chain(pair, associations, begin, end)
            chains.extend(chain)
            for first, last in pairwise([begin, *walls_in(chain, 3, begin, end), end]):
                if (last[0] - first[0]) * (last[1] - first[1]) > WHOLE:
                    # too large to be searched whole: two in a row must do
                    inside = [point for point in chain if first[0] < point[0] < last[0]]
                    walls.extend(walls_in(inside, 2, first, last))
                walls.append(last)
            continue
        walls.append(end)
    return Waypoints(tuple(walls), tuple(chains))


def _chain(pair: TextPair, associations: Associations, begin: Wall, end: Wall) -> list[Wall]:
    """Points between two walls, rising on both sides: by what is rare between the walls, then by what is rare nearby.

    A text that repeats itself has nothing rare, or the same in several places: of these the one nearest to the diagonal
    counts, and only there is it looked for.
    """
    chain = rising_chain(mutual_best(pair, associations, begin, end, (begin, end)))
    found: list[Wall] = []
    for first, last in pairwise([begin, *chain, end]):
        height, width = last[0] - first[0], last[1] - first[1]
        if height * width > WHOLE and min(height, width) > SPACING:
            near: list[Wall] = []
            for top in range(first[0], last[0], _WINDOW):
                bottom = min(top + _WINDOW, last[0])
                left, right = (first[1] + (row - first[0]) * width // height for row in (top, bottom))
                window = (top, max(left - _ASIDE, first[1])), (bottom, min(right + _ASIDE, last[1]))
                near.extend(mutual_best(pair, associations, *window, (first, last)))
            found.extend(rising_chain(near))
        if last != end:
            found.append(last)
    return found


def mutual_best(
    pair: TextPair, associations: Associations, begin: Wall, end: Wall, diagonal: tuple[Wall, Wall]
) -> list[Wall]:
    """Pairs of sentences that are each other's best by votes, ordered by the source.

    Of equal votes that nearer to the line between the two points of `diagonal` is the best.
    """
    rows, columns = (begin[0], end[0]), (begin[1], end[1])
    holders, starts = _rare_holders(pair, columns)
    (top, left), (bottom, right) = diagonal
    slope = (right - left) / max(bottom - top, 1)
    best_row: dict[int, int] = {}
    best_column = np.full(columns[1] - columns[0], -1, dtype=np.int64)
    best_vote = np.full(columns[1] - columns[0], _LEAST_VOTE)
    best_away = np.zeros(columns[1] - columns[0])
    for first in range(*rows, _ROWS):
        last = min(first + _ROWS, rows[1])
        row, column, vote = _votes(pair, associations, (first, last), columns, holders, starts)
        enough = vote > _LEAST_VOTE
        row, column, vote = row[enough], column[enough], vote[enough]
        away = np.abs(column - left - (row - top) * slope)
        # the last of equal keys wins an assignment: order by vote, so that the best one does
        order = np.lexsort((-away, vote))
        row, column, vote, away = row[order], column[order] - columns[0], vote[order], away[order]
        best_of = np.full(last - first, -1, dtype=np.int64)
        best_of[row - first] = column
        best_row.update((first + n, int(j)) for n, j in enumerate(best_of) if j >= 0)
        better = (vote > best_vote[column]) | ((vote == best_vote[column]) & (away < best_away[column]))
        row, column, vote, away = row[better], column[better], vote[better], away[better]
        best_vote[column], best_column[column], best_away[column] = vote, row, away
    return [(i, j + columns[0]) for i, j in best_row.items() if best_column[j] == i]


def _rare_holders(pair: TextPair, columns: tuple[int, int]) -> tuple[Ints, Ints]:
    """For each target term the sentences that hold it, where they are few: `holders[starts[t]:starts[t + 1]]`."""
    table = pair.target
    flat = table.flat[table.offsets[columns[0]] : table.offsets[columns[1]]]
    sentence = np.repeat(np.arange(*columns), np.diff(table.offsets[columns[0] : columns[1] + 1]))
    width = columns[1]
    once = np.unique(flat * width + sentence)
    term, holder = once // width, once % width
    frequency = np.bincount(term, minlength=len(table.terms))
    rare = frequency[term] <= _RARE
    term, holder = term[rare], holder[rare]
    return holder, np.searchsorted(term, np.arange(len(table.terms) + 1))


def _votes(
    pair: TextPair,
    associations: Associations,
    rows: tuple[int, int],
    columns: tuple[int, int],
    holders: Ints,
    starts: Ints,
) -> tuple[Ints, Ints, Floats]:
    """Pairs of sentences with their votes."""
    table, direction = pair.source, associations.forward
    flat = table.flat[table.offsets[rows[0]] : table.offsets[rows[1]]]
    row = np.repeat(np.arange(*rows), np.diff(table.offsets[rows[0] : rows[1] + 1]))
    entry, of_token = _ranges(direction.starts[flat], direction.starts[flat + 1])
    telling = direction.lift[entry] > _TELLING
    entry, of_token = entry[telling], of_token[telling]
    lift = direction.lift[entry]
    holder, of_entry = _ranges(starts[direction.generated[entry]], starts[direction.generated[entry] + 1])
    column = holders[holder]
    key = row[of_token[of_entry]] * columns[1] + column
    weight = np.log1p(lift)[of_entry]
    keys, slot = np.unique(key, return_inverse=True)
    # rounded, so that two sentences of the same words have the same vote
    votes = np.round(np.bincount(slot, weights=weight, minlength=len(keys)), 6).astype(np.float64)
    return keys // columns[1], keys % columns[1], votes


def _ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """All numbers of all half-open ranges, one range after the other, and which range each is from."""
    sizes = ends - starts
    owner = np.repeat(np.arange(len(sizes)), sizes)
    inside = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return starts[owner] + inside, owner


def rising_chain(pairs: Sequence[Wall]) -> list[Wall]:
    """The longest choice of `pairs` (ordered by the first number) whose second numbers rise."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(at[place - 1] if place else -1)
        if place == len(ends):
            ends.append(j)
            at.append(number)
        else:
            ends[place] = j
            at[place] = number
    chain: list[Wall] = []
    number = at[-1] if at else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    chain.reverse()
    return chain


def walls_in(chain: Sequence[Wall], row: int, begin: Wall, end: Wall) -> list[Wall]:
    """Walls before the second of `row` neighbours that stand in a row on both sides, not too near to one another."""
    walls: list[Wall] = []
    last = begin
    for number in range(1, len(chain) - row + 2):
        first, (i, j), final = chain[number - 1], chain[number], chain[number + row - 2]
        in_a_row = (final[0] - first[0], final[1] - first[1]) == (row - 1, row - 1)
        if in_a_row and min(i - last[0], j - last[1], end[0] - i, end[1] - j) >= SPACING:
            walls.append((i, j))
            last = i, j
    return walls
