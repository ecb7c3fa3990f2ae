"""What the end of a symbol says of another document: a revision, a corrigendum, an addendum of it.

The endings stack: `E/2025/15/Add.1/Rev.1` revises the addendum `E/2025/15/Add.1`, which adds to `E/2025/15`.
"""

import re
from enum import StrEnum

from schemas.base import Model
from schemas.ids import strip_reissue

_CHANGE = re.compile(r"(?P<base>.+)/(?P<kind>Rev|Corr|Add|Amend)\.(?P<number>[0-9]+)", re.DOTALL)


class RelationKind(StrEnum):
    """What one document is to another."""

    SUPERSEDES = "supersedes"
    CORRECTS = "corrects"
    SUPPLEMENTS = "supplements"
    AMENDS = "amends"


_KINDS = {
    "Rev": RelationKind.SUPERSEDES,
    "Corr": RelationKind.CORRECTS,
    "Add": RelationKind.SUPPLEMENTS,
    "Amend": RelationKind.AMENDS,
}


class Relation(Model):
    """A relation to the document `symbol`."""

    kind: RelationKind
    symbol: str


def relation_of(symbol: str) -> Relation | None:
    """Read what the last component says; None where it changes no other document."""
    match = _CHANGE.fullmatch(strip_reissue(symbol))
    return Relation(kind=_KINDS[match["kind"]], symbol=match["base"]) if match else None


def former_symbols(symbol: str) -> tuple[str, ...]:
    """Name what a revision takes the place of, the latest first: `X/Rev.3` that of `X/Rev.2`, `X/Rev.1` and `X`.

    Empty for anything else. What was added to, or corrects, the former text is not among it.
    """
    match = _CHANGE.fullmatch(strip_reissue(symbol))
    if match is None or match["kind"] != "Rev":
        return ()
    base, number = match["base"], int(match["number"]) if len(match["number"]) < _DIGITS else 1
    return (*(f"{base}/Rev.{earlier}" for earlier in range(number - 1, 0, -1)), base)


_DIGITS = 4
"""No text is revised ten thousand times: a longer number is no reason for as many names."""
