"""One part of a corpus for a person to look at: its text, and the hash that a correction names it by."""

from pathlib import Path

from lxml import etree

from schemas.document import Block, Document, Turn
from unbitext.corrections import TURN
from unbitext.corrections_files import text_hash
from unbitext.store import CorpusFolder
from unbitext.tei.alignment import decode_alignment
from unbitext.tei.decode import decode_document


class NotFoundError(LookupError):
    """There is no such corpus, document or part; the message says which."""


def show_part(corpus: Path, identifier: str) -> str:
    """Describe a part of a corpus: `STEM.LANG` (a document), followed by a dot and a block, sentence or `turn-N`.

    Raises `NotFoundError`.
    """
    name, local = _split(corpus, identifier)
    document = decode_document(_read(corpus / CorpusFolder.document(name)))
    if not local:
        return "\n".join([_head(document, name), *(_line(block) for block in document.blocks)])
    if local.startswith(TURN):
        for turn in document.turns:
            if f"{TURN}{turn.n}" == local:
                return _turn(turn)
    for block in document.blocks:
        if local == block.id or any(sentence.id == local for sentence in block.sentences):
            return "\n".join([_block(block), *_links(corpus, name, block, local)])
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


def _read(path: Path) -> etree._Element:
    return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def _head(document: Document, name: str) -> str:
    meta = document.meta
    return f"{name}  {', '.join(meta.symbols)}  {meta.genre.value}  {meta.title or ''}".rstrip()


def _line(block: Block) -> str:
    text = block.text if len(block.text) <= 60 else f"{block.text[:59]}…"
    return f"{block.id}  {block.kind.value}  {text}"


def _block(block: Block) -> str:
    facts = {
        "id": block.id,
        "hash": text_hash(block.text),
        "kind": block.kind.value,
        "label": block.label,
        "number": block.number,
        "level": block.level,
        "parent": block.parent,
        "turn": block.turn,
        "page": block.page,
        "text": block.text,
    }
    lines = [f"{name:<7} {value}" for name, value in facts.items() if value is not None]
    lines += [f"{sentence.id}  {text_hash(sentence.text)}  {sentence.text}" for sentence in block.sentences]
    return "\n".join(lines)


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


def _links(corpus: Path, name: str, block: Block, local: str) -> list[str]:
    """Describe the links of a block's sentences, or of one: other side, its text, score."""
    stem, _, language = name.rpartition(".")
    wanted = {sentence.id for sentence in block.sentences if local in (block.id, sentence.id)}
    lines: list[str] = []
    for path in sorted((corpus / "tei" / "alignments").glob(f"{stem}.*.xml")):
        source, _, target = path.stem.removeprefix(f"{stem}.").partition("-")
        if language not in (source, target):
            continue
        other = f"{stem}.{target if language == source else source}"
        texts = _sentences(corpus, other)
        for link in decode_alignment(_read(path)):
            ours, theirs = (
                (link.source_ids, link.target_ids) if language == source else (link.target_ids, link.source_ids)
            )
            if wanted.intersection(ours):
                text = " ".join(texts.get(one, one) for one in theirs) or "(nothing)"
                lines.append(f"{' '.join(ours)}  =  {other} {' '.join(theirs)}  {link.score:.2f}  {text}")
    return lines


def _sentences(corpus: Path, name: str) -> dict[str, str]:
    path = corpus / CorpusFolder.document(name)
    if not path.is_file():
        return {}
    return {s.id: s.text for block in decode_document(_read(path)).blocks for s in block.sentences}
