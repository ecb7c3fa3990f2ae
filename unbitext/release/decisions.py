"""Splits, which can be decided only when the whole corpus is known.

A family goes where its hash says. Families that share a document, or of which documents are nearly the same, go
together, to where the oldest of them goes: documents come in the order of their dates, so that a new one seldom moves
an old one.
"""

from array import array
from collections.abc import Iterator, Sequence

import numpy as np

from unbitext.export.records import Split
from unbitext.release.families import family_hash, family_key, shard_of, share_of
from unbitext.release.near_duplicates import (
    DOCUMENT_BAND,
    DOCUMENT_SIMILARITY,
    Groups,
    Numbers,
    bands,
    candidates,
    similarity_over,
)
from unbitext.release.options import Splits
from unbitext.release.sketches import ENTRIES
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
    known_days: dict[str, str] = {}
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
            # One string for each day, and not for each document.
            days[number] = min(days[number], known_days.setdefault(relation.day, relation.day))
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
        (family, split, shard_of(family, shards), is_held)
        for family, (split, is_held) in zip(places, chosen, strict=True)
    )
    return tuple(sorted(wanted - met))


def _join_similar_documents(spool: Spool, places: dict[str, int], groups: Groups) -> None:
    owners, rows = array("i"), bytearray()
    for family, sketch in spool.document_sketches():
        owners.append(places[family])
        rows += sketch
    if not owners:
        return
    sketches = np.frombuffer(rows, dtype="<u2").reshape(-1, ENTRIES)
    owner = np.array(owners, dtype=np.int32)
    similar = similarity_over(sketches, DOCUMENT_SIMILARITY)
    for keys in bands(sketches, DOCUMENT_BAND):
        for one, other in candidates(keys, similar):
            groups.join(owner[one], owner[other])


def _splits(
    families: Sequence[str], days: Sequence[str], held: set[int], first: Numbers, splits: Splits
) -> Iterator[tuple[Split, bool]]:
    """Yield the split of each family, and whether it is held out."""
    leaders = np.full(len(families), -1, dtype=np.int32)
    held_groups = {int(first[place]) for place in held}
    for place in sorted(range(len(families)), key=lambda place: (days[place], families[place])):
        if leaders[first[place]] < 0:
            leaders[first[place]] = place
    for place in range(len(families)):
        group = int(first[place])
        if group in held_groups:
            yield "test", True
            continue
        share = share_of(families[leaders[group]])
        split: Split = "train"
        if share < splits.test:
            split = "test"
        elif share < splits.test + splits.validation:
            split = "validation"
        yield split, False
