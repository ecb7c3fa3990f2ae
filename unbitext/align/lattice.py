"""Bands side by side: cells of many small searches in arrays, so that one array operation serves a row of them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from unbitext.align.band import Band
from unbitext.align.parameters import Shape

Ints = NDArray[np.int64]

_CELLS = 60_000
"""Most cells of one lattice, as long as it has more than one band: some megabytes of costs."""


@dataclass(frozen=True)
class Lattice:
    """Some bands. A cell is (band, row, column): source position `first + row`, target position `low[row] + column`.

    `numbers` are the places that the bands have in the list they were taken from. Rows and columns that a band lacks
    are outside.
    """

    numbers: tuple[int, ...]
    bands: tuple[Band, ...]

    @cached_property
    def heights(self) -> Ints:
        """Rows of each band."""
        return np.array([len(band.low) for band in self.bands], dtype=np.int64)

    @cached_property
    def width(self) -> int:
        """Columns of the widest row."""
        return max(int((band.high - band.low).max()) for band in self.bands)

    @cached_property
    def low(self) -> Ints:
        """Target positions of the first column: bands x rows; past its end a band keeps its last."""
        return np.array([_padded(band.low, int(self.heights.max())) for band in self.bands])

    @cached_property
    def outside(self) -> NDArray[np.bool_]:
        """Bands x rows x columns: where no path may go."""
        height = int(self.heights.max())
        sizes = np.array([_padded(band.high - band.low, height) for band in self.bands])
        sizes[np.arange(height)[None, :] >= self.heights[:, None]] = 0
        return np.asarray(np.arange(self.width)[None, None, :] >= sizes[:, :, None])

    def origins(self, shapes: Sequence[Shape], begin: int, end: int) -> Ints:
        """Where beads come from: columns, in tables with a margin of one column on either side.

        Shape: bands x rows from `begin` to `end` x shapes x columns. What lies outside is in the margin.
        """
        up, back = (np.array([shape[side] for shape in shapes], dtype=np.int64) for side in (0, 1))
        rows = np.arange(begin, end)
        earlier = np.maximum(rows[:, None] - up[None, :], 0)
        shift = self.low[:, rows][:, :, None] - self.low[:, earlier] - back[None, None, :]
        columns = np.arange(1, self.width + 1)
        return np.clip(columns[None, None, None, :] + shift[:, :, :, None], 0, self.width + 1)


def lattices(bands: Sequence[Band]) -> Iterator[Lattice]:
    """All bands, those of like size together."""
    order = sorted(range(len(bands)), key=lambda n: (len(bands[n].low), int((bands[n].high - bands[n].low).max())))
    group: list[int] = []
    width = 0
    for number in order:
        wider = max(width, int((bands[number].high - bands[number].low).max()))
        if group and (len(group) + 1) * len(bands[number].low) * wider > _CELLS:
            yield Lattice(tuple(group), tuple(bands[n] for n in group))
            group, wider = [], int((bands[number].high - bands[number].low).max())
        group.append(number)
        width = wider
    if group:
        yield Lattice(tuple(group), tuple(bands[n] for n in group))


def _padded(values: Ints, size: int) -> Ints:
    return np.concatenate([values, np.full(size - len(values), values[-1])])
