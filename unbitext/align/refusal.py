"""Is it a translation at all: refuse two texts that are not, and be sure of nothing in texts too short to tell.

Three measures together. How much of the text is in landmarks, found by rare terms wherever they stand; how far the
landmarks rise together rather than in any order; how much is in links with a high score. The first two know nothing of
the path, the third nothing of the landmarks: two papers on one subject, of the same body, with numbered paragraphs, may
have one of them, but not two. Short lines are left out of the landmarks: another document of the same session has the
same masthead in the same order.
"""

from collections.abc import Sequence

from unbitext.align.associations import Associations
from unbitext.align.dynamic import Step
from unbitext.align.landmarks import Landmarks, different_sentences, find_landmarks
from unbitext.align.length import lengths
from unbitext.align.text_pair import TextPair

_MOST_TIMES = 6.0
_FEW_LETTERS = 400.0
_SURE = 0.9
_NOT_SURE = 0.89
_LEAST_TERMS = 8
_ORDER = 1.5
_LEAST_TRUST = 0.87
"""Of density + 1.5 x order + share sure. Measured: translations, halves of them, and such with up to 30% of paragraphs
dropped have at least 1.00, texts that are not translations at most .75 (docs/alignment.md says of what)."""

_FEWEST = 10
"""Fewer different sentences than this have no order to speak of: five landmarks rise by chance in one of 120 texts."""

_MANY_LANDMARKS = 10
_CHANCE = 0.15
"""Where no lexicon knows the words, only many landmarks without order speak against a translation."""

_HARDLY = 0.1
_LONG = 2000.0


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


def judge(
    pair: TextPair, associations: Associations, steps: Sequence[Step], scores: Sequence[float], knows_words: bool
) -> list[float]:
    """The scores of a path's beads, none of them above .89 where nothing shows that the texts are translations.

    `associations` must not have been learned from `steps`, or they would confirm themselves; `knows_words` says whether
    they come from a lexicon at all, or from numbers and names alone. Raises `NotATranslation`, with the figures, where
    enough text shows that they are not; and where hardly anything found a counterpart, whatever the texts are.
    """
    matched, sure = _share(pair, steps), _share(pair, _sure_steps(steps, scores))
    shorter = min(pair.source_letters[-1], pair.target_letters[-1])
    if shorter > _LONG and matched < _HARDLY:
        raise NotATranslation([f"{matched:.0%} of the shorter text ({shorter:.0f} Latin letters) found a counterpart"])
    enough = different_sentences(pair, _LEAST_TERMS) >= _FEWEST
    if enough and sure >= _LEAST_TRUST:
        return list(scores)  # landmarks could only add to that, and cost more than all else here
    landmarks = find_landmarks(pair, associations, _LEAST_TERMS)
    if enough and landmarks.density + _ORDER * max(landmarks.order, 0.0) + sure >= _LEAST_TRUST:
        return list(scores)
    if enough and (knows_words or _is_disorder(landmarks)):
        raise NotATranslation(
            [
                f"{matched:.0%} of the shorter text found a counterpart",
                f"{sure:.0%} of it a sure one",
                f"of {landmarks.sentences} sentences, {landmarks.found} have one that rare words, numbers and names "
                f"show, but only {len(landmarks.chain)} of these stand in the same order in both texts",
            ]
        )
    return [min(score, _NOT_SURE) for score in scores]


def _is_disorder(landmarks: Landmarks) -> bool:
    return landmarks.found >= _MANY_LANDMARKS and landmarks.order < _CHANCE


def _sure_steps(steps: Sequence[Step], scores: Sequence[float]) -> list[Step]:
    return [step for step, score in zip(steps, scores, strict=True) if score >= _SURE]


def _share(pair: TextPair, steps: Sequence[Step]) -> float:
    """The share of the shorter text that is in beads with two sides."""
    s, t = pair.source_letters, pair.target_letters
    linked = sum(min(s[end[0]] - s[begin[0]], t[end[1]] - t[begin[1]]) for begin, end in steps)
    return float(linked / max(min(s[-1], t[-1]), 1.0))
