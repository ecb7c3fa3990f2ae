"""`manifest.json`: what a release holds, counted, and what a second run needs to give the same bytes."""

import datetime
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from schemas.base import Model
from unbitext.release.census import Census
from unbitext.release.options import Filters, Splits
from unbitext.release.writing import FormatReport, ReleaseError

MANIFEST = "manifest.json"

NAME = "unbitext"
"""What the corpus is called in all its metadata."""

_LIBRARIES = ("lxml", "pyarrow", "pydantic")
"""Those that write bytes of a release: another version of them may write others."""


class Library(Model):
    """A library and its version."""

    name: str
    version: str


class Manifest(Model):
    """A release. `corpus_sha256` is that of `tei/corpus.xml`, which lists the digests of all TEI files.

    `date` is that of SOURCE_DATE_EPOCH, None where it is not set. `shards` is the number of shards; `not_found` are
    those that were to be held out and that the corpus does not have.
    """

    schema_version: Literal["1"] = "1"
    name: str = NAME
    version: str
    program: str
    libraries: tuple[Library, ...]
    date: datetime.date | None
    corpus_sha256: str
    filters: Filters
    splits: Splits
    not_found: tuple[str, ...] = ()
    shards: int
    census: Census
    formats: tuple[FormatReport, ...]


def libraries() -> tuple[Library, ...]:
    """The versions of the libraries that are installed."""
    found = []
    for name in _LIBRARIES:
        try:
            found.append(Library(name=name, version=version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def release_date() -> datetime.date | None:
    """The day of SOURCE_DATE_EPOCH, in UTC; None where it is not set or is no number of seconds that has a day."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date() if given.isdecimal() else None
    except (OverflowError, OSError, ValueError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it into the folder of a release."""
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read it. Raises `ReleaseError` where the folder holds no release, or one that this program cannot read."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise ReleaseError(f"{folder} is no release: {MANIFEST}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ReleaseError(
            f"{folder / MANIFEST} is not what this version of unbitext writes: {where}: {first['msg']}"
            if where
            else f"{folder / MANIFEST} is not what this version of unbitext writes: {first['msg']}"
        ) from error
