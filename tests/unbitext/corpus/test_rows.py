"""What a row says of its place, on documents made for it: every field, against what was put in by hand."""

import datetime

import pytest

from schemas.bitext import DocumentPair, Link
from schemas.document import Affiliation, Block, Dates, Document, Kind, SpeakerRole, Turn
from schemas.findings import Finding
from schemas.rows import Passage, Segment
from tests.unbitext.align.conftest import make_block, make_document
from unbitext.corpus.errors import CorpusError
from unbitext.corpus.monolingual import DocumentRows
from unbitext.corpus.pairs import AlignedPair, PairRows
from unbitext.corpus.passages import passages
from unbitext.corpus.places import Places, separator

METHOD = "invented|version:1"


def described(document: Document, findings: tuple[Finding, ...] = (), **meta: object) -> Document:
    return document.model_copy(update={"meta": document.meta.model_copy(update=meta), "findings": findings})


def source() -> Document:
    turn = Turn(
        n=1, label="比先生(德国)：", speaker="比先生", role=SpeakerRole.MEMBER,
        affiliation=Affiliation(text="德国", code="DEU"), spoken_language="fr",
    )  # fmt: skip
    blocks = [
        make_block("h1", Kind.HEADING, ["一。"], number="一", level=1),
        make_block("p1", Kind.PARAGRAPH, ["船来了。", "灯亮了。"], number="1", page=1),
        make_block("p1.a", Kind.ITEM, ["雪。"], number="a", parent="p1", page=1),
        make_block("p1.a.i", Kind.ITEM, ["雾。"], number="i", parent="p1.a", page=2),
        make_block(
            "t1.p1", Kind.PARAGRAPH, ["夜深。"], turn=1, spoken_language="fr", page=2,
            boxes=((2, 1, 1, 2, 2), (3, 1, 1, 2, 2)),
        ),
        make_block("annex.p1", Kind.PARAGRAPH, ["港。"], number="1", division="annex", page=4),
    ]  # fmt: skip
    doubts = (
        Finding.warning("number-gap", "2 is missing", "p1"),
        Finding.warning("number-gap", "again", "p1"),
        Finding.info("symbol-from-name", "the name", "p1.a.s1"),
        Finding.info("symbol-from-name", "the whole", ""),
    )
    document = make_document("zh", blocks, [turn])
    return described(
        document, doubts, dates=Dates.model_validate({"meeting": {"from": "2031-05-02", "to": "2031-05-09"}})
    )


def target() -> Document:
    turn = Turn(n=1, label="Mr. B:", speaker="Mr. B", role=SpeakerRole.MEMBER, affiliation=None, spoken_language="fr")
    blocks = [
        make_block("h1", Kind.HEADING, ["I."], number="I", level=1),
        make_block("p1", Kind.PARAGRAPH, ["The boat came and the lamp was lit.", "It snowed."], number="1"),
        make_block("p2", Kind.PARAGRAPH, ["There was fog."], number="2"),
        make_block("t1.p1", Kind.PARAGRAPH, ["It was late."], turn=1, spoken_language="fr"),
        make_block("x1", Kind.PARAGRAPH, ["Nobody said this."]),
        make_block("annex.p1", Kind.PARAGRAPH, ["The harbour."], number="1", division="annex"),
    ]
    return described(make_document("en", blocks, [turn]), symbols=("SPECIMEN/1", "SPECIMEN/9"), original_language="en")


def link(ours: str, theirs: str, score: float = 0.9, findings: tuple[Finding, ...] = ()) -> Link:
    return Link(
        source_ids=tuple(ours.split()), target_ids=tuple(theirs.split()), kinds=(Kind.PARAGRAPH,), score=score,
        method=METHOD, findings=findings,
    )  # fmt: skip


LINKS = (
    link("h1.s1", "h1.s1"),
    link("p1.s1 p1.s2", "p1.s1", 0.8, (Finding.warning("link-length-outlier", "one side is long"),) * 2),
    link("p1.a.s1", "p1.s2", 0.5),
    link("p1.a.i.s1", "p2.s1"),
    link("t1.p1.s1", "t1.p1.s1"),
    link("", "x1.s1", 0.7),
    link("annex.p1.s1", "annex.p1.s1"),
)


