"""Putting a folder together out of sight, and letting it appear under its name in one step.

What a killed run left is cleared away by the next. Files that are the same as in a previous release are linked to it:
they cost no room, and nobody has to copy them again.
"""

import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from unbitext.release.checksums import read_checksums
from unbitext.store import TEMPORARY, CorpusFolder

Sums = Iterator[tuple[str, str]]


@contextmanager
def staging(parent: Path) -> Iterator[Path]:
    """Make an empty folder in `parent`, whose lock has to be held; it goes afterwards, with what is left in it."""
    folder = parent / f"{TEMPORARY}release"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish_folder(staged: Path, target: Path) -> None:
    """Give a complete folder its name. Raises `OSError` where something of that name is there and holds anything."""
    # Once for all: a release has more files than are worth flushing one by one.
    os.sync()
    staged.rename(target)


def copy_tei(corpus: Path, folder: Path) -> None:
    """Copy the TEI files of a corpus to `folder/tei`, and nothing that a person put beside them."""
    names = [name for name in CorpusFolder(corpus).names() if name != CorpusFolder.REPORT]
    for parent in sorted({(folder / name).parent for name in names}):
        parent.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(corpus / name, folder / name)


def link_unchanged(folder: Path, previous: Path) -> int:
    """Replace files by links to the same ones of a previous release; return how many.

    Both have their `SHA256SUMS`. The bytes are compared, for somebody may have changed the previous release.
    """
    linked = 0
    for name in _in_both(read_checksums(folder), read_checksums(previous)):
        path, other = folder / name, previous / name
        if other.is_file() and not other.is_symlink() and filecmp.cmp(path, other, shallow=False):
            temporary = path.with_name(f"{TEMPORARY}link")
            try:
                os.link(other, temporary)
            except OSError as error:
                if error.errno in (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV):
                    return linked  # a file system without links, or another one
                raise
            temporary.replace(path)
            linked += 1
    return linked


def _in_both(ours: Sums, theirs: Sums) -> Iterator[str]:
    """Names that both lists have with the same digest. Both are sorted by the parts of the names."""
    end = ("\U0010ffff", "")
    other, digest = next(theirs, end)
    for name, own in ours:
        while _parts(other) < _parts(name):
            other, digest = next(chain(theirs, [end]))
        if (other, digest) == (name, own):
            yield name


def _parts(name: str) -> list[str]:
    return name.split("/")
