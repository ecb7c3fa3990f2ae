"""Which files of the store something refers to, and which are former: named by a note, and referred to by nothing.

What refers to a file: a document that it stands for (as file or as Word file, whatever its state), the receipt of an
address (a second fetch asks whether that file still holds), the last build of any corpus of this state folder, and a
release. That a note, a receipt or a header names it as replaced is no reference.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from schemas.catalogue import KeptDocument
from schemas.fetching import FetchedFile, FetchReceipt
from schemas.settings import Settings
from unbitext.catalogue.catalogue import Catalogue, Selection
from unbitext.catalogue.former_files import FileKey
from unbitext.fetched_files import FetchedFiles
from unbitext.kept_documents import KeptDocuments
from unbitext.outcome import BuildRecord
from unbitext.retention.errors import UncertainError
from unbitext.retention.releases import released_sources
from unbitext.store import CorpusFolder, State


class Former(NamedTuple):
    """A former file: what it was, the documents it stood for or was asked for as, and when it was last replaced."""

    file: FetchedFile
    documents: tuple[str, ...]
    replaced_at: datetime


def find_former(
    settings: Settings, catalogue: Catalogue, kept: KeptDocuments, files: FetchedFiles
) -> dict[FileKey, Former]:
    """Read all notes, receipts and records, and find the former files of which anything is left in the store.

    Nothing may change them meanwhile.
    Raises `UncertainError` where one that could refer to a file cannot be read, `OSError`.
    """
    stock = _Stock()
    for note in _notes(kept):
        stock.add_document(note)
    for entry in catalogue.select(Selection(kept=True)):
        if entry.kept is not None:
            stock.add_document(entry.kept)
    try:
        for receipt in files.receipts():
            stock.add_receipt(receipt)
    except ValueError as error:
        raise UncertainError("a receipt cannot be read: unbitext status --verify mends it") from error
    for digest in chain(_built_from(settings), released_sources(settings.data)):
        stock.refer((digest, False))
    return {
        key: Former(stock.files[key], tuple(sorted(stock.owners[key])), replaced_at)
        for key, replaced_at in stock.replaced.items()
        if not stock.is_referred(key) and files.has_traces(stock.files[key], aside=key[1])
    }


class _Stock:
    """What is counted so far."""

    def __init__(self) -> None:
        # Hashes, for there are millions of them: where two files share one, a file stays that could go.
        self._referred: set[int] = set()
        self.files: dict[FileKey, FetchedFile] = {}
        self.owners: dict[FileKey, set[str]] = defaultdict(set)
        self.replaced: dict[FileKey, datetime] = {}

    def refer(self, key: FileKey) -> None:
        self._referred.add(hash(key))

    def is_referred(self, key: FileKey) -> bool:
        return hash(key) in self._referred

    def add_document(self, note: KeptDocument) -> None:
        for file in (note.file, note.word):
            if file is not None:
                self.refer((file.sha256, False))
        self._add_chain((*note.earlier, note.file), f"{note.symbol} ({note.language})", sides=(False,))

    def add_receipt(self, receipt: FetchReceipt) -> None:
        if receipt.file is None:
            return
        self.refer((receipt.file.sha256, receipt.code is not None))
        whose = f"{receipt.symbol} ({receipt.language})" if receipt.symbol else ""
        # A receipt does not say which of its former files were put aside.
        self._add_chain((*receipt.earlier, receipt.file), whose, sides=(False, True))

    def _add_chain(self, followed: tuple[FetchedFile, ...], whose: str, sides: tuple[bool, ...]) -> None:
        """Files that replaced one another, the last of which is the present one."""
        for file, successor in pairwise(followed):
            for is_aside in sides:
                key = (file.sha256, is_aside)
                self.files.setdefault(key, file)
                self.replaced[key] = max(self.replaced.get(key, successor.retrieved_at), successor.retrieved_at)
                self.owners[key].update([whose] if whose else [])


def _notes(kept: KeptDocuments) -> Iterator[KeptDocument]:
    if any(True for _ in kept.damaged()):
        raise UncertainError("a note on whose file is whose cannot be read: unbitext status --verify mends it")
    yield from kept.all()


def _built_from(settings: Settings) -> Iterator[str]:
    """The files that the corpora of this state folder were built from; that of the settings must be among them."""
    state = State(settings.state)
    corpus = CorpusFolder(settings.out)
    root = corpus.root_hash()
    if root is not None and _record_root(state.record(corpus.root)) != root:
        message = f"{corpus.root} is not what was last built with this state folder: the next cycle builds it"
        raise UncertainError(message)
    for path in state.records():
        # Read without its model: the record of another version of the program tells its sources, too.
        with suppress(ValueError, AttributeError):
            yield from json.loads(path.read_bytes()).get("sources", {})


def _record_root(path: Path) -> str | None:
    try:
        return BuildRecord.model_validate_json(path.read_bytes()).files.get(CorpusFolder.CORPUS)
    except (FileNotFoundError, ValueError):
        return None
