"""Links that a person gave: kept, never shared, and the aligner's links made around them."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from schemas.bitext import FIXED, DocumentPair, Link
from schemas.document import Kind
from tests.unbitext.align.conftest import make_block, make_document
from unbitext.align import Bead, NotATranslation, PassagePair, align_pair

FROGS = [
    ("青蛙在1970年来到池塘。", "The frogs came to the pond in 1970."),
    ("蝾螈住在石头下面。", "The newts live under the stones."),
    ("苍鹭等待鱼。", "The heron waits for fish."),
    ("委员会通过了第12号决议。", "The Committee adopted resolution 12."),
    ("水在7月是冷的。", "The water is cold in July."),
    ("会议于下午3时结束。", "The meeting ended at 3 p.m."),
]


class InOrder:
    """An aligner that knows nothing: one to one in order, what is left over alone."""

    signature = "in-order|version:1"

    def align(self, pairs: Sequence[PassagePair]) -> list[list[Bead]]:
        return [self._beads(len(pair.source), len(pair.target)) for pair in pairs]

    def _beads(self, rows: int, columns: int) -> list[Bead]:
        both = min(rows, columns)
        beads = [Bead((i, i + 1), (i, i + 1), 0.4) for i in range(both)]
        beads += [Bead((i, i + 1), (both, both), 0.4) for i in range(both, rows)]
        return [*beads, *(Bead((both, both), (j, j + 1), 0.4) for j in range(both, columns))]


def pair_of(source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], number: bool = False) -> DocumentPair:
    """Two documents of paragraphs with these sentences, numbered or not."""
    sides = [
        make_document(
            language,
            [
                make_block(f"p{n}", Kind.PARAGRAPH, list(sentences), number=str(n) if number else None)
                for n, sentences in enumerate(paragraphs, 1)
            ],
        )
        for language, paragraphs in (("zh", source), ("en", target))
    ]
    return DocumentPair(source=sides[0], target=sides[1])


def fixed(source: Sequence[str], target: Sequence[str]) -> Link:
    return Link(source_ids=tuple(source), target_ids=tuple(target), kinds=(Kind.PARAGRAPH,), score=1.0, method=FIXED)


def sides(links: Sequence[Link]) -> set[tuple[str, str]]:
    return {(" ".join(link.source_ids), " ".join(link.target_ids)) for link in links}


def frogs(number: bool = False) -> DocumentPair:
    return pair_of([[zh] for zh, _ in FROGS], [[en] for _, en in FROGS], number)


def assert_whole(pair: DocumentPair, links: Sequence[Link]) -> None:
    """Every sentence is in exactly one link."""
    for side, document in (("source_ids", pair.source), ("target_ids", pair.target)):
        held = Counter(one for link in links for one in getattr(link, side))
        assert held == Counter(s.id for block in document.blocks for s in block.sentences)


@pytest.mark.parametrize("number", [False, True])
@pytest.mark.parametrize(
    "person",
    [
        [(["p2.s1"], ["p2.s1", "p3.s1"]), (["p3.s1"], [])],
        [(["p2.s1"], []), ([], ["p2.s1"])],
        [(["p1.s1", "p2.s1", "p3.s1"], ["p1.s1"])],
        [(["p2.s1"], ["p3.s1"]), (["p3.s1"], ["p2.s1"])],
        [(["p1.s1", "p3.s1"], ["p2.s1"])],
        [([f"p{n}.s1" for n in range(1, 7)], [f"p{n}.s1" for n in range(1, 7)])],
        [(["p1.s1"], ["p6.s1"])],
    ],
)
def test_a_persons_link_wins_over_the_aligner(person: list[tuple[list[str], list[str]]], number: bool) -> None:
    pair = frogs(number)
    without = align_pair(pair)
    assert ("p2.s1", "p2.s1") in sides(without)
    wanted = [fixed(*one) for one in person]
    links = align_pair(pair, fixed=wanted)
    assert [link for link in links if link.is_persons] == sorted(wanted, key=links.index)
    assert_whole(pair, links)
    free = sides(without) - {
        side
        for side in sides(without)
        for one in person
        if {*side[0].split()} & {*one[0]} or {*side[1].split()} & {*one[1]}
    }
    assert free <= sides(links)  # what the person's links do not touch is as it was


def test_without_any_nothing_changes() -> None:
    assert align_pair(frogs(), fixed=()) == align_pair(frogs())


def test_neighbours_stay_on_their_side_of_it() -> None:
    pair = pair_of([["一。", "二。", "三。"]], [["A.", "B.", "C.", "D."]])
    assert ("p1.s2", "p1.s2") in sides(align_pair(pair, InOrder()))
    links = align_pair(pair, InOrder(), [fixed(["p1.s2"], ["p1.s3"])])
    assert sides(links) == {("p1.s1", "p1.s1"), ("", "p1.s2"), ("p1.s2", "p1.s3"), ("p1.s3", "p1.s4")}


def test_text_that_was_moved_moves_nothing_else() -> None:
    moved = [FROGS[n][1] for n in (5, 0, 1, 2, 3, 4)]
    pair = pair_of([[zh for zh, _ in FROGS]], [moved])
    links = align_pair(pair, fixed=[fixed(["p1.s6"], ["p1.s1"])])
    assert sides(links) == {("p1.s6", "p1.s1"), *((f"p1.s{n}", f"p1.s{n + 1}") for n in range(1, 6))}


def test_an_anchor_that_a_person_contradicts_is_none() -> None:
    # Numbers that differ by one: each paragraph's counterpart has another number.
    blocks = [
        [
            make_block(f"p{n + shift}", Kind.PARAGRAPH, [one[side]], number=str(n + shift))
            for n, one in enumerate(FROGS, 1)
        ]
        for side, shift in ((0, 0), (1, 1))
    ]
    pair = DocumentPair(source=make_document("zh", blocks[0]), target=make_document("en", blocks[1]))
    person = [fixed([f"p{n}.s1"], [f"p{n + 1}.s1"]) for n in (2, 4)]
    links = align_pair(pair, fixed=person)
    assert_whole(pair, links)
    assert {("p2.s1", "p3.s1"), ("p4.s1", "p5.s1")} <= sides(links)


def test_links_across_streams() -> None:
    made = [
        make_document(language, [
            make_block("m1", Kind.MASTHEAD, [words[0]]),
            make_block("p1", Kind.PARAGRAPH, words[1:3]),
            make_block("fn1", Kind.FOOTNOTE, words[3:], number="1"),
        ])
        for language, words in (("zh", [zh for zh, _ in FROGS]), ("en", [en for _, en in FROGS]))
    ]  # fmt: skip
    pair = DocumentPair(source=made[0], target=made[1])
    person = Link(
        source_ids=("p1.s2",), target_ids=("fn1.s1",), kinds=(Kind.FOOTNOTE, Kind.PARAGRAPH), score=1.0, method=FIXED
    )
    links = align_pair(pair, fixed=[person])
    assert person in links
    assert_whole(pair, links)


def test_a_block_left_alone_by_a_person_is_not_reported() -> None:
    pair = pair_of([["一。"], ["二。", "三。"]], [["A."]])
    left = fixed(["p2.s1"], [])
    found = [f for link in align_pair(pair, InOrder(), [left]) for f in link.findings]
    assert [(f.code, f.where) for f in found if f.code.startswith("paragraph")] == [
        ("paragraph-without-counterpart", "p2")
    ]
    both = [left, fixed(["p2.s2"], [])]
    assert [f.code for link in align_pair(pair, InOrder(), both) for f in link.findings if "paragraph" in f.code] == []


def test_a_persons_link_is_not_doubted_but_its_text_may_be() -> None:
    pair = pair_of([["The frogs of the pond sing in 1970."]], [["The frogs of the pond sing in 1971."]])
    codes = [[f.code for f in link.findings] for link in align_pair(pair, InOrder())]
    assert codes == [["link-language", "link-numbers-differ"]]
    (link,) = align_pair(pair, InOrder(), [fixed(["p1.s1"], ["p1.s1"])])
    assert [f.code for f in link.findings] == ["link-language"]


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ([fixed(["p1.s1"], ["p1.s1"]), fixed(["p1.s1"], ["p2.s1"])], "hold p1.s1"),
        ([fixed(["p1.s1"], ["p2.s1"]), fixed([], ["p2.s1"])], "hold p2.s1"),
        ([fixed(["p9.s1"], ["p2.s1"])], "no sentence has the id p9.s1"),
        ([fixed(["p1.s1"], ["p2.s9"])], "no sentence has the id p2.s9"),
    ],
)
def test_links_that_cannot_all_hold_are_an_error(person: list[Link], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        align_pair(frogs(), InOrder(), person)


@st.composite
def pairs_with_links(draw: st.DrawFn) -> tuple[DocumentPair, list[Link]]:
    """Two documents of short paragraphs, some numbered, and links between any of their sentences."""
    documents = []
    for language, words in (("zh", [zh for zh, _ in FROGS]), ("en", [en for _, en in FROGS])):
        blocks = [
            make_block(
                f"b{n}",
                draw(st.sampled_from([Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.HEADING, Kind.FOOTNOTE, Kind.MASTHEAD])),
                draw(st.lists(st.sampled_from(words), min_size=1, max_size=4)),
                number=draw(st.sampled_from([None, "1", "2", "3"])),
            )
            for n in range(draw(st.integers(2, 6)))
        ]
        documents.append(make_document(language, blocks))
    pair = DocumentPair(source=documents[0], target=documents[1])
    left, right = (
        draw(st.permutations([s.id for block in document.blocks for s in block.sentences])) for document in documents
    )
    links = []
    for _ in range(draw(st.integers(0, 5))):
        n, m = draw(st.integers(0, min(2, len(left)))), draw(st.integers(0, min(2, len(right))))
        if n or m:
            links.append(fixed(left[:n], right[:m]))
            left, right = left[n:], right[m:]
    return pair, links


@settings(max_examples=60, deadline=None)
@given(pairs_with_links(), st.booleans())
def test_every_sentence_is_in_one_link_and_the_persons_are_kept(
    drawn: tuple[DocumentPair, list[Link]], real: bool
) -> None:
    pair, person = drawn
    try:
        links = align_pair(pair, None if real else InOrder(), person)
    except NotATranslation:  # one side is many times the other
        reject()
    assert_whole(pair, links)
    assert sides([link for link in links if link.is_persons]) == sides(person)
    assert links == align_pair(pair, None if real else InOrder(), person[::-1])
