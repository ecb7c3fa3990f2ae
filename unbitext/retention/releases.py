"""What releases refer to: a list for each release, beside the notes on whose file is whose.

    data/kept/released/1.0-3f2a....txt     a line that names the release; then the sha256 of its documents' files

It stays when the release is moved or published, and when the state folder is lost: removing the list, by hand, gives
the files free.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from unbitext.retention.errors import UncertainError
from unbitext.store import digest, write_file

_FOLDER = "released"
_LINE = re.compile(r"[0-9a-f]{64}")


def note_release(data: Path, release: Path, sources: Iterable[str]) -> Path:
    """List the files that a release rests on, before it appears; return the list. Raises `OSError`."""
    lines = [f"# {release.name}: {release}", *sorted(set(sources))]
    path = data / "kept" / _FOLDER / f"{release.name}-{digest(str(release.resolve()))[:12]}.txt"
    write_file(path, "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    return path


def released_sources(data: Path) -> Iterator[str]:
    """Yield the sha256 of all files that releases rest on. Raises `UncertainError` for a list that is none."""
    for path in sorted((data / "kept" / _FOLDER).glob("*.txt")):
        head, *lines = path.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
        if not head.startswith("# ") or not all(_LINE.fullmatch(line) for line in lines):
            raise UncertainError(f"{path} does not list what a release rests on: bring it back, or remove it")
        yield from lines
