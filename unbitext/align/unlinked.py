"""Blocks of two documents that no link holds."""

from collections.abc import Iterable

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document


def unlinked_blocks(pair: DocumentPair, links: Iterable[Link]) -> tuple[list[Block], list[Block]]:
    """The blocks with sentences of which none is in any of these links, of the source and of the target.

    The two documents have ids of the same form: those of one say nothing of the other's.
    """
    source: set[str] = set()
    target: set[str] = set()
    for link in links:
        source.update(link.source_ids)
        target.update(link.target_ids)
    return _without(pair.source, source), _without(pair.target, target)


def _without(document: Document, linked: set[str]) -> list[Block]:
    return [block for block in document.blocks if block.sentences and not any(s.id in linked for s in block.sentences)]
