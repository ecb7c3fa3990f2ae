"""Reading a TEI file that may be broken or hostile."""

from pathlib import Path

from lxml import etree

from parsers.readers.files import read_regular
from unbitext.tei.violations import Violation

MOST_BYTES = 256 * 1024 * 1024
"""Larger files are refused unread: the longest document of the United Nations makes a hundredth of it."""


class Reading:
    """A file as read: its bytes and tree, or the violation that kept it from being read."""

    def __init__(
        self, data: bytes = b"", tree: etree._ElementTree | None = None, fault: Violation | None = None
    ) -> None:
        self.data = data
        self.tree = tree
        self.fault = fault


def read_tei(path: Path, file: str) -> Reading:
    """Read and parse a file; `file` is how it is named in messages.

    No entity is expanded, nothing is fetched, a document type is refused, and libxml2's own bounds on depth and on the
    length of texts hold.

    Raises OSError where the file cannot be read, FileNotFoundError and what is no regular file included.
    """
    if (fault := size_fault(path, file, MOST_BYTES)) is not None:
        return Reading(fault=fault)
    return parse_tei(read_regular(path, MOST_BYTES), file)


def parse_tei(data: bytes, file: str) -> Reading:
    """Parse the bytes of a file as `read_tei` does; `file` is how it is named in messages."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return Reading(data, fault=syntax_fault(file, error))
    tree = root.getroottree()
    return Reading(data, tree if (fault := document_type_fault(tree, file)) is None else None, fault)


def size_fault(path: Path, file: str, most: int) -> Violation | None:
    """Say that a file has more bytes than it may have."""
    size = path.stat().st_size
    return _fault(file, 1, f"the file has {size:,} bytes, more than {most:,}") if size > most else None


def syntax_fault(file: str, error: etree.XMLSyntaxError) -> Violation:
    """Say why a file cannot be parsed."""
    line, message = error.lineno or 1, str(error.msg)
    if "already defined" in message:
        return Violation(file=file, line=line, code="tei-duplicate-id", message=message)
    return _fault(file, line, message)


def document_type_fault(tree: etree._ElementTree, file: str) -> Violation | None:
    """Say that a file declares a document type, which might define entities."""
    return None if tree.docinfo.internalDTD is None else _fault(file, 1, "the file declares a document type")


def _fault(file: str, line: int, message: str) -> Violation:
    return Violation(file=file, line=line, code="tei-not-well-formed", message=message)
