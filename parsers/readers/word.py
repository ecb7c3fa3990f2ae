"""Word files of any age, told by their content: .docx is read, .doc is converted first."""

from parsers.readers.docx import MEDIA_TYPE, read_docx
from parsers.readers.reading import Format, Reading
from parsers.readers.word_binary import MEDIA_TYPE as BINARY_MEDIA_TYPE
from parsers.readers.word_binary import OLE_MAGIC, convert_doc

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def is_zip(data: bytes) -> bool:
    """Whether a file is a zip, as a .docx is; which kind of zip, the reader finds out."""
    return data.startswith(_ZIP)


def is_ole(data: bytes) -> bool:
    """Whether a file is an OLE container, as a .doc is, and a .docx under a password."""
    return data.startswith(OLE_MAGIC)


def read_doc(data: bytes) -> Reading:
    """Read a Word file of before 2007, if it can be converted. Raises `Refusal` where it cannot, with the reason."""
    return read_docx(convert_doc(data))._replace(media_type=BINARY_MEDIA_TYPE)


DOCX_FORMAT = Format(MEDIA_TYPE, is_zip, read_docx)
DOC_FORMAT = Format(BINARY_MEDIA_TYPE, is_ole, read_doc)
