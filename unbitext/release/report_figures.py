"""The figures of the report: which counts are drawn, how, and the table that says the same."""

from collections import Counter
from collections.abc import Iterator, Sequence

from schemas.base import Model
from schemas.bodies import bodies
from schemas.languages import language_name
from schemas.states import states_and_organisations
from unbitext.release.charts import Chart, Series, bars, columns, matrix
from unbitext.release.distributions import RATIO_BOUNDS, SCORE_BOUNDS, Histogram
from unbitext.release.manifest import Manifest

_MOST_BARS = 25
"""The rest is not drawn, for a page that can be read; tables have all."""

_MOST_YEARS = 100
"""Beyond it years without documents are no columns: a misread year must not draw a thousand."""


class Figure(Model):
    """A drawing (SVG) and its table: `rows` begin with names and go on with numbers. Nothing to show: no rows."""

    key: str
    title: str
    note: str
    drawing: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def figures(manifest: Manifest) -> Iterator[Figure]:
    """Yield them in the order of the page."""
    found = manifest.census.distributions
    by_body: Counter[tuple[str, str]] = Counter()
    by_year: Counter[tuple[str, str]] = Counter()
    by_both: Counter[tuple[str, str]] = Counter()
    for each in found.documents:
        body, year, language = _body(each.body), _year(each.year), _language(each.language)
        by_body[body, language] += each.documents
        by_year[year, language] += each.documents
        by_both[body, year] += each.documents
    yield _bars("bodies", "Documents by body", "Documents of each body, told by the symbol.", "body", by_body)
    yield _years(by_year)
    yield _bodies_and_years(by_both)
    yield from _coverage(manifest)
    threshold = manifest.filters.min_score
    for histogram in found.length_ratios:
        yield _length_ratios(histogram)
    for histogram in found.scores:
        yield _scores(histogram, threshold)
    speeches: Counter[tuple[str, str]] = Counter()
    for speech in found.speeches:
        speeches[_state(speech.state), _language(speech.language)] += speech.speeches
    note = "Speeches for each State or organisation, by the language of the record; a meeting may have several records."
    yield _bars("speeches", "Speeches by State", note, "State or organisation", speeches)


def _body(code: str | None) -> str:
    return "no body told" if code is None else bodies()[code].name() if code in bodies() else code


def _state(code: str | None) -> str:
    known = states_and_organisations()
    return "no State told" if code is None else known[code].name() if code in known else code


def _language(code: str | None) -> str:
    return "no language told" if code is None else language_name(code) or code


def _year(year: int | None) -> str:
    return "no date" if year is None else f"{year:04}"


def _bars(key: str, title: str, note: str, what: str, counts: Counter[tuple[str, str]]) -> Figure:
    """Bars of names by languages, the longest first."""
    sums: Counter[str] = Counter()
    for (name, _), count in counts.items():
        sums[name] += count
    languages = sorted({language for _, language in counts})
    names = sorted(sums, key=lambda name: (-sums[name], name))
    drawn, rest = names[:_MOST_BARS], names[_MOST_BARS:]
    if rest:
        note += f" The {_MOST_BARS} largest are drawn; the table has the {len(rest)} others, too."
    chart = Chart(
        key=f"{key}-chart",
        title=title,
        description=f"Bars, the longest first. {_leaders(names, sums)}",
        names=tuple(drawn),
        series=tuple(
            Series(name=language, values=tuple(counts[name, language] for name in drawn)) for language in languages
        ),
    )
    rows = tuple((name, *(counts[name, language] for language in languages)) for name in names)
    return Figure(
        key=key, title=title, note=note, drawing=bars(chart, are_stacked=True), header=(what, *languages), rows=rows
    )


def _leaders(names: Sequence[str], sums: Counter[str]) -> str:
    told = ", ".join(f"{name} {sums[name]:,}" for name in names[:3])
    return f"Of {len(names)} the first are {told}." if told else "There is none."


def _years(counts: Counter[tuple[str, str]]) -> Figure:
    languages = sorted({language for _, language in counts})
    names = _all_years({year for year, _ in counts})
    title = "Documents by year"
    chart = Chart(
        key="years-chart",
        title=title,
        description=f"Columns, one a year, from {names[0]} to {names[-1]}." if names else "There is none.",
        names=_thinned(names),
        series=tuple(
            Series(name=language, values=tuple(counts[name, language] for name in names)) for language in languages
        ),
    )
    rows = [(name, *(counts[name, language] for language in languages)) for name in names]
    return Figure(
        key="years",
        title=title,
        note="Documents by the year of issue, or of the meeting.",
        drawing=columns(chart),
        header=("year", *languages),
        rows=tuple(row for row in rows if any(row[1:])),
    )


def _all_years(found: set[str]) -> tuple[str, ...]:
    """The years from the first to the last, then what bears no date."""
    years = sorted(int(year) for year in found if year.isdecimal())
    if years and years[-1] - years[0] < _MOST_YEARS:
        years = list(range(years[0], years[-1] + 1))
    return (*map(_year, years), *(["no date"] if "no date" in found else []))


