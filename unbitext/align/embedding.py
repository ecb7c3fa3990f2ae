"""An aligner that compares sentence embeddings: an extra, for those who have a multilingual model of sentences.

Costs are those of vecalign (Thompson and Koehn 2019): for two groups of consecutive sentences, each embedded as one
text, one minus their cosine, over its mean for sentences drawn from all over both texts, times the sentences on either
side. The normalisation keeps sentences that resemble everything from being linked to anything. The programme over these
costs, its band and its posteriors are those of the lexical aligner.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from unbitext.align.band import WHOLE, Band, Wall, band_around, band_between
from unbitext.align.dynamic import Step, cheapest_paths, costs_of
from unbitext.align.lattice import lattices
from unbitext.align.parameters import Shape
from unbitext.align.passages import Bead, Passage, PassagePair
from unbitext.align.posterior import posteriors
from unbitext.align.refusal import NotATranslation
from unbitext.align.terms import is_han
from unbitext.align.waypoints import rising_chain, walls_in

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]

VERSION = 1
LARGEST = 5
"""Most sentences that are embedded as one text."""

SHAPES: tuple[Shape, ...] = (
    *((1, b) for b in range(LARGEST + 1)),
    *((a, 1) for a in range(2, LARGEST + 1)),
    *((0, 1), (2, 2), (2, 3), (3, 2)),
)

_SAMPLE = 100
_SKIP_SHARE = 0.1
"""Leaving a sentence alone costs what the best tenth of chance pairs do (vecalign's fifth leaves too few alone)."""

_CROSSING = 0.15
"""Cost for each end of a paragraph inside a bead; a right bead costs a few tenths. Not tuned."""

_LARGER = 0.15
"""Cost of each sentence after the first on either side: of two ways that fit equally, the finer one. Not tuned."""

_ANCHOR_ALONE = 1.0
_TEMPERATURE = 0.1
_MARGIN = 8
_PIECE = 500
_ROWS = 1024
_FEWEST_TOLD = 10
_LEAST_BETTER = 0.45
"""As in `refusal.py`: how much more often than by a coin's toss a bead must be nearer than one at random."""


class Encoder(Protocol):
    """A model of sentences."""

    @property
    def signature(self) -> str:
        """Name and version of the model; no path, and no `|`."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text: texts x dimensions. The same text always gives the same vector."""
        ...


class EmbeddingAligner:
    """One dynamic programme over the similarities of embedded sentences and of groups of up to five.

    Its scores are posterior probabilities, but not calibrated: what a cosine is worth is another thing for each model.
    Time grows with the product of the two sizes of a passage (its matrix of similarities), memory with their sum.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def signature(self) -> str:
        """Method, model and version."""
        return f"embeddings|model:{self._encoder.signature}|scores:uncalibrated|version:{VERSION}"

    def align(self, pairs: Sequence[PassagePair]) -> list[list[Bead]]:
        """See `Aligner.align`. Raises `NotATranslation` where linked sentences are no nearer than others."""
        samples = tuple(
            self._encoded([text for pair in pairs for text in (pair.target if side else pair.source).sentences], True)
            for side in (0, 1)
        )
        skip = _skip_cost(*samples)
        found: list[list[Bead]] = []
        linked: list[tuple[Vectors, Vectors]] = []
        for pair in pairs:
            beads: list[Bead] = []
            for costs in self._sections(pair, samples, skip):
                own = _beads(costs)
                linked.append(costs.linked(own))
                beads.extend(own)
            found.append(beads)
        _check(linked)
        return found

    def _sections(self, pair: PassagePair, samples: tuple[Vectors, ...], skip: float) -> Iterator["SimilarityCosts"]:
        """The costs of a passage, or of its parts between sure pairs of sentences where it is long."""
        size = len(pair.source), len(pair.target)
        walls: list[Wall] = [(0, 0), size]
        if size[0] * size[1] > WHOLE:
            chain = rising_chain(_mutual_best(*(self._encoded(side.sentences) for side in (pair.source, pair.target))))
            walls = [(0, 0), *walls_in(chain, 3, (0, 0), size), size]
        for begin, end in pairwise(walls):
            if begin != end:
                sides = [
                    _Side.of(passage, (begin[n], end[n]), samples[1 - n], self._encoded)
                    for n, passage in enumerate((pair.source, pair.target))
                ]
                yield SimilarityCosts(begin, sides[0], sides[1], skip, pair.anchored and begin == (0, 0))

    def _encoded(self, texts: Sequence[str], sample: bool = False) -> Vectors:
        """Vectors of length 1; of a sample of the texts, evenly spread, where that is wanted."""
        chosen = list(texts[:: max(-(-len(texts) // _SAMPLE), 1)]) if sample else list(texts)
        if not chosen:
            return np.zeros((0, 1), dtype=np.float32)
        vectors = np.asarray(self._encoder.encode(chosen), dtype=np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


class _Encode(Protocol):
    def __call__(self, texts: Sequence[str], sample: bool = False) -> Vectors: ...


@dataclass(frozen=True)
class _Side:
    """The sentences of one side of a section.

    `vectors[k][i]` is the vector of the k + 1 sentences from the i-th on, `chance[k][i]` its mean distance from
    sentences of the other side; `breaks[i]` counts the paragraphs that begin with one of the sentences 1 to i.
    """

    vectors: tuple[Vectors, ...]
    chance: tuple[Floats, ...]
    breaks: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.vectors[0])

    @staticmethod
    def of(passage: Passage, place: tuple[int, int], sample: Vectors, encode: _Encode) -> "_Side":
        sentences = passage.sentences[slice(*place)]
        groups = [
            [_joined(sentences[i : i + size]) for i in range(len(sentences) - size + 1)]
            for size in range(1, LARGEST + 1)
        ]
        together = encode([text for group in groups for text in group])
        ends = np.cumsum([len(group) for group in groups])[:-1]
        vectors = tuple(np.split(together, ends))
        paragraphs = np.array((passage.paragraphs or (0,) * len(passage))[slice(*place)], dtype=np.int64)
        opens = np.concatenate([[0], np.cumsum(paragraphs[1:] != paragraphs[:-1])]) if len(paragraphs) else np.zeros(1)
        return _Side(vectors, tuple(_chance(own, sample) for own in vectors), opens.astype(np.int64))


class SimilarityCosts:
    """Costs of the beads of a section that begins at `start` of its passage (`dynamic.Costs`)."""

    shapes = SHAPES

    def __init__(self, start: Wall, source: _Side, target: _Side, skip: float, anchored: bool) -> None:
        self.start = start
        self.size = len(source), len(target)
        self._source = source
        self._target = target
        self._source_alone = _alone(len(source), skip, anchored and len(target) > 0)
        self._target_alone = _alone(len(target), skip, anchored and len(source) > 0)

    def insertions(self, positions: NDArray[np.int64]) -> Floats:
        """See `dynamic.Costs`."""
        return np.asarray(self._target_alone[np.minimum(positions, self.size[1])])

    def strip(self, band: Band, begin: int, end: int, width: int) -> Floats:
        """See `dynamic.Costs`."""
        left, right = int(band.low[begin:end].min()), int(band.high[begin:end].max())
        ends_s, ends_t = band.first + np.arange(begin, end), np.arange(left, right)
        costs = np.full((len(ends_s), len(self.shapes), len(ends_t) + width), np.inf)
        for number, (a, b) in enumerate(self.shapes):
            fits_s, fits_t = ends_s[ends_s - a >= band.first], ends_t[ends_t - b >= band.low[0]]
            if a == 0 or not len(fits_s) or not len(fits_t):
                continue
            if b == 0:
                alone = self._source_alone[fits_s] - self._source_alone[fits_s - 1]
                cost = np.broadcast_to(alone[:, None], (len(fits_s), len(fits_t)))
            else:
                cost = a * b * self._distances((a, b), fits_s - a, fits_t - b) + _LARGER * (a + b - 2)
                crossed_s = self._source.breaks[fits_s - 1] - self._source.breaks[fits_s - a]
                crossed_t = self._target.breaks[fits_t - 1] - self._target.breaks[fits_t - b]
                cost += _CROSSING * (crossed_s[:, None] + crossed_t[None, :])
            costs[len(ends_s) - len(fits_s) :, number, len(ends_t) - len(fits_t) : len(ends_t)] = cost
        columns = band.low[begin:end, None] - left + np.arange(width)[None, :]
        found = np.take_along_axis(costs, columns[:, None, :], axis=2)
        found[np.broadcast_to((columns + left >= band.high[begin:end, None])[:, None, :], found.shape)] = np.inf
        return found

    def _distances(self, shape: Shape, starts_s: NDArray[np.int64], starts_t: NDArray[np.int64]) -> Floats:
        """One minus the cosine of two groups, over its mean with strangers."""
        a, b = shape[0] - 1, shape[1] - 1
        cosines = (self._source.vectors[a][starts_s] @ self._target.vectors[b][starts_t].T).astype(np.float64)
        usual = (self._source.chance[a][starts_s][:, None] + self._target.chance[b][starts_t][None, :]) / 2.0
        return np.asarray(np.maximum(1.0 - cosines, 0.0) / usual)

    def linked(self, beads: Sequence[Bead]) -> tuple[Vectors, Vectors]:
        """Vectors of both sides of the beads (of the section) that have two sides."""
        full = [bead for bead in beads if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]]
        if not full:
            return np.zeros((0, 1), dtype=np.float32), np.zeros((0, 1), dtype=np.float32)
        sides = []
        for number, side in enumerate((self._source, self._target)):
            ranges = [(bead.target if number else bead.source) for bead in full]
            first = self.start[number]
            vectors = [side.vectors[end - begin - 1][begin - first] for begin, end in ranges]
            sides.append(np.array(vectors, dtype=np.float32))
        return sides[0], sides[1]


def _beads(costs: SimilarityCosts) -> list[Bead]:
    """The cheapest path through a section, with posteriors, in the numbering of the passage."""
    (path,) = cheapest_paths(costs, [band_between((0, 0), costs.size)])
    pieces = [path.steps[begin : begin + _PIECE] for begin in range(0, len(path.steps), _PIECE)]
    found: dict[int, list[float]] = {}
    for lattice in lattices([band_around(piece, _MARGIN) for piece in pieces]):
        block = costs_of(costs, lattice, 0, int(lattice.heights.max()))
        own = [pieces[number] for number in lattice.numbers]
        found.update(zip(lattice.numbers, posteriors(costs, lattice, block, own, _TEMPERATURE), strict=True))
    odds = [value for number in range(len(pieces)) for value in found[number]]
    scores = 1.0 / (1.0 + np.exp(-np.array(odds)))
    return [_bead(costs.start, step, round(float(score), 4)) for step, score in zip(path.steps, scores, strict=True)]


def _bead(start: Wall, step: Step, score: float) -> Bead:
    (i, j), (k, m) = step
    return Bead((start[0] + i, start[0] + k), (start[1] + j, start[1] + m), score)


def _joined(sentences: Sequence[str]) -> str:
    return ("" if is_han(sentences[0]) else " ").join(sentences)


def _chance(vectors: Vectors, sample: Vectors) -> Floats:
    """The mean distance of each vector from a sample of the other side; 1 without one."""
    if not len(sample) or not len(vectors):
        return np.ones(len(vectors))
    return np.maximum(np.mean(1.0 - vectors @ sample.T, axis=1, dtype=np.float64), 1e-3)


def _skip_cost(source: Vectors, target: Vectors) -> float:
    """What leaving a sentence alone costs: the quantile of the costs of pairs at random."""
    if not len(source) or not len(target):
        return 1.0
    distances = 1.0 - (source @ target.T).astype(np.float64)
    usual = (distances.mean(axis=1)[:, None] + distances.mean(axis=0)[None, :]) / 2.0
    return float(np.quantile(distances / np.maximum(usual, 1e-3), _SKIP_SHARE))


def _alone(size: int, skip: float, anchored: bool) -> Floats:
    """Running cost of leaving the sentences before each position alone."""
    steps = np.full(size, skip)
    if anchored and size:
        steps[0] += _ANCHOR_ALONE
    return np.concatenate([[0.0], np.cumsum(steps)])


def _mutual_best(source: Vectors, target: Vectors) -> list[Wall]:
    """Pairs of sentences each of which is the other's nearest."""
    nearest_t, nearest_s = _nearest(source, target), _nearest(target, source)
    return [(i, int(j)) for i, j in enumerate(nearest_t) if nearest_s[j] == i]


def _nearest(some: Vectors, others: Vectors) -> NDArray[np.int64]:
    """For each of some vectors the number of the nearest of the others; some rows at a time, to bound memory."""
    return np.concatenate([np.argmax(some[n : n + _ROWS] @ others.T, axis=1) for n in range(0, len(some), _ROWS)])


def _check(linked: Sequence[tuple[Vectors, Vectors]]) -> None:
    """Refuse texts whose linked groups are hardly nearer to one another than to those linked elsewhere."""
    full = [sides for sides in linked if len(sides[0])]
    if not full:
        return
    source, target = (np.concatenate([sides[n] for sides in full]) for n in (0, 1))
    step = max(len(source) // _SAMPLE, 1)
    source, target = source[::step], target[::step]
    if len(source) < _FEWEST_TOLD:
        return
    own = np.sum(source * target, axis=1)
    other = np.sum(source * np.roll(target, len(target) // 2, axis=0), axis=1)
    told, better = int((own != other).sum()), int((own > other).sum())
    if told >= _FEWEST_TOLD and 2.0 * better / told - 1.0 < _LEAST_BETTER:
        raise NotATranslation([f"in {better} of {told} sampled links the two sides are nearer than at random"])
