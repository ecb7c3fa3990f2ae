"""`README.md` of a release: the dataset card, with the YAML header that Hugging Face reads."""

import json
from collections.abc import Iterable, Iterator, Sequence

from schemas.finding_codes import finding_codes
from unbitext.export.records import SPLITS
from unbitext.release.accuracy import shipped_accuracy
from unbitext.release.citation import TITLE
from unbitext.release.fields import LEVELS, fields_of, meaning
from unbitext.release.filters import REASONS
from unbitext.release.manifest import Manifest
from unbitext.release.report_page import REPORT
from unbitext.release.terms_of_use import LICENCE_URL, TERMS

_SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
_SIZE_NAMES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B")

_HOLDS = {
    "tei": "the corpus itself: TEI P5, the one truth that all else is made from",
    "parquet": "levels sentence, paragraph, document as configurations of `datasets`",
    "jsonl": "a row a line",
    "tmx": "TMX 1.4b, for translation memories",
    "moses": "parallel lines, with a file of ids",
    "xces": "XCES as OPUS has it",
    "tsv": "tables of documents, speeches and segments",
    "xliff": "XLIFF 2.1, a file a pair of documents",
    "vertical": "for corpus query engines",
    "tbx": "terms",
}


def card_text(manifest: Manifest, languages: Sequence[str]) -> str:
    """The file's text; `languages` are BCP 47 tags."""
    return "\n".join((*_header(manifest, languages), "", *_body(manifest, languages))) + "\n"


def _header(manifest: Manifest, languages: Sequence[str]) -> Iterator[str]:
    rows = manifest.census.rows.rows
    size = _SIZE_NAMES[sum(rows >= bound for bound in _SIZES)]
    yield "---"
    yield f"pretty_name: {json.dumps(TITLE)}"
    yield from _items("language", [tag.partition("-")[0] for tag in languages])
    yield from _items("language_bcp47", languages)
    yield "license: other"
    yield "license_name: united-nations-terms-of-use"
    yield f"license_link: {LICENCE_URL}"
    yield from _items("multilinguality", ["translation"])
    yield from _items("task_categories", ["translation"])
    yield from _items("size_categories", [size])
    yield from _items("annotations_creators", ["machine-generated"])
    yield from _items("source_datasets", ["original"])
    if "parquet" in {report.name for report in manifest.formats}:
        splits = [split for split in SPLITS if any(part.split == split for part in manifest.census.parts)]
        yield "configs:"
        for level in LEVELS:
            yield f"- config_name: {level}"
            if level == "sentence":
                yield "  default: true"
            yield "  data_files:"
            for split in splits:
                yield f"  - split: {split}"
                yield f"    path: parquet/{level}/{split}-*.parquet"
    yield "---"


def _items(key: str, values: Iterable[str]) -> Iterator[str]:
    yield f"{key}:"
    yield from (f"- {value}" for value in dict.fromkeys(values))


def _body(manifest: Manifest, languages: Sequence[str]) -> Iterator[str]:
    census = manifest.census
    yield f"# {TITLE}, version {manifest.version}"
    yield ""
    yield (
        f"{census.pairs} pairs of documents in {' and '.join(languages)}, {census.rows.rows} aligned segments, made by "
        f"{manifest.program}"
        + (f" on {manifest.date.isoformat()}" if manifest.date else "")
        + (f"; documents from {census.first_day} to {census.last_day}." if census.first_day else ".")
    )
    yield "Each row can be traced to its document, paragraph, speech and, where the source has pages, its page."
    yield f"[`{REPORT}`]({REPORT}) shows what is in it as pictures."
    yield from _formats(manifest)
    yield from _size(manifest)
    yield from _excluded(manifest)
    yield from _splits(manifest)
    yield from _fields()
    yield from _made(manifest)
    yield from _accuracy()
    yield from _defects(manifest)
    yield from ("", "## Licence and terms", "", TERMS.rstrip())
    yield from ("", "## Citation", "", "`CITATION.cff` says how. `SHA256SUMS` holds the digest of every file:")
    yield "`sha256sum --check SHA256SUMS`, or `unbitext validate` on the folder, proves a download whole."


def _formats(manifest: Manifest) -> Iterator[str]:
    yield from ("", "## Formats", "", "Every format holds the same rows, or the table says what else.", "")
    rows = []
    for report in manifest.formats:
        held = f"{report.rows.rows} rows" if report.rows else f"{report.entries} terms" if report.entries else "-"
        if report.name == "tei":
            held = f"{manifest.census.links} links, of which {manifest.census.excluded} are no rows"
        rows.append((f"`{report.name}/`", _HOLDS[report.name], held, report.difference))
    yield from _table(("folder", "what", "holds", "besides"), rows)
    yield from _held_fields(manifest)
    if any(report.name == "parquet" for report in manifest.formats):
        yield from ("", "```python", "from datasets import load_dataset", "")
        yield from ('load_dataset("PATH", "sentence")  # or "paragraph", "document"', "```")


