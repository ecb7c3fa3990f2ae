"""Tables, tab-separated with a header: `documents.tsv`, `speeches.tsv`, `segments.tsv`.

Quoted as Python's csv and pandas do (a field with a quotation mark is quoted, marks doubled). A list is its members
joined by spaces, or by ` | ` where a member may have spaces; what is not known is an empty field.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from schemas.base import Model
from unbitext.export.files import TextFiles
from unbitext.export.formats import Destination, Writer
from unbitext.export.records import DocumentRecord, DocumentRow, PairRecord, ReadRow, Row, SpeechRow

DIFFERENCE = "segments.tsv holds the rows; documents.tsv and speeches.tsv hold all documents and all their speeches."
FIELDS = tuple(Row.model_fields)

_SPACED = frozenset({"symbols", "agenda_items"})


class FormatWriter(Writer):
    """Writes the three tables."""

    needs_documents = True

    def __init__(self, destination: Destination) -> None:
        super().__init__(destination)
        self._files = TextFiles(self.folder)

    def add_document(self, document: DocumentRecord) -> None:
        """Write it and its speeches."""
        self._add("documents.tsv", DocumentRow, [document.row])
        self._add("speeches.tsv", SpeechRow, document.speeches)

    def add_pair(self, pair: PairRecord) -> None:
        """Write its rows."""
        self._add("segments.tsv", Row, pair.rows)

    def close(self) -> None:
        """Complete the tables."""
        self._files.close()

    def _add(self, name: str, model: type[Model], rows: Sequence[Model]) -> None:
        start = _lines([list(model.model_fields)])
        self._files.write(name, _lines([_fields(row) for row in rows]), start=start)


def _fields(row: Model) -> list[str]:
    return [field_text(name, getattr(row, name)) for name in type(row).model_fields]


def field_text(name: str, value: object) -> str:
    """A field as a table has it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return (" | " if name in _SPACED else " ").join(map(str, value))
    return repr(value) if isinstance(value, float) else str(value)


def _lines(rows: list[list[str]]) -> str:
    text = StringIO()
    csv.writer(text, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return text.getvalue()


def read_rows(folder: Path) -> Iterator[ReadRow]:
    """Read the rows back."""
    path = folder / "segments.tsv"
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, dialect="excel-tab"):
            yield ReadRow(id=row["id"], source_text=row["source_text"], target_text=row["target_text"])
