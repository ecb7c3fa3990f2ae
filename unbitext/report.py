"""The report of a corpus, `report.md`: what was found, what waits, what was doubted, what was refused.

It depends on the inputs alone - no time, no folder - so that two builds of the same inputs write the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from schemas.base import Model
from schemas.bitext import Link
from schemas.finding_codes import finding_codes
from schemas.findings import Finding, Severity
from unbitext.outcome import Refused, Totals
from unbitext.records import DocumentRecord, PairRecord
from unbitext.tei.relations import relations_between

_EXAMPLES = 3
_CELL = 160
_DIGEST = 12


class Report(Model):
    """All that a report tells; `general` are findings on no one document."""

    documents: tuple[DocumentRecord, ...]
    pairs: tuple[PairRecord, ...]
    waiting: tuple[str, ...]
    refused: tuple[Refused, ...]
    general: tuple[Finding, ...] = ()

    @property
    def aligned(self) -> tuple[PairRecord, ...]:
        """The pairs that are aligned."""
        return tuple(pair for pair in self.pairs if pair.refusal is None)

    @property
    def all_refused(self) -> tuple[Refused, ...]:
        """Files and pairs that are refused, sorted by label."""
        pairs = tuple(pair.refusal for pair in self.pairs if pair.refusal is not None)
        return tuple(sorted((*self.refused, *pairs), key=lambda one: one.label))


def totals(report: Report) -> Totals:
    """Count what the corpus holds."""
    return Totals(
        documents=len(report.documents),
        pairs=len(report.aligned),
        links=sum(pair.links for pair in report.aligned),
        sentences=sum(document.sentences for document in report.documents),
        pages=sum(document.meta.source.pages or 0 for document in report.documents),
        waiting=len(report.waiting),
        refused=len(report.all_refused),
    )


def render_report(report: Report) -> str:
    """Write the report as Markdown."""
    lines: list[str] = ["# Corpus report", "", *_totals(report)]
    lines += _refused(report.all_refused)
    lines += _waiting(report)
    lines += _pairs(report.aligned)
    lines += _relations(report.documents)
    lines += _documents(report.documents)
    lines += _doubts(report)
    lines += _corrections(report)
    return "\n".join(lines).rstrip() + "\n"


def _totals(report: Report) -> Iterator[str]:
    counts = totals(report)
    yield from _table(
        ("", "count"),
        [
            ("documents", counts.documents),
            ("aligned pairs", counts.pairs),
            ("links", counts.links),
            ("sentences", counts.sentences),
            *([("pages", counts.pages)] if counts.pages else []),
            ("waiting for their original", counts.waiting),
            ("refused", counts.refused),
        ],
    )


def _refused(refused: Sequence[Refused]) -> Iterator[str]:
    if refused:
        yield from ("## Refused", "")
        rows = [(one.label, f"`{one.code}`", one.message, one.remedy) for one in refused]
        yield from _table(("what", "code", "why", "what to do"), rows)


def _waiting(report: Report) -> Iterator[str]:
    if report.waiting:
        yield from ("## Waiting for their original", "", "In the corpus, but not aligned.", "")
        symbols = {document.identifier: ", ".join(document.meta.symbols) for document in report.documents}
        yield from (f"- {symbols[identifier]} ({identifier})" for identifier in report.waiting)
        yield ""


def _relations(documents: Sequence[DocumentRecord]) -> Iterator[str]:
    relations = relations_between([document.component for document in documents])
    replaced = [document for document in documents if document.meta.source.replaces]
    if relations or replaced:
        yield from ("## Related documents", "", "A document that is superseded stays in the corpus.", "")
        yield from (f"- {one.active} {one.name} {one.passive}" for one in relations)
        for document in replaced:
            former = ", ".join(digest[:_DIGEST] for digest in document.meta.source.replaces)
            yield f"- {document.identifier} was issued again: its file replaces {former}"
        yield ""


def _pairs(pairs: Sequence[PairRecord]) -> Iterator[str]:
    if not pairs:
        return
    types = sorted({kind for pair in pairs for kind in pair.types}, key=lambda kind: [int(n) for n in kind.split("-")])
    yield from ("## Alignment", "")
    persons = any(pair.fixed or pair.confirmed for pair in pairs)
    rows = [
        (
            pair.name,
            pair.links,
            *(pair.types.get(kind, 0) for kind in types),
            "" if pair.mean_score is None else f"{pair.mean_score:.3f}",
            pair.doubtful_count,
            *((pair.fixed, pair.confirmed) if persons else ()),
        )
        for pair in pairs
    ]
    head = ("pair", "links", *types, "mean score", "doubtful", *(("fixed", "confirmed") if persons else ()))
    yield from _table(head, rows)
    if persons:
        yield from ("A person has fixed or confirmed some links: they have no part in the mean.", "")
    yield from (
        "The mean is over links with two sides. Methods: " + ", ".join(f"`{one}`" for one in _methods(pairs)),
        "",
    )
    doubtful = [(pair.name, link) for pair in pairs for link in pair.doubtful]
    if doubtful:
        yield from ("### Doubtful links", "", "The least certain of each pair.", "")
        yield from _table(("pair", "source", "target", "score"), [_doubtful(name, link) for name, link in doubtful])


def _methods(pairs: Sequence[PairRecord]) -> list[str]:
    return sorted({method for pair in pairs for method in pair.methods})


def _doubtful(name: str, link: Link) -> tuple[str, str, str, str]:
    return name, " ".join(link.source_ids), " ".join(link.target_ids), f"{link.score:.3f}"


def _documents(documents: Sequence[DocumentRecord]) -> Iterator[str]:
    if documents:
        yield from ("## Documents", "")
    for document in documents:
        meta = document.meta
        yield from (f"### {document.identifier}", "")
        facts = (
            ("file", document.label),
            ("from", meta.source.url),
            ("retrieved", meta.source.retrieved_at),
            ("symbols", ", ".join(meta.symbols)),
            ("genre", meta.genre.value),
            ("title", meta.title),
            ("submitter", meta.submitter),
            ("session", meta.session),
            ("issued", meta.dates.issued),
            ("meeting", _span(document)),
            ("blocks", ", ".join(f"{count} {kind.value}" for kind, count in document.kinds.items())),
            ("pages", meta.source.pages),
            ("numbered blocks", document.numbered),
            ("turns", document.turns or None),
            ("sentences", document.sentences),
            ("with a place on a page", document.placed or None),
            ("findings", _severities(document.findings)),
        )
        yield from _table(("", ""), [(name, value) for name, value in facts if value is not None])


def _span(document: DocumentRecord) -> str | None:
    meeting = document.meta.dates.meeting
    if meeting is None:
        return None
    return f"{meeting.from_}" if meeting.from_ == meeting.to else f"{meeting.from_} to {meeting.to}"


def _severities(findings: Sequence[Finding]) -> str | None:
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    return ", ".join(f"{count} {severity.value}" for severity, count in counts.items() if count) or None


def _all_findings(report: Report) -> Iterator[tuple[str, Finding]]:
    yield from (("", finding) for finding in report.general)
    yield from ((one.identifier, finding) for one in report.documents for finding in one.findings)
    yield from ((one.name, finding) for one in report.aligned for finding in one.findings)


def _doubts(report: Report) -> Iterator[str]:
    by_code: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    for name, finding in _all_findings(report):
        if not _is_correction(finding):
            by_code[finding.code].append((name, finding))
    if by_code:
        yield from ("## Findings", "", "Each drop, doubt and repair, by its code (docs/findings.md).", "")
    codes = finding_codes()
    for code, found in sorted(by_code.items()):
        entry = codes[code]
        yield from (f"### {code} ({len(found)}, {entry.severity})", "", f"{entry.meaning}. *{entry.remedy}.*", "")
        yield from _examples(found)


def _examples(found: Sequence[tuple[str, Finding]]) -> Iterator[str]:
    for name, finding in found[:_EXAMPLES]:
        place = ", ".join(part for part in (name, finding.where) if part)
        yield f"- {place}: {_shortened(finding.message)}" if place else f"- {_shortened(finding.message)}"
    if len(found) > _EXAMPLES:
        yield f"- and {len(found) - _EXAMPLES} more"
    yield ""


def _is_correction(finding: Finding) -> bool:
    return finding.code.startswith(("correction-", "corrections-"))


def _corrections(report: Report) -> Iterator[str]:
    rows = [
        (name, finding.where, finding.code.partition("-")[2], finding.message)
        for name, finding in _all_findings(report)
        if _is_correction(finding)
    ]
    if rows:
        yield from ("## Corrections", "")
        yield from _table(("document or pair", "where", "", "what"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_shortened(str(cell)) for cell in row)} |"
    yield ""


def _shortened(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
    return line if len(line) <= _CELL else f"{line[: _CELL - 1]}…"
