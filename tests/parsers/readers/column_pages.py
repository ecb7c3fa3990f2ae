"""Pages of two columns, and tables that look like them: what they say, and how they are printed.

`python -m tests.parsers.readers.column_pages FOLDER` prints them; it needs WeasyPrint 70 (the extra `specimens`) and,
for notes at the feet of columns, LibreOffice. What it printed lies in `tests/cases/columns/`; tests read that.
"""

import importlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle, islice
from pathlib import Path
from typing import Literal, NamedTuple

from tests.parsers.inventions import invented_sentences

Part = Literal["prose", "heading", "across", "table", "pairs"]
_SIZES = (3, 2, 4, 1, 3, 5, 2)


class Piece(NamedTuple):
    """A paragraph or heading of a column, something across the page, or a table (cells parted by `|`, rows by lines).

    `pairs` are a table without rules whose cells are paragraphs.
    """

    part: Part
    text: str
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """What one file holds, in reading order, and how it is set."""

    pieces: tuple[Piece, ...]
    language: str = "en"
    gap: float = 18
    align: str = "justify"
    level: bool = True
    hyphens: str = "auto"
    program: Literal["weasyprint", "libreoffice"] = "weasyprint"
    balance: bool = True


def _prose(language: str, start: int) -> Iterator[str]:
    """Paragraphs without end, of a few sentences each."""
    between = "" if language == "zh" else " "
    sentences = cycle(invented_sentences(language))
    for _ in range(start):
        next(sentences)
    for size in cycle(_SIZES):
        yield between.join(islice(sentences, size))


def _paragraphs(count: int, language: str = "en", start: int = 0) -> tuple[Piece, ...]:
    return tuple(Piece("prose", text) for text in islice(_prose(language, start), count))


def _noted(pieces: Sequence[Piece], every: int) -> tuple[Piece, ...]:
    """The paragraphs, one in `every` with a note."""
    notes = islice(_prose("en", 5), len(pieces))
    return tuple(
        piece._replace(note=f"See {note}") if index % every == every - 1 else piece
        for index, (piece, note) in enumerate(zip(pieces, notes, strict=True))
    )


def _speeches(count: int) -> tuple[Piece, ...]:
    speakers = cycle(("Mr. Falk (Gull Rock)", "The President", "Ms. Oro (Upper Terrace)"))
    return tuple(
        piece._replace(text=f"{next(speakers)}: {piece.text}") if index % 3 == 0 else piece
        for index, piece in enumerate(_paragraphs(count))
    )


_HEADING = Piece(
    "across", "Agenda item 7 (continued): lamps, ferries and the keeping of the northern register of both harbours"
)
_TABLE = Piece("table", "Lamp|Oil, litres|Wicks|Winters\nHarbour|12|4|9\nTower|7|31|2\nBridge|9|2|5\nGull Rock|22|8|1")
_PAIRS = Piece(
    "pairs",
    "\n".join(
        f"{one}|{other}" for one, other in zip(islice(_prose("en", 2), 9), islice(_prose("en", 9), 9), strict=True)
    ),
)

SHEETS: dict[str, Sheet] = {
    "record": Sheet(_speeches(46)),
    "ragged": Sheet(_speeches(40), align="left", hyphens="manual"),
    "narrow-gutter": Sheet(_speeches(40), gap=9),
    "not-level": Sheet(
        tuple(
            each
            for index, piece in enumerate(_paragraphs(36))
            for each in ((Piece("heading", f"Lamps of harbour {index}"), piece) if index % 5 == 2 else (piece,))
        ),
        level=False,
    ),
    "chinese": Sheet(_paragraphs(44, "zh"), language="zh"),
    "heading-across": Sheet((*_speeches(14), _HEADING, *_paragraphs(12, start=4), _HEADING, *_paragraphs(20, start=9))),
    "table-across": Sheet((*_speeches(14), _TABLE, *_paragraphs(18, start=4))),
    "text-above": Sheet((*(Piece("across", one.text) for one in _paragraphs(4, start=7)), *_paragraphs(14))),
    "column-notes": Sheet(_noted(_paragraphs(34), 5), program="libreoffice"),
    "unbalanced": Sheet(_paragraphs(15), program="libreoffice", balance=False),
    "pairs": Sheet((*(Piece("across", one.text) for one in _paragraphs(2, start=7)), _PAIRS)),
}

