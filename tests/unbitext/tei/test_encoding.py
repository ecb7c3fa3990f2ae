"""What the encoding looks like: docs/encoding.md, one claim a test."""

import pytest
from lxml import etree

from schemas.document import (
    Affiliation,
    Block,
    Box,
    Document,
    Furniture,
    Kind,
    Reference,
    Sentence,
    SourcePage,
    SpeakerRole,
    Turn,
)
from schemas.findings import Finding
from tests.unbitext.tei.examples import GENERATOR, block, document, paged, record, report
from unbitext.tei import decode_document, encode_document
from unbitext.tei.incidents import incident_kind
from unbitext.tei.names import NAMESPACES

XML = "{http://www.w3.org/XML/1998/namespace}"


def encode(made: Document) -> etree._Element:
    root = encode_document(made, generator=GENERATOR)
    assert decode_document(root) == made
    return root


def find(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]


def outline(element: etree._Element) -> str:
    """Names, types and local ids of what is nested, texts left out: `div:main[p#p1[list[item#p1.a]]]`."""
    identifier = element.get(f"{XML}id", "").partition(".en.")[2]
    kind = element.get("type")
    name = etree.QName(element).localname + (f":{kind}" if kind else "") + (f"#{identifier}" if identifier else "")
    inside = [
        outline(child) for child in element if etree.QName(child).localname not in ("s", "label", "ref", "persName")
    ]
    return f"{name}[{' '.join(inside)}]" if inside else name


def body(root: etree._Element) -> str:
    return " ".join(outline(child) for child in find(root, "tei:text/tei:body/*"))


def test_a_report_nests() -> None:
    assert body(encode(report())) == (
        "div:masthead[pb fw:job_number ab:masthead#m1] "
        "div:main[head:title#title1 "
        "div:section[head#h1 div:section[head#h2 "
        "p#p1[note#fn1 list[item#p1.a[list[pb fw:running_header item#p1.a.i]] item#p1.b]]]] "
        "div:section[head#h3 p#p2]] "
        "div:annex[div:section[pb head#annex-I.h1 p#annex-I.p1 closer[signed#sig1]] "
        "div:section[p#u1 table#table1[row[cell cell]]]]"
    )


def test_a_record_has_turns() -> None:
    assert body(encode(record())) == (
        "div:main[pb note:speaker u#turn.1[seg:para#t1.p1] "
        "incident:suspension#n1.s1[desc#n1] "
        "note:speaker[orgName] u#turn.2[seg:para#t2.p1 pb incident:language#t2.n1.s1[desc#t2.n1] seg:para#t2.p2] "
        "note:time#end1]"
    )


def test_a_turn_says_who_speaks_and_in_what_language() -> None:
    root = encode(record())
    turn = find(root, "//tei:u[@n='2']")[0]
    assert turn.get("who") == "un:per.SPECIMEN_PV.9.en.2"
    assert turn.get("ana") == "un:role.member un:delivered.fr"
    note = find(root, "//tei:note[@type='speaker']")[1]
    assert note.get("target") == "#SPECIMEN_PV.9.en.t2.p1"
    assert "".join(note.itertext()) == "Mr. A (Ireland) (spoke in French):"
    assert find(note, "tei:orgName")[0].get("ref") == "un:state.IRL"
    assert find(root, "//tei:seg[@xml:id='SPECIMEN_PV.9.en.t2.p2']")[0].get("ana") == "un:delivered.en"
    assert not find(root, "//tei:note[@type='field']")


def test_one_speaker_is_one_person_in_all_turns() -> None:
    turns = [
        Turn(n=n, label=f"{name}:", speaker=name, role=SpeakerRole.MEMBER)
        for n, name in enumerate(["Mr. A", "Ms. B", "Mr. A"], 1)
    ]
    blocks = [block(f"t{n}.p1", Kind.PARAGRAPH, "Yes.", turn=n, label=turns[n - 1].label) for n in (1, 2, 3)]
    root = encode(document(*blocks, turns=turns))
    assert [each.get("who") for each in find(root, "//tei:u")] == [f"un:per.SPECIMEN_1.en.{n}" for n in (1, 2, 1)]


