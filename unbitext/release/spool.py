"""The spool: what was read of a corpus, on the disk, in the order in which it will be written.

A SQLite file in the staging folder, written by one process and then read by many. It holds the documents and pairs
compressed, so that a release reads each file of the corpus once and holds one document in memory at a time.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
from pydantic import TypeAdapter

from schemas.base import Model
from schemas.rows import Segment
from unbitext.export.records import DocumentRecord, DocumentRow, ExcludedRow, PairRecord, Row, SpeechRow, Split
from unbitext.release.sketches import ENTRIES, Sketch

Reasons = tuple[str, ...]

NO_DATE = "9999-12-31"
"""Stands for the day of what bears no date, so that it comes last."""

_TABLES = """
CREATE TABLE documents (name TEXT PRIMARY KEY, family TEXT, families TEXT, day TEXT, split TEXT, record BLOB);
CREATE TABLE pairs (
    name TEXT PRIMARY KEY, family TEXT, families TEXT, day TEXT, documents TEXT, split TEXT, shard INTEGER,
    held INTEGER,
    segments BLOB, reasons TEXT, sketches BLOB, keys BLOB, sketch BLOB
);
"""
_INDEXES = """
CREATE INDEX documents_in_order ON documents (family, name);
CREATE INDEX pairs_in_order ON pairs (family, name);
"""
_SEGMENTS = TypeAdapter(tuple[Segment, ...])


class ReadDocument(Model):
    """A document as read: `families` are the hashes of its families, its own first; `day` is ISO 8601 or NO_DATE.

    The splits in `record` are not settled yet.
    """

    families: tuple[str, ...]
    day: str
    record: DocumentRecord


class ReadPair(Model):
    """A pair as read. `reasons` answer `segments`; `sketches` and `keys` are those of the segments without reasons.

    `sketches` is an array of 16 bits, fit segments by two sides by ENTRIES; `keys` one of 64 bits; `sketch` that of
    both documents, or empty where no segment has two sides. All as bytes.
    """

    name: str
    families: tuple[str, ...]
    day: str
    documents: tuple[str, str]
    segments: tuple[Segment, ...]
    reasons: tuple[Reasons, ...]
    sketches: bytes
    keys: bytes
    sketch: bytes


class Sketched(Model):
    """The sketches of one pair, for the search for duplicates."""

    name: str
    split: str
    sketches: bytes
    keys: bytes

    @property
    def rows(self) -> Sketch:
        """Fit segments by two sides by ENTRIES."""
        return np.frombuffer(self.sketches, dtype="<u2").reshape(-1, 2, ENTRIES)


class Relation(Model):
    """A document or a pair, and what it has to share a split with."""

    name: str
    families: tuple[str, ...]
    day: str


class Spool:
    """Reads and writes the file: a new one (mode `x`), one to decide on (`w`), one to read (`r`)."""

    def __init__(self, path: Path, mode: Literal["x", "w", "r"] = "r") -> None:
        access = {"x": "rwc", "w": "rw", "r": "ro"}[mode]
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode={access}", uri=True)
        if mode != "r":
            # What a crash leaves is thrown away, so nothing has to be safe on the disk.
            self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")
        if mode == "x":
            self._database.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    # Filling

    def add_document(self, document: ReadDocument) -> None:
        """Keep a document; one that is there already, as of another pair, stays."""
        families = " ".join(document.families)
        values = (document.record.row.id, document.families[0], families, document.day, _packed(document.record))
        self._database.execute(
            "INSERT OR IGNORE INTO documents (name, family, families, day, record) VALUES (?, ?, ?, ?, ?)", values
        )

    def has_document(self, name: str) -> bool:
        """Whether a document is there."""
        return self._database.execute("SELECT 1 FROM documents WHERE name = ?", (name,)).fetchone() is not None

    def add_pair(self, pair: ReadPair) -> None:
        """Keep a pair."""
        values = (
            pair.name,
            pair.families[0],
            " ".join(pair.families),
            pair.day,
            " ".join(pair.documents),
            zlib.compress(_SEGMENTS.dump_json(pair.segments), 1),
            json.dumps(pair.reasons),
            pair.sketches,
            pair.keys,
            pair.sketch,
        )
        self._database.execute(
            "INSERT INTO pairs (name, family, families, day, documents, segments, reasons, sketches, keys, sketch) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )

    def index(self) -> None:
        """Make ready for reading in order."""
        self._database.executescript(_INDEXES)
        self._database.commit()

    # Deciding

    def relations(self) -> Iterator[Relation]:
        """Yield documents, then pairs."""
        for table in ("documents", "pairs"):
            for name, families, day in self._database.execute(f"SELECT name, families, day FROM {table}"):
                yield Relation(name=name, families=tuple(families.split()), day=day)

    def document_sketches(self) -> Iterator[tuple[str, bytes]]:
        """Yield the family of each pair and the sketch of its documents, ENTRIES of 16 bits."""
        for family, sketch in self._database.execute("SELECT family, sketch FROM pairs ORDER BY family, name"):
            if sketch:
                yield family, sketch

    def settle_splits(self, splits: Iterable[tuple[str, Split, int, bool]]) -> None:
        """Say of families, by their hashes, which split and which shard they are in, and whether they are held out."""
        self._database.execute(
            "CREATE TEMP TABLE settled (family TEXT PRIMARY KEY, split TEXT, shard INTEGER, held INTEGER)"
        )
        self._database.executemany("INSERT INTO settled VALUES (?, ?, ?, ?)", splits)
        for table, columns in (("documents", "split"), ("pairs", "split, shard, held")):
            found = f"SELECT {columns} FROM settled WHERE settled.family = {table}.family"
            self._database.execute(f"UPDATE {table} SET ({columns}) = ({found})")
        self._database.executescript("DROP TABLE settled; CREATE INDEX pairs_by_age ON pairs (held DESC, day, name)")
        self._database.commit()

    def names_by_age(self) -> list[str]:
        """Name the pairs, those held out for testing first, then the oldest first."""
        return [name for (name,) in self._database.execute("SELECT name FROM pairs ORDER BY held DESC, day, name")]

    def sketched(self, name: str) -> Sketched:
        """Give the sketches of a pair."""
        query = "SELECT split, sketches, keys FROM pairs WHERE name = ?"
        ((split, sketches, keys),) = self._database.execute(query, (name,)).fetchall()
        return Sketched(name=name, split=split, sketches=sketches, keys=keys)

    def settle_reasons(self, name: str, codes: Sequence[str | None]) -> None:
        """Say of the fit segments of a pair why they are left out after all; None for those that stay."""
        ((stored,),) = self._database.execute("SELECT reasons FROM pairs WHERE name = ?", (name,)).fetchall()
        left = iter(codes)
        settled = [reasons or ([code] if (code := next(left)) else []) for reasons in json.loads(stored)]
        self._database.execute("UPDATE pairs SET reasons = ? WHERE name = ?", (json.dumps(settled), name))

    def commit(self) -> None:
        """Make what was settled visible to other processes."""
        self._database.commit()

    # Reading

    def count(self) -> tuple[int, int]:
        """How many documents and how many pairs there are."""
        ((documents,),) = self._database.execute("SELECT count(*) FROM documents")
        ((pairs,),) = self._database.execute("SELECT count(*) FROM pairs")
        return documents, pairs

    def documents(self) -> Iterator[DocumentRecord]:
        """Yield the documents in the order of their families."""
        query = "SELECT split, record FROM documents ORDER BY family, name"
        for split, packed in self._database.execute(query):
            record = DocumentRecord.model_validate_json(zlib.decompress(packed))
            yield DocumentRecord.model_construct(
                row=DocumentRow.model_construct(**{**record.row.__dict__, "split": split}),
                sentences=record.sentences,
                speeches=tuple(
                    SpeechRow.model_construct(**{**each.__dict__, "split": split}) for each in record.speeches
                ),
            )

    def pairs(self) -> Iterator[PairRecord]:
        """Yield the pairs in the order of their families, which is that of the shards, too."""
        query = "SELECT name, split, shard, segments, reasons FROM pairs ORDER BY family, name"
        for name, split, shard, packed, stored in self._database.execute(query):
            segments = _SEGMENTS.validate_json(zlib.decompress(packed))
            reasons = json.loads(stored)
            # The segments are valid: constructing rows of them checks nothing twice.
            yield PairRecord.model_construct(
                name=name,
                split=split,
                shard=shard,
                rows=tuple(
                    Row.model_construct(**{**segment.__dict__, "split": split})
                    for segment, why in zip(segments, reasons, strict=True)
                    if not why
                ),
                excluded=tuple(
                    ExcludedRow.model_construct(**{**segment.__dict__, "split": split, "reasons": tuple(why)})
                    for segment, why in zip(segments, reasons, strict=True)
                    if why
                ),
            )


def _packed(record: Model) -> bytes:
    return zlib.compress(record.model_dump_json().encode(), 1)
