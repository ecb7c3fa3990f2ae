"""Precision, recall and F1, and the counts behind them."""

from pydantic import computed_field

from schemas.base import Model


class Figures(Model):
    """Counts of decisions: `right` of `claimed` (precision), `met` of `wanted` (recall).

    A figure over nothing is 0, so that an empty answer never looks perfect; `wanted` and `claimed` tell why.
    """

    right: int
    claimed: int
    met: int
    wanted: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precision(self) -> float:
        """Share of what was claimed that is right."""
        return self.right / self.claimed if self.claimed else 0.0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def recall(self) -> float:
        """Share of what was wanted that was met."""
        return self.met / self.wanted if self.wanted else 0.0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: "Figures") -> "Figures":
        """Figures over both sets of decisions."""
        return Figures(
            right=self.right + other.right,
            claimed=self.claimed + other.claimed,
            met=self.met + other.met,
            wanted=self.wanted + other.wanted,
        )


NO_FIGURES = Figures(right=0, claimed=0, met=0, wanted=0)
