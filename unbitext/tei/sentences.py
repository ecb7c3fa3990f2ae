"""What bears the id of a sentence - an `<s>`, or an incident - and points to its place on the pages."""

from lxml import etree

from schemas.document import Box, Sentence
from unbitext.tei.fields import Fields, KnownFields
from unbitext.tei.names import XML_ID, Names
from unbitext.tei.zones import ZoneReader, ZoneWriter


class SentenceWriter:
    """Describes sentences in their elements; what these do not tell goes into `fields`."""

    def __init__(self, names: Names, fields: Fields, zones: ZoneWriter) -> None:
        self.names = names
        self._fields = fields
        self._zones = zones

    def describe(self, element: etree._Element, sentence: Sentence) -> None:
        """Give an element the id of its sentence, and the pointers to its place."""
        element.set(XML_ID, self.names.full(sentence.id))
        if facs := self._zones.pointers(sentence.boxes):
            element.set("facs", facs)
        self._fields.note(sentence.id, "page", sentence.page, first_page(sentence.boxes))


class SentenceReader:
    """Reads sentences from their elements."""

    def __init__(self, names: Names, fields: KnownFields, zones: ZoneReader) -> None:
        self.names = names
        self._fields = fields
        self._zones = zones

    def read(self, element: etree._Element, start: int, text: str) -> Sentence:
        """Return the sentence that an element stands for; `start` is where its text stands in that of the block."""
        identifier = self.names.local(element.get(XML_ID, ""))
        boxes = self._zones.boxes(element)
        page = self._fields.number(identifier, "page", first_page(boxes))
        return Sentence(id=identifier, start=start, end=start + len(text), text=text, page=page, boxes=boxes)


def first_page(boxes: tuple[Box, ...]) -> int | None:
    """Return the page that a place begins on."""
    return boxes[0][0] if boxes else None
