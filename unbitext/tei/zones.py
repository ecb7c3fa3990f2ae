"""Places on the pages of the source: `<surface>` and `<zone>`, to which blocks and sentences point with `@facs`.

A zone is a rectangle; or, so that a sentence over several lines costs one element and not one a line, the outline of
the rectangles that stand one below the other: down their right edges and up the left ones, which `decode` takes apart.
"""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import quote

from lxml import etree

from schemas.document import Box, Document, SourcePage
from unbitext.tei.names import XML_ID, EncodingError, Names, add, line_of, named

PAGED_MEDIA = frozenset({"application/pdf"})
"""Formats in which a reader can be sent to a page by `#page=N` (RFC 8118)."""

_CORNERS = ("ulx", "uly", "lrx", "lry")


def surface_id(number: int) -> str:
    """Name the surface of a page."""
    return f"page.{number}"


class ZoneWriter:
    """Gives each place an id, the same place the same one, and writes the zones page by page."""

    def __init__(self, document: Document, names: Names) -> None:
        self._source = document.meta.source
        self._pages = document.pages
        self._names = names
        self._zones: dict[tuple[Box, ...], int] = {}

    def pointers(self, boxes: Sequence[Box]) -> str | None:
        """Return the `@facs` of a block or a sentence, None where it has no place."""
        numbers = [self._zones.setdefault(zone, len(self._zones) + 1) for zone in _zones(boxes)]
        return " ".join(self._names.pointer(f"zone.{number}") for number in numbers) or None

    def facsimile(self) -> etree._Element | None:
        """Return pages and zones; None where the source has no layout. Units are points, as in the model."""
        if not self._pages:
            return None
        element = add(etree.Element("none"), "facsimile")
        surfaces = {page.number: self._surface(element, page) for page in self._pages}
        for zone, number in self._zones.items():
            written = add(surfaces[zone[0][0]], "zone")
            written.set(XML_ID, self._names.full(f"zone.{number}"))
            if len(zone) > 1:
                written.set("points", _outline(zone))
                continue
            for key, corner in zip(_CORNERS, zone[0][1:], strict=True):
                written.set(key, _tenths(corner))
        return element

    def _surface(self, facsimile: etree._Element, page: SourcePage) -> etree._Element:
        surface = add(facsimile, "surface", n=str(page.number))
        surface.set(XML_ID, self._names.full(surface_id(page.number)))
        for key, corner in zip(_CORNERS, (0, 0, page.width, page.height), strict=True):
            surface.set(key, _tenths(corner))
        if self._source.media_type in PAGED_MEDIA:
            file = quote(self._source.file, errors="surrogatepass")
            add(surface, "graphic", url=f"{file}#page={page.number}", mimeType=self._source.media_type)
        return surface


def _zones(boxes: Sequence[Box]) -> list[tuple[Box, ...]]:
    """Boxes that follow one below the other on one page together, the others alone."""
    zones: list[list[Box]] = []
    for box in boxes:
        last = zones[-1][-1] if zones else None
        if last and last[0] == box[0] and last[2] <= box[2] and last[4] <= box[4]:
            zones[-1].append(box)
        else:
            zones.append([box])
    return [tuple(zone) for zone in zones]


def _outline(zone: Sequence[Box]) -> str:
    right = [point for _, _, top, x1, bottom in zone for point in ((x1, top), (x1, bottom))]
    left = [point for _, x0, top, _, bottom in reversed(zone) for point in ((x0, bottom), (x0, top))]
    return " ".join(f"{_tenths(x)},{_tenths(y)}" for x, y in right + left)


def _tenths(number: float) -> str:
    # Zero is added for the sake of its negative twin.
    return f"{number + 0.0:.1f}".removesuffix(".0")


class ZoneReader:
    """Knows the pages, and the boxes of each zone."""

    def __init__(self, facsimile: etree._Element | None) -> None:
        self.pages: tuple[SourcePage, ...] = ()
        self._boxes: dict[str, tuple[Box, ...]] = {}
        for surface in named(facsimile, "surface") if facsimile is not None else ():
            number = int(surface.get("n", ""))
            _, _, width, height = _corners(surface)
            self.pages += (SourcePage(number=number, width=width, height=height),)
            for zone in named(surface, "zone"):
                self._boxes[f"#{zone.get(XML_ID)}"] = _read_zone(zone, number)

    def boxes(self, element: etree._Element) -> tuple[Box, ...]:
        """Return the boxes that an element's `@facs` points to."""
        try:
            return tuple(box for pointer in element.get("facs", "").split() for box in self._boxes[pointer])
        except KeyError as error:
            raise EncodingError(f"line {line_of(element)}: {error.args[0]} is no zone of this file") from error


def _read_zone(zone: etree._Element, page: int) -> tuple[Box, ...]:
    points = zone.get("points")
    if points is None:
        return ((page, *_corners(zone)),)
    try:
        corners = [(float(x), float(y)) for x, y in (point.split(",") for point in points.split())]
        half = len(corners) // 2
        right, left = corners[:half], corners[half:][::-1]
        sides = zip(right[::2], right[1::2], left[::2], strict=True)
        return tuple((page, x0, top, x1, bottom) for (x1, top), (_, bottom), (x0, _) in sides)
    except ValueError as error:
        raise EncodingError(f"line {line_of(zone)}: {points!r} is no outline of boxes") from error


def _corners(element: etree._Element) -> tuple[float, float, float, float]:
    left, top, right, bottom = (float(element.get(key, "nan")) for key in _CORNERS)
    return left, top, right, bottom


def check_places(document: Document) -> None:
    """Raise EncodingError where a box is on no page of the document, reaches out of it, or is not in tenths.

    Pages come in the order of their numbers, from 1 on.
    """
    numbers = [0, *(page.number for page in document.pages)]
    if any(after <= before for before, after in pairwise(numbers)):
        raise EncodingError(f"pages are numbered {numbers[1:]}")
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    if not all(_is_tenths(size) for both in sizes.values() for size in both):
        raise EncodingError("the size of a page is not in tenths of a point")
    for block in document.blocks:
        places = [(block.id, block.boxes), *((sentence.id, sentence.boxes) for sentence in block.sentences)]
        for identifier, boxes in places:
            for page, x0, top, x1, bottom in boxes:
                width, height = sizes.get(page, (-1.0, -1.0))
                if not (0 <= x0 <= x1 <= width and 0 <= top <= bottom <= height):
                    raise EncodingError(f"a box of {identifier} does not lie on page {page} of the document")
                if not all(map(_is_tenths, (x0, top, x1, bottom))):
                    raise EncodingError(f"a box of {identifier} is not in tenths of a point")


def _is_tenths(number: float) -> bool:
    return float(f"{number:.1f}") == number
