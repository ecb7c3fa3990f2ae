"""A reader's corrections: read, applied, reported when they do not fit, and no character lost by any of them."""

from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.document import Affiliation, Block, Document, Kind, Meta, Reference, Sentence, SpeakerRole, Turn
from schemas.source import SourceFile
from tests.strategies import documents
from unbitext.corrections import (
    Correction,
    apply_corrections,
    read_corrections,
    unused_corrections,
)
from unbitext.corrections_files import text_hash
from unbitext.reshaping import (
    NoFitError,
    find_block,
    merge_blocks,
    merge_sentences,
    replace_block,
    split_block,
    split_sentence,
)

SOURCE = SourceFile(file="X.en.txt", sha256="0" * 64, media_type="text/plain")


def block(identifier: str, text: str, orig: str | None = None, **fields: object) -> Block:
    """A paragraph whose sentences end at full stops."""
    sentences, start = [], 0
    for piece in text.replace(". ", ".\0 ").split("\0"):
        begin = start + len(piece) - len(piece.lstrip())
        sentences.append(
            Sentence(id=f"{identifier}.s{len(sentences) + 1}", start=begin, end=start + len(piece), text=piece.lstrip())
        )
        start += len(piece)
    made = {"id": identifier, "kind": Kind.PARAGRAPH, "text": text, "orig": orig or text, "sentences": sentences}
    return Block.model_validate({**made, **fields})


DOCUMENT = Document(
    meta=Meta(symbols=("SPECIMEN/1",), language="en", source=SOURCE),
    blocks=(
        block("h1", "The pond"),
        block("p1", "Frogs sing. Newts do not.", "1. Frogs sing.1 Newts\ndo not.", label="1.", number="1",
              refs=(Reference(mark="1", offset=11, note="fn1"),)),
        block("fn1", "Mostly at night.", "1 Mostly at night.", kind=Kind.FOOTNOTE, number="1", label="1"),
        block("p2", "and neither do carp. 2. Herons wait."),
        block("i1", "patiently;", "(a) patiently;", kind=Kind.ITEM, label="(a)", number="a", parent="p2", level=1),
        block("t1.p1", "I agree.", "Ms. Reed: I agree.", turn=1, label="Ms. Reed:"),
    ),
    turns=(
        Turn(n=1, label="Ms. Reed:", speaker="Ms. Reed", role=SpeakerRole.MEMBER,
             affiliation=Affiliation(text="Fenland")),
    ),
)  # fmt: skip


def texts(document: Document) -> dict[str, str]:
    return {one.id: one.text for one in document.blocks}


def correct(at: str, text: str, **what: object) -> Document:
    correction = Correction.model_validate({"at": at, "text": text_hash(text), "reason": "seen", **what})
    return apply_corrections(DOCUMENT, [correction])


def find(document: Document, identifier: str) -> Block:
    return next(one for one in document.blocks if one.id == identifier)


def originals(document: Document) -> Counter[str]:
    return Counter("".join("".join(one.orig.split()) for one in document.blocks))


def test_kind() -> None:
    corrected = correct("p2", texts(DOCUMENT)["p2"], kind="heading", level=2)
    assert (find(corrected, "p2").kind, find(corrected, "p2").level) == (Kind.HEADING, 2)
    assert [finding.code for finding in corrected.findings] == ["correction-applied"]


def test_number_and_its_label() -> None:
    corrected = correct("p2", texts(DOCUMENT)["p2"], number="7")
    assert (find(corrected, "p2").number, find(corrected, "p2").text) == ("7", texts(DOCUMENT)["p2"])
    corrected = correct("p2", texts(DOCUMENT)["p2"], number="", label="and")
    assert (find(corrected, "p2").number, find(corrected, "p2").label) == (None, "and")
    assert find(corrected, "p2").text == "neither do carp. 2. Herons wait."
    assert [s.text for s in find(corrected, "p2").sentences] == ["neither do carp.", "2.", "Herons wait."]


