"""A block, a sentence or a turn of a corpus for a program: text, place in the source, links and their other side."""

import json
from pathlib import Path

from schemas.base import Model
from schemas.bitext import Link
from schemas.document import Block, Sentence, Turn
from schemas.ids import document_id
from schemas.source import SourceFile
from unbitext.built import pairs_of
from unbitext.showing import find_part, find_turn


class ShownSentence(Model):
    """A sentence with the document it is in (`STEM.LANG`) and that document's source."""

    document: str
    source: SourceFile
    sentence: Sentence


class ShownLink(Model):
    """A link of what is shown, and the sentences on its other side."""

    link: Link
    counterpart: tuple[ShownSentence, ...]


class ShownPart(Model):
    """The block, the sentence, or the turn with its blocks, that was asked for; `source` is the file it stands in."""

    id: str
    source: SourceFile
    block: Block | None = None
    sentence: Sentence | None = None
    turn: Turn | None = None
    blocks: tuple[Block, ...] = ()
    links: tuple[ShownLink, ...] = ()


def show_json(corpus: Path, identifier: str) -> str:
    """Describe a block, a sentence or a turn as a JSON object on lines. Raises `NotFoundError`."""
    document, parts = find_part(corpus, identifier)
    name = document_id(document)
    turn = find_turn(document, identifier.removeprefix(f"{name}."))
    blocks = tuple(part for part in parts if isinstance(part, Block))
    sentences_named = [part for part in parts if isinstance(part, Sentence)]
    wanted = {sentence.id for sentence in (*sentences_named, *(each for block in blocks for each in block.sentences))}
    links: list[ShownLink] = []
    for pair in pairs_of(corpus, name):
        other = pair.other(name)
        sentences = pair.sentences(other)
        source = (pair.documents.target if pair.sides[0] == name else pair.documents.source).meta.source
        links += [
            ShownLink(
                link=link,
                counterpart=tuple(
                    ShownSentence(document=other, source=source, sentence=sentences[one])
                    for one in pair.ids(link, other)
                ),
            )
            for link in pair.links
            if wanted.intersection(pair.ids(link, name))
        ]
    shown = ShownPart(
        id=identifier,
        source=document.meta.source,
        block=blocks[0] if blocks and turn is None else None,
        sentence=sentences_named[0] if sentences_named else None,
        turn=turn,
        blocks=blocks if turn is not None else (),
        links=tuple(links),
    )
    return json.dumps(shown.model_dump(mode="json"), ensure_ascii=False, indent=1)
