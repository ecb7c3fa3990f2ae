"""What a reader hands on: pages of lines, with positions where the format gives them.

Plain tuples and not models: a long document has a hundred thousand lines, and a model takes five kilobytes for each.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

_WIDEST_GAP = 300
# So that patterns with white space in them take no time that grows with its square.
_GAP = re.compile(rf"\s{{{_WIDEST_GAP},}}")


class BBox(NamedTuple):
    """A box on a page: points, origin at the top left, `top` < `bottom`."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Zone(StrEnum):
    """The part of a page that a line stands in, where its layout shows one other than the running text."""

    HEAD = "head"
    NOTE = "note"
    TABLE = "table"
    CONTENTS = "contents"


class NoteAnchor(NamedTuple):
    """A note mark that the source itself ties to its note: the span of `Line.orig` it takes, and the note's name."""

    start: int
    end: int
    note: str


class Line(NamedTuple):
    """One visual line.

    `orig` holds its characters as read, without the line break. `indent` is the width of its leading
    white space in characters, less what only marks the top of a page. `page_top` is true for the first
    line of a page. `gap_before` is true where more white space stands above it than between two lines of
    one paragraph. `number` counts the lines of the source from 1.

    What follows is known only where the source has a layout. `size` is that of most letters, in points; `bold` and
    `italic` hold where all letters are. `raised` are spans of `orig` set as superscripts. `edges` are the left
    edges of the characters of `orig` and the right edge of the last, in points. `room` is what was left of the
    measure behind the line, and `lead` the width of its first word with a space: a line broke because it was full
    where the next one's `lead` is wider than its `room`. `starts` tells whether a paragraph starts with the line,
    as far as the layout knows. `inset` holds for the lines of a paragraph that is set in from both margins, as
    quotations are. `furniture` is the kind of furniture it is (see `schemas.document.Furniture`). `rows` are the
    rows and cells of a table, whose lines are all in `orig` of this one. `anchors` are the marks of notes that the
    source itself ties to them, and `note` names the note that the line belongs to, where it says so (Word does).
    `column_left` is how far right of the first column of text the line's own begins.
    """

    orig: str
    number: int
    page: int | None = None
    indent: int = 0
    page_top: bool = False
    gap_before: bool = False
    box: BBox | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    edges: Sequence[float] = ()
    room: float | None = None
    lead: float | None = None
    starts: bool | None = None
    inset: bool = False
    zone: Zone | None = None
    furniture: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    anchors: tuple[NoteAnchor, ...] = ()
    note: str | None = None
    column_left: float = 0.0

    @property
    def left(self) -> float | None:
        """Where the line begins, as if its column were the first; None without a layout."""
        return self.box.x0 - self.column_left if self.box else None

    @property
    def text(self) -> str:
        """The line without the white space around it, and with no gap inside it wider than a page."""
        text = self.orig.strip()
        return _GAP.sub(" " * _WIDEST_GAP, text) if len(text) > _WIDEST_GAP else text


class Page(NamedTuple):
    """The lines of one page in reading order; `number` is None where the source has no pages."""

    number: int | None
    lines: tuple[Line, ...]
