"""Layouts of other bodies and other programs than those of the specimens: what of a page is text, and what it says."""

import subprocess
import sys
from pathlib import Path

import pytest

from parsers.parse import parse_bytes
from schemas.document import Document, Kind
from tests.parsers.readers.pdf_files import Bar, Text, make_pdf

_LINE = "the lamps of the northern coast were inspected by the board, which found all of"
_HEAD = [
    Text(78, 750, "United Nations", 14),
    Text(470, 750, "E/2031/17"),
    Text(78, 710, "Economic and Social Council", 18, "F2"),
    Text(397, 715, "Distr.: General"),
    Text(397, 703, "12 March 2031"),
    Text(397, 679, "Original: English"),
]


def _document(*pages: list[Text | Bar]) -> Document:
    return parse_bytes(make_pdf(pages), "0001.pdf", language="en")


def _paragraphs(first: int, last: int, y: float, *, label: str = "{}.") -> list[Text]:
    """Numbered paragraphs of three lines, with white space between them."""
    lines = []
    for place, number in enumerate(range(first, last + 1)):
        top = y - 42 * place
        lines += [
            Text(123, top, label.format(number)),
            Text(148, top, _LINE[:70]),
            Text(123, top - 12, _LINE),
            Text(123, top - 24, "them in order."),
        ]
    return lines


def _numbers(document: Document) -> list[str | None]:
    return [block.number for block in document.blocks if block.kind is Kind.PARAGRAPH and block.number]


def _headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind is Kind.HEADING]


def test_a_session_at_the_margin_of_the_text() -> None:
    page = [
        *_HEAD,
        Text(123, 650, "Board of Lamps", 10, "F2"),
        Text(123, 632, "Fifty-fourth session", 10, "F2"),
        Text(123, 614, "Vienna, 3-7 March 2031"),
        Text(123, 596, "Item 5 (a) of the provisional agenda"),
        Text(123, 578, "Stairs and ladders", 10, "F2"),
        Text(123, 550, "Accounts of the lamp works", 14, "F2"),
        Text(123, 526, "Report by the Director", 12, "F2"),
        *_paragraphs(1, 6, 496),
    ]
    meta = _document(page).meta
    assert (meta.title, meta.session, meta.agenda_items) == (
        "Accounts of the lamp works", "Fifty-fourth session", ("5 (a)",),
    )  # fmt: skip


def test_a_title_that_ends_in_days_is_a_title() -> None:
    page = [
        *_HEAD,
        Text(78, 650, "First regular session of 2031", 10, "F2"),
        Text(78, 638, "Item 2 of the provisional agenda"),
        Text(78, 626, "Organizational matters", 10, "F2"),
        Text(123, 600, "Report on the annual session, 17 and 18 June 2030", 14, "F2"),
        *_paragraphs(1, 6, 570),
    ]
    assert _document(page).meta.title == "Report on the annual session, 17 and 18 June 2030"


def test_sponsors_stand_at_the_margin_of_the_text_and_head_no_agenda_item() -> None:
    page = [
        *_HEAD,
        Text(78, 650, "Sixty-first session", 10, "F2"),
        Text(78, 638, "Agenda item 3"),
        Text(78, 626, "Stairs and ladders", 10, "F2"),
        Text(123, 604, "Chile, Iceland and Norway: draft resolution", 10, "F2"),
        Text(123, 580, "Lamps of the outer islands", 12, "F2"),
        *_paragraphs(1, 6, 550),
    ]
    meta = _document(page).meta
    assert (meta.title, meta.submitter) == ("Lamps of the outer islands", "Chile, Iceland and Norway")


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("59/25. Lamps of the islands", "Lamps of the islands"),
        ("Lamps of the islands", "Resolution adopted by the Council"),
    ],
)
def test_what_hangs_out_below_a_title_heads_the_text_unless_it_is_numbered(below: str, title: str) -> None:
    page = [
        *_HEAD,
        Text(78, 650, "Fifty-ninth session", 10, "F2"),
        Text(123, 604, "Resolution adopted by the Council", 14, "F2"),
        Text(93, 580, below, 12, "F2"),
        *_paragraphs(1, 6, 550),
    ]
    document = _document(page)
    assert document.meta.title == title
    assert _headings(document) == ([] if below[0].isdigit() else [below])


