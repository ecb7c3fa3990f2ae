"""`report.html` of a release: what is in it as pictures, each with its numbers as a table.

One file that needs no network and no script: well-formed as XML and as HTML, for screens, paper and screen readers.
"""

from collections.abc import Iterator, Sequence

from unbitext.release.charts import safe
from unbitext.release.citation import TITLE
from unbitext.release.manifest import Manifest
from unbitext.release.report_figures import Figure, figures

REPORT = "report.html"

_STYLE = """
body { font: 16px/1.45 sans-serif; color: #111; background: #fff; max-width: 760px; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em } h2 { font-size: 1.2em; margin-top: 2em }
figure { margin: 0 }
figcaption { margin-bottom: .5em }
svg { display: block; max-width: 100%; height: auto }
table { border-collapse: collapse; font-size: .85em; margin: .8em 0 }
caption { text-align: left; font-style: italic; padding: .2em 0 }
th, td { border-bottom: 1px solid #999; padding: .15em .7em .15em 0; text-align: left; vertical-align: top }
td { text-align: right; font-variant-numeric: tabular-nums }
th[scope=row] { font-weight: normal }
@media screen and (max-width: 700px) {
  .chart { overflow-x: auto }
  .chart svg { max-width: none }
}
@media print {
  body { font-size: 10pt; max-width: none; margin: 0 }
  h2, figcaption, caption { break-after: avoid }
  svg { max-height: 20cm }
  svg, tr { break-inside: avoid }
  thead { display: table-header-group }
}
"""


def report_page(manifest: Manifest) -> str:
    """The file's text: the manifest's counts drawn."""
    title = f"{TITLE}, version {manifest.version}"
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">',
            "<head>",
            '<meta charset="utf-8"/>',
            # Nothing of another place is ever fetched, whatever a name in the corpus holds.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>",
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
            f"<title>{safe(title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{safe(title)}</h1>",
            *_summary(manifest),
            *(line for figure in figures(manifest) for line in _section(figure)),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _summary(manifest: Manifest) -> Iterator[str]:
    census = manifest.census
    made = f" on {manifest.date.isoformat()}" if manifest.date else ""
    days = f" Documents with rows are from {census.first_day} to {census.last_day}." if census.first_day else ""
    yield f"<p>Made by {safe(manifest.program)}{made}.{days}"
    yield '<a href="README.md">README.md</a> says how, under which terms, and what is wrong with it;'
    yield '<a href="manifest.json">manifest.json</a> has these numbers for programs.</p>'
    yield from _table(
        "What this release holds",
        ("what", "how many"),
        [
            ("documents", census.documents),
            ("pairs of documents", census.pairs),
            ("links", census.links),
            ("of these rows", census.rows.rows),
            ("of these left out", census.excluded),
        ],
    )


def _section(figure: Figure) -> Iterator[str]:
    yield f'<section aria-labelledby="{figure.key}">'
    yield f'<h2 id="{figure.key}">{safe(figure.title)}</h2>'
    if figure.rows:
        yield "<figure>"
        yield f"<figcaption>{safe(figure.note)}</figcaption>"
        # On a narrow screen the chart keeps its size, and this is moved sideways, by keys too.
        yield f'<div class="chart" role="group" aria-label="{safe(figure.title)}" tabindex="0">'
        yield figure.drawing
        yield "</div>"
        yield from _table(f"{figure.title}: the numbers", figure.header, figure.rows)
        yield "</figure>"
    else:
        yield "<p>None in this release.</p>"
    yield "</section>"


def _table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Iterator[str]:
    """A table; each row begins with its names, which are words, and goes on with its numbers."""
    yield f"<table><caption>{safe(caption)}</caption>"
    names = "".join(f'<th scope="col">{safe(name)}</th>' for name in header)
    yield f"<thead><tr>{names}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        yield f"<tr>{''.join(map(_cell, row))}</tr>"
    yield "</tbody></table>"


def _cell(value: str | int) -> str:
    return f'<th scope="row">{safe(value)}</th>' if isinstance(value, str) else f"<td>{value:,}</td>"
