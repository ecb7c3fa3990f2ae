"""Text files that writers fill, in UTF-8 with line feeds whatever the machine; opened when the first line comes."""

from pathlib import Path
from typing import TextIO

from unbitext.export.records import Shards, Split


class TextFiles:
    """Files by name below a folder. `close` ends each with what it was given as its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, TextIO] = {}
        self._ends: dict[str, str] = {}

    def write(self, name: str, text: str, *, start: str = "", end: str = "") -> None:
        """Append to a file; a new one begins with `start`, and will end with `end`."""
        stream = self._open.get(name)
        if stream is None:
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = self._open[name] = path.open("x", encoding="utf-8", newline="\n")
            self._ends[name] = end
            stream.write(start)
        stream.write(text)

    def close(self) -> None:
        """Complete and close all files."""
        for name, stream in self._open.items():
            with stream:
                stream.write(self._ends[name])
        self._open.clear()


class ShardFiles:
    """The files of the shard at hand, one a split; the ones before are complete."""

    def __init__(self, folder: Path, shards: Shards, suffix: str) -> None:
        self._files = TextFiles(folder)
        self._shards = shards
        self._suffix = suffix
        self._shard = -1

    def write(self, split: Split, shard: int, text: str) -> None:
        """Append to the file of a split in a shard; shards come in order."""
        if shard != self._shard:
            self._files.close()
            self._shard = shard
        self._files.write(f"{self._shards.file_stem(split, shard)}{self._suffix}", text)

    def close(self) -> None:
        """Complete the last files."""
        self._files.close()
