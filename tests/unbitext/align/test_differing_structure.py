"""Two texts whose structure differs: lists counted by other signs, headings in two parts, notes read as paragraphs."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.bitext import DocumentPair
from schemas.document import Block, Document, Kind
from tests.parsers.inventions import invented_sentences
from unbitext.align import align_pair
from unbitext.align.anchors import block_keys
from unbitext.align.courses import Course
from unbitext.align.list_places import list_places, place_readings
from unbitext.align.lone import lone_cuts, without_walls

MakeBlock = Callable[..., Block]
MakeDocument = Callable[..., Document]

ZH, EN = invented_sentences("zh"), invented_sentences("en")


def links_of(source: Document, target: Document) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(x.source_ids, x.target_ids) for x in align_pair(DocumentPair(source=source, target=target))]


@pytest.mark.parametrize(
    ("number", "readings"),
    [
        ("a", [1]),
        ("c", [3, 100]),
        ("i", [9, 1]),
        ("iv", [4]),
        ("bb", [28]),
        ("三", [3]),
        ("㈢", [3]),
        ("（十二）", [12]),
        ("7", [7]),
        ("７", [7]),
        ("", []),
        ("x" * 40, []),
        ("bis", []),
    ],
)
def test_what_places_a_number_can_mean(number: str, readings: list[int]) -> None:
    assert place_readings(number) == readings


LISTS = [
    (["g", "h", "i", "j"], [7, 8, 9, 10]),
    (["i", "ii", "iii", "iv", "v", "vi"], [1, 2, 3, 4, 5, 6]),
    (["u", "v", "w", "x", "y"], [21, 22, 23, 24, 25]),
    (["c", "d", "e"], [3, 4, 5]),
    (["一", "二", "四"], [1, 2, 4]),
    (["a", "b", "a", "b"], [1, 2, 1, 2]),
]


@pytest.mark.parametrize(("numbers", "places"), LISTS)
def test_places_in_a_list(block: MakeBlock, numbers: list[str], places: list[int]) -> None:
    items = [block(f"x{n}", Kind.ITEM, [EN[0]], number=number) for n, number in enumerate(numbers)]
    assert list(list_places(items).values()) == places


def test_each_paragraph_has_its_own_list(block: MakeBlock) -> None:
    items = [
        block("p1", Kind.PARAGRAPH, [EN[0]], number="1"),
        block("p1.h", Kind.ITEM, [EN[0]], number="h", parent="p1"),
        block("p1.h.i", Kind.ITEM, [EN[0]], number="i", parent="p1.h"),
        block("p1.i", Kind.ITEM, [EN[0]], number="i", parent="p1"),
    ]
    assert list_places(items) == {"p1.h": 8, "p1.h.i": 1, "p1.i": 9}


def test_items_by_letters_stand_for_items_by_numerals(block: MakeBlock, document: MakeDocument) -> None:
    """The ninth of one list, (i), is not the first of the other."""
    signs = "abcdefghi", "一二三四五六七八九"
    source, target = (
        document(
            language,
            [block("p1", Kind.PARAGRAPH, [texts[0]], number="1")]
            + [block(f"x{n}", Kind.ITEM, [texts[n]], number=sign, parent="p1") for n, sign in enumerate(of, start=1)],
        )
        for language, texts, of in (("zh", ZH, signs[1]), ("en", EN, signs[0]))
    )
    assert links_of(source, target) == [
        ((f"{one}.s1",), (f"{one}.s1",)) for one in ["p1", *(f"x{n}" for n in range(1, 10))]
    ]


def test_a_heading_in_two_parts(block: MakeBlock, document: MakeDocument) -> None:
    source = document(
        "zh",
        [
            block("h1", Kind.HEADING, ["第五条"]),
            block("h2", Kind.HEADING, ["国际和平与安全"]),
            block("p1", Kind.PARAGRAPH, [ZH[1]], number="1"),
        ],
    )
    target = document(
        "en",
        [
            block("h1", Kind.HEADING, ["Article 5 International peace and security"]),
            block("p1", Kind.PARAGRAPH, [EN[1]], number="1"),
        ],
    )
    assert links_of(source, target) == [(("h1.s1", "h2.s1"), ("h1.s1",)), (("p1.s1",), ("p1.s1",))]


@pytest.mark.parametrize(
    ("division", "heading", "text"),
    [("article-3", "Article 3", "第三条"), ("part-III", "PART III", "第三部分"), ("chapter-3", "Chapter 3", "第三章")],
)
def test_a_division_stands_for_a_heading(
    block: MakeBlock, document: MakeDocument, division: str, heading: str, text: str
) -> None:
    """One text is read as an instrument, the other as a report: its articles are headings like others."""
    source = document("zh", [block("h1", Kind.HEADING, [text]), block("u1", Kind.PARAGRAPH, ZH[:2])])
    target = document(
        "en",
        [
            block("h1", Kind.HEADING, [heading], division=division),
            block("u1", Kind.PARAGRAPH, EN[:2], division=division),
        ],
    )
    assert links_of(source, target)[0] == (("h1.s1",), ("h1.s1",))


def test_a_note_that_is_read_as_a_paragraph(block: MakeBlock, document: MakeDocument) -> None:
    source = document(
        "zh",
        [
            block("p1", Kind.PARAGRAPH, ZH[:3], number="1"),
            block("fn1", Kind.FOOTNOTE, [ZH[4]], number="1"),
            block("p2", Kind.PARAGRAPH, ZH[5:8], number="2"),
        ],
    )
    target = document(
        "en",
        [
            block("p1", Kind.PARAGRAPH, EN[:3], number="1"),
            block("u1", Kind.PARAGRAPH, [EN[4]]),
            block("p2", Kind.PARAGRAPH, EN[5:8], number="2"),
        ],
    )
    assert (("fn1.s1",), ("u1.s1",)) in links_of(source, target)


def test_ids_that_both_documents_have(block: MakeBlock, document: MakeDocument) -> None:
    """What has a link in one document says nothing of the block of that id in the other."""
    source = document(
        "zh",
        [
            block("m1", Kind.MASTHEAD, ["SPECIMEN/1"]),
            block("m2", Kind.MASTHEAD, [ZH[0]]),
            block("title1", Kind.TITLE, [ZH[3]]),
            block("p1", Kind.PARAGRAPH, ZH[5:8], number="1"),
        ],
    )
    target = document(
        "en",
        [
            block("m1", Kind.MASTHEAD, ["SPECIMEN/1"]),
            block("title1", Kind.TITLE, [EN[0]]),
            block("title2", Kind.TITLE, [EN[3]]),
            block("p1", Kind.PARAGRAPH, EN[5:8], number="1"),
        ],
    )
    links = links_of(source, target)
    assert (("m2.s1",), ("title1.s1",)) in links
    assert (("title1.s1",), ("title2.s1",)) in links


def test_landmarks_forbid_a_wall(block: MakeBlock, document: MakeDocument) -> None:
    """A paragraph whose number is lost on one side is in the text before the wall: as many landmarks on both sides."""
    blocks = [block(f"b{n}", Kind.PARAGRAPH, [EN[n]], number=str(n + 1)) for n in range(2)]
    source = block_keys(document("en", blocks[:1]), blocks[:1])
    target = block_keys(document("en", blocks), blocks)
    ends = [(0, 0), (1, 2)]
    assert lone_cuts(source, target, ends) == [(0, 0), (1, 1), (1, 2)]
    cut_off = Course(begins=(0,), ends=(2,)), Course(begins=(0, 1), ends=(1, 2))
    assert lone_cuts(source, target, ends, cut_off) == ends
    kept = Course(begins=(0,), ends=(2,)), Course(begins=(0, 2), ends=(2, 2))
    assert lone_cuts(source, target, ends, kept) == [(0, 0), (1, 1), (1, 2)]


def test_a_masthead_that_is_read_as_a_title(block: MakeBlock, document: MakeDocument) -> None:
    source = document("zh", [block("m1", Kind.MASTHEAD, [ZH[0]]), block("p1", Kind.PARAGRAPH, ZH[1:4], number="1")])
    target = document("en", [block("t1", Kind.TITLE, [EN[0]]), block("p1", Kind.PARAGRAPH, EN[1:4], number="1")])
    assert links_of(source, target)[0] == (("m1.s1",), ("t1.s1",))


@pytest.mark.parametrize(
    ("cuts", "kept"),
    [
        ([(0, 0), (1, 0), (1, 1), (2, 2)], [(0, 0), (1, 1), (2, 2)]),
        ([(0, 0), (1, 0), (2, 0), (2, 2)], [(0, 0), (1, 0), (2, 2)]),
        ([(0, 0), (1, 1), (2, 1), (3, 2)], [(0, 0), (1, 1), (2, 1), (3, 2)]),
        ([(0, 0)], [(0, 0)]),
        ([(0, 0), (3, 3)], [(0, 0), (3, 3)]),
    ],
)
def test_no_wall_between_what_each_side_has_alone(cuts: list[tuple[int, int]], kept: list[tuple[int, int]]) -> None:
    assert without_walls(cuts) == kept


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_walls_only_fall(steps: list[tuple[int, int]]) -> None:
    cuts = [(sum(a for a, _ in steps[:n]), sum(b for _, b in steps[:n])) for n in range(1, len(steps) + 1)]
    kept = without_walls(cuts)
    assert set(kept) <= set(cuts)
    assert (kept[0], kept[-1]) == (cuts[0], cuts[-1])
