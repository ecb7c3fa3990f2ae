"""Rows: what a corpus holds, one flat record a sentence, a link, a paragraph or a speech.

Every export writes these, and `unbitext.open(path)` yields them (docs/api.md). Each row names the document and the
place in it, so that any line can be traced to its page. What a document does not say is None, or an empty tuple.
"""

import datetime

from schemas.base import Model
from schemas.document import Genre, Kind, Language, Role, SpeakerRole


class DocumentFields(Model):
    """What each row tells of its document.

    `symbol` is the first of `symbols`; `body` a code of `schemas/vocabularies/bodies.tsv`, from the symbol; `date` the
    day of issue or else the first day of the meeting. `original_language` is the one that the document prints.
    """

    symbol: str | None
    symbols: tuple[str, ...] = ()
    body: str | None = None
    genre: Genre = Genre.OTHER
    session: str | None = None
    agenda_items: tuple[str, ...] = ()
    date: datetime.date | None = None
    original_language: Language | None = None


class PairFields(DocumentFields):
    """What each row of a pair tells of it.

    `pair` names the alignment (`STEM.zh-en`), `source_document` and `target_document` the documents (`STEM.zh`).
    """

    pair: str
    source_document: str
    target_document: str
    source_language: Language
    target_language: Language


class Segment(PairFields):
    """One link of a pair: sentences of the source (a translation) that stand for those of the target (its original).

    The fields that begin with `source_` and `target_` are those of one side; a link of which one side is empty (`1-0`,
    `0-1`) has None or nothing there.

    - `id` is unique in the corpus and is the `xml:id` of the link in TEI: `PAIR.lN`. `order` (N) counts the links of
      the pair from 1, in the order of the source; `source_position` and `target_position` count the sentences of the
      two documents from 1, in reading order, and tell where the first of the link stands.
    - `type` gives the numbers of sentences (`1-2`), `kinds` the kinds of the blocks, sorted, without doubles.
    - `source_ids` are ids of sentences, `source_blocks` those of their blocks without doubles, `source_numbers` the
      numbers printed at these blocks (`17`, an item's after its paragraph's: `17(a)`), `source_division` the division
      of the first block.
    - `source_turn` counts speeches from 1; `source_speaker` and `source_affiliation` are as printed. `role`, `state`
      (ISO 3166 alpha-3, or an organisation's id) and `spoken_language` are those of the source, or else of the target.
    - `source_pages` are pages of the source file, counted from 1, without doubles; empty where it has none.
    - `source_text` joins the sentences as they stand in the block; between blocks stands a space, but not beside Han.
    - `score` is between 0 and 1, `method` the aligner's signature or `person:fixed`, `person:confirmed`. `findings`
      are the codes of what a check doubts in the link, `source_findings` and `target_findings` those of the documents
      at these sentences or their blocks; without doubles.
    """

    id: str
    order: int
    type: str
    kinds: tuple[Kind, ...]
    source_ids: tuple[str, ...]
    target_ids: tuple[str, ...]
    source_position: int | None = None
    target_position: int | None = None
    source_blocks: tuple[str, ...] = ()
    target_blocks: tuple[str, ...] = ()
    source_numbers: tuple[str, ...] = ()
    target_numbers: tuple[str, ...] = ()
    source_division: str | None = None
    target_division: str | None = None
    source_turn: int | None = None
    target_turn: int | None = None
    source_speaker: str | None = None
    target_speaker: str | None = None
    source_affiliation: str | None = None
    target_affiliation: str | None = None
    role: SpeakerRole | None = None
    state: str | None = None
    spoken_language: str | None = None
    source_pages: tuple[int, ...] = ()
    target_pages: tuple[int, ...] = ()
    source_text: str
    target_text: str
    score: float
    method: str
    findings: tuple[str, ...] = ()
    source_findings: tuple[str, ...] = ()
    target_findings: tuple[str, ...] = ()


class Passage(PairFields):
    """Paragraphs of the source that stand for paragraphs of the target: the fewest that no link crosses.

    Fields are those of `Segment`. `id` is that of its first link with `passage-` before the number
    (`STEM.zh-en.passage-12`); `segments` are the ids of its links, in order. `score` is the mean of those of its links
    that have two sides, weighted by the characters of the source; None where there is none. A text joins those of its
    links in reading order: with a space between them, but not beside Han, and with a line feed between paragraphs.
    """

    id: str
    segments: tuple[str, ...]
    kinds: tuple[Kind, ...]
    source_blocks: tuple[str, ...] = ()
    target_blocks: tuple[str, ...] = ()
    source_numbers: tuple[str, ...] = ()
    target_numbers: tuple[str, ...] = ()
    source_turn: int | None = None
    target_turn: int | None = None
    source_speaker: str | None = None
    target_speaker: str | None = None
    role: SpeakerRole | None = None
    state: str | None = None
    spoken_language: str | None = None
    source_pages: tuple[int, ...] = ()
    target_pages: tuple[int, ...] = ()
    source_text: str
    target_text: str
    score: float | None = None
    findings: tuple[str, ...] = ()


class PlaceFields(DocumentFields):
    """What a row of one language tells of its place: fields as in `Segment`."""

    document: str
    language: Language | None
    turn: int | None = None
    speaker: str | None = None
    affiliation: str | None = None
    speaker_role: SpeakerRole | None = None
    state: str | None = None
    spoken_language: str | None = None


class SentenceRow(PlaceFields):
    """A sentence of one document: `id` is unique in it, `position` counts from 1 in reading order.

    `number` is the one printed at the block (`17(a)`), `page` the one that the sentence begins on.
    """

    id: str
    position: int
    block: str
    kind: Kind
    number: str | None = None
    division: str | None = None
    page: int | None = None
    text: str
    findings: tuple[str, ...] = ()


class ParagraphRow(PlaceFields):
    """A block of one document, whatever its kind: `position` counts the blocks from 1 in reading order.

    `sentences` are the ids of its sentences, `level` that of a heading (1 is the highest) or an item, `parent` the
    block that an item or a note belongs to, `role` the part of a resolution.
    """

    id: str
    position: int
    kind: Kind
    label: str | None = None
    number: str | None = None
    level: int | None = None
    parent: str | None = None
    division: str | None = None
    role: Role | None = None
    pages: tuple[int, ...] = ()
    sentences: tuple[str, ...] = ()
    text: str
    findings: tuple[str, ...] = ()


class TurnRow(PlaceFields):
    """A speech: `turn` counts from 1 in its document; `label` as printed.

    `blocks` are the ids of its blocks, incidents and notes within it included; `sentences` counts their sentences,
    `pages` are those it runs over, and `text` is that of its paragraphs, joined by line feeds.
    """

    label: str
    blocks: tuple[str, ...] = ()
    sentences: int = 0
    pages: tuple[int, ...] = ()
    text: str = ""