def _thinned(names: Sequence[str], most: int = 16) -> tuple[str, ...]:
    """The names with most of them empty where they would not fit; the last without a number stays."""
    step = max(-(-len(names) // most), 1)
    shown = [name if index % step == 0 else "" for index, name in enumerate(names)]
    if names and not names[-1].isdecimal():
        if step > 1:
            shown[-2 * step + 1 :] = [""] * len(shown[-2 * step + 1 :])
        shown[-1] = names[-1]
    return tuple(shown)


def _bodies_and_years(counts: Counter[tuple[str, str]]) -> Figure:
    sums: Counter[str] = Counter()
    for (body, _), count in counts.items():
        sums[body] += count
    names = sorted(sums, key=lambda name: (-sums[name], name))
    years = _all_years({year for _, year in counts})
    title = "Documents by body and year"
    drawn = names[:_MOST_BARS]
    note = "The area of a dot is the number of documents in all languages."
    if len(names) > len(drawn):
        note += f" The {_MOST_BARS} largest bodies are drawn; the table has all."
    chart = Chart(
        key="bodies-and-years-chart",
        title=title,
        description=f"Dots, bodies down and years across. {_leaders(names, sums)}",
        names=_thinned(years, 12),
        series=tuple(Series(name=body, values=tuple(counts[body, year] for year in years)) for body in drawn),
    )
    rows = tuple((body, year, counts[body, year]) for body in names for year in years if counts[body, year])
    return Figure(
        key="bodies-and-years",
        title=title,
        note=note,
        drawing=matrix(chart),
        header=("body", "year", "documents"),
        rows=rows,
    )


def _coverage(manifest: Manifest) -> Iterator[Figure]:
    found = manifest.census.distributions
    documents: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    for each in found.documents:
        documents[_language(each.language)] += each.documents
        sentences[_language(each.language)] += each.sentences
    covered = {
        language: [each for each in found.coverage if _language(each.language) == language]
        for language in sorted(documents)
    }
    several = len({each.languages for each in found.coverage}) > 1
    for what, totals in (("documents", documents), ("sentences", sentences)):
        rows = [
            (f"{language} ({part.languages})" if several else language, totals[language], getattr(part, what))
            for language, parts in covered.items()
            for part in parts
        ]
        rows += [(language, totals[language], 0) for language, parts in covered.items() if not parts]
        title = f"Coverage by language: {what}"
        told = "; ".join(f"{name}: {held:,} of {whole:,}" for name, whole, held in rows)
        header = (f"all {what}", "with rows" if what == "documents" else "in rows")
        chart = Chart(
            key=f"coverage-{what}-chart",
            title=title,
            description=f"Two bars a language: {header[0]}, and those {header[1]}. {told}.",
            names=tuple(row[0] for row in rows),
            series=(
                Series(name=header[0], values=tuple(row[1] for row in rows)),
                Series(name=header[1], values=tuple(row[2] for row in rows)),
            ),
        )
        yield Figure(
            key=f"coverage-{what}",
            title=title,
            note=f"All {what} of the corpus in a language, and those {header[1]} of this release.",
            drawing=bars(chart),
            header=("language", *header),
            rows=tuple(rows),
        )


def _pair(languages: str) -> str:
    return " and ".join(_language(code) for code in languages.split("-"))


def _length_ratios(histogram: Histogram) -> Figure:
    bins = [sum(both) for both in zip(histogram.rows, histogram.left_out, strict=True)]
    held = [index for index, count in enumerate(bins) if count] or [0]
    first, last = held[0], held[-1]
    source, target = (_language(code) for code in histogram.languages.split("-"))
    return _histogram(
        histogram,
        ("length-ratios", "Length ratios"),
        f"Characters of the {target} side for each of the {source} side, four bins to a doubling; links with text on "
        "both sides.",
        ["0", *(f"{bound:.2f}" for bound in RATIO_BOUNDS)],
        (first, last + 1),
        None,
    )


def _scores(histogram: Histogram, threshold: float) -> Figure:
    return _histogram(
        histogram,
        ("scores", "Scores"),
        f"Links with text on both sides by score. Those below the threshold of {threshold:g} are left out unless a "
        "person gave them; others are left out for other reasons.",
        ["0", *(f"{bound:.2f}" for bound in SCORE_BOUNDS)],
        (0, len(SCORE_BOUNDS) + 1),
        (threshold * (len(SCORE_BOUNDS) + 1), f"threshold {threshold:g}"),
    )


def _histogram(
    histogram: Histogram,
    names: tuple[str, str],
    note: str,
    edges: Sequence[str],
    bins: tuple[int, int],
    mark: tuple[float, str] | None,
) -> Figure:
    """Columns of the bins from the first up to the second of `bins`; `edges` are where each bin begins."""
    first, end = bins
    key, title = f"{names[0]}-{histogram.languages}", f"{names[1]}, {_pair(histogram.languages)}"
    rows, left_out = histogram.rows[first:end], histogram.left_out[first:end]
    largest = max(range(len(rows)), key=lambda index: rows[index] + left_out[index])
    ranges = [
        f"{edge} to {edges[first + index + 1]}" if first + index + 1 < len(edges) else f"{edge} and more"
        for index, edge in enumerate(edges[first:end])
    ]
    chart = Chart(
        key=f"{key}-chart",
        title=title,
        description=f"Columns: {sum(rows):,} rows and {sum(left_out):,} links left out, most of them at "
        f"{ranges[largest]}." + (f" A dashed line marks the {mark[1]}." if mark else ""),
        names=tuple(edge if index % 2 == 0 else "" for index, edge in enumerate(edges[first:end])),
        series=(Series(name="rows", values=rows), Series(name="left out", values=left_out)),
    )
    return Figure(
        key=key,
        title=title,
        note=note,
        drawing=columns(chart, mark, are_bins=True),
        header=(names[1].lower(), "rows", "left out"),
        rows=tuple(zip(ranges, rows, left_out, strict=True)),
    )
