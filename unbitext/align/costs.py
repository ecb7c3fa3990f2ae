"""What a bead costs: its shape's price, the difference of lengths, the evidence of the words, crossed paragraphs."""

import numpy as np
from numpy.typing import NDArray

from unbitext.align.associations import Associations
from unbitext.align.evidence import gather_evidence
from unbitext.align.parameters import Parameters, Shape
from unbitext.align.text_pair import TextPair

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class BeadCosts:
    """Costs for all shapes over a text pair, computed a rectangle at a time."""

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
        self._reach = max(a for a, _ in shapes), max(b for _, b in shapes)

    def insertions(self, low: int, high: int) -> Floats:
        """Running cost of leaving alone the target sentences before positions low to high - 1."""
        return self._target_alone[low:high]

    def rectangle(self, rows: tuple[int, int], columns: tuple[int, int]) -> Floats:
        """Costs of beads that end at source positions rows[0]..rows[1]-1 and target positions columns[0]..columns[1]-1.

        Shape: shapes x rows x columns; infinite where a bead would begin before the text or cross a wall.
        """
        ends_s, ends_t = np.arange(*rows), np.arange(*columns)
        costs = np.full((len(self.shapes), len(ends_s), len(ends_t)), np.inf)
        inner = (max(rows[0] - self._reach[0], 0), rows[1] - 1), (max(columns[0] - self._reach[1], 0), columns[1] - 1)
        evidence = gather_evidence(
            self._pair.source, self._pair.target, self._associations, inner[0], inner[1], self._reach
        )
        for number, (a, b) in enumerate(self.shapes):
            fits_s, fits_t = ends_s[ends_s >= max(a, 1)], ends_t[ends_t >= b]
            if a == 0 or not len(fits_s) or not len(fits_t):
                continue
            if b == 0:
                alone = self._source_alone[fits_s] - self._source_alone[fits_s - 1]
                cost = np.broadcast_to(alone[:, None], (len(fits_s), len(fits_t)))
            else:
                cost = self._content((a, b), fits_s, fits_t)
                cost -= self._parameters.lexical_weight * evidence.of((a, b), fits_s, fits_t)
                cost[~self._allowed((a, b), fits_s, fits_t)] = np.inf
            costs[number, len(ends_s) - len(fits_s) :, len(ends_t) - len(fits_t) :] = cost
        return costs

    def _content(self, shape: Shape, ends_s: Ints, ends_t: Ints) -> Floats:
        pair, numbers = self._pair, self._parameters
        a, b = shape
        s = (pair.source_letters[ends_s] - pair.source_letters[ends_s - a])[:, None]
        t = (pair.target_letters[ends_t] - pair.target_letters[ends_t - b])[None, :]
        spread = numbers.length_variance * (s + t) / 2.0 + numbers.length_floor
        tail = numbers.length_tail
        cost: Floats = numbers.prices[shape] + (tail + 1.0) / 2.0 * np.log1p((t - s) ** 2 / (tail * spread))
        # the first sentence of a bead may open a paragraph, the others cross into one
        crossed_s = pair.source_breaks[ends_s] - pair.source_breaks[ends_s - a + 1]
        crossed_t = pair.target_breaks[ends_t] - pair.target_breaks[ends_t - b + 1]
        cost += numbers.source_crossing * crossed_s[:, None] + numbers.target_crossing * crossed_t[None, :]
        return cost

    def _allowed(self, shape: Shape, ends_s: Ints, ends_t: Ints) -> NDArray[np.bool_]:
        a, b = shape
        first_s, last_s = self._source_section[ends_s - a], self._source_section[ends_s - 1]
        first_t, last_t = self._target_section[ends_t - b], self._target_section[ends_t - 1]
        inside: NDArray[np.bool_] = (
            (first_s == last_s)[:, None] & (first_t == last_t)[None, :] & (last_s[:, None] == last_t[None, :])
        )
        return inside


def _alone(price: float, extra: tuple[float, float], letters: Floats, anchored: Ints) -> Floats:
    """Running cost of leaving the sentences before each position alone."""
    steps = price + extra[0] * np.diff(letters) + extra[1] * anchored
    return np.concatenate([[0.0], np.cumsum(steps)])


def _sections(walls: list[int], size: int) -> Ints:
    """The number of the section between two walls that each sentence stands in."""
    return np.searchsorted(np.array(walls, dtype=np.int64), np.arange(size), side="right")
