"""A built corpus, opened for reading: it streams its documents, pairs and rows from the TEI files."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from schemas.base import Model
from schemas.bitext import DocumentPair
from schemas.document import Document, Meta
from schemas.rows import ParagraphRow, Passage, Segment, SentenceRow, TurnRow
from unbitext.corpus.listing import Listing, Names, read_listing
from unbitext.corpus.monolingual import DocumentRows
from unbitext.corpus.pairs import AlignedPair, PairRows
from unbitext.corpus.passages import passages
from unbitext.corpus.reading import read_alignment, read_alignment_sides, read_document, read_document_meta
from unbitext.corpus.selection import Selection

if TYPE_CHECKING:
    import pandas
    import polars

RowKind = Literal["segments", "passages", "sentences", "paragraphs", "turns"]
Row = Segment | Passage | SentenceRow | ParagraphRow | TurnRow


class Header(Model):
    """A document without its text: `id` (`STEM.LANG`), the sha256 of its TEI file, and its metadata."""

    id: str
    sha256: str
    meta: Meta


class Corpus:
    """A corpus, or the part of it that `filter` left. Make one with `unbitext.open(path)`.

    Iterating reads one document or pair at a time from its TEI file, in the order of their ids, so memory does not grow
    with the corpus. Every file read is compared with the digest that the root lists. A `Corpus` can be pickled, and
    read by several processes at once.

    Methods that read raise `CorpusError` where a file is missing, has changed, or is not in the encoding.
    """

    def __init__(self, path: Path, selection: Selection | None = None) -> None:
        self.path = path
        self.selection = selection or Selection()
        _ = self.listing

    def __repr__(self) -> str:
        chosen = self.selection.model_dump(exclude_none=True, mode="json")
        wishes = "".join(f", {name}={value!r}" for name, value in chosen.items())
        return f"Corpus({str(self.path)!r}{wishes})"

    @property
    def listing(self) -> Listing:
        """The files that the corpus lists, whatever is selected."""
        return read_listing(self.path)

    @property
    def sha256(self) -> str:
        """The digest of the root, which lists the digests of all files: two corpora with the same are the same."""
        return self.listing.sha256

    def filter(
        self,
        *,
        symbol: str | None = None,
        body: str | None = None,
        genre: str | None = None,
        language: str | None = None,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        state: str | None = None,
        spoken_language: str | None = None,
    ) -> "Corpus":
        """Give the part of the corpus that is wanted; filters add up, and one given again replaces the former.

        - `symbol`: as printed, any of a document's; `*` stands for any characters: `CD/PV.*`
        - `body`: its code, its name in any language, or how its symbols begin: `CD`
        - `genre`: report, verbatim_record, summary_record, letter, resolution, treaty, other
        - `language`: of documents (`zh`), or of pairs, source first (`zh-en`)
        - `since`, `until`: days of issue or meeting, both included; as dates, or as text in ISO 8601
        - `state`: what a speaker speaks for, as ISO 3166 alpha-3, an organisation's id, or a name in any language
        - `spoken_language`: the language that a speech was given in, as ISO 639-1: `fr`

        The last two select rows: of a document or a pair, the speeches that fit.

        Raises `SelectionError` for what is not known.
        """
        wanted = Selection.of(
            symbol=symbol,
            body=body,
            genre=genre,
            language=language,
            since=since,
            until=until,
            state=state,
            spoken_language=spoken_language,
        )
        return Corpus(self.path, self.selection.narrowed(wanted))

    # Documents

    def document_ids(self) -> Iterator[str]:
        """Yield the ids (`STEM.LANG`) of the documents, sorted.

        Only the files' names are looked at, as far as no more is selected than languages.
        """
        if self.selection.reads_meta or self.selection.reads_speakers:
            yield from (header.id for header in self.headers())
            return
        yield from (name for name in self.listing.documents if self.selection.takes_language(_language(name)))

    def headers(self) -> Iterator[Header]:
        """Yield the documents without their texts, by id: ten times as fast as `documents`."""
        selection = self.selection
        for name, digest in _entries(self.listing.documents):
            if not selection.takes_language(_language(name)):
                continue
            if selection.reads_speakers:
                document = self._document_if_wanted(name)
                meta = None if document is None else document.meta
            else:
                meta = read_document_meta(*self.listing.path("documents", name))
                meta = meta if selection.takes_meta(meta) else None
            if meta is not None:
                yield Header(id=name, sha256=digest, meta=meta)

    def documents(self) -> Iterator[Document]:
        """Yield the documents (`schemas.document.Document`), by id; `schemas.ids.document_id` gives it."""
        for name in self.listing.documents:
            if self.selection.takes_language(_language(name)):
                document = self._document_if_wanted(name)
                if document is not None:
                    yield document

    def document(self, identifier: str) -> Document:
        """Read one document by its id (`CD_PV.1511.zh`), whatever is selected.

        Raises `NotInCorpusError` where there is none.
        """
        return read_document(*self.listing.path("documents", identifier))

    def _document_if_wanted(self, name: str) -> Document | None:
        if self.selection.reads_meta:
            meta = read_document_meta(*self.listing.path("documents", name))
            if not self.selection.takes_meta(meta):
                return None
        document = self.document(name)
        return document if self.selection.takes_document(document) else None

    # Pairs

    def pair_ids(self) -> Iterator[str]:
        """Yield the ids of the pairs (`STEM.zh-en`) in the languages selected, sorted; nothing else is looked at."""
        return (name for name in self.listing.alignments if self.selection.takes_languages(*pair_languages(name)))

    def pairs(self) -> Iterator[AlignedPair]:
        """Yield the pairs, by id: two documents and the links between their sentences."""
        return (pair for name in self.pair_ids() if (pair := self.pair_if_wanted(name)) is not None)

    def pair(self, identifier: str) -> AlignedPair:
        """Read one pair by its id (`CD_PV.1511.zh-en`), whatever is selected.

        Raises `NotInCorpusError` where there is none.
        """
        alignment = read_alignment(*self.listing.path("alignments", identifier))
        source, target = (self.document(side) for side in alignment.sides)
        return AlignedPair(id=identifier, documents=DocumentPair(source=source, target=target), links=alignment.links)

    def sides(self, identifier: str) -> tuple[str, str]:
        """The ids of the two documents of a pair, source first. Raises `NotInCorpusError`."""
        return read_alignment_sides(*self.listing.path("alignments", identifier))

    def pair_if_wanted(self, identifier: str) -> AlignedPair | None:
        """Read one pair by its id; None where it is not of those selected. Raises `NotInCorpusError`."""
        if not self.selection.takes_languages(*pair_languages(identifier)):
            return None
        if self.selection.reads_meta:
            metas = [read_document_meta(*self.listing.path("documents", side)) for side in self.sides(identifier)]
            if not any(self.selection.takes_meta(meta) for meta in metas):
                return None
        pair = self.pair(identifier)
        speakers = Selection(state=self.selection.state, spoken_language=self.selection.spoken_language)
        return pair if any(speakers.takes_document(side) for side in (pair.source, pair.target)) else None

    # Rows

    def segments(self) -> Iterator[Segment]:
        """Yield a row for each link of each pair, in the order of the pairs' ids and of the links."""
        takes = self.selection.takes_speaker
        for pair in self.pairs():
            yield from (row for row in pair.segments() if takes(row.state, row.spoken_language))

    def passages(self) -> Iterator[Passage]:
        """Yield paragraphs with the paragraphs that stand for them, pair by pair; each link is in one passage."""
        takes = self.selection.takes_speaker
        for pair in self.pairs():
            yield from (row for row in passages(PairRows(pair)) if takes(row.state, row.spoken_language))

    def sentences(self, *, unpaired: bool = False) -> Iterator[SentenceRow]:
        """Yield a row for each sentence of each document; with `unpaired`, of those that are in no pair."""
        for rows in self._document_rows(unpaired):
            yield from (row for row in rows.sentences() if self.selection.takes_speaker(row.state, row.spoken_language))

    def paragraphs(self, *, unpaired: bool = False) -> Iterator[ParagraphRow]:
        """Yield a row for each block of each document: paragraphs, headings, notes, tables and all other kinds."""
        for rows in self._document_rows(unpaired):
            yield from (
                row for row in rows.paragraphs() if self.selection.takes_speaker(row.state, row.spoken_language)
            )

    def turns(self) -> Iterator[TurnRow]:
        """Yield a row for each speech of each document that has any, in each of its languages."""
        for rows in self._document_rows(unpaired=False):
            yield from (row for row in rows.turns() if self.selection.takes_speaker(row.state, row.spoken_language))

    def _document_rows(self, unpaired: bool) -> Iterator[DocumentRows]:
        paired = self._paired() if unpaired else None
        for name in self.listing.documents:
            if self.selection.takes_language(_language(name)) and (paired is None or not paired[self._place(name)]):
                document = self._document_if_wanted(name)
                if document is not None:
                    yield DocumentRows(document)

    def _paired(self) -> bytearray:
        """A mark for each document of the listing that a pair of any language has."""
        marks = bytearray(len(self.listing.documents))
        for name in self.listing.alignments:
            for side in self.sides(name):
                if (place := self.listing.documents.find(side)) is not None:
                    marks[place] = 1
        return marks

    def _place(self, name: str) -> int:
        place = self.listing.documents.find(name)
        return -1 if place is None else place

    def rows(self, kind: RowKind = "segments") -> Iterator[Row]:
        """Yield rows by the name of their method."""
        methods: dict[RowKind, Callable[[], Iterator[Row]]] = {
            "segments": self.segments,
            "passages": self.passages,
            "sentences": self.sentences,
            "paragraphs": self.paragraphs,
            "turns": self.turns,
        }
        return methods[kind]()

    def to_pandas(self, kind: RowKind = "segments") -> "pandas.DataFrame":
        """Give the rows as a pandas data frame, a row a line and a field a column; it is held in memory.

        Raises `MissingLibraryError` where pandas is not installed.
        """
        from unbitext.corpus.frames import pandas_frame  # noqa: PLC0415 - pandas is optional

        return pandas_frame(kind, self.rows(kind))

    def to_polars(self, kind: RowKind = "segments") -> "polars.DataFrame":
        """Give the rows as a polars data frame, a row a line and a field a column; it is held in memory.

        Raises `MissingLibraryError` where polars is not installed.
        """
        from unbitext.corpus.frames import polars_frame  # noqa: PLC0415 - polars is optional

        return polars_frame(kind, self.rows(kind))


def pair_languages(name: str) -> tuple[str, str]:
    """The languages that the id of a pair ends in: `zh-en`."""
    source, _, target = name.rpartition(".")[2].partition("-")
    return source, target


def _language(name: str) -> str:
    return name.rpartition(".")[2]


def _entries(names: Names) -> Iterator[tuple[str, str]]:
    return ((name, names.digest(index)) for index, name in enumerate(names))
