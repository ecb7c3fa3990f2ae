"""What holds for any text: no character is lost, ids are unique and stable, sentences and marks lie in the text."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parsers.errors import Refusal
from parsers.parse import parse_bytes, parse_file
from schemas.document import Document

PIECES = st.sampled_from(
    [
        "1. 河流的水位每天测量。", "2. The level of the river is read.", "(a) 第一项；", "(i) the second;", "一. 导言",
        "A. Scope", "  附件一", " Annex I", "主席(以英语发言)：请坐。", " Mr. Fell (Fiji): Thanks.", "SPECIMEN/PV.9",
        "2 SP.26-00001", "*2600001*", "__________________", " 1 见上文。", " * Reissued.", "会议暂停片刻。",
        "(spoke in English)",
        "“Recalling the above,", "Decides to go on.”", "Distr.: General", "Original: English", "(签名)", "", " ", "\f",
        "the flow-", "ing water", "下午 4 时 55 分散会。",
    ]
)  # fmt: skip
DUMPS = st.lists(st.one_of(PIECES, st.text(max_size=60)), min_size=1, max_size=60).map("\n".join)


def characters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(DUMPS)
@example("1. 河流的水位每天测量。\n(签名)\n0\n(a) 第一项；")
def test_each_character_ends_in_one_block_or_in_furniture(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    try:
        document = parse_bytes(data, "any.zh.txt", language="zh")
    except Refusal:
        return
    pieces = [block.orig for block in document.blocks] + [item.orig for item in document.furniture]
    assert characters("".join(pieces)) == characters(data.decode("utf-8").removeprefix("\ufeff"))
    check_invariants(document)


@pytest.mark.parametrize(
    "char",
    [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
    + list("\u00ad\u200b\u200f\u202e\u2028\u2066\u3000\ufeff\ufffe\ue000"),
)
def test_no_character_is_lost_to_a_strange_one(char: str) -> None:
    line = "The level of the river is read.\n"
    text = (
        f"{line * 60} 1. Banks{char}1 of it.\n{char}\nx{char}*\n{char} * Noted.\n ({char}a) b{char}\n{char}1 Noted.\n"
    )
    document = parse_bytes(text.encode(), "any.txt", language="en")
    pieces = [block.orig for block in document.blocks] + [item.orig for item in document.furniture]
    assert characters("".join(pieces)) == characters(text)
    check_invariants(document)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"), (b"\f" * 999, "empty-file"), (b"\xef\xbb\xbf \n", "empty-file"), (b"\0" * 99, "not-text"),
        (b"a\0" * 99, "not-text"), (b"\xff\xfe\x00\xd8a\0", "not-text"), (b"x " * 500_000, "line-too-long"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_bytes(data, "any.txt")
    assert refused.value.code == code


def test_two_notes_with_the_same_mark_have_an_anchor_each() -> None:
    text = " The lamps* of it.\n * Noted.\n The boats* of it.\n * Noted again.\n"
    document = parse_bytes(text.encode(), "any.txt", language="en")
    refs = [(ref.mark, ref.note) for block in document.blocks for ref in block.refs]
    assert refs == [("*", "fnstar"), ("*", "fnstar-2")]


def check_invariants(document: Document) -> None:
    ids = [block.id for block in document.blocks]
    assert len(set(ids)) == len(ids)
    notes = {block.id for block in document.blocks if block.kind == "footnote"}
    for block in document.blocks:
        end = 0
        for sentence in block.sentences:
            assert block.text[sentence.start : sentence.end] == sentence.text
            assert end <= sentence.start < sentence.end
            assert not block.text[end : sentence.start].strip()
            end = sentence.end
        assert not block.text[end:].strip()
        assert all(0 <= ref.offset <= len(block.text) for ref in block.refs)
        assert all(ref.note is None or ref.note in notes for ref in block.refs)
        assert block.parent is None or block.parent in ids
        assert block.turn is None or 1 <= block.turn <= len(document.turns)


@pytest.mark.parametrize("name", ["SPECIMEN_2026_12.zh.txt", "SPECIMEN_PV.7.en.txt", "SPECIMEN_SR.3.zh.txt"])
def test_a_longer_version_keeps_the_ids_before_the_change(specimens: Path, name: str) -> None:
    whole = parse_file(specimens / name)
    lines = (specimens / name).read_text(encoding="utf-8").split("\n")
    shorter = parse_bytes("\n".join(lines[: len(lines) * 2 // 3]).encode(), name)
    same = {block.orig: block.id for block in whole.blocks}
    kept = [(block.id, same[block.orig]) for block in shorter.blocks if block.orig in same]
    assert len(kept) > len(shorter.blocks) * 0.8
    assert all(before == after for before, after in kept)


def test_the_same_bytes_give_the_same_document(specimens: Path) -> None:
    for path in sorted(specimens.glob("*.txt")):
        document = parse_file(path)
        check_invariants(document)
        assert document == parse_bytes(path.read_bytes(), path.name)
        assert Document.model_validate_json(document.model_dump_json()) == document
