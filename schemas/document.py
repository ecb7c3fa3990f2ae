"""A parsed document: metadata, typed blocks in reading order, turns, furniture, findings.

Field meanings are those of docs/contract.md (`unbitext parse --format json`).
"""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field

from schemas import SCHEMA_VERSION
from schemas.base import Model
from schemas.findings import Finding
from schemas.source import SourceFile
from schemas.votes import VoteLine

Language = Literal["zh", "en", "fr", "es", "ru", "ar"]


class Genre(StrEnum):
    """What kind of document it is; decides which module of `parsers.genres` structures it."""

    REPORT = "report"
    VERBATIM_RECORD = "verbatim_record"
    SUMMARY_RECORD = "summary_record"
    LETTER = "letter"
    RESOLUTION = "resolution"
    TREATY = "treaty"
    OTHER = "other"


class Kind(StrEnum):
    """What a block is."""

    MASTHEAD = "masthead"
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    FOOTNOTE = "footnote"
    TABLE = "table"
    INCIDENT = "incident"
    SIGNATURE = "signature"
    CLOSING = "closing"


class Role(StrEnum):
    """The part a paragraph of a resolution plays."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"


class SpeakerRole(StrEnum):
    """The part a speaker has in a meeting."""

    CHAIR = "chair"
    MEMBER = "member"
    GUEST = "guest"
    SECRETARIAT = "secretariat"


class DateRange(Model):
    """From one day to another, both included."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    to: date


class Dates(Model):
    """`issued` is the date of publication, `meeting` that of the session or meeting it belongs to."""

    issued: date | None = None
    meeting: DateRange | None = None


class Chair(Model):
    """Who presided, from the masthead of a record, as printed."""

    name: str
    affiliation: str | None = None


class Meta(Model):
    """What the masthead says, as printed; null where the document does not say."""

    symbols: tuple[str, ...] = ()
    language: Language | None = None
    original_language: Language | None = None
    genre: Genre = Genre.OTHER
    title: str | None = None
    submitter: str | None = None
    session: str | None = None
    place: str | None = None
    distribution: str | None = None
    job_number: str | None = None
    reissued: str | None = None
    body: str | None = None
    meeting_number: int | None = None
    dates: Dates = Dates()
    agenda_items: tuple[str, ...] = ()
    chair: Chair | None = None
    source: SourceFile


class SourcePage(Model):
    """A page of the source: `number` counts from 1; `width` and `height` in points, as its text stands upright."""

    number: int
    width: float
    height: float


Box = tuple[int, float, float, float, float]
"""Page, left, top, right, bottom: points from the page's top left, in tenths."""


class Sentence(Model):
    """A sentence of a block: `text` is `block.text[start:end]` (offsets in characters).

    `page` is the one it begins on, `boxes` are one a line, in order; None and empty where the source has no layout.
    """

    id: str
    start: int
    end: int
    text: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()


class Reference(Model):
    """A footnote mark: printed `mark`, its `offset` in the block's text, the note block's id or null."""

    mark: str
    offset: int
    note: str | None = None


class Block(Model):
    """One typed stretch of text.

    `text` is the normal form without label and marks; `orig` the characters as read, line breaks kept.
    `level` is 1 for the highest headings, and the depth for items. `boxes` are one for each column that it stands in,
    empty where the source has no layout.
    """

    id: str
    kind: Kind
    label: str | None = None
    number: str | None = None
    level: int | None = None
    parent: str | None = None
    division: str | None = None
    role: Role | None = None
    turn: int | None = None
    spoken_language: str | None = None
    text: str
    orig: str
    sentences: tuple[Sentence, ...] = ()
    refs: tuple[Reference, ...] = ()
    rows: tuple[tuple[str, ...], ...] | None = None
    vote: VoteLine | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


class Affiliation(Model):
    """What a speaker speaks for: `text` as printed; `code` ISO 3166 alpha-3 or an organisation's id."""

    text: str
    code: str | None = None


class Turn(Model):
    """One uninterrupted speech: `n` counts from 1; `speaker` as printed, honorific included."""

    n: int
    label: str
    speaker: str
    role: SpeakerRole
    affiliation: Affiliation | None = None
    spoken_language: str | None = None


class Furniture(Model):
    """Characters that belong to the page, not to the text (`kind`: running_header, job_number, ...)."""

    orig: str
    page: int | None = None
    kind: str


class Document(Model):
    """One document in one language.

    `pages` are those of a source that has a layout, in order: every box lies on one of them.
    """

    schema_version: Literal["1"] = SCHEMA_VERSION  # type: ignore[assignment]
    meta: Meta
    blocks: tuple[Block, ...] = ()
    turns: tuple[Turn, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    pages: tuple[SourcePage, ...] = ()
    findings: tuple[Finding, ...] = ()
