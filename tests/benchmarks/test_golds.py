"""Which gold is measured against."""

from pathlib import Path

import pytest

from benchmarks.golds import GENRES, TUNED, genre, real_cases, specimen_cases, stem


@pytest.mark.parametrize(
    ("name", "short", "kind"),
    [
        ("HKHansard.921008f.jsonl", "HKHansard.921008f", "HK Hansard"),
        ("Sinorama.198706005.jsonl", "Sinorama.198706005", "Sinorama"),
        ("UN.UN19990209_010.jsonl", "UN.UN19990209_010", "United Nations"),
        ("CD_PV.1511.gold.jsonl", "CD_PV.1511", "United Nations"),
        ("SPECIMEN_PV.7.gold.jsonl", "SPECIMEN_PV.7", "specimens"),
        ("other", "other", "United Nations"),
    ],
)
def test_names_and_genres(name: str, short: str, kind: str) -> None:
    assert stem(name) == short
    assert genre(name) == kind


def test_specimens_in_both_languages() -> None:
    cases = specimen_cases()
    assert len(cases) == 6
    assert [case.name for case in cases] == sorted(case.name for case in cases)
    assert {(case.genre, case.tuned) for case in cases} == {("specimens", False)}
    assert all(path.is_file() for case in cases for path in case.raw() or ())


def test_real_gold(shared: Path) -> None:
    cases = real_cases(shared)
    assert {case.name for case in cases} >= TUNED
    assert [GENRES.index(case.genre) for case in cases] == sorted(GENRES.index(case.genre) for case in cases)
    assert [case.name for case in cases if case.raw() is not None] == ["CD_PV.1511", "NPT_CONF.2020_PC.I_WP.4"]
