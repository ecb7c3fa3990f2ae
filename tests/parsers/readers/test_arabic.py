"""Text that runs from right to left, and Arabic letters by the order of the glyphs."""

from array import array
from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.genres.divisions import division_name
from parsers.labels import LabelKind, match_label
from parsers.readers.arabic_glyphs import _LETTERS, arabic_letters
from parsers.readers.pdf_right_to_left import in_logical_order, mirrored, runs_right_to_left
from parsers.readers.pdf_rows import Strip
from parsers.readers.pdf_runs import Rule, Run, RunPage, Style

_STYLE = Style("F", 10.0, bold=False, italic=False)
_TEXT = (
    "في كل مساء يوقد الحارس مصباح المنارة ويكتب في دفتره اسم كل سفينة تمر بالميناء وعدد من فيها "
    "ثم يطفئ المصباح عند الفجر ويعود إلى بيته ليستريح حتى يحين وقت عمله في المساء التالي كما يفعل كل يوم"
)


def _strip(text: str) -> Strip:
    edges = array("f", range(len(text) + 1))
    return Strip(text, edges, 0.0, 10.0, bold=False, italic=False, artifact=False)


def _page(chars: str, width: float = 300.0, x: float = 250.0) -> RunPage:
    """A page with one line, its letters written leftwards from `x`, each five points wide."""
    right = list(accumulate((5.0 for _ in chars), lambda place, step: place - step, initial=x))[:-1]
    run = Run(chars, [place - 5.0 for place in right], right, 100.0, _STYLE)
    return RunPage(1, width, 400.0, [run], [Rule(10.0, 20.0, 60.0, 21.0)])


@pytest.mark.parametrize("distance", [0, -2, 3])
def test_letters_by_the_order_of_glyphs(distance: int) -> None:
    glyph_of = {letter: glyph + distance for glyph, letter in _LETTERS.items()}
    counts = Counter(glyph_of[char] for char in _TEXT * 3 if char in glyph_of)
    found = arabic_letters(counts)
    assert found == {glyph: letter for letter, glyph in glyph_of.items() if glyph in counts}


@pytest.mark.parametrize(
    "counts",
    [{}, {661: 10}, dict.fromkeys(range(3, 90), 20), dict.fromkeys(range(5000, 5060), 20)],
)
def test_another_order_gives_no_letters(counts: dict[int, int]) -> None:
    assert arabic_letters(counts) == {}


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        # As it stands in the mirror: letters in order, what is not Arabic backwards.
        ("المادة 51", "المادة 15"),
        ("في 01 أيار/مايو 2891.", "في 10 أيار/مايو 1982."),
        ("الوثيقة 1151.VP/DC اليوم", "الوثيقة CD/PV.1511 اليوم"),
        ("اسم )RIAF( هنا", "اسم (FAIR) هنا"),
        ("القرار 5.21", "القرار 12.5"),
        ("ســــلام", "سلام"),
    ],
)
def test_numbers_and_latin_words_are_turned_back(printed: str, read: str) -> None:
    assert in_logical_order([[_strip(printed)]])[0][0].text == read


def test_brackets_that_a_program_tells_as_meant_stay() -> None:
    assert in_logical_order([[_strip("(أ) المصباح (الأول)")]])[0][0].text == "(أ) المصباح (الأول)"
    assert in_logical_order([[_strip(")أ( المصباح )الأول(")]])[0][0].text == "(أ) المصباح (الأول)"


@given(st.text(alphabet="ابتثجحخدذرسشصضطظعغفقكلمنهويءآأإؤئ 0123456789()[].,/-AbCd", max_size=60))
def test_nothing_is_lost_and_edges_go_with_the_text(text: str) -> None:
    strip = in_logical_order([[_strip(text)]])[0][0]
    brackets = str.maketrans("][)(", "[[((")
    assert Counter(strip.text.translate(brackets)) == Counter(text.translate(brackets))
    assert len(strip.edges) == len(strip.text) + 1


def test_a_page_in_the_mirror() -> None:
    page = _page("نور ﻻمع")
    assert runs_right_to_left(page)
    seen = mirrored(page)
    assert [run.chars for run in seen.runs] == ["نور لامع"]
    assert seen.runs[0].x0[0] == 50.0
    assert [(rule.x0, rule.x1) for rule in seen.rules] == [(240.0, 290.0)]
    assert not runs_right_to_left(_page("a light"))


def test_the_letters_of_a_ligature_have_one_place() -> None:
    run = Run("أل", [40.0, 40.0], [50.0, 50.0], 100.0, _STYLE)
    assert [run.chars for run in mirrored(RunPage(1, 300.0, 400.0, [run], [])).runs] == ["لأ"]


def test_a_space_under_a_letter_is_none_and_signs_stand_behind_their_letters() -> None:
    chars, x1 = "مصب حَ", [250.0, 245.0, 240.0, 235.5, 235.0, 234.0]
    run = Run(chars, [right - 5.0 for right in x1], x1, 100.0, _STYLE)
    page = RunPage(1, 300.0, 400.0, [run], [])
    assert "".join(run.chars for run in mirrored(page).runs) == "مصبحَ"


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("1 - تضيء المنارة", LabelKind.ARABIC, "1"),
        ("12 – تضيء المنارة", LabelKind.ARABIC, "12"),
        ("(أ) تضيء المنارة", LabelKind.LETTER, "أ"),
        ("(ه\u200d) تضيء المنارة", LabelKind.LETTER, "ه"),
        ("’1‘ تضيء المنارة", LabelKind.BRACKETED_NUMBER, "1"),
    ],
)
def test_labels(text: str, kind: LabelKind, number: str) -> None:
    label = match_label(text)
    assert label is not None
    assert (label.kind, label.number) == (kind, number)


@pytest.mark.parametrize("text", ["1 - a lamp", "12 – lampe", "(في المنارة) نور"])
def test_what_is_no_label(text: str) -> None:
    assert match_label(text) is None


@pytest.mark.parametrize(
    ("heading", "name"), [("المرفق الأول", "annex-I"), ("المرفق الثاني", "annex-II"), ("المرفق", "annex")]
)
def test_annexes(heading: str, name: str) -> None:
    assert division_name(heading, None) == name
