"""Is it a translation at all: refuse to align two texts that are not."""

from collections.abc import Sequence

from unbitext.align.length import lengths


class NotATranslation(Exception):  # noqa: N818 - the name says what is wrong
    """The two texts are not translations of one another; `evidence` says what speaks against it."""

    def __init__(self, evidence: Sequence[str]) -> None:
        self.evidence = tuple(evidence)
        super().__init__("; ".join(evidence))


_MOST_LETTERS = 6.0
_FEW_LETTERS = 400.0


def check_lengths(source: Sequence[str], target: Sequence[str]) -> None:
    """Refuse texts of which one has no sentence, or is several times as long as the other.

    Short texts pass: there, nothing can be told from lengths.

    Raises `NotATranslation` with the figures.
    """
    if bool(source) != bool(target):
        empty = "source" if not source else "target"
        raise NotATranslation([f"the {empty} has no sentence, the other side has {max(len(source), len(target))}"])
    s, t = float(lengths(source).sum()), float(lengths(target).sum())
    if max(s, t) > _FEW_LETTERS and max(s, t) > _MOST_LETTERS * min(s, t):
        raise NotATranslation([f"sizes of {s:.0f} and {t:.0f} Latin letters, more than 1 to {_MOST_LETTERS:.0f}"])
