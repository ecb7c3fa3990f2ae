"""The dynamic programme: the cheapest monotone sequence of beads within each band of a lattice.

Rows are source positions, columns target positions. Costs come some rows at a time; each row is a handful of array
operations over all shapes of all bands at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from unbitext.align.band import Band
from unbitext.align.lattice import Lattice, lattices
from unbitext.align.parameters import Shape

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Position = tuple[int, int]
Step = tuple[Position, Position]
"""A bead: the position where it begins and the one where it ends."""

_CELLS = 120_000
"""Most cells of the costs that are in memory at once in a search."""


class Costs(Protocol):
    """Where the costs of beads come from; insertions (0-1) are told apart, since they run along a row."""

    shapes: tuple[Shape, ...]

    def insertions(self, positions: Ints) -> Floats:
        """Running cost of leaving alone the target sentences before each of some positions."""
        ...

    def strip(self, band: Band, begin: int, end: int, width: int) -> Floats:
        """Costs of the beads that end in rows `begin` to `end - 1` of a band: rows x shapes x `width` columns.

        Infinite outside the band, for beads that begin before it, and for insertions.
        """
        ...


@dataclass(frozen=True)
class Path:
    """Beads from the first cell of a band to its last, and what each costs."""

    steps: list[Step]
    costs: list[float]


def costs_of(costs: Costs, lattice: Lattice, begin: int, end: int) -> Floats:
    """Costs of the beads that end in some rows of a lattice: bands x rows x shapes x columns."""
    found = np.full((len(lattice.bands), end - begin, len(costs.shapes), lattice.width), np.inf)
    for number, band in enumerate(lattice.bands):
        last = min(end, len(band.low))
        if begin < last:
            found[number, : last - begin] = costs.strip(band, begin, last, lattice.width)
    return found


def cheapest_paths(costs: Costs, bands: Sequence[Band]) -> list[Path]:
    """The cheapest path through each band."""
    found: dict[int, Path] = {}
    for lattice in lattices(bands):
        size = len(lattice.bands) * lattice.width
        height = int(lattice.heights.max())
        step = min(max(_CELLS // size, 1), height)
        blocks = (costs_of(costs, lattice, begin, min(begin + step, height)) for begin in range(0, height, step))
        found.update(zip(lattice.numbers, search(costs, lattice, blocks), strict=True))
    return [found[number] for number in range(len(bands))]


def search(costs: Costs, lattice: Lattice, blocks: Iterator[Floats]) -> list[Path]:
    """The cheapest path through each band of a lattice; `blocks` are its `costs_of`, from the first row to the last."""
    shapes = costs.shapes
    up = np.array([a for a, _ in shapes], dtype=np.int64)
    most_up, insertion = int(up.max()), shapes.index((0, 1))
    every, width = len(lattice.bands), lattice.width
    choices: list[NDArray[np.int8]] = []
    prices: list[NDArray[np.float32]] = []
    kept = np.full((every, most_up, width + 2), np.inf)
    begin = 0
    for block in blocks:
        rows = block.shape[1]
        table = np.concatenate([kept, np.full((every, rows, width + 2), np.inf)], axis=1)
        # flat indices: the table is read several times for each cell
        bases = (np.arange(every)[:, None] * table.shape[1] + most_up - up[None, :]) * (width + 2)
        origins = lattice.origins(shapes, begin, begin + rows) + bases[:, None, :, None]
        flat = table.reshape(-1)
        running = costs.insertions(lattice.low[:, begin : begin + rows, None] + np.arange(width))
        outside = lattice.outside[:, begin : begin + rows]
        choice = np.zeros((every, rows, width), dtype=np.int8)
        price = np.zeros((every, rows, width), dtype=np.float32)
        for row in range(rows):
            ways = flat.take(origins[:, row] + row * (width + 2)) + block[:, row]
            if begin + row == 0:
                ways[:, 0, 0] = 0.0
            best = ways.argmin(axis=1)[:, None]
            reached = np.take_along_axis(ways, best, axis=1)[:, 0]
            along = np.minimum.accumulate(reached - running[:, row], axis=1) + running[:, row]
            inserted = along < reached - 1e-9
            choice[:, row] = np.where(inserted, insertion, best[:, 0])
            price[:, row] = np.take_along_axis(block[:, row], best, axis=1)[:, 0]
            table[:, most_up + row, 1:-1] = np.where(outside[:, row], np.inf, np.where(inserted, along, reached))
        choices.append(choice)
        prices.append(price)
        kept = table[:, rows:].copy()
        begin += rows
    all_choices, all_prices = np.concatenate(choices, axis=1), np.concatenate(prices, axis=1)
    return [_trace(shapes, band, all_choices[number], all_prices[number]) for number, band in enumerate(lattice.bands)]


def _trace(shapes: tuple[Shape, ...], band: Band, choice: NDArray[np.int8], price: NDArray[np.float32]) -> Path:
    low, high = band.low.tolist(), band.high.tolist()
    row, column = len(low) - 1, high[-1] - 1
    steps: list[Step] = []
    costs: list[float] = []
    while (row, column) != (0, low[0]):
        a, b = shapes[int(choice[row, column - low[row]])]
        costs.append(float(price[row, column - low[row]]))
        if row < a or not low[row - a] <= column - b < high[row - a]:
            raise RuntimeError(f"the band is broken before {(band.first + row, column)}")
        steps.append(((band.first + row - a, column - b), (band.first + row, column)))
        row, column = row - a, column - b
    steps.reverse()
    costs.reverse()
    return Path(steps, costs)
