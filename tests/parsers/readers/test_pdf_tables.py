"""Tables in PDFs: by the rules drawn for them, by gaps, over pages; lists of contents; what is no table."""

from itertools import pairwise

from parsers.parse import parse_bytes
from parsers.readers.pdf import read_pdf
from schemas.document import Block, Document, Kind
from schemas.layout import Zone
from tests.parsers.readers.pdf_files import Bar, Text, make_pdf, paragraph

_LINE = "The keepers of the lamps met again in the hall of ropes, and counted oil and wicks until the night"
_PROSE = [_LINE, _LINE, _LINE.replace("night", "morning"), "came."]
_EDGES = (123, 264, 430, 554)


def _rule(y: float, edges: tuple[int, ...] = _EDGES) -> list[Bar]:
    """A rule in pieces that meet where columns do."""
    return [Bar(left, y, right - left) for left, right in pairwise(edges)]


def _row(y: float, *cells: str, font: str = "F1") -> list[Text]:
    return [Text(edge + 6, y, cell, 10, font) for edge, cell in zip(_EDGES, cells, strict=False) if cell]


def _ruled(top: float, rows: list[tuple[str, ...]]) -> list[Text | Bar]:
    """Heads in italics between rules, rows without rules between them: the templates of New York."""
    drawn: list[Text | Bar] = [*_rule(top), *_row(top - 11, "Lamp", "Place", "Oil", font="F3"), *_rule(top - 16)]
    for index, row in enumerate(rows):
        drawn += _row(top - 30 - 18 * index, *row)
    return drawn


def _tables(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is Kind.TABLE]


def test_rules_show_columns_where_gaps_do_not() -> None:
    rows = [("Great", "the harbour, at the end of the", "12"), ("Small", "the tower", "7")]
    page = [*paragraph(_PROSE, 123, 720), *_ruled(640, rows), *_row(592 - 18, "", "of the town", "")]
    found = [line for line in read_pdf(make_pdf([page])).lines if line.zone is Zone.TABLE]
    assert [line.rows[0] for line in found] == [("Lamp", "Place", "Oil")]
    assert found[0].rows[1] == ("Great", "the harbour, at the end of the", "12")


def test_a_table_goes_on_over_the_page_and_its_heads_come_once() -> None:
    first = [*paragraph(_PROSE, 123, 720), *_ruled(160, [("Great", "harbour", "12"), ("Small", "tower", "7")])]
    second = [*_ruled(720, [("Old", "bridge", "9"), ("New", "gate", "4")]), *paragraph(_PROSE, 123, 500)]
    (table,) = _tables(parse_bytes(make_pdf([first, second]), "t.pdf", language="en"))
    assert table.rows == (
        ("Lamp", "Place", "Oil"),
        ("Great", "harbour", "12"),
        ("Small", "tower", "7"),
        ("Old", "bridge", "9"),
        ("New", "gate", "4"),
    )
    assert table.orig.count("Lamp Place Oil") == 2
    assert {box[0] for box in table.boxes} == {1, 2}


def test_two_tables_with_text_between_stay_two() -> None:
    page = [
        *paragraph(_PROSE, 123, 720),
        *_ruled(600, [("Great", "harbour", "12"), ("Small", "tower", "7")]),
        *paragraph(_PROSE, 123, 520),
        *_ruled(400, [("Old", "bridge", "9"), ("New", "gate", "4")]),
    ]
    document = parse_bytes(make_pdf([page]), "t.pdf", language="en")
    assert [table.rows[1][0] for table in _tables(document) if table.rows] == ["Great", "Old"]


def test_marks_in_cells_are_anchors() -> None:
    page = [
        *paragraph(_PROSE, 123, 720),
        *_ruled(600, [("Great", "harbour", "12"), ("Small", "tower", "7")]),
        Text(156, 574, "1", 6.5),
        Text(117, 94, "1", 6),
        Text(123, 90, "Lit by two keepers.", 8.5),
    ]
    document = parse_bytes(make_pdf([page]), "t.pdf", language="en")
    (table,) = _tables(document)
    (ref,) = table.refs
    assert table.rows is not None
    assert table.rows[1][0] == "Great"
    assert table.text[: ref.offset].endswith("Great")
    assert (ref.mark, ref.note) == ("1", "fn1")


def test_prose_under_a_rule_is_no_table() -> None:
    page = [*_rule(735, (60, 306, 552)), *paragraph(_PROSE, 123, 700), *paragraph(_PROSE, 123, 620)]
    document = parse_bytes(make_pdf([page]), "t.pdf", language="en")
    assert not _tables(document)


def test_contents_are_a_list() -> None:
    entries = [("I.", "Lamps", 3), ("II.", "Oil and its measure", 7), ("III.", "Wicks", 12), ("", "Annex", 15)]
    page: list[Text] = [Text(290, 730, "Contents", 12, "F2"), Text(530, 715, "Page", 8, "F3")]
    for index, (label, title, number) in enumerate(entries):
        y = 700 - 16 * index
        page += [Text(100, y, label), Text(125, y, f"{title} {'. ' * 40}"), Text(530, y, str(number))]
    document = parse_bytes(make_pdf([page, paragraph(_PROSE, 123, 700)]), "t.pdf", language="en")
    items = [block for block in document.blocks if block.kind is Kind.ITEM]
    assert [block.text.split(" .")[0] for block in items if "." in block.text] == [
        "I. Lamps",
        "II. Oil and its measure",
        "III. Wicks",
        "Annex",
    ]
    assert not _tables(document)
    assert {block.division for block in document.blocks} == {None}
