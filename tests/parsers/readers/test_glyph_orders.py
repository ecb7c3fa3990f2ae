"""Fonts without a map to Unicode: what the order of their glyphs tells, and when it tells nothing."""

import re
from collections import Counter
from pathlib import Path

import pytest

from parsers.errors import Refusal
from parsers.parse import parse_file
from parsers.readers.glyph_orders import core_character, han_distance, recover_fonts, recovered
from schemas.document import Document, Kind

_DISTANCE = 18_890
_SIGNS_AT, _WIDE_AT, _QUOTES_AT = 573, 941, 263
_GBK_SIGNS = "".join(chr(code) for code in range(0x3001, 0x3018) if code != 0x3004)


def chinese_glyph(char: str) -> int:
    """The number of a character's glyph in an invented font whose glyphs are in the order of GBK's code points."""
    if char in "“”":
        return _QUOTES_AT + "“”".index(char)
    if char in _GBK_SIGNS:
        return _SIGNS_AT + _GBK_SIGNS.index(char)
    if "\uff01" <= char <= "\uff5e":
        return ord(char) - 0xFF01 + _WIDE_AT
    return ord(char) - 29 if char <= "~" else ord(char) - _DISTANCE


@pytest.fixture(scope="module")
def chinese(specimens: Path) -> str:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(specimens.rglob("*.zh.txt")))
    return re.sub(r"[^\u4e00-\u9fa5，。、；：《》“”（） 0-9]", "", text)


@pytest.mark.parametrize(
    ("glyph", "char"),
    [
        (3, " "),
        (16, "-"),
        (36, "A"),
        (97, "~"),
        (98, "Ä"),
        (112, "é"),
        (556, "Ё"),
        (570, "А"),
        (602, "а"),
        (633, "я"),
        (634, "ё"),
        (0, None),
        (5000, None),
    ],
)
def test_characters_of_core_fonts(glyph: int, char: str | None) -> None:
    assert core_character(glyph) == char


def test_chinese_is_read_off_the_text(chinese: str) -> None:
    glyphs = Counter(map(chinese_glyph, chinese))
    assert han_distance(glyphs) == _DISTANCE
    characters = recovered(glyphs, _DISTANCE)
    assert "".join(characters[chinese_glyph(char)] for char in chinese) == chinese


def test_a_small_font_of_the_same_maker(chinese: str) -> None:
    fonts = {"text": Counter(map(chinese_glyph, chinese)), "title": Counter(map(chinese_glyph, "联合国"))}
    assert recover_fonts(fonts)["title"] == {chinese_glyph(char): char for char in "联合国"}


def test_a_small_font_of_another_order_stays_unread(chinese: str) -> None:
    other = Counter(ord(char) - 9000 for char in "联合国")
    assert recover_fonts({"text": Counter(map(chinese_glyph, chinese)), "title": other})["title"] == {}


@pytest.mark.parametrize("first", [570, 3])
def test_an_alphabet_is_not_taken_for_chinese(first: int) -> None:
    """Its letters fall on common words at some distance, but there are too few of them."""
    assert han_distance(Counter({first + n: 1000 - 25 * n for n in range(33)})) is None


def test_shuffled_glyphs_are_not_taken_for_chinese(chinese: str) -> None:
    glyphs = Counter((ord(char) * 7919) % 20_011 for char in chinese)
    assert han_distance(glyphs) is None


def _counts(document: Document) -> dict[str | None, tuple[int, int]]:
    counts: dict[str | None, tuple[int, int]] = {}
    for block in document.blocks:
        units, headings = counts.get(block.division, (0, 0))
        is_unit = block.kind in (Kind.PARAGRAPH, Kind.ITEM)
        counts[block.division] = units + is_unit, headings + (block.kind is Kind.HEADING)
    return counts


@pytest.mark.slow
@pytest.mark.shared
def test_a_real_treaty_in_chinese(shared: Path) -> None:
    """Of the paragraphs of the text that was verified by hand, 98% are in the recovered one to the letter."""
    path = shared / "un-pdfs" / "BBNJ-zh.pdf"
    with pytest.raises(Refusal) as refusal:
        parse_file(path)
    assert refusal.value.code == "pdf-no-unicode-map"
    document = parse_file(path, recover=True)
    assert "text-recovered" in {finding.code for finding in document.findings}
    verified = (shared / "un-pdfs" / "BBNJ-zh.verified.txt").read_text(encoding="utf-8")
    kept = re.compile(r"[^\u4e00-\u9fa5，。、；：《》“”]")
    text = kept.sub("", "".join((block.label or "") + block.text for block in document.blocks))
    paragraphs = [kept.sub("", line) for line in verified.splitlines()]
    long = [paragraph for paragraph in paragraphs if len(paragraph) > 12]
    assert sum(len(one) for one in long if one in text) >= 0.95 * sum(map(len, long))


@pytest.mark.slow
@pytest.mark.shared
def test_a_real_treaty_in_russian(shared: Path) -> None:
    """It has the same divisions as the English, with as many headings, paragraphs and items in each."""
    folder = shared / "un-pdfs"
    russian, english = parse_file(folder / "BBNJ-ru.pdf", recover=True), parse_file(folder / "BBNJ-en.pdf")
    assert russian.meta.language == "ru"
    assert _counts(russian) == _counts(english)


@pytest.mark.slow
@pytest.mark.shared
def test_a_real_treaty_in_arabic(shared: Path) -> None:
    """It has the same divisions as the English, with as many paragraphs and items in each."""
    folder = shared / "un-pdfs"
    arabic, english = parse_file(folder / "BBNJ-ar.pdf", recover=True), parse_file(folder / "BBNJ-en.pdf")
    assert arabic.meta.language == "ar"
    units, expected = _counts(arabic), _counts(english)
    assert {name: count for name, (count, _) in units.items()} == {name: count for name, (count, _) in expected.items()}
    # The name of an annex is set closer to its number than in English, and is one heading with it.
    assert {name for name, counts in units.items() if counts != expected[name]} <= {"annex-I"}
