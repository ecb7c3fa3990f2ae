"""The formats, and what one has to offer: a writer of records and a reader of rows.

A module of this package is a format. It is imported when it is asked for, for some need large libraries.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import ClassVar, Protocol, cast

from schemas.base import Model
from unbitext.export.records import DocumentRecord, PairRecord, Provenance, ReadRow, Shards


class MissingExtraError(Exception):
    """A format needs a library that is not installed; the message names the extra that brings it."""


class Destination(Model):
    """Where a format is written to, and what its files say of themselves. `folder` exists and is empty."""

    folder: Path
    shards: Shards
    provenance: Provenance


class Writer(ABC):
    """Writes one format: first all documents, then all pairs, each in the order of their shards, then `close`.

    Every method raises `OSError` where the disk does not take more.
    """

    needs_documents: ClassVar[bool] = False
    """Whether it makes anything of documents; where not, they are not read for it."""

    def __init__(self, destination: Destination) -> None:
        self.folder = destination.folder
        self.shards = destination.shards
        self.provenance = destination.provenance

    def add_document(self, document: DocumentRecord) -> None:  # noqa: B027 - most formats hold pairs alone
        """Take a document, paired or not."""

    @abstractmethod
    def add_pair(self, pair: PairRecord) -> None:
        """Take a pair that has at least one row."""

    def close(self) -> None:  # noqa: B027 - nothing is open between pairs in some formats
        """Complete the files."""


class FormatModule(Protocol):
    """What a module of a format defines.

    `DIFFERENCE` says what it holds beside or without the rows, or is empty; `FIELDS` which fields of a row it holds, be
    it in the names of files, or for one side where the other says the same.
    """

    DIFFERENCE: str
    FIELDS: tuple[str, ...]
    FormatWriter: type[Writer]

    @staticmethod
    def read_rows(folder: Path) -> Iterator[ReadRow]:
        """Read back the rows that the writer wrote, in any order."""


_MODULES = {
    "jsonl": "json_lines",
    "parquet": "parquet",
    "tmx": "tmx",
    "moses": "moses",
    "xces": "xces",
    "tsv": "tsv",
    "xliff": "xliff",
    "vertical": "vertical",
    "tbx": "tbx",
}

FORMATS = ("tei", *_MODULES)
"""Every format by its name, which is that of its folder in a release, too. `tei` is the corpus itself."""

_EXTRAS = {"parquet": ("pyarrow", "release")}


def format_module(name: str) -> FormatModule:
    """Import the module of a format that is made of rows. Raises `MissingExtraError` where its library is absent."""
    # Read when pyarrow is first imported. Its own allocator keeps what was freed, and grows by a third with the corpus.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        return cast(FormatModule, import_module(f"unbitext.export.{_MODULES[name]}"))
    except ModuleNotFoundError as error:
        library, extra = _EXTRAS.get(name, (None, None))
        if library is None or (error.name or "").partition(".")[0] != library:
            raise
        raise MissingExtraError(
            f"the format {name} needs {library}, which is not installed: pip install 'unbitext[{extra}]'"
        ) from error


def holds_rows(name: str) -> bool:
    """Whether a format holds the rows one for one; terms and the corpus itself are something else."""
    return name not in ("tei", "tbx")
