"""The characters of a page's text as PDFium gives them: what each is, which text object set it, where it stands.

PDFium makes some characters up (spaces and line breaks between words that stand apart; they have no text object) and
turns a hyphen at a line's end into U+0002 or U+FFFE, which is made a hyphen again. It is asked for as little as can
be: the text at once, objects where they can change, boxes of what is set.
"""

import re
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from parsers.readers import pdf_calls as pdfium

DROPPED = "\0"
"""Stands for what is no character: white space that is none, and glyphs whose code has no meaning in Unicode."""

UNPRINTABLE = "\1"
"""Stands for a control code."""

_HYPHENS = re.compile("[\x02\ufffe]")
_NOT_PLAIN = re.compile("[\0\ud800-\udfff]")
_WHITE = re.compile("[\t-\r\x1c-\x1f\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x01-\x1f\u200b\u2060\ufeff\uffff]")
_MADE_UP = re.compile("[ \r\n]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Stretch(NamedTuple):
    """Characters `first` to `last` (exclusive), set by one text object; 0 where PDFium made them up."""

    text_object: int
    first: int
    last: int


class Characters:
    """The characters of one text page; `edges` holds left, top, right and bottom of each that is set (FS_RECTF)."""

    def __init__(self, text_page: int, count: int) -> None:
        self._handle = text_page
        self._count = count
        self.text, self.unknown = self._read_text()
        self.stretches = list(self._stretches())
        boxes = bytearray(16 * count + 16)
        self._read_boxes(pdfium.address_of(boxes))
        self.edges = memoryview(boxes).cast("f")

    def _read_text(self) -> tuple[str, list[int]]:
        """The text, one character an index, and the indexes of glyphs that have no Unicode."""
        buffer = bytearray(2 * self._count + 2)
        written = pdfium.text_of(self._handle, 0, self._count, pdfium.address_of(buffer))
        text = buffer[: 2 * self._count].decode("utf-16-le", "surrogatepass")
        if written == self._count + 1 and not _NOT_PLAIN.search(text):
            text = _HYPHENS.sub("-", text)
            return (_CONTROL.sub(UNPRINTABLE, _WHITE.sub(DROPPED, text)) if _CONTROL.search(text) else text), []
        # PDFium leaves glyphs without Unicode out of the text, and others take two units of it.
        codes = list(map(pdfium.unicode_of, repeat(self._handle), range(self._count)))
        return "".join(map(_character, codes)), [index for index, code in enumerate(codes) if code == 0]

    def _stretches(self) -> Iterator[Stretch]:
        owner, first = 0, 0
        for found, start in self._changes():
            if found != owner:
                if start > first:
                    yield Stretch(owner, first, start)
                owner, first = found, start
        if self._count > first:
            yield Stretch(owner, first, self._count)

    def _changes(self) -> Iterator[tuple[int, int]]:
        """Text objects with the indexes from which they set the characters; some come twice."""
        handle, object_of = self._handle, pdfium.object_of
        if self.unknown or _RIGHT_TO_LEFT.search(self.text):
            # Text from right to left is put in another order, and objects may come in turns.
            for index in range(self._count):
                yield object_of(handle, index) or 0, index
            return
        # An object's characters stand together, but for spaces and line breaks that PDFium puts between them: what is
        # between two characters of one object is that object's, unless it can be made up.
        before, start = 0, 0
        for place in [*(match.start() for match in _MADE_UP.finditer(self.text)), self._count]:
            after = (object_of(handle, place) or 0) if place < self._count else 0
            if place > start and (not before or before != after):
                yield from self._word(start, place)
            yield after, place
            before, start = after, place + 1

    def _word(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        handle, object_of = self._handle, pdfium.object_of
        begins = object_of(handle, first) or 0
        yield begins, first
        if last - first > 1 and (not begins or object_of(handle, last - 1) != begins):
            for index in range(first + 1, last):
                yield object_of(handle, index) or 0, index

    def _read_boxes(self, start: int) -> None:
        for text_object, first, last in self.stretches:
            if text_object:
                places = range(start + 16 * first, start + 16 * last, 16)
                for _ in map(pdfium.box_of, repeat(self._handle), range(first, last), places):
                    pass


def _character(code: int) -> str:
    if code in (0x02, 0xFFFE):
        return "-"
    if chr(code) in "\u200b\u2060\ufeff":
        return DROPPED
    if 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF:
        return chr(code)
    return UNPRINTABLE if code and not chr(code).isspace() and not 0xD800 <= code < 0xE000 else DROPPED
