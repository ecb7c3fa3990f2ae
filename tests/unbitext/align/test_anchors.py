"""Anchors: which blocks stand for one another by number, turn, heading and kind, and what words have to say of it."""

from collections.abc import Callable, Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.bitext import DocumentPair
from schemas.document import Block, Document, Kind
from tests.parsers.inventions import invented_sentences
from unbitext.align import align_pair
from unbitext.align.anchors import block_keys, heaviest_sequence, match_keys
from unbitext.align.courses import Course, find_courses

MakeBlock = Callable[..., Block]
MakeDocument = Callable[..., Document]

ZH, EN = invented_sentences("zh"), invented_sentences("en")


def anchors(source: Document, target: Document) -> list[tuple[str, str]]:
    keys = block_keys(source, source.blocks), block_keys(target, target.blocks)
    return [(source.blocks[i].id, target.blocks[j].id) for i, j in match_keys(*keys)]


def links_of(source: Document, target: Document) -> set[tuple[str, str]]:
    links = align_pair(DocumentPair(source=source, target=target))
    return {(i, j) for link in links for i in link.source_ids for j in link.target_ids}


NUMBERED = [
    # source numbers, target numbers, the anchors by index
    (["1", "2", "3"], ["1", "2", "3"], [(0, 0), (1, 1), (2, 2)]),
    (["1", "2", "3"], ["1", "3"], [(0, 0), (2, 1)]),
    (["1", "2", "1", "2"], ["1", "2", "1", "2"], [(0, 0), (1, 1), (2, 2), (3, 3)]),
    (["1", "2", "1", "2"], ["1", "1", "2"], [(0, 0), (2, 1), (3, 2)]),
    (["1", "2", "3", "1"], ["1", "2", "1"], [(0, 0), (1, 1), (3, 2)]),
    (["1", None, "2"], ["1", "2"], [(0, 0), (2, 1)]),
    (["1", "2", "3", "4"], ["1", "3", "2", "4"], None),
]


@pytest.mark.parametrize(("left", "right", "expected"), NUMBERED)
def test_numbers_of_paragraphs(
    block: MakeBlock,
    document: MakeDocument,
    left: list[str | None],
    right: list[str | None],
    expected: list[tuple[int, int]] | None,
) -> None:
    source = document("zh", [block(f"s{n}", Kind.PARAGRAPH, [ZH[n]], number=number) for n, number in enumerate(left)])
    target = document("en", [block(f"t{n}", Kind.PARAGRAPH, [EN[n]], number=number) for n, number in enumerate(right)])
    found = anchors(source, target)
    if expected is None:
        # of two that crossed, one is an anchor
        assert len(found) == 3
    else:
        assert found == [(f"s{i}", f"t{j}") for i, j in expected]


@pytest.mark.parametrize(
    ("left", "right"), [("一", "I"), ("二", "II"), ("十四", "XIV"), ("A", "A"), ("㈠", "i"), ("1", "1"), ("三", "3")]
)
def test_numbers_of_headings(block: MakeBlock, document: MakeDocument, left: str, right: str) -> None:
    source = document(
        "zh", [block("a", Kind.HEADING, ["导言"], number="九"), block("b", Kind.HEADING, ["灯"], number=left)]
    )
    target = document("en", [block("b", Kind.HEADING, ["Lamps"], number=right)])
    assert anchors(source, target) == [("b", "b")]


CODES = [None, "DEU", None, "CHN", None, "KEN", None, "PER"]


@pytest.mark.parametrize("missing", range(len(CODES)))
def test_a_missing_turn_does_not_shift_the_rest(record: MakeDocument, missing: int) -> None:
    source = record("zh", list(zip(CODES, ZH, strict=False)))
    kept = [n for n in range(len(CODES)) if n != missing]
    target = record("en", [(CODES[n], EN[n]) for n in kept])
    found = links_of(source, target)
    for place, n in enumerate(kept, start=1):
        if CODES[n] is not None:
            assert (f"t{n + 1}.s1", f"t{place}.s1") in found


def test_an_interpreters_note_does_not_shift_the_turns(record: MakeDocument, block: MakeBlock) -> None:
    source = record("zh", list(zip(CODES, ZH, strict=False)))
    target = record("en", list(zip(CODES, EN, strict=False)))
    note = block("n1", Kind.FOOTNOTE, ["Text provided by the delegation; not read by an interpreter."], number="*")
    target = target.model_copy(update={"blocks": (*target.blocks[:2], note, *target.blocks[2:])})
    assert links_of(source, target) == {(f"t{n}.s1", f"t{n}.s1") for n in range(1, 9)}


def notes(block: MakeBlock, language: str, texts: Sequence[str], first: int) -> list[Block]:
    return [block(f"{language}{n}", Kind.FOOTNOTE, [text], number=str(n)) for n, text in enumerate(texts, start=first)]


