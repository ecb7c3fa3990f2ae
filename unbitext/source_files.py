"""Finding the file again that a document of a corpus was read from: known by its bytes, not by its name."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from schemas.source import SourceFile
from unbitext.outcome import BuildRecord
from unbitext.store import State, file_sha256

_SHOWN_DIGITS = 12


class SourceError(LookupError):
    """The file is not there, or not as it was; the message says what to do."""


class Whereabouts(NamedTuple):
    """Where a source may be: the file `given`, where the last build of `corpus` read it by `state`, below `data`."""

    corpus: Path
    state: Path
    data: Path
    given: Path | None = None


def find_source(source: SourceFile, where: Whereabouts) -> Path:
    """Find the file with these bytes. Raises `SourceError`."""
    given = where.given
    if given is not None:
        if not given.is_file():
            raise SourceError(f"{given}: no such file; check the path")
        if (found := file_sha256(given)) != source.sha256:
            raise SourceError(f"{given} is not the file that the corpus was built from: {_hashes(source, found)}")
        return given
    changed: Path | None = None
    for path in (*_recorded(source, where), *_in_folder(source, where.data)):
        if path.is_file():
            if file_sha256(path) == source.sha256:
                return path
            changed = changed or (path if path.name == source.file else None)
    if changed is not None:
        hashes = _hashes(source, file_sha256(changed))
        raise SourceError(f"{changed} has changed since the corpus was built: {hashes}; build again, or name the file")
    raise SourceError(f"{source.file}, which the corpus was built from, is not found: name it with --source FILE")


def _hashes(source: SourceFile, found: str) -> str:
    return f"its sha256 begins {found[:_SHOWN_DIGITS]}, that of the corpus's source {source.sha256[:_SHOWN_DIGITS]}"


def _recorded(source: SourceFile, where: Whereabouts) -> Iterator[Path]:
    try:
        record = BuildRecord.model_validate_json(State(where.state).record(where.corpus).read_bytes())
    except (OSError, ValidationError):
        return
    if source.sha256 in record.sources:
        yield Path(record.sources[source.sha256])


def _in_folder(source: SourceFile, data: Path) -> Iterator[Path]:
    """Files of the same kind, those of the same name first."""
    suffix = Path(source.file).suffix
    yield from sorted(
        (path for path in data.rglob(f"*{suffix}") if path.is_file()), key=lambda path: (path.name != source.file, path)
    )
