"""Letters printed twice, a little aside, to look bold: typewriters' and early word processors' way.

PDFium leaves out a text object that sets what another one sets at the same place. It does not say so; but the objects
of a page can be told from those that its characters belong to.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from parsers.readers import pdf_calls as calls

_ASIDE = 0.35
"""How far aside, in heights of the letters, the second printing of a letter may stand."""

_SAME_EXTENT = 0.5
_FAINT = 0.05


class _Bounds(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def count_overprinted(unread: Iterable[int], letters: Mapping[int, int]) -> int:
    """How many letters are printed a second time over themselves.

    `unread` are text objects of which no character was read; `letters` tells how many of each of the others were. Most
    of the former set nothing but white space, and have no extent.
    """
    buffer = calls.Buffer("f", 4)
    second = [bounds for item in unread if _is_seen(bounds := _bounds(item, buffer))]
    if not second:
        return 0
    first = [(_bounds(item, buffer), count) for item, count in letters.items()]
    return sum(
        next((count for bounds, count in first if _covers(bounds, other)), 0)  # what covers nothing is not counted
        for other in second
    )


def _bounds(item: int, buffer: calls.Buffer) -> _Bounds:
    calls.bounds_of(item, *buffer.places)
    return _Bounds(*buffer.values)


def _is_seen(bounds: _Bounds) -> bool:
    return bounds.right - bounds.left > _FAINT and bounds.top - bounds.bottom > _FAINT


def _covers(one: _Bounds, other: _Bounds) -> bool:
    """Whether two objects are as large as each other and stand at nearly the same place."""
    aside = _ASIDE * (one.top - one.bottom)
    return (
        abs(one.left - other.left) < aside
        and abs(one.bottom - other.bottom) < aside
        and abs((one.right - one.left) - (other.right - other.left)) < _SAME_EXTENT
        and abs((one.top - one.bottom) - (other.top - other.bottom)) < _SAME_EXTENT
    )