def test_the_name_of_a_body_reaches_nearly_to_what_stands_beside_it() -> None:
    page = [
        *(text for text in _HEAD if text.size != 18),
        Text(78, 710, "Executive Board of the Agency of", 18, "F2"),
        Text(78, 690, "Lamps and of the Office of Stairs", 18, "F2"),
        Text(78, 640, "Annual session 2031", 10, "F2"),
        Text(123, 600, "Lamps and stairs", 14, "F2"),
        *_paragraphs(1, 6, 570),
    ]
    meta = _document(page).meta
    assert (meta.distribution, meta.original_language, meta.dates.issued is None) == ("General", "en", False)


def test_a_masthead_stands_behind_a_cover_without_text() -> None:
    page = [*_HEAD, Text(123, 600, "Lamps and stairs", 14, "F2"), *_paragraphs(1, 6, 570)]
    meta = _document([Bar(100, 100, 300, 300)], page).meta
    assert (meta.symbols, meta.title, meta.distribution) == (("E/2031/17",), "Lamps and stairs", "General")


def test_endings_and_stars_that_are_hardly_smaller_are_raised() -> None:
    """Web pages set superscripts at five sixths of the size."""
    page = [
        *_HEAD,
        Text(78, 650, "117"),
        Text(93, 653.3, "e", 8.3),
        Text(99, 650, "session"),
        Text(78, 638, "Item 5 of the provisional agenda"),
        Text(208, 641.3, "*", 8.3),
        Text(123, 600, "Lamps and stairs", 14, "F2"),
        *_paragraphs(1, 6, 570),
    ]
    meta = _document(page).meta
    assert (meta.session, meta.agenda_items, meta.title) == ("117e session", ("5",), "Lamps and stairs")


_STAMPS = {
    "aslant": Text(150, 300, "ADVANCE UNEDITED VERSION", 30, "F2", 45),
    "behind the text": Text(150, 480, "DRAFT", 60, "F2"),
}


@pytest.mark.parametrize("stamp", _STAMPS.values(), ids=_STAMPS)
def test_a_stamp_over_the_text_is_none_of_it(stamp: Text) -> None:
    title = Text(123, 600, "Lamps and stairs", 14, "F2")
    first = [*_HEAD, title, *_paragraphs(1, 6, 570), stamp]
    # The last page has nothing that the stamp could lie over.
    document = _document(first, [*_paragraphs(7, 12, 700), stamp], [*_paragraphs(13, 14, 700), stamp])
    assert _numbers(document) == [str(number) for number in range(1, 15)]
    assert [piece.page for piece in document.furniture if piece.kind == "watermark"] == [1, 2, 3]
    assert not any(stamp.text in block.text for block in document.blocks)


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_in_the_margin_are_none_of_the_text(step: int) -> None:
    page = [Text(123, 720, "Lamps", 14, "F2"), *_paragraphs(1, 12, 690)]
    lines = sorted({text.y for text in page if isinstance(text, Text)}, reverse=True)
    numbers = [Text(60, y, str(number), 8) for number, y in enumerate(lines, 1) if number % step == 0]
    document = _document([*page, *numbers])
    assert _numbers(document) == [str(number) for number in range(1, 13)]
    assert [piece.orig for piece in document.furniture if piece.kind == "line_number"] == [it.text for it in numbers]


