"""One entry to the readers: the format is known by the file's content, never by its name."""

import re

from parsers.errors import Refusal
from parsers.readers.decoding import decode
from parsers.readers.pdf import PDF_FORMAT, read_pdf
from parsers.readers.reading import Format, Reading
from parsers.readers.text import read_text
from parsers.readers.word import DOC_FORMAT, DOCX_FORMAT

TEXT = "text/plain"

FORMATS: tuple[Format, ...] = (PDF_FORMAT, DOCX_FORMAT, DOC_FORMAT)
"""The formats that are tried, in this order, before a file is taken as a text dump. A new reader registers here."""

_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head)\b", re.I | re.S
)
_HTML_REACH = 2048


def read(data: bytes, *, recover: bool = False) -> Reading:
    """Read a document of any registered format, or a text dump. Raises `Refusal` for what cannot be read.

    With `recover`, the text of a PDF whose fonts have no map to Unicode is read by the order of their glyphs.
    """
    if not data:
        raise Refusal("empty-file", "the file is empty: it has 0 bytes", "fetch the file again")
    # What documents.un.org answers in place of a document that it does not have is a page with status 200. It may speak
    # of PDFs, so it is looked for first.
    if _HTML.match(data[:_HTML_REACH]):
        raise Refusal(
            "html-page",
            "this is a web page, not a document: servers send one in place of a file that is not there",
            "fetch the file again, and check that the document exists in this language",
        )
    for form in FORMATS:
        if form.matches(data):
            return read_pdf(data, reader="recovering") if recover and form is PDF_FORMAT else form.read(data)
    return _read_dump(data)


def media_type(data: bytes) -> str:
    """What a file is by its content; text for whatever is of no registered format."""
    return next((form.media_type for form in FORMATS if form.matches(data)), TEXT)


def _read_dump(data: bytes) -> Reading:
    text, findings = decode(data)
    pages = read_text(text)
    counted = max((line.page for page in pages for line in page.lines if line.page is not None), default=1)
    return Reading(TEXT, pages, counted if counted > 1 else None, findings)
