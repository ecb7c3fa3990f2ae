"""One part of a corpus for a person to look at: its text, its links, and the hashes that a correction names them by."""

from collections.abc import Sequence
from pathlib import Path

from schemas.document import Block, Document, Sentence, Turn
from unbitext.built import BuiltPair, pairs_of, read_document
from unbitext.corrections import TURN
from unbitext.corrections_files import text_hash
from unbitext.link_corrections import PairKey, file_head, link_table
from unbitext.places import describe_boxes, describe_pages
from unbitext.store import CorpusFolder


class NotFoundError(LookupError):
    """There is no such corpus, document or part; the message says which."""


def show_part(corpus: Path, identifier: str, *, with_boxes: bool = False) -> str:
    """Describe a part of a corpus: `STEM.LANG` (a document), followed by a dot and a block, sentence or `turn-N`.

    Pages are told where the source has them, boxes where they are asked for.

    Raises `NotFoundError`.
    """
    name, local = _split(corpus, identifier)
    document = read_document(corpus, name)
    if not local:
        return "\n".join([_head(document, name), *(_line(block) for block in document.blocks)])
    if (turn := find_turn(document, local)) is not None:
        return _turn(turn)
    (block,), wanted = _find(document, name, local)
    shown = {sentence.id for sentence in block.sentences}
    lines = [line for pair in pairs_of(corpus, name) for line in _links(pair, name, shown, wanted, with_boxes)]
    return "\n".join([*_block(block, with_boxes), *lines])


def find_part(corpus: Path, identifier: str) -> tuple[Document, list[Block | Sentence]]:
    """Find a block, the sentence of that id or the blocks of a turn, and the document. Raises `NotFoundError`."""
    name, local = _split(corpus, identifier)
    document = read_document(corpus, name)
    blocks, _ = _find(document, name, local)
    named = [sentence for block in blocks for sentence in block.sentences if sentence.id == local]
    return document, [*named] or [*blocks]


def find_turn(document: Document, local: str) -> Turn | None:
    """The turn that `turn-3` names; None where it names none."""
    return next((turn for turn in document.turns if f"{TURN}{turn.n}" == local), None)


def show_links(corpus: Path, identifier: str, known: Sequence[PairKey] = ()) -> str:
    """Write the links of a block, a sentence or a turn as a person confirms them, to stand in a file of corrections.

    What a file begins with comes before those of a pair that is not among `known`, the pairs that have a file.

    Raises `NotFoundError`.
    """
    name, local = _split(corpus, identifier)
    document = read_document(corpus, name)
    _, wanted = _find(document, name, local)
    parts: list[str] = []
    for pair in pairs_of(corpus, name):
        links = [link for link in pair.links if wanted.intersection(pair.ids(link, name))]
        if not links:
            continue
        symbols = pair.documents.source.meta.symbols
        keys = [(symbol, *pair.languages) for symbol in symbols]
        if keys and not set(keys).intersection(known):
            parts.append(file_head(keys[0]))
        parts.extend(link_table(pair.documents, link) for link in links)
    if not parts:
        raise NotFoundError(f"{name} has no links at {local}")
    return "\n".join(parts)


def _find(document: Document, name: str, local: str) -> tuple[list[Block], set[str]]:
    """The block that is named, that the sentence is in, or those of the turn, and the sentences that are meant."""
    if not local:
        raise NotFoundError(f"which part of {name}? `unbitext show {name}` lists its blocks")
    if (turn := find_turn(document, local)) is not None:
        blocks = [block for block in document.blocks if block.turn == turn.n]
        return blocks, {sentence.id for block in blocks for sentence in block.sentences}
    for block in document.blocks:
        ids = {sentence.id for sentence in block.sentences}
        if local == block.id:
            return [block], ids
        if local in ids:
            return [block], {local}
    raise NotFoundError(f"{name} has no part {local}; `unbitext show {name}` lists its blocks")


def _split(corpus: Path, identifier: str) -> tuple[str, str]:
    parts = identifier.split(".")
    for count in range(len(parts), 0, -1):
        name = ".".join(parts[:count])
        if (corpus / CorpusFolder.document(name)).is_file():
            return name, ".".join(parts[count:])
    if not (corpus / CorpusFolder.CORPUS).is_file():
        raise NotFoundError(f"{corpus} is no corpus: build one, or name it with --corpus")
    raise NotFoundError(f"{corpus} has no document for {identifier}; ids begin like CD_PV.1511.zh")


def _head(document: Document, name: str) -> str:
    meta = document.meta
    return f"{name}  {', '.join(meta.symbols)}  {meta.genre.value}  {meta.title or ''}".rstrip()


def _line(block: Block) -> str:
    text = block.text if len(block.text) <= 60 else f"{block.text[:59]}…"
    return f"{block.id}  {block.kind.value}  {text}"


def _block(block: Block, with_boxes: bool) -> list[str]:
    facts = {
        "id": block.id,
        "hash": text_hash(block.text),
        "kind": block.kind.value,
        "label": block.label,
        "number": block.number,
        "level": block.level,
        "parent": block.parent,
        "turn": block.turn,
        "page": describe_pages(block),
        "text": block.text,
    }
    lines = [f"{name:<7} {value}" for name, value in facts.items() if value is not None]
    if with_boxes:
        lines += describe_boxes(block)
    for sentence in block.sentences:
        lines += _sentence(sentence, "", with_boxes)
    return lines


def _sentence(sentence: Sentence, before: str, with_boxes: bool) -> list[str]:
    page = describe_pages(sentence)
    place = f"page {page}  " if page is not None else ""
    line = f"{before}{sentence.id}  {text_hash(sentence.text)}  {place}{sentence.text}"
    return [line, *(describe_boxes(sentence, "  ") if with_boxes else ())]


def _turn(turn: Turn) -> str:
    affiliation = turn.affiliation
    facts = {
        "id": f"{TURN}{turn.n}",
        "hash": text_hash(turn.label),
        "label": turn.label,
        "speaker": turn.speaker,
        "role": turn.role.value,
        "state": None if affiliation is None else f"{affiliation.text} ({affiliation.code})",
        "spoken": turn.spoken_language,
    }
    return "\n".join(f"{name:<7} {value}" for name, value in facts.items() if value is not None)


def _links(pair: BuiltPair, name: str, shown: set[str], wanted: set[str], with_boxes: bool) -> list[str]:
    """Describe the links of some sentences: other side, score, text; below each, its sentences that are not shown."""
    other = pair.other(name)
    sentences = {one: pair.sentences(one) for one in (name, other)}
    lines: list[str] = []
    for link in pair.links:
        ours, theirs = pair.ids(link, name), pair.ids(link, other)
        if not wanted.intersection(ours):
            continue
        score = f"{link.score:.2f}" if not link.is_persons else link.method
        text = " ".join(sentences[other][one].text for one in theirs) or "(nothing)"
        lines.append(f"{' '.join(ours)}  =  {other} {' '.join(theirs)}  {score}  {text}")
        beyond = [one for one in ours if one not in shown]
        for side, ids in ((name, beyond), (other, theirs)):
            for one in ids:
                lines += _sentence(sentences[side][one], f"  {side} ", with_boxes)
    return lines