def test_numbers_before_the_rows_of_a_list_are_of_the_list() -> None:
    rows = [
        (
            Text(60, 720 - 18 * n, str(n)),
            Text(123, 720 - 18 * n, f"The lamp on the rock that bears the number {n} of the list"),
        )
        for n in range(1, 31)
    ]
    document = _document([text for row in rows for text in row])
    assert not any(piece.kind == "line_number" for piece in document.furniture)


@pytest.mark.parametrize("label", ["{})", "({})"])
def test_numbers_in_brackets_count_paragraphs_where_nothing_else_does(label: str) -> None:
    document = _document([*_HEAD, Text(123, 600, "Lamps", 14, "F2"), *_paragraphs(1, 6, 570, label=label)])
    assert _numbers(document) == ["1", "2", "3", "4", "5", "6"]


def test_numbers_in_brackets_below_numbers_are_a_list() -> None:
    page = [*_HEAD, Text(123, 600, "Lamps", 14, "F2"), *_paragraphs(1, 3, 570), *_paragraphs(1, 5, 444, label="{})")]
    assert _numbers(_document(page)) == ["1", "2", "3"]


def test_decisions_at_the_tops_of_pages_are_headings() -> None:
    pages = [
        [
            Text(300, 750, "E/2031/17", 8.5, "F2"),
            Text(123, 712, f"Decision {n}/CP.31", 14, "F2"),
            *_paragraphs(1, 6, 680),
        ]
        for n in range(1, 5)
    ]
    document = _document([*_HEAD, Text(123, 600, "Lamps", 14, "F2"), *_paragraphs(1, 6, 570)], *pages)
    assert _headings(document) == [f"Decision {n}/CP.31" for n in range(1, 5)]


def test_columns_below_a_title() -> None:
    page = [*_HEAD, Text(84, 640, "Lamps in columns", 14, "F2")]
    for number in range(1, 15):
        x, y = (84, 618 - 42 * (number - 1)) if number <= 7 else (326, 606 - 42 * (number - 8))
        page += [
            Text(x, y, f"{number}."),
            Text(x + 25, y, "The lamps of the northern coast were seen"),
            Text(x, y - 12, "by the board, which found them all in fair order,"),
            Text(x, y - 24, "and the stairs of the tower swept and dry too."),
        ]
    document = _document(page)
    assert _numbers(document) == [str(number) for number in range(1, 15)]
    assert document.meta.distribution == "General"


@pytest.mark.parametrize(
    "lines",
    [("(Signé) Amadou Harouna", "Représentant permanent"), ("(Firmado) Pere Solà", "Representante permanente"),
     ("Embajador", "Pere Solà (Firmado)")],
    ids="+".join,
)  # fmt: skip
def test_signatures_in_other_languages(lines: tuple[str, str]) -> None:
    page = [*_HEAD, *_paragraphs(1, 2, 570), *(Text(343, 460 - 12 * at, line) for at, line in enumerate(lines))]
    signatures = [block.text for block in _document(page).blocks if block.kind is Kind.SIGNATURE]
    assert signatures == [" ".join(lines)]


_PARSE = (
    "import sys\nfrom pathlib import Path\nfrom benchmarks.memory import children_megabytes, resident_megabytes\n"
    "from parsers.parse import parse_file\n"
    "print(len(parse_file(Path(sys.argv[1])).blocks), resident_megabytes(most=True) + children_megabytes())"
)


@pytest.mark.slow
def test_a_document_of_1_200_pages_stays_under_300_megabytes(root: Path, tmp_path: Path) -> None:
    page = [Text(123, 720 - 12 * line, _LINE) for line in range(50)]
    path = tmp_path / "long.pdf"
    path.write_bytes(make_pdf([page] * 1200))
    done = subprocess.run(
        [sys.executable, "-c", _PARSE, str(path)], cwd=root, capture_output=True, text=True, timeout=300, check=True
    )
    blocks, megabytes = map(float, done.stdout.split())
    assert blocks > 0
    assert 0 < megabytes < 300
