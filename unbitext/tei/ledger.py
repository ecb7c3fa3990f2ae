"""What the root of a corpus says, kept on the disk: of a hundred thousand documents it is more than memory is for.

A temporary SQLite database without a name, which goes with the process. What is asked for again and again is cached.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from unbitext.tei.names import CORPUS_FILE

_TABLES = """
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
CREATE TABLE ids (id TEXT PRIMARY KEY, line INTEGER, element TEXT) WITHOUT ROWID;
CREATE TABLE included (
    path TEXT PRIMARY KEY, line INTEGER, stem TEXT, is_alignment INTEGER, is_there INTEGER
) WITHOUT ROWID;
CREATE TABLE listed (path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE related (line INTEGER, path TEXT);
CREATE TABLE pointers (line INTEGER, id TEXT, element TEXT, rule TEXT);
CREATE TABLE owners (own TEXT, path TEXT, PRIMARY KEY (own, path)) WITHOUT ROWID;
"""
_CACHED = 1 << 14


class Ledger:
    """Files, ids and pointers of one corpus. Paths are relative to `folder`, the root's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_TABLES)
        self.ids: Mapping[str, int] = _Lines(self._database)

    def name(self, path: str) -> str:
        """How a file is named in messages."""
        return str(self._folder / path)

    def note_id(self, identifier: str, line: int, element: str) -> bool:
        """Note an id of the root and the name of its element; false where the root has it already."""
        query = "INSERT OR IGNORE INTO ids VALUES (?, ?, ?)"
        return self._database.execute(query, (identifier, line, element)).rowcount == 1

    def has_ids_of(self, own: str) -> bool:
        """Whether the root has any id that is `own` or begins with it and a full stop."""
        query = "SELECT 1 FROM ids WHERE id = ? OR id > ? AND id < ? LIMIT 1"
        return self._database.execute(query, (own, f"{own}.", f"{own}/")).fetchone() is not None

    def note_pointer(self, line: int, identifier: str, element: str, rule: str) -> None:
        """Note a pointer within the root: which id it leads to, what element that is, and the rule that says so."""
        self._database.execute("INSERT INTO pointers VALUES (?, ?, ?, ?)", (line, identifier, element, rule))

    def dangling_pointers(self) -> Iterator[tuple[int, str]]:
        """Yield line and rule of the pointers within the root that lead to no such element."""
        same = "pointers.id = ids.id AND pointers.element = ids.element"
        query = f"SELECT pointers.line, rule FROM pointers LEFT JOIN ids ON {same} WHERE ids.id IS NULL"
        yield from self._database.execute(query)

    def note_relation(self, line: int, path: str) -> None:
        """Note a file that the root tells of in a relation."""
        self._database.execute("INSERT INTO related VALUES (?, ?)", (line, path))

    def relations(self) -> Iterator[tuple[int, str]]:
        """Yield line and path of the files in relations."""
        yield from self._database.execute("SELECT line, path FROM related")

    def include(self, line: int, path: str, *, is_there: bool) -> bool:
        """Note a file that the root includes, and whether it is there; false where the root includes it already."""
        folder, _, file = path.partition("/")
        values = path, line, file.removesuffix(".xml").rpartition(".")[0], folder == "alignments", is_there
        return self._database.execute("INSERT OR IGNORE INTO included VALUES (?, ?, ?, ?, ?)", values).rowcount == 1

    def holds(self, path: str) -> bool:
        """Whether the corpus has a file: the root, or one that it includes and that is there."""
        query = "SELECT 1 FROM included WHERE path = ? AND is_there"
        return path == CORPUS_FILE or self._database.execute(query, (path,)).fetchone() is not None

    def components(self) -> Iterator[str]:
        """Yield the files that the root includes and that are there, an alignment behind its documents."""
        query = "SELECT path FROM included WHERE is_there ORDER BY stem, is_alignment, path"
        return (path for (path,) in self._database.execute(query))

    def list_file(self, path: str, digest: str) -> None:
        """Note a file of the root's list of sources."""
        self._database.execute("INSERT OR REPLACE INTO listed VALUES (?, ?)", (path, digest))

    def digest(self, path: str) -> str | None:
        """The sha256 that the root's list gives a file; None where it does not list it."""
        found = self._database.execute("SELECT digest FROM listed WHERE path = ?", (path,)).fetchone()
        return None if found is None else str(found[0])

    def not_included(self) -> Iterator[str]:
        """Yield the files that the root lists and does not include."""
        query = "SELECT path FROM listed WHERE path NOT IN (SELECT path FROM included) ORDER BY path"
        return (path for (path,) in self._database.execute(query))

    def not_listed(self) -> Iterator[tuple[int, str]]:
        """Yield line and path of the files that the root includes, that are there, and that it does not list."""
        unlisted = "path NOT IN (SELECT path FROM listed)"
        query = f"SELECT line, path FROM included WHERE is_there AND {unlisted} ORDER BY path"
        yield from self._database.execute(query)

    def note_owner(self, own: str, path: str) -> None:
        """Note a file and the id of its root element."""
        self._database.execute("INSERT OR IGNORE INTO owners VALUES (?, ?)", (own, path))

    def owners(self, own: str) -> list[str]:
        """The files of which the root element has an id."""
        return [path for (path,) in self._database.execute("SELECT path FROM owners WHERE own = ?", (own,))]

    def all_owners(self) -> Iterator[tuple[str, str]]:
        """Yield each file's root id and path."""
        yield from self._database.execute("SELECT own, path FROM owners")


class _Lines(Mapping[str, int]):
    """The ids of the root with their lines."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._line = lru_cache(_CACHED)(self._read)

    def _read(self, identifier: str) -> int | None:
        found = self._database.execute("SELECT line FROM ids WHERE id = ?", (identifier,)).fetchone()
        return None if found is None else int(found[0])

    def __getitem__(self, identifier: str) -> int:
        line = self._line(identifier)
        if line is None:
            raise KeyError(identifier)
        return line

    def __iter__(self) -> Iterator[str]:
        return (identifier for (identifier,) in self._database.execute("SELECT id FROM ids"))

    def __len__(self) -> int:
        ((count,),) = self._database.execute("SELECT count(*) FROM ids")
        return int(count)
