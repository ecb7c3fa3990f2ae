"""Writing the formats from the spool, one process a format, and reading each back."""

from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path

from schemas.base import Model
from unbitext.export.formats import Destination, format_module, holds_rows
from unbitext.export.records import Provenance, ReadRow, Shards
from unbitext.export.tbx import count_entries
from unbitext.release.spool import Spool
from unbitext.release.workers import spread


class ReleaseError(Exception):
    """A release that cannot be made, or is not whole; the message says why and what to do."""


class RowDigest(Model):
    """How many rows there are, and a digest of their ids and texts that does not depend on their order.

    White space does not count: formats that hold single sentences join them with spaces of their own.
    """

    rows: int
    digest: str


class FormatReport(Model):
    """What a format holds: rows as read back (None where it holds none), which of their fields, entries of terms."""

    name: str
    rows: RowDigest | None = None
    entries: int | None = None
    difference: str = ""
    fields: tuple[str, ...] = ()


def digest_rows(rows: Iterable[ReadRow]) -> RowDigest:
    """Count the rows and take their digest."""
    count = total = 0
    for row in rows:
        parts = (row.id, *("".join(text.split()) for text in (row.source_text, row.target_text)))
        data = "\0".join(parts).encode("utf-8", "surrogatepass")
        total += int.from_bytes(blake2b(data, digest_size=16).digest(), "little")
        count += 1
    return RowDigest(rows=count, digest=f"{total % 2**128:032x}")


def write_formats(
    spool: Path, folder: Path, formats: Sequence[str], shards: Shards, provenance: Provenance, jobs: int
) -> list[FormatReport]:
    """Write these formats, each to a folder of its name; read them back and report.

    Raises `MissingExtraError` where a format needs a library that is absent, `OSError` where the disk does not take it.
    """
    for name in formats:
        format_module(name)
    work = partial(_write_some, spool, folder, shards, provenance)
    return list(spread(work, formats, jobs if _is_large(spool) else 1, batch=1))


def _is_large(spool: Path) -> bool:
    with Spool(spool) as opened:
        return opened.count()[0] > 200  # a process costs more than so many documents do


def _write_some(
    spool: Path, folder: Path, shards: Shards, provenance: Provenance, formats: list[str]
) -> list[FormatReport]:
    return [write_format(spool, folder, name, shards, provenance) for name in formats]


def write_format(spool: Path, folder: Path, name: str, shards: Shards, provenance: Provenance) -> FormatReport:
    """Write one format and read it back."""
    module = format_module(name)
    own = folder / name
    own.mkdir(parents=True)
    writer = module.FormatWriter(Destination(folder=own, shards=shards, provenance=provenance))
    with Spool(spool) as opened:
        if writer.needs_documents:
            for document in opened.documents():
                writer.add_document(document)
        for pair in opened.pairs():
            if pair.rows:
                writer.add_pair(pair)
    writer.close()
    return read_format(folder, name)


def read_format(folder: Path, name: str) -> FormatReport:
    """Read a format back. Raises `ValueError` or `OSError` where it cannot be read."""
    module = format_module(name)
    own = folder / name
    return FormatReport(
        name=name,
        rows=digest_rows(module.read_rows(own)) if holds_rows(name) else None,
        entries=count_entries(own) if name == "tbx" else None,
        difference=module.DIFFERENCE,
        fields=module.FIELDS,
    )