def test_split_of_a_block_keeps_marks_with_their_part() -> None:
    corrected = correct("p1", texts(DOCUMENT)["p1"], split_before="Newts")
    first, second = find(corrected, "p1"), find(corrected, "p1-2")
    assert (first.text, first.orig, first.number) == ("Frogs sing.", "1. Frogs sing.1 ", "1")
    assert (second.text, second.orig, second.number, second.label) == ("Newts do not.", "Newts\ndo not.", None, None)
    assert (first.refs, second.refs) == ((Reference(mark="1", offset=11, note="fn1"),), ())
    assert [s.id for s in second.sentences] == ["p1-2.s1"]
    assert originals(corrected) == originals(DOCUMENT)


def test_split_inside_a_sentence_ends_it() -> None:
    corrected = correct("p2", texts(DOCUMENT)["p2"], split_before="do carp")
    assert [s.text for s in find(corrected, "p2").sentences] == ["and neither"]
    assert [s.text for s in find(corrected, "p2-2").sentences] == ["do carp.", "2.", "Herons wait."]


def test_merge_of_blocks_passes_over_a_note() -> None:
    corrected = correct("p1", texts(DOCUMENT)["p1"], merge_with_next=text_hash(texts(DOCUMENT)["p2"]))
    merged = find(corrected, "p1")
    assert merged.text == "Frogs sing. Newts do not. and neither do carp. 2. Herons wait."
    assert [s.text for s in merged.sentences][1:3] == ["Newts do not.", "and neither do carp."]
    assert [one.id for one in corrected.blocks] == ["h1", "p1", "fn1", "i1", "t1.p1"]
    assert find(corrected, "i1").parent == "p1"
    assert originals(corrected) == originals(DOCUMENT)


def test_merge_puts_a_label_that_is_none_into_the_text() -> None:
    corrected = correct("p2", texts(DOCUMENT)["p2"], merge_with_next=text_hash("patiently;"))
    assert find(corrected, "p2").text.endswith("Herons wait. (a) patiently;")


def test_sentences() -> None:
    corrected = correct("p2.s2", "2.", merge_with_next=text_hash("Herons wait."))
    assert [(s.id, s.text) for s in find(corrected, "p2").sentences] == [
        ("p2.s1", "and neither do carp."),
        ("p2.s2", "2. Herons wait."),
    ]
    corrected = correct("p2.s1", "and neither do carp.", split_before="do")
    assert [s.text for s in find(corrected, "p2").sentences][:2] == ["and neither", "do carp."]


def test_what_is_cut_or_joined_keeps_the_place_of_the_whole() -> None:
    first, second = ((1, 10.0, 10.0, 90.0, 20.0), (1, 10.0, 22.0, 30.0, 32.0)), ((2, 30.0, 22.0, 90.0, 32.0),)
    made = find(DOCUMENT, "p2")
    places = ((1, first), (2, ()), (2, second))
    sentences = [
        sentence.model_copy(update={"page": page, "boxes": boxes})
        for sentence, (page, boxes) in zip(made.sentences, places, strict=True)
    ]
    made = made.model_copy(update={"sentences": tuple(sentences)})
    halves = split_sentence(made, 0, "do").sentences
    assert [(one.page, one.boxes) for one in halves] == [(1, first), (1, first), (2, ()), (2, second)]
    assert [(one.page, one.boxes) for one in merge_sentences(made, 1).sentences] == [(1, first), (2, second)]
    index = find_block(DOCUMENT, "p2")
    parts = split_block(replace_block(DOCUMENT, index, made), index, "Herons").blocks[index : index + 2]
    assert [[one.boxes for one in part.sentences] for part in parts] == [[first, ()], [second]]


def test_speaker() -> None:
    corrected = correct("turn-1", "Ms. Reed:", speaker={"role": "chair", "code": "XFN", "spoken_language": "fr"})
    (turn,) = corrected.turns
    assert (turn.speaker, turn.role, turn.affiliation) == (
        "Ms. Reed", SpeakerRole.CHAIR, Affiliation(text="Fenland", code="XFN")
    )  # fmt: skip
    assert turn.spoken_language == "fr"