_STYLE = """
@page { size: 612pt 792pt; margin: 72pt 72pt 80pt 72pt;
  @bottom-center { content: counter(page); font: 9pt 'Liberation Serif'; } }
body { font: 10pt/12pt 'Liberation Serif', 'Noto Serif CJK SC'; margin: 0; }
p { margin: 0; text-indent: PINDENT; hyphens: HYPHENS; text-align: ALIGN }
h3 { font: bold 10pt/12pt 'Liberation Serif'; margin: HMARGIN }
h2 { font: bold 12pt/14pt 'Liberation Serif'; margin: 10pt 0 }
.across { text-align: justify; margin: 0 0 6pt 0 }
.columns { columns: 2; column-gap: GAPpt }
table { width: 100%; border-collapse: collapse; margin: 8pt 0 }
td { vertical-align: top; padding: 0 0 6pt 0; text-align: left; width: 50% }
table.figures td { width: 25%; border: 0.5pt solid black }
td + td { padding-left: 18pt }
"""


def html(sheet: Sheet) -> str:
    """The sheet as WeasyPrint prints it."""
    style = _STYLE.replace("GAPpt", f"{sheet.gap}pt").replace("ALIGN", sheet.align).replace("HYPHENS", sheet.hyphens)
    style = style.replace("PINDENT", "12pt").replace("HMARGIN", "12pt 0 0 0" if sheet.level else "9pt 0 5pt 0")
    body: list[str] = []
    inside = False
    for piece in sheet.pieces:
        in_columns = piece.part in ("prose", "heading")
        if in_columns != inside:
            body.append('<div class="columns">' if in_columns else "</div>")
            inside = in_columns
        body.append(_markup(piece))
    return (
        f'<html lang="{sheet.language}"><head><style>{style}</style></head><body>'
        + "".join(body)
        + ("</div>" if inside else "")
        + "</body></html>"
    )


def _markup(piece: Piece) -> str:
    if piece.part in ("table", "pairs"):
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.split("|")) + "</tr>"
            for row in piece.text.split("\n")
        )
        return f'<table class="{"figures" if piece.part == "table" else "plain"}">{rows}</table>'
    name = {"prose": "p", "heading": "h3", "across": "h2" if piece is _HEADING else "p class=across"}[piece.part]
    return f"<{name}>{escape(piece.text)}</{name.split()[0]}>"


_OFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
 <style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="12pt"/>
  <style:text-properties style:font-name="Liberation Serif" fo:font-family="Liberation Serif" fo:font-size="10pt"
   fo:language="en" fo:country="GB" fo:hyphenate="false"/></style:default-style>
 <style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
  fo:text-indent="12pt" fo:line-height="12pt" fo:orphans="1" fo:widows="1"/></style:style>
 <style:style style:name="Note" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
  fo:line-height="10pt"/><style:text-properties fo:font-size="8pt"/></style:style>
 <style:style style:name="Anchor" style:family="text"><style:text-properties
  style:text-position="super 58%"/></style:style>
 <text:notes-configuration text:note-class="footnote" text:citation-body-style-name="Anchor"
  text:citation-style-name="Anchor" style:num-format="1" text:start-value="0" text:start-numbering-at="document"/>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="612pt" fo:page-height="792pt"
  fo:margin-top="72pt" fo:margin-bottom="72pt" fo:margin-left="72pt" fo:margin-right="72pt">
  <style:columns fo:column-count="2" fo:column-gap="18pt"/></style:page-layout-properties></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm"/></office:master-styles>
<office:body><office:text>BODY</office:text></office:body></office:document>
"""


def flat_odt(sheet: Sheet) -> str:
    """The sheet as LibreOffice prints it: notes stand at the feet of their columns."""
    body = []
    count = 0
    for piece in sheet.pieces:
        note = ""
        if piece.note:
            count += 1
            note = (
                f'<text:note text:id="n{count}" text:note-class="footnote"><text:note-citation>{count}'
                f'</text:note-citation><text:note-body><text:p text:style-name="Note"> <text:s/>'
                f"{escape(piece.note)}</text:p></text:note-body></text:note>"
            )
        body.append(f'<text:p text:style-name="Body">{escape(piece.text)}{note}</text:p>')
    return _OFFICE.replace("BODY", "".join(body))


def main() -> None:
    """Print every sheet into the folder named on the command line."""
    weasyprint = importlib.import_module("weasyprint")

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in SHEETS.items():
        target = folder / f"{name}.pdf"
        if sheet.program == "weasyprint":
            weasyprint.HTML(string=html(sheet)).write_pdf(target, pdf_tags=False)
            continue
        source = folder / f"{name}.fodt"
        source.write_text(flat_odt(sheet), encoding="utf-8")
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, source], check=True, timeout=120
        )
        source.unlink()


if __name__ == "__main__":
    main()
