"""Letting a new corpus take the place of the former one at one stroke.

The new `tei` folder is completed beside the old one, on the same disk, and the two change places: a full disk or a kill
before that leaves the corpus as it was, after it the corpus is the new one, and no reader meets a mixture. Files whose
bytes are the same are linked, not written, so that they stay untouched.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from unbitext.store import TEMPORARY, CorpusFolder, write_file

_TEI = "tei"
_NEW = f"{TEMPORARY}new"
_OLD = f"{TEMPORARY}old"
_AT_WORKING_DIRECTORY = -100
_RENAME_EXCHANGE = 2


def publish(corpus: CorpusFolder, staged: Path, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Make the corpus hold exactly these files of the folder `staged`; return which changed and which were removed.

    Files that a person put into the folder stay. Only under the folder's lock. Raises `OSError` where the new files
    cannot be written; the corpus is then as it was.
    """
    recover(corpus)
    changed = sorted(name for name in names if not _same(corpus.root / name, staged / name))
    removed = sorted(set(corpus.names()) - set(names))
    new = corpus.root / _NEW
    try:
        if any(name != corpus.REPORT for name in (*changed, *removed)):
            _complete(new, corpus, staged, [name for name in names if name != corpus.REPORT], set(changed))
            _exchange(new / _TEI, corpus.root / _TEI, corpus.root / _OLD)
        write_file(corpus.root / corpus.REPORT, (staged / corpus.REPORT).read_bytes())
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(corpus.root / _OLD, ignore_errors=True)
    return changed, removed


def recover(corpus: CorpusFolder) -> None:
    """Clear away what a killed build left in the folder; only under the folder's lock."""
    old, tei = corpus.root / _OLD, corpus.root / _TEI
    if old.exists() and not tei.exists():
        old.rename(tei)
    for leftover in (old, corpus.root / _NEW):
        shutil.rmtree(leftover, ignore_errors=True)
    corpus.remove_leftovers()


def _same(path: Path, staged: Path) -> bool:
    with suppress(FileNotFoundError, NotADirectoryError):
        return path.stat().st_size == staged.stat().st_size and path.read_bytes() == staged.read_bytes()
    return False


def _complete(new: Path, corpus: CorpusFolder, staged: Path, names: Sequence[str], changed: set[str]) -> None:
    (new / _TEI).mkdir(parents=True)
    for name in names:
        if name in changed:
            write_file(new / name, (staged / name).read_bytes())
        else:
            _link(corpus.root / name, new / name)
    ours = {*names, *corpus.names()}
    for path in sorted((corpus.root / _TEI).rglob("*")):
        name = path.relative_to(corpus.root).as_posix()
        if name not in ours and not path.is_dir():
            _link(path, new / name)


def _link(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK):
            raise
        shutil.copy2(path, target, follow_symlinks=False)  # a file system without links


def _exchange(new: Path, place: Path, aside: Path) -> None:
    """Put the folder `new` in its place; what was there goes to where `new` was, or aside."""
    if not place.exists():
        new.rename(place)
    elif not _exchanged(new, place):
        place.rename(aside)
        new.rename(place)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can (Linux, most file systems)."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    here = _AT_WORKING_DIRECTORY
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), _RENAME_EXCHANGE) == 0)
