"""Pages of a source as pictures with boxes drawn on them, so that a person can check by eye where a text stands."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from parsers.readers.pdf_fast import read_run_pages
from parsers.readers.pdf_rows import main_turn
from schemas.document import Box, Document, Kind
from unbitext.source_files import SourceError

Colour = tuple[int, int, int]

FOUND: Colour = (230, 30, 30)
"""What was asked for."""

COLOURS: Mapping[Kind, Colour] = {
    Kind.MASTHEAD: (120, 120, 120),
    Kind.TITLE: (150, 0, 150),
    Kind.HEADING: (110, 60, 200),
    Kind.PARAGRAPH: (30, 90, 220),
    Kind.ITEM: (0, 150, 190),
    Kind.QUOTE: (0, 130, 60),
    Kind.FOOTNOTE: (200, 120, 0),
    Kind.TABLE: (130, 80, 30),
    Kind.INCIDENT: (200, 0, 110),
    Kind.SIGNATURE: (90, 120, 0),
    Kind.CLOSING: (60, 60, 60),
}
"""The colour of each kind of block."""

_POINTS_AN_INCH = 72
_FILL_OPACITY = 60
_MOST_PIXELS = 100_000_000
_UPRIGHT = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


class Mark(NamedTuple):
    """A box to be drawn, filled or as an outline alone."""

    box: Box
    colour: Colour
    filled: bool = False


def marks_of(boxes: Sequence[Box], document: Document | None = None) -> list[Mark]:
    """Mark what was asked for; of a document, besides, each block on the same pages in the colour of its kind."""
    pages = {box[0] for box in boxes}
    blocks = document.blocks if document is not None else ()
    others = [Mark(box, COLOURS[block.kind]) for block in blocks for box in block.boxes if box[0] in pages]
    return [*others, *(Mark(box, FOUND, filled=True) for box in boxes)]


def draw_pages(data: bytes, marks: Sequence[Mark], resolution: int) -> dict[int, Image.Image]:
    """Draw the pages of a PDF that have marks, with these, by their numbers; `resolution` is in dots an inch.

    A page whose text runs sideways is turned as the reader turned it: boxes are where the text stands upright.

    Raises `SourceError` for a page that would be too large.
    """
    document = pdfium.PdfDocument(data)
    try:
        return {
            number: _draw(document, number, [mark for mark in marks if mark.box[0] == number], resolution)
            for number in sorted({mark.box[0] for mark in marks})
        }
    finally:
        document.close()


def _draw(document: pdfium.PdfDocument, number: int, marks: Sequence[Mark], resolution: int) -> Image.Image:
    scale = resolution / _POINTS_AN_INCH
    page = document[number - 1]
    pixels = page.get_width() * page.get_height() * scale**2
    if pixels > _MOST_PIXELS:
        raise SourceError(f"page {number} would have {pixels:,.0f} pixels: choose a lower resolution")
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    if turned := _turned(document, number):
        picture = picture.transpose(_UPRIGHT[turned])
    draw = ImageDraw.Draw(picture, "RGBA")
    width = max(1, round(scale))
    for (_, *corners), colour, filled in marks:
        fill = (*colour, _FILL_OPACITY) if filled else None
        draw.rectangle([corner * scale for corner in corners], fill=fill, outline=colour, width=width)
    return picture


def _turned(document: pdfium.PdfDocument, number: int) -> int:
    alone = pdfium.PdfDocument.new()
    try:
        alone.import_pages(document, [number - 1])
        return max(main_turn(page) for page in read_run_pages(alone))
    finally:
        alone.close()
