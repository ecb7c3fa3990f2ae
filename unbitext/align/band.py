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


def band_between(walls: Sequence[Wall], whole: int = WHOLE) -> Band:
    """A band through all `walls`: rectangles of up to `whole` cells, of greater ones a strip along the diagonal."""
    (top, left), (bottom, right) = walls[0], walls[-1]
    low = np.full(bottom - top + 1, right, dtype=np.int64)
    high = np.full(bottom - top + 1, left + 1, dtype=np.int64)
    for (i, j), (k, m) in pairwise(walls):
        height, width = k - i, m - j
        steps = np.arange(height + 1)
        if height * width <= whole:
            first, last = np.full(height + 1, j), np.full(height + 1, m + 1)
        else:
            middle = j + np.rint(steps * (width / max(height, 1))).astype(np.int64)
            reach = WIDTH + -(-width // max(height, 1))
            first, last = np.maximum(middle - reach, j), np.minimum(middle + reach, m) + 1
        first[0], last[height] = j, m + 1
        place = slice(i - top, k - top + 1)
        # the row of a wall belongs to both neighbours
        low[place] = np.minimum(low[place], first)
        high[place] = np.maximum(high[place], last)
    # a row of a wall must not reach back into what lies behind the wall before
    return Band(top, np.maximum.accumulate(low), high)


def band_around(path: Sequence[tuple[Wall, Wall]], margin: int, walls: Sequence[Wall]) -> Band:
    """A band of `margin` sentences either way around a path of beads (begin, end), between its first and last cells.

    It passes through all of `walls` that lie between them.
    """
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
    inside = [wall for wall in walls if top <= wall[0] <= bottom and left <= wall[1] <= right]
    bounds = band_between([(top, left), *inside, (bottom, right)], whole=(bottom - top) * (right - left))
    return Band(top, np.maximum(low, bounds.low), np.minimum(high + 1, bounds.high))
