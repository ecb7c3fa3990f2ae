"""Entries and lines of the journal as rows of the catalogue's tables, and back."""

from collections.abc import Sequence
from datetime import UTC, datetime

from schemas.catalogue import Entry, Happening, KeptDocument
from schemas.fetching import SourceRecord

COLUMNS = (*Entry.model_fields, "sha256")
"""Of the table `documents`, beside `sorted`."""

_TIMES = frozenset({"since", "looked_at", "next_look"})


def seconds(time: datetime) -> int:
    """Give a time as the tables have it: whole seconds since 1970."""
    return int(time.timestamp())


def entry_row(entry: Entry) -> list[str | int | None]:
    """Give an entry in the order of `COLUMNS`."""
    row: list[str | int | None] = []
    for name in COLUMNS:
        value = getattr(entry, name)
        if name in _TIMES and value is not None:
            value = seconds(value)
        elif name == "urls":
            value = "\n".join(value)
        elif name == "kept" and value is not None:
            value = value.model_dump_json(exclude_none=True)
        row.append(value)
    return row


def read_entry(row: Sequence[object]) -> Entry:
    """Make an entry of a row with `COLUMNS`."""
    values = dict(zip(COLUMNS, row, strict=True))
    del values["sha256"]
    kept, urls = values["kept"], values["urls"]
    values["kept"] = KeptDocument.model_validate_json(kept) if isinstance(kept, str) else None
    values["urls"] = tuple(urls.split("\n")) if isinstance(urls, str) and urls else ()
    return Entry.model_validate({**values, **{name: _time(values[name]) for name in _TIMES}})


def read_happening(row: Sequence[object]) -> Happening:
    """Make a line of the journal of a row in the order of its fields."""
    values = dict(zip(Happening.model_fields, row, strict=True))
    return Happening.model_validate({**values, "at": _time(values["at"])})


def record_key(record: SourceRecord) -> tuple[str, str, str, str]:
    """Give the key of the table `records`."""
    return record.origin, record.identifier or "", record.symbol or "", record.language or ""


def _time(value: object) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) else None
