"""A pair of a corpus: two documents and the links between their sentences, as rows."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from schemas.base import Model
from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Language
from schemas.rows import DocumentFields, Segment
from unbitext.corpus.errors import CorpusError
from unbitext.corpus.places import Places, affiliation_of, document_fields, role_of, state_of


class AlignedPair(Model):
    """A translation, its original, and their links in order. `id` names the alignment: `STEM.zh-en`."""

    id: str
    documents: DocumentPair
    links: tuple[Link, ...]

    @property
    def source(self) -> Document:
        """The translation."""
        return self.documents.source

    @property
    def target(self) -> Document:
        """The original."""
        return self.documents.target

    def segments(self) -> Iterator[Segment]:
        """Yield a row for each link, in order.

        Raises `CorpusError` for a link to a sentence that is not there.
        """
        return PairRows(self).segments()


class PairRows:
    """Makes the rows of a pair; both documents are indexed once."""

    def __init__(self, pair: AlignedPair) -> None:
        self.pair = pair
        self.source, self.target = Places(pair.source), Places(pair.target)

    @cached_property
    def fields(self) -> DocumentFields:
        """What every row tells of the documents."""
        return document_fields(self.pair.source.meta, self.pair.target.meta)

    def segments(self) -> Iterator[Segment]:
        """Yield a row for each link. Raises `CorpusError` for a link to a sentence that is not there."""
        common = {
            **dict(self.fields),
            "pair": self.pair.id,
            "source_document": self.source.id,
            "target_document": self.target.id,
            "source_language": language_of(self.pair.source),
            "target_language": language_of(self.pair.target),
        }
        for order, link in enumerate(self.pair.links, 1):
            source = self._blocks(self.source, link.source_ids, order)
            target = self._blocks(self.target, link.target_ids, order)
            yield Segment.model_validate(
                {
                    **common,
                    "id": f"{self.pair.id}.l{order}",
                    "order": order,
                    "type": link.type,
                    "kinds": link.kinds,
                    **_side("source", self.source, link.source_ids, source),
                    **_side("target", self.target, link.target_ids, target),
                    **_speech(self.source, source, self.target, target),
                    "score": link.score,
                    "method": link.method,
                    "findings": tuple(dict.fromkeys(finding.code for finding in link.findings)),
                }
            )

    def _blocks(self, places: Places, ids: Sequence[str], order: int) -> list[Block]:
        try:
            return list({block.id: block for block in (places.sentences[each][0] for each in ids)}.values())
        except KeyError as error:
            raise CorpusError(
                f"link l{order} of {self.pair.id} points to {error.args[0]}, which is no sentence of {places.id}: "
                "build or download the corpus again"
            ) from error


def language_of(document: Document) -> Language:
    """The language of a document of a pair. Raises `CorpusError` where it has none."""
    if document.meta.language is None:
        raise CorpusError(f"{document.meta.source.file} has no language, and is one of a pair")
    return document.meta.language


def _side(name: str, places: Places, ids: Sequence[str], blocks: Sequence[Block]) -> dict[str, object]:
    turn = next((turn for block in blocks if (turn := places.turn(block)) is not None), None)
    return {
        f"{name}_ids": tuple(ids),
        f"{name}_position": places.sentences[ids[0]][2] if ids else None,
        f"{name}_blocks": tuple(block.id for block in blocks),
        f"{name}_numbers": places.numbers(blocks),
        f"{name}_division": blocks[0].division if blocks else None,
        f"{name}_turn": None if turn is None else turn.n,
        f"{name}_speaker": None if turn is None else turn.speaker,
        f"{name}_affiliation": affiliation_of(turn),
        f"{name}_pages": places.pages(ids),
        f"{name}_text": places.text(ids),
        f"{name}_findings": places.findings((*ids, *(block.id for block in blocks))),
    }


def _speech(source: Places, ours: Sequence[Block], target: Places, theirs: Sequence[Block]) -> dict[str, object]:
    """What both sides tell of the speech: the source's word counts, where it has one."""
    blocks = [(source, block) for block in ours] + [(target, block) for block in theirs]
    turns = [turn for places, block in blocks if (turn := places.turn(block)) is not None]
    return {
        "role": next((role for turn in turns if (role := role_of(turn)) is not None), None),
        "state": next((state for turn in turns if (state := state_of(turn)) is not None), None),
        "spoken_language": next((block.spoken_language for _, block in blocks if block.spoken_language), None),
    }
