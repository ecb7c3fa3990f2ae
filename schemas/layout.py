"""What a reader hands on: pages of lines, with positions where the format gives them."""

import re

from schemas.base import Model

_WIDEST_GAP = 300
# So that patterns with white space in them take no time that grows with its square.
_GAP = re.compile(rf"\s{{{_WIDEST_GAP},}}")


class BBox(Model):
    """A box on a page: points, origin at the top left, `top` < `bottom`."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Line(Model):
    """One visual line.

    `orig` holds its characters as read, without the line break. `indent` is the width of its leading
    white space in characters, less what only marks the top of a page. `page_top` is true for the first
    line of a page. `gap_before` is true where more white space stands above it than between two lines of
    one paragraph. `number` counts the lines of the source from 1.
    """

    orig: str
    number: int
    page: int | None = None
    indent: int = 0
    page_top: bool = False
    gap_before: bool = False
    box: BBox | None = None

    @property
    def text(self) -> str:
        """The line without the white space around it, and with no gap inside it wider than a page."""
        text = self.orig.strip()
        return _GAP.sub(" " * _WIDEST_GAP, text) if len(text) > _WIDEST_GAP else text


class Page(Model):
    """The lines of one page in reading order; `number` is None where the source has no pages."""

    number: int | None
    lines: tuple[Line, ...]
