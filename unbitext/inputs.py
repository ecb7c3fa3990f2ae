"""What a build is given: files and folders."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from schemas.base import Model
from unbitext.file_names import name_claim
from unbitext.outcome import Refused
from unbitext.records import InputFile
from unbitext.store import file_sha256

READ_SUFFIXES = (".pdf", ".docx", ".doc", ".txt")
"""The files of a folder that are read, the fullest format first; what each is, its content says."""

_OTHER_DOCUMENTS = frozenset({".odt", ".rtf", ".wpd", ".htm", ".html"})


class InputError(ValueError):
    """An input that cannot be used at all; the message names it and says what to give instead."""


class Inputs(Model):
    """The documents that were found, sorted by label; those that cannot be read; how many files were passed over."""

    files: tuple[InputFile, ...]
    refused: tuple[Refused, ...] = ()
    passed_over: int = 0


def _files_below(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files in a folder and the folders below, sorted; and those folders that cannot be read, with the reason."""
    closed: list[tuple[Path, str]] = []

    def note(error: OSError) -> None:
        closed.append((Path(error.filename), error.strerror or str(error)))

    files = [Path(where) / name for where, _, names in os.walk(folder, onerror=note) for name in names]
    return sorted(file for file in files if file.is_file()), closed


def find_inputs(paths: Sequence[Path]) -> Inputs:
    """Find the documents in these files and folders (and the folders below).

    Of a folder, text, PDF and Word files (`READ_SUFFIXES`) are read, other documents refused, and the rest passed over,
    hidden files among it. Of files that differ in the suffix alone and are named after a symbol and a language, one is
    read, the PDF before the Word file before the text: the UN publishes one document in several formats. A file that is
    given by its name is read whatever its name. One that comes twice counts once.

    Raises `InputError` for a path that does not exist and for inputs without any document.
    """
    found: dict[Path, tuple[str, Path, str]] = {}
    refused: list[Refused] = []
    passed_over = 0
    for path in paths:
        if path.is_file():
            found.setdefault(path.resolve(), (path.name, path, path.resolve().parent.name))
            continue
        if not path.is_dir():
            what = "this is a pipe or a device, no file" if path.exists() else "no such file or folder"
            raise InputError(f"{path}: {what}; check the path")
        files_below, closed = _files_below(path)
        for folder_closed, why in closed:
            label = folder_closed.relative_to(path).as_posix()
            refused.append(Refused.of(label, "file-unreadable", f"the folder cannot be read: {why}"))
        forms = _forms(file.relative_to(path) for file in files_below)
        for file in files_below:
            label, suffix = file.relative_to(path).as_posix(), file.suffix.lower()
            if _is_hidden(Path(label)) or (suffix in READ_SUFFIXES and forms.get(file.stem, suffix) != suffix):
                passed_over += 1
            elif suffix in READ_SUFFIXES:
                found.setdefault(file.resolve(), (label, file, path.resolve().name))
            elif suffix in _OTHER_DOCUMENTS:
                refused.append(Refused.of(label, "unsupported-format", f"{suffix[1:]} files are not read"))
            else:
                passed_over += 1
    if not found and not refused:
        kinds = " or ".join(READ_SUFFIXES)
        named = ", ".join(map(str, paths))
        raise InputError(f"{named}: no documents; give files, or a folder that holds {kinds} files")
    labels = Counter(label for label, _, _ in found.values())
    files: list[InputFile] = []
    for below, path, folder in sorted(found.values()):
        label = f"{folder}/{below}" if labels[below] > 1 else below
        try:
            files.append(InputFile(path=path, label=label, sha256=file_sha256(path), size_bytes=path.stat().st_size))
        except OSError as error:
            refused.append(unreadable(label, error))
    return Inputs(
        files=tuple(files), refused=tuple(sorted(refused, key=lambda one: one.label)), passed_over=passed_over
    )


def _forms(files: Iterable[Path]) -> dict[str, str]:
    """The suffix that is read, by name without suffix, for names that say symbol and language."""
    forms: dict[str, str] = {}
    for file in files:
        claim, suffix = name_claim(file.name), file.suffix.lower()
        if suffix in READ_SUFFIXES and claim.symbol and claim.language and not _is_hidden(file):
            forms[file.stem] = min(forms.get(file.stem, suffix), suffix, key=READ_SUFFIXES.index)
    return forms


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def unreadable(label: str, error: OSError) -> Refused:
    """Say that a file cannot be read."""
    return Refused.of(label, "file-unreadable", f"the file cannot be read: {error.strerror}")
