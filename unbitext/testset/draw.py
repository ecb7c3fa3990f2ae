"""What a test set is: how it is asked for, and what was drawn."""

from typing import Self

from pydantic import Field, model_validator

from schemas.base import Model
from schemas.document import Genre, Kind, Language

RUNNING_TEXT = (Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.FOOTNOTE)
"""What is worth translating: mastheads, tables, signatures and procedure are much the same in all documents."""


class DrawError(ValueError):
    """A test set that cannot be drawn; the message says why and what to do."""


class DrawOptions(Model):
    """How a test set is drawn.

    `documents` is how many are drawn, or else whole documents are drawn until there are `segments`. `seed` decides
    which. A segment counts where its score is `least_score` or more, or a person gave it; a document where it has
    `least_segments` and they are `least_share` or more of its running text. `context` is how many sentences before
    each segment are given with it.
    """

    documents: int | None = Field(default=None, ge=1)
    segments: int | None = Field(default=None, ge=1)
    seed: int = 1
    least_score: float = Field(default=0.9, ge=0, le=1)
    least_segments: int = Field(default=5, ge=1)
    least_share: float = Field(default=0.8, ge=0, le=1)
    context: int = Field(default=3, ge=0)

    @model_validator(mode="after")
    def _one_size(self) -> Self:
        if (self.documents is None) == (self.segments is None):
            raise ValueError("either a number of documents or a number of segments")
        return self


class DrawnSegment(Model):
    """A segment of a test set: `id` is that of the row in the corpus, `number` counts from 1 in its document.

    The texts are lines: without line breaks, and with single spaces. `origlang` is the language that a speech was given
    in, else that of the original. The contexts are the sentences before it in the documents, the nearest last, whether
    they are in the test set or not.
    """

    id: str
    docid: str
    number: int
    origlang: str
    source: str
    target: str
    source_context: tuple[str, ...] = ()
    target_context: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    speaker: str | None = None
    state: str | None = None
    source_pages: tuple[int, ...] = ()
    target_pages: tuple[int, ...] = ()
    score: float
    method: str


class DrawnDocument(Model):
    """A document of a test set: `docid` is the id of its pair, `origlang` the commonest of its segments.

    `left_out` counts the links of its running text that are not in the test set: empty on a side, unsure, or doubted.
    """

    docid: str
    symbol: str | None
    symbols: tuple[str, ...] = ()
    genre: Genre
    origlang: str
    source_document: str
    target_document: str
    source_language: Language
    target_language: Language
    left_out: int
    segments: tuple[DrawnSegment, ...]


class Draw(Model):
    """A test set: its documents in the order of their ids, and what decided.

    `families` are all documents of the corpus that belong to the drawn ones (themselves, their addenda, revisions and
    corrigenda, in every language): what must not be trained on. `passed_over` counts the pairs that were looked at and
    not drawn, by reason.
    """

    name: str
    corpus_sha256: str
    languages: tuple[str, str]
    options: DrawOptions
    documents: tuple[DrawnDocument, ...]
    families: tuple[str, ...]
    passed_over: dict[str, int]

    @property
    def size(self) -> int:
        """How many segments it has."""
        return sum(len(document.segments) for document in self.documents)
