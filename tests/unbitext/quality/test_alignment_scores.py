"""Strict, lax and empty figures, against hand-counted tables and vecalign's definition."""

import json
from pathlib import Path

import pytest

from unbitext.align import align_segmented
from unbitext.align.output import LinkRow, segmented_rows
from unbitext.quality.alignment_scores import evaluate_alignment, right_links, score_beads
from unbitext.quality.evaluate import Evaluation, evaluation_json, evaluation_table
from unbitext.quality.gold import Gold, GoldBead, GoldError, gold_sentences, read_gold

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]


@pytest.mark.parametrize(
    ("found", "wanted", "strict", "lax", "empty"),
    [
        # identical
        ([((0,), (0,)), ((1,), (1,))], [((0,), (0,)), ((1,), (1,))], (1.0, 1.0), (1.0, 1.0), (0.0, 0.0)),
        # a merged pair is laxly right, and lax recall counts both gold links
        ([((0, 1), (0, 1))], [((0,), (0,)), ((1,), (1,))], (0.0, 0.0), (1.0, 1.0), (0.0, 0.0)),
        # precision counts a predicted insertion, recall leaves the gold's out
        (
            [((0,), (0,)), ((), (1,))],
            [((0,), (0,)), ((1,), ()), ((), (1,))],
            (1.0, 1.0),
            (1.0, 1.0),
            (1.0, 0.5),
        ),
        # a wrong deletion costs precision only
        ([((0,), (0,)), ((1,), ())], [((0, 1), (0,))], (0.0, 0.0), (0.5, 1.0), (0.0, 0.0)),
        ([], [((0,), (0,))], (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
        ([((), ())], [((), ())], (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
    ],
)
def test_figures(
    found: Beads,
    wanted: Beads,
    strict: tuple[float, float],
    lax: tuple[float, float],
    empty: tuple[float, float],
) -> None:
    scores = score_beads("x", found, wanted)
    assert (scores.strict.precision, scores.strict.recall) == strict
    assert (scores.lax.precision, scores.lax.recall) == lax
    assert (scores.empty.precision, scores.empty.recall) == empty


def row(source: list[str], target: list[str], number: list[int]) -> LinkRow:
    return LinkRow(
        source=tuple(source),
        target=tuple(target),
        source_ids=tuple(f"s{number[0]}.{n}" for n in range(len(source))),
        target_ids=tuple(f"t{number[0]}.{n}" for n in range(len(target))),
        kinds=(),
        unit="sentence",
        score=1.0,
        method="hand",
        findings=(),
    )


def test_other_cuts_of_the_same_text_are_right() -> None:
    gold = Gold(name="g", beads=(GoldBead(source=("灯塔。", "渡船。"), target=("A light. A ferry.",)),))
    links = [row(["灯塔。渡 船。"], ["A light.", "A  ferry."], [0])]
    assert evaluate_alignment(links, gold).strict.f1 == 1.0
    assert right_links(links, gold) == [True]


def test_order_elsewhere_is_no_error() -> None:
    beads = (GoldBead(source=("甲。",), target=("A.",)), GoldBead(source=("乙。",), target=("B.",)))
    links = [row(["乙。"], ["B."], [0]), row(["甲。"], ["A."], [1])]
    assert evaluate_alignment(links, Gold(name="g", beads=beads)).strict.f1 == 1.0


def test_repeated_sentences_are_told_apart() -> None:
    beads = (
        GoldBead(source=("谢谢。",), target=("Thanks.",)),
        GoldBead(source=("灯塔。",), target=("Light.",)),
        GoldBead(source=("谢谢。",), target=("Thanks.",)),
    )
    crossed = [row(["谢谢。"], ["Thanks.", "Light."], [0]), row(["灯塔。", "谢谢。"], ["Thanks."], [1])]
    assert evaluate_alignment(crossed, Gold(name="g", beads=beads)).strict.f1 == 0.0


def test_both_formats_are_read(tmp_path: Path) -> None:
    beads = tmp_path / "beads.jsonl"
    lines = [
        {"zh_idx": [1], "en_idx": [0], "zh": ["乙。"], "en": ["B."]},
        {"zh_idx": [0], "en_idx": [1], "zh": ["甲。"], "en": ["A."]},
    ]
    beads.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    gold = read_gold(beads)
    assert gold_sentences(gold) == (["甲。", "乙。"], ["B.", "A."])
    links = align_segmented(["甲。", "乙。"], ["B.", "A."])
    assert evaluate_alignment(segmented_rows(["甲。", "乙。"], ["B.", "A."], links), gold).strict.f1 == 0.0
    units = tmp_path / "units.jsonl"
    units.write_text(
        '{"i": 1, "kind": "furniture", "text": "x"}\n{"kind": "para", "beads": [{"zh": ["甲。"], "en": []}]}'
    )
    assert [bead.source for bead in read_gold(units).beads] == [("甲。",)]


@pytest.mark.parametrize("text", ["", "no json", '{"kind": 3}', '{"zh": 1}', "[1]", '{"zh": ["a"]}\n{"kind": "para"}'])
def test_what_is_not_gold(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text)
    with pytest.raises(GoldError, match=r"bad\.jsonl"):
        read_gold(path)


def test_table_and_json() -> None:
    scores = score_beads("x", [((0,), (0,))], [((0,), (0,))])
    evaluation = Evaluation(alignment=(scores, scores))
    table = evaluation_table(evaluation)
    assert "pooled" in table
    assert scores.signature in table
    assert json.loads(evaluation_json(evaluation))["alignment"][0]["strict"]["f1"] == 1.0
