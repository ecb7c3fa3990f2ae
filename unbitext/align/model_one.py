"""Word association from parallel sentences: IBM Model 1 in both directions, trained to agree (Liang et al. 2006)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_TABLE = 20_000_000
"""Cells of the largest table of all pairs of types."""

_WIDE_ROUNDS = 2


@dataclass(frozen=True)
class Counts:
    """Expected numbers of times that source term `source[k]` stood for target term `target[k]`: `joint[k]`."""

    source: Ints
    target: Ints
    joint: Floats


def train(
    source: Sequence[Ints],
    target: Sequence[Ints],
    source_size: int,
    target_size: int,
    iterations: int = 5,
    null: float = 1.0,
    unlikely: float = 0.0,
) -> Counts:
    """Joint expected counts after some rounds of expectation maximisation.

    `source[n]` and `target[n]` are the term numbers of the n-th sentence pair, below `source_size` and `target_size`.
    Pairs expected less often than `unlikely` after two rounds are left out of the others: they are most of the work.
    `null` is the weight of the empty word, in words of uniform probability.
    """
    s_len = np.array([len(s) for s in source], dtype=np.int64)
    t_len = np.array([len(t) for t in target], dtype=np.int64)
    kept = (s_len > 0) & (t_len > 0)
    s_len, t_len = s_len[kept], t_len[kept]
    pairs = [(s, t) for s, t, keep in zip(source, target, kept, strict=True) if keep]
    if not pairs:
        nothing = np.zeros(0, dtype=np.int64)
        return Counts(nothing, nothing, np.zeros(0))
    s_all, t_all = np.concatenate([s for s, _ in pairs]), np.concatenate([t for _, t in pairs])
    s_token, t_token = _token_pairs(s_len, t_len)
    keys, slot = _numbered(s_all[s_token] * target_size + t_all[t_token], source_size * target_size)
    n_s = np.bincount(s_all, minlength=source_size).astype(np.float64)
    n_t = np.bincount(t_all, minlength=target_size).astype(np.float64)
    f_null, b_null = null * (n_t / n_t.sum())[t_all], null * (n_s / n_s.sum())[s_all]
    joint = np.ones(len(keys))
    forward, backward = np.full(len(keys), 1.0 / target_size), np.full(len(keys), 1.0 / source_size)
    for number in range(iterations):
        if number == _WIDE_ROUNDS and unlikely > 0.0:
            likely = joint > unlikely
            kept = likely[slot]
            s_token, t_token = s_token[kept], t_token[kept]
            slot = (np.cumsum(likely) - 1)[slot[kept]]
            keys, joint, forward, backward = keys[likely], joint[likely], forward[likely], backward[likely]
        f, b = forward[slot], backward[slot]
        f /= (np.bincount(t_token, weights=f, minlength=len(t_all)) + f_null)[t_token]
        b /= (np.bincount(s_token, weights=b, minlength=len(s_all)) + b_null)[s_token]
        joint = np.bincount(slot, weights=f * b, minlength=len(keys)).astype(np.float64)
        by_s = np.bincount(keys // target_size, weights=joint, minlength=source_size)
        by_t = np.bincount(keys % target_size, weights=joint, minlength=target_size)
        forward = joint / np.maximum(by_s[keys // target_size], 1e-12)
        backward = joint / np.maximum(by_t[keys % target_size], 1e-12)
    return Counts(keys // target_size, keys % target_size, joint)


def _token_pairs(s_len: Ints, t_len: Ints) -> tuple[Ints, Ints]:
    """Every pair of tokens of every sentence pair: which source token, which target token."""
    width = np.repeat(t_len, s_len)
    source = np.repeat(np.arange(len(width)), width)
    # a source token is paired with all target tokens of its sentence, which begin at the same place for all of it
    first = np.repeat(np.cumsum(t_len) - t_len, s_len) - (np.cumsum(width) - width)
    return source, np.arange(len(source)) + np.repeat(first, width)


def _numbered(keys: Ints, size: int) -> tuple[Ints, Ints]:
    """The different keys, all below `size`, in order, and the place of each key among them."""
    if size > _TABLE:
        unique, place = np.unique(keys, return_inverse=True)
        return unique, place
    # where a table of all keys fits into memory, sorting is several times as slow
    seen = np.zeros(size, dtype=bool)
    seen[keys] = True
    number = np.cumsum(seen) - 1
    return np.flatnonzero(seen), number[keys]
