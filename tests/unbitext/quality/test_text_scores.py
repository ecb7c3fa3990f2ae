"""Corpus BLEU and chrF: sacrebleu's figures and signatures, for translations and for glosses of links."""

from pathlib import Path

import pytest
from sacrebleu.metrics import BLEU, CHRF

from unbitext.align.output import segmented_rows
from unbitext.align.segmented import align_segmented
from unbitext.evaluation import evaluate_files
from unbitext.quality.evaluate import Evaluation, evaluation_json, evaluation_table
from unbitext.quality.gloss_scores import GlossScores, evaluate_glosses
from unbitext.quality.gold import Gold, GoldBead
from unbitext.quality.text_scores import Tokenizer, score_texts


@pytest.mark.parametrize(
    ("hypotheses", "references", "tokenizer", "expected"),
    [
        (["the lighthouse, lit"], ["the lighthouse is lit"], None, "13a"),
        (["灯塔亮着。", "no"], ["灯塔亮了。", ""], None, "zh"),
        (["lighth lit"], ["lighth is lit"], "none", "none"),
        (["", "ferry"], ["", "a ferry"], None, "13a"),
    ],
)
def test_figures_are_those_of_sacrebleu(
    hypotheses: list[str], references: list[str], tokenizer: Tokenizer | None, expected: str
) -> None:
    scores = score_texts("invented", hypotheses, references, tokenizer)
    assert scores.bleu == pytest.approx(BLEU(tokenize=expected).corpus_score(hypotheses, [references]).score, abs=1e-4)
    assert scores.chrf == pytest.approx(CHRF().corpus_score(hypotheses, [references]).score, abs=1e-4)
    assert f"|tok:{expected}|" in scores.bleu_signature
    assert scores.chrf_signature.startswith("chrF2|nrefs:1|")
    assert scores.segments == len(references)


@pytest.mark.parametrize(("hypotheses", "references"), [([], []), (["a"], []), (["a"], ["b", "c"])])
def test_lines_must_answer_lines(hypotheses: list[str], references: list[str]) -> None:
    with pytest.raises(ValueError, match="line n must answer line n"):
        score_texts("invented", hypotheses, references)


LINES = [
    ("委员会通过了报告。", "The committee adopted the report."),
    ("2019年举行了会议。", "A meeting was held in 2019."),
    ("各国代表发言。", "Representatives of States spoke."),
    ("主席感谢秘书处。", "The Chair thanked the secretariat."),
    ("大会将讨论预算。", "The Assembly will discuss the budget."),
    ("渡船因风停航了15天。", "The ferry did not sail for 15 days because of the wind."),
]


def glosses_of(found: list[tuple[str, str]], language: str = "zh") -> GlossScores | None:
    """Score links that pair these lines, against gold that pairs `LINES`."""
    gold = Gold(
        name="invented",
        source_language=language,
        beads=tuple(GoldBead(source=(source,), target=(target,)) for source, target in LINES),
    )
    source, target = [line[0] for line in found], [line[1] for line in found]
    rows = segmented_rows(source, target, align_segmented(source, target, language, "en"))
    one_to_one = [
        rows[0].model_copy(
            update={"source": (s,), "target": (t,), "source_ids": (str(n),), "target_ids": (str(n),), "findings": ()}
        )
        for n, (s, t) in enumerate(found)
    ]
    return evaluate_glosses(one_to_one, gold)


def test_the_share_lies_between_chance_and_the_gold() -> None:
    right, half = glosses_of(LINES), glosses_of([*LINES[:4], (LINES[4][0], LINES[5][1]), (LINES[5][0], LINES[4][1])])
    assert right is not None
    assert half is not None
    assert (right.bleu_share, right.chrf_share) == (1.0, 1.0)
    assert 0.0 < half.chrf_share < 0.9
    assert right.gold.chrf > right.chance.chrf


def test_no_figures_without_a_lexicon_for_the_languages() -> None:
    assert glosses_of(LINES, language="ru") is None


def test_table_and_json_bring_figures_and_signatures(specimens: Path) -> None:
    evaluation = evaluate_files([specimens / "SPECIMEN_RES_9_4.gold.jsonl"])
    (glosses,) = evaluation.glosses
    assert glosses.chrf_share > 0.95
    table = evaluation_table(evaluation)
    assert glosses.signature in table
    assert glosses.gold.bleu_signature in table
    assert "|tok:none|" in table
    read = Evaluation.model_validate_json(evaluation_json(Evaluation(texts=(glosses.found,))))
    assert read.texts == (glosses.found,)
    assert '"chrf_share"' in evaluation_json(evaluation)
