"""The aligner: walls, a first path with the lexicon that ships, a lexicon learned from that path, a second path."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from unbitext.align.associations import Associations, TermCounts, associate, lexicon_counts
from unbitext.align.band import Wall, band_along, band_around
from unbitext.align.calibration import Floats, link_features, probabilities
from unbitext.align.costs import BeadCosts
from unbitext.align.dynamic import Path, Step, cheapest_paths, costs_of, search
from unbitext.align.lattice import lattices
from unbitext.align.learning import learn_from_path
from unbitext.align.lexicon import Lexicon, shipped_lexicon
from unbitext.align.parameters import Parameters
from unbitext.align.passages import Bead, PassagePair
from unbitext.align.pieces import cut
from unbitext.align.posterior import posteriors
from unbitext.align.refusal import judge
from unbitext.align.text_pair import TextPair, named_language, text_pair
from unbitext.align.waypoints import find_waypoints

VERSION = 5

_FIRST_LARGEST = 2
"""Largest side of a bead in the first pass: what is learned from does not need the rare shapes."""

_MARGIN = 8
"""How far the second path may leave the first."""


@dataclass(frozen=True)
class _Judged:
    """The second path, and what is known of its beads.

    `prior` are the associations before anything was learned of the text; `knows_words` is whether a lexicon is in them.
    """

    pair: TextPair
    prior: Associations
    knows_words: bool
    steps: list[Step]
    features: Floats


class LexicalAligner:
    """Lengths, a lexicon, numbers, names and marks in one dynamic programme.

    `lexicons` are used, where they are for the languages of the passages, beside the one that ships for these and the
    one learned from the document. `use_shipped` and `learns` say whether those are used at all.
    """

    def __init__(
        self,
        lexicons: Sequence[Lexicon] = (),
        use_shipped: bool = True,
        learns: bool = True,
        parameters: Parameters | None = None,
    ) -> None:
        self._lexicons = tuple(lexicons)
        self._use_shipped = use_shipped
        self._learns = learns
        self._parameters = parameters or Parameters()

    @property
    def signature(self) -> str:
        """Method and version; a lexicon that was given is named by its hash."""
        used = [*(["shipped"] if self._use_shipped else []), *(lexicon.signature for lexicon in self._lexicons)]
        kind = "+".join(used) or "none"
        return f"length+lexicon+shared|lexicon:{kind}|learned:{'yes' if self._learns else 'no'}|version:{VERSION}"

    def align(self, pairs: Sequence[PassagePair]) -> list[list[Bead]]:
        """See `Aligner.align`."""
        found = self._judged(pairs)
        scores = probabilities(found.features, self._parameters.score_weights)
        scores = judge(found.pair, found.prior, found.steps, scores, knows_words=found.knows_words)
        return _by_passage(found.pair.walls, list(zip(found.steps, scores, strict=True)))

    def features(self, pairs: Sequence[PassagePair]) -> tuple[list[Step], Floats]:
        """The beads of all passages, and what their scores are made of (`link_features`): to fit `ScoreWeights` on."""
        found = self._judged(pairs)
        return found.steps, found.features

    def _judged(self, pairs: Sequence[PassagePair]) -> "_Judged":
        pair = text_pair(pairs)
        named = named_language([one.source for one in pairs]), named_language([one.target for one in pairs])
        known = self._known_counts(pair, named)
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
        features = link_features(pair, associations, steps, odds, self._parameters)
        return _Judged(pair, prior, bool(known), steps, features)

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
        pieces = [piece for path in first for piece in cut(path, pair)]
        found = {number: (piece.steps, piece.odds) for number, piece in enumerate(pieces) if piece.odds is not None}
        open_ = [number for number in range(len(pieces)) if number not in found]
        for lattice in lattices([band_around(pieces[number].steps, _MARGIN) for number in open_]):
            block = costs_of(costs, lattice, 0, int(lattice.heights.max()))
            steps = [path.steps for path in search(costs, lattice, iter([block]))]
            odds = posteriors(costs, lattice, block, steps, self._parameters.temperature)
            numbers = [open_[number] for number in lattice.numbers]
            found.update(zip(numbers, zip(steps, odds, strict=True), strict=True))
        ordered = [found[number] for number in range(len(pieces))]
        return [step for steps, _ in ordered for step in steps], [value for _, odds in ordered for value in odds]

    def _known_counts(self, pair: TextPair, named: tuple[str | None, str | None]) -> list[TermCounts]:
        shipped = shipped_lexicon(*pair.languages) if self._use_shipped else None
        known = [] if shipped is None else [shipped]
        # what was given has the word on languages that nobody named: Latin script is guessed to be English
        fitting = [lexicon for lexicon in self._lexicons if lexicon.fits(*named)]
        if fitting:
            terms = frozenset(pair.source.terms), frozenset(pair.target.terms)
            known += [lexicon.facing(named, terms) for lexicon in fitting]
        return [lexicon_counts(lexicon, pair.source, pair.target) for lexicon in known]


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