@pytest.mark.parametrize(
    ("at", "text", "what", "why"),
    [
        ("p9", "Frogs", {"kind": "heading"}, "no such id"),
        ("p1.s9", "Frogs", {"split_before": "x"}, "no such id"),
        ("turn-9", "Frogs", {"speaker": {"speaker": "X"}}, "no such turn"),
        ("p1", "Frogs sang.", {"kind": "heading"}, "no longer the one"),
        ("p1", "Frogs sing. Newts do not.", {"split_before": "toads"}, "0 times"),
        ("p1", "Frogs sing. Newts do not.", {"split_before": "n"}, "2 times"),
        ("p1", "Frogs sing. Newts do not.", {"split_before": "Frogs"}, "begins with"),
        ("p1", "Frogs sing. Newts do not.", {"merge_with_next": "0" * 12}, "text that follows"),
        ("p1.s1", "Frogs sing.", {"merge_with_next": "0" * 12}, "text that follows"),
        ("p1.s2", "Newts do not.", {"merge_with_next": "0" * 12}, "last sentence"),
        ("p1.s2", "Newts do not.", {"kind": "heading"}, "not a sentence's"),
        ("i1", "patiently;", {"merge_with_next": text_hash("I agree.")}, "begins a turn"),
        ("t1.p1", "I agree.", {"merge_with_next": "0" * 12}, "nothing follows"),
    ],
)
def test_what_does_not_fit_is_reported_and_left_out(at: str, text: str, what: dict[str, object], why: str) -> None:
    corrected = correct(at, text, **what)
    assert corrected.model_copy(update={"findings": ()}) == DOCUMENT
    (finding,) = corrected.findings
    assert (finding.code, finding.where) == ("correction-unfit", at)
    assert why in finding.message


def test_each_is_applied_to_the_result_of_the_ones_before() -> None:
    p2 = texts(DOCUMENT)["p2"]
    steps = [
        {"at": "p2", "text": text_hash(p2), "split_before": "2. Herons"},
        {"at": "p2-2", "text": text_hash("2. Herons wait."), "number": "2", "label": "2."},
    ]
    corrections = [Correction.model_validate({**step, "reason": "two paragraphs"}) for step in steps]
    corrected = apply_corrections(DOCUMENT, corrections)
    assert (find(corrected, "p2-2").text, find(corrected, "p2-2").number) == ("Herons wait.", "2")
    assert [finding.code for finding in corrected.findings] == ["correction-applied"] * 2


@settings(max_examples=60)
@given(documents(), st.integers(0, 30), st.integers(1, 30))
def test_splitting_and_merging_lose_no_character(document: Document, place: int, cut: int) -> None:
    if not document.blocks:
        return
    index = place % len(document.blocks)
    text = document.blocks[index].text
    if 0 < cut < len(text) and text[cut:].strip():
        try:
            split = split_block(document, index, text[cut:])
        except NoFitError:
            split = document
        assert originals(split) == originals(document)
        assert_sentences_are_of_their_text(split, index)
    try:
        merged = merge_blocks(document, index)
    except NoFitError:
        return
    assert originals(merged) == originals(document)
    assert len({one.id for one in merged.blocks}) == len(merged.blocks) == len(document.blocks) - 1


def assert_sentences_are_of_their_text(document: Document, index: int) -> None:
    for one in document.blocks[index : index + 2]:
        assert all(one.text[s.start : s.end] == s.text for s in one.sentences)


FILE = """
symbol = "SPECIMEN/1"
language = "en"
[[correction]]
at = "p1"
text = "{hash}"
kind = "quote"
reason = "it quotes the pond"
"""


