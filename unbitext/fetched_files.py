"""Fetched files on the disk, by the sha256 of their bytes, each with a note of where it came from.

    data/fetched/ab/abcd....pdf     the bytes; the suffix is that of what they are, never a name from the network
    data/fetched/ab/abcd....json    `FetchedFile`: where they came from first
    data/fetched/aside/...          the same for files that came and were not accepted
    data/fetched/receipts/...       `FetchReceipt` by the sha256 of the address: what came from it last
    data/fetched/removed/...        `Removal`: former files that the policy removed, by the sha256 of what they were

A kill at any moment leaves complete files only: bytes first, then the note, then the receipt, each written beside and
renamed. What a kill left out, the next fetch of the same address writes.
"""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from schemas.base import Model
from schemas.fetching import FetchedFile, FetchReceipt
from schemas.retention import Removal
from unbitext.store import TEMPORARY, file_sha256, read_model, remove_leftovers_of_the_dead, write_file

_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "text/plain": ".txt",
    "text/html": ".html",
}

_REMOVED = "removed"
_ASIDE = ".aside"


class Damage(Model):
    """A file of the store that is not what it should be; `code` is a finding code."""

    path: Path
    code: str
    message: str


class FetchedFiles:
    """The store of fetched files below `root` (`data/fetched`)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, file: FetchedFile, *, aside: bool = False) -> Path:
        """Name the file that holds the bytes."""
        return self._folder(file.sha256, aside) / f"{file.sha256}{_SUFFIXES.get(file.media_type, '.bin')}"

    def put(self, data: bytes, file: FetchedFile, *, aside: bool = False) -> Path:
        """Keep the bytes and where they came from; what is there already stays, and is mended where it is damaged.

        Raises `OSError` (disk full, read-only), and then nothing half written is left, and `ValueError` where the
        bytes are not those that `file` names.
        """
        if sha256(data).hexdigest() != file.sha256:
            raise ValueError(f"the bytes are not those of {file.sha256}")
        path = self.path(file, aside=aside)
        write_file(path, data, through=self.root)
        note = path.with_suffix(".json")
        if read_model(note, FetchedFile) is None:
            write_file(note, _json(file), through=self.root)
        # It is back: what was said of its removal no longer holds, and must not excuse a later loss.
        self._tombstone(file.sha256, aside).unlink(missing_ok=True)
        return path

    def read(self, file: FetchedFile, *, aside: bool = False) -> bytes:
        """The bytes. Raises `OSError` where they cannot be read, `ValueError` where they are not those kept once."""
        data = self.path(file, aside=aside).read_bytes()
        if sha256(data).hexdigest() != file.sha256:
            raise ValueError(f"{self.path(file, aside=aside)} is damaged")
        return data

    def holds(self, file: FetchedFile, *, aside: bool = False) -> bool:
        """Whether the bytes are there, every one as it was kept."""
        with suppress(OSError):
            return file_sha256(self.path(file, aside=aside)) == file.sha256
        return False

    def receipt(self, url: str) -> FetchReceipt | None:
        """What is remembered of an address; None where nothing is, or the receipt is damaged."""
        return read_model(self._receipt(url), FetchReceipt)

    def put_receipt(self, receipt: FetchReceipt) -> FetchReceipt:
        """Remember what came from an address, after what came from it before; return what is remembered now."""
        before = self.receipt(receipt.url)
        after = before.followed_by(receipt) if before else receipt
        write_file(self._receipt(receipt.url), _json(after), through=self.root)
        return after

    def receipts(self) -> Iterator[FetchReceipt]:
        """Yield all receipts. Raises `ValueError` for one that cannot be read."""
        for path in sorted((self.root / "receipts").glob("*/*.json")):
            yield FetchReceipt.model_validate_json(path.read_bytes())

    def has_traces(self, file: FetchedFile, *, aside: bool = False) -> bool:
        """Whether bytes or note are there, in whatever condition."""
        path = self.path(file, aside=aside)
        return path.is_file() or path.with_suffix(".json").is_file()

    def remove(self, removal: Removal) -> Removal:
        """Remove bytes and note, leaving a tombstone, which is there before anything is gone; return it.

        A removal that was broken off keeps the tombstone that it left. Raises `OSError` where it cannot be done.
        """
        digest = removal.file.sha256
        if (begun := self.removal(digest, aside=removal.is_aside)) is not None:
            removal = begun
        else:
            write_file(self._tombstone(digest, removal.is_aside), _json(removal), through=self.root)
        path = self.path(removal.file, aside=removal.is_aside)
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)
        return removal

    def removal(self, digest: str, *, aside: bool = False) -> Removal | None:
        """The tombstone of a file; None where there is none, or one that cannot be read."""
        return read_model(self._tombstone(digest, aside), Removal)

    def removals(self) -> Iterator[Removal]:
        """Yield the tombstones that can be read, of files that were removed and have not come back."""
        for path in sorted((self.root / _REMOVED).glob("*/*.json")):
            if (removal := read_model(path, Removal)) is not None:
                yield removal

    def remove_leftovers(self) -> int:
        """Remove what killed runs left half written, all in one folder; return how many files."""
        return remove_leftovers_of_the_dead(self.root)

    def verify(self) -> Iterator[Damage]:
        """Read every byte of the store and tell what is not as it was kept: flipped bits, lost files, torn notes."""
        for path in sorted(self.root.glob("**/*")):
            if not path.is_file() or path.name.startswith(TEMPORARY):
                continue
            if path.suffix != ".json":
                if file_sha256(path) != path.stem:
                    yield _damage(path, "the bytes are not those that were kept")
            elif path.is_relative_to(self.root / "receipts"):
                yield from self._verify_receipt(path)
            elif path.is_relative_to(self.root / _REMOVED):
                if read_model(path, Removal) is None:
                    yield _damage(path, "the note on a file that was removed cannot be read")
            elif (note := read_model(path, FetchedFile)) is None:
                yield _damage(path, "the note on where the file came from cannot be read")
            elif self.removal(path.stem, aside=path.is_relative_to(self.root / "aside")) is not None:
                continue  # the removal was broken off between bytes and note: the next one ends it
            elif not path.with_suffix(_SUFFIXES.get(note.media_type, ".bin")).is_file():
                yield _damage(path, "the file that belongs to this note is lost")

    def _verify_receipt(self, path: Path) -> Iterator[Damage]:
        try:
            receipt = FetchReceipt.model_validate_json(path.read_bytes())
        except ValidationError:
            yield _damage(path, "the receipt cannot be read")
            return
        if receipt.file and not any(self.path(receipt.file, aside=aside).is_file() for aside in (False, True)):
            yield _damage(path, f"{receipt.url} gave {receipt.file.sha256}, which is lost")

    def _folder(self, key: str, aside: bool) -> Path:
        return (self.root / "aside" if aside else self.root) / key[:2]

    def tombstone_key(self, path: Path) -> tuple[str, bool] | None:
        """What a note on a removed file is of: its digest, and whether it lay aside; None for any other path."""
        if not path.is_relative_to(self.root / _REMOVED):
            return None
        return path.name.partition(".")[0], path.name.endswith(f"{_ASIDE}.json")

    def _tombstone(self, digest: str, aside: bool) -> Path:
        return self.root / _REMOVED / digest[:2] / f"{digest}{_ASIDE if aside else ''}.json"

    def _receipt(self, url: str) -> Path:
        key = sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return self.root / "receipts" / key[:2] / f"{key}.json"


def _json(model: Model) -> bytes:
    return model.model_dump_json(indent=1, exclude_none=True).encode() + b"\n"


def _damage(path: Path, message: str) -> Damage:
    return Damage(path=path, code="stored-file-damaged", message=message)
