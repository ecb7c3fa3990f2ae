"""Reading a corpus that was built: its documents, and the pairs with their links."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from schemas.bitext import DocumentPair, Link
from schemas.document import Document, Sentence
from unbitext.store import CorpusFolder, DamagedFileError
from unbitext.tei.alignment import decode_alignment
from unbitext.tei.decode import decode_document
from unbitext.tei.names import tag
from unbitext.tei.reading import read_tei


class BuiltPair:
    """A pair of a corpus by the name of its alignment (`STEM.zh-en`); its files are read when they are asked for."""

    def __init__(self, corpus: Path, name: str) -> None:
        self.name = name
        self._corpus = corpus

    @cached_property
    def sides(self) -> tuple[str, str]:
        """Identifiers of the source and of the target: they need not share their first symbol."""
        path = self._corpus / CorpusFolder.alignment(self.name)
        found: list[str] = []
        # The header alone: a corpus may have thousands of pairs.
        for _, element in etree.iterparse(path, tag=(tag("ptr"), tag("sourceDesc")), resolve_entities=False):
            if element.tag == tag("sourceDesc"):
                break
            found.append(unquote(element.get("target", "")).rpartition("/")[2].removesuffix(".xml"))
        source, target = found
        return source, target

    @property
    def languages(self) -> tuple[str, str]:
        """Languages of the source and of the target."""
        source, target = (side.rpartition(".")[2] for side in self.sides)
        return source, target

    @cached_property
    def links(self) -> list[Link]:
        """Its links, in order."""
        return decode_alignment(_read(self._corpus / CorpusFolder.alignment(self.name)))

    @cached_property
    def documents(self) -> DocumentPair:
        """Its two documents."""
        source, target = (read_document(self._corpus, side) for side in self.sides)
        return DocumentPair(source=source, target=target)

    def other(self, side: str) -> str:
        """The identifier of the other document."""
        return self.sides[1] if side == self.sides[0] else self.sides[0]

    def ids(self, link: Link, side: str) -> tuple[str, ...]:
        """The sentences of a link on the side of a document."""
        return link.source_ids if side == self.sides[0] else link.target_ids

    def sentences(self, side: str) -> dict[str, Sentence]:
        """The sentences of a document by their ids."""
        document = self.documents.source if side == self.sides[0] else self.documents.target
        return {sentence.id: sentence for block in document.blocks for sentence in block.sentences}


def pairs(corpus: Path) -> Iterator[BuiltPair]:
    """Yield the pairs of a corpus, by name."""
    for path in sorted((corpus / CorpusFolder.alignment("")).parent.glob("*.xml")):
        yield BuiltPair(corpus, path.name.removesuffix(".xml"))


def pairs_of(corpus: Path, identifier: str) -> Iterator[BuiltPair]:
    """Yield the pairs that a document is part of."""
    return (pair for pair in pairs(corpus) if identifier in pair.sides)


def read_document(corpus: Path, identifier: str) -> Document:
    """Read a document of a corpus by its identifier. Raises `OSError` where it has none, `DamagedFileError`."""
    return decode_document(_read(corpus / CorpusFolder.document(identifier)))


def _read(path: Path) -> etree._Element:
    reading = read_tei(path, str(path))
    if reading.tree is None:
        why = reading.fault.message if reading.fault is not None else "it cannot be read"
        raise DamagedFileError(f"{path} is damaged: {why}; `unbitext validate` tells more")
    return reading.tree.getroot()
