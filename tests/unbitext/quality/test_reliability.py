"""Calibration and separation of scores."""

import pytest

from unbitext.quality.reliability import reliability


@pytest.mark.parametrize(
    ("scores", "right", "error", "area", "sure", "lowest"),
    [
        ([1.0, 1.0, 1.0], [True, True, True], 0.0, 0.5, 3, 0.0),
        ([0.9, 0.1], [True, False], 0.1, 1.0, 1, 1.0),
        ([0.1, 0.9], [True, False], 0.9, 0.0, 1, 0.0),
        ([0.5, 0.5, 0.5, 0.5], [True, False, True, False], 0.0, 0.5, 0, 0.0),
    ],
)
def test_figures(scores: list[float], right: list[bool], error: float, area: float, sure: int, lowest: float) -> None:
    found = reliability(scores, right)
    assert found.error == pytest.approx(error)
    assert found.area == pytest.approx(area)
    assert found.sure == sure
    assert found.wrong_in_lowest == pytest.approx(lowest)
    assert sum(each.links for each in found.bins) == len(scores)


def test_no_links() -> None:
    with pytest.raises(ValueError, match="no links"):
        reliability([], [])
