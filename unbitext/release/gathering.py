"""Reading a corpus into the spool: each file once, judged link by link, in several processes."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from schemas.document import Document
from schemas.ids import document_id
from schemas.rows import DocumentFields, Segment, TurnRow
from unbitext.corpus import Corpus
from unbitext.corpus.monolingual import DocumentRows
from unbitext.corpus.places import document_fields
from unbitext.export.records import DocumentRecord, DocumentRow, SentenceText, SpeechRow, plain_text
from unbitext.release.families import family_hash, family_keys
from unbitext.release.filters import reasons_against
from unbitext.release.options import Filters
from unbitext.release.sketches import document_sketch, row_sketches, text_key
from unbitext.release.spool import NO_DATE, ReadDocument, ReadPair, Spool
from unbitext.release.workers import spread


def gather(folder: Path, spool: Spool, filters: Filters, jobs: int) -> frozenset[str]:
    """Read all documents and pairs of a corpus into the spool; give the sha256 of the files that they were read from.

    Raises `CorpusError` where a file is not what the corpus lists, `OSError` where the spool cannot grow.
    """
    corpus = Corpus(folder)
    sources: set[str] = set()
    for pair, documents in spread(partial(read_pairs, folder, filters), corpus.pair_ids(), jobs):
        spool.add_pair(pair)
        for document in documents:
            spool.add_document(document)
            sources.add(document.record.row.source_sha256)
    alone = (name for name in corpus.document_ids() if not spool.has_document(name))
    for document in spread(partial(read_documents, folder), alone, jobs):
        spool.add_document(document)
        sources.add(document.record.row.source_sha256)
    spool.index()
    return frozenset(sources)


def read_documents(folder: Path, names: list[str]) -> list[ReadDocument]:
    """Read some documents."""
    corpus = Corpus(folder)
    return [_read_document(name, corpus.document(name)) for name in names]


def _read_document(name: str, document: Document) -> ReadDocument:
    meta = document.meta
    fields = document_fields(meta)
    sentences = tuple(_sentences(document))
    row = DocumentRow(
        **dict(fields),
        id=document_id(document),
        language=meta.language,
        title=_plain(meta.title),
        submitter=_plain(meta.submitter),
        place=_plain(meta.place),
        job_number=_plain(meta.job_number),
        source_file=meta.source.file,
        source_sha256=meta.source.sha256,
        source_url=meta.source.url,
        pages=meta.source.pages,
        sentences=len(sentences),
        turns=len(document.turns),
        split="train",  # settled when all documents are known
        findings=tuple(dict.fromkeys(finding.code for finding in document.findings)),
    )
    speeches = tuple(_speech(turn) for turn in DocumentRows(document).turns())
    record = DocumentRecord(row=row, sentences=sentences, speeches=speeches)
    return ReadDocument(families=_families(fields, name), day=_day(fields), record=record)


def _sentences(document: Document) -> Iterator[SentenceText]:
    for block in document.blocks:
        for sentence in block.sentences:
            yield SentenceText(id=sentence.id, block=block.id, text=plain_text(sentence.text))


def _speech(turn: TurnRow) -> SpeechRow:
    texts = {name: _plain(getattr(turn, name)) for name in ("speaker", "affiliation", "label", "text")}
    return SpeechRow.model_validate({**dict(turn), **texts, "split": "train"})


def read_pairs(folder: Path, filters: Filters, names: list[str]) -> list[tuple[ReadPair, list[ReadDocument]]]:
    """Read some pairs and their documents, and judge their links."""
    corpus = Corpus(folder)
    found = []
    for name in names:
        pair = corpus.pair(name)
        documents = [_read_document(document_id(side), side) for side in (pair.source, pair.target)]
        found.append((_read_pair(name, list(pair.segments()), filters), documents))
    return found


def _read_pair(name: str, found: list[Segment], filters: Filters) -> ReadPair:
    segments = [_plain_segment(segment) for segment in found]
    reasons = [reasons_against(segment, filters) for segment in segments]
    fit = [segment for segment, why in zip(segments, reasons, strict=True) if not why]
    whole = [each for each in segments if each.source_ids and each.target_ids]
    sides = [row_sketches([each.source_text for each in fit]), row_sketches([each.target_text for each in fit])]
    texts = [text for each in whole for text in (each.source_text, each.target_text)]
    keys = [text_key(each.source_text, each.target_text) for each in fit]
    first = segments[0] if segments else None
    return ReadPair(
        name=name,
        families=_families(first, name.rpartition(".")[0]),
        day=NO_DATE if first is None else _day(first),
        documents=("", "") if first is None else (first.source_document, first.target_document),
        segments=tuple(segments),
        reasons=tuple(reasons),
        sketches=np.stack(sides, axis=1).astype("<u2").tobytes(),
        keys=np.array(keys, dtype="<u8").tobytes(),
        sketch=document_sketch(texts).astype("<u2").tobytes() if texts else b"",
    )


_TEXTS = (
    "source_text",
    "target_text",
    "source_speaker",
    "target_speaker",
    "source_affiliation",
    "target_affiliation",
    "method",
)


def _plain_segment(segment: Segment) -> Segment:
    values = {name: getattr(segment, name) for name in _TEXTS}
    plain = {name: _plain(value) for name, value in values.items()}
    return segment if plain == values else segment.model_copy(update=plain)


def _plain(text: str | None) -> str | None:
    return None if text is None else plain_text(text)


def _families(fields: DocumentFields | None, name: str) -> tuple[str, ...]:
    keys = family_keys(() if fields is None else fields.symbols, name.rpartition(".")[0] or name)
    return tuple(family_hash(key) for key in keys)


def _day(fields: DocumentFields) -> str:
    return NO_DATE if fields.date is None else fields.date.isoformat()
