"""The aligner: walls, a first path with the lexicon that ships, a lexicon learned from that path, a second path."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from unbitext.align.associations import Associations, TermCounts, associate, lexicon_counts
from unbitext.align.band import Wall, band_along, band_around
from unbitext.align.calibration import calibrated
from unbitext.align.costs import BeadCosts
from unbitext.align.dynamic import Path, Step, cheapest_paths, costs_of, search
from unbitext.align.lattice import lattices
from unbitext.align.learning import learn_from_path
from unbitext.align.lexicon import Lexicon, shipped_lexicon
from unbitext.align.parameters import Parameters
from unbitext.align.passages import Bead, PassagePair
from unbitext.align.posterior import posteriors
from unbitext.align.refusal import judge
from unbitext.align.text_pair import TextPair, text_pair
from unbitext.align.waypoints import find_waypoints

VERSION = 2

_PIECE = 32
"""Fewest sentences of a piece of the second search: shorter ones would meet their ends more often than not."""

_LARGEST_PIECE = 1000
"""Most sentences of a piece, with which memory grows."""

_SETTLED = -6.0
"""Cost of a 1-1 bead below which, with two like it on either side, it is as good as known."""

_FIRST_LARGEST = 2
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
        prior = associate(pair.source, pair.target, known, self._parameters)
        first = self._first_paths(pair, prior)
        all_steps = [step for path in first for step in path.steps]
        pair = pair.rescaled(all_steps)
        associations = prior
        if self._learns:
            learned = learn_from_path(pair.source, pair.target, all_steps)
            if learned is not None:
                both = [*known, learned.weighted(self._parameters.document_weight)]
                associations = associate(pair.source, pair.target, both, self._parameters)
        steps, odds = self._second_paths(pair, associations, first)
        scores = calibrated(odds, self._parameters.score_weights)
        scores = judge(pair, prior, steps, scores, knows_words=bool(known))
        return _by_passage(outer, list(zip(steps, scores, strict=True)))

    def _first_paths(self, pair: TextPair, associations: Associations) -> list[Path]:
        """Paths between waypoints, with the commonest shapes alone."""
        waypoints = find_waypoints(pair, associations)
        small = tuple(shape for shape in self._parameters.prices if max(shape) <= _FIRST_LARGEST)
        costs = BeadCosts(replace(pair, walls=waypoints.walls), associations, self._parameters, small)
        rows = [point[0] for point in waypoints.chain]
        bands = []
        for begin, end in pairwise(waypoints.walls):
            inside = waypoints.chain[bisect_right(rows, begin[0]) : bisect_left(rows, end[0])]
            bands.append(band_along(begin, end, [p for p in inside if begin[1] < p[1] < end[1]]))
        return cheapest_paths(costs, bands)

    def _second_paths(
        self, pair: TextPair, associations: Associations, first: Sequence[Path]
    ) -> tuple[list[Step], list[float]]:
        """Paths near the first ones with all shapes, and the posterior log odds of their beads."""
        costs = BeadCosts(pair, associations, self._parameters, tuple(self._parameters.prices))
        bands = [band_around(piece, _MARGIN) for path in first for piece in _pieces(path)]
        found: dict[int, tuple[list[Step], list[float]]] = {}
        for lattice in lattices(bands):
            block = costs_of(costs, lattice, 0, int(lattice.heights.max()))
            steps = [path.steps for path in search(costs, lattice, iter([block]))]
            odds = posteriors(costs, lattice, block, steps, self._parameters.temperature)
            found.update(zip(lattice.numbers, zip(steps, odds, strict=True), strict=True))
        ordered = [found[number] for number in range(len(bands))]
        return [step for steps, _ in ordered for step in steps], [value for _, odds in ordered for value in odds]

    def _known_counts(self, pair: TextPair) -> list[TermCounts]:
        lexicon = self._lexicon
        if lexicon is None and self._use_shipped:
            lexicon = shipped_lexicon(*pair.languages)
        return [] if lexicon is None else [lexicon_counts(lexicon, pair.source, pair.target)]


def _pieces(path: Path) -> Iterator[list[Step]]:
    """A path in pieces, cut where it is sure, and after a thousand sentences in any case."""
    piece: list[Step] = []
    settled = [_is_pair(step) and cost <= _SETTLED for step, cost in zip(path.steps, path.costs, strict=True)]
    for number, step in enumerate(path.steps):
        size = max(step[0][0] - piece[0][0][0], step[0][1] - piece[0][0][1]) if piece else 0
        if size >= _PIECE and (size >= _LARGEST_PIECE or all(settled[max(number - 2, 0) : number + 2])):
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
