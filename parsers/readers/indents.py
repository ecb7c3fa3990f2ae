"""How far lines are indented, in the one scale that the parsers use, whatever spaces a dump prints.

The scale is that of the text layers of UN PDFs, where one leading space is a first-line indent and two or more are a
centred or hanging line. Other tools print four spaces or a tab, a hundred for a centred line, and a margin before
every line.
"""

from collections import Counter
from collections.abc import Iterable
from copy import copy
from itertools import pairwise

from parsers.characters import display_width
from parsers.measure import ends_with_comma, is_ended

_MARGIN_SHARE = 0.15
_FULL = 0.8
_FEWEST_INNER = 2
_FEWEST_ON_PAGE = 5
_GAP = "    "


class Indents:
    """The indents of one dump: its `margin`, and the width of a paragraph's `first_line`, in characters."""

    def __init__(self, lines: Iterable[str]) -> None:
        found = [(leading_width(line), line.strip()) for line in lines if line.strip()]
        self.margin = _margin(found)
        self.first_line = self._first_line([(width - self.margin, text) for width, text in found])

    def of_page(self, lines: Iterable[str]) -> "Indents":
        """The indents of one page: tools that print what a page looks like set each at a margin of its own."""
        found = [(leading_width(line), line.strip()) for line in lines if line.strip()]
        page = copy(self)
        if len(_inner(found)) >= _FEWEST_ON_PAGE:
            page.margin = _margin(found)
        return page

    def _first_line(self, found: list[tuple[int, str]]) -> int:
        """The smallest indent whose lines look like openings of paragraphs: full, or ended with a stop."""
        full = _full(found)
        for width in sorted({width for width, _ in found if width > 0}):
            texts = [text for indent, text in found if indent == width]
            running = sum(display_width(text) >= full or is_ended(text) for text in texts)
            if len(texts) > 1 and 2 * running > len(texts):
                return width
        return 1

    def level(self, line: str) -> int:
        """0 for a line at the margin, 1 for a paragraph's first line, 2 and more for what stands further in."""
        width = max(leading_width(line) - self.margin, 0)
        if self.first_line == 1 or width == 0:
            return width
        # Justified or proportional text can set a first line a space off.
        return 1 if width <= self.first_line + 1 else 2


def _margin(found: list[tuple[int, str]]) -> int:
    """The smallest indent that is common among lines that go on from the line before; if few do, among all.

    A masthead and page furniture can stand further out than the text; furniture has gaps inside its lines.
    """
    inner = _inner(found)
    counts = Counter(inner if len(inner) >= _FEWEST_INNER else [width for width, _ in found])
    return min((width for width, count in counts.items() if count >= _MARGIN_SHARE * counts.total()), default=0)


def _inner(found: list[tuple[int, str]]) -> list[int]:
    """The indents of lines that go on from a full line before them."""
    full = _full(found)
    return [
        width
        for (_, before), (width, _) in pairwise(found)
        if display_width(before) >= full and not is_ended(before) and not ends_with_comma(before) and _GAP not in before
    ]


def _full(found: list[tuple[int, str]]) -> float:
    """What the width of a full line is at least."""
    widths = sorted(display_width(text) for _, text in found)
    return _FULL * widths[int(0.9 * len(widths))] if widths else 0


def leading_width(line: str) -> int:
    """The width of the white space that `line` begins with, in characters of a fixed pitch."""
    width = 0
    for char in line:
        if char == "\t":
            width += 4
        elif char == "\u3000":
            width += 2
        elif char in " \u00a0":
            width += 1
        elif not char.isspace():
            break
    return width
