"""What is repaired in a PDF is told: one finding a kind, how often and where, the same by both readers."""

import pytest

from parsers.parse import parse_bytes, parse_reading
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf_runs import Reader
from parsers.readers.pdf_spacing import Glyph, Spaced, spaces_within_words
from parsers.repairs import Repairs
from schemas.document import Document
from schemas.findings import Finding
from tests.parsers.readers.pdf_files import Bar, Text, make_pdf, paragraph

_LINE = "The keepers of the lamps met again in the hall of ropes, and counted oil and wicks until the night"
_BODY = paragraph([_LINE, _LINE, _LINE.replace("night", "morning"), "came."], 123, 700)
_OF_THE_DOCUMENT = ("symbol-missing", "genre-doubtful")
_READERS: tuple[Reader, ...] = ("fast", "reference")
_Page = list[Text | Bar]


def _document(pages: list[_Page], reader: Reader) -> Document:
    data = make_pdf(pages)
    return parse_reading(read_pdf(data, reader=reader), data, "0001.pdf", language="en")


def _repairs(pages: list[_Page], reader: Reader) -> list[Finding]:
    return [finding for finding in _document(pages, reader).findings if finding.code not in _OF_THE_DOCUMENT]


def _bold(y: float, text: str) -> list[Text]:
    """A line printed twice, a little aside."""
    return [Text(123, y, text), Text(123.4, y, text)]


def _cell(x: float, y: float, text: str) -> list[Text]:
    return [Text(x, y, text), Text(x + 160, y, "oil"), Text(x + 300, y, "12")]


def _table(top: float, *names: str) -> _Page:
    page: _Page = [Bar(123, top + 14, 400), *_cell(123, top, "Lamp"), Bar(123, top - 6, 400)]
    for index, name in enumerate(names, 1):
        page += _cell(123, top - 18 * index, name)
    return page


def _words(lines: int) -> _Page:
    """Lines that end in a hyphen inside a word which the text has without one, too."""
    page: _Page = [Text(123, 760, "All lanterns burn where the lanterns are.")]
    for index in range(lines):
        page += paragraph([f"{_LINE[:-9]}the lan-", "terns burned."], 123, 700 - 40 * index)
    return page


@pytest.mark.parametrize("reader", _READERS)
@pytest.mark.parametrize(
    ("pages", "code", "where", "message"),
    [
        pytest.param(
            [[*_BODY, *_bold(600, "Oil lamps")], [*_BODY, *_bold(600, "Wicks")]],
            "letters-overprinted",
            "page 1",
            "13 letters that are printed twice, a little aside, were read once (pages 1, 2)",
            id="printed twice",
        ),
        pytest.param(
            [_words(3), _words(2)],
            "hyphen-removed",
            "page 1",
            "5 hyphens at the ends of lines were taken out of words: 'lanterns' (pages 1, 2)",
            id="hyphens",
        ),
        pytest.param(
            [[*_BODY, Text(123, 600, "The tower throws 10"), Text(206, 604, "6", 6), Text(211, 600, "rays.")]],
            "superscript-levelled",
            "page 1",
            "1 raised figure or letter that is no note's mark was set on the line: '106'",
            id="raised",
        ),
        pytest.param(
            [[*_BODY, Text(300, 20, "keep", 1)]],
            "hidden-text",
            "page 1",
            "1 line in type too small to be read was put with the furniture: 'keep'",
            id="too small",
        ),
        pytest.param(
            [[*_BODY, *_table(200, "Great", "Small")], [*_table(720, "Old", "New"), *paragraph([_LINE], 123, 500)]],
            "table-head-repeated",
            "page 2",
            "1 head of a table that comes again where the table goes on was left out of its rows",
            id="heads of tables",
        ),
        pytest.param(
            [
                [
                    *paragraph(["l.  The Board of Lights shall meet every year on the first of", "March."], 123, 700),
                    *paragraph(["2.  The Board of Lights shall report every year on the first", "of May."], 123, 650),
                    *paragraph(["3.  The Board of Lights shall rest every year on the first", "of July."], 123, 600),
                ]
            ],
            "number-misprinted",
            "page 1",
            "1 misprinted number was read in its sequence: 'l.' as '1.'",
            id="l for 1",
        ),
    ],
)
def test_each_repair_is_told_once(pages: list[_Page], code: str, where: str, message: str, reader: Reader) -> None:
    assert [(found.code, found.where, found.message) for found in _repairs(pages, reader)] == [(code, where, message)]