@pytest.fixture
def pair() -> AlignedPair:
    return AlignedPair(id="SPECIMEN_1.zh-en", documents=DocumentPair(source=source(), target=target()), links=LINKS)


@pytest.fixture
def rows(pair: AlignedPair) -> list[Segment]:
    return list(pair.segments())


def test_what_is_told_of_the_documents(rows: list[Segment]) -> None:
    for row in rows:
        assert (row.symbol, row.symbols) == ("SPECIMEN/1", ("SPECIMEN/1", "SPECIMEN/9"))
        assert (row.body, row.original_language) == ("SPECIMEN", "en")
        assert row.date == datetime.date(2031, 5, 2)
        assert (row.source_document, row.target_document) == ("SPECIMEN_1.zh", "SPECIMEN_1.en")
        assert (row.source_language, row.target_language) == ("zh", "en")
        assert (row.pair, row.method) == ("SPECIMEN_1.zh-en", METHOD)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("id", [f"SPECIMEN_1.zh-en.l{number}" for number in range(1, 8)]),
        ("order", [1, 2, 3, 4, 5, 6, 7]),
        ("type", ["1-1", "2-1", "1-1", "1-1", "1-1", "0-1", "1-1"]),
        ("source_position", [1, 2, 4, 5, 6, None, 7]),
        ("target_position", [1, 2, 3, 4, 5, 6, 7]),
        ("source_blocks", [("h1",), ("p1",), ("p1.a",), ("p1.a.i",), ("t1.p1",), (), ("annex.p1",)]),
        ("source_numbers", [("一",), ("1",), ("1(a)",), ("1(a)(i)",), (), (), ("1",)]),
        ("target_numbers", [("I",), ("1",), ("1",), ("2",), (), (), ("1",)]),
        ("source_division", [None, None, None, None, None, None, "annex"]),
        ("source_pages", [(), (1,), (1,), (2,), (2, 3), (), (4,)]),
        ("target_pages", [()] * 7),
        ("source_turn", [None, None, None, None, 1, None, None]),
        ("source_speaker", [None, None, None, None, "比先生", None, None]),
        ("target_speaker", [None, None, None, None, "Mr. B", None, None]),
        ("source_affiliation", [None, None, None, None, "德国", None, None]),
        ("target_affiliation", [None] * 7),
        ("state", [None, None, None, None, "DEU", None, None]),
        ("role", [None, None, None, None, SpeakerRole.MEMBER, None, None]),
        ("spoken_language", [None, None, None, None, "fr", None, None]),
        ("source_text", ["一。", "船来了。 灯亮了。", "雪。", "雾。", "夜深。", "", "港。"]),
        ("score", [0.9, 0.8, 0.5, 0.9, 0.9, 0.7, 0.9]),
        ("findings", [(), ("link-length-outlier",), (), (), (), (), ()]),
        ("source_findings", [(), ("number-gap",), ("symbol-from-name",), (), (), (), ()]),
        ("target_findings", [()] * 7),
    ],
)
def test_each_field(rows: list[Segment], field: str, expected: list[object]) -> None:
    assert [getattr(row, field) for row in rows] == expected


def test_what_the_target_alone_tells_of_a_speech(pair: AlignedPair) -> None:
    turns = tuple(turn.model_copy(update={"affiliation": None}) for turn in pair.source.turns)
    other = [
        turn.model_copy(update={"affiliation": Affiliation(text="Germany", code="DEU")}) for turn in pair.target.turns
    ]
    documents = DocumentPair(
        source=pair.source.model_copy(update={"turns": turns}),
        target=pair.target.model_copy(update={"turns": tuple(other)}),
    )
    row = list(pair.model_copy(update={"documents": documents}).segments())[4]
    assert (row.state, row.source_affiliation, row.target_affiliation) == ("DEU", None, "Germany")


