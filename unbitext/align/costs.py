"""What a bead costs: its shape's price, the difference of lengths, the evidence of the words, crossed paragraphs."""

import numpy as np
from numpy.typing import NDArray

from unbitext.align.associations import Associations
from unbitext.align.band import Band
from unbitext.align.evidence import gather_evidence
from unbitext.align.parameters import Parameters, Shape
from unbitext.align.text_pair import TextPair

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


_ROWS = 48
"""Most rows whose evidence is gathered at once."""

_AREA = 64 * 1024
"""Most cells of the rectangle around such rows, as long as it has more than one row."""

_MANY = 4
_UNEVEN = 2.7
_UNEVEN_FLOOR = 20.0
_UNEVEN_PRICE = 10.0
"""Beads of so many sentences whose sides, with so many letters added, differ by this factor cost so much more."""


class BeadCosts:
    """Costs for all shapes over a text pair, computed some rows at a time."""

    def __init__(
        self, pair: TextPair, associations: Associations, parameters: Parameters, shapes: tuple[Shape, ...]
    ) -> None:
        self.shapes = shapes
        self._pair = pair
        self._associations = associations
        self._parameters = parameters
        self._source_section = _sections([wall[0] for wall in pair.walls], pair.rows)
        self._target_section = _sections([wall[1] for wall in pair.walls], pair.columns)
        # running costs of leaving sentences alone
        alone = parameters.empty_letter, parameters.anchor_alone
        self._source_alone = _alone(parameters.prices[1, 0], alone, pair.source_letters, pair.source_anchored)
        self._target_alone = _alone(parameters.prices[0, 1], alone, pair.target_letters, pair.target_anchored)
        self._a, self._b = (np.array([shape[side] for shape in shapes], dtype=np.int64) for side in (0, 1))
        self._prices = np.array([parameters.prices[shape] for shape in shapes])
        self._reach = max(a for a, _ in shapes), max(b for _, b in shapes)

    def insertions(self, positions: Ints) -> Floats:
        """Running cost of leaving alone the target sentences before each of some positions."""
        found: Floats = self._target_alone[np.minimum(positions, self._pair.columns)]
        return found

    def strip(self, band: Band, begin: int, end: int, width: int) -> Floats:
        """See `Costs.strip` of `unbitext.align.dynamic`. Beads that cross a wall are infinite."""
        found = np.full((end - begin, len(self.shapes), width), np.inf)
        start = begin
        while start < end:
            stop = start + 1
            left, right = int(band.low[start]), int(band.high[start])
            while stop < min(start + _ROWS, end):
                wider = min(left, int(band.low[stop])), max(right, int(band.high[stop]))
                if (wider[1] - wider[0]) * (stop + 1 - start) > _AREA:
                    break
                left, right = wider
                stop += 1
            own = int((band.high[start:stop] - band.low[start:stop]).max())
            found[start - begin : stop - begin, :, :own] = self._tile(band, start, stop, own)
            start = stop
        return found

    def _tile(self, band: Band, begin: int, end: int, width: int) -> Floats:
        rows = band.first + np.arange(begin, end)
        columns = band.low[begin:end, None] + np.arange(width)[None, :]
        outside = columns >= band.high[begin:end, None]
        columns = np.minimum(columns, self._pair.columns)
        a, b = self._a[None, :, None], self._b[None, :, None]
        i, j = rows[:, None, None], columns[:, None, :]
        # a bead that begins before its band is forbidden in any case: its place only has to exist
        i_from, j_from = np.maximum(i - a, 0), np.maximum(j - b, 0)
        costs = self._content(i, i_from, j, j_from)
        inner_s = max(int(rows[0]) - self._reach[0], band.first), int(rows[-1])
        inner_t = max(int(columns.min()) - self._reach[1], int(band.low[0])), int(columns.max())
        if inner_s[0] < inner_s[1] and inner_t[0] < inner_t[1]:
            evidence = gather_evidence(
                self._pair.source, self._pair.target, self._associations, inner_s, inner_t, self._reach
            )
            costs -= self._parameters.lexical_weight * evidence.at(self._a, self._b, rows, columns)
        forbidden = (i - a < band.first) | (j - b < band.low[0]) | outside[:, None, :]
        forbidden |= self._source_section[i_from] != self._source_section[np.maximum(i - 1, 0)]
        forbidden |= self._target_section[j_from] != self._target_section[np.maximum(j - 1, 0)]
        forbidden |= self._source_section[i_from] != self._target_section[j_from]
        costs[forbidden] = np.inf
        alone = self._source_alone[rows] - self._source_alone[np.maximum(rows - 1, 0)]
        for number, shape in enumerate(self.shapes):
            if shape[0] == 0:
                costs[:, number] = np.inf
            elif shape[1] == 0:
                allowed = (rows > band.first)[:, None] & ~outside
                costs[:, number] = np.where(allowed, alone[:, None], np.inf)
        return costs

    def _content(self, i: Ints, i_from: Ints, j: Ints, j_from: Ints) -> Floats:
        pair, numbers = self._pair, self._parameters
        s = pair.source_letters[i] - pair.source_letters[i_from]
        t = pair.target_letters[j] - pair.target_letters[j_from]
        spread = numbers.length_variance * (s + t) / 2.0 + numbers.length_floor
        tail = numbers.length_tail
        cost: Floats = (tail + 1.0) / 2.0 * np.log1p((t - s) ** 2 / (tail * spread))
        # A sentence cut in many keeps its length: one beside many of thrice its length is one beside what was left out.
        many = np.flatnonzero(self._a + self._b >= _MANY)
        wide_s, wide_t = s[:, many] + _UNEVEN_FLOOR, t[:, many] + _UNEVEN_FLOOR
        cost[:, many] += _UNEVEN_PRICE * ((wide_t > _UNEVEN * wide_s) | (wide_s > _UNEVEN * wide_t))
        # the first sentence of a bead may open a paragraph, the others cross into one
        crossed_s = pair.source_breaks[i] - pair.source_breaks[np.minimum(i_from + 1, pair.rows)]
        crossed_t = pair.target_breaks[j] - pair.target_breaks[np.minimum(j_from + 1, pair.columns)]
        cost += self._prices[None, :, None] + numbers.source_crossing * crossed_s + numbers.target_crossing * crossed_t
        return cost


def _alone(price: float, extra: tuple[float, float], letters: Floats, anchored: Ints) -> Floats:
    """Running cost of leaving the sentences before each position alone."""
    steps = price + extra[0] * np.diff(letters) + extra[1] * anchored
    return np.concatenate([[0.0], np.cumsum(steps)])


def _sections(walls: list[int], size: int) -> Ints:
    """The number of the section between two walls that each sentence stands in."""
    return np.searchsorted(np.array(walls, dtype=np.int64), np.arange(size + 1), side="right")
