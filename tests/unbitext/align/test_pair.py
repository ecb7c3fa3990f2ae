"""Aligning documents: coverage, anchors, order, refusal."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Kind
from unbitext.align import NotATranslation, align_pair, align_segmented
from unbitext.align.output import jsonl_lines, pair_rows, segmented_rows, tsv_lines
from unbitext.quality.evaluate import Gold, evaluate_alignment

MakeBlock = Callable[..., Block]
MakeDocument = Callable[..., Document]

ZH = ["灯塔委员会于春天召开了会议。", "委员会审议了报告。", "各方同意下周再次讨论渡船时刻表。", "谢谢大家。"]
EN = [
    "The Lighthouse Committee met in the spring.",
    "The Committee considered the report.",
    "The parties agreed to take up the timetable of the ferries again next week.",
    "Thank you all.",
]


def pair_of(source: Document, target: Document) -> DocumentPair:
    return DocumentPair(source=source, target=target)


def ids(links: list[Link]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(link.source_ids, link.target_ids) for link in links]


def covered(links: list[Link], pair: DocumentPair) -> bool:
    source = [s.id for b in pair.source.blocks for s in b.sentences]
    target = [s.id for b in pair.target.blocks for s in b.sentences]
    return sorted(i for x in links for i in x.source_ids) == sorted(source) and sorted(
        j for x in links for j in x.target_ids
    ) == sorted(target)


def test_sentences_of_a_paragraph(block: MakeBlock, document: MakeDocument) -> None:
    pair = pair_of(
        document("zh", [block("p1", Kind.PARAGRAPH, ZH, number="1")]),
        document("en", [block("p1", Kind.PARAGRAPH, EN, number="1")]),
    )
    links = align_pair(pair)
    assert ids(links) == [((f"p1.s{n}",), (f"p1.s{n}",)) for n in range(1, 5)]
    assert {kind for link in links for kind in link.kinds} == {Kind.PARAGRAPH}
    assert all(0 <= link.score <= 1 and link.method for link in links)


def test_numbers_restart_in_an_annex(block: MakeBlock, document: MakeDocument) -> None:
    def body(texts: list[str], missing: int | None = None) -> list[Block]:
        numbers = ["1", "2", "1", "2"]
        return [block(f"b{n}", Kind.PARAGRAPH, [texts[n]], number=numbers[n]) for n in range(4) if n != missing]

    pair = pair_of(document("zh", body(ZH, missing=1)), document("en", body(EN)))
    assert ids(align_pair(pair)) == [
        (("b0.s1",), ("b0.s1",)),
        ((), ("b1.s1",)),
        (("b2.s1",), ("b2.s1",)),
        (("b3.s1",), ("b3.s1",)),
    ]
    lonely = [finding for link in align_pair(pair) for finding in link.findings]
    assert [finding.where for finding in lonely] == ["b1"]
    assert EN[1] in lonely[0].message


def test_a_missing_turn_does_not_shift_the_rest(record: MakeDocument) -> None:
    source = record("zh", [(None, ZH[0]), ("DEU", ZH[1]), (None, ZH[3]), ("CHN", ZH[2])])
    target = record("en", [(None, EN[0]), (None, EN[3]), ("CHN", EN[2])])
    links = align_pair(pair_of(source, target))
    assert ((("t4.s1",), ("t3.s1",))) in ids(links)
    assert ((("t3.s1",), ("t2.s1",))) in ids(links)


def test_notes_are_aligned_among_themselves(block: MakeBlock, document: MakeDocument) -> None:
    source = document(
        "zh",
        [
            block("p1", Kind.PARAGRAPH, ZH[:2], number="1"),
            block("n1", Kind.FOOTNOTE, [ZH[3]], number="1"),
            block("p2", Kind.PARAGRAPH, [ZH[2]], number="2"),
        ],
    )
    target = document(
        "en",
        [
            block("p1", Kind.PARAGRAPH, EN[:2], number="1"),
            block("p2", Kind.PARAGRAPH, [EN[2]], number="2"),
            block("n1", Kind.FOOTNOTE, [EN[3]], number="1"),
        ],
    )
    assert ids(align_pair(pair_of(source, target))) == [
        (("p1.s1",), ("p1.s1",)),
        (("p1.s2",), ("p1.s2",)),
        (("n1.s1",), ("n1.s1",)),
        (("p2.s1",), ("p2.s1",)),
    ]


def test_a_document_without_text_is_refused(block: MakeBlock, document: MakeDocument) -> None:
    pair = pair_of(document("zh", [block("p1", Kind.PARAGRAPH, ZH)]), document("en", []))
    with pytest.raises(NotATranslation) as caught:
        align_pair(pair)
    assert caught.value.evidence


def test_two_documents_without_text_have_no_links(document: MakeDocument) -> None:
    assert align_pair(pair_of(document("zh", []), document("en", []))) == []
    assert align_segmented([], []) == []


TEXTS = st.lists(st.sampled_from([*ZH, *EN, "1", "2019", "。", ""]), max_size=12)


@settings(max_examples=40)
@given(TEXTS, TEXTS)
def test_every_line_is_in_one_link_and_in_order(source: list[str], target: list[str]) -> None:
    try:
        links = align_segmented(source, target)
    except NotATranslation:
        return
    assert [int(i) for x in links for i in x.source_ids] == list(range(len(source)))
    assert [int(j) for x in links for j in x.target_ids] == list(range(len(target)))
    assert all(x.source_ids or x.target_ids for x in links)


NUMBERS = st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), max_size=8)


@settings(max_examples=40)
@given(left=NUMBERS, right=NUMBERS)
def test_every_sentence_of_every_block_is_in_one_link(
    block: MakeBlock, document: MakeDocument, left: list[int | None], right: list[int | None]
) -> None:
    def body(language: str, texts: list[str], numbers: list[int | None]) -> Document:
        blocks = [
            block(
                f"b{n}",
                Kind.FOOTNOTE if number == 4 else Kind.MASTHEAD if number == 5 else Kind.PARAGRAPH,
                texts[: 1 + n % 4],
                number=str(number) if number else None,
            )
            for n, number in enumerate(numbers)
        ]
        return document(language, blocks)

    pair = pair_of(body("zh", ZH, left), body("en", EN, right))
    try:
        links = align_pair(pair)
    except NotATranslation:
        return
    assert covered(links, pair)
    order = [s.id for b in pair.source.blocks for s in b.sentences]
    firsts = [order.index(x.source_ids[0]) for x in links if x.source_ids]
    assert firsts == sorted(firsts)


def test_rows_and_lines() -> None:
    links = align_segmented(ZH, EN, "zh", "en")
    rows = segmented_rows(ZH, EN, links)
    assert [row.source for row in rows] == [(text,) for text in ZH]
    assert all(line.startswith("{") for line in jsonl_lines(rows))
    lines = list(tsv_lines(rows))
    assert len(lines) == len(rows) + 1
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "strict", "lax"), [("CD_PV.1511", 0.985, 0.998), ("NPT_CONF.2020_PC.I_WP.4", 0.985, 0.998)]
)
def test_real_documents(
    name: str, strict: float, lax: float, gold_pair: Callable[[str], tuple[DocumentPair, Gold]]
) -> None:
    pair, gold = gold_pair(name)
    links = align_pair(pair)
    assert covered(links, pair)
    scores = evaluate_alignment(pair_rows(pair, links), gold)
    assert scores.strict.f1 >= strict
    assert scores.lax.f1 >= lax
