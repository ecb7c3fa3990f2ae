"""A release as one file: `V.tar.bz2`, beside its folder.

Bytes are the same on any machine: names sorted, no owners, no times but SOURCE_DATE_EPOCH. bzip2 and not gzip, for
deflate's output depends on which zlib a machine has, and bzip2 has one implementation.
"""

import bz2
import os
import tarfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, cast

from unbitext.release.checksums import SUMS, files_below

_CHUNK_BYTES = 2_690_000
"""Compressed by itself: three of bzip2's largest blocks, so that processors share the work without loss."""


def write_archive(release: Path, archive: Path, jobs: int) -> None:
    """Pack the folder of a release, under its name; the file must not exist yet."""
    with archive.open("xb") as stream, ThreadPoolExecutor(jobs) as pool:
        compressor = _Compressor(stream, pool, jobs)
        with tarfile.open(
            fileobj=cast(BinaryIO, compressor), mode="w|", format=tarfile.PAX_FORMAT, bufsize=1 << 20
        ) as tar:
            for name in (*files_below(release), SUMS):
                path = release / name
                member = tarfile.TarInfo(f"{release.name}/{name}")
                member.size = path.stat().st_size
                member.mode = 0o644
                member.mtime = _mtime()
                with path.open("rb") as content:
                    tar.addfile(member, content)
                # Kept for reading back, which nobody does here: a kilobyte a file.
                tar.members.clear()  # type: ignore[attr-defined]  # typeshed leaves it out
        compressor.finish()


def _mtime() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdecimal() else 0


class _Compressor:
    """Takes bytes in any pieces and writes bzip2 streams of `_CHUNK_BYTES` each, one after the other."""

    def __init__(self, stream: BinaryIO, pool: ThreadPoolExecutor, jobs: int) -> None:
        self._stream = stream
        self._pool = pool
        self._most_waiting = 2 * jobs
        self._held = bytearray()
        self._waiting: list[Future[bytes]] = []

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) >= _CHUNK_BYTES:
            self._submit(bytes(self._held[:_CHUNK_BYTES]))
            del self._held[:_CHUNK_BYTES]
        return len(data)

    def _submit(self, data: bytes) -> None:
        self._waiting.append(self._pool.submit(bz2.compress, data, 9))
        if len(self._waiting) > self._most_waiting:
            self._stream.write(self._waiting.pop(0).result())

    def finish(self) -> None:
        if self._held:
            self._submit(bytes(self._held))
        for waiting in self._waiting:
            self._stream.write(waiting.result())
