"""Word association from parallel sentences: IBM Model 1 in both directions, trained to agree (Liang et al. 2006)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
) -> Counts:
    """Joint expected counts after some rounds of expectation maximisation.

    `source[n]` and `target[n]` are the term numbers of the n-th sentence pair, below `source_size` and `target_size`.
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
    # every pair of tokens of every sentence pair: which source token, which target token
    sizes = s_len * t_len
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    inside = np.arange(int(sizes.sum())) - starts
    width = np.repeat(t_len, sizes)
    s_token = inside // width + np.repeat(np.cumsum(s_len) - s_len, sizes)
    t_token = inside % width + np.repeat(np.cumsum(t_len) - t_len, sizes)
    keys, slot = np.unique(s_all[s_token] * target_size + t_all[t_token], return_inverse=True)
    key_s, key_t = keys // target_size, keys % target_size
    n_s = np.bincount(s_all, minlength=source_size).astype(np.float64)
    n_t = np.bincount(t_all, minlength=target_size).astype(np.float64)
    joint = np.ones(len(keys))
    forward, backward = np.full(len(keys), 1.0 / target_size), np.full(len(keys), 1.0 / source_size)
    for _ in range(iterations):
        f, b = forward[slot], backward[slot]
        f_null = null * (n_t / n_t.sum())[t_all]
        b_null = null * (n_s / n_s.sum())[s_all]
        f /= (np.bincount(t_token, weights=f, minlength=len(t_all)) + f_null)[t_token]
        b /= (np.bincount(s_token, weights=b, minlength=len(s_all)) + b_null)[s_token]
        joint = np.bincount(slot, weights=f * b, minlength=len(keys)).astype(np.float64)
        by_s = np.bincount(key_s, weights=joint, minlength=source_size)
        by_t = np.bincount(key_t, weights=joint, minlength=target_size)
        forward = joint / np.maximum(by_s[key_s], 1e-12)
        backward = joint / np.maximum(by_t[key_t], 1e-12)
    return Counts(key_s, key_t, joint)
