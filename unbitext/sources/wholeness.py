"""Whether the end of a file is there, and whether somebody is still writing it."""

import errno
import fcntl
import os
import signal
from pathlib import Path

_PDF, _PDF_REACH = b"%PDF", 2048
_ZIP, _ZIP_REACH = b"PK\x03\x04", 65_536 + 22
"""The end of a zipped file may be followed by a comment of 64 KB."""


def is_whole(data: bytes) -> bool:
    """Whether the end of a PDF or of a zipped file is there; other kinds do not tell."""
    return _ends(data[:4], data[-_ZIP_REACH:])


def is_whole_file(path: Path) -> bool:
    """Whether the end of a file is there, as far as its kind tells. Raises `OSError` where it cannot be read."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if not start.startswith((_PDF, _ZIP)):
            return True
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _ZIP_REACH))
        return _ends(start, stream.read(_ZIP_REACH))


def _ends(start: bytes, tail: bytes) -> bool:
    if start == _PDF:
        return b"%%EOF" in tail[-_PDF_REACH:]
    return start != _ZIP or b"PK\x05\x06" in tail


def is_being_written(path: Path) -> bool:
    """Whether a program of this machine has a file open for writing; false where the system does not tell.

    Linux tells it by refusing a lease, to the file's owner and to root, on local file systems.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        # Whoever opens the file in the moment of the lease breaks it. The signal that tells of that ends a process,
        # unless it is one that is ignored where nobody asks for it.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False
