"""How long the lines of a document are: whether a line was broken because it was full, or because it had ended."""

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.characters import CLOSERS, display_width, first_unit_width
from schemas.layout import Line

# A note's mark may follow (`Weapons.1`, `1970.3`), but `4.5` ends nothing.
_ENDED = re.compile(rf"(?:[。？?！!；;：:…]|(?<!\d)[.]|(?<=\d{{4}})[.]|[.](?!\d))[{re.escape(CLOSERS)}\"']*\d{{0,2}}$")
_COMMA = re.compile(r"[，,、][”’\"']?$")

HEADING_INDENT = 2
"""Centred and hanging lines stand at two spaces or more, first lines of paragraphs at one (text layers of PDFs)."""

_QUANTILE = 0.05
_TOLERANCE = 2
_VERY_SHORT = 0.75
_FEW_INDENTED = 0.01


def is_ended(text: str) -> bool:
    """Whether `text` ends as a paragraph or a member of a list does: with a stop, colon or semicolon."""
    return bool(_ENDED.search(text))


def ends_with_comma(text: str) -> bool:
    """Whether `text` ends with a comma, as members of a list and preambular paragraphs do."""
    return bool(_COMMA.search(text))


class Measure:
    """The measure (line length) of a document, learned from pairs of lines that surely belong together.

    Such a pair has no indent on its second line and no stop at the end of its first. A line whose width, with the next
    line's first word, stays below what such pairs reach had room to go on: it ended where it ended on purpose.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        pairs = pairwise(lines)
        reaches = sorted(_reach(line, after) for line, after in pairs if after.indent == 0 and _runs_on(line.text))
        widths = sorted(display_width(line.text) for line in lines)
        widest = widths[int(len(widths) * 0.98)] if widths else 0
        self.width = widest
        self.has_indents = sum(line.indent > 0 for line in lines) > _FEW_INDENTED * len(lines)
        wrapped = [reach for reach in reaches if reach > 0.8 * widest]
        self.threshold = wrapped[int(len(wrapped) * _QUANTILE)] - _TOLERANCE if len(wrapped) >= 5 else 0.9 * widest

    def is_short(self, line: Line, after: Line) -> bool:
        """Whether the first word of `after` would have had room on `line`."""
        return _reach(line, after) < self.threshold

    def is_very_short(self, line: Line, after: Line) -> bool:
        """Whether `line` ends so early that no way of breaking lines explains it."""
        return _reach(line, after) < _VERY_SHORT * self.threshold

    def goes_on(self, line: Line, after: Line) -> bool:
        """Whether the sentence on `line` surely goes on in `after`: the line is full and has no stop."""
        return not is_ended(line.text) and not self.is_short(line, after)


def _reach(line: Line, after: Line) -> int:
    # The indent of a first line is narrower in characters (one space) than in print (two Han).
    lead = 4 if line.indent else 0
    return lead + display_width(line.text) + first_unit_width(after.text)


def _runs_on(text: str) -> bool:
    return (not is_ended(text) and not ends_with_comma(text)) or text.endswith(("，", "、"))
