"""Proving a release whole: its files by their digests, its TEI by grammar and rules, its formats by reading them."""

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from unbitext.release.census import EXCLUDED
from unbitext.release.checksums import SUMS, files_below, read_checksums
from unbitext.release.croissant import CROISSANT
from unbitext.release.manifest import MANIFEST, Manifest, read_manifest
from unbitext.release.unpacking import unpacked
from unbitext.release.writing import ReleaseError, RowDigest, read_format
from unbitext.store import file_sha256
from unbitext.tei.validate import validate_paths
from unbitext.tei.violations import Violation


def is_release(path: Path) -> bool:
    """Whether a folder is, or was, a release."""
    return any((path / name).is_file() for name in (MANIFEST, SUMS, CROISSANT))


def verify_release(folder: Path) -> list[Violation]:
    """Return every fault of a release; none means that it is whole, and that all formats hold the same rows.

    Raises `ReleaseError` where its manifest or its digests cannot be read, `MissingExtraError` where a format cannot.
    """
    manifest = read_manifest(folder)
    found = list(_file_faults(folder))
    if (folder / "tei").is_dir():
        found.extend(validate_paths([folder]))
    found.extend(_row_faults(folder, manifest))
    return found


def verify_archive(archive: Path) -> list[Violation]:
    """Return every fault of a release that is packed; it is unpacked for it where temporary files go.

    Raises `ReleaseError` where it is damaged, and as `verify_release` does.
    """
    with unpacked(archive) as folder:
        return [
            each.model_copy(update={"file": f"{archive}/{Path(each.file).relative_to(folder.parent).as_posix()}"})
            for each in verify_release(folder)
        ]


def _file_faults(folder: Path) -> Iterator[Violation]:
    try:
        for name, listed, is_there in _merged(read_checksums(folder), files_below(folder)):
            if listed is None:
                yield _fault(folder, name, "release-file-unlisted", f"{SUMS} does not list this file")
            elif not is_there:
                yield _fault(folder, name, "release-file-missing", f"{SUMS} lists a file that is not there")
            elif file_sha256(folder / name) != listed:
                yield _fault(folder, name, "release-file-changed", f"{SUMS} has another digest")
    except FileNotFoundError as error:
        raise ReleaseError(f"{error.filename}: {error.strerror}; download the release again") from error


def _merged(listed: Iterator[tuple[str, str]], present: Iterator[str]) -> Iterator[tuple[str, str | None, bool]]:
    """Yield each name with the digest that the list has for it, and whether the file is there.

    Both are sorted by the parts of names. What stands in the list out of order counts as missing, and its file as
    unlisted.
    """
    every = merge(
        ((name.split("/"), 0, digest) for name, digest in listed), ((name.split("/"), 1, "") for name in present)
    )
    for parts, group in groupby(every, key=itemgetter(0)):
        found = list(group)
        digest = next((digest for _, source, digest in found if source == 0), None)
        yield "/".join(parts), digest, found[-1][1] == 1


def _row_faults(folder: Path, manifest: Manifest) -> Iterator[Violation]:
    for report in manifest.formats:
        if report.name == "tei":
            continue
        try:
            found = read_format(folder, report.name)
        except (OSError, ValueError, KeyError, SyntaxError) as error:
            yield _fault(folder, report.name, "release-rows-differ", f"cannot be read back: {error}")
            continue
        wanted = None if report.rows is None else manifest.census.rows
        if found.rows != wanted or found.entries != report.entries:
            message = f"holds {_told(found.rows, found.entries)}, and not {_told(wanted, report.entries)}"
            yield _fault(folder, report.name, "release-rows-differ", message)
    excluded = folder / EXCLUDED
    if excluded.is_file():
        with excluded.open("rb") as stream:
            lines = sum(1 for _ in stream)
        if lines != manifest.census.excluded:
            message = f"holds {lines} rows, and not {manifest.census.excluded}"
            yield _fault(folder, EXCLUDED, "release-rows-differ", message)


def _told(rows: RowDigest | None, entries: int | None) -> str:
    return f"{entries} entries" if rows is None else f"{rows.rows} rows (digest {rows.digest})"


def _fault(folder: Path, name: str, code: str, message: str) -> Violation:
    return Violation(file=str(folder / name), line=1, code=code, message=message)
