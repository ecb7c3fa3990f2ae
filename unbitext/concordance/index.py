"""The index of a corpus: derived from its TEI, kept in the state folder, brought up to date file by file.

An SQLite database. `unit` is a pair, or a document without one, under the digests of its files; `line` a segment or a
sentence, with its texts and what is told of its place; `token` (FTS5) the words and Chinese characters of both sides.
A unit whose digests are as they were is left alone, so that a changed document costs that document.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from schemas.base import Model
from schemas.document import Meta
from schemas.rows import DocumentFields, Segment, SentenceRow
from unbitext.concordance.folding import fold, tokens
from unbitext.corpus.corpus import Corpus
from unbitext.corpus.monolingual import DocumentRows
from unbitext.database_errors import disk_errno

_FORMAT = 1
"""Raise it where tables, tokens or what a line holds change: an index of another format is made anew."""

_WAIT_SECONDS = 600.0
_TABLES = """
CREATE TABLE state (format INTEGER, sha256 TEXT);
CREATE TABLE unit (number INTEGER PRIMARY KEY, name TEXT UNIQUE, digests TEXT, metas TEXT);
CREATE TABLE line (number INTEGER PRIMARY KEY, unit INTEGER, place INTEGER, source TEXT, target TEXT, fields TEXT);
CREATE UNIQUE INDEX line_place ON line (unit, place);
CREATE VIRTUAL TABLE token USING fts5 (source, target, content='', tokenize='ascii');
"""
_ADD_TOKENS = "INSERT INTO token (rowid, source, target) VALUES (?, ?, ?)"
_DROP_TOKENS = "INSERT INTO token (token, rowid, source, target) VALUES ('delete', ?, ?, ?)"


class Metas(Model):
    """The metadata of the documents of a unit: of a pair both, source first."""

    metas: tuple[Meta, ...]


class Progress(Model):
    """How many units an update added or made anew, and how many it removed."""

    added: int
    removed: int


@contextmanager
def open_index(file: Path) -> Iterator[sqlite3.Connection]:
    """Open the index in a file, made where it is absent; a file that is damaged or of another format is made anew.

    Raises `OSError` where it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _connect(file)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _failure(error, file) from error
        file.unlink()
        connection = _connect(file)
    with closing(connection):
        yield connection


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut tears is made anew
        known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'state'").fetchone()
        if known is None or connection.execute("SELECT format FROM state").fetchone() != (_FORMAT,):
            if known is not None:
                connection.close()
                file.unlink()
                return _connect(file)
            connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} INSERT INTO state VALUES ({_FORMAT}, ''); COMMIT;")
    except sqlite3.OperationalError:
        connection.close()
        raise
    return connection


def _failure(error: sqlite3.OperationalError, place: Path) -> OSError:
    number = disk_errno(error)
    told = str(error) if number is None else os.strerror(number)
    return OSError(number or errno.EIO, f"the index cannot be written: {told}", str(place))


def update_index(connection: sqlite3.Connection, corpus: Corpus) -> Progress:
    """Bring an index up to date with a corpus, all of it, whatever is selected; nothing is done where it is.

    All or nothing: a run that is killed leaves the former index. Raises `CorpusError`, and `OSError` on a full disk.
    """
    if connection.execute("SELECT sha256 FROM state").fetchone() == (corpus.sha256,):
        return Progress(added=0, removed=0)
    try:
        connection.execute("BEGIN IMMEDIATE")
        progress = _update(connection, Corpus(corpus.path))
        connection.execute("UPDATE state SET sha256 = ?", (corpus.sha256,))
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.rollback()
        raise _failure(error, corpus.path) from error
    except BaseException:
        connection.rollback()
        raise
    return progress


def _update(connection: sqlite3.Connection, corpus: Corpus) -> Progress:
    added = removed = 0
    connection.execute("CREATE TEMP TABLE seen (name TEXT PRIMARY KEY)")
    for name, digests in _units(corpus):
        connection.execute("INSERT INTO seen VALUES (?)", (name,))
        kept = connection.execute("SELECT number, digests FROM unit WHERE name = ?", (name,)).fetchone()
        if kept is not None and kept[1] == digests:
            continue
        if kept is not None:
            _remove(connection, kept[0])
        _add(connection, corpus, name, digests)
        added += 1
    gone = connection.execute("SELECT number FROM unit WHERE name NOT IN (SELECT name FROM seen)").fetchall()
    for (number,) in gone:
        _remove(connection, number)
        removed += 1
    connection.execute("DROP TABLE seen")
    return Progress(added=added, removed=removed)


def _units(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield what is indexed as one, with the digests that it depends on: pairs, then documents that are in none."""
    listing = corpus.listing
    paired = bytearray(len(listing.documents))
    for index, name in enumerate(listing.alignments):
        places = [listing.documents.find(side) for side in corpus.sides(name)]
        digests = [listing.alignments.digest(index)]
        for place in places:
            if place is not None:
                paired[place] = 1
                digests.append(listing.documents.digest(place))
        yield name, " ".join(digests)
    for index, name in enumerate(listing.documents):
        if not paired[index]:
            yield name, listing.documents.digest(index)


def _add(connection: sqlite3.Connection, corpus: Corpus, name: str, digests: str) -> None:
    metas, lines = _lines(corpus, name)
    unit = connection.execute(
        "INSERT INTO unit (name, digests, metas) VALUES (?, ?, ?)",
        (name, digests, Metas(metas=metas).model_dump_json()),
    ).lastrowid
    for place, (source, target, fields) in enumerate(lines):
        number = connection.execute(
            "INSERT INTO line (unit, place, source, target, fields) VALUES (?, ?, ?, ?, ?)",
            (unit, place, source, target, fields),
        ).lastrowid
        connection.execute(_ADD_TOKENS, (number, _tokens(source), _tokens(target)))


def _remove(connection: sqlite3.Connection, unit: int) -> None:
    # An index without contents must be told what it held.
    for number, source, target in connection.execute(
        "SELECT number, source, target FROM line WHERE unit = ?", (unit,)
    ).fetchall():
        connection.execute(_DROP_TOKENS, (number, _tokens(source), _tokens(target)))
    connection.execute("DELETE FROM line WHERE unit = ?", (unit,))
    connection.execute("DELETE FROM unit WHERE number = ?", (unit,))


def _tokens(text: str) -> str:
    return " ".join(tokens(fold(text)))


def _lines(corpus: Corpus, name: str) -> tuple[tuple[Meta, ...], list[tuple[str, str, str]]]:
    if corpus.listing.alignments.find(name) is not None:
        pair = corpus.pair(name)
        metas = (pair.source.meta, pair.target.meta)
        return metas, [(row.source_text, row.target_text, _fields(row)) for row in pair.segments()]
    document = corpus.document(name)
    return (document.meta,), [(row.text, "", _fields(row)) for row in DocumentRows(document).sentences()]


def _fields(row: Segment | SentenceRow) -> str:
    """What a line tells beside its texts and what is told of its document."""
    kept = set(type(row).model_fields) - set(DocumentFields.model_fields) - {"source_text", "target_text", "text"}
    return row.model_dump_json(include=kept, exclude_defaults=True)
