"""The dynamic programme: the cheapest monotone sequence of beads within a band.

Rows are source positions, columns target positions. Costs come a rectangle at a time; inside a rectangle each row is a
handful of array operations over all shapes at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from unbitext.align.band import Band
from unbitext.align.parameters import Shape

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Position = tuple[int, int]
Step = tuple[Position, Position]
"""A bead: the position where it begins and the one where it ends."""

ROWS = 32
"""Most rows of one rectangle of costs."""

_AREA = 64 * 1024
"""Most cells of one rectangle of costs, as long as it has more than one row."""


class Costs(Protocol):
    """Where the costs of beads come from; insertions (0-1) are told apart, since they run along a row."""

    shapes: tuple[Shape, ...]

    def insertions(self, low: int, high: int) -> Floats:
        """Running cost of leaving alone the target sentences before positions low to high - 1."""
        ...

    def rectangle(self, rows: tuple[int, int], columns: tuple[int, int]) -> Floats:
        """Costs of the beads that end in a rectangle: shapes x rows x columns; infinite for insertions."""
        ...


@dataclass(frozen=True)
class Rectangle:
    """Costs of the beads that end at source positions from `top` and target positions from `left`.

    `costs` is infinite outside the band; `outside` marks those cells; `running` is the running cost of insertions.
    """

    top: int
    left: int
    costs: Floats
    outside: NDArray[np.bool_]
    running: Floats

    def cooled(self, temperature: float) -> "Rectangle":
        """The same with all costs divided by `temperature`."""
        return replace(self, costs=self.costs / temperature, running=self.running / temperature)

    @property
    def rows(self) -> range:
        """The source positions."""
        return range(self.top, self.top + self.costs.shape[1])

    @property
    def width(self) -> int:
        """How many target positions."""
        return int(self.costs.shape[2])


class Shifts:
    """Where beads of each shape come from, relative to where they end, as index arrays over shapes x columns."""

    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        self.up = np.array([[a] for a, _ in shapes], dtype=np.int64)
        self.back = np.array([[b] for _, b in shapes], dtype=np.int64)
        self.most_up = max(a for a, _ in shapes)
        self.most_back = max(b for _, b in shapes)
        self.shape_numbers = np.arange(len(shapes))[:, None]

    def origin_columns(self, width: int) -> Ints:
        """Columns of the origins in an array with `most_back` columns of margin on the left."""
        return np.asarray(self.most_back + np.arange(width)[None, :] - self.back)


def rectangles(costs: Costs, band: Band) -> Iterator[Rectangle]:
    """Costs along the band, some rows at a time."""
    start, size = 0, len(band.low)
    while start < size:
        end = start + 1
        left, right = int(band.low[start]), int(band.high[start])
        while end < min(start + ROWS, size):
            wider = min(left, int(band.low[end])), max(right, int(band.high[end]))
            if (wider[1] - wider[0]) * (end + 1 - start) > _AREA:
                break
            left, right = wider
            end += 1
        block = costs.rectangle((band.first + start, band.first + end), (left, right))
        columns = np.arange(left, right)[None, :]
        outside = (columns < band.low[start:end, None]) | (columns >= band.high[start:end, None])
        block[:, outside] = np.inf
        yield Rectangle(band.first + start, left, block, outside, costs.insertions(left, right))
        start = end


class Rows:
    """The latest rows of a table, kept to be laid above the next rectangle."""

    def __init__(self, shifts: Shifts, nothing: float) -> None:
        self._shifts = shifts
        self._nothing = nothing
        self._kept: list[tuple[int, Floats]] = []

    def laid_out(self, rectangle: Rectangle) -> Floats:
        """An array for a rectangle with a margin of earlier rows above and earlier columns to the left."""
        up, back = self._shifts.most_up, self._shifts.most_back
        table = np.full((up + len(rectangle.rows), back + rectangle.width), self._nothing)
        left = rectangle.left - back
        for number, (low, values) in enumerate(reversed(self._kept), start=1):
            begin, end = max(low, left), min(low + len(values), left + table.shape[1])
            if begin < end:
                table[up - number, begin - left : end - left] = values[begin - low : end - low]
        return table

    def keep(self, rectangle: Rectangle, table: Floats) -> None:
        """Keep the last rows of a finished rectangle."""
        up, back = self._shifts.most_up, self._shifts.most_back
        rows = [(rectangle.left, table[up + n, back:].copy()) for n in range(len(rectangle.rows))]
        self._kept = [*self._kept, *rows][-up:]


def cheapest_path(shapes: tuple[Shape, ...], blocks: Iterable[Rectangle], band: Band) -> list[Step]:
    """The cheapest path from the first cell of the band to its last; `blocks` are the `rectangles` of the band."""
    shifts = Shifts(shapes)
    insertion = shapes.index((0, 1))
    kept = Rows(shifts, np.inf)
    choices: list[tuple[int, NDArray[np.int8]]] = []
    for rectangle in blocks:
        table = kept.laid_out(rectangle)
        origin = shifts.origin_columns(rectangle.width)
        own = table[:, shifts.most_back :]
        for number in range(len(rectangle.rows)):
            row = shifts.most_up + number
            ways = table[row - shifts.up, origin] + rectangle.costs[:, number]
            if rectangle.top + number == band.first:
                ways[0, int(band.low[0]) - rectangle.left] = 0.0
            choice = ways.argmin(axis=0).astype(np.int8)
            reached = ways.min(axis=0)
            along = np.minimum.accumulate(reached - rectangle.running) + rectangle.running
            inserted = along < reached - 1e-9
            choice[inserted] = insertion
            along[rectangle.outside[number]] = np.inf
            own[row] = np.where(inserted, along, reached)
            low, high = band.row(rectangle.top + number)
            choices.append((low, choice[low - rectangle.left : high - rectangle.left].copy()))
        kept.keep(rectangle, table)
    return _trace(shapes, band, choices)


def _trace(shapes: tuple[Shape, ...], band: Band, choices: list[tuple[int, NDArray[np.int8]]]) -> list[Step]:
    start = band.first, int(band.low[0])
    position = band.first + len(choices) - 1, int(band.high[-1]) - 1
    steps: list[Step] = []
    while position != start:
        low, choice = choices[position[0] - band.first]
        a, b = shapes[int(choice[position[1] - low])]
        earlier = position[0] - a, position[1] - b
        if earlier[0] < band.first or not band.row(earlier[0])[0] <= earlier[1] < band.row(earlier[0])[1]:
            raise RuntimeError(f"the band is broken before {position}")
        steps.append((earlier, position))
        position = earlier
    steps.reverse()
    return steps
