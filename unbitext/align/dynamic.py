"""The dynamic programme: the cheapest monotone sequence of beads through two passages, within a band."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int]


class CostRows(Protocol):
    """Costs of beads by the row (source position) at which they end."""

    shapes: tuple[Shape, ...]
    """The bead shapes offered, (sentences of the source, sentences of the target)."""

    def row(self, end: int, low: int, high: int) -> Mapping[Shape, Floats]:
        """Cost, for each shape, of the beads that end at source position `end` and target position low to high - 1.

        Positions count sentences before them, so `end` runs from 0 to the number of sentences. A shape that does not
        fit before `end` may be left out; entries for positions smaller than the shape's target size are ignored.
        """
        ...


class Band:
    """For each source position the half-open range of target positions that a path may visit."""

    def __init__(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> None:
        self.low = low
        self.high = high

    @classmethod
    def diagonal(cls, rows: int, columns: int, width: int) -> "Band":
        """A band of `width` positions either side of the diagonal; the whole rectangle where that is as small."""
        middle = np.rint(np.arange(rows + 1) * (columns / max(rows, 1))).astype(np.int64)
        reach = max(width, -(-columns // max(rows, 1)) + 1)
        low = np.maximum(middle - reach, 0)
        high = np.minimum(middle + reach, columns) + 1
        low[0] = 0
        high[-1] = columns + 1
        if rows == 0:
            low[:] = 0
        return cls(low, high)


def cheapest_path(rows: int, columns: int, costs: CostRows, band: Band) -> list[Shape]:
    """Shapes of the beads from (0, 0) to (rows, columns), in order; their sum is least.

    `costs.shapes` must hold (1, 0) and (0, 1), so that a path exists in any connected band.
    """
    best: list[Floats] = []
    choice: list[NDArray[np.int16]] = []
    insertion = costs.shapes.index((0, 1))
    for i in range(rows + 1):
        low, high = int(band.low[i]), int(band.high[i])
        row = np.full(high - low, np.inf)
        kind = np.full(high - low, -1, dtype=np.int16)
        if i == 0:
            row[0] = 0.0
        offered = costs.row(i, low, high)
        for index, (a, b) in enumerate(costs.shapes):
            if a == 0 or a > i or (a, b) not in offered:
                continue
            before_low = int(band.low[i - a])
            before = best[i - a]
            # target positions j with j - b inside the band of the row before
            first = max(low, before_low + b)
            last = min(high, before_low + len(before) + b)
            if first >= last:
                continue
            value = before[first - b - before_low : last - b - before_low] + offered[a, b][first - low : last - low]
            here = row[first - low : last - low]
            better = value < here
            here[better] = value[better]
            kind[first - low : last - low][better] = index
        # insertions run along the row: cheapest start of such a run, by a running minimum over prefix sums
        steps = offered[0, 1].copy()
        steps[0] = 0.0
        prefix = np.cumsum(steps)
        reached = np.minimum.accumulate(row - prefix) + prefix
        inserted = reached < row - 1e-9
        row = np.where(inserted, reached, row)
        kind[inserted] = insertion
        best.append(row)
        choice.append(kind)
    return _trace(rows, columns, costs.shapes, band, choice)


def _trace(
    rows: int, columns: int, shapes: tuple[Shape, ...], band: Band, choice: list[NDArray[np.int16]]
) -> list[Shape]:
    path: list[Shape] = []
    i, j = rows, columns
    while i or j:
        kind = int(choice[i][j - int(band.low[i])])
        if kind < 0:
            raise RuntimeError(f"the band is broken at source {i}, target {j}")
        shape = shapes[kind]
        path.append(shape)
        i -= shape[0]
        j -= shape[1]
    path.reverse()
    return path
