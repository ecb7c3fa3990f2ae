"""Which of many sketches are nearly the same: candidates by bands, confirmed by their sketches, then joined.

Sketches that agree in a band - a few neighbouring entries - are candidates (locality-sensitive hashing; Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3). The sketches lie on the disk; in memory are some bytes
for each, however long the texts.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from unbitext.release.sketches import ENTRIES, Sketch

Numbers = NDArray[np.int32]
Keys = NDArray[np.uint64]
Similar = Callable[[Numbers, Numbers], NDArray[np.bool_]]

ROW_BAND, ROW_SIMILARITY = 4, 0.8
"""Rows: of those with .8 of their pieces in common, 9,998 of 10,000 meet in one of 16 bands; with .9, all but one of
ten million."""

DOCUMENT_BAND, DOCUMENT_SIMILARITY = 3, 0.6
"""Documents: of those with .6 in common, 99 of 100 meet in one of 21 bands."""

_LEADERS = 4
"""Members of a bucket that the others are compared with: more than a few kinds of text seldom share a band."""

_READ_AT_ONCE = _COMPARED = 1 << 13
_SORTED_AT_ONCE = 1 << 19


class Groups:
    """Numbers from 0 joined to groups; a group goes by its smallest number."""

    def __init__(self, size: int) -> None:
        self.first: Numbers = np.arange(size, dtype=np.int32)

    def join(self, one: Numbers, other: Numbers) -> None:
        """Put the groups of `one[i]` and `other[i]` together, for every i."""
        while True:
            left, right = self.first[one], self.first[other]
            apart = left != right
            if not apart.any():
                return
            one, other, left, right = one[apart], other[apart], left[apart], right[apart]
            np.minimum.at(self.first, np.maximum(left, right), np.minimum(left, right))
            while True:
                further = self.first[self.first]
                if np.array_equal(further, self.first):
                    break
                self.first = further


class Sketches(Protocol):
    """An array of n by `ENTRIES`, or what reads one from the disk."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: slice | Numbers, /) -> Sketch: ...


def bands(sketches: Sketches, width: int) -> Iterator[Keys]:
    """For each band, a key for each of the sketches."""
    for start in range(0, ENTRIES - width + 1, width):
        keys = np.zeros(len(sketches), dtype=np.uint64)
        for first in range(0, len(sketches), _READ_AT_ONCE):
            part = slice(first, first + _READ_AT_ONCE)
            for entries in sketches[part][:, start : start + width].T:
                keys[part] = (keys[part] << np.uint64(16)) | entries
        yield keys


def candidates(keys: Keys, similar: Similar) -> Iterator[tuple[Numbers, Numbers]]:
    """Numbers with the same key that `similar` confirms, as pairs of arrays: an earlier one, a later one."""
    parts = -(-len(keys) // _SORTED_AT_ONCE) or 1
    for part in range(parts):
        chosen = np.arange(len(keys)) if parts == 1 else np.flatnonzero(keys % np.uint64(parts) == part)
        order = chosen[np.argsort(keys[chosen], kind="stable")].astype(np.int32)
        members, bucket = _shared(order, keys)
        for _ in range(_LEADERS):
            if not len(members):
                break
            starts = np.flatnonzero(np.concatenate(([True], bucket[1:] != bucket[:-1])))
            leaders = np.repeat(members[starts], np.diff(np.append(starts, len(members))))
            is_other = leaders != members
            leaders, members, bucket = leaders[is_other], members[is_other], bucket[is_other]
            confirmed = similar(leaders, members)
            yield leaders[confirmed], members[confirmed]
            members, bucket = members[~confirmed], bucket[~confirmed]


def _shared(order: Numbers, keys: Keys) -> tuple[Numbers, Keys]:
    """Those of the sorted numbers whose key another has too, and their keys."""
    found = keys[order]
    same = found[1:] == found[:-1]
    shared = np.concatenate((same, [False])) | np.concatenate(([False], same))
    return order[shared], found[shared]


def similarity_over(sketches: Sketches, least: float) -> Similar:
    """Confirm pairs of which the share of equal entries is `least` or more."""

    def similar(one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        confirmed = np.zeros(len(one), dtype=bool)
        for start in range(0, len(one), _COMPARED):
            part = slice(start, start + _COMPARED)
            equal = sketches[one[part]] == sketches[other[part]]
            confirmed[part] = equal.mean(axis=1) >= least
        return confirmed

    return similar
