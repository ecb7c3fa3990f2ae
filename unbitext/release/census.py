"""Counting what is released and writing down what is not: `excluded.jsonl`."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from schemas.base import Model
from unbitext.export.files import TextFiles
from unbitext.export.records import PairRecord, ReadRow
from unbitext.release.distributions import Distributions, DistributionTally
from unbitext.release.filters import REASONS
from unbitext.release.spool import Spool
from unbitext.release.writing import RowDigest, digest_rows

EXCLUDED = "excluded.jsonl"

Counts = tuple[tuple[str, int], ...]
"""Names and how often each occurs."""


class Part(Model):
    """What a split of a language pair holds. Characters include spaces."""

    languages: str
    split: str
    pairs: int
    rows: int
    source_characters: int
    target_characters: int


class Census(Model):
    """Counts of a release.

    `links` are all links of the corpus: those that are rows and those that are excluded. `reasons` count every reason,
    of which a row may have several. Genres and bodies count pairs, methods and `row_findings` rows, `document_findings`
    documents. The two days are those of the oldest and the newest pair that bears a date. `distributions` are empty in
    a release that was made before there was a report.
    """

    documents: int
    pairs: int
    pairs_without_rows: int
    links: int
    excluded: int
    reasons: Counts
    rows: RowDigest
    parts: tuple[Part, ...]
    genres: Counts
    bodies: Counts
    methods: Counts
    row_findings: Counts
    document_findings: Counts
    first_day: str | None
    last_day: str | None
    distributions: Distributions = Distributions()


def take_census(spool: Path, folder: Path) -> Census:
    """Count, and write the excluded rows to `excluded.jsonl` in `folder`."""
    tally = _Tally()
    files = TextFiles(folder)
    files.write(EXCLUDED, "")
    with Spool(spool) as opened:
        documents, pairs = opened.count()
        for document in opened.documents():
            tally.document_findings.update(document.row.findings)
            tally.distributions.add_document(document)

        def rows() -> Iterator[ReadRow]:
            for pair in opened.pairs():
                files.write(EXCLUDED, "".join(f"{row.model_dump_json()}\n" for row in pair.excluded))
                tally.add(pair)
                for row in pair.rows:
                    yield ReadRow.model_construct(id=row.id, source_text=row.source_text, target_text=row.target_text)

        digest = digest_rows(rows())
    files.close()
    return tally.census(documents, pairs, digest)


class _Tally:
    def __init__(self) -> None:
        self.document_findings: Counter[str] = Counter()
        self.distributions = DistributionTally()
        self._parts: dict[tuple[str, str], list[int]] = {}
        self._reasons: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._genres: Counter[str] = Counter()
        self._bodies: Counter[str] = Counter()
        self._methods: Counter[str] = Counter()
        self._days: tuple[str, str] | None = None
        self._empty = self._links = self._excluded = 0

    def add(self, pair: PairRecord) -> None:
        """Count a pair."""
        self.distributions.add_pair(pair)
        self._links += len(pair.rows) + len(pair.excluded)
        self._excluded += len(pair.excluded)
        self._reasons.update(code for row in pair.excluded for code in row.reasons)
        if not pair.rows:
            self._empty += 1
            return
        first = pair.rows[0]
        self._genres[first.genre.value] += 1
        self._bodies[first.body or "unknown"] += 1
        if first.date is not None:
            day = first.date.isoformat()
            self._days = (day, day) if self._days is None else (min(self._days[0], day), max(self._days[1], day))
        self._methods.update(row.method for row in pair.rows)
        self._findings.update(code for row in pair.rows for code in row.findings)
        part = self._parts.setdefault(("-".join(pair.languages), pair.split), [0, 0, 0, 0])
        sizes = 1, len(pair.rows), *(sum(len(getattr(row, side)) for row in pair.rows) for side in _SIDES)
        part[:] = [before + more for before, more in zip(part, sizes, strict=True)]

    def census(self, documents: int, pairs: int, digest: RowDigest) -> Census:
        """All that was counted."""
        return Census(
            documents=documents,
            pairs=pairs,
            pairs_without_rows=self._empty,
            links=self._links,
            excluded=self._excluded,
            reasons=tuple((code, self._reasons[code]) for code in REASONS if self._reasons[code]),
            rows=digest,
            parts=tuple(
                Part(
                    languages=key[0],
                    split=key[1],
                    pairs=counts[0],
                    rows=counts[1],
                    source_characters=counts[2],
                    target_characters=counts[3],
                )
                for key, counts in sorted(self._parts.items())
            ),
            genres=_sorted(self._genres),
            bodies=_sorted(self._bodies),
            methods=_sorted(self._methods),
            row_findings=_sorted(self._findings),
            document_findings=_sorted(self.document_findings),
            first_day=None if self._days is None else self._days[0],
            last_day=None if self._days is None else self._days[1],
            distributions=self.distributions.distributions(),
        )


_SIDES = "source_text", "target_text"


def _sorted(counts: Counter[str]) -> Counts:
    return tuple(sorted(counts.items()))
