"""What a writer is given: the documents of a corpus, and its pairs with the rows that are exported.

Every format is written from these, so that all hold the same rows. Records come in the order of the hash of their
family (`unbitext.release.families`), which is the order of the shards too, one after the other: a writer never holds
more than one.
"""

import datetime
import re
from typing import Literal

from pydantic import Field

from schemas.base import Model
from schemas.document import Language
from schemas.rows import DocumentFields, PairFields, Passage, Segment, TurnRow

Split = Literal["train", "validation", "test"]

SPLITS: tuple[Split, ...] = ("train", "validation", "test")

# What no line-based format and no XML can hold: line ends and tabs become a space, the rest U+FFFD.
_SEPARATORS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_FORBIDDEN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


def plain_text(text: str) -> str:
    """The text as every format can hold it: no line ends, tabs or control characters."""
    return _FORBIDDEN.sub("\ufffd", _SEPARATORS.sub(" ", text))


class Row(Segment):
    """A segment that is exported; `split` is the part of the corpus that its document belongs to."""

    split: Split


_IN_EVERY_FORMAT = frozenset({"id", "pair", "source_language", "target_language", "source_text", "target_text"})


def row_fields(names: str) -> tuple[str, ...]:
    """The fields of a row that a format holds: those named, divided by spaces, and those that every format has."""
    held = _IN_EVERY_FORMAT | set(names.split())
    return tuple(name for name in Row.model_fields if name in held)


class ExcludedRow(Row):
    """A segment that is not exported, and why: codes of `unbitext.release.filters.REASONS`."""

    reasons: tuple[str, ...]


class DocumentRow(DocumentFields):
    """A document, as the table of documents lists it. `id` is `STEM.LANG`; what it does not say is None.

    `split` is the one of its family, `pages` those of its source file, `source_sha256` that of the file's bytes.
    """

    id: str
    language: Language | None
    title: str | None = None
    submitter: str | None = None
    place: str | None = None
    job_number: str | None = None
    source_file: str
    source_sha256: str
    source_url: str | None = None
    pages: int | None = None
    sentences: int
    turns: int
    split: Split
    findings: tuple[str, ...] = ()


class SpeechRow(TurnRow):
    """A speech, with the split of its document."""

    split: Split


class SentenceText(Model):
    """A sentence of a document: its id, that of its block, its text."""

    id: str
    block: str
    text: str


class DocumentRecord(Model):
    """A document with its sentences in reading order, and its speeches."""

    row: DocumentRow
    sentences: tuple[SentenceText, ...]
    speeches: tuple[SpeechRow, ...]


class PairRecord(Model):
    """A pair: the rows that are exported, in order, and those that are not. `shard` counts from 0."""

    name: str
    split: Split
    shard: int
    rows: tuple[Row, ...]
    excluded: tuple[ExcludedRow, ...] = ()

    @property
    def languages(self) -> tuple[str, str]:
        """Codes of the source's language and of the target's."""
        first = (*self.rows, *self.excluded)[0]
        return first.source_language, first.target_language


class PassageRow(Passage):
    """A passage: the level `paragraph`. It joins the rows of its links that are exported.

    `is_complete` is false where one is not, so that the text has a gap.
    """

    split: Split
    is_complete: bool


class DocumentPairRow(PairFields):
    """A pair of documents: the level `document`.

    `segments`, `source_texts`, `target_texts` and `scores` run in parallel, one a row; `passages` counts the passages
    from 1 and gives each row the one it belongs to. `links` counts all links of the pair, exported or not.
    """

    split: Split
    links: int
    segments: tuple[str, ...]
    passages: tuple[int, ...]
    source_texts: tuple[str, ...]
    target_texts: tuple[str, ...]
    scores: tuple[float, ...]


class ReadRow(Model):
    """A row as it is read back from a format: what all formats have to agree on."""

    id: str
    source_text: str
    target_text: str


class Shards(Model):
    """How a corpus is divided into files: `count` is a power of two."""

    count: int = Field(ge=1)

    def file_stem(self, split: Split, shard: int) -> str:
        """Name a shard as Hugging Face does: `train-00003-of-00016`."""
        return f"{split}-{shard:05d}-of-{self.count:05d}"


class Provenance(Model):
    """What files say about where they come from. `date` is that of SOURCE_DATE_EPOCH, None where it is not set."""

    name: str
    version: str
    program: str
    date: datetime.date | None = None