@pytest.mark.parametrize("reader", _READERS)
def test_letters_of_other_widths_on_a_line_are_no_second_printing(reader: Reader) -> None:
    # The place of a letter was once counted in its own widths: a broad one further on fell on a narrow one's.
    mixed = [Text(123 + 9 * at, 600, "a", size) for at, size in enumerate((8, 9, 10, 11, 12) * 8)]
    document = _document([[*_BODY, *mixed]], reader)
    assert sum(block.text.count("a") for block in document.blocks if "aa" in block.text.replace(" ", "")) == 40
    assert "letters-overprinted" not in [finding.code for finding in document.findings]


@pytest.mark.parametrize("reader", _READERS)
def test_nothing_is_told_of_a_page_without_repairs(reader: Reader) -> None:
    assert _repairs([_BODY], reader) == []


def test_what_cannot_be_printed_is_told() -> None:
    found = parse_bytes(
        "The lamp\u200b burns, and the \u200blanterns burn with it all night.\n".encode(), "x.txt"
    ).findings
    assert ("characters-unprintable", "2 characters that cannot be printed were left out") in [
        (finding.code, finding.message) for finding in found
    ]


def test_a_repair_met_often_is_told_in_few_words() -> None:
    repairs = Repairs()
    for page in range(1, 301):
        repairs.add("hyphen-removed", page, f"{'long' * 40}{page}")
        repairs.add("radicals-replaced", None)
    hyphens, radicals = repairs.findings()
    assert hyphens.message.startswith("300 hyphens at the ends of lines were taken out of words: ")
    assert hyphens.message.endswith(" (pages 1, 2, 3, 4, 5, 6, 7, 8, ...)")
    assert len(hyphens.message) < 200
    assert (radicals.where, radicals.message.split()[0]) == ("", "300")


def _set(text: str, between: float, *, width: float = 5.0, space: float = 2.5) -> Spaced:
    """A text of size 10 whose letters are `between` points apart, with a space wherever 1.7 points or more are."""
    glyphs, shown, x = [], "", 100.0
    for char in text:
        if char == " ":
            x += space + between
            shown += "" if shown.endswith(" ") else " "
            continue
        if shown and not shown.endswith(" ") and between > 1.7:
            shown += " "
        shown += char
        glyphs.append(Glyph(char, x, x + width))
        x += width + between
    return Spaced(shown, glyphs, 10)


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ([_set("lamps of oil", 2.0)], ["lamps of oil"]),
        ([_set("lamp-oil, wicks", 2.4)], ["lamp-oil, wicks"]),
        # Too short to prove it, beside one that does.
        ([_set("lanterns", 2.0), _set("and", 2.0)], ["lanterns", "and"]),
        # Words of one letter among others, and alone.
        ([_set("a b of it", 0.0)], ["a b of it"]),
        ([_set("x y z", 0.0)], ["x y z"]),
        ([_set("x", 0.0), _set("y z", 0.0), _set("of oil", 0.0)], ["x", "y z", "of oil"]),
    ],
)
def test_words_set_wide_are_told_from_words_of_one_letter(row: list[Spaced], texts: list[str]) -> None:
    found = [
        "".join(char for place, char in enumerate(stretch.text) if place not in dropped)
        for stretch, dropped in zip(row, spaces_within_words(row), strict=True)
    ]
    assert found == texts


def test_a_number_before_words_set_wide_stays_apart() -> None:
    label, words = _set("PART F.", 0.0), _set("LANTERNS", 2.0)
    moved = [glyph._replace(x0=glyph.x0 + 40, x1=glyph.x1 + 40) for glyph in words.glyphs]
    stretch = Spaced(f"{label.text} {words.text}", [*label.glyphs, *moved], 10)
    (dropped,) = spaces_within_words([stretch])
    closed = "".join(char for place, char in enumerate(stretch.text) if place not in dropped)
    assert closed == "PART F. LANTERNS"
