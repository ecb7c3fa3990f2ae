"""Made-up rows and pairs, for what no specimen has."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from schemas.rows import Segment
from unbitext.export.records import DocumentRecord, DocumentRow, PairRecord, Row, SentenceText, Split
from unbitext.release.families import family_hash, family_keys
from unbitext.release.filters import reasons_against
from unbitext.release.options import Filters
from unbitext.release.sketches import document_sketch, row_sketches, text_key
from unbitext.release.spool import NO_DATE, ReadDocument, ReadPair, Spool

VERSION = "1.0"


def segment(pair: str, order: int, source: str, target: str, **changes: object) -> Segment:
    """A link of one sentence a side."""
    stem = pair.rpartition(".")[0]
    values: dict[str, object] = {
        "symbol": stem.replace("_", "/"),
        "symbols": (stem.replace("_", "/"),),
        "id": f"{pair}.l{order}",
        "pair": pair,
        "order": order,
        "type": "1-1",
        "kinds": ("paragraph",),
        "source_document": f"{stem}.zh",
        "target_document": f"{stem}.en",
        "source_language": "zh",
        "target_language": "en",
        "source_ids": (f"p{order}.s1",),
        "target_ids": (f"p{order}.s1",),
        "source_blocks": (f"p{order}",),
        "target_blocks": (f"p{order}",),
        "source_text": source,
        "target_text": target,
        "score": 0.9,
        "method": "made up",
    }
    return Segment.model_validate({**values, **changes})


def row(pair: str, order: int, source: str, target: str, split: Split = "train", **changes: object) -> Row:
    """The same, exported."""
    return Row.model_validate({**dict(segment(pair, order, source, target, **changes)), "split": split})


def pair_record(texts: Sequence[tuple[str, str]], name: str = "X_1.zh-en", split: Split = "train") -> PairRecord:
    """A pair of these rows."""
    rows = tuple(row(name, order, *text, split=split) for order, text in enumerate(texts, 1))
    return PairRecord(name=name, split=split, shard=0, rows=rows)


def document_records(pair: PairRecord) -> list[DocumentRecord]:
    """The two documents of a pair."""
    records = []
    for side in ("source", "target"):
        sentences = tuple(
            SentenceText(
                id=getattr(each, f"{side}_ids")[0],
                block=getattr(each, f"{side}_blocks")[0],
                text=getattr(each, f"{side}_text"),
            )
            for each in pair.rows
        )
        first = pair.rows[0]
        document = DocumentRow(
            symbol=first.symbol,
            id=getattr(first, f"{side}_document"),
            language=getattr(first, f"{side}_language"),
            source_file="x.txt",
            source_sha256="0",
            sentences=len(sentences),
            turns=0,
            split=pair.split,
        )
        records.append(DocumentRecord(row=document, sentences=sentences, speeches=()))
    return records


def spool_of(
    path: Path, documents: Sequence[tuple[str, str | None, Sequence[tuple[str, str]]]], filters: Filters | None = None
) -> Spool:
    """A spool of pairs, each with its symbol (or several, divided by spaces), its day and its rows."""
    spool = Spool(path, "x")
    for symbols, day, texts in documents:
        first = symbols.split()[0]
        stem = first.replace("/", "_")
        name = f"{stem}.zh-en"
        families = tuple(family_hash(key) for key in family_keys(symbols.split(), stem))
        date = None if day is None else datetime.date.fromisoformat(day)
        segments = tuple(
            segment(name, n, *text, date=date, symbol=first, symbols=tuple(symbols.split()))
            for n, text in enumerate(texts, 1)
        )
        for record in document_records(pair_record(texts, name)):
            spool.add_document(ReadDocument(families=families, day=day or NO_DATE, record=record))
        reasons = tuple(reasons_against(each, filters or Filters()) for each in segments)
        fit = [each for each, why in zip(segments, reasons, strict=True) if not why]
        sides = [row_sketches([each.source_text for each in fit]), row_sketches([each.target_text for each in fit])]
        spool.add_pair(
            ReadPair(
                name=name,
                families=families,
                day=day or NO_DATE,
                documents=(f"{stem}.zh", f"{stem}.en"),
                segments=segments,
                reasons=reasons,
                sketches=np.stack(sides, axis=1).astype("<u2").tobytes(),
                keys=np.array([text_key(*text) for text in texts], dtype="<u8").tobytes(),
                sketch=document_sketch([side for text in texts for side in text]).astype("<u2").tobytes(),
            )
        )
    spool.index()
    return spool
