"""What a build made of each of its inputs: the state that the catalogue then knows."""

from schemas.catalogue import DocumentState
from schemas.relations import RelationKind
from unbitext.outcome import Standing
from unbitext.report import Report
from unbitext.tei.names import RELATION_NAMES
from unbitext.tei.relations import relations_between

_SUPERSEDES = RELATION_NAMES[RelationKind.REVISION]


def standings(report: Report) -> tuple[Standing, ...]:
    """Tell the state of everything that a report tells of, sorted by label."""
    aligned = {side for pair in report.aligned for side in (pair.source, pair.target)}
    unaligned = {side: pair.refusal for pair in report.pairs if pair.refusal for side in (pair.source, pair.target)}
    symbols = {document.identifier: document.meta.symbols[0] for document in report.documents if document.meta.symbols}
    relations = relations_between([document.component for document in report.documents])
    revisions = {one.passive: symbols[one.active] for one in relations if one.name == _SUPERSEDES}
    found = [
        Standing(label=one.label, state=DocumentState.REFUSED, code=one.code, message=one.message)
        for one in report.refused
    ]
    for document in report.documents:
        identifier = document.identifier
        refusal = None if identifier in aligned else unaligned.get(identifier)
        if identifier in revisions:
            state = DocumentState.SUPERSEDED
        elif identifier in aligned:
            state = DocumentState.ALIGNED
        elif identifier in report.waiting:
            state = DocumentState.WAITING
        else:
            state = DocumentState.STRUCTURED
        found.append(
            Standing(
                label=document.label,
                state=state,
                by=revisions.get(identifier),
                code=refusal.code if refusal else None,
                message=refusal.message if refusal else None,
            )
        )
    return tuple(sorted(found, key=lambda one: one.label))
