"""The dynamic programme against a plain one, and posteriors against all paths counted one by one."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unbitext.align.band import Band, band_along, band_around, band_between
from unbitext.align.dynamic import Step, cheapest_paths, costs_of, search
from unbitext.align.lattice import lattices
from unbitext.align.posterior import posteriors
from unbitext.align.waypoints import rising_chain

SHAPES = ((1, 1), (2, 1), (1, 2), (1, 0), (0, 1))


class TableCosts:
    """Costs drawn at random for every bead of a small table."""

    shapes = SHAPES

    def __init__(self, seed: int, rows: int, columns: int) -> None:
        random = np.random.default_rng(seed)
        self.table = random.uniform(0.1, 4.0, (len(SHAPES), rows + 1, columns + 1))
        for number, (a, b) in enumerate(SHAPES):
            self.table[number, :a, :] = np.inf
            self.table[number, :, :b] = np.inf
        self.alone = np.concatenate([[0.0], np.cumsum(random.uniform(0.1, 4.0, columns))])

    def insertions(self, positions: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return self.alone[np.minimum(positions, len(self.alone) - 1)]  # type: ignore[no-any-return]

    def strip(self, band: Band, begin: int, end: int, width: int) -> np.ndarray:  # type: ignore[type-arg]
        found = np.full((end - begin, len(SHAPES), width), np.inf)
        for row in range(begin, end):
            for number, (a, b) in enumerate(SHAPES):
                for column, j in enumerate(range(*band.row(band.first + row))):
                    if (a, b) != (0, 1) and row >= a and j - b >= band.low[0]:
                        found[row - begin, number, column] = self.table[number, band.first + row, j]
        return found

    def of(self, step: Step) -> float:
        (i, j), (k, m) = step
        if i == k:
            return float(self.alone[m] - self.alone[j])
        return float(self.table[SHAPES.index((k - i, m - j)), k, m])


def all_paths(rows: int, columns: int, start: tuple[int, int]) -> list[list[Step]]:
    if start == (rows, columns):
        return [[]]
    found: list[list[Step]] = []
    for a, b in SHAPES:
        end = start[0] + a, start[1] + b
        if end[0] <= rows and end[1] <= columns:
            found.extend([(start, end), *rest] for rest in all_paths(rows, columns, end))
    return found


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4))
def test_best_paths_and_posteriors(seed: int, sizes: list[tuple[int, int]]) -> None:
    costs = TableCosts(seed, sum(rows for rows, _ in sizes), sum(columns for _, columns in sizes))
    walls = [(0, 0)]
    for rows, columns in sizes:
        walls.append((walls[-1][0] + rows, walls[-1][1] + columns))
    bands = [band_between(begin, end) for begin, end in pairwise(walls)]
    found = cheapest_paths(costs, bands)
    for lattice in lattices(bands):
        block = costs_of(costs, lattice, 0, max(len(band.low) for band in lattice.bands))
        paths = [path.steps for path in search(costs, lattice, iter([block]))]
        assert paths == [found[number].steps for number in lattice.numbers]
        for number, path, odds in zip(lattice.numbers, paths, posteriors(costs, lattice, block, paths), strict=True):
            every = all_paths(*walls[number + 1], walls[number])
            sums = [sum(map(costs.of, each)) for each in every]
            assert sum(map(costs.of, path)) == pytest.approx(min(sums))
            total = sum(math.exp(-value) for value in sums)
            for step, log_odds in zip(path, odds, strict=True):
                through = sum(math.exp(-value) for each, value in zip(every, sums, strict=True) if step in each)
                assert 1 / (1 + math.exp(-log_odds)) == pytest.approx(through / total, abs=1e-5)


def test_a_path_over_many_blocks_equals_one_over_few() -> None:
    costs = TableCosts(7, 150, 140)
    (path,) = cheapest_paths(costs, [band_between((0, 0), (150, 140))])
    narrow = band_around(path.steps, 5)
    assert cheapest_paths(costs, [narrow])[0].steps == path.steps
    (lattice,) = lattices([narrow])
    blocks = (costs_of(costs, lattice, begin, min(begin + 7, 151)) for begin in range(0, 151, 7))
    assert search(costs, lattice, blocks)[0].steps == path.steps
    assert path.steps[0][0] == (0, 0)
    assert path.steps[-1][1] == (150, 140)


def test_the_cost_of_a_path_is_the_sum_of_its_beads() -> None:
    costs = TableCosts(11, 40, 44)
    (path,) = cheapest_paths(costs, [band_between((0, 0), (40, 44))])
    kept = [(step, cost) for step, cost in zip(path.steps, path.costs, strict=True) if step[0][0] < step[1][0]]
    assert [cost for _, cost in kept] == pytest.approx([costs.of(step) for step, _ in kept], rel=1e-5)


@pytest.mark.parametrize("points", [[], [(3, 5), (4, 6), (9, 6)], [(1, 11)], [(11, 0), (11, 12)]])
def test_points_guide_a_band(points: list[tuple[int, int]]) -> None:
    band = band_along((0, 0), (12, 12), points)
    assert (band.first, len(band.low), int(band.low[0]), int(band.high[-1])) == (0, 13, 0, 13)
    for i, j in points:
        assert band.row(i)[0] <= j < band.row(i)[1]
    costs = TableCosts(3, 12, 12)
    assert cheapest_paths(costs, [band])[0].steps[-1][1] == (12, 12)


@pytest.mark.parametrize(
    ("pairs", "chain"),
    [
        ([], []),
        ([(0, 0), (1, 5), (2, 1), (3, 2)], [(0, 0), (2, 1), (3, 2)]),
        ([(0, 3), (1, 2), (2, 1)], [(2, 1)]),
    ],
)
def test_rising_chain(pairs: list[tuple[int, int]], chain: list[tuple[int, int]]) -> None:
    assert rising_chain(pairs) == chain
