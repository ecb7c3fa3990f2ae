"""What a reader of PDF pages hands to the layout: runs of characters with place and style, and rules drawn.

Coordinates are points from the top left of the page as a person sees it (page rotation applied). Plain tuples and not
models, since a page has three thousand characters: nothing here leaves the readers.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Reader = Literal["fast", "reference", "recovering"]
"""Who reads the characters of a PDF: PDFium, pdfplumber, or pdfplumber with fonts without a map read by glyph order."""

UNKNOWN = "\ufffd"
"""Stands for a glyph of a font without a map to Unicode."""


class Style(NamedTuple):
    """How a run of glyphs is set. `size` in points as seen; `turned` in quarter turns clockwise of the page.

    `aslant` holds where it runs between two quarter turns, as stamps do; `turned` is then the nearest.
    """

    font: str
    size: float
    bold: bool
    italic: bool
    artifact: bool = False
    turned: int = 0
    aslant: bool = False


class Run(NamedTuple):
    """Characters of one style on one baseline, in the order of the content stream.

    `x0` and `x1` hold the left and right edge of each character's advance box.
    """

    chars: str
    x0: Sequence[float]
    x1: Sequence[float]
    baseline: float
    style: Style


class Rule(NamedTuple):
    """A thin line or bar drawn on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it lies flat."""
        return self.x1 - self.x0 > self.bottom - self.top


class Shape(NamedTuple):
    """A path drawn on the page that is no thin line; `pieces` counts its strokes, five for a rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float
    pieces: int = 5


_ASLANT = 0.2


def runs_aslant(along_x: float, along_y: float) -> bool:
    """Whether a direction lies well between two quarter turns."""
    low, high = sorted((abs(along_x), abs(along_y)))
    return low > _ASLANT * high


class RunPage(NamedTuple):
    """One page: its size, its runs in the order of the content stream, its rules and other shapes.

    `unmapped` counts the glyphs whose font has no map to Unicode; `pictures` the part of the page that images cover (0
    to 1). `overprinted` counts the letters printed twice, a little aside, and read once; `unprintable` the control
    characters left out, `recovered` the glyphs without a map that were read by their order in the font. `readable` is
    false for a page that could not be opened; `by_reference` holds for one that the reference reader read in the fast
    one's place, `unsure` for one of which the fast one cannot tell the characters that are set.
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    rules: list[Rule]
    unmapped: int = 0
    pictures: float = 0.0
    overprinted: int = 0
    unprintable: int = 0
    recovered: int = 0
    readable: bool = True
    by_reference: bool = False
    unsure: bool = False
    shapes: Sequence[Shape] = ()


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold."""
    lower = font.lower()
    return "bold" in lower or "black" in lower or "heavy" in lower or lower.endswith("-bd")


def is_italic(font: str) -> bool:
    """Whether a font's name says that it is italic."""
    lower = font.lower()
    return "italic" in lower or "oblique" in lower or "kursiv" in lower