@pytest.mark.parametrize("extra", [False, True])
def test_footnotes_shifted_by_one(block: MakeBlock, document: MakeDocument, extra: bool) -> None:
    # one side has a note more at the front, so that all its marks are one off
    size = 16
    source = document("zh", notes(block, "zh", ZH[1 : size + 1], 1))
    first = EN[:1] if extra else []
    target = document("en", notes(block, "en", [*first, *EN[1 : size + 1]], 1 if extra else 2))
    found = links_of(source, target)
    right = {(f"zh{n}.s1", f"en{n + 1}.s1") for n in range(1, size + 1)}
    assert len(found & right) >= 0.8 * size
    certain = [
        link
        for link in align_pair(DocumentPair(source=source, target=target))
        if link.score >= 0.9 and link.source_ids and link.target_ids
    ]
    assert all((link.source_ids[0], link.target_ids[0]) in right for link in certain)


def test_numbers_alone_when_words_say_nothing(block: MakeBlock, document: MakeDocument) -> None:
    source = document("zh", notes(block, "zh", ["同上。"] * 5, 1))
    target = document("en", notes(block, "en", ["Ibid."] * 5, 1))
    assert links_of(source, target) == {(f"zh{n}.s1", f"en{n}.s1") for n in range(1, 6)}


def test_the_second_half_of_a_document_is_not_matched_by_the_numbers_of_the_first(
    block: MakeBlock, document: MakeDocument
) -> None:
    # numbering starts again in the middle: the half that is left has numbers that both halves had
    numbers = [str(1 + n % 10) for n in range(20)]
    source = document("zh", [block(f"p{n}", Kind.PARAGRAPH, [ZH[n]], number=numbers[n]) for n in range(20)])
    target = document("en", [block(f"p{n}", Kind.PARAGRAPH, [EN[n]], number=numbers[n]) for n in range(10, 20)])
    found = links_of(source, target)
    assert len(found & {(f"p{n}.s1", f"p{n}.s1") for n in range(10, 20)}) >= 9


def test_symbols_dates_and_names_tie_unnumbered_paragraphs(block: MakeBlock, document: MakeDocument) -> None:
    zh = [
        "第一五一一次会议于2019年6月28日举行。",
        "见SPECIMEN/2027/3号文件。",
        "《灯塔登记簿》由Harbour Press出版。",
        "德国和肯尼亚表示支持。",
        "共有3,200名看守人。",
    ]
    en = [
        "The 1511th meeting was held on 28 June 2019.",
        "See document SPECIMEN/2027/3.",
        "The Register of Lamps was published by Harbour Press.",
        "Germany and Kenya supported it.",
        "There were 3,200 keepers.",
    ]
    for missing in range(5):
        source = document("zh", [block(f"p{n}", Kind.PARAGRAPH, [zh[n]]) for n in range(5)])
        target = document("en", [block(f"p{n}", Kind.PARAGRAPH, [en[n]]) for n in range(5) if n != missing])
        assert links_of(source, target) == {(f"p{n}.s1", f"p{n}.s1") for n in range(5) if n != missing}


def test_courses_count_the_landmarks_before_each_block(block: MakeBlock, document: MakeDocument) -> None:
    source = document("zh", [block(f"p{n}", Kind.PARAGRAPH, [ZH[n]]) for n in range(20)])
    target = document("en", [block(f"p{n}", Kind.PARAGRAPH, [EN[n]]) for n in range(20)])
    courses = find_courses(DocumentPair(source=source, target=target), source.blocks, target.blocks)
    for course in courses:
        assert len(course.begins) == len(course.ends) == 20
        assert course.begins[1:] == course.ends[:-1]
        assert list(course.begins) == sorted(course.begins)
    assert courses[0].ends[-1] >= 5


def test_an_anchor_that_cuts_off_landmarks_is_none(block: MakeBlock, document: MakeDocument) -> None:
    source = document("zh", [block("s", Kind.FOOTNOTE, [ZH[0]], number="1")])
    target = document("en", [block("t", Kind.FOOTNOTE, [EN[0]], number="1")])
    keys = block_keys(source, source.blocks), block_keys(target, target.blocks)
    assert match_keys(*keys, (Course((0,), (1,)), Course((0,), (1,)))) == [(0, 0)]
    assert match_keys(*keys, (Course((0,), (1,)), Course((2,), (3,)))) == []


PAIRS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 9).map(float)),
    max_size=9,
    unique_by=lambda one: one[:2],
).map(sorted)


@settings(max_examples=200)
@given(PAIRS)
def test_heaviest_sequence_is_the_heaviest(pairs: list[tuple[int, int, float]]) -> None:
    found = heaviest_sequence(pairs, 6)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    gains = {(i, j): gain for i, j, gain in pairs}
    best = 0.0
    for chosen in product([False, True], repeat=len(pairs)):
        some = [one for one, taken in zip(pairs, chosen, strict=True) if taken]
        if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(some)):
            best = max(best, sum(one[2] for one in some))
    assert sum(gains[one] for one in found) == best
