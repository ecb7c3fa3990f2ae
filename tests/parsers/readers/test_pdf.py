"""PDFs read to lines: by place and style, whichever reader gives the characters; and what is refused."""

from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import Refusal
from parsers.parse import parse_bytes
from parsers.radicals import unify_radicals
from parsers.readers.pdf import is_pdf, read_pdf
from parsers.readers.read import read
from schemas.document import Kind
from schemas.layout import Line, Zone
from tests.parsers.readers.pdf_files import Text, locked_pdf, make_pdf, paragraph

_FULL = "The lantern keepers of the northern harbour met in the hall of ropes to count the wicks"
_BODY = [_FULL, _FULL.replace("northern", "southern"), "and went home."]


def _report() -> bytes:
    head = [
        Text(123, 734, "United Nations", 14),
        Text(446, 736, "T", 20),
        Text(458, 736, "EST/2031/7", 10),
        Text(123, 705, "Assembly of Lamps", 20, "F2"),
        Text(397, 705, "Distr.: General"),
        Text(397, 693, "4 May 2031"),
        Text(397, 669, "Original: English"),
        Text(60, 560, "Third session", 10, "F2"),
        Text(60, 548, "Agenda item 9 (b)"),
        Text(123, 500, "Report of the keepers on wicks", 14, "F2"),
        Text(90, 470, "I.", 14, "F2"),
        Text(123, 470, "Introduction", 14, "F2"),
        Text(123, 440, "1."),
        *paragraph(_BODY, 123, 440, first=24),
        Text(184, 420, "1", 6.5),
        Text(123, 398, "2."),
        *paragraph([_FULL], 123, 398, first=24),
        Text(117, 90, "1", 6, "F1"),
        Text(123, 86, "See the register of wicks.", 8.5),
        Text(65, 44, "31-00417 (E)"),
    ]
    second = [
        Text(60, 740, "TEST/2031/7", 8.5, "F2"),
        *paragraph(["and the oil of the year before.", ""], 123, 705),
        Text(123, 675, "3."),
        *paragraph(_BODY, 123, 675, first=24),
        Text(60, 36, "2/2", 8.5, "F2"),
        Text(518, 36, "31-00417", 7),
    ]
    return make_pdf([head, second])


def _lines(data: bytes) -> list[Line]:
    return [line for page in read_pdf(data).pages for line in page.lines]


