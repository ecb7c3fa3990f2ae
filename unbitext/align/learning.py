"""A lexicon of the document's own, learned from a first alignment of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from unbitext.align.associations import TermCounts
from unbitext.align.dynamic import Step
from unbitext.align.model_one import train
from unbitext.align.shared_terms import is_shared
from unbitext.align.term_tables import TermTable

Ints = NDArray[np.int64]

LEAST_BEADS = 20
"""Fewer beads than this teach nothing."""

MOST_WORK = 1_500_000
"""Pairs of words, one of either side of a bead: more teach little more; a longer text is sampled evenly."""

LEAST_JOINT = 0.8
"""Pairs expected less often than this come from one bead, and would only confirm that bead."""

_FEWEST = 2
_COMMONEST = 0.3
_ROUNDS = 4
_UNLIKELY = 0.05


def learn_from_path(source: TermTable, target: TermTable, steps: Sequence[Step]) -> TermCounts | None:
    """Counts learned from the beads of a path; None where there are too few.

    A term that stands in one bead alone teaches nothing, one that stands in nearly every third is a particle or an
    article: neither is learned from.
    """
    full = [step for step in steps if step[0][0] < step[1][0] and step[0][1] < step[1][1]]
    if len(full) < LEAST_BEADS:
        return None
    ends = np.array(full, dtype=np.int64)
    words = [np.diff(table.offsets[ends[:, :, side]])[:, 0] for side, table in enumerate((source, target))]
    work = int((words[0] * words[1]).sum())
    full = full[:: max(-(-work // MOST_WORK), 1)]
    s_flat, s_bead = _terms_of(source, [(begin[0], end[0]) for begin, end in full])
    t_flat, t_bead = _terms_of(target, [(begin[1], end[1]) for begin, end in full])
    s_kept, t_kept = (
        _worth_learning(source, s_flat, s_bead, len(full)),
        _worth_learning(target, t_flat, t_bead, len(full)),
    )
    s_seen = np.bincount(s_flat, minlength=len(source.terms)).astype(np.float64)
    t_seen = np.bincount(t_flat, minlength=len(target.terms)).astype(np.float64)
    counts = train(
        _by_bead(s_flat[s_kept], s_bead[s_kept], len(full)),
        _by_bead(t_flat[t_kept], t_bead[t_kept], len(full)),
        len(source.terms),
        len(target.terms),
        iterations=_ROUNDS,
        unlikely=_UNLIKELY,
    )
    sure = counts.joint > LEAST_JOINT
    totals = float(len(s_flat)), float(len(t_flat))
    return TermCounts(counts.source[sure], counts.target[sure], counts.joint[sure], s_seen, t_seen, totals)


def _terms_of(table: TermTable, ranges: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Words of the sentences in each range, and the number of the range."""
    pieces = [table.flat[table.offsets[begin] : table.offsets[end]] for begin, end in ranges]
    flat = np.concatenate(pieces)
    bead = np.repeat(np.arange(len(ranges)), [len(piece) for piece in pieces])
    word = np.array([not is_shared(term) for term in table.terms], dtype=bool)
    return flat[word[flat]], bead[word[flat]]


def _worth_learning(table: TermTable, flat: Ints, bead: Ints, beads: int) -> NDArray[np.bool_]:
    once = np.unique(flat * beads + bead) // beads
    frequency = np.bincount(once, minlength=len(table.terms))
    worth: NDArray[np.bool_] = (frequency[flat] >= _FEWEST) & (frequency[flat] <= max(_COMMONEST * beads, _FEWEST))
    return worth


def _by_bead(flat: Ints, bead: Ints, beads: int) -> list[Ints]:
    return np.split(flat, np.searchsorted(bead, np.arange(1, beads)))