def test_a_turn_that_a_heading_interrupts_goes_on() -> None:
    turns = [Turn(n=1, label="X:", speaker="X", role=SpeakerRole.CHAIR, affiliation=Affiliation(text="Y"))]
    root = encode(
        document(
            block("t1.p1", Kind.PARAGRAPH, "One.", turn=1),
            block("h1", Kind.HEADING, "Item 3", level=1),
            block("t1.p2", Kind.PARAGRAPH, "Two.", turn=1),
            block("t1.x1", Kind.ITEM, "Three.", turn=1, level=1, parent="t1.p2"),
            block("t1.q1", Kind.QUOTE, "Four.", turn=1),
            block("t1.x2", Kind.ITEM, "Five.", turn=1, level=1),
            turns=turns,
        )
    )
    assert body(root) == (
        "div:main[u#turn.1[seg:para#t1.p1] div:section[head#h1 u#turn.1.2[seg:para#t1.p2[list[item#t1.x1]] "
        "seg:quote[quote#t1.q1] seg:list[list[item#t1.x2]]]]]"
    )
    assert find(root, "//tei:u")[1].get("prev") == "#SPECIMEN_1.en.turn.1"
    label = find(root, "tei:standOff/tei:listAnnotation[@type='speakers']/tei:note")
    assert [each.get("target") for each in label] == ["#SPECIMEN_1.en.turn.1"]


def test_marks_stand_in_the_text_where_they_were() -> None:
    text = "First. Second."
    made = Block(
        id="p1",
        kind=Kind.PARAGRAPH,
        text=text,
        orig=text,
        sentences=(
            Sentence(id="p1.s1", start=0, end=6, text="First."),
            Sentence(id="p1.s2", start=7, end=14, text="Second."),
        ),
        refs=(
            Reference(mark="1", offset=6, note="fn1"),
            Reference(mark="2", offset=10, note="fn1"),
            Reference(mark="3", offset=14),
        ),
    )
    root = encode(document(made, block("fn1", Kind.FOOTNOTE, "See there.")))
    paragraph = etree.tostring(find(root, "//tei:p[@xml:id]")[0], encoding="unicode", with_tail=False)
    assert paragraph.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "") == (
        '<p xml:id="SPECIMEN_1.en.p1">'
        '<s xml:id="SPECIMEN_1.en.p1.s1">First.<ref type="noteAnchor" target="#SPECIMEN_1.en.fn1">1</ref></s> '
        '<s xml:id="SPECIMEN_1.en.p1.s2">Sec<ref type="noteAnchor" target="#SPECIMEN_1.en.fn1">2</ref>ond.'
        '<ref type="noteAnchor">3</ref></s></p>'
    )


def test_an_incident_bears_the_id_of_its_sentence() -> None:
    two = block("n1", Kind.INCIDENT, "It was suspended.", "It resumed.", between=" ")
    none = Block(id="n2", kind=Kind.INCIDENT, text="Pause.", orig="Pause.")
    root = encode(document(block("n0", Kind.INCIDENT, "A vote was taken."), two, none))
    found = [(each.get(f"{XML}id"), each.get("type"), each.get("prev")) for each in find(root, "//tei:incident")]
    assert found == [
        ("SPECIMEN_1.en.n0.s1", "vote", None),
        ("SPECIMEN_1.en.n1.s1", "suspension", None),
        ("SPECIMEN_1.en.n1.s2", "suspension", "#SPECIMEN_1.en.n1"),
        (None, "procedure", None),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The meeting was suspended at 3 p.m. and resumed at 3.10 p.m.", "suspension"),
        ("会议暂停片刻。", "suspension"),
        ("(以英语发言)", "language"),
        ("(spoke in French)", "language"),
        ("A recorded vote was taken.", "vote"),
        ("进行了记录表决。", "vote"),
        ("The members of the Council observed a minute of silence.", "silence"),
        ("会议厅内播放了一段视频。", "projection"),
        ("Mr. X withdrew.", "procedure"),
    ],
)
def test_kinds_of_incident(text: str, kind: str) -> None:
    assert incident_kind(text) == kind


