"""A block or a sentence of a corpus for a program: text, place in the source, links and their other side."""

import json
from pathlib import Path

from schemas.base import Model
from schemas.bitext import Link
from schemas.document import Block, Sentence
from schemas.source import SourceFile
from unbitext.built import pairs_of
from unbitext.showing import find_part


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
    """A block, or the sentence that was asked for; `source` is the file it was read from."""

    id: str
    source: SourceFile
    block: Block | None = None
    sentence: Sentence | None = None
    links: tuple[ShownLink, ...] = ()


def show_json(corpus: Path, identifier: str) -> str:
    """Describe a block or a sentence as a JSON object on lines. Raises `NotFoundError`."""
    document, (part, *_) = find_part(corpus, identifier)
    name = identifier.removesuffix(f".{part.id}")
    wanted = {part.id} if isinstance(part, Sentence) else {sentence.id for sentence in part.sentences}
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
        block=part if isinstance(part, Block) else None,
        sentence=part if isinstance(part, Sentence) else None,
        links=tuple(links),
    )
    return json.dumps(shown.model_dump(mode="json"), ensure_ascii=False, indent=1)
