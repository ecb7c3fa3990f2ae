"""The order of symbols, and which of them a series holds."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 6
_GOES_ON = " (./["


def sort_key(symbol: str) -> str:
    """Give what puts symbols in the order of their numbers: CD/PV.9 before CD/PV.10."""
    return _NUMBER.sub(lambda match: match.group().rjust(_DIGITS, "0"), symbol)


def series_keys(series: Iterable[str]) -> list[str]:
    """Give the sort keys of series, in order, without those that another one holds."""
    found: list[str] = []
    for key in sorted(sort_key(one.rstrip(_GOES_ON)) for one in series):
        if not found or not in_series(key, found[-1]):
            found.append(key)
    return found


def in_series(key: str, series: str) -> bool:
    """Whether a series holds a symbol, both given by their sort keys.

    It holds the symbol that is itself, and what goes on behind a full stop, a slash, a space or a bracket: CD/PV holds
    CD/PV.1511, not CD/PVX.1.
    """
    return key.startswith(series) and (len(key) == len(series) or key[len(series)] in _GOES_ON)


def series_condition(column: str) -> str:
    """Give the same as SQL on a column of sort keys: one range of an index, with the series' key three times."""
    signs = ", ".join(f"'{sign}'" for sign in _GOES_ON)
    # A backslash comes right behind the last of the signs.
    return rf"{column} >= ? AND {column} < ? || '\' AND substr({column}, length(?) + 1, 1) IN ('', {signs})"
