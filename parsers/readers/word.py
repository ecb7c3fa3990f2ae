"""Word files of any age, told by their content: .docx is read, .doc is converted first."""

from parsers.readers.media_types import DOC, DOCX
from parsers.readers.reading import Format, Reading
from parsers.readers.word_binary import OLE_MAGIC, convert_doc

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def is_zip(data: bytes) -> bool:
    """Whether a file is a zip, as a .docx is; which kind of zip, the reader finds out."""
    return data.startswith(_ZIP)


def is_ole(data: bytes) -> bool:
    """Whether a file is an OLE container, as a .doc is, and a .docx under a password."""
    return data.startswith(OLE_MAGIC)


def read_zip(data: bytes) -> Reading:
    """Read a Word file. Raises `Refusal` where it is none, or cannot be read, with the reason."""
    # lxml is loaded for Word files only: text dumps and PDFs are read without it.
    from parsers.readers.docx import read_docx  # noqa: PLC0415

    return read_docx(data)


def read_ole(data: bytes) -> Reading:
    """Read a Word file of before 2007, if it can be converted. Raises `Refusal` where it cannot, with the reason."""
    return read_zip(convert_doc(data))._replace(media_type=DOC)


DOCX_FORMAT = Format(DOCX, is_zip, read_zip)
DOC_FORMAT = Format(DOC, is_ole, read_ole)
