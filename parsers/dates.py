"""Dates as UN documents print them in the official languages, single, as ranges, and as lists of ranges."""

import re
from datetime import date
from typing import NamedTuple

from schemas.document import DateRange

_MONTHS = (
    "January|janvier|enero|января|كانون الثاني|يناير",
    "February|février|febrero|февраля|شباط|فبراير",
    "March|mars|marzo|марта|آذار|مارس",
    "April|avril|abril|апреля|نيسان|أبريل",
    "May|mai|mayo|мая|أيار|مايو",
    "June|juin|junio|июня|حزيران|يونيه|يونيو",
    "July|juillet|julio|июля|تموز|يوليه|يوليو",
    "August|août|agosto|августа|آب|أغسطس",
    "September|septembre|septiembre|setiembre|сентября|أيلول|سبتمبر",
    "October|octobre|octubre|октября|تشرين الأول|أكتوبر",
    "November|novembre|noviembre|ноября|تشرين الثاني|نوفمبر",
    "December|décembre|diciembre|декабря|كانون الأول|ديسمبر",
)
_NUMBER_OF = {name.lower(): number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_MONTH = "|".join(sorted(map(re.escape, _NUMBER_OF), key=len, reverse=True))

_OF = r"(?:de[l]? )?"
# Arabic prints both names of a month: 13 أيلول/سبتمبر 2024.
_NAMED = rf"(?:{_MONTH})(?:\s?/\s?(?:{_MONTH}))?"
_DAY = rf"\d{{1,2}}(?:er|º)?(?!\d)(?: {_OF}{_NAMED}(?:,? {_OF}\d{{4}})?)?"
_TO = r"(?:\s*[-–—―−]\s*|,? (?:to|and|au|et|a|al|y|e|по|и|إلى) |, )"
_LIST = re.compile(rf"(?<!\d){_DAY}(?:{_TO}{_DAY}){{0,5}}(?!\d)", re.IGNORECASE)
_SPAN = re.compile(rf"{_DAY}(?:{_TO}{_DAY}){{0,5}}(?: года| г\.)?", re.IGNORECASE)
_ONE = re.compile(
    rf"(?P<d>\d{{1,2}})(?:er|º)?(?!\d)(?: {_OF}(?P<m>{_MONTH})(?:\s?/\s?(?:{_MONTH}))?(?:,? {_OF}(?P<y>\d{{4}}))?)?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\d{{1,2}}(?:er|º)? {_OF}{_NAMED},? {_OF}\d{{4}}(?: года| г\.)?", re.IGNORECASE)
_ZH_DAY = re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_ZH_RANGE = re.compile(
    r"(?P<y1>\d{4})\s*年\s*(?P<m1>\d{1,2})\s*月\s*(?P<d1>\d{1,2})\s*日?\s*(?:至|到|和|-|–|—|―)\s*"
    r"(?:(?P<y2>\d{4})\s*年\s*)?(?:(?P<m2>\d{1,2})\s*月\s*)?(?P<d2>\d{1,2})\s*日"
)
_LONGEST = 500


class _Day(NamedTuple):
    """A day as far as it is printed: `3` of `3-7 March 2025` has neither month nor year of its own."""

    day: int
    month: int | None
    year: int | None


def find_date(text: str) -> date | None:
    """The first single date in `text`, as issued dates and meeting dates are printed; None where there is none."""
    match = _ZH_DAY.search(text)
    if match:
        return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    days = _days(text)
    return next((_day(one.year, one.month, one.day) for one in days if one.month and one.year), None)


def find_dates(text: str) -> DateRange | None:
    """The range of dates in `text`, from the first day to the last of a list; a single date is a range of one day.

    `6–10 March and 15–19 May 2023` is from 6 March to 19 May: what a day leaves out, the next one prints.
    """
    match = _ZH_RANGE.search(text)
    if match:
        year, month = int(match["y1"]), int(match["m1"])
        first = _day(year, month, int(match["d1"]))
        last = _day(int(match["y2"] or year), int(match["m2"] or month), int(match["d2"]))
        return DateRange(from_=first, to=last) if first and last and first <= last else None
    whole = _ZH_DAY.search(text)
    days = [] if whole else _days(text)
    if not days:
        single = find_date(text)
        return DateRange(from_=single, to=single) if single else None
    first_month, first_year = days[-1].month, days[-1].year
    for one in reversed(days):
        first_month, first_year = one.month or first_month, one.year or first_year
    last = _day(days[-1].year, days[-1].month, days[-1].day)
    first = _day(first_year, first_month, days[0].day)
    if first and last and first > last and days[0].year is None:
        # 28 December to 3 January 2024
        first = _day(last.year - 1, first_month, days[0].day)
    return DateRange(from_=first, to=last) if first and last and first <= last else None


def is_bare_date(text: str) -> bool:
    """Whether `text` is a date and nothing else."""
    stripped = text.strip()
    return len(stripped) < _LONGEST and bool(_ZH_DAY.fullmatch(stripped) or _BARE.fullmatch(stripped))


def is_span_of_days(text: str) -> bool:
    """Whether `text` is days from one to another, or a list of them, with month and year, and nothing else."""
    stripped = text.strip()
    if len(stripped) > _LONGEST:
        return False
    return bool(_SPAN.fullmatch(stripped)) and find_dates(stripped) is not None


def _days(text: str) -> list[_Day]:
    """The days of the first list of dates in `text` that ends with a month and a year."""
    for match in _LIST.finditer(text[:_LONGEST]):
        days = [
            _Day(int(one["d"]), _NUMBER_OF[one["m"].lower()] if one["m"] else None, int(one["y"]) if one["y"] else None)
            for one in _ONE.finditer(match.group())
        ]
        while days and not (days[-1].month and days[-1].year):
            days.pop()
        if days:
            return days
    return []


def _day(year: int | None, month: int | None, day: int) -> date | None:
    try:
        return date(year or 0, month or 0, day)
    except ValueError:
        return None