def _held_fields(manifest: Manifest) -> Iterator[str]:
    every = fields_of("sentence")
    whole = [f"`{report.name}`" for report in manifest.formats if set(report.fields) == set(every)]
    yield ""
    yield f"A row has {len(every)} [fields](#fields). All of them are in: {', '.join(whole) or 'no format here'}."
    for report in manifest.formats:
        if 0 < len(report.fields) < len(every):
            yield f"`{report.name}` holds {len(report.fields)}: {', '.join(f'`{name}`' for name in report.fields)}."


def _size(manifest: Manifest) -> Iterator[str]:
    census = manifest.census
    yield from ("", "## Size", "")
    yield from _table(
        ("languages", "split", "pairs of documents", "rows", "characters, translation", "characters, original"),
        [
            (
                part.languages,
                part.split,
                str(part.pairs),
                str(part.rows),
                str(part.source_characters),
                str(part.target_characters),
            )
            for part in census.parts
        ],
    )
    yield ""
    yield (
        f"The corpus has {census.documents} documents, some of which wait for their counterpart, and {census.links} "
        f"links. {census.pairs_without_rows} pairs have no row that is fit."
    )
    yield from ("", *_table(("genre", "pairs"), [(name, str(count)) for name, count in census.genres]))
    yield from ("", *_table(("body", "pairs"), [(name, str(count)) for name, count in census.bodies]))


def _excluded(manifest: Manifest) -> Iterator[str]:
    census, filters = manifest.census, manifest.filters
    yield from ("", "## What is left out, and why", "")
    yield f"{census.excluded} of {census.links} links are no rows; each is in `excluded.jsonl` with its reasons."
    yield (
        f"Rows have a score of {filters.min_score:g} or more and at most {filters.max_characters} characters a side. "
        f"Reasons that did not count: {', '.join(filters.keep) or 'none'}."
    )
    rows = [(f"`{code}`", str(count), REASONS[code].meaning) for code, count in census.reasons]
    yield from ("", *_table(("reason", "links", "meaning"), rows))


def _splits(manifest: Manifest) -> Iterator[str]:
    splits = manifest.splits
    yield from ("", "## Splits", "")
    yield (
        f"By document: {splits.test:.0%} of the families go to test, {splits.validation:.0%} to validation. A "
        "document, its addenda, revisions and corrigenda, in all languages, are one family; families with nearly the "
        "same text go together. The split of a family is told by a hash of its symbol, and does not change when "
        "documents are added, unless an older one that is nearly the same comes in. No row of one split is nearly the "
        "same as one of another."
    )
    if splits.held_out:
        yield f"{len(splits.held_out)} documents or symbols were held out for testing by name."
    if manifest.not_found:
        yield f"Of these the corpus has no: {', '.join(manifest.not_found)}."


def _fields() -> Iterator[str]:
    yield from ("", "## Fields", "", "A field that the document says nothing of is null, or an empty list.")
    seen: set[str] = set()
    for level in LEVELS:
        own = [name for name in fields_of(level) if name not in seen]
        seen.update(own)
        more = "" if level == "sentence" else ", beside those above"
        yield from ("", f"### Level {level}{more}", "")
        yield from _table(("field", "meaning"), [(f"`{name}`", meaning(name)) for name in own])


def _made(manifest: Manifest) -> Iterator[str]:
    yield from ("", "## How it was made", "")
    yield (
        "Documents are parsed into blocks, speeches and sentences, aligned inside their structure (numbers, headings, "
        "speeches, notes) by a dynamic programme over length and lexicon, encoded in TEI and validated. Each row names "
        "its method by signature:"
    )
    rows = [(f"`{name}`".replace("|", "\\|"), str(count)) for name, count in manifest.census.methods]
    yield from ("", *_table(("method", "rows"), rows), "")
    libraries = ", ".join(f"{library.name} {library.version}" for library in manifest.libraries)
    yield (
        f"The same corpus, options and libraries ({libraries}) give the same bytes. The corpus is the one whose "
        f"`tei/corpus.xml` has the sha256 `{manifest.corpus_sha256}`; `manifest.json` holds all options and counts."
    )


def _accuracy() -> Iterator[str]:
    accuracy = shipped_accuracy()
    yield from ("", "## Accuracy", "")
    yield (
        "Measured with the aligner that ships, on texts aligned by people, not on this corpus; its signature is "
        f"`{accuracy.signature}`."
    )
    for table in accuracy.tables:
        yield from ("", f"{table.title}:", "")
        yield from _table(table.header, table.rows)


def _defects(manifest: Manifest) -> Iterator[str]:
    census = manifest.census
    yield from ("", "## Known defects", "")
    yield "- Scores are probabilities: of rows scored .9, one in ten may be wrong, and wrong rows are among them."
    yield "- A paragraph or a document from which a row is left out has a gap there (`is_complete` is false)."
    if census.row_findings or census.document_findings:
        yield "- What checks doubt in rows and documents that are in this release (codes of docs/findings.md):"
    known = finding_codes()
    for title, counts in (("rows", census.row_findings), ("documents", census.document_findings)):
        rows = [(f"`{code}`", str(count), known[code].meaning if code in known else "") for code, count in counts]
        if rows:
            yield from ("", *_table(("finding", title, "meaning"), rows))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
