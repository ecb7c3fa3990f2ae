"""Is it a translation at all: refuse to align two texts that are not.

Two measures together. Where two texts are translations, the words of a bead explain one another better than those of
two beads of like length drawn from different places; in unrelated texts that is nearer a toss-up, although the aligner
has picked the best that there is, and has left much of the text alone. And few of its links have a high score.
"""

from collections.abc import Sequence

import numpy as np

from unbitext.align.associations import Associations
from unbitext.align.dynamic import Step
from unbitext.align.evidence import gather_evidence
from unbitext.align.length import lengths
from unbitext.align.text_pair import TextPair

_MOST_TIMES = 6.0
_FEW_LETTERS = 400.0
_SAMPLE = 60
_FEWEST = 10
_APART = 3
_SURE = 0.9
_LEAST_SURE = 0.5
_LEAST_BETTER = 0.45
"""Measured on pairs of shared documents: translations .55 to 1, halves of them .38 to .74, strangers .10 to .41."""


class NotATranslation(Exception):  # noqa: N818 - the name says what is wrong
    """The two texts are not translations of one another; `evidence` says what speaks against it."""

    def __init__(self, evidence: Sequence[str]) -> None:
        self.evidence = tuple(evidence)
        super().__init__("; ".join(evidence))


def check_sizes(source: Sequence[str], target: Sequence[str]) -> None:
    """Refuse texts of which one has no sentence, or is several times as long as the other.

    Short texts pass: there, nothing can be told from lengths. Raises `NotATranslation` with the figures.
    """
    if bool(source) != bool(target):
        empty = "source" if not source else "target"
        raise NotATranslation([f"the {empty} has no sentence, the other side has {max(len(source), len(target))}"])
    s, t = float(lengths(source).sum()), float(lengths(target).sum())
    if max(s, t) > _FEW_LETTERS and max(s, t) > _MOST_TIMES * min(s, t):
        raise NotATranslation([f"sizes of {s:.0f} and {t:.0f} Latin letters, more than 1 to {_MOST_TIMES:.0f}"])


def check_evidence(pair: TextPair, associations: Associations, steps: Sequence[Step], scores: Sequence[float]) -> None:
    """Refuse texts whose beads explain one another hardly better than chance, and hardly a bead of which is sure.

    `associations` must not have been learned from `steps`, or they would confirm themselves. Passes where fewer than 10
    beads have any evidence. Raises `NotATranslation` with the figures.
    """
    sure = _share(pair, [step for step, score in zip(steps, scores, strict=True) if score >= _SURE])
    if sure >= _LEAST_SURE:
        return
    better, told = tell_from_chance(pair, associations, steps)
    if told < _FEWEST:
        return
    matched = _share(pair, steps)
    if max(2.0 * better / told - 1.0, 0.0) * matched < _LEAST_BETTER:
        raise NotATranslation(
            [
                f"{matched:.0%} of the shorter text found a counterpart",
                f"{sure:.0%} of it a sure one",
                f"in {better} of {told} sampled links the words explain one another better than at random",
            ]
        )


def _share(pair: TextPair, steps: Sequence[Step]) -> float:
    """The share of the shorter text that is in beads with two sides."""
    s, t = pair.source_letters, pair.target_letters
    linked = sum(min(s[end[0]] - s[begin[0]], t[end[1]] - t[begin[1]]) for begin, end in steps)
    return float(linked / max(min(s[-1], t[-1]), 1.0))


def tell_from_chance(pair: TextPair, associations: Associations, steps: Sequence[Step]) -> tuple[int, int]:
    """Of the sampled beads that have evidence, how many have more than a bead with the target of another."""
    full = [step for step in steps if step[0][0] < step[1][0] and step[0][1] < step[1][1]]
    sample = full[:: max(-(-len(full) // _SAMPLE), 1)]
    letters = [pair.target_letters[end[1]] - pair.target_letters[begin[1]] for begin, end in sample]
    by_length = np.argsort(np.array(letters), kind="stable").tolist()
    better = told = 0
    for place, number in enumerate(by_length):
        other = _neighbour_elsewhere(by_length, place)
        if other is None:
            continue
        (i, j), (k, m) = sample[number]
        own = _evidence(pair, associations, (i, k), (j, m))
        strange = _evidence(pair, associations, (i, k), (sample[other][0][1], sample[other][1][1]))
        told += own != strange
        better += own > strange
    return better, told


def _neighbour_elsewhere(by_length: Sequence[int], place: int) -> int | None:
    """The nearest in length that is not a neighbour in the text, too."""
    for distance in range(1, len(by_length)):
        for other in (place + distance, place - distance):
            if 0 <= other < len(by_length) and abs(by_length[other] - by_length[place]) >= _APART:
                return by_length[other]
    return None


def _evidence(pair: TextPair, associations: Associations, rows: tuple[int, int], columns: tuple[int, int]) -> float:
    """Evidence of one bead, both directions, for each letter of it."""
    size = rows[1] - rows[0], columns[1] - columns[0]
    found = gather_evidence(pair.source, pair.target, associations, rows, columns, size)
    a, b = (np.array([length]) for length in size)
    total = found.at(a, b, np.array([rows[1]]), np.array([[columns[1]]]))[0, 0, 0]
    return float(total / (pair.target_letters[columns[1]] - pair.target_letters[columns[0]] + 20.0))
