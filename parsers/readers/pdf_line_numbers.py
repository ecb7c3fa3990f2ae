"""Numbers of lines in the margin of drafts that are read line by line: every one, or every fifth."""

from collections.abc import Sequence
from itertools import pairwise

from parsers.readers.pdf_rows import Row, Strip

LINE_NUMBER = "line_number"
"""The kind of furniture that a line's number is."""

_FEWEST = 6
_LONG = 25
_STEPS = (1, 2, 5, 10)
_ALIGNED = 3.0
_REACH = 0.5
_GOES_ON = 0.25


def part_line_numbers(rows: Sequence[Row], height: float) -> tuple[list[Row], list[Row]]:
    """The rows of a page without the numbers of its lines, and these, a row each.

    They stand left of all text, one under the other over most of the page, and count its lines in even steps. The text
    is prose, whose lines go on in small letters: numbers before the rows of a list count these.
    """
    text = [strip for row in rows for strip in row if len(strip.text) >= _LONG]
    left = min((strip.x0 for strip in text), default=0.0)
    found = [row[0] for row in rows if row and row[0].text.isdecimal() and row[0].x1 < left]
    # Some pages have their number in the same margin, at the head or the foot.
    found = next((part for part in (found, found[1:], found[:-1]) if _counts(part)), [])
    if len(found) < _FEWEST or not _is_long(found, height) or not _is_prose(text):
        return list(rows), []
    numbers = set(map(id, found))
    kept = [[strip for strip in row if id(strip) not in numbers] for row in rows]
    return [row for row in kept if row], [[strip] for strip in found]


def _counts(numbers: Sequence[Strip]) -> bool:
    steps = {int(below.text) - int(above.text) for above, below in pairwise(numbers)}
    if not steps:
        return False
    edges = [[strip.x0 for strip in numbers], [strip.x1 for strip in numbers]]
    return len(steps) == 1 and steps <= set(_STEPS) and any(max(side) - min(side) < _ALIGNED for side in edges)


def _is_long(numbers: Sequence[Strip], height: float) -> bool:
    return numbers[-1].baseline - numbers[0].baseline > _REACH * height


def _is_prose(text: Sequence[Strip]) -> bool:
    return sum(strip.text[0].islower() for strip in text) > _GOES_ON * len(text)
