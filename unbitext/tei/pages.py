"""Pages, and the furniture that stands on them: `<pb>`, `<fw>`, and boxes as `<zone>`."""

from urllib.parse import quote

from lxml import etree

from schemas.document import Block, Document, Furniture
from unbitext.tei.characters import append_text, read_text
from unbitext.tei.names import XML_ID, EncodingError, Names, add, line_of, named

PAGED_MEDIA = frozenset({"application/pdf"})
"""Formats in which a reader can be sent to a page by `#page=N` (RFC 8118)."""

Box = tuple[int, float, float, float, float]
_CORNERS = ("ulx", "uly", "lrx", "lry")


class PageWriter:
    """Writes page breaks before the first block of each page, each followed by the page's furniture.

    Where the order of furniture in the model is not that of the pages, each `<fw>` carries its place in `@n`.
    """

    def __init__(self, document: Document) -> None:
        self.current: int | None = None
        self._file = quote(document.meta.source.file, errors="surrogatepass")
        self._paged = document.meta.source.media_type in PAGED_MEDIA
        self._by_page: dict[int, list[int]] = {}
        self._furniture = document.furniture
        for index, item in enumerate(document.furniture):
            if item.page is not None:
                self._by_page.setdefault(item.page, []).append(index)
        self._without_page = [index for index, item in enumerate(document.furniture) if item.page is None]
        order = self._without_page + [index for page in sorted(self._by_page) for index in self._by_page[page]]
        self._numbered = order != sorted(order)

    def begin(self, body: etree._Element) -> None:
        """Write the furniture that has no page."""
        for index in self._without_page:
            self._write_furniture(body, index)

    def turn_to(self, parent: etree._Element, page: int | None) -> None:
        """Write the breaks up to `page`; nothing where it is the current page, or one already left."""
        if page is None or (self.current is not None and page <= self.current):
            return
        for number in sorted({page, *(each for each in self._by_page if self._lies_ahead(each) and each < page)}):
            self._write_page(parent, number)

    def finish(self, parent: etree._Element) -> None:
        """Write the pages on which no block begins, and their furniture."""
        for number in sorted(each for each in self._by_page if self._lies_ahead(each)):
            self._write_page(parent, number)

    @property
    def unfinished(self) -> bool:
        """Whether `finish` has anything to write."""
        return any(self._lies_ahead(each) for each in self._by_page)

    def _lies_ahead(self, page: int) -> bool:
        return self.current is None or page > self.current

    def _write_page(self, parent: etree._Element, number: int) -> None:
        self.current = number
        facs = f"{self._file}#page={number}" if self._paged else None
        add(parent, "pb", n=str(number), facs=facs)
        for index in self._by_page.get(number, ()):
            self._write_furniture(parent, index)

    def _write_furniture(self, parent: etree._Element, index: int) -> None:
        item = self._furniture[index]
        element = add(parent, "fw", type=item.kind, n=str(index) if self._numbered else None)
        append_text(element, item.orig)


class PageReader:
    """Follows the page breaks and collects the furniture."""

    def __init__(self) -> None:
        self.current: int | None = None
        self._furniture: list[tuple[int, Furniture]] = []

    def turn(self, element: etree._Element) -> None:
        """Take a `<pb>`."""
        try:
            self.current = int(element.get("n", ""))
        except ValueError as error:
            raise EncodingError(f"line {line_of(element)}: <pb> without a page's number") from error

    def collect(self, element: etree._Element) -> None:
        """Take an `<fw>`."""
        index = element.get("n")
        item = Furniture(orig=read_text(element), page=self.current, kind=element.get("type", ""))
        self._furniture.append((len(self._furniture) if index is None else int(index), item))

    @property
    def furniture(self) -> tuple[Furniture, ...]:
        """All furniture in the order of the model."""
        return tuple(item for _, item in sorted(self._furniture, key=lambda pair: pair[0]))


class ZoneWriter:
    """Gives each box of a block an id, and writes the zones page by page."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._zones: list[Box] = []

    def pointers(self, block: Block) -> str | None:
        """Return the `@facs` of a block."""
        pointers = []
        for box in block.boxes:
            self._zones.append(box)
            pointers.append(self._names.pointer(f"zone.{len(self._zones)}"))
        return " ".join(pointers) or None

    def facsimile(self) -> etree._Element | None:
        """Return the zones; None if there are none. Units are points from the top left, as in the model."""
        if not self._zones:
            return None
        element = add(etree.Element("none"), "facsimile")
        surfaces: dict[int, etree._Element] = {}
        for page in sorted({box[0] for box in self._zones}):
            surfaces[page] = add(element, "surface", n=str(page))
        for number, (page, *corners) in enumerate(self._zones, 1):
            zone = add(surfaces[page], "zone")
            zone.set(XML_ID, self._names.full(f"zone.{number}"))
            for key, corner in zip(_CORNERS, corners, strict=True):
                zone.set(key, repr(float(corner)))
        return element


class ZoneReader:
    """Knows the box of each zone."""

    def __init__(self, facsimile: etree._Element | None) -> None:
        self._boxes: dict[str, Box] = {}
        for surface in named(facsimile, "surface") if facsimile is not None else ():
            for zone in named(surface, "zone"):
                left, top, right, bottom = (float(zone.get(key, "nan")) for key in _CORNERS)
                self._boxes[f"#{zone.get(XML_ID)}"] = (int(surface.get("n", "")), left, top, right, bottom)

    def boxes(self, element: etree._Element) -> tuple[Box, ...]:
        """Return the boxes that a block's `@facs` points to."""
        try:
            return tuple(self._boxes[pointer] for pointer in element.get("facs", "").split())
        except KeyError as error:
            raise EncodingError(f"line {line_of(element)}: {error.args[0]} is no zone of this file") from error
