"""Letters printed twice, a little aside, to look bold: typewriters' way, early word processors', shadows in charts.

PDFium leaves out a text object that sets what another one sets at the same place, if it is near enough. It does not say
so; but the objects of a page can be told from those that its characters belong to.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from parsers.readers import pdf_calls as calls
from parsers.readers.pdf_runs import Run

_ASIDE = 0.35
"""How far aside, in heights of the letters, the second printing of a letter may stand."""

ASIDE = 0.4
"""How far aside, in widths of a letter, its second printing stands at most."""

_SAME_LINE = 0.5
_SAME_EXTENT = 0.5
_FAINT = 0.05


class Bounds(NamedTuple):
    """Where an object stands, in the page's own coordinates (y upwards)."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_seen(self) -> bool:
        """Whether it has an extent, as white space has none."""
        return self.right - self.left > _FAINT and self.top - self.bottom > _FAINT


class Prints:
    """What is printed on a page so far, to tell a second printing that stands a little aside."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, int], list[tuple[float, float]]] = {}

    def is_new(self, run: Run) -> bool:
        """Whether what a text object sets is not printed there already."""
        text = run.chars.strip()
        if not text:
            return True
        first = run.chars.index(text[0])
        start, width = run.x0[first], run.x1[first] - run.x0[first]
        places = self._places.setdefault((text, run.style.turned), [])
        if any(abs(start - x) < ASIDE * width and abs(run.baseline - y) < _SAME_LINE for x, y in places):
            return False
        places.append((start, run.baseline))
        return True


def count_overprinted(hidden: Iterable[Bounds], letters: Mapping[int, int]) -> int:
    """How many letters are printed a second time over themselves.

    `hidden` are text objects of which no character was read; `letters` tells how many of each of the others were.
    """
    second = list(hidden)
    if not second:
        return 0
    buffer = calls.Buffer("f", 4)
    first = [(_bounds(item, buffer), count) for item, count in letters.items()]
    return sum(
        next((count for bounds, count in first if _covers(bounds, other)), 0)  # what covers nothing is not counted
        for other in second
    )


def _bounds(item: int, buffer: calls.Buffer) -> Bounds:
    calls.bounds_of(item, *buffer.places)
    return Bounds(*buffer.values)


def _covers(one: Bounds, other: Bounds) -> bool:
    """Whether two objects are as large as each other and stand at nearly the same place."""
    aside = _ASIDE * (one.top - one.bottom)
    return (
        abs(one.left - other.left) < aside
        and abs(one.bottom - other.bottom) < aside
        and abs((one.right - one.left) - (other.right - other.left)) < _SAME_EXTENT
        and abs((one.top - one.bottom) - (other.top - other.bottom)) < _SAME_EXTENT
    )
