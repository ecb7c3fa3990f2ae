"""Long texts made of few lines, and what is measured on them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import Growth, exponent, growth_note, measure_here, read_lines, table_row
from benchmarks.growth_text import grown_text

LINES = [(f"第{n}号灯塔在雾中亮了{n}次。", f"Lighthouse {n} was lit {n} times in the fog.") for n in range(60)]


@given(st.integers(0, 400), st.integers(0, 5))
def test_every_sentence_is_in_one_bead_in_order(pairs: int, seed: int) -> None:
    text = grown_text(LINES, pairs, seed)
    assert [i for source, _ in text.beads for i in source] == list(range(len(text.source)))
    assert [j for _, target in text.beads for j in target] == list(range(len(text.target)))
    assert all(source or target for source, target in text.beads)
    assert pairs * 0.8 - 5 <= len(text.beads) <= pairs


def test_a_longer_text_begins_as_a_shorter_one_does() -> None:
    short, long = grown_text(LINES, 100), grown_text(LINES, 300)
    assert long.source[:90] == short.source[:90]
    assert long.target[:90] == short.target[:90]


def test_repetitions_are_no_copies() -> None:
    text = grown_text(LINES, 600)
    assert len(set(text.source)) > 3 * len(LINES)
    assert {len(source) - len(target) for source, target in text.beads} == {-1, 0, 1}


def test_no_text_of_no_lines() -> None:
    with pytest.raises(ValueError, match="no lines"):
        grown_text([], 1)


@pytest.mark.parametrize(
    ("points", "power"),
    [([(1, 5), (10, 50), (100, 500)], 1.0), ([(1, 1), (10, 100)], 2.0), ([(10, 3), (1000, 3)], 0.0)],
)
def test_exponents(points: list[tuple[float, float]], power: float) -> None:
    assert exponent(points) == pytest.approx(power)


@pytest.mark.parametrize(
    ("sizes", "note"),
    [
        ([1000, 5000], "Too few sizes from 5,000 pairs on to tell how time grows."),
        ([1000, 5000, 50_000], "From 5,000 pairs on, time grows with the size to the power of 1.00."),
    ],
)
def test_the_note_on_growth_leaves_short_texts_out(sizes: list[int], note: str) -> None:
    assert growth_note([Growth(size, 1 + size * (size >= 5000), 1, 2, 1) for size in sizes]) == note


def test_a_row_of_the_table() -> None:
    row = table_row(Growth(pairs=10_000, seconds=4.0, before=80.0, peak=180.0, strict=0.998))
    assert row == ("10,000", "4.0", "2,500", "80", "180", "10.0", ".998")


def test_measuring_on_the_specimens() -> None:
    found = measure_here(300, read_lines(None))
    assert found.strict > 0.9
    assert 0 < found.before <= found.peak < 4000
    assert 0 < found.seconds < 60


def test_measuring_in_a_process_of_its_own(root: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.growth", "--one", "50"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert Growth(**json.loads(run.stdout)).pairs == 50
