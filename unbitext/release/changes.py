"""What changed since another release: `CHANGES.md` for people, `changes.jsonl` for programs.

Documents are compared by the digests of their TEI files, segments by their fields. A segment is the same where it links
the same sentences of the same pair, whatever its number has become.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Literal, TextIO

from schemas.base import Model
from unbitext.corpus import Corpus, CorpusError
from unbitext.export.json_lines import read_json_lines
from unbitext.export.records import Row
from unbitext.release.manifest import Manifest, read_manifest
from unbitext.release.writing import ReleaseError
from unbitext.store import file_sha256

CHANGES, CHANGES_LIST = "CHANGES.md", "changes.jsonl"

What = Literal["document", "segment"]
How = Literal["added", "changed", "removed"]

_COMPARED = ("tei", "jsonl")
"""The formats by which releases are compared: documents by the one, segments by the other."""

_NAMED = 200
"""Documents that `CHANGES.md` names of each kind; `changes.jsonl` names all."""

_NUMBERING = {"id", "order", "source_position", "target_position"}
"""Fields that change when something is put in before."""


class Change(Model):
    """A document or a segment that is new, gone or different. A segment is named by pair and sentences."""

    what: What
    how: How
    id: str


class Changes(Model):
    """How many of each there are, and the first documents of each kind; `since` is a version."""

    since: str
    counts: tuple[tuple[What, How, int], ...]
    documents: tuple[tuple[How, tuple[str, ...]], ...]

    def count(self, what: What, how: How) -> int:
        """How many documents or segments were added, changed or removed."""
        return next((count for one, other, count in self.counts if (one, other) == (what, how)), 0)


def why_not_comparable(previous: Path, formats: Sequence[str]) -> str | None:
    """Say why a release of these formats cannot be compared with a previous one; None where it can.

    Raises `ReleaseError` where the previous one is no release.
    """
    before = read_manifest(previous)
    theirs = {format.name for format in before.formats}
    for release, held in ((f"version {before.version}", theirs), ("this release", set(formats))):
        if missing := [name for name in _COMPARED if name not in held]:
            return f"{release} lacks {' and '.join(missing)}: releases are compared by {' and '.join(_COMPARED)}"
    return None


def write_no_changes(folder: Path, manifest: Manifest, reason: str) -> None:
    """Say that it is compared with no other release, and why."""
    (folder / CHANGES).write_text(f"# Version {manifest.version}\n\n{reason}.\n", encoding="utf-8")
    (folder / CHANGES_LIST).write_text("", encoding="utf-8")


def write_changes(folder: Path, previous: Path, manifest: Manifest, scratch: Path) -> Changes:
    """Compare a release with a previous one. `scratch` is a file that may be made, and is gone afterwards.

    Nothing may speak against it (`why_not_comparable`). Raises `ReleaseError` where the previous one is damaged.
    """
    before = read_manifest(previous)
    counts: Counter[tuple[What, How]] = Counter()
    named: dict[How, list[str]] = {"added": [], "changed": [], "removed": []}
    with (folder / CHANGES_LIST).open("x", encoding="utf-8", newline="\n") as stream:
        try:
            for change in _document_changes(folder, previous):
                _note(change, stream, counts)
                if len(named[change.how]) < _NAMED:
                    named[change.how].append(change.id)
        except CorpusError as error:
            raise ReleaseError(f"version {before.version} cannot be compared: {error}") from error
        for change in _segment_changes(folder / "jsonl", previous / "jsonl", scratch):
            _note(change, stream, counts)
    changes = Changes(
        since=before.version,
        counts=tuple((what, how, count) for (what, how), count in sorted(counts.items())),
        documents=tuple((how, tuple(names)) for how, names in named.items()),
    )
    (folder / CHANGES).write_text(_text(manifest, changes), encoding="utf-8")
    return changes


def _note(change: Change, stream: TextIO, counts: Counter[tuple[What, How]]) -> None:
    counts[change.what, change.how] += 1
    stream.write(change.model_dump_json() + "\n")


def _document_changes(folder: Path, previous: Path) -> Iterator[Change]:
    old, new = Corpus(previous).listing.documents, Corpus(folder).listing.documents
    for index, name in enumerate(new):
        place = old.find(name)
        if place is None or old.digest(place) != new.digest(index):
            yield Change(what="document", how="added" if place is None else "changed", id=name)
    for name in old:
        if new.find(name) is None:
            yield Change(what="document", how="removed", id=name)


def _segment_changes(new: Path, old: Path, scratch: Path) -> Iterator[Change]:
    same = {path.name for path in new.glob("*.jsonl") if _same(path, old / path.name)}
    database = sqlite3.connect(scratch)
    try:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE old (key TEXT, row BLOB)")
        database.executemany("INSERT INTO old VALUES (?, ?)", (_keyed(row) for row in _rows(old, same)))
        database.executescript("CREATE UNIQUE INDEX keys ON old (key)")
        for row in _rows(new, same):
            key, digest = _keyed(row)
            found = database.execute("SELECT row FROM old WHERE key = ?", (key,)).fetchone()
            if found is None:
                yield Change(what="segment", how="added", id=key)
                continue
            database.execute("DELETE FROM old WHERE key = ?", (key,))
            if found[0] != digest:
                yield Change(what="segment", how="changed", id=key)
        for (key,) in database.execute("SELECT key FROM old ORDER BY key"):
            yield Change(what="segment", how="removed", id=key)
    finally:
        database.close()
        scratch.unlink(missing_ok=True)


def _same(path: Path, other: Path) -> bool:
    return other.is_file() and path.stat().st_size == other.stat().st_size and file_sha256(path) == file_sha256(other)


def _rows(folder: Path, without: set[str]) -> Iterator[Row]:
    for path in sorted(folder.glob("*.jsonl")):
        if path.name not in without:
            yield from read_json_lines(path)


def _keyed(row: Row) -> tuple[str, bytes]:
    key = f"{row.pair} {'+'.join(row.source_ids)} = {'+'.join(row.target_ids)}"
    return key, blake2b(row.model_dump_json(exclude=_NUMBERING).encode(), digest_size=16).digest()


def _text(manifest: Manifest, changes: Changes) -> str:
    lines = [
        f"# Version {manifest.version}, since {changes.since}",
        "",
        "| | added | changed | removed |",
        "|---|---|---|---|",
    ]
    hows: tuple[How, ...] = ("added", "changed", "removed")
    whats: tuple[What, ...] = ("document", "segment")
    for what in whats:
        lines.append(f"| {what}s | {' | '.join(str(changes.count(what, how)) for how in hows)} |")
    lines += ["", f"`{CHANGES_LIST}` names every one."]
    for how, names in changes.documents:
        if names:
            lines += ["", f"## Documents {how}", "", *(f"- {name}" for name in names)]
            if (more := changes.count("document", how) - len(names)) > 0:
                lines.append(f"- and {more} more")
    return "\n".join(lines) + "\n"
