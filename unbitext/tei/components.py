"""What the root of a corpus knows of its documents and alignments: small records, made when each is encoded."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Self

from schemas.base import Model
from schemas.bitext import DocumentPair, Link
from schemas.bodies import body_of_symbol
from schemas.document import Document, SpeakerRole
from schemas.ids import document_id
from unbitext.tei.alignment import alignment_id
from unbitext.tei.names import Names
from unbitext.tei.pointers import ROOT_POINTER, delivered, organisation, person


class Speaker(Model):
    """A person as one document names them: `id` is the xml:id, `organisation` that of what they speak for, if known."""

    id: str
    name: str
    role: SpeakerRole
    affiliation: str | None = None
    organisation: str | None = None


class Organisation(Model):
    """A State, an organisation or a body by its xml:id, and its name as printed."""

    id: str
    name: str


class CorpusDocument(Model):
    """A document of the corpus. `speakers` are in the order of their first turns, `turns` their places in it."""

    id: str
    sha256: str
    language: str | None
    sentences: int
    symbols: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[int, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    spoken_languages: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Document, content: bytes) -> Self:
        """Describe a document; `content` are the bytes of its file."""
        names = Names(document_id(document))
        speakers: dict[str, Speaker] = {}
        places: list[int] = []
        organisations: dict[str, Organisation] = {}
        for turn in document.turns:
            identifier = person(document, turn, names).removeprefix(ROOT_POINTER)
            speaks_for = turn.affiliation
            pointer = organisation(speaks_for.code) if speaks_for else None
            code = pointer.removeprefix(ROOT_POINTER) if pointer else None
            if code is not None and speaks_for is not None:
                organisations.setdefault(code, Organisation(id=code, name=speaks_for.text))
            speaker = Speaker(
                id=identifier,
                name=turn.speaker,
                role=turn.role,
                affiliation=speaks_for.text if speaks_for else None,
                organisation=code,
            )
            speakers.setdefault(identifier, speaker)
            places.append(list(speakers).index(identifier))
        for block in document.blocks:
            for voter in block.vote.voters if block.vote else ():
                if pointer := organisation(voter.code):
                    code = pointer.removeprefix(ROOT_POINTER)
                    organisations.setdefault(code, Organisation(id=code, name=voter.text))
        meta = document.meta
        body = body_of_symbol(meta.symbols[0]) if meta.symbols and meta.body is not None else None
        if body is not None and meta.body is not None:
            organisations[f"body.{body.code}"] = Organisation(id=f"body.{body.code}", name=meta.body)
        spoken = [turn.spoken_language for turn in document.turns]
        spoken += [block.spoken_language for block in document.blocks]
        return cls(
            id=names.document,
            sha256=sha256(content).hexdigest(),
            language=meta.language,
            sentences=sum(len(block.sentences) for block in document.blocks),
            symbols=meta.symbols,
            speakers=tuple(speakers.values()),
            turns=tuple(places),
            organisations=tuple(organisations.values()),
            spoken_languages=tuple(sorted({code for code in spoken if code is not None and delivered(code)})),
        )


class CorpusAlignment(Model):
    """An alignment of the corpus: `id` is its file's name without `.xml`, `source` and `target` those of documents."""

    id: str
    sha256: str
    source: str
    target: str
    links: int

    @classmethod
    def of(cls, pair: DocumentPair, links: Sequence[Link], content: bytes) -> Self:
        """Describe an alignment; `content` are the bytes of its file."""
        return cls(
            id=alignment_id(pair),
            sha256=sha256(content).hexdigest(),
            source=document_id(pair.source),
            target=document_id(pair.target),
            links=len(links),
        )
