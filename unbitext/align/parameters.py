"""The aligner's numbers, and where each comes from."""

from dataclasses import dataclass, field

Shape = tuple[int, int]


def _prices() -> dict[Shape, float]:
    return {
        (1, 1): 0.0,
        (1, 2): 4.3,
        (2, 1): 4.3,
        (2, 2): 6.6,
        (1, 3): 6.05,
        (3, 1): 6.05,
        (2, 3): 8.8,
        (3, 2): 8.8,
        (1, 4): 10.35,
        (4, 1): 10.35,
        (1, 5): 11.0,
        (5, 1): 11.0,
        (1, 0): 4.0,
        (0, 1): 4.0,
    }


@dataclass(frozen=True)
class ScoreWeights:
    """Of the features of a link's score (`unbitext.align.calibration`); by logistic regression on all gold."""

    constant: float = 0.898
    odds: float = 0.625
    neighbour: float = 0.164
    gloss: float = -0.015
    empty: float = -1.160
    joined: float = 0.487
    large: float = -1.011
    length: float = -0.842


@dataclass(frozen=True)
class Parameters:
    """All costs are natural logarithms of odds; lengths are in letters of a Latin script.

    Tuned by coordinate search on one part of the gold and reported on the other: docs/alignment.md says which.
    """

    prices: dict[Shape, float] = field(default_factory=_prices)
    """Cost of a bead by shape, before its content; shapes that are not here are not offered."""

    empty_letter: float = 0.055
    """Added for each letter that a bead with an empty side leaves alone: a long sentence is seldom left out."""

    anchor_alone: float = 8.0
    """Cost of leaving alone the first sentence of a block that is an anchor; not tuned: gold has no such case."""

    unexplained: float = 0.37
    """Share of a term's chance probability that it keeps where nothing on the other side explains it."""

    unexplained_number: float = 0.25
    """The same for a number above the small ones: those are hardly ever without counterpart."""

    lexical_weight: float = 0.5
    """Weight of either direction of the lexicon; the two share most of their evidence."""

    shared_probability: float = 0.8
    """How probable a shared term is on one side, once it stands on the other."""

    discount: float = 0.2
    """Taken from each expected count of the lexicon: a pair seen once is half a chance."""

    document_weight: float = 4.0
    """Weight of counts learned from the document itself beside those of the lexicon that ships."""

    length_variance: float = 14.0
    """Variance of the difference of two lengths, for each letter of their mean."""

    length_floor: float = 30.0
    """Variance that even the shortest sentences have, in letters squared."""

    length_tail: float = 4.0
    """Degrees of freedom of Student's t: its thick tail keeps one odd length from outweighing all words."""

    source_crossing: float = 5.0
    """Cost for each end of a paragraph inside a bead, in the translation."""

    target_crossing: float = 3.0
    """The same in the original: translators join paragraphs less often than typists divide them."""

    temperature: float = 2.0
    """Of the posterior probabilities: the evidence of neighbouring words is less independent than the model has it."""

    score_weights: ScoreWeights = field(default_factory=ScoreWeights)
