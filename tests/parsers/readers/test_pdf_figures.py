"""Words inside a chart are furniture; a box of text and a drawn table are not charts."""

import pytest

from parsers.parse import parse_reading
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf_runs import Reader
from schemas.document import Document, Kind
from tests.parsers.readers.pdf_files import Bar, Text, make_pdf, paragraph

PROSE = [
    "The keepers of the northern lamps met in the spring and counted",
    "all wicks and all oil that the winter had left to them, for the ferry",
    "would run again before the ice on the outer islands had gone.",
]
FRAME = Bar(120, 400, 370, 200)
BARS = [Bar(220, 560 - 40 * at, width, 20) for at, width in enumerate((210, 140, 95, 30))]
LABELS = [Text(130, 566 - 40 * at, name) for at, name in enumerate(("Harbour", "Tower", "Bridge", "Gull Rock"))]
VALUES = [Text(226, 566 - 40 * at, value) for at, value in enumerate(("21", "14", "9.5", "3"))]


def _document(items: list[Text | Bar], reader: Reader) -> Document:
    page = [*paragraph(PROSE, 123, 700), *items, *paragraph(PROSE, 123, 360)]
    data = make_pdf([page])
    return parse_reading(read_pdf(data, reader=reader), data, "SPECIMEN_1.en.pdf")


@pytest.mark.parametrize("reader", ["fast", "reference"])
def test_the_words_of_a_chart_are_furniture(reader: Reader) -> None:
    document = _document([FRAME, *BARS, *LABELS, *VALUES, Text(260, 410, "Litres of oil")], reader)
    kept = [item.orig for item in document.furniture if item.kind == "figure_text"]
    assert kept == ["Harbour 21", "Tower 14", "Bridge 9.5", "Gull Rock 3", "Litres of oil"]
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH, Kind.PARAGRAPH]
    found = [finding for finding in document.findings if finding.code == "figure-text"]
    assert [(finding.where, "Harbour 21" in finding.message) for finding in found] == [("page 1", True)]


@pytest.mark.parametrize("reader", ["fast", "reference"])
def test_a_box_of_text_is_no_chart(reader: Reader) -> None:
    marks = [Bar(130, 560 - 30 * at, 5, 5) for at in range(4)]
    document = _document([FRAME, *marks, *paragraph(PROSE, 145, 560)], reader)
    assert not [item for item in document.furniture if item.kind == "figure_text"]


@pytest.mark.parametrize("reader", ["fast", "reference"])
def test_a_table_in_a_frame_is_no_chart(reader: Reader) -> None:
    rows = [Bar(120, 400 + 50 * at, 370, 0.5) for at in range(5)]
    columns = [Bar(120 + 123 * at, 400, 0.5, 200) for at in range(4)]
    shades = [Bar(121, 551, 121, 48), Bar(244, 551, 121, 48), Bar(367, 551, 121, 48)]
    cells = [
        Text(130 + 123 * column, 570 - 50 * row, f"{name} {row}")
        for row in range(4)
        for column, name in enumerate(("Lamp", "Oil", "Wick"))
    ]
    document = _document([FRAME, *shades, *rows, *columns, *cells], reader)
    assert not [item for item in document.furniture if item.kind == "figure_text"]
    (table,) = [block for block in document.blocks if block.kind is Kind.TABLE]
    assert table.rows is not None
    assert [len(row) for row in table.rows] == [3, 3, 3, 3]