def test_the_characters_as_read_stand_beside_the_text() -> None:
    made = block("p1", Kind.PARAGRAPH, "One two.").model_copy(update={"orig": " One\x0c\ntwo. \ud800"})
    root = encode(document(made, block("p2", Kind.PARAGRAPH, "Same.")))
    notes = find(root, "tei:standOff/tei:listAnnotation[@type='originals']/tei:note")
    assert [note.get("target") for note in notes] == ["#SPECIMEN_1.en.p1"]
    assert [each.get("n") for each in find(notes[0], "tei:g")] == ["U+000C", "U+D800"]


def test_what_the_nesting_does_not_tell_is_noted() -> None:
    root = encode(
        document(
            block("p1", Kind.PARAGRAPH, "One.", page=4),
            block("p2", Kind.PARAGRAPH, "Two.", page=3),
            block("x1", Kind.ITEM, "Three.", level=3, parent="p1"),
        )
    )
    notes = find(root, "//tei:note[@type='field']")
    assert [(note.get("target"), note.get("subtype"), note.text) for note in notes] == [
        ("#SPECIMEN_1.en.p2", "page", "3"),
        ("#SPECIMEN_1.en.x1", "level", "3"),
        ("#SPECIMEN_1.en.x1", "page", "null"),
    ]
    assert find(root, "//tei:item")[0].get("corresp") == "#SPECIMEN_1.en.p1"


def test_findings_point_to_their_place() -> None:
    findings = (
        Finding.warning("note-missing", "there is none", "p1"),
        Finding.info("symbol-missing", "none printed"),
        Finding.info("encoding-guessed", "guessed", "line 7"),
    )
    root = encode(document(block("p1", Kind.PARAGRAPH, "One."), findings=findings))
    notes = find(root, "//tei:listAnnotation[@type='findings']/tei:note")
    assert [(note.get("target"), note.get("n"), note.get("subtype")) for note in notes] == [
        ("#SPECIMEN_1.en.p1", None, "warning"),
        ("#SPECIMEN_1.en", None, "info"),
        ("#SPECIMEN_1.en", "line 7", "info"),
    ]


PAGES = tuple(SourcePage(number=number, width=612, height=791.5) for number in (1, 2, 3))


@pytest.mark.parametrize(("media_type", "url"), [("text/plain", None), ("application/pdf", "a%20b.pdf#page=2")])
def test_pages_lead_to_the_source_only_where_it_has_pages(media_type: str, url: str | None) -> None:
    made = document(block("p1", Kind.PARAGRAPH, "One.", page=2), pages=PAGES)
    source = made.meta.source.model_copy(update={"file": "a b.pdf", "media_type": media_type})
    root = encode(made.model_copy(update={"meta": made.meta.model_copy(update={"source": source})}))
    surface = find(root, "tei:facsimile/tei:surface")[1]
    assert find(root, "//tei:pb")[0].get("facs") == f"#{surface.get(f'{XML}id')}" == "#SPECIMEN_1.en.page.2"
    assert [surface.get(name) for name in ("n", "ulx", "uly", "lrx", "lry")] == ["2", "0", "0", "612", "791.5"]
    assert [graphic.get("url") for graphic in find(root, "tei:facsimile/tei:surface[2]/tei:graphic")] == [url] * bool(
        url
    )


def test_without_pages_a_break_leads_nowhere() -> None:
    root = encode(document(block("p1", Kind.PARAGRAPH, "One.", page=2)))
    assert find(root, "//tei:pb")[0].get("facs") is None
    assert find(root, "tei:facsimile") == []


