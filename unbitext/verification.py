"""Reading every byte that is kept, and seeing to it that what is damaged is fetched again."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from schemas.base import Model
from schemas.catalogue import DocumentState, Entry
from schemas.fetching import FetchReceipt
from unbitext.catalogue.catalogue import Catalogue, Selection
from unbitext.fetched_files import Damage, FetchedFiles
from unbitext.kept_documents import KeptDocuments

FETCHED_AGAIN = "the next cycle fetches it again"
NOT_OURS_TO_GET = "bring it back from a backup, or drop the file into the inbox again"
REMOVED_NOTE = "removed: what it told of was removed by policy"
FORMER = "it was replaced by a later file: bring it back from a backup"
ASKED_ANEW = "removed: its address is asked anew"
WRITTEN_AGAIN = "written again from the catalogue"


class Fault(Model):
    """A file that is not as it was kept; `documents` are those it belongs to, `done` says what follows."""

    path: Path
    message: str
    documents: tuple[str, ...] = ()
    done: str


def verify(catalogue: Catalogue, kept: KeptDocuments, files: FetchedFiles) -> list[Fault]:
    """Find every fault; what can be fetched again is removed and marked for it, what the catalogue knows is mended.

    Only while no cycle is at work. Raises `OSError` where a file cannot be read, or nothing can be written.
    """
    return [*_verify_notes(catalogue, kept), *_Verification(catalogue, files).faults()]


def _verify_notes(catalogue: Catalogue, kept: KeptDocuments) -> Iterator[Fault]:
    damaged = set(kept.damaged())
    for entry in catalogue.select(Selection(kept=True)):
        if entry.kept is not None and kept.get(entry.symbol, entry.language) != entry.kept:
            path = kept.write(entry.kept)
            damaged.discard(path)
            message = "the note on whose file it is was lost or damaged"
            yield Fault(path=path, message=message, documents=(_name(entry),), done=WRITTEN_AGAIN)
    for path in sorted(damaged):
        message = "the note on whose file it is cannot be read, and the catalogue does not know it"
        yield Fault(path=path, message=message, done=NOT_OURS_TO_GET)


class _Verification:
    """The files of the store, against what the catalogue says of them."""

    def __init__(self, catalogue: Catalogue, files: FetchedFiles) -> None:
        self._catalogue = catalogue
        self._files = files
        self._current: dict[str, list[Entry]] = defaultdict(list)
        self._former: dict[str, list[Entry]] = defaultdict(list)
        for entry in catalogue.select(Selection(kept=True)):
            if entry.kept is not None:
                for file in (entry.kept.file, entry.kept.word):
                    if file is not None:
                        self._current[file.sha256].append(entry)
                for file in entry.kept.earlier:
                    self._former[file.sha256].append(entry)

    def faults(self) -> Iterator[Fault]:
        """Deal with each damaged file."""
        told: set[str] = set()
        for damage in list(self._files.verify()):
            told.add(damage.path.stem)
            yield self._deal_with(damage)
        held = {path.stem for path in self._files.root.glob("??/*") if path.suffix != ".json"}
        for digest in sorted(self._current.keys() - held):
            if not self._is_wanted(digest):
                yield self._lost(digest, self._files.root / digest[:2] / digest, "the file is lost")
        for digest in sorted(self._former.keys() - self._current.keys() - held - told):
            if self._files.removal(digest) is None:  # else the policy removed it, and said so
                yield self._lost(digest, self._files.root / digest[:2] / digest, "the file is lost")

    def _deal_with(self, damage: Damage) -> Fault:
        path = damage.path
        if path.is_relative_to(self._files.root / "receipts"):
            digest = _receipt_digest(path)
            path.unlink(missing_ok=True)
            if digest is None or not self._current.get(digest):
                return Fault(path=path, message=damage.message, done=ASKED_ANEW)
            return self._lost(digest, path, damage.message)
        if (key := self._files.tombstone_key(path)) is not None:
            return self._torn_tombstone(path, *key, damage.message)
        if path.is_relative_to(self._files.root / "aside"):
            path.unlink(missing_ok=True)
            return Fault(path=path, message=damage.message, done=ASKED_ANEW)
        return self._lost(path.stem, path, damage.message)

    def _torn_tombstone(self, path: Path, digest: str, is_aside: bool, message: str) -> Fault:
        """Write it again, where the catalogue knows what it said."""
        path.unlink(missing_ok=True)
        known = [one for one in self._catalogue.former.removals(digest) if one.is_aside is is_aside]
        for removal in known[-1:]:
            self._files.remove(removal)
        return Fault(path=path, message=message, done=WRITTEN_AGAIN if known else REMOVED_NOTE)

    def _lost(self, digest: str, path: Path, message: str) -> Fault:
        owners = self._current.get(digest, [])
        if not owners:
            former = tuple(map(_name, self._former.get(digest, [])))
            if not former:
                path.unlink(missing_ok=True)
            return Fault(path=path, message=message, documents=former, done=FORMER if former else ASKED_ANEW)
        names = tuple(map(_name, owners))
        files = [file for one in owners if one.kept for file in (one.kept.file, one.kept.word) if file]
        if not any(file.sha256 == digest and file.url for file in files):
            return Fault(path=path, message=message, documents=names, done=NOT_OURS_TO_GET)
        # The bytes and their note: the one is not to be trusted without the other.
        for file in files:
            if file.sha256 == digest:
                self._files.path(file).unlink(missing_ok=True)
                self._files.path(file).with_suffix(".json").unlink(missing_ok=True)
        with self._catalogue.changes():
            for entry in owners:
                reason = {"code": "stored-file-damaged", "message": f"{path.name}: {message}"}
                wanted = {"state": DocumentState.WANTED, "next_look": None, **reason}
                self._catalogue.put(entry.model_copy(update=wanted))
        return Fault(path=path, message=message, documents=names, done=FETCHED_AGAIN)

    def _is_wanted(self, digest: str) -> bool:
        """Whether its documents are marked for fetching already."""
        fresh = (self._catalogue.entry(one.symbol, one.language) for one in self._current[digest])
        return all(one is not None and one.state is DocumentState.WANTED for one in fresh)


def _receipt_digest(path: Path) -> str | None:
    with suppress(OSError, ValidationError):
        receipt = FetchReceipt.model_validate_json(path.read_bytes())
        return receipt.file.sha256 if receipt.file else None
    return None


def _name(entry: Entry) -> str:
    return f"{entry.symbol} ({entry.language})"
