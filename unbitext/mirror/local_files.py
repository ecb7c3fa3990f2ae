"""The near end of a mirror: the files to be copied, and what their bytes are, remembered by size and time."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from schemas.base import Model
from schemas.mirror import MirroredFile
from schemas.settings import Settings
from unbitext.store import TEMPORARY, State, digest, file_sha256, write_file

_NAMED_BY_CONTENT = re.compile(r"fetched/.*\b([0-9a-f]{64})\.(?!json\Z)[a-z]+")


class _Known(Model):
    """A file's sha256, good as long as nothing of the rest has changed."""

    path: str
    size_bytes: int
    modified_ns: int
    inode: int
    sha256: str


class LocalFiles:
    """The folders that are mirrored, by the first component of the paths in the mirror."""

    def __init__(self, settings: Settings) -> None:
        self.folders = {
            "corpus": settings.out,
            "fetched": settings.data / "fetched",
            "kept": settings.data / "kept",
            "corrections": settings.corrections,
        }
        whose = digest(*(str(folder.resolve()) for folder in self.folders.values()))[:24]
        self._memory = State(settings.state).mirrors / f"{whose}.jsonl"

    def place(self, path: str) -> Path:
        """Give the file on this machine that a path of the mirror stands for."""
        part, _, rest = path.partition("/")
        return self.folders[part] / rest

    def root(self, path: str) -> Path:
        """Give the folder that a path of the mirror must stay in."""
        return self.folders[path.partition("/")[0]]

    def described(self) -> list[MirroredFile]:
        """Describe every file, sorted by path; only those that have changed since the last time are read.

        Links are not followed, and what a killed run left half written is none of them. Raises `OSError`.
        """
        before = {one.path: one for one in self._remembered()}
        now = [self._know(path, file, before.get(path)) for path, file in sorted(self._paths())]
        memory = b"".join(one.model_dump_json().encode() + b"\n" for one in now)
        write_file(self._memory, memory, durable=False)
        return [MirroredFile(path=one.path, sha256=one.sha256, size_bytes=one.size_bytes) for one in now]

    def _paths(self) -> Iterator[tuple[str, Path]]:
        for part, folder in self.folders.items():
            for file in folder.rglob("*"):
                if file.is_file() and not file.is_symlink() and TEMPORARY not in str(file.relative_to(folder)):
                    yield f"{part}/{file.relative_to(folder).as_posix()}", file

    def _know(self, path: str, file: Path, before: _Known | None) -> _Known:
        stat = file.stat()
        if before is not None and (before.size_bytes, before.modified_ns, before.inode) == (
            stat.st_size,
            stat.st_mtime_ns,
            stat.st_ino,
        ):
            return before
        # The store names a file by its bytes; whether they still are is seen when they are copied.
        named = _NAMED_BY_CONTENT.fullmatch(path)
        return _Known(
            path=path,
            size_bytes=stat.st_size,
            modified_ns=stat.st_mtime_ns,
            inode=stat.st_ino,
            sha256=named[1] if named else file_sha256(file),
        )

    def _remembered(self) -> Iterator[_Known]:
        try:
            for line in self._memory.read_bytes().splitlines():
                yield _Known.model_validate_json(line)
        except (FileNotFoundError, ValidationError):
            return  # torn by a power cut: what is missing is read again
