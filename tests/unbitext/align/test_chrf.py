"""Sentence chrF of many texts at once, against sacrebleu's."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sacrebleu.metrics import CHRF

from unbitext.align.chrf import Characters, chrf_scores

TEXT = st.text(alphabet="abc 灯塔🗼\ud800", max_size=30)


def scores(pairs: list[tuple[str, str]]) -> list[float]:
    """`chrf_scores` of whole texts."""
    texts = Characters.of([text for pair in pairs for text in pair])
    numbers = np.arange(len(pairs), dtype=np.int64)
    return chrf_scores(texts, (2 * numbers, numbers), (2 * numbers + 1, numbers), len(pairs)).tolist()


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
@example([("", ""), ("a", ""), ("", "a"), ("ab", "abcdefg")])
def test_figures_are_those_of_sacrebleu(pairs: list[tuple[str, str]]) -> None:
    theirs = [CHRF().sentence_score(hypothesis, [reference]).score / 100 for hypothesis, reference in pairs]
    # sacrebleu smooths a score of nothing to 1e-16
    assert scores(pairs) == pytest.approx(theirs, abs=1e-9)


def test_texts_of_several_strings_and_more_texts_than_one_batch() -> None:
    pairs = [(f"lighthouse {n} ferry", f"the ferry and lighthouse {n % 7}") for n in range(5000)]
    strings = [part for pair in pairs for text in pair for part in (text[:4], text[4:])]
    numbers = np.repeat(np.arange(len(pairs), dtype=np.int64), 2)
    first = np.arange(len(pairs), dtype=np.int64) * 4
    hypothesis = np.stack([first, first + 1], axis=1).ravel()
    reference = hypothesis + 2
    found = chrf_scores(Characters.of(strings), (hypothesis, numbers), (reference, numbers), len(pairs)).tolist()
    assert found == scores(pairs)
    assert found[::1000] == pytest.approx(
        [CHRF().sentence_score(h, [r]).score / 100 for h, r in pairs[::1000]], abs=1e-9
    )
