"""Do scores mean what they say: calibration and separation of the scores of links."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from schemas.base import Model

SIGNATURE = "reliability|bins:10|version:1"
_BINS = 10
_SURE = 0.9
_LOWEST = 0.05


class Bin(Model):
    """Links whose scores lie between two tenths: how many, their mean score, the share that is right."""

    low: float
    high: float
    links: int
    score: float
    right: float


class Reliability(Model):
    """`error` is the expected calibration error; `area` that under the ROC curve (.5 if none is wrong).

    `sure` counts links scored .9 or more, `sure_right` is the share of them that is right; `wrong_in_lowest` the share
    of all `wrong` links that is among the 5% with the lowest scores.
    """

    links: int
    wrong: int
    error: float
    area: float
    sure: int
    sure_right: float
    wrong_in_lowest: float
    bins: tuple[Bin, ...]
    signature: str = SIGNATURE


def reliability(scores: Sequence[float], right: Sequence[bool]) -> Reliability:
    """Figures of some links' scores, given which of them are right. Raises `ValueError` without links."""
    if not scores:
        raise ValueError("no links: nothing can be said of their scores")
    value, truth = np.array(scores, dtype=np.float64), np.array(right, dtype=bool)
    place = np.minimum((value * _BINS).astype(np.int64), _BINS - 1)
    bins = []
    for number in np.unique(place).tolist():
        inside = place == number
        bins.append(
            Bin(
                low=number / _BINS,
                high=(number + 1) / _BINS,
                links=int(inside.sum()),
                score=float(value[inside].mean()),
                right=float(truth[inside].mean()),
            )
        )
    sure = value >= _SURE
    lowest = np.argsort(value, kind="stable")[: max(int(_LOWEST * len(value)), 1)]
    wrong = int((~truth).sum())
    return Reliability(
        links=len(value),
        wrong=wrong,
        error=sum(b.links * abs(b.score - b.right) for b in bins) / len(value),
        area=_area(value, truth),
        sure=int(sure.sum()),
        sure_right=float(truth[sure].mean()) if sure.any() else 0.0,
        wrong_in_lowest=float((~truth[lowest]).sum()) / wrong if wrong else 0.0,
        bins=tuple(bins),
    )


def _area(value: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """The chance that a right link scores above a wrong one; equal scores count half."""
    if truth.all() or not truth.any():
        return 0.5
    _, rank, counts = np.unique(value, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2.0
    rights, wrongs = int(truth.sum()), int((~truth).sum())
    return float((middle[rank][truth].sum() - rights * (rights + 1) / 2.0) / (rights * wrongs))
