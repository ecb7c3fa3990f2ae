"""One file of gold aligned with some parameters: its figures, and the features of its links with what is right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.golds import Case
from benchmarks.ways import step_rows
from unbitext.align.calibration import probabilities
from unbitext.align.engine import LexicalAligner
from unbitext.align.parameters import Parameters, ScoreWeights
from unbitext.align.passages import Passage, PassagePair
from unbitext.quality.alignment_scores import AlignmentScores, evaluate_alignment, right_links
from unbitext.quality.gold import gold_sentences

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """`features` is links x features of a score (`link_features`), `right` says for each link whether it is."""

    name: str
    genre: str
    figures: AlignmentScores
    features: Floats
    right: NDArray[np.bool_]

    def scores(self, weights: ScoreWeights) -> list[float]:
        """The scores of its links with some weights."""
        return probabilities(self.features, weights)


def judge(case: Case, parameters: Parameters) -> Judged:
    """Align the sentences of a file of gold, without structure."""
    source, target = gold_sentences(case.gold)
    passages = PassagePair(
        Passage(tuple(source), language=case.gold.source_language),
        Passage(tuple(target), language=case.gold.target_language),
    )
    steps, features = LexicalAligner(parameters=parameters).features([passages])
    rows = step_rows(steps, source, target, "features")
    figures = evaluate_alignment(rows, case.gold)
    return Judged(case.name, case.genre, figures, features, np.array(right_links(rows, case.gold), dtype=bool))
