"""The catalogue's SQLite file: its tables, how it is opened, and what its errors mean.

Write-ahead log, one writer at a time; readers are never in its way. A kill leaves the last whole transaction. Nothing
in the file is the only copy of anything: it is derived from what lies in the store and from the last build.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.database_errors import disk_errno

VERSION = 1
"""Of the tables: a file of another version is made anew."""

_TABLES = """
CREATE TABLE documents (
    symbol TEXT NOT NULL, language TEXT NOT NULL, sorted TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL,
    origin TEXT NOT NULL, looked_at INTEGER, next_look INTEGER, misses INTEGER NOT NULL, urls TEXT NOT NULL,
    kept TEXT, sha256 TEXT, code TEXT, message TEXT, by TEXT,
    PRIMARY KEY (symbol, language)
) WITHOUT ROWID;
CREATE INDEX in_order ON documents (sorted, language, state);
CREATE INDEX in_state ON documents (state, sorted, language);
CREATE INDEX due ON documents (next_look) WHERE next_look IS NOT NULL;
CREATE INDEX looked ON documents (looked_at) WHERE next_look IS NOT NULL;
CREATE INDEX file ON documents (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE counts (
    state TEXT NOT NULL, language TEXT NOT NULL, documents INTEGER NOT NULL, PRIMARY KEY (state, language)
) WITHOUT ROWID;
CREATE TRIGGER counted AFTER INSERT ON documents BEGIN
    INSERT INTO counts VALUES (new.state, new.language, 1)
        ON CONFLICT DO UPDATE SET documents = documents + 1;
END;
CREATE TRIGGER recounted AFTER UPDATE OF state ON documents WHEN old.state IS NOT new.state BEGIN
    UPDATE counts SET documents = documents - 1 WHERE state = old.state AND language = old.language;
    INSERT INTO counts VALUES (new.state, new.language, 1)
        ON CONFLICT DO UPDATE SET documents = documents + 1;
END;

CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, symbol TEXT NOT NULL, language TEXT NOT NULL,
    before TEXT, state TEXT NOT NULL, sha256 TEXT, note TEXT NOT NULL
);
CREATE INDEX journal_of ON journal (symbol, language, number);
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_keeps BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TABLE records (
    origin TEXT NOT NULL, identifier TEXT NOT NULL, symbol TEXT NOT NULL, language TEXT NOT NULL, version TEXT,
    PRIMARY KEY (origin, identifier, symbol, language)
) WITHOUT ROWID;
CREATE TABLE cursors (origin TEXT PRIMARY KEY, cursor TEXT) WITHOUT ROWID;
"""

_ADDED = """
CREATE TABLE IF NOT EXISTS former (
    sha256 TEXT NOT NULL, aside INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (sha256, aside)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removals (
    sha256 TEXT NOT NULL, aside INTEGER NOT NULL, removed_at INTEGER NOT NULL, removal TEXT NOT NULL,
    PRIMARY KEY (sha256, aside, removed_at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS retention (
    one INTEGER PRIMARY KEY CHECK (one = 1), witnessed INTEGER NOT NULL, finished INTEGER
);
"""
"""Tables that came later: they are added to a catalogue that has none of them, of the same version otherwise."""

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_SCHEMA")


def connect(path: Path) -> sqlite3.Connection:
    """Open the catalogue for reading and writing, making it where it is absent.

    Raises `CatalogueDamagedError` where the file is no catalogue of this version, `OSError` where it cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with translated(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # Safe against a kill; what a power cut may take back is derived anew.
            connection.execute("PRAGMA synchronous = NORMAL")
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection | None:
    """Open the catalogue for reading alone, also in a folder that cannot be written to; None where there is none.

    Raises `CatalogueDamagedError` and `OSError` as `connect` does.
    """
    if not path.is_file():
        return None
    # A reader takes part in the log, and needs to write beside the file for that; where it cannot, nobody else can.
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    with translated(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=30)
        try:
            _check_version(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,):
            for statement in _statements(_TABLES):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        _check_version(connection)
        for statement in _statements(_ADDED):
            connection.execute(statement)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _check_version(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        raise CatalogueDamagedError(f"the catalogue is of version {version}, not {VERSION}")


def _statements(script: str) -> Iterator[str]:
    # Not `executescript`, which commits first: all tables are there or none.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def remove(path: Path) -> None:
    """Remove the catalogue with its log."""
    for suffix in ("-wal", "-shm", ""):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what SQLite raises as what it means: `CatalogueDamagedError`, or an `OSError` with its number."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(_DAMAGED):
            raise CatalogueDamagedError(f"{path}: {error}") from error
        if isinstance(error, sqlite3.OperationalError):
            raise OSError(disk_errno(error) or errno.EIO, f"the catalogue: {error}", str(path)) from error
        raise
