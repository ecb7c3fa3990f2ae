"""The dynamic programme against a plain one, and posteriors against all paths counted one by one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unbitext.align.band import band_around, band_between
from unbitext.align.dynamic import Step, cheapest_path, rectangles
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

    def insertions(self, low: int, high: int) -> np.ndarray:  # type: ignore[type-arg]
        return self.alone[low:high]

    def rectangle(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:  # type: ignore[type-arg]
        part = self.table[:, slice(*rows), slice(*columns)].copy()
        part[SHAPES.index((0, 1))] = np.inf
        return part

    def of(self, step: Step) -> float:
        (i, j), (k, m) = step
        if i == k:
            return float(self.alone[m] - self.alone[j])
        return float(self.table[SHAPES.index((k - i, m - j)), k, m])


def all_paths(rows: int, columns: int, start: tuple[int, int] = (0, 0)) -> list[list[Step]]:
    if start == (rows, columns):
        return [[]]
    found: list[list[Step]] = []
    for a, b in SHAPES:
        end = start[0] + a, start[1] + b
        if end[0] <= rows and end[1] <= columns:
            found.extend([(start, end), *rest] for rest in all_paths(rows, columns, end))
    return found


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(0, 4), st.integers(0, 4))
def test_best_path_and_posteriors(seed: int, rows: int, columns: int) -> None:
    costs = TableCosts(seed, rows, columns)
    band = band_between([(0, 0), (rows, columns)])
    blocks = list(rectangles(costs, band))
    path = cheapest_path(SHAPES, blocks, band)
    paths = all_paths(rows, columns)
    sums = [sum(map(costs.of, each)) for each in paths]
    assert sum(map(costs.of, path)) == pytest.approx(min(sums))
    total = sum(math.exp(-value) for value in sums)
    for step, odds in zip(path, posteriors(SHAPES, blocks, band, path), strict=True):
        through = sum(math.exp(-value) for each, value in zip(paths, sums, strict=True) if step in each)
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(through / total, abs=1e-5)


def test_a_path_over_many_rectangles_equals_one_over_few() -> None:
    costs = TableCosts(7, 150, 140)
    band = band_between([(0, 0), (150, 140)])
    path = cheapest_path(SHAPES, rectangles(costs, band), band)
    narrow = band_around(path, 5, [])
    assert cheapest_path(SHAPES, rectangles(costs, narrow), narrow) == path
    assert path[0][0] == (0, 0)
    assert path[-1][1] == (150, 140)


def test_walls_are_passed() -> None:
    costs = TableCosts(3, 12, 12)
    walls = [(0, 0), (3, 5), (3, 6), (9, 6), (12, 12)]
    band = band_between(walls)
    for number, (i, j) in enumerate(walls[1:-1], start=1):
        low, high = band.row(i)
        assert low <= j < high
        assert band.row(i + 1)[0] >= j if walls[number + 1][0] > i else True
    assert cheapest_path(SHAPES, rectangles(costs, band), band)[-1][1] == (12, 12)


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
