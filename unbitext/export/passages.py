"""Rows joined to paragraphs, and to whole documents."""

from collections.abc import Iterator

from schemas.rows import PairFields
from unbitext.corpus.passages import groups, joined
from unbitext.export.records import DocumentPairRow, PairRecord, PassageRow, Row


def passage_rows(pair: PairRecord) -> list[PassageRow]:
    """The paragraphs of a pair: those of `Corpus.passages`, of which each holds the rows that are exported."""
    return [
        PassageRow(**dict(joined(rows, order)), split=pair.split, is_complete=is_complete)
        for order, rows, is_complete in _passages(pair)
    ]


def document_pair_row(pair: PairRecord) -> DocumentPairRow:
    """The whole pair as one row. It must have rows."""
    first = pair.rows[0]
    passage_of = {row.id: number for number, (_, rows, _) in enumerate(_passages(pair), 1) for row in rows}
    return DocumentPairRow(
        **{name: getattr(first, name) for name in PairFields.model_fields},
        split=pair.split,
        links=len(pair.rows) + len(pair.excluded),
        segments=tuple(row.id for row in pair.rows),
        passages=tuple(passage_of[row.id] for row in pair.rows),
        source_texts=tuple(row.source_text for row in pair.rows),
        target_texts=tuple(row.target_text for row in pair.rows),
        scores=tuple(row.score for row in pair.rows),
    )


def _passages(pair: PairRecord) -> Iterator[tuple[int, list[Row], bool]]:
    """Yield for each passage with rows the order of its first link, its rows, and whether they are all its links.

    Links that are not exported count when links are joined, so that a passage is the same whatever is left out.
    """
    exported = {row.id for row in pair.rows}
    links: list[Row] = sorted((*pair.rows, *pair.excluded), key=lambda link: link.order)
    for group in groups(links):
        if rows := [link for link in group if link.id in exported]:
            yield group[0].order, rows, len(rows) == len(group)
