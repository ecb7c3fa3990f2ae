"""Rows joined to paragraphs, and to whole documents."""

from collections.abc import Iterable, Sequence

from schemas.document import Kind
from unbitext.align.terms import is_han
from unbitext.corpus.passages import groups
from unbitext.export.records import DocumentPairRow, PairRecord, PassageRow, Row

_SHARED_FIELDS = ("symbol", "symbols", "body", "genre", "session", "agenda_items", "date", "original_language")
_SPEECH_FIELDS = ("source_turn", "target_turn", "source_speaker", "target_speaker", "role", "state", "spoken_language")


def passage_rows(pair: PairRecord) -> list[PassageRow]:
    """The paragraphs of a pair."""
    gaps = {
        *(f"source {block}" for row in pair.excluded for block in row.source_blocks),
        *(f"target {block}" for row in pair.excluded for block in row.target_blocks),
    }
    return [_passage(rows, gaps) for rows in groups(pair.rows)]


def document_pair_row(pair: PairRecord) -> DocumentPairRow:
    """The whole pair as one row. It must have rows."""
    first = pair.rows[0]
    passage_of = {row.id: number for number, rows in enumerate(groups(pair.rows), 1) for row in rows}
    return DocumentPairRow(
        **{name: getattr(first, name) for name in _SHARED_FIELDS},
        pair=pair.name,
        split=pair.split,
        source_document=first.source_document,
        target_document=first.target_document,
        source_language=first.source_language,
        target_language=first.target_language,
        links=len(pair.rows) + len(pair.excluded),
        segments=tuple(row.id for row in pair.rows),
        passages=tuple(passage_of[row.id] for row in pair.rows),
        source_texts=tuple(row.source_text for row in pair.rows),
        target_texts=tuple(row.target_text for row in pair.rows),
        scores=tuple(row.score for row in pair.rows),
    )


def _passage(rows: Sequence[Row], gaps: set[str]) -> PassageRow:
    first = rows[0]
    speech = next((row for row in rows if row.source_turn is not None), first)
    source_blocks = _distinct(block for row in rows for block in row.source_blocks)
    target_blocks = _distinct(block for row in rows for block in row.target_blocks)
    blocks = {*(f"source {block}" for block in source_blocks), *(f"target {block}" for block in target_blocks)}
    pair, _, number = first.id.rpartition(".l")
    return PassageRow(
        **{name: getattr(first, name) for name in _SHARED_FIELDS},
        **{name: getattr(speech, name) for name in _SPEECH_FIELDS},
        id=f"{pair}.passage-{number}",
        pair=first.pair,
        split=first.split,
        segments=tuple(row.id for row in rows),
        is_complete=blocks.isdisjoint(gaps),
        kinds=tuple(sorted({kind for row in rows for kind in row.kinds}, key=list(Kind).index)),
        source_document=first.source_document,
        target_document=first.target_document,
        source_language=first.source_language,
        target_language=first.target_language,
        source_blocks=source_blocks,
        target_blocks=target_blocks,
        source_numbers=_distinct(number for row in rows for number in row.source_numbers),
        target_numbers=_distinct(number for row in rows for number in row.target_numbers),
        source_pages=tuple(sorted({page for row in rows for page in row.source_pages})),
        target_pages=tuple(sorted({page for row in rows for page in row.target_pages})),
        source_text=_joined([row.source_text for row in rows]),
        target_text=_joined([row.target_text for row in rows]),
        score=min(row.score for row in rows),
        findings=_distinct(code for row in rows for code in row.findings),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _joined(texts: Sequence[str]) -> str:
    """Join sentences with a space, but not beside Han or the full-width marks that end Chinese sentences."""
    joined = texts[0]
    for text in texts[1:]:
        space = "" if _is_wide(joined[-1:]) or _is_wide(text[:1]) else " "
        joined = f"{joined}{space}{text}"
    return joined


def _is_wide(character: str) -> bool:
    return is_han(character) or "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef"
