"""Word files of any age, told by their content: .docx is read, .doc is converted first."""

from parsers.readers.docx import MEDIA_TYPE, WordText, read_docx
from parsers.readers.word_binary import MEDIA_TYPE as BINARY_MEDIA_TYPE
from parsers.readers.word_binary import OLE_MAGIC, convert_doc

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def word_media_type(data: bytes) -> str | None:
    """The media type of a file that begins as a Word file does; None for others. The name of a file says nothing."""
    if data.startswith(_ZIP):
        return MEDIA_TYPE
    return BINARY_MEDIA_TYPE if data.startswith(OLE_MAGIC) else None


def read_word(data: bytes) -> WordText:
    """Read a file that `word_media_type` knows. Raises `Refusal` where it cannot be read, with the reason."""
    if word_media_type(data) == BINARY_MEDIA_TYPE:
        return read_docx(convert_doc(data))
    return read_docx(data)
