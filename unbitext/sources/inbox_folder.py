"""What lies in the watched folder: which files can be taken, and why the others stay."""

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from schemas.settings import Settings
from unbitext.inputs import READ_SUFFIXES
from unbitext.sources.wholeness import is_being_written, is_whole_file

TAKEN = "taken"
"""The folder below for files that were dealt with."""

_DOWNLOADING = frozenset({".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp"})
_KINDS = "PDF (.pdf), Word (.docx, .doc) or text (.txt)"

Stamp = tuple[int, int, int, int]
"""Size, time of change, time of change of the entry, inode: one of them differs where anything was written."""


class Patience(NamedTuple):
    """How long a file must be at rest, in seconds: one that is whole, one whose end is missing; and its most bytes."""

    still: float
    unfinished: float
    largest_bytes: int

    @classmethod
    def of(cls, settings: Settings) -> "Patience":
        """Take it from the settings."""
        return cls(settings.still_seconds, settings.unfinished_seconds, settings.largest_megabytes * 1024 * 1024)


class Lying(NamedTuple):
    """One entry of the folder. `reason` says why it stays, null where it can be taken.

    `is_moving` where it may be at rest a moment later; `stamp` then tells whether it was.
    """

    path: Path
    reason: str | None = None
    is_moving: bool = False
    stamp: Stamp | None = None


def shown_name(path: Path) -> str:
    """The name of a file as it can be written down: bytes that are no text, and control characters, are marked."""
    return "".join(character if character.isprintable() else "\ufffd" for character in path.name)


def stamp_of(path: Path) -> Stamp:
    """Tell by what a change of the file is known. Raises `OSError`."""
    found = path.lstat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def lying(folder: Path, patience: Patience, now: float) -> Iterator[Lying]:
    """Look at each entry of the folder, by name; hidden ones, and what was dealt with, are passed over.

    `now` is in seconds since 1970. Raises `OSError` where the folder cannot be read.
    """
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and path.name != TAKEN:
            yield look(path, patience, now)


def look(path: Path, patience: Patience, now: float, *, before: Stamp | None = None) -> Lying:
    """Look at one entry; `before` is its stamp some time ago: where it is the same, the file is at rest."""
    try:
        reason = _never(path, patience)
        return Lying(path, reason) if reason else _by_time(path, patience, now, before)
    except FileNotFoundError:
        return Lying(path, "it is gone")
    except OSError as error:
        return Lying(path, f"it cannot be read ({error.strerror}): see to its permissions")


def _never(path: Path, patience: Patience) -> str | None:
    """Why a file is not taken however long it lies there."""
    suffix = path.suffix.lower()
    if path.is_symlink():
        # It would make the program read, and publish, whatever file it points to.
        return "it is a link, and links are not followed: drop the file itself"
    found = path.lstat()
    if path.is_dir():
        return "it is a folder, and folders are not looked into: drop its files one by one"
    if not S_ISREG(found.st_mode):
        return "it is a pipe, a socket or a device, and no file"
    if suffix in _DOWNLOADING:
        return f"{suffix} is the name of a file that is still being downloaded"
    if suffix not in READ_SUFFIXES:
        kind = f"{suffix} files are not read" if suffix else "its name has no ending that tells its kind"
        return f"{kind}: drop it as {_KINDS}"
    if found.st_size > patience.largest_bytes:
        most = patience.largest_bytes // (1024 * 1024)
        return f"it is larger than the {most} MB that are taken (UNBITEXT_LARGEST_MEGABYTES)"
    if not os.access(path, os.R_OK):
        return "it may not be read: see to its permissions"
    return None


def _by_time(path: Path, patience: Patience, now: float, before: Stamp | None) -> Lying:
    """Whether a file is at rest; where clocks differ, as those of a file server may, only a second look tells."""
    stamp = stamp_of(path)
    # Some programs set the time of change of what they copy to that of the original before they are done.
    age = now - max(stamp[1], stamp[2]) / 1e9
    is_still = age >= patience.still if before is None else stamp == before
    if not is_still or is_being_written(path):
        return Lying(path, "it changed a moment ago: it is taken once it is at rest", is_moving=True, stamp=stamp)
    if not is_whole_file(path) and abs(age) < patience.unfinished:
        wait = f"it is taken once it has not changed for {patience.unfinished:g} s (UNBITEXT_UNFINISHED_SECONDS)"
        return Lying(path, f"its end is missing, as while it is being copied: {wait}")
    return Lying(path, stamp=stamp)
