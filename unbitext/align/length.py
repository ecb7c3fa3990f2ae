"""Lengths of sentences in units that compare across scripts, and how likely a difference is (Gale and Church 1993)."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HAN_WEIGHT = 3.7
"""Letters of English for one Han character: 3.7 in UN documents, where Latin letters and digits count one."""

VARIANCE = 4.0
"""Variance of the difference of two lengths for each letter of length; a wide one keeps lone lengths from deciding."""

_STEPS = np.linspace(0.0, 8.0, 801)
_LOG_TAIL = np.array([math.log(max(math.erfc(d / math.sqrt(2.0)), 1e-300)) for d in _STEPS])


def lengths(sentences: Sequence[str]) -> Floats:
    """The length of each sentence in letters of a Latin script; white space does not count."""
    return np.array([_length(sentence) for sentence in sentences], dtype=np.float64)


def _length(sentence: str) -> float:
    wide = sum(1 for char in sentence if "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff")
    blank = sum(1 for char in sentence if char.isspace())
    return (len(sentence) - wide - blank) + HAN_WEIGHT * wide


def ratio(source: Floats, target: Floats, prior_letters: float = 2000.0) -> float:
    """Target letters for a source letter, drawn to 1 by `prior_letters` letters of either."""
    return float((target.sum() + prior_letters) / (source.sum() + prior_letters))


def length_cost(source: Floats, target: Floats, variance: float = VARIANCE) -> Floats:
    """Minus the logarithm of the probability of so large a difference, for arrays of summed lengths."""
    spread = np.sqrt(variance * (source + target) / 2.0 * 6.0 + 1.0)
    deviation = np.abs(target - source) / spread
    inside = -np.interp(deviation, _STEPS, _LOG_TAIL)
    # beyond eight deviations the tail is a parabola: keep it growing, so that worse stays worse
    cost: Floats = np.where(deviation > 8.0, inside + (deviation**2 - 64.0) / 2.0, inside)
    return cost
