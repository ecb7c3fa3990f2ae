"""Where things lie, and how they are written: every path under data/, outputs/ and the state folder.

What is written here survives a kill at any moment: a file is complete or absent (a temporary file in the same folder,
flushed to the disk, then renamed), and a file whose bytes would not change is not touched.
"""

import errno
import fcntl
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, TypeVar

from pydantic import ValidationError

from schemas.base import Model

TEMPORARY = ".unbitext-"
"""How the name of every temporary file begins: what a killed run left is known by it."""

_ROOT = Path(__file__).resolve().parents[1]
_CACHE_DAYS = 30.0
_CORPUS_FILES = {
    "documents": re.compile(r".+\.(?:ar|en|es|fr|ru|zh|und)\.xml"),
    "alignments": re.compile(r".+\.[a-z]{2}-[a-z]{2}\.xml"),
}


class DamagedFileError(ValueError):
    """A file of a corpus that is not what the program wrote; the message names it, and what to do."""


Kept = TypeVar("Kept", bound=Model)


def read_model(path: Path, kind: type[Kept]) -> Kept | None:
    """Read a file that holds one object; None where it is absent, or damaged. Raises `OSError` otherwise."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


class FolderLockedError(Exception):
    """Another run is at work in the folder."""


def specimens_folder() -> Path | None:
    """The specimens of the checkout this package runs from; None where it is installed without them."""
    folder = _ROOT / "data" / "specimens"
    return folder if folder.is_dir() else None


def digest(*parts: str | bytes) -> str:
    """The sha256 of the parts, each set off from the next, as 64 hex digits: a key of the cache."""
    total = sha256()
    for part in parts:
        data = part.encode("utf-8") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def file_sha256(path: Path) -> str:
    """The sha256 of a file's bytes. Raises `OSError` where it cannot be read."""
    with path.open("rb") as stream:
        total = sha256()
        while chunk := stream.read(1 << 20):
            total.update(chunk)
    return total.hexdigest()


def write_file(path: Path, data: bytes, *, durable: bool = True, through: Path | None = None) -> bool:
    """Make `path` hold `data`, making folders as needed; return whether a byte had to change.

    A reader sees the old file or the new one, never a part. What a kill leaves half written lies in the folder
    `through`, on the same disk, and else beside the file. What is not `durable` survives a kill and may be lost, or
    torn, in a power cut. Raises `OSError` (disk full, no permission).
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with _replacing(path, through or path.parent) as stream:
        stream.write(data)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())
    if not durable:
        return True
    # The rename itself is on the disk only once the folder is.
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return True


@contextmanager
def _replacing(path: Path, folder: Path) -> Iterator[BinaryIO]:
    """Open a temporary file in `folder` that becomes `path` at the end, or goes where the end is not reached."""
    temporary = folder / f"{TEMPORARY}{os.getpid()}-{threading.get_ident()}"
    try:
        with temporary.open("wb") as stream:
            yield stream
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def check_writable(folder: Path) -> None:
    """Find out, leaving no trace, whether files can be written to a folder or, where it is absent, to one above it.

    Raises `OSError` where they cannot, `NotADirectoryError` where a file is in the way.
    """
    nearest = folder
    while not nearest.exists():
        nearest = nearest.parent
    if not nearest.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{nearest} is a file", str(folder))
    with TemporaryFile(prefix=TEMPORARY, dir=nearest):
        pass


def remove_leftovers(folder: Path, older_than_seconds: float = 0) -> int:
    """Remove what killed runs left half written in this folder (not below); return how many files.

    Where another run may be writing to the folder, give an age that a file at work does not reach.
    """
    oldest = time.time() - older_than_seconds
    leftovers = [path for path in folder.glob(f"{TEMPORARY}*") if path.stat().st_mtime <= oldest]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def remove_leftovers_of_the_dead(folder: Path) -> int:
    """Remove what processes of this machine that are gone left half written in this folder; return how many files."""
    leftovers = [path for path in folder.glob(f"{TEMPORARY}*") if not _is_alive(path)]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def _is_alive(temporary: Path) -> bool:
    """Whether the process that a temporary file is named after is there."""
    number = temporary.name.removeprefix(TEMPORARY).partition("-")[0]
    if not number.isdigit():
        return True  # named otherwise: not of this kind
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


@contextmanager
def folder_lock(folder: Path, *, who: str = "build", wait: bool = False) -> Iterator[None]:
    """Hold a folder, made where it is absent, against other runs; a crash releases it.

    With `wait` it waits for the other run to end. `who` names the kind of run in the message.
    The lock is on the folder itself, so that it needs no file in it and holds whatever state folder the other run uses.
    A folder that was made only for the lock, and is still empty, is taken away again.

    Raises `FolderLockedError` where another run holds it and it does not wait, `OSError` where the folder cannot be
    made or is a file.
    """
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise FolderLockedError(f"another {who} is writing to {folder}") from error
        yield
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()
        os.close(handle)


class CorpusFolder:
    """The files of a built corpus; names are relative to its folder, with `/`."""

    CORPUS = "tei/corpus.xml"
    REPORT = "report.md"

    def __init__(self, root: Path) -> None:
        self.root = root

    @staticmethod
    def document(identifier: str) -> str:
        """Name the file of a document; `identifier` is `STEM.LANG`."""
        return f"tei/documents/{identifier}.xml"

    @staticmethod
    def alignment(identifier: str) -> str:
        """Name the file of a pair; `identifier` is `STEM.zh-en`."""
        return f"tei/alignments/{identifier}.xml"

    def remove_leftovers(self) -> int:
        """Remove what a killed build left half written; only under the folder's lock. Return how many files."""
        folders = (self.root, self.root / "tei", *(self.root / "tei" / name for name in _CORPUS_FILES))
        return sum(remove_leftovers(folder) for folder in folders)

    def names(self) -> list[str]:
        """Name every file of the corpus that is there, sorted; other files in the folder are nobody's business."""
        found = [name for name in (self.CORPUS, self.REPORT) if (self.root / name).is_file()]
        for folder, pattern in _CORPUS_FILES.items():
            found.extend(
                f"tei/{folder}/{path.name}"
                for path in (self.root / "tei" / folder).glob("*.xml")
                if pattern.fullmatch(path.name)
            )
        return sorted(found)

    def hashes(self) -> dict[str, str]:
        """Give the sha256 of every file of the corpus that is there, by name."""
        return {name: file_sha256(self.root / name) for name in self.names()}

    def root_hash(self) -> str | None:
        """Give the sha256 of the corpus's root, None where there is none."""
        path = self.root / self.CORPUS
        return file_sha256(path) if path.is_file() else None


