"""Walls inside long passages: places where three sentences in a row have sure counterparts.

Rare terms vote for pairs of sentences; pairs that are each other's best form a rising chain; where the chain runs
through three neighbours on both sides, the path is as good as known. Cost grows linearly with the text, and nothing is
assumed about where in the other text a sentence may be.
"""

from bisect import bisect_left
from collections.abc import Sequence
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


def add_waypoints(pair: TextPair, associations: Associations) -> tuple[Wall, ...]:
    """The walls of `pair`, and further ones inside its long passages."""
    walls: list[Wall] = [pair.walls[0]]
    for (i, j), (k, m) in zip(pair.walls, pair.walls[1:], strict=False):
        if min(k - i, m - j) > 2 * SPACING:
            chain = rising_chain(_mutual_best(pair, associations, (i, k), (j, m)))
            sure = [(i, j), *walls_in(chain, 3, (i, j), (k, m)), (k, m)]
            for begin, end in pairwise(sure):
                if (end[0] - begin[0]) * (end[1] - begin[1]) > WHOLE:
                    # too large to be searched whole: two in a row must do
                    inside = [point for point in chain if begin[0] < point[0] < end[0]]
                    walls.extend(walls_in(inside, 2, begin, end))
                walls.append(end)
            continue
        walls.append((k, m))
    return tuple(walls)


def _mutual_best(
    pair: TextPair, associations: Associations, rows: tuple[int, int], columns: tuple[int, int]
) -> list[Wall]:
    """Pairs of sentences that are each other's best by votes, ordered by the source."""
    holders, starts = _rare_holders(pair, columns)
    best_row: dict[int, int] = {}
    best_column = np.full(columns[1], -1, dtype=np.int64)
    best_vote = np.full(columns[1], _LEAST_VOTE)
    for begin in range(*rows, _ROWS):
        end = min(begin + _ROWS, rows[1])
        row, column, vote = _votes(pair, associations, (begin, end), columns, holders, starts)
        enough = vote > _LEAST_VOTE
        row, column, vote = row[enough], column[enough], vote[enough]
        # the last of equal keys wins an assignment: order by vote, so that the best one does
        order = np.argsort(vote, kind="stable")
        best_of = np.full(end - begin, -1, dtype=np.int64)
        best_of[row[order] - begin] = column[order]
        best_row.update((begin + n, int(j)) for n, j in enumerate(best_of) if j >= 0)
        better = order[vote[order] > best_vote[column[order]]]
        best_vote[column[better]] = vote[better]
        best_column[column[better]] = row[better]
    return [(i, j) for i, j in best_row.items() if best_column[j] == i]


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
    votes = np.bincount(slot, weights=weight, minlength=len(keys)).astype(np.float64)
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
