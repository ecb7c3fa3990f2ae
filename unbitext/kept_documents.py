"""Which files are whose: a note for each document in one language, beside the store of fetched files.

    data/kept/ab/CD_PV.1511.zh.json     `KeptDocument`; ab are the first digits of the sha256 of the name

The notes are what the catalogue is made anew from. Each is written whole before the catalogue hears of it.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from schemas.catalogue import KeptDocument
from schemas.document import Language
from schemas.fetching import FetchedFile
from schemas.findings import Finding
from schemas.ids import symbol_to_stem
from unbitext.store import digest, write_file

_LONGEST_NAME = 200


class KeptDocuments:
    """The notes below `root` (`data/kept`)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, symbol: str, language: Language) -> Path:
        """Name the note of a document."""
        name = f"{symbol_to_stem(symbol)}.{language}"
        key = digest(name)
        return self.root / key[:2] / f"{name if len(name) <= _LONGEST_NAME else key}.json"

    def get(self, symbol: str, language: Language) -> KeptDocument | None:
        """Return the note; None where there is none, or one that cannot be read."""
        return _read(self.path(symbol, language))

    def all(self) -> Iterator[KeptDocument]:
        """Yield all notes that can be read."""
        for path in self._paths():
            if (note := _read(path)) is not None:
                yield note

    def damaged(self) -> Iterator[Path]:
        """Yield the notes that cannot be read."""
        return (path for path in self._paths() if _read(path) is None)

    def keep(
        self,
        symbol: str,
        language: Language,
        origin: str,
        file: FetchedFile,
        word: FetchedFile | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> KeptDocument:
        """Note which files stand for a document; a file that is replaced stays known. Return what is noted now.

        Nothing changes where the files are those that are known. Raises `OSError` where it cannot be written.
        """
        before = self.get(symbol, language)
        note = KeptDocument(symbol=symbol, language=language, origin=origin, file=file, word=word, findings=findings)
        if before is not None:
            same = before.file.sha256 == file.sha256
            note = note.model_copy(
                update={
                    "origin": before.origin,
                    "file": before.file if same else file,
                    "word": before.word if _same(before.word, word) or (same and word is None) else word,
                    "earlier": before.earlier if same else (*before.earlier, before.file),
                }
            )
        if note != before:
            self.write(note)
        return note

    def write(self, note: KeptDocument) -> Path:
        """Write a note as it is; return its file. Raises `OSError` where it cannot be written."""
        path = self.path(note.symbol, note.language)
        data = note.model_dump_json(indent=1, exclude_none=True).encode() + b"\n"
        write_file(path, data, through=self.root)
        return path

    def _paths(self) -> list[Path]:
        return sorted(self.root.glob("*/*.json"))


def _same(one: FetchedFile | None, other: FetchedFile | None) -> bool:
    return one is not None and other is not None and one.sha256 == other.sha256


def _read(path: Path) -> KeptDocument | None:
    try:
        return KeptDocument.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None
