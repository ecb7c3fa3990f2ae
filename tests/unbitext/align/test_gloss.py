"""Word-for-word renderings, and how well they agree with the target."""

from collections.abc import Sequence

import numpy as np
import pytest
from sacrebleu.metrics import CHRF

from unbitext.align.associations import Associations, associate, lexicon_counts
from unbitext.align.gloss import glossary, link_gloss_scores
from unbitext.align.lexicon import Lexicon, learn_lexicon
from unbitext.align.parameters import Parameters
from unbitext.align.passages import Passage, PassagePair
from unbitext.align.text_pair import TextPair, text_pair

LINES = [
    ("灯塔亮了", "a lighthouse is lit"),
    ("灯塔在岛上", "a lighthouse stands on an island"),
    ("渡船在岛上", "a ferry stands on an island"),
    ("渡船来了", "a ferry came"),
    ("红灯塔", "one red lighthouse"),
    ("红渡船", "one red ferry"),
] * 3
FRENCH = [
    ("le phare rouge", "the red lighthouse"),
    ("le bateau rouge", "the red ferry"),
    ("un phare", "a lighthouse"),
    ("un bateau", "a ferry"),
] * 3


def prepared(source: Sequence[str], target: Sequence[str], lexicon: Lexicon | None) -> tuple[TextPair, Associations]:
    """A text pair and its associations."""
    pair = text_pair([PassagePair(Passage(tuple(source)), Passage(tuple(target)))])
    counts = [] if lexicon is None else [lexicon_counts(lexicon, pair.source, pair.target)]
    return pair, associate(pair.source, pair.target, counts, Parameters())


def glossed(source: str, target: str, lines: list[tuple[str, str]]) -> tuple[str, str]:
    pair, associations = prepared([source], [target], learn_lexicon(lines))
    known = glossary(pair.source, pair.target, associations)
    return known.gloss(pair.source.sentence(0)), known.original(pair.target.sentence(0))


@pytest.mark.parametrize(
    ("source", "target", "lines", "gloss", "original"),
    [
        # the two characters of a word share a stem, which is written once
        ("红灯塔", "A red lighthouse.", LINES, "red lighth", "a red lighth"),
        # a character of which nothing is known is left out; a number is not, nor a name in Latin letters
        ("红山1511 CTBTO", "Red 1511, CTBTO", LINES, "red ctbto 1511 ctbto", "red ctbto 1511 ctbto"),
        # in one script, an unknown word may be a name
        ("un phare Quimper", "a Quimper lighthouse", FRENCH, "a lighth quimpe quimper", "a quimpe lighth quimper"),
        ("", "", LINES, "", ""),
    ],
)
def test_gloss(source: str, target: str, lines: list[tuple[str, str]], gloss: str, original: str) -> None:
    found = glossed(source, target, lines)
    assert (found[0].split(), found[1].split()) == (gloss.split(), original.split())


def test_scores_are_those_of_sacrebleu_for_the_glosses() -> None:
    source, target = [line[0] for line in LINES], [line[1] for line in LINES]
    pair, associations = prepared(source, target, learn_lexicon(LINES))
    steps = [((0, 0), (1, 1)), ((1, 1), (3, 2)), ((3, 2), (4, 2)), ((4, 2), (4, 4)), ((4, 4), (6, 6)), ((6, 6), (7, 7))]
    mask = np.array([True, True, True, True, True, False])
    known = glossary(pair.source, pair.target, associations)
    expected = []
    for number, ((i, j), (k, m)) in enumerate(steps):
        gloss = known.gloss(np.concatenate([pair.source.sentence(n) for n in range(i, k)] or [[]]))
        original = known.original(np.concatenate([pair.target.sentence(n) for n in range(j, m)] or [[]]))
        expected.append(CHRF().sentence_score(gloss, [original]).score / 100 if mask[number] else 0.0)
    found = link_gloss_scores(pair, associations, steps, mask)
    assert found.tolist() == pytest.approx(expected, abs=1e-9)
    assert found[2] == found[3] == found[5] == 0.0
    assert found[0] > 0.4


def test_a_right_link_scores_above_a_wrong_one() -> None:
    source, target = ["红灯塔", "渡船来了"], ["one red lighthouse", "a ferry came"]
    right = link_gloss_scores(*prepared(source, target, learn_lexicon(LINES)), [((0, 0), (1, 1)), ((1, 1), (2, 2))])
    wrong = link_gloss_scores(
        *prepared(source, target[::-1], learn_lexicon(LINES)), [((0, 0), (1, 1)), ((1, 1), (2, 2))]
    )
    assert right.min() > wrong.max()


def test_without_a_lexicon_shared_terms_alone_are_written() -> None:
    pair, associations = prepared(["1511座灯塔"], ["1511 lighthouses"], None)
    known = glossary(pair.source, pair.target, associations)
    assert known.gloss(pair.source.sentence(0)) == "1511"
    assert 0.0 < link_gloss_scores(pair, associations, [((0, 0), (1, 1))])[0] < 1.0
    assert link_gloss_scores(pair, associations, []).tolist() == []
