"""Blocks that one document has in another stream: a note read as a paragraph, a masthead read as titles.

Streams are aligned among themselves, so that such blocks are left alone on both sides, each in its own. What is left
alone of the masthead and of the notes is tried with what is left alone of the other document's body.
"""

from collections.abc import Sequence

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Kind
from unbitext.align.runs import Run
from unbitext.align.unlinked import unlinked_blocks

SURE = 0.6
"""Least score of a link between streams: what is less sure stays alone."""

_ASIDE = frozenset({Kind.MASTHEAD, Kind.FOOTNOTE})


def find_astray(pair: DocumentPair, links: Sequence[Link], kind: Kind) -> list[Run]:
    """Runs of blocks without any link: those of `kind` (masthead, footnote) with those of the other document's body.

    A block that a person left alone stays alone.
    """
    settled = [link for link in links if link.is_persons or (link.source_ids and link.target_ids)]
    source, target = unlinked_blocks(pair, settled)
    tried = (_of(source, kind), _body(target)), (_body(source), _of(target, kind))
    return [Run(tuple(left), tuple(right), False) for left, right in tried if left and right]


def _of(blocks: Sequence[Block], kind: Kind) -> list[Block]:
    return [block for block in blocks if block.kind is kind]


def _body(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind not in _ASIDE]
