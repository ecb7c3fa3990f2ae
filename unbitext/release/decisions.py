"""What can be decided only when the whole corpus is known: splits, and which rows repeat earlier ones.

A family goes where its hash says. Families that share a document, or of which documents are nearly the same, go
together, to where the oldest of them goes: documents come in the order of their dates, so that a new one seldom moves
an old one. Of rows that repeat one another, that of the oldest document stays.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from unbitext.export.records import SPLITS, Split
from unbitext.release.families import family_hash, family_key, shard_of, share_of
from unbitext.release.near_duplicates import (
    DOCUMENT_BAND,
    DOCUMENT_SIMILARITY,
    ROW_BAND,
    ROW_SIMILARITY,
    Groups,
    Numbers,
    bands,
    candidates,
    similarity_over,
)
from unbitext.release.options import Filters, Splits
from unbitext.release.sketches import ENTRIES, Sketch
from unbitext.release.spool import NO_DATE, Spool

PAIRS_A_SHARD = 256
"""At most, on average, where nobody chose the number of shards."""


def shard_count(pairs: int) -> int:
    """The number of shards of a corpus: the least power of two that keeps them small."""
    count = 1
    while count * PAIRS_A_SHARD < pairs:
        count *= 2
    return count


def settle_splits(spool: Spool, splits: Splits, shards: int) -> tuple[str, ...]:
    """Give every family its split and its shard; return what was to be held out and is not there."""
    places: dict[str, int] = {}
    days: list[str] = []
    linked: list[tuple[int, int]] = []
    wanted, held = set(splits.held_out), set()
    met: set[str] = set()
    wanted_families = {family_hash(family_key(each)): each for each in wanted}
    for relation in spool.relations():
        numbers = []
        for family in relation.families:
            number = places.setdefault(family, len(places))
            if number == len(days):
                days.append(NO_DATE)
            days[number] = min(days[number], relation.day)
            numbers.append(number)
        linked.extend((numbers[0], other) for other in numbers[1:])
        named = {relation.name} & wanted | {
            wanted_families[each] for each in relation.families if each in wanted_families
        }
        if named:
            met |= named
            held.update(numbers)
    groups = Groups(len(places))
    if linked:
        pairs = np.array(linked, dtype=np.int32)
        groups.join(pairs[:, 0], pairs[:, 1])
    _join_similar_documents(spool, places, groups)
    chosen = _splits(list(places), days, held, groups.first, splits)
    spool.settle_splits(
        (family, chosen[place][0], shard_of(family, shards), chosen[place][1]) for family, place in places.items()
    )
    return tuple(sorted(wanted - met))


def _join_similar_documents(spool: Spool, places: dict[str, int], groups: Groups) -> None:
    owners: list[int] = []
    rows: list[Sketch] = []
    for family, sketch in spool.document_sketches():
        owners.append(places[family])
        rows.append(sketch)
    if not rows:
        return
    sketches, owner = np.stack(rows), np.array(owners, dtype=np.int32)
    similar = similarity_over(sketches, DOCUMENT_SIMILARITY)
    for keys in bands(sketches, DOCUMENT_BAND):
        for one, other in candidates(keys, similar):
            groups.join(owner[one], owner[other])


def _splits(
    families: Sequence[str], days: Sequence[str], held: set[int], first: Numbers, splits: Splits
) -> list[tuple[Split, bool]]:
    """The split of each family, and whether it is held out."""
    leaders: dict[int, int] = {}
    held_groups = {int(first[place]) for place in held}
    for place in sorted(range(len(families)), key=lambda place: (days[place], families[place])):
        leaders.setdefault(int(first[place]), place)
    chosen: list[tuple[Split, bool]] = []
    for place in range(len(families)):
        group = int(first[place])
        if group in held_groups:
            chosen.append(("test", True))
            continue
        share = share_of(families[leaders[group]])
        split: Split = "train"
        if share < splits.test:
            split = "test"
        elif share < splits.test + splits.validation:
            split = "validation"
        chosen.append((split, False))
    return chosen


def settle_duplicates(spool: Spool, filters: Filters, folder: Path) -> None:
    """Say of every fit row whether it repeats an earlier one. The sketches of all rows go into a file in `folder`."""
    names = spool.names_by_age()
    path = folder / "sketches"
    keys_path = folder / "keys"
    counts: list[int] = []
    splits: list[int] = []
    with path.open("wb") as stream, keys_path.open("wb") as keys_stream:
        for name in names:
            pair = spool.sketched(name)
            stream.write(pair.sketches)
            keys_stream.write(pair.keys)
            counts.append(len(pair.rows))
            splits.append(SPLITS.index(pair.split))
    total = sum(counts)
    if total:
        codes = _repetitions(path, keys_path, np.repeat(splits, counts).astype(np.int8), filters)
        ends = np.cumsum(counts)
        for name, count, end in zip(names, counts, ends, strict=True):
            if (codes[end - count : end] > 0).any():
                spool.settle_reasons(name, [_CODES[code] for code in codes[end - count : end].tolist()])
    spool.commit()
    path.unlink()
    keys_path.unlink()


_CODES = (None, "duplicate", "near-duplicate", "near-duplicate-in-other-split")


def _repetitions(path: Path, keys_path: Path, splits: NDArray[np.int8], filters: Filters) -> NDArray[np.int8]:
    """For each row, in order of age, the place of its reason in `_CODES`."""
    sketches: Sketch = np.memmap(path, dtype="<u2", mode="r").reshape(-1, 2, ENTRIES)
    equal, both, either = (Groups(len(splits)) for _ in range(3))
    keys = np.memmap(keys_path, dtype="<u8", mode="r")
    for one, other in candidates(np.asarray(keys, dtype=np.uint64), lambda one, _: np.ones(len(one), dtype=bool)):
        for groups in (equal, both, either):
            groups.join(one, other)
    alike = [similarity_over(sketches[:, side], ROW_SIMILARITY) for side in (0, 1)]
    for side in (0, 1):
        for band in bands(sketches[:, side], ROW_BAND):
            for one, other in candidates(band, alike[side]):
                either.join(one, other)
                apart = both.first[one] != both.first[other]
                one, other = one[apart], other[apart]
                whole = alike[1 - side](one, other)
                both.join(one[whole], other[whole])
    numbers = np.arange(len(splits), dtype=np.int32)
    codes = np.where(splits[either.first] != splits, 3, 0).astype(np.int8)
    if "near-duplicate" not in filters.keep:
        # Where duplicates are kept, that it repeats the first of its group to the letter is no reason against it.
        codes[both.first != equal.first] = 2
    if "duplicate" not in filters.keep:
        codes[equal.first != numbers] = 1
    return codes
