"""Lengths of sentences in units that compare across scripts, and how likely a difference is (Gale and Church 1993)."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HAN_WEIGHT = 3.7
"""Letters of English for one Han character: 3.7 in UN documents, where Latin letters and digits count one."""

_MOST_RATIO = 1.4

_WIDE = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")


def lengths(sentences: Sequence[str]) -> Floats:
    """The length of each sentence in letters of a Latin script; white space does not count."""
    return np.array([letters(sentence) for sentence in sentences], dtype=np.float64)


def letters(sentence: str) -> float:
    """The length of one sentence, as in `lengths`."""
    solid = "".join(sentence.split())
    if solid.isascii():
        return float(len(solid))
    narrow = len(_WIDE.sub("", solid))
    return narrow + HAN_WEIGHT * (len(solid) - narrow)


def ratio(source: float, target: float, prior_letters: float = 2000.0) -> float:
    """Target letters for a source letter, drawn to 1 by `prior_letters` letters of either.

    1 where it would be far from 1: that is no habit of translators, but text that one side lacks.
    """
    found = (target + prior_letters) / (source + prior_letters)
    return found if 1.0 / _MOST_RATIO <= found <= _MOST_RATIO else 1.0
