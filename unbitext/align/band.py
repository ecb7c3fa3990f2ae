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
    """The band between two walls, near `points` (rising on both sides) where they lie dense enough to go by."""
    path = [begin, *points, end]
    gaps = list(pairwise(path))
    if any((k - i) * (m - j) > WHOLE for (i, j), (k, m) in gaps):
        return band_between(begin, end)
    return band_around(gaps, GUIDE_MARGIN)


def band_around(path: Sequence[tuple[Wall, Wall]], margin: int) -> Band:
    """A band of `margin` sentences either way around a path of beads (begin, end), between its first and last cells."""
    (top, left), (bottom, right) = path[0][0], path[-1][1]
    low = np.full(bottom - top + 1, right, dtype=np.int64)
    high = np.full(bottom - top + 1, left, dtype=np.int64)
    for (i, j), (k, m) in path:
        low[i - top : k - top + 1] = np.minimum(low[i - top : k - top + 1], j)
        high[i - top : k - top + 1] = np.maximum(high[i - top : k - top + 1], m)
    # a path may run ahead or lag by as many source sentences, too
    reach = min(margin, bottom - top)
    low = np.concatenate([np.full(reach, low[0]), low[: len(low) - reach]]) - margin
    high = np.concatenate([high[reach:], np.full(reach, high[-1])]) + margin
    low[0], high[-1] = left, right
    return Band(top, np.maximum(low, left), np.minimum(high, right) + 1)
