"""How documents relate by their symbols: A/79/1/Add.1 is an addendum to A/79/1, DP/2025/14/Corr.1 corrects DP/2025/14.

Changes stack, the last one counting first: E/2025/15/Add.1/Rev.1 revises E/2025/15/Add.1, which adds to E/2025/15.
"""

import re
from enum import StrEnum

from schemas.base import Model


class RelationKind(StrEnum):
    """What a document does to the one it names: adds to it, corrects it, replaces it, or is merely about it."""

    ADDENDUM = "addendum"
    CORRIGENDUM = "corrigendum"
    REVISION = "revision"
    RELATED = "related"


class Relation(Model):
    """A document's relation to the one with the symbol `of`; `number` counts addenda and the like from 1."""

    kind: RelationKind
    of: str
    number: int | None = None


_CHANGE = re.compile(r"(?P<of>.+)/(?P<kind>Add|Corr|Rev)\.(?P<number>[0-9]{1,6})")
_KINDS = {"Add": RelationKind.ADDENDUM, "Corr": RelationKind.CORRIGENDUM, "Rev": RelationKind.REVISION}


def relation_of(symbol: str) -> Relation | None:
    """Say what the last component of a symbol makes of the document before it; None where it is no change of one."""
    match = _CHANGE.fullmatch(symbol)
    if match is None:
        return None
    return Relation(kind=_KINDS[match["kind"]], of=match["of"], number=int(match["number"]))


def change_symbol(symbol: str, kind: RelationKind, number: int) -> str:
    """Give the symbol of a change: the first addendum of A/79/1 is A/79/1/Add.1. Raises `KeyError` for `RELATED`."""
    word = {meant: word for word, meant in _KINDS.items()}[kind]
    return f"{symbol}/{word}.{number}"


def root_symbol(symbol: str) -> str:
    """Take all changes off a symbol: E/2025/15/Add.1/Rev.1 gives E/2025/15."""
    while relation := relation_of(symbol):
        symbol = relation.of
    return symbol


def former_symbols(symbol: str) -> tuple[str, ...]:
    """Name the texts that a revision takes the place of, the latest first: A/79/1/Rev.3 that of Rev.2, Rev.1, A/79/1.

    Empty for anything else. What was added to the former text, or corrects it, is not among it.
    """
    relation = relation_of(symbol)
    if relation is None or relation.kind is not RelationKind.REVISION or relation.number is None:
        return ()
    # A number beyond any real one is no reason for as many names.
    earlier = range(min(relation.number, _MOST_REVISIONS) - 1, 0, -1)
    return (*(change_symbol(relation.of, RelationKind.REVISION, number) for number in earlier), relation.of)


_MOST_REVISIONS = 1000
