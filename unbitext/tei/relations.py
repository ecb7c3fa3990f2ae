"""Which documents of a corpus revise, correct or supplement which others of it."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.relations import former_symbols, relation_of
from unbitext.tei.components import CorpusDocument
from unbitext.tei.names import RELATION_NAMES


class DocumentRelation(NamedTuple):
    """One document (`active`) is something to another (`passive`); both by identifier, both in one language."""

    name: str
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
            others = former_symbols(symbol) or (relation.of,)
            passive = next((known[key] for other in others if (key := (other, document.language)) in known), None)
            if passive is not None and passive != document.id:
                found.add(DocumentRelation(RELATION_NAMES[relation.kind], document.id, passive))
    return sorted(found, key=lambda one: (one.active, one.name, one.passive))
