"""What a Word file prints, line by line: each feature in a table of (XML, lines)."""

import io
import zipfile

import pytest

from parsers.readers.docx import read_docx
from schemas.findings import Finding
from schemas.layout import Line, Zone
from tests.parsers.readers.docx_files import (
    cell,
    docx,
    level,
    note,
    note_reference,
    numbered,
    numbering,
    p,
    packed,
    r,
    table,
)


def lines(data: bytes) -> list[Line]:
    return [line for page in read_docx(data).pages for line in page.lines]


def texts(data: bytes) -> list[str]:
    return [line.orig for line in lines(data)]


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))


def instruction(code: str) -> str:
    return f"<w:r><w:instrText>{code}</w:instrText></w:r>"


def field(code: str, result: str) -> str:
    return f"{BEGIN}{instruction(code)}{SEPARATE}{r(result)}{END}"


BOX = "<w:txbxContent>{}</w:txbxContent>"
CHOICE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="{}"><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
OLD = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
DELETED_END = '<w:rPr><w:del w:id="1"/></w:rPr>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("One river.") + p() + p("Two rivers."), ["One river.", "Two rivers."], id="paragraphs"),
        pytest.param(p("\tA\tB"), ["\tA\tB"], id="tabs"),
        pytest.param(p("First\nsecond"), ["First", "second"], id="line break"),
        pytest.param(p(r("well") + "<w:r><w:noBreakHyphen/></w:r>" + r("known")), ["well-known"], id="no-break hyphen"),
        pytest.param(p(r("de") + "<w:r><w:softHyphen/></w:r>" + r("lta")), ["de\u00adlta"], id="soft hyphen"),
        pytest.param(
            p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r(" 3")),
            ["≥✓ 3"],
            id="symbols",
        ),
        pytest.param(p(r("\uf061\uf062", '<w:rFonts w:ascii="Symbol"/>')), ["αβ"], id="text in a symbol font"),
        pytest.param(p("<w:ins>" + r("new ") + "</w:ins>" + OLD + r("text")), ["new text"], id="changes"),
        pytest.param(
            p("<w:moveFrom>" + r("gone") + "</w:moveFrom>" + r("kept")) + p("<w:moveTo>" + r("moved") + "</w:moveTo>"),
            ["kept", "moved"],
            id="moves",
        ),
        pytest.param(p("The river ", DELETED_END) + p("rises."), ["The river rises."], id="deleted paragraph end"),
        pytest.param(
            "<w:p><w:pPr>" + DELETED_END + "</w:pPr><w:del>" + r("gone") + "</w:del></w:p>" + p("Stays."),
            ["Stays."],
            id="deleted paragraph",
        ),
        pytest.param(
            p("Sources.", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p(" The lake."),
            ["Sources. The lake."],
            id="style separator",
        ),
        pytest.param(p(r("Seen") + r(" unseen", "<w:vanish/>")), ["Seen"], id="hidden"),
        pytest.param(p(r("Seen") + r(" too", '<w:vanish w:val="0"/>')), ["Seen too"], id="not hidden"),
        pytest.param(p(r("page ") + field("PAGEREF _x", "7") + r(".")), ["page 7."], id="field"),
        pytest.param(
            p(BEGIN + instruction("IF ") + field("X", "code") + SEPARATE + r("shown") + END),
            ["shown"],
            id="nested field",
        ),
        pytest.param(
            p(BEGIN + instruction("TOC") + SEPARATE + r("First\t1")) + p(r("Second\t2") + END + r("!")),
            ["First\t1", "Second\t2!"],
            id="field over paragraphs",
        ),
        pytest.param(p(BEGIN + instruction("TOC") + r("Not lost.")), ["Not lost."], id="field without end"),
        pytest.param(p(BEGIN + instruction('SYMBOL 97 \\f "Symbol"') + END + r("!")), ["α!"], id="symbol field"),
        pytest.param(p('<w:fldSimple w:instr="DATE">' + r("1 May") + "</w:fldSimple>"), ["1 May"], id="simple field"),
        pytest.param(
            "<w:sdt><w:sdtContent>"
            + p(
                f"<w:sdt><w:sdtContent>{r('In ')}</w:sdtContent></w:sdt><w:smartTag>{r('a ')}</w:smartTag>"
                f"<w:hyperlink>{r('control')}</w:hyperlink>"
            )
            + "</w:sdtContent></w:sdt>",
            ["In a control"],
            id="wrappers",
        ),
        pytest.param(
            p(r("Host.") + CHOICE.format("wps", BOX.format(p("In a box.")), BOX.format(p("In a box.")))) + p("After."),
            ["Host.", "In a box.", "After."],
            id="text box once",
        ),
        pytest.param(
            p(CHOICE.format("zzz", BOX.format(p("Unknown.")), BOX.format(p("In a box.")))), ["In a box."], id="fallback"
        ),
        pytest.param(
            p(
                "<w:r><w:pict><v:shape><v:textbox>"
                + BOX.format(p("Old box."))
                + "</v:textbox></v:shape></w:pict></w:r>"
            ),
            ["Old box."],
            id="old text box",
        ),
        pytest.param(p("<m:oMath><m:r><m:t>Q=vA</m:t></m:r></m:oMath>"), ["Q=vA"], id="formula"),
        pytest.param(
            p("<w:r><w:ruby><w:rt>" + r("hé") + "</w:rt><w:rubyBase>" + r("河") + "</w:rubyBase></w:ruby></w:r>"),
            ["河"],
            id="ruby",
        ),
        pytest.param(p("<w:r><w:t>a\n  b</w:t></w:r>"), ["a   b"], id="white space is spaces"),
        pytest.param(table(cell("Boxed.")) + p("After."), ["Boxed.", "After."], id="a box is no table"),
        pytest.param(
            table(cell("Left side") + cell("Right side"), look=""),
            ["Left side", "Right side"],
            id="columns are no table",
        ),
    ],
)
def test_lines(body: str, expected: list[str]) -> None:
    assert texts(docx(body)) == expected


