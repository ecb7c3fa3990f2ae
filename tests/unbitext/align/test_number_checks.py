"""Numbers that two texts do not share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbitext.align.number_checks import differing_numbers


@pytest.mark.parametrize(
    ("source", "target", "differing"),
    [
        ("1998", "1989", ("1998", "1989")),
        ("12 24", "12 29", ("24", "29")),
        # decades, and years by their last two digits
        ("1960", "60", ("", "")),
        ("91", "1991", ("", "")),
        ("05", "2005", ("05", "2005")),
        ("5", "2005", ("", "")),
        ("91", "1992", ("91", "1992")),
        # times of the day
        ("11 30", "1130", ("", "")),
        ("11 12", "1100 1200", ("", "")),
        ("23 59", "2359", ("", "")),
        ("25 59", "2559", ("", "")),  # no time, but two numbers whose dash is lost
        ("11 45", "1130", ("11 45", "1130")),
        # a dash that was lost
        ("2011 2012", "20112012", ("", "")),
        ("15 64", "1564", ("", "")),
        ("64 15", "6415", ("15 64", "6415")),  # a range rises
        # a footnote's mark behind a year
        ("2014 9 30", "2014.42 9 30", ("", "")),
        ("21", "21.9", ("21", "21.9")),
        ("", "7", ("", "7")),
        ("", "", ("", "")),
    ],
)
def test_differing(source: str, target: str, differing: tuple[str, str]) -> None:
    found = differing_numbers(frozenset(source.split()), frozenset(target.split()))
    assert tuple(" ".join(sorted(side)) for side in found) == differing
    assert differing_numbers(frozenset(target.split()), frozenset(source.split())) == found[::-1]


NUMBERS = st.frozensets(st.from_regex(r"[1-9][0-9]{0,7}(\\.[0-9]{1,2})?", fullmatch=True), max_size=6)


@given(NUMBERS, NUMBERS)
def test_what_is_shared_never_differs(source: frozenset[str], target: frozenset[str]) -> None:
    only_source, only_target = differing_numbers(source, target)
    assert only_source <= source - target
    assert only_target <= target - source
    assert differing_numbers(source, source) == (frozenset(), frozenset())
