"""The aligner: walls, a first path with the lexicon that ships, a lexicon learned from that path, a second path."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from unbitext.align.associations import TermCounts, associate, lexicon_counts
from unbitext.align.band import Wall, band_around, band_between
from unbitext.align.calibration import calibrated
from unbitext.align.costs import BeadCosts
from unbitext.align.dynamic import Step, cheapest_path, rectangles
from unbitext.align.learning import learn_from_path
from unbitext.align.lexicon import Lexicon, shipped_lexicon
from unbitext.align.parameters import Parameters
from unbitext.align.passages import Bead, PassagePair
from unbitext.align.posterior import posteriors
from unbitext.align.refusal import check_evidence
from unbitext.align.text_pair import TextPair, text_pair
from unbitext.align.waypoints import add_waypoints

VERSION = 2

_BATCH = 500
"""Sentences of the source that are worked on together."""

_FIRST_LARGEST = 3
"""Largest side of a bead in the first pass: what is learned from does not need the rare shapes."""

_MARGIN = 8
"""How far the second path may leave the first."""


class LexicalAligner:
    """Lengths, a lexicon, numbers, names and marks in one dynamic programme.

    `lexicon` is used beside the one learned from the document; by default the one that ships for the languages of the
    passages. `learns` says whether the document's own is used at all.
    """

    def __init__(
        self,
        lexicon: Lexicon | None = None,
        use_shipped: bool = True,
        learns: bool = True,
        parameters: Parameters | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._use_shipped = use_shipped
        self._learns = learns
        self._parameters = parameters or Parameters()

    @property
    def signature(self) -> str:
        """Method and version."""
        kind = "own" if self._lexicon is not None else "shipped" if self._use_shipped else "none"
        return f"length+lexicon+shared|lexicon:{kind}|learned:{'yes' if self._learns else 'no'}|version:{VERSION}"

    def align(self, pairs: Sequence[PassagePair]) -> list[list[Bead]]:
        """See `Aligner.align`."""
        pair = text_pair(pairs)
        outer = pair.walls
        known = self._known_counts(pair)
        associations = associate(pair.source, pair.target, known, self._parameters)
        prior = associations
        pair = replace(pair, walls=add_waypoints(pair, associations))
        small = tuple(shape for shape in self._parameters.prices if max(shape) <= _FIRST_LARGEST)
        costs = BeadCosts(pair, associations, self._parameters, small)
        first = []
        for walls in _batches(pair.walls):
            band = band_between(walls)
            first.append(cheapest_path(costs.shapes, rectangles(costs, band), band))
        all_steps = [step for steps in first for step in steps]
        pair = pair.rescaled(all_steps)
        if self._learns:
            learned = learn_from_path(pair.source, pair.target, all_steps)
            if learned is not None:
                both = [*known, learned.weighted(self._parameters.document_weight)]
                associations = associate(pair.source, pair.target, both, self._parameters)
        costs = BeadCosts(pair, associations, self._parameters, tuple(self._parameters.prices))
        path_steps: list[Step] = []
        odds: list[float] = []
        rows = [wall[0] for wall in pair.walls]
        for steps in _pieces(first):
            (top, _), (bottom, _) = steps[0][0], steps[-1][1]
            inside = pair.walls[bisect_left(rows, top) : bisect_right(rows, bottom)]
            band = band_around(steps, _MARGIN, inside)
            blocks = list(rectangles(costs, band))
            path = cheapest_path(costs.shapes, blocks, band)
            odds.extend(posteriors(costs.shapes, blocks, band, path, self._parameters.temperature))
            path_steps.extend(path)
        scores = calibrated(odds, self._parameters.score_weights)
        if known:
            check_evidence(pair, prior, path_steps, scores)
        return _by_passage(outer, list(zip(path_steps, scores, strict=True)))

    def _known_counts(self, pair: TextPair) -> list[TermCounts]:
        lexicon = self._lexicon
        if lexicon is None and self._use_shipped:
            lexicon = shipped_lexicon(*pair.languages)
        return [] if lexicon is None else [lexicon_counts(lexicon, pair.source, pair.target)]


def _batches(walls: Sequence[Wall]) -> Iterator[tuple[Wall, ...]]:
    """Runs of neighbouring walls with some hundreds of sentences between first and last."""
    start = 0
    for end in range(1, len(walls)):
        if walls[end][0] - walls[start][0] >= _BATCH or walls[end][1] - walls[start][1] >= 2 * _BATCH:
            yield tuple(walls[start : end + 1])
            start = end
    if start < len(walls) - 1:
        yield tuple(walls[start:])


def _pieces(paths: Sequence[Sequence[Step]]) -> Iterator[list[Step]]:
    """Paths in pieces of some hundreds of sentences, cut between two 1-1 beads where that is soon possible."""
    for path in paths:
        piece: list[Step] = []
        for step in path:
            size = max(step[0][0] - piece[0][0][0], step[0][1] - piece[0][0][1]) if piece else 0
            if size >= _BATCH and (size >= 2 * _BATCH or (_is_pair(piece[-1]) and _is_pair(step))):
                yield piece
                piece = []
            piece.append(step)
        if piece:
            yield piece


def _is_pair(step: Step) -> bool:
    return (step[1][0] - step[0][0], step[1][1] - step[0][1]) == (1, 1)


def _by_passage(walls: Sequence[Wall], beads: Sequence[tuple[Step, float]]) -> list[list[Bead]]:
    """Beads in the numbering of their passages."""
    found: list[list[Bead]] = [[] for _ in walls[1:]]
    passage = 0
    for (begin, end), score in beads:
        while end[0] > walls[passage + 1][0] or end[1] > walls[passage + 1][1]:
            passage += 1
        i, j = walls[passage]
        found[passage].append(Bead((begin[0] - i, end[0] - i), (begin[1] - j, end[1] - j), score))
    return found
