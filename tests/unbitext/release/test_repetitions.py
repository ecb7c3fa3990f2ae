"""Of rows that repeat one another one stays, and each that goes has one that stays to show for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbitext.release.near_duplicates import Groups
from unbitext.release.repetitions import choose

ROWS = 8
Edges = list[tuple[int, int]]
EDGES = st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)), max_size=6)
SPLITS = st.lists(st.integers(0, 2), min_size=ROWS, max_size=ROWS)
KEPT = st.sets(st.sampled_from(["duplicate", "near-duplicate"]))


def groups(*edges: tuple[int, int]) -> Groups:
    found = Groups(ROWS)
    for one, other in edges:
        found.join(np.array([one], dtype=np.int32), np.array([other], dtype=np.int32))
    return found


@given(equal=EDGES, near=EDGES, half=EDGES, splits=SPLITS, keep=KEPT)
def test_what_goes_repeats_what_stays(
    equal: list[tuple[int, int]],
    near: list[tuple[int, int]],
    half: list[tuple[int, int]],
    splits: list[int],
    keep: set[str],
) -> None:
    same, both, either = groups(*equal), groups(*equal, *near), groups(*equal, *near, *half)
    codes = choose(same.first, both.first, either.first, np.array(splits, dtype=np.int8), keep).tolist()
    staying = [row for row in range(ROWS) if not codes[row]]
    for row in range(ROWS):
        if codes[row] == 3:
            oldest = int(either.first[row])
            assert splits[oldest] != splits[row]
        elif codes[row]:
            assert any(both.first[row] == both.first[other] for other in staying)
    for row in staying:
        alike = [other for other in staying if either.first[row] == either.first[other]]
        assert len({splits[other] for other in alike}) == 1
        if not keep:
            assert [other for other in alike if both.first[row] == both.first[other]] == [row]


@pytest.mark.parametrize(
    ("splits", "codes"),
    [
        # The second is alike to the first on one side, and the third repeats the second on both.
        ([0, 0, 0], [0, 0, 2]),
        ([0, 1, 0], [0, 3, 0]),  # the second may not stay, and so the third stands for itself
        ([0, 1, 1], [0, 3, 3]),
    ],
)
def test_a_row_that_may_not_stay_stands_for_nobody(splits: list[int], codes: list[int]) -> None:
    both, either = groups((1, 2)), groups((0, 1), (1, 2))
    padded = np.array([*splits, *range(3, ROWS)], dtype=np.int8)
    assert choose(groups().first, both.first, either.first, padded, ()).tolist()[:3] == codes
