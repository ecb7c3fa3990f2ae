"""How probable each bead of a path is among all paths: a forward and a backward pass over sums of probabilities."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from unbitext.align.band import Band
from unbitext.align.dynamic import Rectangle, Rows, Shifts, Step
from unbitext.align.parameters import Shape

Floats = NDArray[np.float64]

_MOST_ODDS = 15.0
_LEAST_DOUBT = float(np.exp(-_MOST_ODDS))


def posteriors(
    shapes: tuple[Shape, ...], blocks: Sequence[Rectangle], band: Band, steps: Sequence[Step], temperature: float = 1.0
) -> list[float]:
    """For each bead of a path, the log odds that a path drawn at random goes through it.

    The probability of a path is exp(-cost / temperature). `blocks` are the `rectangles` of the band. Log odds end at 15
    either way.
    """
    blocks = [block.cooled(temperature) for block in blocks]
    shifts = Shifts(shapes)
    before = _before(shifts, blocks, band)
    after = _after(shifts, blocks, band)
    place = {row: (block, number) for block in blocks for number, row in enumerate(block.rows)}
    whole = before[-1][-1]
    found: list[float] = []
    for (i, j), (k, m) in steps:
        block, number = place[k]
        if i == k:
            cost = block.running[m - block.left] - block.running[j - block.left]
        else:
            cost = block.costs[shapes.index((k - i, m - j)), number, m - block.left]
        start, end = before[i - band.first], after[k - band.first]
        log = start[j - band.row(i)[0]] - cost + end[m - band.row(k)[0]] - whole
        odds = min(float(log), -_LEAST_DOUBT) - float(np.log(-np.expm1(min(float(log), -_LEAST_DOUBT))))
        found.append(max(odds, -_MOST_ODDS))
    return found


def _before(shifts: Shifts, blocks: Sequence[Rectangle], band: Band) -> list[Floats]:
    """For each row the logarithms of the summed probabilities of all ways from the start to its cells."""
    kept = Rows(shifts, -np.inf)
    found: list[Floats] = []
    for block in blocks:
        table = kept.laid_out(block)
        origin = shifts.origin_columns(block.width)
        own = table[:, shifts.most_back :]
        for number, position in enumerate(block.rows):
            row = shifts.most_up + number
            ways = table[row - shifts.up, origin] - block.costs[:, number]
            if position == band.first:
                ways[0, int(band.low[0]) - block.left] = 0.0
            along = np.logaddexp.accumulate(_log_sum(ways) + block.running) - block.running
            along[block.outside[number]] = -np.inf
            own[row] = along
            low, high = band.row(position)
            found.append(along[low - block.left : high - block.left].copy())
        kept.keep(block, table)
    return found


def _after(shifts: Shifts, blocks: Sequence[Rectangle], band: Band) -> list[Floats]:
    """For each row the logarithms of the summed probabilities of all ways from its cells to the end."""
    found: list[Floats] = []
    up, back = shifts.most_up, shifts.most_back
    later: tuple[int, Floats] | None = None
    last = band.first + len(band.low) - 1
    for block in reversed(blocks):
        # ways[k] holds, at the cell where a bead of shape k begins, the logarithm of going on with it
        ways = np.full((len(shifts.up), up + len(block.rows), back + block.width), -np.inf)
        if later is not None:
            _carry(ways, block.left - back, later)
        origin = shifts.origin_columns(block.width)
        for number in range(len(block.rows) - 1, -1, -1):
            position = block.top + number
            here = ways[:, up + number, back:].copy()
            if position == last:
                here[0, int(band.high[-1]) - 1 - block.left] = 0.0
            turned = (_log_sum(here) - block.running)[::-1]
            along = np.logaddexp.accumulate(turned)[::-1] + block.running
            along[block.outside[number]] = -np.inf
            low, high = band.row(position)
            found.append(along[low - block.left : high - block.left].copy())
            ways[shifts.shape_numbers, up + number - shifts.up, origin] = along - block.costs[:, number]
        later = (block.left - back, ways[:, :up])
    found.reverse()
    return found


def _carry(ways: Floats, left: int, later: tuple[int, Floats]) -> None:
    """Lay what a later rectangle knows of beads that begin before it into the last rows of this one."""
    later_left, values = later
    rows = min(values.shape[1], ways.shape[1])
    begin, end = max(left, later_left), min(left + ways.shape[2], later_left + values.shape[2])
    if begin < end:
        part = values[:, values.shape[1] - rows :, begin - later_left : end - later_left]
        ways[:, ways.shape[1] - rows :, begin - left : end - left] = part


def _log_sum(values: Floats) -> Floats:
    """Logarithm of the sum of exponentials over the first axis."""
    top = values.max(axis=0)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        total: Floats = np.log(np.exp(values - safe).sum(axis=0)) + safe
    return total
