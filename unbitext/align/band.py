"""Which cells a path may visit: for each source position a range of target positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Wall = tuple[int, int]

WHOLE = 160_000
"""Sections of up to this many cells (400 sentences by 400) are searched whole."""

WIDTH = 100
"""Half the width, in target positions, of the band along the diagonal of a greater section."""


GUIDE_MARGIN = 10
"""How far the first path may leave the points that guide it."""


@dataclass(frozen=True)
class Band:
    """For source position `first + n`, the target positions `low[n]` to `high[n] - 1`.

    Positions count the sentences before them.
    """

    first: int
    low: Ints
    high: Ints

    def row(self, position: int) -> tuple[int, int]:
        """The half-open range of target positions at a source position."""
        n = position - self.first
        return int(self.low[n]), int(self.high[n])


def band_between(begin: Wall, end: Wall, whole: int = WHOLE) -> Band:
    """The band between two walls: a rectangle of up to `whole` cells, of a greater one a strip along the diagonal."""
    height, width = end[0] - begin[0], end[1] - begin[1]
    if height * width <= whole:
        return Band(begin[0], np.full(height + 1, begin[1]), np.full(height + 1, end[1] + 1))
    steps = np.arange(height + 1)
    middle = begin[1] + np.rint(steps * (width / max(height, 1))).astype(np.int64)
    reach = WIDTH + -(-width // max(height, 1))
    low, high = np.maximum(middle - reach, begin[1]), np.minimum(middle + reach, end[1]) + 1
    low[0], high[height] = begin[1], end[1] + 1
    return Band(begin[0], low, high)


def band_along(begin: Wall, end: Wall, points: Sequence[Wall]) -> Band:
    """The band between two walls near `points`, which rise on both sides."""
    bands = [band_between(*gap) for gap in pairwise([begin, *points, end])]
    low, high = _joined(begin, end, [(band.first, band.low, band.high - 1) for band in bands])
    return _widened(begin, end, low, high, GUIDE_MARGIN)


def band_around(path: Sequence[tuple[Wall, Wall]], margin: int) -> Band:
    """A band of `margin` sentences either way around a path of beads (begin, end), between its first and last cells."""
    begin, end = path[0][0], path[-1][1]
    sizes = [k - i + 1 for (i, _), (k, _) in path]
    parts = [(i, np.full(size, j), np.full(size, m)) for ((i, j), (_, m)), size in zip(path, sizes, strict=True)]
    return _widened(begin, end, *_joined(begin, end, parts), margin)


def _joined(begin: Wall, end: Wall, parts: Sequence[tuple[int, Ints, Ints]]) -> tuple[Ints, Ints]:
    """First and last columns of each row; each part has its first row, and its rows' first and last columns."""
    low = np.full(end[0] - begin[0] + 1, end[1], dtype=np.int64)
    high = np.full(end[0] - begin[0] + 1, begin[1], dtype=np.int64)
    for first, lows, highs in parts:
        rows = slice(first - begin[0], first - begin[0] + len(lows))
        # the row where two parts meet belongs to both
        low[rows] = np.minimum(low[rows], lows)
        high[rows] = np.maximum(high[rows], highs)
    return low, high


def _widened(begin: Wall, end: Wall, low: Ints, high: Ints, margin: int) -> Band:
    # a path may run ahead or lag by as many source sentences, too
    reach = min(margin, len(low) - 1)
    low = np.concatenate([np.full(reach, low[0]), low[: len(low) - reach]]) - margin
    high = np.concatenate([high[reach:], np.full(reach, high[-1])]) + margin
    low[0], high[-1] = begin[1], end[1]
    return Band(begin[0], np.maximum(low, begin[1]), np.minimum(high, end[1]) + 1)
