"""Fetched files on the disk, by the sha256 of their bytes, each with a note of where it came from.

    data/fetched/ab/abcd....pdf     the bytes; the suffix is that of what they are, never a name from the network
    data/fetched/ab/abcd....json    `FetchedFile`: where they came from first
    data/fetched/aside/...          the same for files that came and were not accepted
    data/fetched/receipts/...       `FetchReceipt` by the sha256 of the address: what came from it last

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
from unbitext.store import TEMPORARY, file_sha256, remove_leftovers_of_the_dead, write_file

_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "text/plain": ".txt",
    "text/html": ".html",
}


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
        if _read(note) is None:
            write_file(note, _json(file), through=self.root)
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
        try:
            return FetchReceipt.model_validate_json(self._receipt(url).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def put_receipt(self, receipt: FetchReceipt) -> FetchReceipt:
        """Remember what came from an address, after what came from it before; return what is remembered now."""
        before = self.receipt(receipt.url)
        after = before.followed_by(receipt) if before else receipt
        write_file(self._receipt(receipt.url), _json(after), through=self.root)
        return after

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
            elif (note := _read(path)) is None:
                yield _damage(path, "the note on where the file came from cannot be read")
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

    def _receipt(self, url: str) -> Path:
        key = sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return self.root / "receipts" / key[:2] / f"{key}.json"


def _read(path: Path) -> FetchedFile | None:
    try:
        return FetchedFile.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _json(model: Model) -> bytes:
    return model.model_dump_json(indent=1, exclude_none=True).encode() + b"\n"


def _damage(path: Path, message: str) -> Damage:
    return Damage(path=path, code="stored-file-damaged", message=message)
