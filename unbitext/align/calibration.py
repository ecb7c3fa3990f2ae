"""From what is known of a bead of the cheapest path to the probability that it is wholly right.

A logistic regression on few features, so that it holds on texts it was not fitted on: the posterior log odds, those of
the more doubtful neighbour (where one bead is wrong, the next one mostly is, too), whether a side is empty, whether it
is more than one sentence to one, whether a side is larger than two, how far the lengths are apart, and, where the odds
leave doubt, how well the lexicon's gloss of the source agrees with the target (sacrebleu's chrF).
"""

from collections.abc import Sequence
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray

from unbitext.align.associations import Associations
from unbitext.align.dynamic import Step
from unbitext.align.gloss import link_gloss_scores
from unbitext.align.parameters import Parameters, ScoreWeights
from unbitext.align.text_pair import TextPair

Floats = NDArray[np.float64]

_LEAST_ODDS, _MOST_ODDS = -8.0, 12.0
_MOST_NEIGHBOUR = 6.0
"""Log odds above which a neighbour has nothing more to say."""

_DOUBTFUL = 3.0
"""Log odds below which a gloss is looked at: above it says nothing more, and costs more than all the rest."""

_USUAL_GLOSS = 0.2
"""What the gloss of a right link gets on average where the odds leave doubt."""


def link_features(
    pair: TextPair,
    associations: Associations,
    steps: Sequence[Step],
    odds: Sequence[float],
    parameters: Parameters,
) -> Floats:
    """What the score of each bead is made of: beads x fields of `ScoreWeights`; the first is 1."""
    if not steps:
        return np.zeros((0, len(fields(ScoreWeights))))
    log_odds = np.clip(np.array(odds, dtype=np.float64), _LEAST_ODDS, _MOST_ODDS)
    ends = np.array(steps, dtype=np.int64).reshape(-1, 2, 2)
    sizes = ends[:, 1] - ends[:, 0]
    empty = (sizes == 0).any(axis=1)
    doubtful = (log_odds < _DOUBTFUL) & ~empty
    gloss = np.where(doubtful, link_gloss_scores(pair, associations, steps, doubtful) - _USUAL_GLOSS, 0.0)
    joined = sizes.sum(axis=1) > 2
    large = sizes.max(axis=1) > 2
    length = np.where(empty, 0.0, _length_difference(pair, ends, parameters))
    return np.column_stack([np.ones(len(steps)), log_odds, _neighbours(log_odds), gloss, empty, joined, large, length])


def probabilities(features: Floats, weights: ScoreWeights) -> list[float]:
    """The score of each bead by its features, with four decimals."""
    # no product of matrices: libraries for those add up in an order of their own
    value = (features * np.array(astuple(weights))).sum(axis=1)
    return [round(float(score), 4) for score in 1.0 / (1.0 + np.exp(-value))]


def _neighbours(odds: Floats) -> Floats:
    """The lower log odds of the bead before and of the one after, at most 6."""
    edge = [_MOST_NEIGHBOUR]
    before, after = np.concatenate([edge, odds[:-1]]), np.concatenate([odds[1:], edge])
    found: Floats = np.minimum(np.minimum(before, after), _MOST_NEIGHBOUR)
    return found


def _length_difference(pair: TextPair, ends: NDArray[np.int64], parameters: Parameters) -> Floats:
    """The difference of the lengths of each bead, in standard deviations."""
    s = np.diff(pair.source_letters[ends[:, :, 0]])[:, 0]
    t = np.diff(pair.target_letters[ends[:, :, 1]])[:, 0]
    spread = parameters.length_variance * (s + t) / 2.0 + parameters.length_floor
    difference: Floats = np.abs(t - s) / np.sqrt(spread)
    return difference
