"""Which documents of a corpus revise, correct or supplement which others of it."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.relations import RelationKind, former_symbols, relation_of
from unbitext.tei.components import CorpusDocument


class DocumentRelation(NamedTuple):
    """One document (`active`) is something to another (`passive`); both by identifier, both in one language."""

    kind: RelationKind
    active: str
    passive: str


def relations_between(documents: Sequence[CorpusDocument]) -> list[DocumentRelation]:
    """Find the relations that symbols tell of, between documents of one language; sorted.

    A revision supersedes the latest text before it that is there: Rev.2 the first text where Rev.1 is missing.
    """
    known = {(symbol, document.language): document.id for document in documents for symbol in document.symbols}
    found: set[DocumentRelation] = set()
    for document in documents:
        for symbol in document.symbols:
            relation = relation_of(symbol)
            if relation is None:
                continue
            others = former_symbols(symbol) or (relation.symbol,)
            passive = next((known[key] for other in others if (key := (other, document.language)) in known), None)
            if passive is not None and passive != document.id:
                found.add(DocumentRelation(relation.kind, document.id, passive))
    return sorted(found, key=lambda one: (one.active, one.kind, one.passive))
