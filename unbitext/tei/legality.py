"""What a document must fulfil to be encoded without loss: the rules of the model that its types cannot say."""

import re
from collections.abc import Iterator

from schemas.document import Block, Document, Kind
from schemas.ids import is_local_id
from schemas.votes import Voter
from unbitext.tei.characters import is_legal
from unbitext.tei.names import RESERVED_PREFIXES, EncodingError
from unbitext.tei.votes import spans_of
from unbitext.tei.zones import check_places

_KIND = re.compile(r"[a-z][a-z0-9_-]*")
_MEDIA_TYPE = re.compile(r"[!-~]+")


def check_encodable(document: Document) -> None:
    """Raise EncodingError naming the first rule that the document breaks.

    Ids are unique, and made of ASCII letters, digits, `.`, `-` and `_`; sentences lie in their block's text in order
    and hold exactly that text; marks come in the order of their offsets and point to a block or to nothing; turns
    count from 1, and a block names one that exists; voters and figures of a vote lie in the text, apart from one
    another and each within one sentence or between two; boxes lie on pages of the document. Only `orig` (of blocks and
    furniture) and the messages of findings may hold characters that XML forbids.
    """
    seen: set[str] = set()
    for block in document.blocks:
        for identifier in (block.id, *(sentence.id for sentence in block.sentences)):
            if not is_local_id(identifier) or identifier.startswith(RESERVED_PREFIXES):
                raise EncodingError(f"{identifier!r} cannot be an id")
            if identifier in seen:
                raise EncodingError(f"id {identifier!r} occurs twice")
            seen.add(identifier)
    numbers = [turn.n for turn in document.turns]
    if numbers != list(range(1, len(numbers) + 1)):
        raise EncodingError(f"turns are numbered {numbers}, not from 1 in order")
    blocks = {block.id for block in document.blocks}
    for block in document.blocks:
        _check_block(block, blocks, len(numbers))
    check_places(document)
    for item in document.furniture:
        if not _KIND.fullmatch(item.kind):
            raise EncodingError(f"{item.kind!r} cannot be a kind of furniture")
    if not _MEDIA_TYPE.fullmatch(document.meta.source.media_type):
        raise EncodingError(f"{document.meta.source.media_type!r} is no media type")
    for text in _plain_texts(document):
        if not is_legal(text):
            raise EncodingError(f"{text[:80]!r} holds a character that XML forbids")


def _check_block(block: Block, blocks: set[str], turns: int) -> None:
    position = 0
    for sentence in block.sentences:
        if not position <= sentence.start <= sentence.end <= len(block.text):
            raise EncodingError(f"sentence {sentence.id} lies outside its block or before its predecessor's end")
        if sentence.text != block.text[sentence.start : sentence.end]:
            raise EncodingError(f"sentence {sentence.id} is not the text between its offsets")
        position = sentence.end
    offset = 0
    for ref in block.refs:
        if not offset <= ref.offset <= len(block.text):
            raise EncodingError(f"mark {ref.mark!r} of block {block.id} lies outside the text or out of order")
        if ref.note is not None and ref.note not in blocks:
            raise EncodingError(f"mark {ref.mark!r} of block {block.id} points to {ref.note!r}, which is no block")
        offset = ref.offset
    _check_vote(block)
    if block.parent is not None and block.parent not in blocks:
        raise EncodingError(f"the parent {block.parent!r} of block {block.id} is no block")
    if block.turn is not None and not 1 <= block.turn <= turns:
        raise EncodingError(f"turn {block.turn} of block {block.id} is not among the turns")


def _check_vote(block: Block) -> None:
    if block.vote is None:
        return
    if block.kind is Kind.TABLE:
        raise EncodingError(f"table {block.id} cannot be part of a vote")
    edges = [edge for sentence in block.sentences for edge in (sentence.start, sentence.end)]
    position = 0
    for span in spans_of(block.vote):
        if not position <= span.start < span.end <= len(block.text):
            raise EncodingError(f"a voter or figure of block {block.id} lies outside its text or in another one")
        if any(span.start < edge < span.end for edge in edges):
            raise EncodingError(f"a voter or figure of block {block.id} goes over the end of a sentence")
        if isinstance(span.what, Voter) and span.what.text != block.text[span.start : span.end]:
            raise EncodingError(f"a voter of block {block.id} is not the text between its offsets")
        position = span.end
    for several in (block.vote.voters, block.vote.figures):
        if list(several) != sorted(several, key=lambda each: each.start):
            raise EncodingError(f"voters or figures of block {block.id} are out of order")


def _plain_texts(document: Document) -> Iterator[str]:
    meta = document.meta
    yield from meta.symbols
    yield from meta.agenda_items
    fields = (meta.title, meta.submitter, meta.session, meta.place, meta.distribution, meta.job_number, meta.reissued)
    chair = (meta.chair.name, meta.chair.affiliation) if meta.chair else ()
    source = (meta.source.url, meta.source.sha256, meta.source.media_type)
    yield from (text for text in (*fields, meta.body, *chair, *source) if text is not None)
    for block in document.blocks:
        values = (block.text, block.label, block.number, block.parent, block.division, block.spoken_language)
        yield from (text for text in values if text is not None)
        yield from (ref.mark for ref in block.refs)
        yield from (cell for row in block.rows or () for cell in row)
        yield from (voter.code or "" for voter in (block.vote.voters if block.vote else ()))
    for turn in document.turns:
        yield turn.label
        yield turn.speaker
        yield from (turn.affiliation.text, turn.affiliation.code or "") if turn.affiliation else ()
        yield turn.spoken_language or ""
    for finding in document.findings:
        yield finding.where
