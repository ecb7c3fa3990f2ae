"""Alignment by lengths and digits alone: needs no knowledge of either language."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from unbitext.align.dynamic import Band, Floats, Shape, cheapest_path
from unbitext.align.length import length_cost, lengths, ratio
from unbitext.align.passages import Bead, Passage, PassagePair

_PRICES: dict[Shape, float] = {
    (1, 1): 0.1,
    (1, 2): 3.4,
    (2, 1): 3.4,
    (2, 2): 6.5,
    (1, 3): 6.0,
    (3, 1): 6.0,
    (1, 4): 8.0,
    (4, 1): 8.0,
    (1, 5): 10.0,
    (5, 1): 10.0,
    (1, 0): 5.5,
    (0, 1): 5.5,
}
_CROSSING = 4.0
_TOKEN = re.compile(r"\d+|[A-Za-z]{2,}")
_WIDTH = 120

Places = NDArray[np.int64]


class LengthAligner:
    """Gale and Church's model with larger beads, a price for crossing a paragraph's end, and shared digits."""

    signature = "length+digits|version:1"

    def align(self, pairs: Sequence[PassagePair]) -> list[list[Bead]]:
        """See `Aligner.align`."""
        s = lengths([text for pair in pairs for text in pair.source.sentences])
        t = lengths([text for pair in pairs for text in pair.target.sentences])
        scale = ratio(s, t)
        return [self._align(pair, scale) for pair in pairs]

    def _align(self, pair: PassagePair, scale: float) -> list[Bead]:
        rows, columns = len(pair.source), len(pair.target)
        costs = _LengthCosts(pair.source, pair.target, scale)
        path = cheapest_path(rows, columns, costs, Band.diagonal(rows, columns, _WIDTH))
        beads: list[Bead] = []
        i = j = 0
        for a, b in path:
            price = float(costs.row(i + a, j + b, j + b + 1)[a, b][0])
            score = 1.0 / (1.0 + float(np.exp(min(price - 4.0, 50.0))))
            beads.append(Bead((i, i + a), (j, j + b), round(score, 4)))
            i, j = i + a, j + b
        return beads


class _LengthCosts:
    shapes = tuple(_PRICES)

    def __init__(self, source: Passage, target: Passage, scale: float) -> None:
        self._source = np.concatenate([[0.0], np.cumsum(lengths(source.sentences) * scale)])
        self._target = np.concatenate([[0.0], np.cumsum(lengths(target.sentences))])
        self._source_paragraphs = np.concatenate([[0], np.cumsum(_starts(source))])
        self._target_paragraphs = np.concatenate([[0], np.cumsum(_starts(target))])
        source_tokens = [_tokens(text) for text in source.sentences]
        target_tokens = [_tokens(text) for text in target.sentences]
        # a word of a Latin script says something only where both texts have it
        shared = set().union(*source_tokens) & set().union(*target_tokens)
        self._source_tokens = [tokens & shared for tokens in source_tokens]
        self._target_tokens = [tokens & shared for tokens in target_tokens]
        self._holders: dict[str, list[int]] = {}
        for j, tokens in enumerate(self._target_tokens):
            for token in tokens:
                self._holders.setdefault(token, []).append(j)
        self._wanted = np.array([0.0, *np.cumsum([float(len(tokens)) for tokens in self._target_tokens])])
        self._columns = len(target)

    def row(self, end: int, low: int, high: int) -> Mapping[Shape, Floats]:
        """See `CostRows.row`."""
        ends = np.arange(low, high)
        costs: dict[Shape, Floats] = {}
        for a, b in self.shapes:
            if a > end:
                continue
            begins = np.maximum(ends - b, 0)
            s = self._source[end] - self._source[end - a]
            t = self._target[ends] - self._target[begins]
            if a == 0 or b == 0:
                costs[a, b] = np.full(len(ends), _PRICES[a, b])
                continue
            cost = _PRICES[a, b] + length_cost(np.full(len(ends), s), t)
            cost -= self._shared(end - a, end, begins, ends)
            inside = self._source_paragraphs[end] - self._source_paragraphs[end - a + 1]
            crossed = self._target_paragraphs[ends] - self._target_paragraphs[np.minimum(begins + 1, self._columns)]
            costs[a, b] = cost + _CROSSING * (inside + crossed)
        return costs

    def _shared(self, first: int, end: int, begins: Places, ends: Places) -> Floats:
        tokens = set().union(*self._source_tokens[first:end])
        hits = np.zeros(self._columns + 1)
        for token in tokens:
            for j in self._holders.get(token, ()):
                hits[j + 1] += 1.0
        hits = np.cumsum(hits)
        found: Floats = np.minimum(hits[ends] - hits[begins], len(tokens))
        wanted = self._wanted[ends] - self._wanted[begins]
        evidence: Floats = 2.0 * found - 1.0 * (len(tokens) - found) - np.maximum(wanted - found, 0.0)
        return evidence


def _starts(passage: Passage) -> list[int]:
    """1 where a sentence is the first of its paragraph, else 0."""
    marks = passage.paragraphs
    return [int(i > 0 and bool(marks) and marks[i] != marks[i - 1]) for i in range(len(passage))]


def _tokens(text: str) -> set[str]:
    return set(_TOKEN.findall(text))
