"""Dates as UN documents print them, in Chinese and English, single and as ranges."""

import re
from datetime import date

from schemas.document import DateRange

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_EN_DAY = re.compile(rf"(?P<d>\d{{1,2}}) (?P<m>{_MONTH}) (?P<y>\d{{4}})")
_EN_RANGE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?: (?P<m1>{_MONTH}))?(?: (?P<y1>\d{{4}}))?\s*(?:[-–—]|to|and)\s*"
    rf"(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH}) (?P<y2>\d{{4}})"
)
_ZH_DAY = re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_ZH_RANGE = re.compile(
    r"(?P<y1>\d{4})\s*年\s*(?P<m1>\d{1,2})\s*月\s*(?P<d1>\d{1,2})\s*日?\s*(?:至|到|和|-|–|—|―)\s*"
    r"(?:(?P<y2>\d{4})\s*年\s*)?(?:(?P<m2>\d{1,2})\s*月\s*)?(?P<d2>\d{1,2})\s*日"
)


def find_date(text: str) -> date | None:
    """The first single date in `text`, as issued dates and meeting dates are printed; None where there is none."""
    match = _ZH_DAY.search(text)
    if match:
        return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    match = _EN_DAY.search(text)
    return _day(int(match["y"]), _MONTHS.index(match["m"]) + 1, int(match["d"])) if match else None


def find_dates(text: str) -> DateRange | None:
    """The range of dates in `text`; a single date is a range of one day."""
    match = _ZH_RANGE.search(text)
    if match:
        year, month = int(match["y1"]), int(match["m1"])
        first = _day(year, month, int(match["d1"]))
        last = _day(int(match["y2"] or year), int(match["m2"] or month), int(match["d2"]))
        return DateRange(from_=first, to=last) if first and last and first <= last else None
    match = _EN_RANGE.search(text)
    if match:
        year, month = int(match["y2"]), _MONTHS.index(match["m2"]) + 1
        start_month = _MONTHS.index(match["m1"]) + 1 if match["m1"] else month
        first = _day(int(match["y1"] or year), start_month, int(match["d1"]))
        last = _day(year, month, int(match["d2"]))
        return DateRange(from_=first, to=last) if first and last and first <= last else None
    single = find_date(text)
    return DateRange(from_=single, to=single) if single else None


def is_bare_date(text: str) -> bool:
    """Whether `text` is a date and nothing else."""
    stripped = text.strip()
    return bool(_ZH_DAY.fullmatch(stripped) or _EN_DAY.fullmatch(stripped))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
