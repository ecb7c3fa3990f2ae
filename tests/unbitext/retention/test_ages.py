"""How old former files are, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.fetching import FetchedFile
from unbitext.retention.ages import longest_gap, settle_ages
from unbitext.retention.holdings import Former

KEY = ("a" * 64, False)
START = datetime(2026, 11, 21, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def former(replaced: float) -> dict[tuple[str, bool], Former]:
    file = FetchedFile(sha256=KEY[0], size_bytes=1, media_type="text/plain", retrieved_at=day(-900))
    return {KEY: Former(file, (), day(replaced))}


# replaced, known since, witnessed, now, more -> since, step
CASES: list[tuple[float, float | None, float | None, float, dict[str, bool], float, float | None]] = [
    # The days pass as they should.
    (0, 1, 5, 6, {}, 1, None),
    (0, 1, 5, 13, {}, 1, None),
    # Longer than anybody looked, forwards: the record moves along.
    (0, 1, 5, 13.1, {}, 9.1, 8.1),
    (0, 1, 5, 3655, {}, 3651, 3650),
    (0, 1, 5, 3655, {"trust_clock": True}, 1, None),
    # Backwards, also after having gone forwards.
    (0, 3651, 3655, 6, {}, 2, -3649),
    (0, 1, 5, 4.9, {}, 0.9, -0.1),
    (0, 1, 5, 4.9, {"trust_clock": True}, 0.9, -0.1),
    # Not known at the last look: it was no former file then, whatever its files say.
    (-300, None, 5, 6, {}, 5, None),
    (5.5, None, 5, 6, {}, 5.5, None),
    (3000, None, 5, 6, {}, 6, None),
    (5.5, None, 5, 3655, {}, 3655, 3650),
    # The first look: the record of the last cycle vouches for the clock, or nothing does.
    (-300, None, 5, 6, {"first_look": True}, -300, None),
    (-300, None, 5, 3655, {"first_look": True}, 3655, 3650),
    (-300, None, None, 6, {"first_look": True}, 6, None),
    (-300, None, None, 6, {"first_look": True, "trust_clock": True}, -300, None),
]


@pytest.mark.parametrize(("replaced", "known", "witnessed", "now", "more", "since", "step"), CASES)
def test_ages(
    replaced: float,
    known: float | None,
    witnessed: float | None,
    now: float,
    more: dict[str, bool],
    since: float,
    step: float | None,
) -> None:
    ages = settle_ages(
        former(replaced),
        {} if known is None else {KEY: day(known)},
        None if witnessed is None else day(witnessed),
        day(now),
        keep_days=30,
        **more,
    )
    assert abs(ages.since[KEY] - day(since)) < timedelta(seconds=1)
    assert (ages.gap is None) is (step is None)
    if ages.gap is not None and step is not None:
        assert abs(ages.gap - timedelta(days=step)) < timedelta(seconds=1)


@pytest.mark.parametrize(("keep", "longest"), [(1, 8), (30, 8), (80, 8), (365, 36.5)])
def test_what_may_pass_unseen_is_a_tenth_and_a_week_at_least(keep: float, longest: float) -> None:
    assert longest_gap(keep) == timedelta(days=longest)
