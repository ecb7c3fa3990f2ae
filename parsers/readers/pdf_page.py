"""A page between rows and lines: what each stretch of it was found to be, and in which order it reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.readers.pdf_rows import Row, Strip
from parsers.readers.pdf_runs import Rule, Shape
from schemas.layout import Zone


class TableSpan(NamedTuple):
    """Rows `first` to `last` (exclusive) of a page, and the cells they make; a list of contents has none.

    `starts` are the left edges of its columns.
    """

    first: int
    last: int
    cells: tuple[tuple[str, ...], ...]
    is_contents: bool = False
    starts: tuple[float, ...] = ()


@dataclass
class Placed:
    """One line in the making: its strip, what it is, and what the layout says of it (see `schemas.layout.Line`)."""

    strip: Strip
    page: int
    zone: Zone | None = None
    furniture: str | None = None
    column: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    head: tuple[str, ...] | None = None
    repeats_head: bool = False
    hull: tuple[float, float, float, float] | None = None
    centred: bool = False
    inset: bool = False
    indent: int = 0
    starts: bool | None = None
    gap: bool = False
    top: bool = False
    room: float | None = None
    column_left: float = 0.0

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.strip.text


@dataclass
class PageRows:
    """One page: its rows top to bottom, rules and shapes drawn on it, its lines in reading order once they are placed.

    `turned` is the direction of most of its text, in quarter turns, in whose frame all places are; `is_mixed` tells of
    text that is turned against it. `is_first` holds for the page that opens the document: the first with text, for
    covers may have none. `aside` are the indexes of rows that are none of its text, with the kind of furniture they
    are: stamps, numbers of lines. `open_table` is the table that its text ends with.
    `is_mirrored` holds where text runs from right to left, and all places are those in a mirror.
    """

    number: int
    width: float
    height: float
    rows: list[Row]
    rules: list[Rule]
    shapes: Sequence[Shape] = ()
    turned: int = 0
    lines: list[Placed] = field(default_factory=list)
    open_table: TableSpan | None = None
    is_mixed: bool = False
    is_first: bool = False
    aside: dict[int, str] = field(default_factory=dict)
    is_mirrored: bool = False
