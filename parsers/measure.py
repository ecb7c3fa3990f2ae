"""How long the lines of a document are: whether a line was broken because it was full, or because it had ended."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.characters import CLOSERS, display_width, first_unit, han_share, printed_width
from schemas.layout import Line

# A note's mark may follow (`Weapons.1`, `1970.3`), but `4.5` ends nothing.
_ENDED = re.compile(
    rf"(?:[。？?！!；;：:…؛؟]|(?<!\d)[.]|(?<=\d{{4}})[.]|[.](?!\d))[{re.escape(CLOSERS)}\"']*\d{{0,2}}$"
)
_COMMA = re.compile(r"[，,、،][”’\"']?$")

_LONGEST_END = 40

HEADING_INDENT = 2
"""Centred and hanging lines stand at two spaces or more, first lines of paragraphs at one (text layers of PDFs)."""

_QUANTILE = 0.05
_TOLERANCE = 2
_VERY_SHORT = 0.75
# A4 holds about 110 columns of 9 point type.
_WIDEST_LINE = 150
_FULL_LINE = 80
_FEW = 8
_CLOSED_SHARE = 0.85
_FEWEST_BROKEN = 1
_FEW_INDENTED = 0.01
_HAN_SHARE = 0.1
_FEWEST_PAIRS = 5


def is_ended(text: str) -> bool:
    """Whether `text` ends as a paragraph or a member of a list does: with a stop, colon or semicolon."""
    return bool(_ENDED.search(text, max(len(text) - _LONGEST_END, 0)))


def ends_with_comma(text: str) -> bool:
    """Whether `text` ends with a comma, as members of a list and preambular paragraphs do."""
    return bool(_COMMA.search(text))


def are_wrapped(texts: Sequence[str]) -> bool:
    """Whether `texts` are visual lines, not paragraphs on one line each.

    Visual lines are no longer than a page is wide, and those that are full break off in mid-sentence; of paragraphs
    the short ones do, which are headings.
    """
    widths = [display_width(text) for text in texts]
    if not widths:
        return True
    if sum(width > _WIDEST_LINE for width in widths) >= _enough(widths):
        return False
    widest = _widest(widths)
    long = [text for text, width in zip(texts, widths, strict=True) if 2 * width >= widest]
    full = [text for text, width in zip(texts, widths, strict=True) if width >= 0.9 * widest]
    closed = sum(is_ended(text) or ends_with_comma(text) for text in long)
    broken = sum(not is_ended(text) and not ends_with_comma(text) for text in full)
    return broken >= _FEWEST_BROKEN or len(long) < _FEW or closed < _CLOSED_SHARE * len(long)


class _Edge(NamedTuple):
    """The right edge of a text's lines, measured in one way: the `widest` line, and what a full line reaches."""

    widest: float
    threshold: float
    width: Callable[[str], float]

    def reach(self, line: Line, after: Line) -> float:
        """How far `line` would reach with the first word of the next line."""
        # The indent of a first line is narrower in characters (one space) than in print (two Han).
        lead = 4 if line.indent else 0
        return lead + self.width(line.text) + self.width(first_unit(after.text))


class Measure:
    """The measure (line length) of a document, learned from pairs of lines that surely belong together.

    Such a pair has no indent on its second line and no stop at the end of its first. A line whose width, with the next
    line's first word, stays below what such pairs reach had room to go on: it ended where it ended on purpose.
    Widths are columns, or those of a proportional font where these explain the lines of a Latin text better.

    In a flowing text (`is_flowing`) a line is a paragraph, and none was broken for being full.
    """

    def __init__(self, lines: Sequence[Line], *, is_flowing: bool = False) -> None:
        texts = [line.text for line in lines]
        ways = [display_width] if han_share("".join(texts)) > _HAN_SHARE else [display_width, printed_width]
        self._edge = max((_edge(lines, way) for way in ways), key=lambda edge: edge.threshold / max(edge.widest, 1))
        self._is_flowing = is_flowing
        self.wrapped = not is_flowing and are_wrapped(texts)
        self.has_indents = sum(line.indent > 0 for line in lines) > _FEW_INDENTED * len(lines)

    def is_short(self, line: Line, after: Line) -> bool:
        """Whether the first word of `after` would have had room on `line`."""
        if line.room is not None and after.lead is not None:
            return after.lead < line.room
        return not self.wrapped or self._edge.reach(line, after) < self._edge.threshold

    def is_very_short(self, line: Line, after: Line) -> bool:
        """Whether `line` ends so early that no way of breaking lines explains it."""
        if line.room is not None and line.box is not None and after.lead is not None:
            return after.lead < line.room - (1 - _VERY_SHORT) * (line.box.x1 - line.box.x0 + line.room)
        return not self.wrapped or self._edge.reach(line, after) < _VERY_SHORT * self._edge.threshold

    def goes_on(self, line: Line, after: Line) -> bool:
        """Whether the sentence on `line` surely goes on in `after`: the line is full and has no stop."""
        return not is_ended(line.text) and not self.is_short(line, after)

    def is_long(self, text: str) -> bool:
        """Whether `text` fills at least half a line; in a flowing text, a whole one."""
        if self._is_flowing:
            return display_width(text) >= _FULL_LINE
        return 2 * self._edge.width(text) > self._edge.widest


def _widest(widths: Sequence[float]) -> float:
    """The width of full lines: the greatest that several lines come near.

    A line alone may be longer than the measure: the dotted leaders of a masthead are.
    """
    ordered = sorted(widths, reverse=True)
    enough = _enough(widths)
    for index, width in enumerate(ordered[:-enough]):
        if ordered[index + enough - 1] >= 0.9 * width:
            return width
    return ordered[0] if ordered else 0


def _enough(widths: Sequence[float]) -> int:
    """How many lines show the measure of a text."""
    return max(3, len(widths) // 50)


def _edge(lines: Sequence[Line], width: Callable[[str], float]) -> _Edge:
    widest = _widest([width(line.text) for line in lines])
    edge = _Edge(widest, 0.9 * widest, width)
    pairs = ((line, after) for line, after in pairwise(lines) if after.indent == 0 and _runs_on(line.text))
    reaches = sorted(reach for line, after in pairs if (reach := edge.reach(line, after)) > 0.8 * widest)
    if len(reaches) < _FEWEST_PAIRS:
        return edge
    return edge._replace(threshold=reaches[int(len(reaches) * _QUANTILE)] - _TOLERANCE)


def _runs_on(text: str) -> bool:
    return (not is_ended(text) and not ends_with_comma(text)) or text.endswith(("，", "、"))
