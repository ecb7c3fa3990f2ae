"""From what the dynamic programme knows of a bead to the probability that it is wholly right."""

from collections.abc import Sequence

import numpy as np


def calibrated(odds: Sequence[float], weights: tuple[float, float]) -> list[float]:
    """The probability of each bead to be right, by logistic regression on its posterior log odds."""
    values = 1.0 / (1.0 + np.exp(-(weights[0] + weights[1] * np.array(odds, dtype=np.float64))))
    return [round(float(value), 4) for value in values]
