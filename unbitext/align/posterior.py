"""How probable each bead of a path is among all paths: a forward and a backward pass over sums of probabilities."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from unbitext.align.dynamic import Costs, Step
from unbitext.align.lattice import Lattice

Floats = NDArray[np.float64]

_MOST_ODDS = 15.0
_LEAST_DOUBT = float(np.exp(-_MOST_ODDS))


def posteriors(
    costs: Costs, lattice: Lattice, block: Floats, paths: Sequence[Sequence[Step]], temperature: float = 1.0
) -> list[list[float]]:
    """For each bead of a path through each band, the log odds that a path drawn at random goes through it.

    The probability of a path is exp(-cost / temperature). `block` are the `costs_of` all rows of the lattice. Log odds
    end at 15 either way.
    """
    cooled = block / temperature
    running = costs.insertions(lattice.low[:, :, None] + np.arange(lattice.width)) / temperature
    before = _before(costs, lattice, cooled, running)
    after = _after(costs, lattice, cooled, running)
    places = {shape: number for number, shape in enumerate(costs.shapes)}
    found: list[list[float]] = []
    for n, (band, path) in enumerate(zip(lattice.bands, paths, strict=True)):
        low = band.low.tolist()
        whole = before[n, len(low) - 1, int(band.high[-1]) - 1 - low[-1]]
        odds: list[float] = []
        for (i, j), (k, m) in path:
            top, row = i - band.first, k - band.first
            left, column = j - low[top], m - low[row]
            cost = (
                running[n, row, column] - running[n, row, left]
                if i == k
                else cooled[n, row, places[k - i, m - j], column]
            )
            log = min(float(before[n, top, left] - cost + after[n, row, column] - whole), -_LEAST_DOUBT)
            odds.append(max(log - float(np.log(-np.expm1(log))), -_MOST_ODDS))
        found.append(odds)
    return found


def _before(costs: Costs, lattice: Lattice, block: Floats, running: Floats) -> Floats:
    """The logarithms of the summed probabilities of all ways from the start to each cell: bands x rows x columns."""
    up = np.array([a for a, _ in costs.shapes], dtype=np.int64)
    most_up, every, height, width = int(up.max()), len(lattice.bands), block.shape[1], lattice.width
    table = np.full((every, most_up + height, width + 2), -np.inf)
    bases = (np.arange(every)[:, None] * table.shape[1] + most_up - up[None, :]) * (width + 2)
    origins = lattice.origins(costs.shapes, 0, height) + bases[:, None, :, None]
    flat = table.reshape(-1)
    for row in range(height):
        ways = flat.take(origins[:, row] + row * (width + 2)) - block[:, row]
        if row == 0:
            ways[:, 0, 0] = 0.0
        along = np.logaddexp.accumulate(_log_sum(ways) + running[:, row], axis=1) - running[:, row]
        table[:, most_up + row, 1:-1] = np.where(lattice.outside[:, row], -np.inf, along)
    return table[:, most_up:, 1:-1]


def _after(costs: Costs, lattice: Lattice, block: Floats, running: Floats) -> Floats:
    """The logarithms of the summed probabilities of all ways from each cell to the end: bands x rows x columns."""
    shapes = costs.shapes
    up = np.array([a for a, _ in shapes], dtype=np.int64)
    most_up, every, height, width = int(up.max()), len(lattice.bands), block.shape[1], lattice.width
    # onward[n, row, s, column]: the way on from the end of a bead of shape s, and that bead
    onward = np.full((every, height + most_up, len(shapes), width + 2), -np.inf)
    found = np.full((every, height, width), -np.inf)
    flat = onward.reshape(-1)
    bands, kinds = np.arange(every)[:, None], np.arange(len(shapes))[None, :]
    ends = np.array([int(band.high[-1]) - 1 - int(band.low[-1]) for band in lattice.bands])
    forward = _destinations(lattice, up, np.array([b for _, b in shapes], dtype=np.int64))
    for row in range(height - 1, -1, -1):
        bases = ((bands * (height + most_up) + row + up[None, :]) * len(shapes) + kinds) * (width + 2)
        ways = flat.take(bases[:, :, None] + forward[:, row])
        last = lattice.heights - 1 == row
        ways[last, 0, ends[last]] = 0.0
        turned = (_log_sum(ways) - running[:, row])[:, ::-1]
        along = np.logaddexp.accumulate(turned, axis=1)[:, ::-1] + running[:, row]
        along[lattice.outside[:, row]] = -np.inf
        found[:, row] = along
        onward[:, row, :, 1:-1] = along[:, None, :] - block[:, row]
    return found


def _destinations(lattice: Lattice, up: NDArray[np.int64], back: NDArray[np.int64]) -> NDArray[np.int64]:
    """The columns at which beads end that begin in a cell: bands x rows x shapes x columns, with a margin of one."""
    height = lattice.low.shape[1]
    later = np.minimum(np.arange(height)[:, None] + up[None, :], height - 1)
    shift = lattice.low[:, :, None] - lattice.low[:, later] + back[None, None, :]
    columns = np.arange(1, lattice.width + 1)
    return np.clip(columns[None, None, None, :] + shift[:, :, :, None], 0, lattice.width + 1)


def _log_sum(values: Floats) -> Floats:
    """Logarithm of the sum of exponentials over the second axis."""
    top = values.max(axis=1)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        total: Floats = np.log(np.exp(values - safe[:, None]).sum(axis=1)) + safe
    return total
