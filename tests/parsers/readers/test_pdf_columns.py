"""Text in two columns is read column by column, and a table whose cells are paragraphs stays one."""

import re
from pathlib import Path

import pytest

from parsers.parse import parse_reading
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf_runs import Reader
from schemas.document import Document, Kind
from tests.parsers.readers.column_pages import SHEETS
from tests.parsers.readers.pdf_files import Text, make_pdf

COLUMNS = [name for name in SHEETS if name != "pairs"]


def _document(root: Path, name: str, reader: Reader) -> Document:
    data = (root / "tests" / "cases" / "columns" / f"{name}.pdf").read_bytes()
    language = SHEETS[name].language
    return parse_reading(read_pdf(data, reader=reader), data, f"{name}.{language}.pdf", language=language)


def _letters(text: str) -> str:
    """A text without what a column's width changes: white space, hyphens at line ends, cells."""
    return re.sub(r"[\W_]", "", text)


def _texts(document: Document) -> list[str]:
    blocks = [block for block in document.blocks if block.kind is not Kind.FOOTNOTE]
    return [
        _letters(block.text if block.label is None or block.text.startswith(block.label) else block.label + block.text)
        for block in blocks
    ]


@pytest.mark.parametrize("reader", ["fast", "reference"])
@pytest.mark.parametrize("name", COLUMNS)
def test_columns_read_one_after_the_other(root: Path, name: str, reader: Reader) -> None:
    document = _document(root, name, reader)
    wanted = [_letters(piece.text) for piece in SHEETS[name].pieces]
    found = _texts(document)
    assert "".join(found) == "".join(wanted)
    # Two paragraphs of the Chinese page are one: the first fills its last line.
    assert len(set(wanted) - set(found)) <= (2 if name == "chinese" else 0)
    tables = sum(piece.part == "table" for piece in SHEETS[name].pieces)
    assert sum(block.kind is Kind.TABLE for block in document.blocks) == tables


@pytest.mark.parametrize("reader", ["fast", "reference"])
def test_notes_at_the_feet_of_columns_are_notes(root: Path, reader: Reader) -> None:
    document = _document(root, "column-notes", reader)
    noted = [piece for piece in SHEETS["column-notes"].pieces if piece.note]
    notes = {block.id: _letters(block.text) for block in document.blocks if block.kind is Kind.FOOTNOTE}
    assert list(notes.values()) == [_letters(piece.note) for piece in noted]
    anchored = [(_letters(block.text), notes[ref.note]) for block in document.blocks for ref in block.refs if ref.note]
    assert anchored == [(_letters(piece.text), _letters(piece.note)) for piece in noted]


@pytest.mark.parametrize("reader", ["fast", "reference"])
def test_a_table_of_paragraphs_is_no_text_in_columns(root: Path, reader: Reader) -> None:
    document = _document(root, "pairs", reader)
    (table,) = [block for block in document.blocks if block.kind is Kind.TABLE]
    assert table.rows is not None
    assert {len(row) for row in table.rows} == {2}
    cells = [cell for row in SHEETS["pairs"].pieces[-1].text.split("\n") for cell in row.split("|")]
    # The first row breaks at no page.
    assert [_letters(cell) for cell in table.rows[0]] == [_letters(cell) for cell in cells[:2]]


def test_sentences_go_on_from_column_to_column_with_a_box_in_each(root: Path) -> None:
    document = _document(root, "unbalanced", "fast")
    over = [block for block in document.blocks if len({round(box[1] / 100) for box in block.boxes}) > 1]
    assert over
    for block in over:
        assert block.boxes[0][0] == block.boxes[1][0]
        assert block.boxes[0][3] < block.boxes[1][1], "left of the gutter, then right of it"


def test_lists_side_by_side_are_not_columns_of_text() -> None:
    names = ["Falk", "Oro", "Gull", "Harbour", "Tower", "Bridge", "Lamp", "Rope", "Wick", "Oil"]
    texts = [Text(123, 700 - 12 * at, name) for at, name in enumerate(names)]
    texts += [Text(320, 700 - 12 * at, f"{name} {at}") for at, name in enumerate(reversed(names))]
    reading = read_pdf(make_pdf([[Text(123, 700, "The keepers of the lamps met once more.")], texts]))
    lines = reading.pages[1].lines
    assert lines[0].text.replace("\n", " ").startswith("Falk Oil 0 Oro Wick 1")
