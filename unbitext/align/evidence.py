"""What the words of sentences say of beads: logarithms of how much better than chance one side explains the other.

For a conditioning group of 1 to 5 consecutive sentences and one sentence of the other side, the evidence is the sum
over its terms of `log(floor + (1 - floor) * mean lift)` (IBM Model 1, against the term's own probability). It adds up
over the sentences of the generated side, so that beads of all shapes come from running sums.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unbitext.align.associations import Associations, Direction
from unbitext.align.term_tables import TermTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_TILE = 512
"""Most sentences of the generated side in one piece of work; bounds memory where the sides are unbalanced."""


@dataclass(frozen=True)
class Evidence:
    """Running sums for a rectangle of sentences, source `rows[0]:rows[1]`, target `columns[0]:columns[1]`.

    `forward[a - 1][i, j]`: the a source sentences that end with row i explain the target sentences before column j.
    `backward[b - 1][i, j]`: the b target sentences that end with column j explain the source sentences before row i.
    """

    rows: tuple[int, int]
    columns: tuple[int, int]
    forward: Floats
    backward: Floats

    def at(self, a: Ints, b: Ints, source_ends: Ints, target_ends: Ints) -> Floats:
        """Sum of both directions for beads of shapes `a` x `b` that end before the given sentences.

        `target_ends` is rows x columns, for each of `source_ends`; the answer is rows x shapes x columns. Beads that
        are not inside the rectangle have any value.
        """
        i = (source_ends - self.rows[0])[:, None, None]
        j = np.clip(target_ends - self.columns[0], 0, self.columns[1] - self.columns[0])[:, None, :]
        a, b = a[None, :, None], b[None, :, None]
        groups_a, groups_b = np.maximum(a - 1, 0), np.maximum(b - 1, 0)
        size = self.forward.shape
        base = (groups_a * size[1] + np.clip(i - 1, 0, size[1] - 1)) * size[2]
        ahead = self.forward.reshape(-1)
        total: Floats = ahead.take(base + j) - ahead.take(base + np.maximum(j - b, 0))
        size = self.backward.shape
        base, column = groups_b * size[1], np.maximum(j - 1, 0)
        back = self.backward.reshape(-1)
        total += back.take((base + np.clip(i, 0, size[1] - 1)) * size[2] + column)
        total -= back.take((base + np.clip(i - a, 0, size[1] - 1)) * size[2] + column)
        return total


def gather_evidence(
    source: TermTable,
    target: TermTable,
    associations: Associations,
    rows: tuple[int, int],
    columns: tuple[int, int],
    largest: tuple[int, int],
) -> Evidence:
    """Evidence for a rectangle; `largest` are the greatest sizes of conditioning groups, source and target."""
    forward = _explained(source, target, associations.forward, rows, columns, largest[0])
    backward = _explained(target, source, associations.backward, columns, rows, largest[1])
    return Evidence(
        rows=rows,
        columns=columns,
        forward=_running(forward),
        backward=np.ascontiguousarray(_running(backward).transpose(0, 2, 1)),
    )


def _running(values: Floats) -> Floats:
    """Sums of the columns before each column."""
    sums = np.zeros((*values.shape[:2], values.shape[2] + 1))
    np.cumsum(values, axis=2, out=sums[:, :, 1:])
    return sums


def _explained(
    given: TermTable,
    table: TermTable,
    direction: Direction,
    given_range: tuple[int, int],
    range_: tuple[int, int],
    largest: int,
) -> Floats:
    """For each group size, evidence[i, j] of the group that ends with given sentence i for sentence j alone."""
    height, width = given_range[1] - given_range[0], range_[1] - range_[0]
    found = np.zeros((largest, height, width))
    if not height or not width:
        return found
    for begin in range(range_[0], range_[1], _TILE):
        end = min(begin + _TILE, range_[1])
        place = slice(begin - range_[0], end - range_[0])
        types, counts = _counts(table, begin, end)
        if not len(types):
            continue
        lifts = _lifts(given, direction, given_range, types, len(table.terms))
        floor = direction.floor[types]
        # single precision: its logarithm is several times as fast, and costs are compared in hundredths
        weight = ((1.0 - floor) / floor).astype(np.float32)
        weighted = (lifts * weight).astype(np.float32)
        base = counts @ np.log(floor)
        turned = counts.T.astype(np.float32)
        sums, sizes = weighted.copy(), given.size[slice(*given_range)].astype(np.float32)
        for number in range(min(largest, height)):
            if number:
                sums[number:] += weighted[:-number]
                sizes[number:] += given.size[given_range[0] : given_range[1] - number]
            found[number, :, place] = np.log(sums / sizes[:, None] + np.float32(1.0)) @ turned + base
    return found


def _counts(table: TermTable, begin: int, end: int) -> tuple[Ints, Floats]:
    """The types of the terms of some sentences, and how often each stands in each: sentences x types."""
    flat = table.flat[table.offsets[begin] : table.offsets[end]]
    types, column = np.unique(flat, return_inverse=True)
    row = np.repeat(np.arange(end - begin), np.diff(table.offsets[begin : end + 1]))
    shape = (end - begin, len(types))
    counts = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape)
    return types, counts.astype(np.float64)


def _lifts(given: TermTable, direction: Direction, given_range: tuple[int, int], types: Ints, size: int) -> Floats:
    """Sums of the lifts that each given sentence has for each of `types`: sentences x types."""
    begin, end = given_range
    flat = given.flat[given.offsets[begin] : given.offsets[end]]
    row = np.repeat(np.arange(end - begin), np.diff(given.offsets[begin : end + 1]))
    entries = direction.starts[flat + 1] - direction.starts[flat]
    first = direction.starts[flat] - (np.cumsum(entries) - entries)
    entry = np.arange(int(entries.sum())) + np.repeat(first, entries)
    place = np.full(size, -1, dtype=np.int64)
    place[types] = np.arange(len(types))
    column = place[direction.generated[entry]]
    wanted = column >= 0
    cell = np.repeat(row, entries)[wanted] * len(types) + column[wanted]
    sums = np.bincount(cell, weights=direction.lift[entry][wanted], minlength=(end - begin) * len(types))
    return sums.astype(np.float64).reshape(end - begin, len(types))