def test_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "SPECIMEN_1.en.toml").write_text(FILE.format(hash="a" * 12))
    found, findings = read_corrections(tmp_path)
    assert findings == []
    (correction,) = found["SPECIMEN/1", "en"].corrections
    assert (correction.at, correction.action) == ("p1", "kind")
    assert unused_corrections(found, {("SPECIMEN/1", "en")}) == []
    assert [finding.code for finding in unused_corrections(found, set())] == ["corrections-unused"]
    assert read_corrections(tmp_path / "absent") == ({}, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("symbol = ", "SPECIMEN_1.en.toml: "),
        ("language = 'en'", "symbol: Field required"),
        (FILE.format(hash="a" * 11), "correction.1.text: String should match"),
        (FILE.format(hash="a" * 12) + "number = '2'", "correction.1: Value error, give exactly one of"),
        (FILE.format(hash="a" * 12).replace("kind", "level = 2 #"), "correction.1: Value error, give exactly one of"),
        (FILE.format(hash="a" * 12) + "label = '2'", "label goes with number"),
        (FILE.format(hash="a" * 12) + "page = 2", "correction.1.page: Extra inputs"),
        (FILE.format(hash="a" * 12).replace("p1", "turn-1"), "speaker goes with a turn"),
        (FILE.format(hash="a" * 12).replace("kind =", "speaker = {} #"), "says nothing"),
    ],
)
def test_a_file_that_cannot_be_used_costs_that_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "SPECIMEN_1.en.toml").write_text(text)
    (tmp_path / "SPECIMEN_2.en.toml").write_text(FILE.format(hash="a" * 12).replace("SPECIMEN/1", "SPECIMEN/2"))
    found, (finding,) = read_corrections(tmp_path)
    assert list(found) == [("SPECIMEN/2", "en")]
    assert finding.code == "corrections-unreadable"
    assert finding.message.startswith("SPECIMEN_1.en.toml: ")
    assert message in finding.message


def test_a_second_file_for_one_document_is_not_used(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(FILE.format(hash="a" * 12))
    found, (finding,) = read_corrections(tmp_path)
    assert len(found) == 1
    assert finding.message == "b.toml: another file corrects SPECIMEN/1 already"


def test_the_example_of_the_documentation_works(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "corrections.md").read_text(encoding="utf-8")
    example = page[page.index('    symbol = "SPECIMEN/2026/7"') :].split("\n\nThe second part")[0]
    (tmp_path / "SPECIMEN_2026_7.en.toml").write_text(dedent(example))
    found, findings = read_corrections(tmp_path)
    assert findings == []
    text = "Sluices close at dusk. 15. Herons may stay."
    ends = [
        Sentence(id="p14.s1", start=0, end=22, text=text[:22]),
        Sentence(id="p14.s2", start=23, end=43, text=text[23:]),
    ]
    document = Document(meta=Meta(source=SOURCE), blocks=(block("p14", text, number="14", sentences=ends),))
    shown = [text_hash(part) for part in (text, *(sentence.text for sentence in ends))]
    assert [hash_ for hash_ in shown if hash_ not in page] == []
    corrected = apply_corrections(document, found["SPECIMEN/2026/7", "en"].corrections)
    assert [(one.id, one.number, one.text) for one in corrected.blocks] == [
        ("p14", "14", "Sluices close at dusk."),
        ("p14-2", "15", "Herons may stay."),
    ]


def test_the_template_is_a_corrections_file_to_be_filled_in(root: Path, tmp_path: Path) -> None:
    template = (root / "corrections" / "template.txt").read_text(encoding="utf-8")
    filled = template
    for key, value in {"symbol": "A/1", "language": "en", "at": "p1", "text": "a" * 12, "reason": "seen"}.items():
        filled = filled.replace(f'{key} = ""', f'{key} = "{value}"', 1)
    (tmp_path / "A_1.en.toml").write_text(filled + '\nkind = "quote"\n')
    found, findings = read_corrections(tmp_path)
    assert findings == []
    assert found["A/1", "en"].corrections[0].kind is Kind.QUOTE
