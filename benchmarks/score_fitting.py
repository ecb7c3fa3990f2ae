"""The weights of the score by logistic regression, and what they are worth on files they were not fitted on."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from benchmarks.golds import GENRES
from benchmarks.judging import Judged
from unbitext.align.parameters import ScoreWeights
from unbitext.quality.reliability import Reliability, reliability

Floats = NDArray[np.float64]

_ROUNDS = 50
_RIDGE = 1.0
"""Pulls every weight but the constant towards 0, as strongly as one link in the wrong place would."""

_LEAST_DOUBT = 1e-4


@dataclass(frozen=True)
class HeldOut:
    """The scores of one genre's files, each by weights that were fitted on all other files."""

    genre: str
    scores: tuple[float, ...]
    right: tuple[bool, ...]

    @property
    def figures(self) -> Reliability:
        """What they are worth."""
        return reliability(self.scores, self.right)


def fit_weights(judged: Sequence[Judged]) -> ScoreWeights:
    """Fit the weights on the links of some files, every link counting once, by Newton's method; three decimals."""
    features = np.concatenate([one.features for one in judged])
    right = np.concatenate([one.right for one in judged]).astype(np.float64)
    return ScoreWeights(*(round(float(weight), 3) for weight in logistic_regression(features, right)))


def logistic_regression(features: Floats, right: Floats, ridge: float = _RIDGE) -> Floats:
    """The weights (one a feature; the first feature is the constant) of the likeliest logistic regression."""
    weights = np.zeros(features.shape[1])
    penalty = np.full(features.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(_ROUNDS):
        probability = 1.0 / (1.0 + np.exp(-np.clip(features @ weights, -30, 30)))
        slope = features.T @ (right - probability) - penalty * weights
        curve = (features * (probability * (1 - probability))[:, None]).T @ features + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def log_loss(judged: Sequence[Judged], weights: ScoreWeights) -> float:
    """The mean over genres of the mean surprise (in nats) at whether a link is right."""
    means = []
    for genre in sorted({one.genre for one in judged}):
        part = [one for one in judged if one.genre == genre]
        score = np.clip(np.concatenate([one.scores(weights) for one in part]), _LEAST_DOUBT, 1 - _LEAST_DOUBT)
        right = np.concatenate([one.right for one in part])
        means.append(float(-np.log(np.where(right, score, 1 - score)).mean()))
    return sum(means) / len(means)


def held_out(folds: Sequence[tuple[Judged, ScoreWeights]]) -> list[HeldOut]:
    """The scores of each file with the weights of its fold, genre by genre."""
    found = []
    for genre in GENRES:
        part = [(one, weights) for one, weights in folds if one.genre == genre]
        if part:
            scores = tuple(score for one, weights in part for score in one.scores(weights))
            right = tuple(bool(truth) for one, _ in part for truth in one.right)
            found.append(HeldOut(genre, scores, right))
    return found


def leave_one_out(judged: Sequence[Judged]) -> list[tuple[Judged, ScoreWeights]]:
    """Each file with the weights that all others give."""
    return [(one, fit_weights([other for other in judged if other is not one])) for one in judged]


def weights_text(weights: ScoreWeights) -> str:
    """The weights by name."""
    return ", ".join(f"{field.name} {getattr(weights, field.name):g}" for field in fields(weights))