def test_passages(pair: AlignedPair) -> None:
    found: list[Passage] = list(passages(PairRows(pair)))
    assert [(each.source_blocks, each.target_blocks) for each in found] == [
        (("h1",), ("h1",)),
        (("p1", "p1.a"), ("p1",)),
        (("p1.a.i",), ("p2",)),
        (("t1.p1",), ("t1.p1",)),
        ((), ("x1",)),
        (("annex.p1",), ("annex.p1",)),
    ]
    joined = found[1]
    assert joined.id == "SPECIMEN_1.zh-en.passage-2"
    assert joined.segments == ("SPECIMEN_1.zh-en.l2", "SPECIMEN_1.zh-en.l3")
    assert joined.source_text == "船来了。 灯亮了。\n雪。"
    assert joined.target_text == "The boat came and the lamp was lit. It snowed."
    assert joined.source_numbers == ("1", "1(a)")
    assert joined.score == pytest.approx((0.8 * 9 + 0.5 * 2) / 11, abs=1e-6)
    assert joined.findings == ("link-length-outlier",)
    assert found[4].score is None
    assert (found[3].state, found[3].target_speaker, found[3].source_pages) == ("DEU", "Mr. B", (2, 3))


def test_rows_of_one_language() -> None:
    rows = DocumentRows(source())
    sentences, paragraphs, turns = list(rows.sentences()), list(rows.paragraphs()), list(rows.turns())
    assert [(row.id, row.position, row.number, row.page) for row in sentences] == [
        ("h1.s1", 1, "一", None), ("p1.s1", 2, "1", 1), ("p1.s2", 3, "1", 1), ("p1.a.s1", 4, "1(a)", 1),
        ("p1.a.i.s1", 5, "1(a)(i)", 2), ("t1.p1.s1", 6, None, 2), ("annex.p1.s1", 7, "1", 4),
    ]  # fmt: skip
    assert [row.state for row in sentences] == [None] * 5 + ["DEU", None]
    assert [row.findings for row in sentences][1:4] == [("number-gap",), ("number-gap",), ("symbol-from-name",)]
    assert [(row.id, row.position, row.parent, row.pages) for row in paragraphs][2:5] == [
        ("p1.a", 3, "p1", (1,)), ("p1.a.i", 4, "p1.a", (2,)), ("t1.p1", 5, None, (2, 3))
    ]  # fmt: skip
    assert paragraphs[1].sentences == ("p1.s1", "p1.s2")
    [turn] = turns
    assert (turn.turn, turn.label, turn.blocks, turn.sentences, turn.text) == (
        1,
        "比先生(德国)：",
        ("t1.p1",),
        1,
        "夜深。",
    )
    assert (turn.speaker, turn.affiliation, turn.state, turn.pages) == ("比先生", "德国", "DEU", (2, 3))


def test_a_link_to_nowhere_is_named(pair: AlignedPair) -> None:
    broken = pair.model_copy(update={"links": (*LINKS, link("p7.s1", "p1.s1"))})
    with pytest.raises(CorpusError, match=r"link l8 of SPECIMEN_1\.zh-en points to p7\.s1"):
        list(broken.segments())


@pytest.mark.parametrize(
    ("before", "after", "language", "between"),
    [
        ("一。", "导言", "zh", ""),
        ("NPT", "CD", "zh", " "),
        ("导言", "CD", "zh", ""),
        ("A.", "B.", "en", " "),
        ("", "B", "zh", " "),
    ],
)
def test_what_stands_between_texts_that_were_apart(before: str, after: str, language: str, between: str) -> None:
    assert separator(before, after, language) == between


def test_sentences_of_several_blocks_are_joined() -> None:
    blocks: list[Block] = [
        make_block("p1", Kind.PARAGRAPH, ["船。", "灯。", "雪。"]), make_block("p2", Kind.PARAGRAPH, ["雾。"])
    ]  # fmt: skip
    places = Places(make_document("zh", blocks))
    assert places.text(("p1.s1", "p1.s2", "p2.s1")) == "船。 灯。雾。"
    assert places.text(("p1.s1", "p1.s3")) == "船。雪。"
    assert Places(make_document("en", blocks)).text(("p1.s1", "p1.s3")) == "船。 雪。"
    assert places.text(()) == ""
