"""Links as `align` prints them: one JSON object a line, or tab-separated."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from schemas.base import Model
from schemas.bitext import DocumentPair, Link
from schemas.document import Document, Kind
from schemas.findings import Finding


class LinkRow(Model):
    """A link with its texts: what `align --format jsonl` prints (docs/contract.md)."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    source_ids: tuple[str, ...]
    target_ids: tuple[str, ...]
    kinds: tuple[Kind, ...]
    unit: Literal["sentence"]
    score: float
    method: str
    findings: tuple[Finding, ...]


_SURROGATE = re.compile("[\ud800-\udfff]")

TSV_COLUMNS = ("source", "target", "source_ids", "target_ids", "kinds", "score", "method", "findings")


def pair_rows(pair: DocumentPair, links: Sequence[Link]) -> list[LinkRow]:
    """Rows for the links of two documents."""
    return _rows(_texts(pair.source), _texts(pair.target), links)


def segmented_rows(source: Sequence[str], target: Sequence[str], links: Sequence[Link]) -> list[LinkRow]:
    """Rows for the links of two lists of sentences."""
    return _rows(
        {str(i): text for i, text in enumerate(source)}, {str(j): text for j, text in enumerate(target)}, links
    )


def jsonl_lines(rows: Iterable[LinkRow]) -> Iterator[str]:
    """One JSON object for each row, without the line break.

    Characters are as they are, but in a row with a lone surrogate, which UTF-8 cannot write: there all are escaped.
    """
    for row in rows:
        if any(_SURROGATE.search(text) for text in (*row.source, *row.target)):
            yield json.dumps(row.model_dump(), ensure_ascii=True, separators=(",", ":"))
        else:
            yield row.model_dump_json()


def tsv_lines(rows: Iterable[LinkRow]) -> Iterator[str]:
    """A header, then one line for each row, without the line break.

    Sentences of a side are joined by ` | ` only where there are several; ids, kinds and codes of findings by spaces.
    Tabs and line breaks in a text become spaces.
    """
    yield "\t".join(TSV_COLUMNS)
    for row in rows:
        cells = (
            " | ".join(row.source),
            " | ".join(row.target),
            " ".join(row.source_ids),
            " ".join(row.target_ids),
            " ".join(row.kinds),
            f"{row.score:.4f}",
            row.method,
            " ".join(finding.code for finding in row.findings),
        )
        yield "\t".join(" ".join(cell.split()) for cell in cells)


def _rows(source: dict[str, str], target: dict[str, str], links: Sequence[Link]) -> list[LinkRow]:
    return [
        LinkRow(
            source=tuple(source[i] for i in link.source_ids),
            target=tuple(target[j] for j in link.target_ids),
            source_ids=link.source_ids,
            target_ids=link.target_ids,
            kinds=link.kinds,
            unit=link.unit,
            score=link.score,
            method=link.method,
            findings=link.findings,
        )
        for link in links
    ]


def _texts(document: Document) -> dict[str, str]:
    return {s.id: s.text for block in document.blocks for s in block.sentences}
