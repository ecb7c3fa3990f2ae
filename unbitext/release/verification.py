"""Proving a release whole: its files by their digests, its TEI by grammar and rules, its formats by reading them."""

from collections.abc import Iterator
from pathlib import Path

from unbitext.release.census import EXCLUDED
from unbitext.release.checksums import SUMS, files_below, read_checksums
from unbitext.release.manifest import MANIFEST, Manifest, read_manifest
from unbitext.release.writing import ReleaseError, read_format
from unbitext.store import file_sha256
from unbitext.tei.validate import validate_paths
from unbitext.tei.violations import Violation


def is_release(path: Path) -> bool:
    """Whether a folder is, or was, a release."""
    return (path / MANIFEST).is_file() or (path / SUMS).is_file()


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


def _file_faults(folder: Path) -> Iterator[Violation]:
    try:
        listed = dict(read_checksums(folder))
    except OSError as error:
        raise ReleaseError(f"{folder / SUMS}: {error.strerror}; download the release again") from error
    for name in files_below(folder):
        digest = listed.pop(name, None)
        if digest is None:
            yield _fault(folder, name, "release-file-unlisted", f"{SUMS} does not list this file")
        elif file_sha256(folder / name) != digest:
            yield _fault(folder, name, "release-file-changed", f"{SUMS} has another digest")
    for name in sorted(listed):
        yield _fault(folder, name, "release-file-missing", f"{SUMS} lists a file that is not there")


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
            message = f"holds {found.rows or found.entries}, and not {wanted or report.entries}"
            yield _fault(folder, report.name, "release-rows-differ", message)
    excluded = folder / EXCLUDED
    if excluded.is_file():
        with excluded.open("rb") as stream:
            lines = sum(1 for _ in stream)
        if lines != manifest.census.excluded:
            message = f"holds {lines} rows, and not {manifest.census.excluded}"
            yield _fault(folder, EXCLUDED, "release-rows-differ", message)


def _fault(folder: Path, name: str, code: str, message: str) -> Violation:
    return Violation(file=str(folder / name), line=1, code=code, message=message)
