"""Opening a PDF with PDFium, or the reason why it does not open. Light to import: the worker process needs it."""

import pypdfium2 as pdfium

from parsers.errors import Refusal
from parsers.readers.pdf_limits import MAX_PAGES

_TAIL = 2048


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF. Raises `Refusal` for what is empty, cut short, locked or broken."""
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise _unopened(data, str(error)) from None
    if count == 0:
        raise Refusal("pdf-damaged", "the PDF has no pages", "fetch the file again")
    if count > MAX_PAGES:
        raise Refusal(
            "pdf-too-long", f"{count:,} pages are more than the {MAX_PAGES:,} that are read", "split the file"
        )
    return document


def _unopened(data: bytes, message: str) -> Refusal:
    if "password" in message.lower() or "security" in message.lower():
        return Refusal(
            "pdf-encrypted", "the PDF is locked with a password", "fetch a copy that opens without a password"
        )
    if b"%%EOF" not in data[-_TAIL:]:
        return Refusal("pdf-truncated", "the PDF ends in the middle: its end is missing", "fetch the file again")
    return Refusal("pdf-damaged", "the PDF cannot be opened: its structure is broken", "fetch the file again")
