"""How what is released is distributed: the counts that the report draws, gathered a record at a time."""

from bisect import bisect_right
from collections import Counter

from schemas.base import Model
from schemas.rows import Segment
from unbitext.export.records import DocumentRecord, PairRecord

SCORE_BOUNDS = tuple(step / 20 for step in range(1, 20))
"""Between the bins of scores; a score on a bound is in the bin above it."""

RATIO_BOUNDS = tuple(round(2 ** (step / 4), 3) for step in range(-12, 17))
"""Between the bins of length ratios, characters of the original by those of the translation: four to each doubling."""


class DocumentCount(Model):
    """Documents of a body, a year and a language, in pairs or not. What a document does not say is None."""

    body: str | None
    year: int | None
    language: str | None
    documents: int
    sentences: int


class SpeechCount(Model):
    """Speeches for a State or an organisation in documents of a language; `state` is None where none is told."""

    state: str | None
    language: str | None
    speeches: int


class Coverage(Model):
    """What a language has in the pairs of two languages: documents with a row, and sentences in rows."""

    languages: str
    language: str
    documents: int
    sentences: int


class Histogram(Model):
    """Links with text on both sides by bins, the lowest first: those that are rows and those that are left out."""

    languages: str
    rows: tuple[int, ...]
    left_out: tuple[int, ...]


class Distributions(Model):
    """All of them, sorted. Bins are those between `SCORE_BOUNDS` and `RATIO_BOUNDS`, and beyond them."""

    documents: tuple[DocumentCount, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    scores: tuple[Histogram, ...] = ()
    length_ratios: tuple[Histogram, ...] = ()
    speeches: tuple[SpeechCount, ...] = ()


class DistributionTally:
    """Counts documents and pairs as they come; keeps none of them."""

    def __init__(self) -> None:
        self._documents: Counter[tuple[str | None, int | None, str | None]] = Counter()
        self._sentences: Counter[tuple[str | None, int | None, str | None]] = Counter()
        self._speeches: Counter[tuple[str | None, str | None]] = Counter()
        self._covered: Counter[tuple[str, str]] = Counter()
        self._covered_sentences: Counter[tuple[str, str]] = Counter()
        self._scores: dict[str, tuple[list[int], list[int]]] = {}
        self._ratios: dict[str, tuple[list[int], list[int]]] = {}

    def add_document(self, document: DocumentRecord) -> None:
        """Count a document and its speeches."""
        row = document.row
        key = row.body, None if row.date is None else row.date.year, row.language
        self._documents[key] += 1
        self._sentences[key] += row.sentences
        self._speeches.update((speech.state, row.language) for speech in document.speeches)

    def add_pair(self, pair: PairRecord) -> None:
        """Count the links of a pair."""
        if not (pair.rows or pair.excluded):
            return
        source, target = pair.languages
        languages = f"{source}-{target}"
        if pair.rows:
            self._covered.update([(languages, source), (languages, target)])
            self._covered_sentences[languages, source] += sum(len(row.source_ids) for row in pair.rows)
            self._covered_sentences[languages, target] += sum(len(row.target_ids) for row in pair.rows)
        scores = self._scores.setdefault(languages, _empty(len(SCORE_BOUNDS) + 1))
        ratios = self._ratios.setdefault(languages, _empty(len(RATIO_BOUNDS) + 1))
        for is_left_out, links in enumerate((pair.rows, pair.excluded)):
            for link in links:
                if link.source_text and link.target_text:
                    scores[is_left_out][bisect_right(SCORE_BOUNDS, link.score)] += 1
                    ratios[is_left_out][bisect_right(RATIO_BOUNDS, _ratio(link))] += 1

    def distributions(self) -> Distributions:
        """All that was counted."""
        return Distributions(
            documents=tuple(
                DocumentCount(
                    body=body,
                    year=year,
                    language=language,
                    documents=count,
                    sentences=self._sentences[body, year, language],
                )
                for (body, year, language), count in sorted(self._documents.items(), key=_order)
            ),
            coverage=tuple(
                Coverage(
                    languages=languages,
                    language=language,
                    documents=count,
                    sentences=self._covered_sentences[languages, language],
                )
                for (languages, language), count in sorted(self._covered.items())
            ),
            scores=_histograms(self._scores),
            length_ratios=_histograms(self._ratios),
            speeches=tuple(
                SpeechCount(state=state, language=language, speeches=count)
                for (state, language), count in sorted(self._speeches.items(), key=_order)
            ),
        )


def _ratio(link: Segment) -> float:
    return len(link.target_text) / len(link.source_text)


def _empty(bins: int) -> tuple[list[int], list[int]]:
    return [0] * bins, [0] * bins


def _histograms(counts: dict[str, tuple[list[int], list[int]]]) -> tuple[Histogram, ...]:
    return tuple(
        Histogram(languages=languages, rows=tuple(rows), left_out=tuple(left_out))
        for languages, (rows, left_out) in sorted(counts.items())
    )


def _order(item: tuple[tuple[str | int | None, ...], int]) -> tuple[tuple[bool, str], ...]:
    """Sort by the parts of the key; what is not known comes last. Years have four digits."""
    return tuple((part is None, "" if part is None else str(part)) for part in item[0])
