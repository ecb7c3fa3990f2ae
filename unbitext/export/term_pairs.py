"""Terms of two languages that the rows bear out, found with the lexicon that ships.

The lexicon knows single Han characters and stems (`unbitext.align.terms`). A term is put together from it: the longest
run of characters in a row that all stand for the stem of one word (裁, 军 and disarmament). A pair counts where rows
bear it out often enough, and neither term stands for something else more often than it may. A character that the
lexicon does not have for the word, and that stands beside the term nearly always, is part of it (议 of 议定书).
"""

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

import numpy as np

from schemas.base import Model
from unbitext.align.lexicon import shipped_lexicon
from unbitext.align.terms import is_han, pieces, stem

LEAST_PROBABILITY = 0.15
"""Of a character for a stem, or of a stem for a character, in the lexicon: particles stand for anything a little."""

LEAST_ROWS = 3
"""Rows that have to bear a pair out."""

LEAST_SHARE = 0.5
"""Of the rows in which the one term was found, those in which it stood for the other, in either direction."""

LEAST_BESIDE = 0.8
"""Of the rows in which a term was found, those that have the same character beside it, and no other word for that."""

MOST_HELD = 200_000
"""Candidates held at a time; beyond it those seen once are forgotten, so that memory stays bounded."""

_PARTICLES = frozenset("的了和与或及等之各在是对为以于")
"""No part of a term, whatever it stands beside."""

_LEAST_LETTERS = 4
_Counted = TypeVar("_Counted")


class TermPair(Model):
    """Two terms, and how many rows have the one for the other."""

    source: str
    target: str
    rows: int


class TermFinder:
    """Collects candidates row by row. For languages without a shipped lexicon it finds nothing."""

    def __init__(self, source_language: str, target_language: str) -> None:
        self._stems = _confident(source_language, target_language)
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._rows: Counter[str] = Counter()
        self._beside: Counter[tuple[str, int, str]] = Counter()

    def add(self, source: str, target: str) -> None:
        """Take the texts of a row."""
        if not self._stems:
            return
        every = {stem(word): word.casefold() for word in pieces(target)}
        words = {one: word for one, word in every.items() if len(word) >= _LEAST_LETTERS}
        found = set()
        for run in _runs(pieces(source), source, self._stems):
            for one in set.union(*(self._stems[piece] for piece in run)) & words.keys():
                term = _longest(run, one, self._stems)
                if len(term) > 1:
                    found.add((term, words[one]))
        self._pairs.update(found)
        for term in {term for term, _ in found}:
            self._rows[term] += 1
            own = {stem(word) for other, word in found if other == term}
            for side, character in _beside(term, source):
                # One that stands for another word of the row is that word's: 核 of 核武器, nuclear weapons.
                if not self._stems.get(character, set()) & every.keys() - own:
                    self._beside[term, side, character] += 1
        self._pairs, self._rows, self._beside = _kept(self._pairs), _kept(self._rows), _kept(self._beside)

    def pairs(self) -> list[TermPair]:
        """The pairs that are borne out, the most frequent first."""
        sources: Counter[str] = Counter()
        targets: Counter[str] = Counter()
        for (source, target), rows in self._pairs.items():
            sources[source] += rows
            targets[target] += rows
        fit = {
            (source, target): rows
            for (source, target), rows in sorted(self._pairs.items(), key=lambda item: (-item[1], item[0]))
            if rows >= max(LEAST_ROWS, LEAST_SHARE * sources[source], LEAST_SHARE * targets[target])
        }
        whole = {source: ["", source, ""] for source, _ in fit}
        for (source, side, character), rows in self._beside.items():
            if source in whole and rows >= LEAST_BESIDE * self._rows[source]:
                whole[source][side] = character
        return [
            TermPair(source="".join(whole[source]), target=target, rows=rows) for (source, target), rows in fit.items()
        ]


def _confident(source_language: str, target_language: str) -> dict[str, set[str]]:
    """The stems that a Han character stands for."""
    lexicon = shipped_lexicon(source_language, target_language)
    found: dict[str, set[str]] = {}
    if lexicon is None:
        return found
    forward = lexicon.joint / lexicon.source_counts[lexicon.source]
    backward = lexicon.joint / lexicon.target_counts[lexicon.target]
    for place in np.flatnonzero((np.maximum(forward, backward) >= LEAST_PROBABILITY) & (lexicon.joint >= 1)):
        term = lexicon.source_terms[lexicon.source[place]]
        if len(term) == 1 and not term.isascii():
            found.setdefault(term, set()).add(lexicon.target_terms[lexicon.target[place]])
    return found


def _kept(counts: Counter[_Counted]) -> Counter[_Counted]:
    return counts if len(counts) <= MOST_HELD else Counter({each: rows for each, rows in counts.items() if rows > 1})


def _beside(term: str, text: str) -> Iterator[tuple[int, str]]:
    """The Han characters before (0) and after (2) a term where it first stands in a text."""
    start = text.index(term)
    end = start + len(term)
    for side, character in ((0, text[start - 1 : start]), (2, text[end : end + 1])):
        if is_han(character) and character not in _PARTICLES:
            yield side, character


def _runs(source: list[str], text: str, stems: dict[str, set[str]]) -> Iterator[list[str]]:
    """The stretches of characters, adjacent in the text, that the lexicon knows."""
    run: list[str] = []
    end = 0
    for piece in source:
        start = text.index(piece, end)
        if run and (start > end or piece not in stems):
            yield run
            run = []
        end = start + len(piece)
        if piece in stems:
            run.append(piece)
    if run:
        yield run


def _longest(run: list[str], one: str, stems: dict[str, set[str]]) -> str:
    """The longest stretch of a run whose characters all stand for a stem."""
    best = current = ""
    for piece in run:
        current = current + piece if one in stems[piece] else ""
        best = max(best, current, key=len)
    return best
