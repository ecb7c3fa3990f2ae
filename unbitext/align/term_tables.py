"""The sentences of two texts as rows of term numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unbitext.align.shared_terms import latin_string, rest_of_shared_terms, telling_words
from unbitext.align.terms import pieces, stem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class TermTable:
    """The terms of the sentences of one side: `flat[offsets[n]:offsets[n + 1]]` are the numbers of sentence n's.

    `size[n]` counts those of them that a lexicon can translate, at least 1; `counts` how often each term stands in
    the whole text.
    """

    terms: tuple[str, ...]
    flat: Ints
    offsets: Ints
    size: Floats
    counts: Floats

    def sentence(self, n: int) -> Ints:
        """Numbers of the terms of sentence `n`."""
        return self.flat[self.offsets[n] : self.offsets[n + 1]]


@dataclass(frozen=True)
class _Side:
    """What a first look finds: the words of each sentence as written, all of them, and the other shared terms."""

    words: list[list[str]]
    vocabulary: set[str]
    shared: list[list[str]]

    @property
    def all_shared(self) -> set[str]:
        return {term for terms in self.shared for term in terms} | {latin_string(word) for word in self.vocabulary}


def term_tables(
    source: Sequence[str], target: Sequence[str], source_language: str | None, target_language: str | None
) -> tuple[TermTable, TermTable]:
    """Tables of both sides. A shared term that only one side has is dropped, unless it is a number."""
    first, second = _side(source, source_language), _side(target, target_language)
    both = first.all_shared & second.all_shared - {""}
    return _table(first, both), _table(second, both)


def _side(texts: Sequence[str], language: str | None) -> _Side:
    # words are looked at once for the whole text, not once a sentence: there are far fewer of them
    words = [pieces(text) for text in texts]
    vocabulary: set[str] = set().union(*words)
    telling = telling_words(vocabulary, language)
    shared = [
        rest_of_shared_terms(text, language, not telling.isdisjoint(own))
        for text, own in zip(texts, words, strict=True)
    ]
    return _Side(words, vocabulary, shared)


def _table(side: _Side, both: set[str]) -> TermTable:
    places: dict[str, int] = {}
    # a word never begins with the mark of a shared term, so that both live in one table
    numbers = _Numbers(places)
    latin = {word: places.setdefault(name, len(places)) for word, name in _latin(side.vocabulary, both)}
    flat: list[int] = []
    offsets = [0]
    for own, shared in zip(side.words, side.shared, strict=True):
        flat += map(numbers.__getitem__, own)
        flat += [places.setdefault(term, len(places)) for term in shared if term in both or term[0] == "#"]
        if not latin.keys().isdisjoint(own):
            flat += [latin[word] for word in own if word in latin]
        offsets.append(len(flat))
    all_terms = np.array(flat, dtype=np.int64)
    return TermTable(
        terms=tuple(places),
        flat=all_terms,
        offsets=np.array(offsets, dtype=np.int64),
        size=np.array([max(len(own), 1) for own in side.words], dtype=np.float64),
        counts=np.bincount(all_terms, minlength=len(places)).astype(np.float64),
    )


class _Numbers(dict[str, int]):
    """The term number of each word as written; words of one stem share it."""

    def __init__(self, places: dict[str, int]) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, word: str) -> int:
        self[word] = number = self._places.setdefault(stem(word), len(self._places))
        return number


def _latin(vocabulary: Iterable[str], both: set[str]) -> Iterable[tuple[str, str]]:
    """Words that the other side has in Latin letters, too, with their shared terms; in an order that never changes."""
    named = ((word, latin_string(word)) for word in sorted(vocabulary))
    return ((word, name) for word, name in named if name in both)
