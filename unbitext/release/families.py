"""Families: a document with its addenda, revisions, corrigenda and resumptions, which belong in one split.

The key of a family is its first symbol without what marks a change or a part of it (`A/79/1/Add.2/Corr.1` and
`A/79/1/Rev.1` are of `A/79/1`). Its hash, which no other document has a part in, says where it goes: so nothing moves
when documents are added.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

_CHANGE = re.compile(
    r"/(?:Add|Amend|Corr|Rev|Summary|Sum|Supp)\.?(?:[0-9]+[A-Z]?)?(?:\([^)]*\))?(?=/|$)", re.IGNORECASE
)
_PART = re.compile(r" ?\((?:Resumption|Vol\.|Volume|Parts?|Sect\.|Section|Supp\.|Supplement|Chap\.)[^)]*\)$")


def family_key(symbol: str) -> str:
    """The symbol that a document's family goes by; a symbol that is nothing but changes is its own."""
    plain = symbol.strip()
    while True:
        shorter = _CHANGE.sub("", _PART.sub("", plain))
        if shorter == plain or not shorter:
            return plain
        plain = shorter


def family_keys(symbols: Sequence[str], name: str) -> tuple[str, ...]:
    """The families of a document: one for each of its symbols, or its name where it bears none."""
    return tuple(dict.fromkeys(family_key(symbol) for symbol in symbols)) or (name,)


def family_hash(key: str) -> str:
    """Sixteen hex digits: evenly spread, the same on every machine."""
    return sha256(f"unbitext family {key}".encode()).hexdigest()[:16]


def shard_of(family: str, count: int) -> int:
    """The shard, from 0, of a family's hash. `count` is a power of two, so that shards follow the order of hashes."""
    return int(family, 16) >> (64 - count.bit_length() + 1)


def share_of(family: str) -> float:
    """A number from 0 to 1 for a family's hash that has nothing to do with its shard."""
    return int(sha256(f"unbitext split {family}".encode()).hexdigest()[:13], 16) / 16**13
