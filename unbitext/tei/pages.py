"""Where pages begin, and the furniture that stands on them: `<pb>` and `<fw>`."""

from lxml import etree

from schemas.document import Document, Furniture
from unbitext.tei.characters import append_text, read_text
from unbitext.tei.names import EncodingError, Names, add, line_of
from unbitext.tei.zones import surface_id


class PageWriter:
    """Writes a page break before the first block or sentence of each page, followed by the page's furniture.

    Where the order of furniture in the model is not that of the pages, each `<fw>` carries its place in `@n`.
    """

    def __init__(self, document: Document, names: Names) -> None:
        self.current: int | None = None
        self._names = names
        self._surfaces = {page.number for page in document.pages}
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
        facs = self._names.pointer(surface_id(number)) if number in self._surfaces else None
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
