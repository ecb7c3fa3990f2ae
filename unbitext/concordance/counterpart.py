"""Where the other language says what was found, as far as a lexicon can tell: a guess, marked as one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from schemas.rows import Segment
from unbitext.align.lexicon import Lexicon, shipped_lexicon
from unbitext.align.terms import pieces, stem
from unbitext.concordance.search import Hit
from unbitext.concordance.term import Span

LEAST_SHARE = 0.5
"""A word is marked where at least this share of what the sentence explains of it is explained by what was found."""

_NEXT_SHARE = 0.2
"""A word beside one that is marked needs less: names are spelled in characters that stand for much else."""

_UNEXPLAINED = 0.02
"""The probability that a word has of coming from nothing in the sentence."""

_LEAST_LIFT = 2.0
"""A rendering is at least so many times as probable as by chance: no noun by an article."""

_WIDEST_GAP = 2
"""Words and characters between two that are marked, that are marked with them: `freedom (of) navigation`."""


class Translations:
    """The probabilities that a term of one language is rendered by one of another."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self._rendered: dict[str, dict[str, float]] = defaultdict(dict)
        for lexicon in lexicons:
            shares = lexicon.joint / np.maximum(lexicon.source_counts[lexicon.source], 1e-9)
            chance = lexicon.target_counts[lexicon.target] / max(lexicon.totals[1], 1.0)
            telling = shares >= _LEAST_LIFT * chance
            entries = (each[telling].tolist() for each in (lexicon.source, lexicon.target, shares))
            for s, t, share in zip(*entries, strict=True):
                terms = self._rendered[lexicon.source_terms[s]]
                target = lexicon.target_terms[t]
                terms[target] = max(terms.get(target, 0.0), share)

    def __bool__(self) -> bool:
        return bool(self._rendered)

    def of(self, term: str) -> dict[str, float]:
        """The terms that render a term, with their probabilities; empty for one that is not known."""
        return self._rendered.get(term, {})


class Dictionary:
    """What is known of renderings between any two languages: from the lexicons that ship, and from those given."""

    def __init__(self, given: Sequence[Lexicon] = ()) -> None:
        self._given = given
        self.between = lru_cache(maxsize=8)(self._between)

    def _between(self, source: str, target: str) -> Translations:
        # One whose languages nobody knows may be for others.
        fitting = [one for one in self._given if one.languages is not None and one.fits(source, target)]
        facing = [one.facing((source, target), ((), ())) for one in fitting]
        shipped = shipped_lexicon(source, target)
        return Translations([*facing, *([shipped] if shipped is not None else [])])

    def guess(self, hit: Hit) -> Hit:
        """Add to a hit where the side without the term is likely to say it; nothing where nothing is known."""
        row = hit.row
        if not isinstance(row, Segment):
            return hit
        source, target = row.source_language, row.target_language
        if not hit.target_spans:
            spans = counterpart(row.source_text, hit.source_spans, row.target_text, self.between(source, target))
            return hit.model_copy(update={"target_guesses": tuple(spans)})
        if not hit.source_spans:
            spans = counterpart(row.target_text, hit.target_spans, row.source_text, self.between(target, source))
            return hit.model_copy(update={"source_guesses": tuple(spans)})
        return hit


def counterpart(text: str, found: Sequence[Span], other: str, known: Translations) -> list[Span]:
    """Guess the spans of `other`, a translation of `text`, that render the spans found in it; nothing where in doubt.

    Each word of the other text is shared out among the terms of the text, as IBM Model 1 does, by how probably each
    would be rendered so; a word is marked where the terms found have most of it. Of more words than the term was found
    times, those are marked that have most, and of equal ones those that stand as far into their text.
    """
    terms = [(stem(piece), _inside(span, found)) for piece, span in _pieces(text)]
    words = _pieces(other)
    shares = [_share(stem(word), terms, known) for word, _ in words]
    marked = _grown([share >= LEAST_SHARE for share in shares], [share >= _NEXT_SHARE for share in shares])
    spans: list[Span] = []
    weights: list[float] = []
    last = -_WIDEST_GAP - 2
    for index in marked:
        start, end = words[index][1]
        # What stands between two that are near goes with them, unless the clause ends there.
        if index - last - 1 <= _WIDEST_GAP and not _PAUSE.search(other, spans[-1][1], start):
            spans[-1] = (spans[-1][0], end)
            weights[-1] += shares[index]
        else:
            spans.append((start, end))
            weights.append(shares[index])
        last = index
    # What was found so many times is said as often: the others have a word in common with it. Of equal words, the
    # lexicon cannot tell which; order is much the same in both languages, so that the place can.
    aside = [min(abs(_place(span, other) - _place(one, text)) for one in found) for span in spans]
    best = sorted(range(len(spans)), key=lambda place: (-round(weights[place], 6), aside[place]))[: len(found)]
    return [spans[place] for place in sorted(best)]


def _place(span: Span, text: str) -> float:
    """How far into a text the middle of a span stands, from 0 to 1."""
    return (span[0] + span[1]) / 2 / len(text)


_PAUSE = re.compile(r"[,;:?!，；：。？！、()（）]")


def _grown(sure: Sequence[bool], likely: Sequence[bool]) -> list[int]:
    """The places that are sure, and those that are likely and reach them without a gap."""
    found: set[int] = set()
    for step in (range(len(sure)), range(len(sure) - 1, -1, -1)):
        before = False
        for place in step:
            before = sure[place] or (before and likely[place])
            if before:
                found.add(place)
    return sorted(found)


def _share(word: str, terms: Sequence[tuple[str, bool]], known: Translations) -> float:
    total, ours = _UNEXPLAINED, 0.0
    for term, wanted in terms:
        probability = 1.0 if term == word else known.of(term).get(word, 0.0)
        total += probability
        ours += probability if wanted else 0.0
    return ours / total


def _pieces(text: str) -> list[tuple[str, Span]]:
    """The pieces of a text as a lexicon knows them, with their places."""
    found: list[tuple[str, Span]] = []
    end = 0
    for piece in pieces(text):
        start = text.index(piece, end)
        end = start + len(piece)
        found.append((piece, (start, end)))
    return found


def _inside(span: Span, found: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in found)
