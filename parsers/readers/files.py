"""Reading a file that somebody named: never waiting for one, and never reading without end."""

import errno
import os
from pathlib import Path
from stat import S_ISREG


class NoRegularFileError(OSError):
    """What the path leads to is a folder, a pipe, a socket or a device; the message says what to give instead."""


class LongFileError(OSError):
    """A file has more bytes than are read of its kind."""


def read_regular(path: Path, most: int, *, through_links: bool = True) -> bytes:
    """Read a regular file of at most `most` bytes; of a longer one no more than a byte beyond them is read.

    Raises `LongFileError` for such, `NoRegularFileError` for what is none (opening a pipe would wait for a writer,
    `/dev/zero` has no end), `OSError` as usual, also for a link where it is not `through_links`.
    """

    def opened(name: str, flags: int) -> int:
        # Non-blocking: opening a pipe must come back, so that there is something to look at.
        return os.open(name, flags | os.O_NONBLOCK | (0 if through_links else os.O_NOFOLLOW))

    try:
        with open(path, "rb", opener=opened) as stream:
            found = os.fstat(stream.fileno())
            if not S_ISREG(found.st_mode):
                raise NoRegularFileError(errno.EINVAL, "this is a pipe or a device, not a file", str(path))
            data = stream.read(min(found.st_size, most) + 1)
    except IsADirectoryError as error:
        raise NoRegularFileError(errno.EISDIR, "this is a folder, not a file", str(path)) from error
    if len(data) > most:
        raise LongFileError(errno.EFBIG, f"it has more than {most:,} bytes", str(path))
    return data