class State:
    """The state folder: cache, staging, records of builds, indexes, logs, Prefect's home. All of it can be deleted."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def logs(self) -> Path:
        """The folder of logs."""
        return self.root / "logs"

    @property
    def catalogue(self) -> Path:
        """The file of the catalogue; its folder is held while a cycle is at work."""
        return self.root / "catalogue" / "catalogue.sqlite"

    @property
    def last_cycle(self) -> Path:
        """The file that remembers how the last cycle of ingestion ended."""
        return self.root / "cycle.json"

    @property
    def metrics(self) -> Path:
        """The file of what monitors read of the last cycle, in Prometheus's text format."""
        return self.root / "metrics.prom"

    @property
    def hosts(self) -> Path:
        """The folder of what is remembered of each host."""
        return self.root / "hosts"

    @property
    def prefect_homes(self) -> Path:
        """The folder of Prefect's homes, one for each build that runs at the same time."""
        return self.root / "prefect"

    @property
    def mirrors(self) -> Path:
        """The folder of what is remembered of files that are mirrored."""
        return self.root / "mirrors"

    def mirror_record(self, url: str) -> Path:
        """Name the file that remembers how the last copy to a mirror ended."""
        return self.mirrors / f"{digest(url)[:24]}.json"

    def record(self, corpus: Path) -> Path:
        """Name the file that remembers the last build of a corpus folder."""
        return self.root / "builds" / f"{_folder_key(corpus)}.json"

    def records(self) -> list[Path]:
        """List the records of all corpus folders built with this state, sorted."""
        return sorted((self.root / "builds").glob("*.json"))

    def concordance(self, corpus: Path) -> Path:
        """Name the file of the index that terms are looked up in."""
        return self.root / "concordances" / f"{_folder_key(corpus)}.sqlite"

    @contextmanager
    def staging(self, corpus: Path) -> Iterator[Path]:
        """Make an empty folder in which a corpus is put together before any of it is published; it goes afterwards."""
        folder = self.root / "staging" / _folder_key(corpus)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _folder_key(folder: Path) -> str:
    return digest(os.path.realpath(folder))[:24]


class Cache:
    """Content-addressed results of one version of the code: the key says all that the value depends on.

    Values are bytes with their own sha256 before them, so that a damaged entry counts as absent.
    """

    def __init__(self, root: Path, version: str) -> None:
        self.root = root / "cache" / version[:16]

    def path(self, kind: str, key: str) -> Path:
        """Name the file of an entry."""
        return self.root / kind / key[:2] / key

    def get(self, kind: str, key: str) -> bytes | None:
        """Return the value, or None where there is none (or a damaged one)."""
        path = self.path(kind, key)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        with suppress(OSError):
            os.utime(path)  # in use: what removes former results sees it
        checksum, value = data[:32], data[32:]
        return value if sha256(value).digest() == checksum else None

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep the value. Raises `OSError` where it cannot be written."""
        path = self.path(kind, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not flushed to the disk: what a power cut tears, the checksum finds.
        with _replacing(path, self.root) as stream:
            stream.write(sha256(value).digest() + value)

    def drop(self, kind: str, key: str) -> None:
        """Remove an entry, if it is there. Raises `OSError` where that is not allowed."""
        self.path(kind, key).unlink(missing_ok=True)

    def drop_older(self, kind: str, days: float) -> None:
        """Remove the entries of a kind that nobody has used for so long."""
        oldest = time.time() - days * 86_400
        for path in (self.root / kind).glob("*/*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def mark_used(self) -> None:
        """Note that this version of the code is in use, and drop what versions not used for a month left."""
        self.root.mkdir(parents=True, exist_ok=True)
        os.utime(self.root)
        remove_leftovers(self.root, older_than_seconds=3600)
        oldest = time.time() - _CACHE_DAYS * 86_400
        for folder in self.root.parent.iterdir():
            if folder.is_dir() and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
