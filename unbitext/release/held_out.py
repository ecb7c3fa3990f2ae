"""Lists of documents that are held out of training."""

import json
from pathlib import Path

from parsers.readers.files import read_regular
from unbitext.release.writing import ReleaseError

_MOST_BYTES = 64 * 1024 * 1024

_KEYS = ("pair", "document", "source_document", "target_document", "docid", "symbol")


def read_held_out(path: Path) -> tuple[str, ...]:
    """Read ids of pairs or documents (`STEM.zh-en`, `STEM.zh`) or symbols, one a line, sorted and without doubles.

    A line is the name, or a table's row that begins with it, or a JSON object that has it as `pair`, `document`,
    `source_document`, `target_document`, `docid` or `symbol`. Empty lines and those that begin with `#` do not count.
    Raises `ReleaseError` for a file that cannot be read or names nothing.
    """
    try:
        lines = read_regular(path, _MOST_BYTES).decode("utf-8").splitlines()
    except OSError as error:
        raise ReleaseError(f"{path} cannot be read as a list of documents: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{path} is no list of documents: it is not UTF-8") from error
    names = {name for line in lines for name in _names(line.strip(), path)}
    if not names:
        raise ReleaseError(f"{path} names no document")
    return tuple(sorted(names))


def _names(line: str, path: Path) -> list[str]:
    if not line or line.startswith("#"):
        return []
    if not line.startswith("{"):
        return [line.partition("\t")[0]]
    try:
        found = json.loads(line)
    except ValueError as error:
        raise ReleaseError(f"{path}: {line[:40]!r} is no JSON: {error}") from error
    return [found[key] for key in _KEYS if isinstance(found.get(key), str)]
