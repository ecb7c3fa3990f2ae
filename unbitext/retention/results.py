"""Former outputs: what the cache holds of documents and pairs that no corpus of this state folder rests on any longer.

They can be made anew, so that nothing is lost with them but time.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from unbitext.outcome import RESULT_DIGITS, BuildRecord
from unbitext.store import State


class Result(NamedTuple):
    """A file of the cache."""

    path: Path
    size_bytes: int


def former_results(state: State, now: datetime, keep: timedelta) -> list[Result]:
    """Find the results that no build that is recorded rests on, and that nobody has used for so long.

    What a build at work has looked up or made is younger than any policy. Raises `OSError`.
    """
    used = set(_used(state))
    if not used:
        return []  # records that name no results are of another version of the program
    oldest = (now - keep).timestamp()
    # Of other versions of the code the cache itself disposes.
    found = []
    for path in sorted((state.root / "cache").glob("*/*/??/*")):
        with suppress(FileNotFoundError):
            status = os.stat(path)
            if path.name[:RESULT_DIGITS] not in used and status.st_mtime < oldest:
                found.append(Result(path, status.st_size))
    return found


def _used(state: State) -> Iterator[str]:
    for path in state.records():
        with suppress(ValueError):
            yield from BuildRecord.model_validate_json(path.read_bytes()).results
