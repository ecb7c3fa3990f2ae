"""The catalogue: asking it, and telling it what happened."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from schemas.base import Model
from schemas.catalogue import DocumentState, Entry, Happening
from schemas.document import Language
from schemas.fetching import SourceRecord
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.catalogue.former_files import FormerFiles
from unbitext.catalogue.order import series_condition, series_keys, sort_key
from unbitext.catalogue.rows import COLUMNS, entry_row, read_entry, read_happening, record_key, seconds
from unbitext.catalogue.tables import connect, connect_to_read, translated
from unbitext.sources.source import NO_SIGN, Known, Presence, is_no_sign

Clock = Callable[[], datetime]

_SELECTED = ", ".join(COLUMNS)
_PUT = f"INSERT OR REPLACE INTO documents ({_SELECTED}, sorted) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_UPDATE = f"UPDATE documents SET {', '.join(f'{name} = ?' for name in COLUMNS[2:])} WHERE symbol = ? AND language = ?"
_TOLD = ("state", "sha256", "code", "message", "by")
"""What is worth a line of the journal when it changes."""


def system_clock() -> datetime:
    """Tell the time of this machine, in UTC."""
    return datetime.now(UTC)


class Selection(Model):
    """Which entries: those that meet all that is given. Each of `series` is the beginning of symbols (CD/PV).

    With `kept`, those of which there is a file.
    """

    symbols: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    states: tuple[DocumentState, ...] = ()
    languages: tuple[str, ...] = ()
    kept: bool = False
    limit: int | None = None


class Count(Model):
    """How many documents are in a state, in one language."""

    state: DocumentState
    language: str
    documents: int


class Catalogue:
    """A context. Everything told inside one `changes()` is kept as a whole, or not at all.

    All its methods raise `CatalogueDamagedError` where the file is damaged, `OSError` where it cannot be written.
    """

    def __init__(self, path: Path, clock: Clock = system_clock, *, read_only: bool = False) -> None:
        """Open it; raises as the methods do, and `FileNotFoundError` where there is none to read."""
        self.path = path
        self._clock = clock
        connection = connect_to_read(path) if read_only else connect(path)
        if connection is None:
            raise FileNotFoundError(path)
        self._connection: sqlite3.Connection = connection
        self.former = FormerFiles(path, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connection.close()

    def now(self) -> datetime:
        """Tell the time, in UTC and whole seconds."""
        return self._clock().astimezone(UTC).replace(microsecond=0)

    # Asking.

    def entry(self, symbol: str, language: str) -> Entry | None:
        """Return what is known of a document in a language."""
        rows = self._rows(f"SELECT {_SELECTED} FROM documents WHERE symbol = ? AND language = ?", (symbol, language))
        return next((read_entry(row) for row in rows), None)

    def select(self, selection: Selection) -> Iterator[Entry]:
        """Yield the selected entries, in the order of their symbols."""
        left = selection.limit
        for where, values in _conditions(selection):
            rows = self._ordered(where, values, left)
            yield from map(read_entry, rows)
            left = None if left is None else left - len(rows)

    def counts(self, selection: Selection | None = None) -> list[Count]:
        """Count the entries by state and language; without a selection at the price of a look."""
        found: Counter[tuple[str, str]] = Counter()
        if selection is None:
            for state, language, documents in self._rows("SELECT * FROM counts WHERE documents > 0", ()):
                found[state, language] += int(documents)
        else:
            for where, values in _conditions(selection):
                query = f"SELECT state, language, count(*) FROM documents {where} GROUP BY 1, 2"
                for state, language, documents in self._rows(query, values):
                    found[state, language] += int(documents)
        return [
            Count(state=state, language=language, documents=found[state, language])
            for state in DocumentState
            for language in sorted({language for _, language in found})
            if (state, language) in found
        ]

    def due(self, series: Sequence[str] = ()) -> Iterator[Entry]:
        """Yield what there is to look for now, in order: what is wanted, and what has reached its next look.

        A look that was noted for a time that is still to come was noted by a clock that went wrong: it does not count.
        """
        now = int(self.now().timestamp())
        for where, values in _conditions(Selection(series=tuple(series))):
            rows = self._rows(f"SELECT {_SELECTED} FROM {_DUE} {where} ORDER BY sorted, language", [now, now, *values])
            yield from map(read_entry, rows)

    def count_code(self, state: DocumentState, code: str) -> int:
        """Count the entries in a state for a reason."""
        query = "SELECT count(*) FROM documents WHERE state = ? AND code = ?"
        return int(self._rows(query, (state, code))[0][0])

    def check(self) -> None:
        """Read the whole file, and raise `CatalogueDamagedError` where it does not hold together."""
        (found,) = self._rows("PRAGMA quick_check(1)", ())
        if found[0] != "ok":
            raise CatalogueDamagedError(f"{self.path}: {' '.join(found[0].split())}")

    def by_file(self, sha256: str) -> list[Entry]:
        """Return the entries whose current file has this sha256."""
        rows = self._rows(f"SELECT {_SELECTED} FROM documents WHERE sha256 = ? ORDER BY sorted, language", (sha256,))
        return [read_entry(row) for row in rows]

    def history(self, symbol: str, language: str | None = None) -> list[Happening]:
        """Return what happened to a document, the oldest first."""
        rows = self._rows(
            "SELECT at, symbol, language, before, state, sha256, note FROM journal"
            " WHERE symbol = ? AND (? IS NULL OR language = ?) ORDER BY number",
            (symbol, language, language),
        )
        return [read_happening(row) for row in rows]

    def journal(self) -> Iterator[Happening]:
        """Yield all that happened, the oldest first."""
        query = "SELECT at, symbol, language, before, state, sha256, note FROM journal ORDER BY number"
        yield from map(read_happening, self._rows(query, ()))

    def cursor(self, origin: str) -> str | None:
        """Return where a source is to go on."""
        return next((row[0] for row in self._rows("SELECT cursor FROM cursors WHERE origin = ?", (origin,))), None)

    def version(self, record: SourceRecord) -> str | None:
        """Return the version of a source's record that is known, None where it is not known at all."""
        query = "SELECT version FROM records WHERE origin = ? AND identifier = ? AND symbol = ? AND language = ?"
        return next((row[0] for row in self._rows(query, record_key(record))), None)

    def documents_of(self, origin: str, identifier: str) -> list[tuple[str, Language]]:
        """Return symbol and language of what a source told of under its own name for a record."""
        query = "SELECT symbol, language FROM records WHERE origin = ? AND identifier = ? ORDER BY symbol, language"
        return [(row[0], cast(Language, row[1])) for row in self._rows(query, (origin, identifier))]

    # What sources look at (`KnownSymbols`).

    def look_up(self, symbol: str, language: Language) -> Known:
        """Tell a source what is known of a document."""
        entry = self.entry(symbol, language)
        if entry is None or entry.state is DocumentState.WANTED:
            return Known(presence=Presence.UNKNOWN)
        is_refused = entry.state is DocumentState.REFUSED
        if entry.state is DocumentState.ABSENT or is_no_sign(entry):
            # A look noted for later than now, by a clock that went wrong, binds nobody.
            wrong = entry.looked_at is not None and entry.looked_at > self.now()
            next_look = None if wrong else entry.next_look
            return Known(presence=Presence.ABSENT, next_look=next_look, is_refused=is_refused)
        return Known(presence=Presence.PRESENT, is_refused=is_refused)

    def symbols(self, prefix: str) -> Iterator[str]:
        """Yield the symbols that begin so and are present in a language."""
        codes = ", ".join("?" * len(NO_SIGN))
        query = (
            "SELECT DISTINCT symbol FROM documents WHERE symbol >= ? AND symbol < ? AND state NOT IN (?, ?)"
            f" AND NOT (state = ? AND sha256 IS NULL AND ifnull(code, '') IN ({codes}))"
        )
        end = f"{prefix}{chr(0x10FFFF)}"
        states = (DocumentState.WANTED, DocumentState.ABSENT, DocumentState.REFUSED)
        for row in self._rows(query, (prefix, end, *states, *sorted(NO_SIGN))):
            yield row[0]

    # Telling.

    @contextmanager
    def changes(self) -> Iterator[None]:
        """Keep all that is told inside, or nothing of it."""
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.execute("COMMIT")

    def put(self, entry: Entry, note: str = "") -> bool:
        """Tell how a document stands; a line of the journal is written where that is news. Return whether it is.

        `since` is kept where the state stays, and is otherwise now. Only inside `changes()`.
        """
        with translated(self.path):
            before = self.entry(entry.symbol, entry.language)
            now = self.now()
            same_state = before is not None and before.state is entry.state
            since = before.since if before is not None and same_state else now
            entry = entry.model_copy(update={"since": since})
            if entry == before:
                return False
            row = entry_row(entry)
            if before is None:
                self._connection.execute(_PUT, (*row, sort_key(entry.symbol)))
            else:
                self._connection.execute(_UPDATE, (*row[2:], *row[:2]))
            if before is not None and all(getattr(before, name) == getattr(entry, name) for name in _TOLD):
                return False
            told = note or _told(before, entry)
            self._write_line(entry, before.state if before else None, told)
            return True

    def _write_line(self, entry: Entry, before: DocumentState | None, note: str) -> None:
        self._connection.execute(
            "INSERT INTO journal (at, symbol, language, before, state, sha256, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (seconds(self.now()), entry.symbol, entry.language, before, entry.state, entry.sha256, note),
        )

    def tell(self, entry: Entry, note: str) -> bool:
        """Write a line into the journal of a document whose state stays; not the same twice in a row.

        Return whether it was written. Only inside `changes()`.
        """
        last = self.history(entry.symbol, entry.language)[-1:]
        if any(happening.note == note for happening in last):
            return False
        with translated(self.path):
            self._write_line(entry, entry.state, note)
        return True

    def set_cursor(self, origin: str, cursor: str | None) -> None:
        """Remember where a source is to go on. Only inside `changes()`."""
        with translated(self.path):
            self._connection.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", (origin, cursor))

    def set_version(self, record: SourceRecord) -> None:
        """Remember a source's record with its version, if the source names its records. Only inside `changes()`."""
        if record.identifier is not None:
            with translated(self.path):
                values = (*record_key(record), record.version)
                self._connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)", values)

    def _ordered(self, where: str, values: Sequence[str], limit: int | None = None) -> list[tuple[str, ...]]:
        rows = "" if limit is None else f" LIMIT {limit:d}"
        return self._rows(f"SELECT {_SELECTED} FROM documents {where} ORDER BY sorted, language{rows}", values)

    def _rows(self, query: str, values: Sequence[str | int | None]) -> list[tuple[str, ...]]:
        with translated(self.path):
            return self._connection.execute(query, tuple(values)).fetchall()


