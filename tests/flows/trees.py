"""Folders compared byte by byte."""

from pathlib import Path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def times(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file of a folder was changed, and which file it is."""
    found = {}
    for path in folder.rglob("*"):
        status = path.stat()
        found[path.relative_to(folder).as_posix()] = (status.st_mtime_ns, status.st_ino)
    return found
