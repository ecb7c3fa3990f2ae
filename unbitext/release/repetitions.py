"""Which rows repeat others, decided when all are known; of those that repeat one another, one stays.

It is that of the oldest document, among those that may stay: a row that is left out for what it has in common with
another split stands for nobody. The sketches of all rows lie on the disk; in memory are some bytes for each.
"""

from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from unbitext.export.records import SPLITS
from unbitext.release.near_duplicates import (
    ROW_BAND,
    ROW_SIMILARITY,
    Groups,
    Numbers,
    bands,
    candidates,
    similarity_over,
)
from unbitext.release.options import Filters
from unbitext.release.sketches import ENTRIES, Sketch
from unbitext.release.spool import Spool

_CODES = (None, "duplicate", "near-duplicate", "near-duplicate-in-other-split")


def settle_duplicates(spool: Spool, filters: Filters, folder: Path) -> None:
    """Say of every fit row whether it repeats another. The sketches of all rows go into a file in `folder`."""
    path, keys_path = folder / "sketches", folder / "keys"
    counts: list[int] = []
    splits: list[int] = []
    with path.open("wb") as stream, keys_path.open("wb") as keys_stream:
        for name in spool.names_by_age():
            pair = spool.sketched(name)
            stream.write(pair.sketches)
            keys_stream.write(pair.keys)
            counts.append(len(pair.rows))
            splits.append(SPLITS.index(pair.split))
    if sum(counts):
        row_splits = np.repeat(np.array(splits, dtype=np.int8), counts)
        with path.open("rb", buffering=0) as stream:
            codes = _reasons(stream, np.fromfile(keys_path, dtype="<u8"), row_splits, filters.keep)
        ends = np.cumsum(counts)
        for name, count, end in zip(spool.names_by_age(), counts, ends, strict=True):
            if (codes[end - count : end] > 0).any():
                spool.settle_reasons(name, [_CODES[code] for code in codes[end - count : end].tolist()])
    spool.commit()
    path.unlink()
    keys_path.unlink()


def _reasons(
    stream: BinaryIO, keys: NDArray[np.uint64], splits: NDArray[np.int8], keep: Collection[str]
) -> NDArray[np.int8]:
    """For each row, in order of age, the place of its reason in `_CODES`."""
    equal, both, either = (Groups(len(splits)) for _ in range(3))
    for one, other in candidates(keys, lambda one, _: np.ones(len(one), dtype=bool)):
        for groups in (equal, both, either):
            groups.join(one, other)
    sides = [_Side(stream, side, len(splits)) for side in (0, 1)]
    alike = [similarity_over(side, ROW_SIMILARITY) for side in sides]
    for side in (0, 1):
        for band in bands(sides[side], ROW_BAND):
            for one, other in candidates(band, alike[side]):
                either.join(one, other)
                apart = both.first[one] != both.first[other]
                one, other = one[apart], other[apart]
                whole = alike[1 - side](one, other)
                both.join(one[whole], other[whole])
    return choose(equal.first, both.first, either.first, splits, keep)


def choose(
    equal: Numbers, both: Numbers, either: Numbers, splits: NDArray[np.int8], keep: Collection[str]
) -> NDArray[np.int8]:
    """For each row the place of its reason in `_CODES`, 0 for those that stay.

    The three name the first row of its group: of equal ones, of those alike on both sides, of those alike on a side.
    """
    crosses = splits[either] != splits
    codes = np.where(crosses, 3, 0).astype(np.int8)
    equal_stays, both_stays = _first_that_stays(equal, crosses), _first_that_stays(both, crosses)
    numbers = np.arange(len(splits), dtype=np.int32)
    if "near-duplicate" not in keep:
        # Where duplicates are kept, that it repeats the one that stays to the letter is no reason against it.
        codes[(both_stays < numbers) & (equal[both_stays] != equal)] = 2
    if "duplicate" not in keep:
        codes[equal_stays < numbers] = 1
    return codes


def _first_that_stays(first: Numbers, crosses: NDArray[np.bool_]) -> Numbers:
    """For each row the first of its group that is not left out for crossing splits; the last of all where all are."""
    found = np.full(len(first), len(first) - 1, dtype=np.int32)
    staying = np.flatnonzero(~crosses).astype(np.int32)
    np.minimum.at(found, first[staying], staying)
    return found[first]


class _Side:
    """The sketches of one side, read from the file: mapped into memory, all of them would count as resident."""

    def __init__(self, stream: BinaryIO, side: int, rows: int) -> None:
        self._stream = stream
        self._side = side
        self._rows = rows

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, rows: slice | Numbers, /) -> Sketch:
        row = 2 * ENTRIES * 2
        if isinstance(rows, slice):
            start, end, _ = rows.indices(self._rows)
            self._stream.seek(start * row)
            data = self._stream.read((end - start) * row)
            return np.frombuffer(data, dtype="<u2").reshape(-1, 2, ENTRIES)[:, self._side]
        return np.frombuffer(b"".join(map(self._read, rows.tolist())), dtype="<u2").reshape(-1, ENTRIES)

    def _read(self, number: int) -> bytes:
        self._stream.seek((2 * number + self._side) * ENTRIES * 2)
        return self._stream.read(ENTRIES * 2)
