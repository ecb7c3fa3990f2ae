"""Sentence chrF of many pairs of texts at once, in numpy: the figures of sacrebleu, a good many times as fast.

sacrebleu counts the n-grams of one sentence after the other in Python, which would take most of an alignment's time.
The tests hold the figures against sacrebleu's own (character order 6, no words, beta 2, effective order, no spaces).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

ORDER = 6
SIGNATURE = "chrF2|nc:6|nw:0|space:no|eff:yes|as:sacrebleu"
_BETA_SQUARED = 4.0
# odd multipliers with many bits set (Knuth; splitmix64): n-grams are told apart by products modulo 2^64
_RADIX = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_HASH_BITS = np.uint64(52)
_BATCH = 1 << 12
"""Texts counted together: their numbers fill the bits of a key that its hash leaves."""


@dataclass(frozen=True)
class Characters:
    """The characters of some strings: those of string n are `flat[offsets[n]:offsets[n + 1]]`; spaces are left out."""

    flat: Hashes
    offsets: Ints

    @staticmethod
    def of(strings: Sequence[str]) -> "Characters":
        """Read strings."""
        solid = ["".join(text.split()) for text in strings]
        flat = np.frombuffer("".join(solid).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        sizes = np.array([len(text) for text in solid], dtype=np.int64)
        return Characters(flat.astype(np.uint64), np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64))

    def spelled(self, numbers: Ints, text: Ints) -> tuple[Hashes, Ints]:
        """The characters of the numbered strings, one string after the other, and for each the text it belongs to."""
        sizes = np.diff(self.offsets)[numbers]
        first = self.offsets[numbers] - (np.cumsum(sizes) - sizes)
        place = np.arange(int(sizes.sum())) + np.repeat(first, sizes)
        return self.flat[place], np.repeat(text, sizes)


def chrf_scores(
    characters: Characters, hypothesis: tuple[Ints, Ints], reference: tuple[Ints, Ints], size: int
) -> Floats:
    """ChrF, from 0 to 1, of `size` hypotheses against their references.

    Each side is given as numbers of strings of `characters`, and the number of the text that each stands in, rising.
    """
    found = np.zeros(size)
    for begin in range(0, size, _BATCH):
        end = min(begin + _BATCH, size)
        texts = [characters.spelled(*_part(side, begin, end)) for side in (hypothesis, reference)]
        found[begin:end] = _scores(texts[0], texts[1], end - begin)
    return found


def _part(side: tuple[Ints, Ints], begin: int, end: int) -> tuple[Ints, Ints]:
    low, high = np.searchsorted(side[1], [begin, end])
    return side[0][low:high], side[1][low:high] - begin


def _scores(hypothesis: tuple[Hashes, Ints], reference: tuple[Hashes, Ints], size: int) -> Floats:
    precision, recall, orders = np.zeros(size), np.zeros(size), np.zeros(size)
    sizes = [np.bincount(text, minlength=size).astype(np.float64) for _, text in (hypothesis, reference)]
    hashes = [np.zeros(len(text), dtype=np.uint64) for _, text in (hypothesis, reference)]
    for order in range(1, ORDER + 1):
        keys = []
        for number, (chars, text) in enumerate((hypothesis, reference)):
            hashes[number] = _lengthened(hashes[number], chars, order)
            keys.append(_keys(hashes[number], text, order))
        claimed, wanted = (np.maximum(count - order + 1, 0.0) for count in sizes)
        met = _common(keys[0], keys[1], size)
        # effective order: n-grams that are longer than either text have no say
        both = (claimed > 0) & (wanted > 0)
        precision[both] += met[both] / claimed[both]
        recall[both] += met[both] / wanted[both]
        orders += both
    precision /= np.maximum(orders, 1.0)
    recall /= np.maximum(orders, 1.0)
    total = _BETA_SQUARED * precision + recall
    return np.asarray((1.0 + _BETA_SQUARED) * precision * recall / np.where(total > 0, total, 1.0))


def _lengthened(hashes: Hashes, chars: Hashes, order: int) -> Hashes:
    """Hashes of the n-grams that begin at each character, from those of one character less."""
    size = max(len(chars) - order + 1, 0)
    return np.asarray(hashes[:size] * _RADIX + chars[order - 1 :][:size])


def _keys(hashes: Hashes, text: Ints, order: int) -> Hashes:
    """Sorted keys of the n-grams that lie within one text: its number, then the n-gram's hash."""
    inside = text[: len(hashes)] == text[order - 1 :][: len(hashes)]
    owner = text[: len(hashes)][inside].astype(np.uint64)
    return np.sort((owner << _HASH_BITS) | ((hashes[inside] * _MIX) >> (np.uint64(64) - _HASH_BITS)))


def _common(keys: Hashes, others: Hashes, size: int) -> Floats:
    """For each text how many n-grams both sides have: the lesser of the two counts of each."""
    if not len(keys) or not len(others):
        return np.zeros(size)
    own, counts = _counted(keys)
    other, other_counts = _counted(others)
    place = np.minimum(np.searchsorted(other, own), len(other) - 1)
    met = np.where(other[place] == own, np.minimum(counts, other_counts[place]), 0)
    owner = (own >> _HASH_BITS).astype(np.int64)
    return np.bincount(owner, weights=met, minlength=size).astype(np.float64)


def _counted(keys: Hashes) -> tuple[Hashes, Ints]:
    """Different keys of a sorted array that is not empty, and how often each stands in it."""
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return keys[starts], np.diff(np.concatenate([starts, [len(keys)]]))
