"""The far end of a mirror: files by name below an address, each written whole or not at all.

    objects/ab/abcd...      the bytes, by their sha256
    manifest.jsonl          which file of the corpus has which bytes

The manifest is written last.
"""

# ruff: noqa: PLC0415 - fsspec is imported where there is an address to open

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from unbitext.mirror.errors import MirrorError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

MANIFEST = "manifest.jsonl"
OBJECTS = "objects"

_PUT_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"})
"""Stores in which a name is there with all its bytes or not at all; elsewhere a file is written beside and renamed."""

_EXTRAS = {"s3": "s3", "s3a": "s3"}


def object_name(sha256: str) -> str:
    """Name the object that holds these bytes."""
    return f"{OBJECTS}/{sha256[:2]}/{sha256}"


def shown_url(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


class Remote:
    """Files below an address; every failure of the other side is a `MirrorError` that names the address."""

    def __init__(self, url: str) -> None:
        """Open an address of fsspec (`s3://bucket/folder`, `file:///mnt/backup`) or a folder; asks nobody yet."""
        from fsspec.core import split_protocol, url_to_fs

        self.url = shown_url(url)
        protocol = split_protocol(url)[0] or "file"
        with self._reached():
            try:
                # Another run may have written since: what is there is asked for, never remembered.
                opened: tuple[AbstractFileSystem, str] = url_to_fs(url, use_listings_cache=False)
            except ImportError as error:
                extra = _EXTRAS.get(protocol)
                remedy = f"install it with: pip install 'unbitext[{extra}]'" if extra else str(error)
                raise MirrorError(f"{self.url} needs a package that is not installed: {remedy}") from error
            except ValueError as error:
                raise MirrorError(f"{self.url} is no address that can be mirrored to: {error}") from error
        self._files, root = opened
        self._root = root.rstrip("/")
        self._is_put_whole = protocol in _PUT_WHOLE

    def read(self, name: str) -> bytes | None:
        """Give the bytes of a file; None where there is none."""
        return self.read_all([name]).get(name)

    def read_all(self, names: Sequence[str]) -> dict[str, bytes]:
        """Give the bytes of files, at once where the store can; those that are not there are left out."""
        paths = {self._path(name): name for name in names}
        if not paths:
            return {}
        with self._reached():
            found = self._files.cat(list(paths), on_error="return")
        # One path alone may come back by itself, and paths with or without the protocol's first slash.
        if not isinstance(found, dict):
            found = {next(iter(paths)): found}
        given = {}
        for path, value in found.items():
            name = paths.get(path) or paths["/" + path.lstrip("/")]
            if isinstance(value, (FileNotFoundError, NotADirectoryError)):
                continue
            with self._reached():
                if isinstance(value, BaseException):
                    raise value
            given[name] = bytes(value)
        return given

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Write files, at once where the store can."""
        with self._reached():
            if self._is_put_whole:
                self._files.pipe({self._path(name): data for name, data in files.items()})
                return
            for name, data in files.items():
                path = self._path(name)
                self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
                beside = f"{path}.part-{os.getpid()}"
                self._files.pipe_file(beside, data)
                self._files.mv(beside, path)

    def sizes(self, folder: str) -> dict[str, int]:
        """Give the size in bytes of each file in a folder by its name below the address; no folder holds none."""
        return {name: size for name, kind, size in self._listed(folder) if kind == "file"}

    def folders(self, folder: str) -> list[str]:
        """List the folders in a folder, sorted, by their names below the address."""
        return sorted(name for name, kind, _ in self._listed(folder) if kind == "directory")

    def remove(self, names: Sequence[str]) -> None:
        """Remove files."""
        with self._reached():
            for name in names:
                self._files.rm_file(self._path(name))

    def _listed(self, folder: str) -> Iterator[tuple[str, str, int]]:
        """Yield name, kind and size of what is in a folder."""
        with self._reached():
            try:
                listed = self._files.ls(self._path(folder), detail=True)
            except FileNotFoundError:
                return
        for entry in listed:
            yield f"{folder}/{entry['name'].rstrip('/').rpartition('/')[2]}", entry["type"], entry["size"]

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except MirrorError:
            raise
        # Each store has errors of its own, and few of them are an OSError.
        except Exception as error:
            raise MirrorError(f"{self.url}: {type(error).__name__}: {error}") from error