_DUE = """(
    SELECT symbol, language FROM documents WHERE state = 'wanted' AND next_look IS NULL
    UNION SELECT symbol, language FROM documents WHERE next_look <= ?
    UNION SELECT symbol, language FROM documents WHERE looked_at > ? AND next_look IS NOT NULL
) CROSS JOIN documents USING (symbol, language)"""
"""What there is to look for; each part is a range of an index, and SQLite keeps the order of a CROSS JOIN."""


def _conditions(selection: Selection) -> Iterator[tuple[str, list[str]]]:
    """The WHERE clause of a selection and its values; one for each series, so that each is one range of an index."""
    parts: list[str] = []
    values: list[str] = []
    chosen = (("symbol", selection.symbols), ("state", selection.states), ("language", selection.languages))
    for column, wanted in chosen:
        if wanted:
            parts.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += [str(one) for one in wanted]
    if selection.kept:
        parts.append("sha256 IS NOT NULL")
    if not selection.series:
        yield (f"WHERE {' AND '.join(parts)}" if parts else ""), values
    for key in series_keys(selection.series):
        yield f"WHERE {' AND '.join([*parts, series_condition('sorted')])}", [*values, key, key, key]


def _told(before: Entry | None, entry: Entry) -> str:
    """What the journal says where nobody said more."""
    if entry.code is not None:
        return f"{entry.code}: {entry.message}" if entry.message else entry.code
    if entry.by is not None:
        return f"by {entry.by}"
    if before is not None and before.sha256 and entry.sha256 and before.sha256 != entry.sha256:
        return f"replaces the file {before.sha256[:12]}"
    return entry.message or ""