def test_a_report_is_structured_by_place_and_style() -> None:
    document = parse_bytes(_report(), "0001.pdf")
    assert document.meta.symbols == ("TEST/2031/7",)
    assert document.meta.source.media_type == "application/pdf"
    assert document.meta.source.pages == 2
    assert document.meta.title == "Report of the keepers on wicks"
    assert document.meta.session == "Third session"
    assert document.meta.agenda_items == ("9 (b)",)
    assert document.meta.distribution == "General"
    assert document.meta.job_number == "31-00417"
    assert [block.number for block in document.blocks if block.kind is Kind.PARAGRAPH] == ["1", "2", "3"]
    assert [block.text for block in document.blocks if block.kind is Kind.HEADING] == ["Introduction"]
    assert sorted((item.page, item.kind) for item in document.furniture) == [
        (1, "job_number"), (2, "page_footer"), (2, "running_header"),
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_page() -> None:
    document = parse_bytes(_report(), "0001.pdf")
    second = next(block for block in document.blocks if block.number == "2")
    assert second.text.endswith("to count the wicks and the oil of the year before.")
    assert {box[0] for box in second.boxes} == {1, 2}


def test_a_raised_figure_is_a_note_mark() -> None:
    document = parse_bytes(_report(), "0001.pdf")
    first = next(block for block in document.blocks if block.number == "1")
    assert [(ref.mark, ref.note) for ref in first.refs] == [("1", "fn1")]
    note = next(block for block in document.blocks if block.kind is Kind.FOOTNOTE)
    assert (note.label, note.text) == ("1", "See the register of wicks.")


def test_sentences_know_their_boxes() -> None:
    document = parse_bytes(_report(), "0001.pdf")
    for block in document.blocks:
        for sentence in block.sentences:
            assert sentence.boxes, (block.id, sentence.text)
            assert all(x0 < x1 and top < bottom for _, x0, top, x1, bottom in sentence.boxes)


def test_every_character_is_in_a_block_or_in_furniture() -> None:
    data = _report()
    document = parse_bytes(data, "0001.pdf")
    kept = "".join([*(block.orig for block in document.blocks), *(item.orig for item in document.furniture)])
    read_from = "".join(line.orig for line in _lines(data))
    assert Counter("".join(kept.split())) == Counter("".join(read_from.split()))


def test_both_readers_give_the_same_lines() -> None:
    data = _report()
    fast, reference = read_pdf(data), read_pdf(data, reader="reference")
    for ours, theirs in zip(fast.pages, reference.pages, strict=True):
        assert [(line.orig, line.zone, line.indent) for line in ours.lines] == [
            (line.orig, line.zone, line.indent) for line in theirs.lines
        ]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages_read_as_a_person_sees_them(rotate: int) -> None:
    # The text runs along the page's own x axis: a reader sees it turned, and reads it along its own direction.
    lines = _lines(make_pdf([paragraph(_BODY, 72, 500)], rotate=rotate))
    assert [line.orig for line in lines] == _BODY


def test_a_table_has_rows_and_cells() -> None:
    rows = [("Lamp", "Oil", "Wicks"), ("Harbour", "12", "4"), ("Tower", "7", "31"), ("Bridge", "9", "2")]
    page = paragraph(_BODY, 123, 700)
    for index, row in enumerate(rows):
        page += [Text(123 + 120 * column, 600 - 18 * index, cell) for column, cell in enumerate(row)]
    table = next(line for line in _lines(make_pdf([page])) if line.zone is Zone.TABLE)
    assert table.rows == tuple(rows)


def test_the_media_type_is_known_by_content() -> None:
    assert is_pdf(b"\n\n%PDF-1.7 ...")
    assert not is_pdf(b"<!DOCTYPE html><html>")
    assert read(_report()).media_type == "application/pdf"
    assert read(b"A line of text.\n").media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make_pdf([[]]), "pdf-no-text"),
        (_report()[: len(_report()) // 3], "pdf-truncated"),
        (b"%PDF-1.4\nnothing\n%%EOF", "pdf-damaged"),
        (b"", "empty-file"),
        (locked_pdf(), "pdf-encrypted"),
        (make_pdf([[]] * 3001), "pdf-too-long"),
        (b"<!DOCTYPE html><html><head><title>Not found</title></head></html>", "html-page"),
        (b"\xef\xbb\xbf  <HTML>\n<body>Sorry</body>", "html-page"),
        (b"\x89PNG....", "unsupported-format"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.remedy


@given(st.data())
def test_damage_never_crashes(data: st.DataObject) -> None:
    whole = bytearray(_report())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    with suppress(Refusal):
        parse_bytes(bytes(whole[:cut]), "broken.pdf", language="en")


_REFUSED = {
    "A_45_696_Add.1.en": "pdf-image-only",
    "BBNJ-zh": "pdf-no-unicode-map",
    "BBNJ-ru": "pdf-no-unicode-map",
    "BBNJ-ar": "pdf-no-unicode-map",
}


@pytest.mark.parametrize("stem", sorted(_REFUSED))
def test_real_files_are_refused_with_the_right_reason(shared: Path, stem: str) -> None:
    with pytest.raises(Refusal) as refused:
        read((shared / "un-pdfs" / f"{stem}.pdf").read_bytes())
    assert refused.value.code == _REFUSED[stem]


@pytest.mark.parametrize(
    ("stem", "last"),
    [("A_HRC_59_60.en", 64), ("A_HRC_EMRIP_2025_3.en", 118), ("TPNW_MSP_2025_8.en", 27), ("A-RES-78-272-en", 17)],
)
def test_real_sequences_run_without_gaps(shared: Path, stem: str, last: int) -> None:
    document = parse_bytes((shared / "un-pdfs" / f"{stem}.pdf").read_bytes(), "0001.pdf")
    numbers = [
        int(block.number)
        for block in document.blocks
        if block.kind is Kind.PARAGRAPH and block.division is None and block.number and block.number.isdigit()
    ]
    assert numbers == list(range(1, last + 1))
    assert not [finding for finding in document.findings if finding.code in ("number-gap", "number-double")]


@pytest.mark.parametrize("stem", ["A_79_989.en", "E_2025_68_Corr.1.en", "A-INF-76-1-en"])
def test_real_files_read_alike_by_both_readers(shared: Path, stem: str) -> None:
    data = (shared / "un-pdfs" / f"{stem}.pdf").read_bytes()
    fast, reference = read_pdf(data), read_pdf(data, reader="reference")
    for ours, theirs in zip(fast.pages, reference.pages, strict=True):
        assert [line.orig for line in ours.lines] == [line.orig for line in theirs.lines]


def test_letters_set_wide_are_words() -> None:
    # Advance widths of Times Bold at 10 points, and 3 points between the letters.
    widths = {"L": 6.67, "A": 7.22, "M": 9.44, "P": 6.11, "S": 5.56, "O": 7.78, "I": 3.89, " ": 7.0}
    letters, x = [], 123.0
    for char in "LAMPS OIL":
        letters += [Text(x, 600, char, 10, "F2")] if char != " " else []
        x += widths[char] + 3
    reading = read_pdf(make_pdf([[*paragraph(_BODY, 123, 700), *letters]]))
    assert "LAMPS OIL" in [line.orig for line in reading.lines]
    assert [finding.code for finding in reading.findings] == ["letter-spacing-closed"]


@pytest.mark.parametrize(
    ("read_as", "meant"), [("\u2f00\u4e2a", "一个"), ("\u2ed3\u671f", "长期"), ("\u2e81", "\u2e81")]
)
def test_radicals_become_characters(read_as: str, meant: str) -> None:
    assert unify_radicals(read_as) == meant
