"""Which terms of one document speak for which terms of the other, and how strongly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unbitext.align.lexicon import Lexicon
from unbitext.align.parameters import Parameters
from unbitext.align.shared_terms import is_hard, is_shared
from unbitext.align.term_tables import TermTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Direction:
    """What conditioning terms say of generated ones: entries `starts[c]:starts[c + 1]` are those of term c.

    `lift` is how many times as probable the generated term is, given the conditioning one, as by chance; `floor[g]`
    what share of chance remains where nothing explains g (1 for terms that nothing could explain).
    """

    starts: Ints
    generated: Ints
    lift: Floats
    floor: Floats


@dataclass(frozen=True)
class Associations:
    """Both directions, for two term tables."""

    forward: Direction
    backward: Direction


@dataclass(frozen=True)
class TermCounts:
    """Counts of a lexicon in the numbers of two term tables: entries, how often each term was seen, how many were."""

    source: Ints
    target: Ints
    joint: Floats
    source_seen: Floats
    target_seen: Floats
    totals: tuple[float, float]

    def weighted(self, weight: float) -> "TermCounts":
        """All counts times `weight`."""
        return TermCounts(
            source=self.source,
            target=self.target,
            joint=self.joint * weight,
            source_seen=self.source_seen * weight,
            target_seen=self.target_seen * weight,
            totals=(self.totals[0] * weight, self.totals[1] * weight),
        )


def lexicon_counts(lexicon: Lexicon, source: TermTable, target: TermTable) -> TermCounts:
    """Counts of `lexicon` for the terms that the two tables have."""
    s_places = {term: n for n, term in enumerate(source.terms)}
    t_places = {term: n for n, term in enumerate(target.terms)}
    s_map = np.array([s_places.get(term, -1) for term in lexicon.source_terms], dtype=np.int64)
    t_map = np.array([t_places.get(term, -1) for term in lexicon.target_terms], dtype=np.int64)
    s_seen, t_seen = np.zeros(len(source.terms)), np.zeros(len(target.terms))
    s_seen[s_map[s_map >= 0]] = lexicon.source_counts[s_map >= 0]
    t_seen[t_map[t_map >= 0]] = lexicon.target_counts[t_map >= 0]
    s, t = s_map[lexicon.source], t_map[lexicon.target]
    present = (s >= 0) & (t >= 0)
    return TermCounts(s[present], t[present], lexicon.joint[present], s_seen, t_seen, lexicon.totals)


def associate(
    source: TermTable, target: TermTable, lexicons: Sequence[TermCounts], parameters: Parameters
) -> Associations:
    """Associations from the added counts of all lexicons, and from shared terms."""
    s_entry, t_entry, joint = _added_joint(lexicons, len(target.terms))
    joint = np.maximum(joint - parameters.discount, 0.0)
    s_seen = sum((counts.source_seen for counts in lexicons), np.zeros(len(source.terms)))
    t_seen = sum((counts.target_seen for counts in lexicons), np.zeros(len(target.terms)))
    chance = np.maximum(s_seen[s_entry] * t_seen[t_entry], 1e-12)
    s_shared, t_shared = _shared_entries(source, target)
    sure = parameters.shared_probability
    s_all, t_all = np.concatenate([s_entry, s_shared]), np.concatenate([t_entry, t_shared])
    per_target = sum(counts.totals[1] for counts in lexicons)
    per_source = sum(counts.totals[0] for counts in lexicons)
    forward = np.concatenate([joint / chance * per_target, sure * len(target.flat) / target.counts[t_shared]])
    backward = np.concatenate([joint / chance * per_source, sure * len(source.flat) / source.counts[s_shared]])
    return Associations(
        forward=_direction(s_all, t_all, forward, source, target, parameters),
        backward=_direction(t_all, s_all, backward, target, source, parameters),
    )


def _added_joint(lexicons: Sequence[TermCounts], width: int) -> tuple[Ints, Ints, Floats]:
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *(c.source * max(width, 1) + c.target for c in lexicons)])
    unique, slot = np.unique(keys, return_inverse=True)
    joint = np.concatenate([np.zeros(0), *(counts.joint for counts in lexicons)])
    added = np.bincount(slot, weights=joint, minlength=len(unique)).astype(np.float64)
    return unique // max(width, 1), unique % max(width, 1), added


def _shared_entries(source: TermTable, target: TermTable) -> tuple[Ints, Ints]:
    places = {term: n for n, term in enumerate(target.terms) if is_shared(term)}
    pairs = [(n, places[term]) for n, term in enumerate(source.terms) if term in places]
    return np.array([s for s, _ in pairs], dtype=np.int64), np.array([t for _, t in pairs], dtype=np.int64)


def _direction(
    given: Ints, generated: Ints, lift: Floats, given_table: TermTable, table: TermTable, parameters: Parameters
) -> Direction:
    order = np.argsort(given, kind="stable")
    explainable = np.zeros(len(table.terms), dtype=bool)
    explainable[generated] = True
    hard = np.array([is_hard(term) for term in table.terms], dtype=bool)
    floor = np.where(explainable, parameters.unexplained, 1.0)
    return Direction(
        starts=np.searchsorted(given[order], np.arange(len(given_table.terms) + 1)),
        generated=generated[order],
        lift=lift[order],
        floor=np.where(hard, parameters.unexplained_number, floor),
    )
