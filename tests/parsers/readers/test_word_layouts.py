"""Word files laid out as the templates of New York and Geneva lay them out: from the masthead to the annex."""

import pytest

from parsers.parse import parse_bytes
from schemas.document import Document
from tests.parsers.readers.docx_files import cell, docx, note, note_reference, p, r, table
from unbitext.tei import decode_document, encode_document

LONG = "The commission measured the flow of the river at ninety stations and told the States below of it."
SET_IN = '<w:ind w:left="1267" w:right="1267"/>'
HANGING = '<w:ind w:left="1267" w:right="1267" w:hanging="1267"/>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
    f'<w:style w:type="paragraph" w:styleId="SingleTxt"><w:pPr><w:spacing w:after="120"/>{SET_IN}</w:pPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="HCh"><w:pPr>{HANGING}</w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="HCh"/><w:pPr><w:keepNext/></w:pPr></w:style>'
)
NOTES = note(2, "See A/98/77, para. 3.") + note(3, "In May.")
SECTION = (
    '<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="default" r:id="header2"/>'
    '<w:footerReference w:type="first" r:id="footer1"/><w:footerReference w:type="default" r:id="footer2"/>'
    "<w:titlePg/></w:sectPr>"
)
HEAD = table(
    cell("United Nations") + cell("A/99/77"),
    cell("General Assembly") + cell(p("Distr.: General") + p("12 May 2044") + p() + p("Original: English")),
    look="",
)


def styled(name: str, content: str, look: str = "") -> str:
    return p(content, f'<w:pStyle w:val="{name}"/>{look}')


def text(content: str) -> str:
    return styled("SingleTxt", content)


SESSION = p(r("Ninety-ninth session", "<w:b/>")) + p("Agenda item 74") + p(r("Rivers and lakes", "<w:b/>")) + p()
BODY = (
    styled("HCh", "\tFlow of rivers in the dry season")
    + styled("HCh", "\tReport of the Secretary-General")
    + styled("H1", "\tContents")
    + styled("TOC1", "I.\tIntroduction\t1")
    + styled("TOC1", "II.\tStations\t1")
    + styled("H1", "\tI.\tIntroduction")
    + text(r(f"1.\t{LONG}") + note_reference(2) + r(f" {LONG}"))
    + text("2.\tIt found:")
    + text("\t(a)\tThat the lake was low;")
    + text("\t(b)\tThat the river was dry.")
    + styled("H1", "\tII.\tStations")
    + styled("H1", "\tA.\tUpper river")
    + text(f"3.\t{LONG}")
    + table(cell("Station") + cell("Flow (m3)"), cell("Alder") + cell(p(r("12") + note_reference(3))))
    + text(f"4.\t{LONG}")
    + styled("HCh", "Annex", "<w:pageBreakBefore/>")
    + styled("HCh", "\tList of stations")
    + text(f"1.\t{LONG}")
)
MARGINS = {
    "header2": p(r("A/99/77", "<w:b/>")),
    "footer1": table(cell("44-01034 (E)    120544") + cell("*4401034*")),
    "footer2": p("2/6\t44-01034"),
}
FILES = {
    "New York": docx(SESSION + BODY, SECTION, styles=STYLES, footnotes=NOTES, header1=HEAD, **MARGINS),
    "Geneva": docx(HEAD + SESSION + BODY, SECTION, styles=STYLES, footnotes=NOTES, header1=p(), **MARGINS),
}


@pytest.fixture(params=list(FILES))
def document(request: pytest.FixtureRequest) -> Document:
    return parse_bytes(FILES[request.param], "0001.docx")


def test_structure(document: Document) -> None:
    assert [(block.kind.value, block.label, block.text[:20]) for block in document.blocks] == [
        ("masthead", None, "United Nations"),
        ("masthead", None, "A/99/77"),
        ("masthead", None, "General Assembly"),
        ("masthead", None, "Distr.: General"),
        ("masthead", None, "12 May 2044"),
        ("masthead", None, "Original: English"),
        ("masthead", None, "Ninety-ninth session"),
        ("masthead", None, "Agenda item 74"),
        ("masthead", None, "Rivers and lakes"),
        ("title", None, "Flow of rivers in th"),
        ("title", None, "Report of the Secret"),
        ("heading", None, "Contents"),
        ("item", None, "I. Introduction 1"),
        ("item", None, "II. Stations 1"),
        ("heading", "I.", "Introduction"),
        ("paragraph", "1.", LONG[:20]),
        ("footnote", "1", "See A/98/77, para. 3"),
        ("paragraph", "2.", "It found:"),
        ("item", "(a)", "That the lake was lo"),
        ("item", "(b)", "That the river was d"),
        ("heading", "II.", "Stations"),
        ("heading", "A.", "Upper river"),
        ("paragraph", "3.", LONG[:20]),
        ("table", None, "Station Flow (m3) Al"),
        ("footnote", "2", "In May."),
        ("paragraph", "4.", LONG[:20]),
        ("heading", None, "Annex"),
        ("heading", None, "List of stations"),
        ("paragraph", "1.", LONG[:20]),
    ]


def test_metadata_and_furniture(document: Document) -> None:
    meta = document.meta
    assert (meta.symbols, meta.body, meta.session, meta.agenda_items) == (
        ("A/99/77",), "General Assembly", "Ninety-ninth session", ("74",)
    )  # fmt: skip
    assert (meta.title, meta.submitter, meta.job_number, str(meta.dates.issued), meta.original_language) == (
        "Flow of rivers in the dry season", "Secretary-General", "44-01034", "2044-05-12", "en"
    )  # fmt: skip
    assert sorted(item.kind for item in document.furniture) == [
        "barcode", "job_number", "page_footer", "running_header"
    ]  # fmt: skip
    assert [finding.code for finding in document.findings] == ["note-marks-taken"]


def test_notes_tables_and_pages(document: Document) -> None:
    blocks = {block.id: block for block in document.blocks}
    first, counted = blocks["p1"], blocks["table1"]
    assert [(ref.mark, ref.note, first.text[: ref.offset]) for ref in first.refs] == [("1", "fn1", LONG)]
    assert first.text == f"{LONG} {LONG}"
    assert counted.rows == (("Station", "Flow (m3)"), ("Alder", "12"))
    assert [counted.text[: ref.offset] for ref in counted.refs] == ["Station Flow (m3) Alder 12"]
    assert (blocks["p4"].page, blocks["annex.h1"].page) == (1, 2)


def test_nothing_is_lost_in_tei(document: Document) -> None:
    assert decode_document(encode_document(document, generator="unbitext")) == document
