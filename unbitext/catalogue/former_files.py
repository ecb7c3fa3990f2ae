"""The part of the catalogue that knows of former files: since when nothing refers to them, and what was removed."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from schemas.base import Model
from schemas.retention import Removal
from unbitext.catalogue.rows import seconds
from unbitext.catalogue.tables import translated

FileKey = tuple[str, bool]
"""The sha256 of a file, and whether it was put aside."""


class Witness(Model):
    """What the policy knows of time: when it last looked, and when it last came to its end."""

    witnessed: datetime
    finished: datetime | None = None


class FormerFiles:
    """Part of a `Catalogue`; raises what its methods raise. Telling is done inside `Catalogue.changes()` only."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def witness(self) -> Witness | None:
        """Tell when the policy last looked; None where it never did."""
        rows = self._rows("SELECT witnessed, finished FROM retention")
        return next((Witness(witnessed=_time(seen), finished=done and _time(done)) for seen, done in rows), None)

    def since(self) -> dict[FileKey, datetime]:
        """Tell since when nothing refers to which files."""
        rows = self._rows("SELECT sha256, aside, since FROM former")
        return {(digest, bool(aside)): _time(since) for digest, aside, since in rows}

    def removals(self, digest: str) -> list[Removal]:
        """Give the tombstones of a file, the oldest first; none where the catalogue is older than tombstones are."""
        if not self._rows("SELECT 1 FROM sqlite_schema WHERE name = 'removals'"):
            return []
        query = "SELECT removal FROM removals WHERE sha256 = ? ORDER BY removed_at"
        return [Removal.model_validate_json(row[0]) for row in self._rows(query, digest)]

    def knows(self, removal: Removal) -> bool:
        """Whether a tombstone is known."""
        query = "SELECT 1 FROM removals WHERE sha256 = ? AND aside = ? AND removed_at = ?"
        return bool(self._rows(query, removal.file.sha256, removal.is_aside, seconds(removal.removed_at)))

    def set_since(self, since: Mapping[FileKey, datetime], witnessed: datetime) -> None:
        """Remember since when nothing refers to which files, in place of what was known, and that it was looked now."""
        with translated(self._path):
            self._connection.execute("DELETE FROM former")
            rows = ((digest, aside, seconds(time)) for (digest, aside), time in sorted(since.items()))
            self._connection.executemany("INSERT INTO former VALUES (?, ?, ?)", rows)
            self._connection.execute(
                "INSERT INTO retention VALUES (1, ?, NULL) ON CONFLICT DO UPDATE SET witnessed = excluded.witnessed",
                (seconds(witnessed),),
            )

    def set_removed(self, removal: Removal) -> None:
        """Remember a tombstone; the file is no longer one of those that wait for it."""
        key = (removal.file.sha256, removal.is_aside)
        row = (*key, seconds(removal.removed_at), removal.model_dump_json(exclude_none=True))
        with translated(self._path):
            self._connection.execute("INSERT OR REPLACE INTO removals VALUES (?, ?, ?, ?)", row)
            self._connection.execute("DELETE FROM former WHERE sha256 = ? AND aside = ?", key)

    def set_finished(self, time: datetime) -> None:
        """Remember that the policy came to its end."""
        with translated(self._path):
            self._connection.execute("UPDATE retention SET finished = ?", (seconds(time),))

    def _rows(self, query: str, *values: object) -> list[tuple[str, ...]]:
        with translated(self._path):
            return self._connection.execute(query, values).fetchall()


def _time(value: object) -> datetime:
    return datetime.fromtimestamp(int(str(value)), UTC)
