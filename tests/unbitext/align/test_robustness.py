"""What damage to one side may cost, each with a bound: what the damage did not touch stays as it was."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from parsers.parse import parse_file
from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Kind
from unbitext.align import align_pair, align_segmented
from unbitext.align.output import pair_rows
from unbitext.quality.evaluate import Gold, evaluate_alignment
from unbitext.quality.gold import GoldBead

GoldPair = Callable[[str], tuple[DocumentPair, Gold]]
Pairs = Callable[[str], DocumentPair]
Ids = tuple[tuple[str, ...], tuple[str, ...]]

NAMES = ("SPECIMEN_2026_12", "SPECIMEN_PV.7", "SPECIMEN_SR.3")


@pytest.fixture(scope="module")
def specimen_pair(specimens: Path) -> Pairs:
    """The two documents of a specimen."""
    parsed: dict[str, DocumentPair] = {}

    def make(name: str) -> DocumentPair:
        if name not in parsed:
            source, target = (parse_file(specimens / f"{name}.{language}.txt") for language in ("zh", "en"))
            parsed[name] = DocumentPair(source=source, target=target)
        return parsed[name]

    return make


def with_blocks(document: Document, blocks: Sequence[Block]) -> Document:
    return document.model_copy(update={"blocks": tuple(blocks)})


def without(document: Document, dropped: set[str]) -> Document:
    return with_blocks(document, [b for b in document.blocks if b.id not in dropped])


def some_of(document: Document, share: float) -> set[str]:
    """Ids of some of its paragraphs."""
    paragraphs = [b.id for b in document.blocks if b.kind in (Kind.PARAGRAPH, Kind.ITEM)]
    return set(random.Random(7).sample(paragraphs, max(round(share * len(paragraphs)), 2)))


def links_of(source: Document, target: Document) -> list[Link]:
    return align_pair(DocumentPair(source=source, target=target))


def ids(links: Sequence[Link]) -> set[Ids]:
    return {(link.source_ids, link.target_ids) for link in links}


def kept(before: Sequence[Link], after: Sequence[Link], source: Document, target: Document) -> float:
    """Of the links whose sentences are all still there, the share that is unchanged."""
    there = [{s.id for b in side.blocks for s in b.sentences} for side in (source, target)]
    whole = {(s, t) for s, t in ids(before) if there[0].issuperset(s) and there[1].issuperset(t)}
    return len(whole & ids(after)) / len(whole)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.05, 0.3])
def test_paragraphs_dropped_on_one_side(specimen_pair: Pairs, name: str, share: float) -> None:
    pair = specimen_pair(name)
    before = align_pair(pair)
    lonely = {b.id: b for b in pair.source.blocks}
    dropped = some_of(pair.target, share)
    target = without(pair.target, dropped)
    after = links_of(pair.source, target)
    assert kept(before, after, pair.source, target) >= 0.97
    # what stood for the dropped paragraphs alone is now without counterpart, and no link of it is certain
    stood = {s for link in before for s in link.source_ids if link.target_ids and not _is_there(link, target)}
    told = {f.where for link in after for f in link.findings if f.code == "paragraph-without-counterpart"}
    alone = [b for b in lonely.values() if b.sentences and stood.issuperset(s.id for s in b.sentences)]
    assert sum(b.id in told for b in alone) >= 0.8 * len(alone)
    wrong = [link for link in after if link.target_ids and link.score >= 0.9 and stood & set(link.source_ids)]
    assert len(wrong) <= 0.1 * len(stood)


def _is_there(link: Link, target: Document) -> bool:
    there = {s.id for b in target.blocks for s in b.sentences}
    return bool(there & set(link.target_ids))


@pytest.mark.parametrize("name", ["SPECIMEN_2026_12", "SPECIMEN_PV.7"])
def test_paragraphs_joined_or_divided_on_one_side(specimen_pair: Pairs, name: str) -> None:
    pair = specimen_pair(name)
    before = align_pair(pair)
    blocks: list[Block] = []
    for number, block in enumerate(pair.target.blocks):
        last = blocks[-1] if blocks else None
        if number % 7 == 3 and last and last.kind is block.kind is Kind.PARAGRAPH and last.turn == block.turn:
            blocks[-1] = last.model_copy(update={"sentences": (*last.sentences, *block.sentences)})
        elif number % 5 == 1 and block.kind is Kind.PARAGRAPH and len(block.sentences) > 1:
            rest = {"id": f"{block.id}.rest", "number": None, "sentences": block.sentences[1:]}
            blocks.append(block.model_copy(update={"sentences": block.sentences[:1]}))
            blocks.append(block.model_copy(update=rest))
        else:
            blocks.append(block)
    target = with_blocks(pair.target, blocks)
    assert len(blocks) != len(pair.target.blocks)
    assert kept(before, links_of(pair.source, target), pair.source, target) >= 0.9


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("side", [0, 1])
def test_one_side_truncated_to_half(specimen_pair: Pairs, name: str, part: int, side: int) -> None:
    pair = specimen_pair(name)
    sides = [pair.source, pair.target]
    half = len(sides[side].blocks) // 2
    sides[side] = with_blocks(sides[side], sides[side].blocks[half * part : half * part + half])
    after = links_of(*sides)
    assert kept(align_pair(pair), after, *sides) >= 0.9
    full = [link for link in after if link.source_ids and link.target_ids and link.score >= 0.9]
    right = ids(align_pair(pair))
    assert sum((link.source_ids, link.target_ids) in right for link in full) >= 0.9 * len(full)


@pytest.mark.parametrize("name", NAMES)
def test_the_two_files_swapped(specimen_pair: Pairs, name: str) -> None:
    pair = specimen_pair(name)
    turned = {(link.target_ids, link.source_ids) for link in links_of(pair.target, pair.source)}
    straight = ids(align_pair(pair))
    assert len(straight & turned) >= 0.95 * len(straight)


def test_numbering_that_starts_again_on_one_side(specimen_pair: Pairs) -> None:
    pair = specimen_pair("SPECIMEN_2026_12")
    blocks: list[Block] = []
    for block in pair.target.blocks:
        number = block.number
        if (
            block.kind is Kind.PARAGRAPH
            and block.division is None
            and number
            and number.isdecimal()
            and int(number) > 5
        ):
            number = str(int(number) - 5)
        blocks.append(block.model_copy(update={"number": number}))
    target = with_blocks(pair.target, blocks)
    assert kept(align_pair(pair), links_of(pair.source, target), pair.source, target) >= 0.95


@pytest.mark.parametrize("name", NAMES)
def test_lines_wrapped_in_the_middle_of_sentences(specimen_pair: Pairs, name: str) -> None:
    pair = specimen_pair(name)
    source, target = ([s.text for b in side.blocks for s in b.sentences] for side in (pair.source, pair.target))
    before = align_segmented(source, target, "zh", "en")
    lines: list[str] = []
    places: dict[str, tuple[str, ...]] = {}
    for number, text in enumerate(target):
        at = text.find(" ", len(text) // 2)
        pieces = [text[:at], text[at + 1 :]] if at > 50 else [text]
        places[str(number)] = tuple(str(len(lines) + n) for n in range(len(pieces)))
        lines.extend(pieces)
    assert len(lines) > 1.1 * len(target)
    expected = {(link.source_ids, tuple(i for j in link.target_ids for i in places[j])) for link in before}
    after = ids(align_segmented(source, lines, "zh", "en"))
    possible = {one for one in expected if max(len(one[0]), len(one[1])) <= 4}
    assert len(possible & after) >= 0.75 * len(possible)
    joined = {(i, j) for s, t in possible for i in s for j in t}
    assert len(joined & {(i, j) for s, t in after for i in s for j in t}) >= 0.8 * len(joined)


def expected(gold: Gold, source: Document, target: Document) -> Gold:
    """The gold of two documents that have lost some blocks: what stood for them is alone now."""
    there = [[s.text for b in document.blocks for s in b.sentences] for document in (source, target)]
    beads: list[GoldBead] = []
    for bead in gold.beads:
        s = tuple(text for text in bead.source if text in there[0])
        t = tuple(text for text in bead.target if text in there[1])
        if s and t:
            beads.append(GoldBead(source=s, target=t))
        else:
            beads.extend(GoldBead(source=(text,), target=()) for text in s)
            beads.extend(GoldBead(source=(), target=(text,)) for text in t)
    return gold.model_copy(update={"beads": tuple(beads), "units": ()})


def strict(source: Document, target: Document, gold: Gold) -> tuple[float, float, float]:
    pair = DocumentPair(source=source, target=target)
    scores = evaluate_alignment(pair_rows(pair, align_pair(pair)), gold)
    return scores.strict.f1, scores.empty.precision, scores.empty.recall


@pytest.mark.shared
def test_every_twentieth_paragraph_of_a_record_dropped_on_either_side(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    source = without(pair.source, {b.id for b in pair.source.blocks[12::40]})
    target = without(pair.target, {b.id for b in pair.target.blocks[25::40]})
    figure, precision, recall = strict(source, target, expected(gold, source, target))
    assert figure >= 0.97
    assert precision >= 0.6
    assert recall >= 0.8


@pytest.mark.shared
def test_a_record_truncated_to_half(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    half = len(pair.target.blocks) // 2
    target = with_blocks(pair.target, pair.target.blocks[:half])
    figure, precision, recall = strict(pair.source, target, expected(gold, pair.source, target))
    assert figure >= 0.95
    assert precision >= 0.95
    assert recall >= 0.95


@pytest.mark.shared
def test_paragraphs_of_a_record_joined_on_one_side(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    blocks: list[Block] = []
    for number, block in enumerate(pair.target.blocks):
        if number % 10 == 3 and blocks and block.turn is not None and blocks[-1].turn == block.turn:
            last = blocks.pop()
            block = last.model_copy(update={"sentences": (*last.sentences, *block.sentences)})
        blocks.append(block)
    assert len(blocks) < len(pair.target.blocks)
    assert strict(pair.source, with_blocks(pair.target, blocks), gold)[0] >= 0.98


@pytest.mark.shared
def test_a_record_with_the_two_files_swapped(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    turned = Gold(
        name="turned",
        source_language="en",
        target_language="zh",
        beads=tuple(GoldBead(source=bead.target, target=bead.source) for bead in gold.beads),
    )
    assert strict(pair.target, pair.source, turned)[0] >= 0.98
