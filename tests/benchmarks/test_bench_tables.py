"""The tables of `make bench`."""

import pytest

from benchmarks.alignment import (
    HEAD,
    Measured,
    empty_cells,
    genre_overview,
    overview_row,
    reliability_lines,
    summary,
    table_rows,
)
from unbitext.quality.alignment_scores import AlignmentScores
from unbitext.quality.figures import Figures
from unbitext.quality.reliability import reliability


def figures(right: int, claimed: int, met: int, wanted: int) -> Figures:
    return Figures(right=right, claimed=claimed, met=met, wanted=wanted)


def measured(name: str, genre: str, strict: Figures, empty: Figures, tuned: bool = False) -> Measured:
    found = AlignmentScores(name=name, links=10, gold_links=9, strict=strict, lax=strict, empty=empty)
    return Measured(name, genre, tuned, found, (0.95, 0.4), (True, False))


FOUND = [
    measured("a", "United Nations", figures(10, 10, 10, 10), figures(0, 1, 0, 0), tuned=True),
    measured("b", "United Nations", figures(5, 10, 5, 10), figures(1, 1, 1, 4)),
    measured("c", "Sinorama", figures(6, 10, 6, 10), figures(1, 2, 1, 4)),
    measured("d", "specimens", figures(8, 10, 8, 10), figures(9, 9, 9, 9)),
]


def test_rows_of_files_genres_and_empty_links() -> None:
    rows = {row[0]: row for row in table_rows(FOUND)}
    assert list(rows) == [
        *("a *", "b", "c", "d", "United Nations, mean of 2", "Sinorama, mean of 1", "specimens, mean of 1"),
        "all real files",
    ]
    assert {len(row) for row in rows.values()} == {len(HEAD)}
    assert rows["a *"][1:7] == ("10", "9", "1.000", "1.000", "1.000", "1.000")
    assert rows["United Nations, mean of 2"][5] == ".750"
    assert rows["United Nations, mean of 2"][7:] == (".500", ".250", "1/2", "4")
    # the specimens, which were written with the rules in view, have no say in this
    assert rows["all real files"][7:] == (".500", ".250", "2/4", "8")


@pytest.mark.parametrize(
    ("empty", "cells"),
    [
        (figures(0, 0, 0, 0), ("-", "-", "0/0", "0")),
        (figures(0, 2, 0, 0), (".000", "-", "0/2", "0")),
        (figures(0, 0, 0, 3), ("-", ".000", "0/0", "3")),
        (figures(1, 2, 1, 4), (".500", ".250", "1/2", "4")),
    ],
)
def test_shares_of_nothing_are_not_claimed(empty: Figures, cells: tuple[str, ...]) -> None:
    assert empty_cells(empty) == cells


def test_a_way_in_one_line() -> None:
    row = overview_row("way", FOUND, ["United Nations", "HK Hansard", "specimens"])
    assert row == ("way", ".750 / .750", "-", ".800 / .800", ".500 / .250")
    assert overview_row("way", FOUND[3:], ["specimens"]) == ("way", ".800 / .800", "-")


def test_scores_are_told_by_genre() -> None:
    lines = reliability_lines(FOUND)
    assert [line.split(":")[0] for line in lines] == [
        *("scores, United Nations", "scores, Sinorama", "scores, specimens"),
    ]
    assert "area under ROC 1.000" in lines[0]


def test_nothing_is_said_of_wrong_links_where_there_are_none() -> None:
    assert summary(reliability([0.9, 0.95], [True, True])).split(", ")[1:] == [
        "none wrong",
        "100.0% of the 2 links from .9 right",
    ]


def test_a_genre_in_one_line_tells_what_was_tuned_on() -> None:
    peer = [measured("a", "United Nations", figures(4, 10, 4, 10), figures(0, 0, 0, 0))]
    assert genre_overview(FOUND[:3], peer) == [
        ("United Nations", "2", "a", ".750 / .750", ".500 / .500", ".400 / .400", ".500 / .250 of 4"),
        ("Sinorama", "1", "none", ".600 / .600", ".600 / .600", "-", ".500 / .250 of 4"),
    ]