DECIMAL = level(0, "%1.")
LETTERS = level(1, "(%2)", "lowerLetter") + level(2, "(%3)", "lowerRoman")


IN_SYMBOL = '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'


def override(number: int, of: int, *starts: tuple[int, int]) -> str:
    said = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for depth, start in starts
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{said}</w:num>'


OTHER_LEVEL = f'<w:lvlOverride w:ilvl="0">{level(0, "[%1]")}</w:lvlOverride></w:num>'


def sequence(*places: tuple[int, int]) -> str:
    """Paragraphs `x` in lists: (num, level)."""
    return "".join(numbered("x", number, depth) for number, depth in places)


@pytest.mark.parametrize(
    ("lists", "body", "labels"),
    [
        pytest.param(numbering(DECIMAL), sequence((1, 0), (1, 0)), ["1.", "2."], id="counts"),
        pytest.param(
            numbering(DECIMAL + LETTERS),
            sequence((1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)),
            ["1.", "(a)", "(i)", "(ii)", "(b)", "(i)", "2.", "(a)"],
            id="levels restart",
        ),
        pytest.param(
            numbering(DECIMAL + level(1, "%1.%2", more='<w:lvlRestart w:val="0"/>')),
            sequence((1, 0), (1, 1), (1, 0), (1, 1)),
            ["1.", "1.1", "2.", "2.2"],
            id="a level that never restarts",
        ),
        pytest.param(
            numbering(level(0, "%1.", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")),
            sequence((1, 0), (1, 0), (1, 1)),
            ["I.", "II.", "2.1"],
            id="legal",
        ),
        pytest.param(numbering(level(0, "%1.", start=5)), sequence((1, 0), (1, 0)), ["5.", "6."], id="start"),
        pytest.param(
            numbering(DECIMAL, nums=override(7, 1)),
            sequence((1, 0), (7, 0), (1, 0)),
            ["1.", "2.", "3."],
            id="one count",
        ),
        pytest.param(
            numbering(DECIMAL, nums=override(7, 1, (0, 1))),
            sequence((1, 0), (1, 0), (7, 0), (7, 0)),
            ["1.", "2.", "1.", "2."],
            id="start override",
        ),
        pytest.param(
            numbering(DECIMAL, nums=override(8, 1).replace("</w:num>", OTHER_LEVEL)),
            sequence((8, 0)),
            ["[1]"],
            id="level override",
        ),
        pytest.param(
            numbering(level(0, "第%1条", "chineseCountingThousand"), level(0, "%1、", "chineseCounting")),
            sequence((1, 0), (1, 0), (2, 0)),
            ["第一条", "第二条", "一、"],
            id="Chinese",
        ),
        pytest.param(numbering(level(0, "\uf0b7", "bullet", IN_SYMBOL)), sequence((1, 0)), ["•"], id="bullet"),
        pytest.param(numbering(level(0, "", "none")), sequence((1, 0)), [""], id="none"),
        pytest.param(numbering(DECIMAL), sequence((0, 0), (1, 0)), ["", "1."], id="number 0 is none"),
        pytest.param(
            numbering(DECIMAL),
            sequence((1, 0)) + numbered("", look="<w:rPr><w:vanish/></w:rPr>") + sequence((1, 0)),
            ["1.", "2."],
            id="a hidden paragraph counts not",
        ),
        pytest.param(numbering(level(0, "%1.", "zulu")), sequence((1, 0)), ["1."], id="unknown format"),
    ],
)
def test_numbers_as_printed(lists: str, body: str, labels: list[str]) -> None:
    found = texts(docx(body, numbering=lists))
    assert [text.removesuffix("x").strip() for text in found] == labels


@pytest.mark.parametrize(("suffix", "expected"), [("tab", "1.\tx"), ("space", "1. x"), ("nothing", "1.x")])
def test_what_follows_a_number(suffix: str, expected: str) -> None:
    lists = numbering(level(0, "%1.", more=f'<w:suff w:val="{suffix}"/>'))
    assert texts(docx(sequence((1, 0)), numbering=lists)) == [expected]


def style(name: str, inner: str, based_on: str = "", kind: str = "paragraph", more: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}" {more}>{base}{inner}</w:style>'


def test_a_style_numbers_its_paragraphs_at_the_level_that_names_it() -> None:
    lists = numbering(DECIMAL + level(1, "(%2)", "lowerLetter", '<w:pStyle w:val="Sub"/>'))
    of_list = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("Main", of_list) + style("Sub", of_list) + style("Own", "", "Sub")
    body = "".join(p("x", f'<w:pStyle w:val="{name}"/>') for name in ("Main", "Sub", "Own", "Main"))
    assert texts(docx(body, numbering=lists, styles=styles)) == ["1.\tx", "(a)\tx", "(b)\tx", "2.\tx"]


def test_a_list_can_be_defined_by_a_numbering_style() -> None:
    lists = numbering('<w:numStyleLink w:val="Legal"/>', level(0, "%1)"))
    styles = style("Legal", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering")
    assert texts(docx(sequence((1, 0)), numbering=lists, styles=styles)) == ["1)\tx"]


def test_a_list_that_is_not_defined_is_told() -> None:
    found = read_docx(docx(sequence((9, 0)), numbering=numbering(DECIMAL)))
    assert codes(found.findings) == ["word-number-unresolved"]


def test_bold_italic_size_and_raised_come_through_styles() -> None:
    styles = style("Base", '<w:rPr><w:b/><w:sz w:val="24"/></w:rPr>') + style("Head", "<w:rPr><w:i/></w:rPr>", "Base")
    styles += style("Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    body = p("Head", '<w:pStyle w:val="Head"/>')
    body += p(r("plain", '<w:rStyle w:val="Strong"/>'), '<w:pStyle w:val="Head"/>')
    body += p(r("m") + r("2", '<w:vertAlign w:val="superscript"/>') + r(" a"))
    head, plain, raised = lines(docx(body, styles=styles))
    assert (head.bold, head.italic, head.size) == (True, True, 12.0)
    assert not plain.bold  # two styles that say bold cancel out
    assert raised.raised == ((1, 2),)


@pytest.mark.parametrize(
    ("look", "bold", "indent"),
    [
        ("", False, 0),
        ('<w:jc w:val="center"/>', False, 2),
        ('<w:ind w:firstLine="567"/>', False, 1),
        ('<w:ind w:left="567" w:hanging="567"/>', False, 0),
        ('<w:outlineLvl w:val="0"/>', False, 2),
        ('<w:outlineLvl w:val="9"/>', False, 0),
        ("", True, 2),
    ],
)
def test_indents_in_the_terms_of_dumps(look: str, bold: bool, indent: int) -> None:
    text = "The commission measured the flow of the river in the dry season and told the States below of it."
    body = p(text) + p(text) + p(r("Low water", "<w:b/>" if bold else ""), look)
    assert lines(docx(body))[-1].indent == indent


def test_what_a_field_lists_as_contents_is_so_marked() -> None:
    body = p(r("A") + BEGIN + instruction("TOC \\o") + SEPARATE + r("I.\t1")) + p("II.\t2") + p(END) + p("Text.")
    assert [line.zone for line in lines(docx(body))] == [Zone.CONTENTS, Zone.CONTENTS, None]


def test_line_breaks_do_not_start_paragraphs_but_labels_behind_a_stop_do() -> None:
    found = lines(docx(p("Report of the\nCommission") + p("States shall:\n(a) measure;\n(b) tell.")))
    assert [line.starts for line in found] == [True, False, True, True, True]


NOTES = note(2, "See the annex.") + note(3, "Ibid.")
ENDNOTES = note(2, "At the end.", "endnote")


def test_notes_follow_their_paragraph_with_mark_and_anchor() -> None:
    body = p(r("Lakes,") + note_reference(2) + r(" rivers") + note_reference(2, "endnote") + r(".")) + p("Next.")
    found = lines(docx(body, footnotes=NOTES, endnotes=ENDNOTES))
    assert [line.orig for line in found] == ["Lakes,1 riversi.", "1 See the annex.", "i At the end.", "Next."]
    assert [(anchor.start, anchor.end, anchor.note) for anchor in found[0].anchors] == [
        (6, 7, "footnote:2"),
        (14, 15, "endnote:2"),
    ]
    assert [(line.zone, line.note) for line in found[1:3]] == [(Zone.NOTE, "footnote:2"), (Zone.NOTE, "endnote:2")]
    assert found[0].raised == ((6, 7), (14, 15))


def test_a_deleted_reference_takes_its_note_and_number_along() -> None:
    body = p(r("A") + "<w:del>" + note_reference(2) + "</w:del>" + note_reference(3))
    assert texts(docx(body, footnotes=NOTES)) == ["A1", "1 Ibid."]


def test_a_note_with_a_mark_of_its_own_is_not_counted() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    notes = '<w:footnote w:id="2">' + p("* Reissued.") + "</w:footnote>" + note(3, "Ibid.")
    found = lines(docx(p(r("A/9") + own) + p(r("B") + note_reference(3)), footnotes=notes))
    assert [line.orig for line in found] == ["A/9*", "* Reissued.", "B1", "1 Ibid."]
    assert [anchor.start for anchor in found[0].anchors] == [3]


def test_a_note_that_prints_no_mark_is_given_it() -> None:
    found = texts(
        docx(p(r("A") + note_reference(2)), footnotes='<w:footnote w:id="2">' + p("12 rivers.") + "</w:footnote>")
    )
    assert found == ["A1", "1 12 rivers."]


def test_a_missing_note_is_told() -> None:
    found = read_docx(docx(p(r("A") + note_reference(2))))
    assert codes(found.findings) == ["note-missing"]


def test_note_numbers_restart_by_section_and_follow_its_format() -> None:
    says = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachSect"/></w:footnotePr>'
    body = p(r("A") + note_reference(2), f"<w:sectPr>{says}</w:sectPr>") + p(r("B") + note_reference(3))
    assert texts(docx(body, f"<w:sectPr>{says}</w:sectPr>", footnotes=NOTES)) == [
        "Aa",
        "a See the annex.",
        "Ba",
        "a Ibid.",
    ]


def test_a_table_keeps_rows_columns_and_notes() -> None:
    merged = '<w:vMerge w:val="restart"/>'
    body = table(
        cell("River", merged) + cell("Flow in", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("May") + cell(p(r("June") + note_reference(2))),
        cell("Alder") + cell("12") + cell(p("3") + p("4")),
    )
    found = lines(docx(body, footnotes=NOTES))
    assert found[0].rows == (("River", "Flow in", ""), ("", "May", "June"), ("Alder", "12", "3 4"))
    assert found[0].zone is Zone.TABLE
    assert found[0].orig == "River\tFlow in\n\tMay\tJune1\nAlder\t12\t3 4"
    [anchor] = found[0].anchors
    assert found[0].orig[anchor.start : anchor.end] == "1"
    assert found[1].orig == "1 See the annex."


def test_deleted_rows_and_cells_fall() -> None:
    row = "<w:trPr><w:del/></w:trPr>" + cell("a") + cell("b")
    body = table(row, cell("c") + cell("x", "<w:cellDel/>") + cell("d"), cell("e") + cell("f"))
    assert lines(docx(body))[0].rows == (("c", "d"), ("e", "f"))


SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="first" r:id="footer1"/>'
    '<w:headerReference w:type="first" r:id="header2"/><w:headerReference w:type="even" r:id="header3"/>{}</w:sectPr>'
)


def test_headers_and_footers_are_furniture_and_a_masthead_is_not() -> None:
    head = table(cell("United Nations") + cell("A/79/9"), cell("General Assembly") + cell("Distr.: General"))
    data = docx(
        p("Text."),
        SECTION.format("<w:titlePg/>"),
        header1=p("A/79/9"),
        header2=head,
        header3=p("Never printed"),
        footer1=p("25-01034 (E)    030225"),
    )
    found = [(line.orig, line.furniture, line.zone) for line in lines(data)]
    assert found[:4] == [
        (text, None, Zone.HEAD) for text in ("United Nations", "A/79/9", "General Assembly", "Distr.: General")
    ]
    assert sorted(found[4:6]) == [("25-01034 (E)    030225", "job_number", None), ("A/79/9", "running_header", None)]
    assert found[6:] == [("Text.", None, None)]


def test_what_only_numbers_pages_is_furniture() -> None:
    found = lines(docx(p("Text.") + p(r("- ") + field("PAGE", "3") + r(" -"))))
    assert [line.furniture for line in found] == [None, "page_number"]


BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (p("A") + p("B"), [None, None]),
        (p("A") + p(BREAK + r("B")) + p("C"), [1, 2, 2]),
        (p("A") + p("B", "<w:pageBreakBefore/>"), [1, 2]),
        (p("A", "<w:sectPr/>") + p("B"), [1, 2]),
        (p("A", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + p(BREAK + r("B")), [1, 2]),
        (p("A") + p(BREAK) + p(RENDERED + r("B")) + p(r("C") + RENDERED + r("d")) + p("E"), [1, 2, 2, 3]),
    ],
)
def test_pages(body: str, pages: list[int | None]) -> None:
    assert [line.page for line in lines(docx(body))] == pages


def test_what_was_left_out_is_told() -> None:
    body = p("<w:ins>" + r("a") + "</w:ins><w:del/>" + r("secret", "<w:vanish/>"))
    body += p("<w:r><w:drawing/></w:r><w:r><w:commentReference/></w:r>" + BEGIN + instruction("AUTONUM") + END)
    body += '<w:altChunk r:id="x"/>' + p('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>')
    found = read_docx(docx(body))
    assert codes(found.findings) == [
        "word-changes-accepted", "word-hidden-text", "word-picture-left-out", "word-comment-left-out",
        "word-symbol-unknown", "word-field-unresolved", "word-part-left-out",
    ]  # fmt: skip


def test_the_strict_dialect_is_read_alike() -> None:
    data = docx(p(r("Strict") + note_reference(2)), footnotes=NOTES)
    strict = data_with(
        data,
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(strict) == texts(data)


def data_with(data: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({name: archive.read(name).decode().replace(old, new) for name in archive.namelist()})
