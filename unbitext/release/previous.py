"""The release before: the newest in a folder of releases."""

import re
from pathlib import Path

from unbitext.release.manifest import MANIFEST

_PIECE = re.compile(r"\d+|[A-Za-z]+")


def previous_release(out: Path, version: str) -> Path | None:
    """Find the release of the highest version below `version` in a folder; None where there is none."""
    own = version_key(version)
    found = [path.parent for path in out.glob(f"*/{MANIFEST}") if version_key(path.parent.name) < own]
    return max(found, key=lambda path: version_key(path.name), default=None)


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """What versions are ordered by: numbers as numbers, and before them words, so that 1.0rc1 comes before 1.0.1.

    A version that goes on with a word comes before the one that ends there: 1.0rc1 before 1.0.
    """
    pieces = _PIECE.findall(version)
    return (*((1, int(piece), "") if piece.isdecimal() else (-1, 0, piece.casefold()) for piece in pieces), (0, 0, ""))
