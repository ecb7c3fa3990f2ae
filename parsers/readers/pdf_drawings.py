"""What is on a page besides the characters that PDFium reads: lines, shapes, pictures, and text that it leaves out."""

from collections.abc import Container
from typing import NamedTuple

import pypdfium2.raw as raw

from parsers.readers import pdf_calls as calls
from parsers.readers.pdf_frame import Frame
from parsers.readers.pdf_limits import MAX_OBJECTS
from parsers.readers.pdf_overprints import Bounds
from parsers.readers.pdf_runs import Rule, Shape

_THIN = 3.0


class Drawings(NamedTuple):
    """Thin paths, other ones, the share of the page under images (0 to 1), and text objects that PDFium leaves out.

    Of these, `blanks` set nothing but white space, each listed under the text object before it, 0 for none; `hidden`
    are the bounds of others.
    """

    rules: list[Rule]
    shapes: list[Shape]
    pictures: float
    blanks: dict[int, list[int]]
    hidden: list[Bounds]


def read_drawings(page: int, frame: Frame, texts: Container[int]) -> Drawings:
    """The drawings of an open page, given its handle and the text objects that were read."""
    found = Drawings([], [], 0.0, {}, [])
    covered = 0.0
    before = 0
    bounds = calls.Buffer("f", 4)
    for index in range(min(calls.count_objects(page), MAX_OBJECTS)):
        item = calls.page_object(page, index)
        kind = calls.kind_of(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT and item in texts:
            before = item
            continue
        if kind not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        calls.bounds_of(item, *bounds.places)
        own = Bounds(*bounds.values)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if own.is_seen:
                found.hidden.append(own)
            else:
                found.blanks.setdefault(before, []).append(item)
            continue
        x0, y0, x1, y1 = frame.rectangle(*own)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            covered += (x1 - x0) * (y1 - y0)
        elif min(x1 - x0, y1 - y0) < _THIN:
            found.rules.append(Rule(x0, y0, x1, y1))
        else:
            found.shapes.append(Shape(x0, y0, x1, y1, calls.count_segments(item)))
    return found._replace(pictures=min(covered / max(frame.width * frame.height, 1.0), 1.0))
