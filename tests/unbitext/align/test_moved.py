"""Paragraphs that stand at another place in the other text: linked by their words and numbers, and told."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from parsers.parse import parse_file
from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Kind
from tests.parsers.inventions import invented_sentences
from unbitext.align import align_pair

MakeBlock = Callable[..., Block]
MakeDocument = Callable[..., Document]

TEXTS = [
    (
        "委员会在2027年3月2日的会议上审议了秘书长关于灯塔的报告。",
        "At its meeting on 2 March 2027 the Committee considered the report of the Secretary-General on lighthouses.",
    ),
    (
        "德国代表以各岛国家的名义作了发言。",
        "The representative of Germany made a statement on behalf of the island States.",
    ),
    (
        "会员国应当在2029年以前向秘书处提供关于渡船的资料。",
        "Member States should provide information on ferries to the Secretariat before 2029.",
    ),
    (
        "缔约国会议决定设立一个由14名专家组成的工作组。",
        "The Meeting of States parties decided to establish a working group of 14 experts.",
    ),
    ("工作组应当在下一届会议上提出建议。", "The working group should present recommendations at the next session."),
    (
        "肯尼亚和秘鲁支持这一提案，但要求增加预算。",
        "Kenya and Peru supported the proposal, but requested a larger budget.",
    ),
    (
        "大会通过了关于保护海洋环境的第17号决议。",
        "The Assembly adopted resolution 17 on the protection of the marine environment.",
    ),
    (
        "国际合作对于发展中国家的安全十分重要。",
        "International cooperation is very important for the security of developing countries.",
    ),
    (
        "主席请各代表团在星期五以前提交书面意见。",
        "The President invited delegations to submit written comments by Friday.",
    ),
    ("该方案的执行情况将每5年审查一次。", "The implementation of the programme will be reviewed every 5 years."),
]
ZH = [text for n, (zh, _) in enumerate(TEXTS) for text in (zh, invented_sentences("zh")[n])]
EN = [text for n, (_, en) in enumerate(TEXTS) for text in (en, invented_sentences("en")[n])]
OTHER = invented_sentences("en")[20:22]


def moved(blocks: Sequence[Block], place: int, to: int) -> list[Block]:
    rest = list(blocks)
    rest.insert(to, rest.pop(place))
    return rest


def findings(links: Sequence[Link], code: str) -> list[str]:
    return [f.message for link in links for f in link.findings if f.code == code]


def paragraphs(block: MakeBlock, texts: Sequence[str], numbered: bool) -> list[Block]:
    """Paragraphs of two sentences each."""
    return [
        block(f"p{n}", Kind.PARAGRAPH, list(texts[2 * n : 2 * n + 2]), number=str(n + 1) if numbered else None)
        for n in range(10)
    ]


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize(("place", "to"), [(2, 5), (6, 1), (3, 4), (0, 9)])
def test_a_moved_paragraph_is_linked_and_told(
    block: MakeBlock, document: MakeDocument, numbered: bool, place: int, to: int
) -> None:
    source = document("zh", paragraphs(block, ZH, numbered))
    target = document("en", moved(paragraphs(block, EN, numbered), place, to))
    links = align_pair(DocumentPair(source=source, target=target))
    right = {(f"p{n}.s{m}", f"p{n}.s{m}") for n in range(10) for m in (1, 2)}
    found = {(i, j) for link in links for i in link.source_ids for j in link.target_ids}
    assert len(found & right) >= 19
    assert findings(links, "paragraph-moved")
    order = [link.source_ids[0] for link in links if link.source_ids]
    assert order == sorted(order, key=lambda one: [s.id for b in source.blocks for s in b.sentences].index(one))


def test_two_paragraphs_exchanged(block: MakeBlock, document: MakeDocument) -> None:
    blocks = paragraphs(block, EN, True)
    blocks[3], blocks[6] = blocks[6], blocks[3]
    pair = DocumentPair(source=document("zh", paragraphs(block, ZH, True)), target=document("en", blocks))
    links = align_pair(pair)
    found = {(i, j) for link in links for i in link.source_ids for j in link.target_ids}
    assert {(f"p{n}.s1", f"p{n}.s1") for n in range(10)} <= found
    assert len(findings(links, "paragraph-moved")) in (1, 2)


def test_nothing_is_moved_where_a_paragraph_is_missing(block: MakeBlock, document: MakeDocument) -> None:
    blocks = [b for n, b in enumerate(paragraphs(block, EN, True)) if n != 4]
    pair = DocumentPair(source=document("zh", paragraphs(block, ZH, True)), target=document("en", blocks))
    links = align_pair(pair)
    assert not findings(links, "paragraph-moved")
    (message,) = findings(links, "paragraph-without-counterpart")
    assert ZH[8] in message


def test_another_text_under_the_same_number_is_not_linked_but_named(block: MakeBlock, document: MakeDocument) -> None:
    # paragraph 3 is elsewhere in the translation, and says something else there
    source, target = paragraphs(block, ZH, True), paragraphs(block, EN, True)
    other = block("p2", Kind.PARAGRAPH, list(OTHER), number="3")
    target = moved([*target[:2], other, *target[3:]], 2, 7)
    links = align_pair(DocumentPair(source=document("zh", source), target=document("en", target)))
    wrong = [link for link in links if {"p2.s1", "p2.s2"} & set(link.source_ids) and link.target_ids]
    assert all(link.score < 0.9 for link in wrong)
    assert not findings(links, "paragraph-moved")
    if not wrong:
        assert any("elsewhere: p2" in message for message in findings(links, "paragraph-without-counterpart"))


def test_the_same_twice_gives_the_same(block: MakeBlock, document: MakeDocument) -> None:
    source = document("zh", paragraphs(block, ZH, False))
    pair = DocumentPair(source=source, target=document("en", moved(paragraphs(block, EN, False), 2, 6)))
    assert align_pair(pair) == align_pair(pair)


@pytest.mark.parametrize("place", [4, 6, 9])
def test_a_numbered_paragraph_of_a_report_moved(specimens: Path, place: int) -> None:
    source, target = (parse_file(specimens / f"SPECIMEN_2026_12.{language}.txt") for language in ("zh", "en"))
    before = align_pair(DocumentPair(source=source, target=target))
    numbered = [n for n, b in enumerate(target.blocks) if b.kind is Kind.PARAGRAPH and b.number]
    blocks = moved(target.blocks, numbered[place], numbered[place + 1])
    links = align_pair(DocumentPair(source=source, target=target.model_copy(update={"blocks": tuple(blocks)})))
    kept = {(x.source_ids, x.target_ids) for x in before} & {(x.source_ids, x.target_ids) for x in links}
    assert len(kept) >= 0.97 * len(before)
