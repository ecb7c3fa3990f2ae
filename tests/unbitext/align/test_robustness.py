"""What the aligner must survive, each with a bound: damaged documents, strangers, bad input."""

import contextlib
import json
import time
from collections.abc import Callable, Sequence

import pytest

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document
from unbitext.align import NotATranslation, align_pair, align_segmented
from unbitext.align.output import jsonl_lines, pair_rows, segmented_rows
from unbitext.quality.evaluate import Gold, evaluate_alignment
from unbitext.quality.gold import GoldBead, gold_sentences

GoldPair = Callable[[str], tuple[DocumentPair, Gold]]

ZH = "灯塔委员会于春天召开了会议。"
EN = "The Lighthouse Committee met in the spring."


def without(document: Document, dropped: set[str]) -> Document:
    return document.model_copy(update={"blocks": tuple(b for b in document.blocks if b.id not in dropped)})


def expected(gold: Gold, source: Document, target: Document) -> Gold:
    """The gold of two documents that have lost some blocks: what stood for them is alone now."""
    kept = [[s.text for b in document.blocks for s in b.sentences] for document in (source, target)]
    beads: list[GoldBead] = []
    for bead in gold.beads:
        s = tuple(text for text in bead.source if text in kept[0])
        t = tuple(text for text in bead.target if text in kept[1])
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
def test_every_twentieth_paragraph_dropped_on_either_side(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    source = without(pair.source, {b.id for b in pair.source.blocks[12::40]})
    target = without(pair.target, {b.id for b in pair.target.blocks[25::40]})
    figure, precision, recall = strict(source, target, expected(gold, source, target))
    assert figure >= 0.97
    assert precision >= 0.6
    assert recall >= 0.8


@pytest.mark.shared
def test_one_side_truncated_to_half(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    half = len(pair.target.blocks) // 2
    target = pair.target.model_copy(update={"blocks": pair.target.blocks[:half]})
    figure, precision, recall = strict(pair.source, target, expected(gold, pair.source, target))
    assert figure >= 0.95
    assert precision >= 0.95
    assert recall >= 0.95


@pytest.mark.shared
def test_paragraphs_joined_on_one_side(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    blocks: list[Block] = []
    for number, block in enumerate(pair.target.blocks):
        if number % 10 == 3 and blocks and block.turn is not None and blocks[-1].turn == block.turn:
            last = blocks.pop()
            block = last.model_copy(update={"sentences": (*last.sentences, *block.sentences)})
        blocks.append(block)
    assert len(blocks) < len(pair.target.blocks)
    target = pair.target.model_copy(update={"blocks": tuple(blocks)})
    assert strict(pair.source, target, gold)[0] >= 0.98


@pytest.mark.shared
def test_the_two_files_swapped(gold_pair: GoldPair) -> None:
    pair, gold = gold_pair("CD_PV.1511")
    turned = Gold(
        name="turned",
        source_language="en",
        target_language="zh",
        beads=tuple(GoldBead(source=bead.target, target=bead.source) for bead in gold.beads),
    )
    assert strict(pair.target, pair.source, turned)[0] >= 0.98


@pytest.mark.shared
def test_strangers_are_refused_with_evidence(gold_pair: GoldPair) -> None:
    _, record = gold_pair("CD_PV.1511")
    source, target = gold_sentences(record)
    half = len(source) // 2
    with pytest.raises(NotATranslation) as caught:
        align_segmented(source[:half], target[len(target) // 2 :], "zh", "en")
    assert len(caught.value.evidence) == 3


def seconds_of(source: Sequence[str], target: Sequence[str]) -> tuple[float, list[Link]]:
    start = time.process_time()
    links = align_segmented(source, target, "zh", "en")
    return time.process_time() - start, links


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([ZH * 20_000], [EN * 20_000]),
        ([ZH * 1000], [EN] * 1000),
        ([ZH * 30] * 20, [EN] * 1000),
        ([ZH] * 2000, [EN] * 2000),
        (["", " ", "\t"], ["", ""]),
    ],
)
def test_odd_sizes_end_in_bounded_time(source: list[str], target: list[str]) -> None:
    start = time.process_time()
    links: list[Link] | None = None
    with contextlib.suppress(NotATranslation):
        _, links = seconds_of(source, target)
    # a thousand sentences against one, or fifty against each, may be told to be no translation
    assert links is not None or len(source) < len(target)
    if links is not None:
        assert [int(i) for link in links for i in link.source_ids] == list(range(len(source)))
        assert [int(j) for link in links for j in link.target_ids] == list(range(len(target)))
    seconds = time.process_time() - start
    # a hundred times what it takes: this is about growth, not about the machine
    assert seconds < 60


def test_where_nothing_can_be_told_no_link_is_certain() -> None:
    _, links = seconds_of([ZH] * 200, [EN] * 230)
    assert sum(link.score >= 0.9 for link in links) <= 0.1 * len(links)


def test_control_characters_and_lone_surrogates() -> None:
    source, target = ["灯塔\ud800亮了。", "\x00\x07渡船\u202e。"], ["The light\udfff is lit.", "A\x00 ferry."]
    links = align_segmented(source, target, "zh", "en")
    lines = list(jsonl_lines(segmented_rows(source, target, links)))
    assert [json.loads(line)["source"] for line in lines] == [[text] for text in source]
    assert all(line.encode("utf-8") for line in lines)
