"""What errors of SQLite mean: for a disk that is full, read-only, or takes no larger file it has names of its own."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, getrlimit

_ERRNO = {"SQLITE_FULL": errno.ENOSPC, "SQLITE_READONLY": errno.EROFS, "SQLITE_CANTOPEN": errno.EACCES}


def disk_errno(error: sqlite3.Error) -> int | None:
    """Give the number of the system's error that most likely lies behind one of a database; None for no such error.

    SQLite does not tell a limit on the size of files from a fault of the disk: an I/O error is the first where there
    is a limit.
    """
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_IOERR"):
        return errno.EIO if getrlimit(RLIMIT_FSIZE)[0] == RLIM_INFINITY else errno.EFBIG
    return next((number for prefix, number in _ERRNO.items() if name.startswith(prefix)), None)


@contextmanager
def as_disk_errors(place: Path) -> Iterator[None]:
    """Raise an error of SQLite that is one of the disk as the `OSError` that it means, which names `place`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if (number := disk_errno(error)) is None:
            raise
        raise OSError(number, os.strerror(number), str(place)) from error
