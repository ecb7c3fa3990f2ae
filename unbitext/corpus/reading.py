"""Reading the files of a corpus: each is what its root says, or an error that names it."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

from lxml import etree

from schemas.base import Model
from schemas.bitext import Link
from schemas.document import Document, Meta
from unbitext.corpus.errors import CorpusError
from unbitext.tei.alignment import decode_alignment, read_sides
from unbitext.tei.decode import decode_document
from unbitext.tei.header_reader import read_meta
from unbitext.tei.names import tag
from unbitext.tei.reading import parse_tei


class Alignment(Model):
    """What an alignment's file holds: the ids of its documents (`STEM.LANG`), source first, and the links."""

    sides: tuple[str, str]
    links: tuple[Link, ...]


def read_document(path: Path, digest: str) -> Document:
    """Read a document of which the sha256 is known. Raises `CorpusError`."""
    try:
        return decode_document(_parse(path, _bytes(path, digest)))
    except (ValueError, KeyError) as error:
        raise _not_ours(path, error) from error


def read_alignment(path: Path, digest: str) -> Alignment:
    """Read an alignment of which the sha256 is known. Raises `CorpusError`."""
    try:
        root = _parse(path, _bytes(path, digest))
        return Alignment(sides=read_sides(root), links=tuple(decode_alignment(root)))
    except (ValueError, KeyError) as error:
        raise _not_ours(path, error) from error


def read_document_meta(path: Path, digest: str) -> Meta:
    """Read the metadata of a document alone, which costs a tenth of the whole. Raises `CorpusError`."""
    try:
        return read_meta(_header(path, _bytes(path, digest)))
    except (ValueError, KeyError) as error:
        raise _not_ours(path, error) from error


def read_alignment_sides(path: Path, digest: str) -> tuple[str, str]:
    """Read which documents an alignment is of. Raises `CorpusError`."""
    try:
        return read_sides(_header(path, _bytes(path, digest)))
    except ValueError as error:
        raise _not_ours(path, error) from error


def _bytes(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}, and the corpus lists it: build or download it again") from error
    if sha256(data).hexdigest() != digest:
        raise CorpusError(
            f"{path} is not the file that the corpus lists: its sha256 differs; build or download it again"
        )
    return data


def _parse(path: Path, data: bytes) -> etree._Element:
    reading = parse_tei(data, str(path))
    if reading.tree is None:
        raise CorpusError(str(reading.fault))
    return reading.tree.getroot()


def _header(path: Path, data: bytes) -> etree._Element:
    """The root of a file, of which no more than the header was read."""
    root: etree._Element | None = None
    try:
        for event, element in etree.iterparse(
            BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True
        ):
            if root is None:
                root = element
            elif event == "end" and element.tag == tag("teiHeader"):
                return root
    except etree.XMLSyntaxError as error:
        raise CorpusError(f"{path}: {error.msg}") from error
    raise CorpusError(f"{path} has no <teiHeader>")


def _not_ours(path: Path, error: Exception) -> CorpusError:
    if isinstance(error, CorpusError):
        return error
    return CorpusError(f"{path} is not in the encoding of this program: {error}; `unbitext validate` tells more")
