"""The rows of one document: its sentences, its blocks, its speeches."""

from collections import defaultdict
from collections.abc import Iterator

from schemas.document import Block, Document, Kind
from schemas.rows import ParagraphRow, SentenceRow, TurnRow
from unbitext.corpus.places import Places, affiliation_of, document_fields, pages_of, role_of, state_of


class DocumentRows:
    """Makes the rows of a document, which is indexed once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._places = Places(document)
        self._common: dict[str, object] = {
            **dict(document_fields(document.meta)),
            "document": self._places.id,
            "language": document.meta.language,
        }

    def sentences(self) -> Iterator[SentenceRow]:
        """Yield the sentences in reading order."""
        places = self._places
        position = 0
        for block in self._document.blocks:
            common = {
                **self._common,
                **self._speech(block),
                "block": block.id,
                "kind": block.kind,
                "number": places.number(block),
                "division": block.division,
            }
            for sentence in block.sentences:
                position += 1
                yield SentenceRow.model_validate(
                    {
                        **common,
                        "id": sentence.id,
                        "position": position,
                        "page": sentence.page if sentence.page is not None else block.page,
                        "text": sentence.text,
                        "findings": places.findings((sentence.id, block.id)),
                    }
                )

    def paragraphs(self) -> Iterator[ParagraphRow]:
        """Yield the blocks in reading order."""
        for position, block in enumerate(self._document.blocks, 1):
            yield ParagraphRow.model_validate(
                {
                    **self._common,
                    **self._speech(block),
                    "id": block.id,
                    "position": position,
                    "kind": block.kind,
                    "label": block.label,
                    "number": self._places.number(block),
                    "level": block.level,
                    "parent": block.parent,
                    "division": block.division,
                    "role": block.role,
                    "pages": self._places.pages(each.id for each in block.sentences) or pages_of(block),
                    "sentences": tuple(each.id for each in block.sentences),
                    "text": block.text,
                    "findings": self._places.findings((block.id, *(each.id for each in block.sentences))),
                }
            )

    def turns(self) -> Iterator[TurnRow]:
        """Yield the speeches in order."""
        by_turn: dict[int, list[Block]] = defaultdict(list)
        for block in self._document.blocks:
            if block.turn is not None:
                by_turn[block.turn].append(block)
        for turn in self._document.turns:
            blocks = by_turn[turn.n]
            yield TurnRow.model_validate(
                {
                    **self._common,
                    "turn": turn.n,
                    "speaker": turn.speaker,
                    "affiliation": affiliation_of(turn),
                    "speaker_role": turn.role,
                    "state": state_of(turn),
                    "spoken_language": turn.spoken_language,
                    "label": turn.label,
                    "blocks": tuple(block.id for block in blocks),
                    "sentences": sum(len(block.sentences) for block in blocks),
                    "pages": tuple(sorted({page for block in blocks for page in pages_of(block)})),
                    "text": "\n".join(block.text for block in blocks if block.kind not in _ASIDES),
                }
            )

    def _speech(self, block: Block) -> dict[str, object]:
        turn = self._places.turn(block)
        return {
            "turn": block.turn,
            "speaker": None if turn is None else turn.speaker,
            "affiliation": affiliation_of(turn),
            "speaker_role": role_of(turn),
            "state": state_of(turn),
            "spoken_language": block.spoken_language,
        }


_ASIDES = (Kind.INCIDENT, Kind.FOOTNOTE)
"""What stands in a speech and was not said."""
