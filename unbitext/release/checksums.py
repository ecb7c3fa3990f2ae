"""`SHA256SUMS`: the digest of every file of a release, in the form that `sha256sum --check` reads."""

import os
from collections.abc import Iterator
from pathlib import Path

from unbitext.store import file_sha256

SUMS = "SHA256SUMS"


def files_below(folder: Path) -> Iterator[str]:
    """Yield the names of all files of a release but `SHA256SUMS`, with `/`, sorted folder by folder."""
    # Names and not paths, which are three times as large: a folder may have a hundred thousand.
    for entry in sorted(os.listdir(folder)):
        path = folder / entry
        if path.is_dir() and not path.is_symlink():
            yield from (f"{entry}/{name}" for name in files_below(path))
        elif entry != SUMS:
            yield entry


def write_checksums(folder: Path) -> None:
    """Write `SHA256SUMS`."""
    with (folder / SUMS).open("x", encoding="utf-8", newline="\n") as stream:
        for name in files_below(folder):
            stream.write(f"{file_sha256(folder / name)}  {name}\n")


def read_checksums(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and digest as the file has them. Raises `OSError` where it cannot be read."""
    with (folder / SUMS).open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            digest, _, name = line.rstrip("\n").partition("  ")
            yield name, digest
