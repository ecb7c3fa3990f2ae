"""The ways of aligning that are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.golds import specimen_cases
from benchmarks.ways import WAYS, beads_of, step_rows, within
from unbitext.align.dynamic import Step


@pytest.mark.parametrize(
    ("pairs", "sizes", "beads"),
    [
        ([], (0, 0), []),
        ([], (1, 1), [((0, 0), (1, 0)), ((1, 0), (1, 1))]),
        ([(0, 0), (1, 1)], (2, 2), [((0, 0), (1, 1)), ((1, 1), (2, 2))]),
        ([(0, 0), (1, 0)], (2, 1), [((0, 0), (2, 1))]),
        ([(0, 0), (0, 1), (1, 1), (1, 0)], (2, 2), [((0, 0), (2, 2))]),
        ([(1, 0)], (2, 2), [((0, 0), (1, 0)), ((1, 0), (2, 1)), ((2, 1), (2, 2))]),
    ],
)
def test_pairs_become_beads(pairs: list[tuple[int, int]], sizes: tuple[int, int], beads: list[Step]) -> None:
    assert beads_of(pairs, *sizes) == beads


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=20), st.integers(0, 3), st.integers(0, 3))
def test_every_sentence_is_in_one_bead(moves: list[tuple[int, int]], more: int, further: int) -> None:
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for up, along in moves:
        i, j = i + up, j + along
        pairs.append((i, j))
    sources, targets = (i + 1 if pairs else 0) + more, (j + 1 if pairs else 0) + further
    beads = beads_of(pairs, sources, targets)
    place = (0, 0)
    for begin, end in beads:
        assert begin == place
        assert end > begin
        place = end
    assert place == (sources, targets)


def test_rows_hold_the_sentences() -> None:
    (row,) = step_rows([((0, 0), (2, 1))], ["甲。", "乙。"], ["One."], "m")
    assert (row.source, row.target, row.source_ids, row.target_ids) == (("甲。", "乙。"), ("One.",), ("0", "1"), ("0",))


def test_what_takes_too_long_is_stopped() -> None:
    def forever() -> list[object]:
        while True:
            pass

    assert within(1, forever) is None  # type: ignore[arg-type]
    assert within(1, list) == []
    assert within(None, list) == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.title)
def test_every_way_aligns_a_specimen(way: object) -> None:
    case = next(case for case in specimen_cases() if case.name == "SPECIMEN_CONF.2026_WP.4")
    rows = next(each for each in WAYS if each is way).rows(case)
    assert rows
    assert {row.method.split("|")[0] for row in rows} <= {"length+lexicon+shared", "nltk-gale-church"}