def test_boxes_are_zones() -> None:
    made = block("p1", Kind.PARAGRAPH, "One.", page=2, boxes=((2, 1.5, 2.0, 3.0, 4.0), (3, 1.0, 2.0, 3.0, 4.0)))
    root = encode(document(made, pages=PAGES))
    assert find(root, "//tei:p[@xml:id]")[0].get("facs") == "#SPECIMEN_1.en.zone.1 #SPECIMEN_1.en.zone.2"
    assert [each.getparent().get("n") for each in find(root, "tei:facsimile/tei:surface/tei:zone")] == ["2", "3"]


UPPER, LOWER, BESIDE = (1, 30.0, 10.0, 90.0, 20.0), (1, 5.0, 22.0, 60.5, 32.0), (1, 200.0, 10.0, 290.0, 20.0)


@pytest.mark.parametrize(
    ("boxes", "zones"),
    [
        ((UPPER,), [None]),
        ((UPPER, LOWER), ["90,10 90,20 60.5,22 60.5,32 5,32 5,22 30,20 30,10"]),
        ((LOWER, UPPER), [None, None]),  # back to the top: another column
        ((UPPER, LOWER, BESIDE), ["90,10 90,20 60.5,22 60.5,32 5,32 5,22 30,20 30,10", None]),
        ((UPPER, (2, *LOWER[1:])), [None, None]),
    ],
)
def test_lines_below_one_another_are_one_zone(boxes: tuple[Box, ...], zones: list[str | None]) -> None:
    root = encode(document(block("p1", Kind.PARAGRAPH, "One.", page=1, boxes=boxes), pages=PAGES))
    assert [each.get("points") for each in find(root, "tei:facsimile/tei:surface/tei:zone")] == zones


def test_a_page_breaks_a_paragraph_where_a_sentence_begins_on_it() -> None:
    root = encode(paged())
    (paragraph,) = find(root, "//tei:p[@xml:id]")
    assert [etree.QName(child).localname for child in paragraph] == ["s", "s", "pb", "fw", "s"]
    assert "".join(each.tail or "" for each in paragraph) == "  "
    facs = [each.get("facs") for each in find(root, "//tei:s")]
    assert facs == [f"#SPECIMEN_2.en.zone.{number}" for number in (3, 4, 2)], "the same place is the same zone"


def test_furniture_keeps_its_order_where_pages_do_not_tell_it() -> None:
    furniture = tuple(Furniture(orig=str(page), page=page, kind="page_number") for page in (2, 1, None))
    made = document(block("p1", Kind.PARAGRAPH, "One.", page=1), block("p2", Kind.PARAGRAPH, "Two.", page=2))
    root = encode(made.model_copy(update={"furniture": furniture}))
    assert [(each.text, each.get("n")) for each in find(root, "//tei:fw")] == [("None", "2"), ("1", "1"), ("2", "0")]


def test_a_document_without_symbol_is_named_after_its_file() -> None:
    root = encode(document(block("p1", Kind.PARAGRAPH, "One."), symbol=None))
    assert root.get(f"{XML}id") == "example.en"
    assert root.get("n") is None


def test_an_empty_document() -> None:
    assert body(encode(document())) == "div:main"


def test_the_header_says_what_the_masthead_does() -> None:
    root = encode(record("zh"))
    assert root.get(f"{XML}lang") == "zh-Hans"
    assert root.get("n") == "SPECIMEN/PV.9"
    units = {each.get("unit"): each.get("quantity") for each in find(root, "//tei:fileDesc/tei:extent/tei:measure")}
    assert units == {"turn": "2", "block": "6", "sentence": "7"}
    assert [each.get("target") for each in find(root, "//tei:catRef")] == ["un:genre.verbatim_record"]
    assert find(root, "//tei:bibl/tei:meeting")[0].get("n") == "9"
    assert not find(root, "//tei:publicationStmt/tei:date")


def test_the_date_of_publication_is_the_given_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert find(encode(report()), "//tei:publicationStmt/tei:date")[0].get("when") == "2026-01-01"
