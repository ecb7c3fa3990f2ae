"""What a corpus lists: the files of its components and their digests, from the root's header.

The listing of a hundred thousand documents is kept in some bytes each, not as objects, so that a corpus can be read in
flat memory and a file be found at once.
"""

import re
from array import array
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from schemas import SCHEMA_VERSION
from unbitext.corpus.errors import CorpusError, NotInCorpusError
from unbitext.store import CorpusFolder
from unbitext.tei.names import NAMESPACES, local_name, tag

_DIGEST_BYTES = 32
_VERSION = re.compile(r"Version (\S+) of the document model")
_PLACES = {"documents": CorpusFolder.document, "alignments": CorpusFolder.alignment}


class Names:
    """Sorted names and their digests, packed: `names[i]`, `digest(i)`, `find(name)`."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends = array("Q")
        self._digests = bytearray()

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: int) -> str:
        start = self._ends[index - 1] if index else 0
        return self._text[start : self._ends[index]].decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[index] for index in range(len(self)))

    def digest(self, index: int) -> str:
        """The sha256 of a file, 64 hex digits."""
        return self._digests[index * _DIGEST_BYTES : (index + 1) * _DIGEST_BYTES].hex()

    def append(self, name: str, digest: str) -> None:
        """Add a name behind all others. Raises `ValueError` for a bad digest or a name that is out of order."""
        raw = bytes.fromhex(digest)
        if len(raw) != _DIGEST_BYTES:
            raise ValueError(f"{digest!r} is no sha256")
        if len(self) and self[len(self) - 1] >= name:
            raise ValueError(f"{name} is listed twice or out of order")
        self._text += name.encode("utf-8")
        self._ends.append(len(self._text))
        self._digests += raw

    def find(self, name: str) -> int | None:
        """Where a name stands; None where it is not there."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < name:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == name else None


class Listing:
    """The components of a corpus, by kind: `documents` (`STEM.zh`) and `alignments` (`STEM.zh-en`), both sorted.

    `sha256` is that of the root, and so of all the files, which it lists with their digests.
    """

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder = folder
        self.sha256 = digest
        self.documents = Names()
        self.alignments = Names()

    def path(self, kind: str, name: str) -> tuple[Path, str]:
        """Find the file of a component, and the digest that it must have. Raises `NotInCorpusError`."""
        names = self.documents if kind == "documents" else self.alignments
        index = names.find(name)
        if index is None:
            raise NotInCorpusError(f"{self.folder} has no {'document' if kind == 'documents' else 'pair'} {name}")
        return self.folder / _PLACES[kind](name), names.digest(index)


@lru_cache(maxsize=4)
def _read(folder: Path, _modified_ns: int, _bytes: int) -> Listing:
    root = folder / CorpusFolder.CORPUS
    with root.open("rb") as stream:
        total = sha256()
        while chunk := stream.read(1 << 20):
            total.update(chunk)
        stream.seek(0)
        listing = Listing(folder, total.hexdigest())
        try:
            _fill(listing, stream)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise CorpusError(f"{root} is not the root of a corpus: {error}; build or download it again") from error
    return listing


def read_listing(folder: Path) -> Listing:
    """Read what a corpus lists; a listing read before is taken again while its file is as it was.

    Raises `CorpusError` where there is no corpus, its root is broken, or its encoding is of another version.
    """
    try:
        status = (folder / CorpusFolder.CORPUS).stat()
    except OSError as error:
        raise CorpusError(f"{folder} is no corpus: {CorpusFolder.CORPUS}: {error.strerror}") from error
    return _read(folder, status.st_mtime_ns, status.st_size)


def _fill(listing: Listing, stream: BinaryIO) -> None:
    """Read the header as far as it is needed: persons, of which there may be thousands, come after it."""
    root: etree._Element | None = None
    for event, element in etree.iterparse(stream, events=("start", "end"), resolve_entities=False, no_network=True):
        if root is None:
            root = element
            if element.tag != tag("teiCorpus"):
                raise ValueError(f"it begins with <{local_name(element)}>")
        elif event == "start":
            continue
        elif element.tag == tag("bibl"):
            _take(listing, element)
            parent = element.getparent()
            # What was read goes, or the tree of a large corpus would be held whole.
            while parent is not None and len(parent) > 1:
                del parent[0]
        elif element.tag == tag("appInfo"):
            _check_version(element)
            return
    raise ValueError("its header does not say by what it was written")


def _take(listing: Listing, bibl: etree._Element) -> None:
    pointer = bibl.find("tei:ptr", NAMESPACES)
    digest = bibl.findtext("tei:idno[@type='sha256']", None, NAMESPACES)
    target = unquote(pointer.get("target", "")) if pointer is not None else ""
    kind, _, file = target.partition("/")
    if kind not in _PLACES or not file.endswith(".xml") or "/" in file or digest is None:
        raise ValueError(f"its list has {target!r}")
    (listing.documents if kind == "documents" else listing.alignments).append(file.removesuffix(".xml"), digest)


def _check_version(information: etree._Element) -> None:
    found = _VERSION.search("".join(map(str, information.itertext())))
    if found is None or found[1] != SCHEMA_VERSION:
        version = "unknown" if found is None else found[1]
        raise ValueError(f"its encoding is of version {version}, and this program reads version {SCHEMA_VERSION}")
