"""Numbers that two texts do not share, once all the ways of writing one number are allowed for."""

import re
from collections.abc import Set as AbstractSet

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_MARKED_YEAR = re.compile(r"((?:1[89]|20)\d\d)\.\d{1,3}")
_CLOCK = re.compile(r"(\d{1,2})(\d\d)")
_LAST_HOUR, _LAST_MINUTE = 24, 59


def differing_numbers(source: AbstractSet[str], target: AbstractSet[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers that only one of two texts has and that no number of the other may stand for, for either text.

    Numbers are in figures without grouping (`1511`, `2.5`); small ones belong to the sets, for they explain others. A
    number stands for another where both are ways of writing the same:

    - a year by its last two digits, or a decade: 1960年代 = the 1960s = the sixties, 九一年 = 1991;
    - a time of the day as the military writes it: 11时30分 = 1130 hours;
    - two numbers whose dash was lost on the way through another format: 2011-2012 = 20112012;
    - a year and the mark of a footnote behind the full stop: 2014年9月30日。 = 30 September 2014.42.
    """
    only_source, only_target = source - target, target - source
    explained = {
        *_explained(only_source, target),
        *_explained(only_target, source),
    }
    return frozenset(only_source - explained), frozenset(only_target - explained)


def _explained(numbers: AbstractSet[str], others: AbstractSet[str]) -> set[str]:
    """Those of `numbers` that `others` explain, and those others."""
    found: set[str] = set()
    for number in numbers:
        for parts in _readings(number, others):
            if parts <= others:
                found |= {number, *parts}
    return found


def _readings(number: str, others: AbstractSet[str]) -> list[set[str]]:
    """The sets of numbers of the other text that would stand for a number."""
    readings: list[set[str]] = []
    if _YEAR.fullmatch(number):
        readings.append({number[2:].lstrip("0") or "0"})
    if marked := _MARKED_YEAR.fullmatch(number):
        readings.append({marked[1]})
    if (clock := _CLOCK.fullmatch(number)) and int(clock[1]) <= _LAST_HOUR and int(clock[2]) <= _LAST_MINUTE:
        hour, minute = str(int(clock[1])), str(int(clock[2]))
        readings.append({hour} if minute == "0" else {hour, minute})
    if number.isdecimal():
        halves = ((number[:n], number[n:]) for n in range(1, len(number)))
        readings.extend({one, other} for one, other in halves if one in others and int(one) < int(other))
    return readings
