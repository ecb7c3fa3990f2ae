"""Mutated Word files end in a reading or in the project's own refusal, soon; nothing else gets out."""

import random
import time
from collections import Counter

import pytest

from parsers.errors import Refusal
from parsers.readers.read import read
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
    parts,
    r,
    table,
)

LISTS = numbering(level(0, "%1.") + level(1, "(%2)", "lowerLetter"), level(0, "%1、", "chineseCounting"))
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
BODY = (
    p(r("Report of the Commission", "<w:b/>"), '<w:pStyle w:val="Head"/><w:jc w:val="center"/>')
    + numbered(r("The Commission met.") + note_reference(2))
    + numbered("It measured:", 1, 0)
    + numbered("the flow;", 1, 1)
    + numbered("河流", 2)
    + table(cell("River", '<w:gridSpan w:val="2"/>'), cell("A", '<w:vMerge w:val="restart"/>') + cell(p("B\nC")))
    + p("<w:ins>" + r("in") + "</w:ins><w:del>" + r("out") + "</w:del>" + FIELD)
    + p("<w:r><w:pict><w:txbxContent>" + p("In a box.") + "</w:txbxContent></w:pict></w:r>")
    + p("End.", "<w:sectPr/>")
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Base" w:default="1"><w:pPr><w:ind w:left="567"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Head"><w:basedOn w:val="Base"/><w:rPr><w:i/></w:rPr></w:style>'
)
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
PARTS = parts(BODY, SECTION, styles=STYLES, numbering=LISTS, footnotes=note(2, "See the annex."), header1=p("A/79/9"))
WHOLE = packed(PARTS)
TOKENS = (
    b"<w:p>", b"</w:p>", b"<w:tbl>", b'w:val="-1"', b'w:val="99999999999999999999"', b"<w:sdt><w:sdtContent>", b"\xff",
    b"&x;", b"\0", b"<!-- ", b"]]>", b"<w:fldChar/>", b'w:id=""', b'<w:basedOn w:val="Head"/>', b"%9", b"%1%1%1%1",
)  # fmt: skip


def flipped(chance: random.Random, data: bytes, count: int) -> bytes:
    changed = bytearray(data)
    for _ in range(count):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def spliced(chance: random.Random, data: bytes) -> bytes:
    """A piece taken out, doubled or moved, or a token put in."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    end = min(end, start + chance.choice((1, 8, 64, 400)))
    place = chance.randrange(len(data) + 1)
    piece = chance.choice((b"", data[start:end], chance.choice(TOKENS)))
    without = data[:start] + data[end:] if chance.random() < 0.5 else data
    return without[:place] + piece + without[place:]


def mutated(chance: random.Random) -> bytes:
    """A sound Word file with one thing done to it: to its bytes, or to the members under a sound container."""
    kind = chance.randrange(6)
    if kind == 0:
        return flipped(chance, WHOLE, chance.choice((1, 4, 40)))
    if kind == 1:
        return WHOLE[: chance.randrange(len(WHOLE))]
    members = {name: text.encode() for name, text in PARTS.items()}
    name = chance.choice(list(members))
    if kind == 2:
        del members[name]
    elif kind == 3:
        members[name] = flipped(chance, members[name], chance.choice((1, 3)))
    else:
        for _ in range(chance.choice((1, 2, 5))):
            members[name] = spliced(chance, members[name])
    return packed(members)


def outcome(data: bytes) -> str:
    try:
        read(data)
    except Refusal as refused:
        return refused.code
    return "read"


def run(count: int, seed: int) -> Counter[str]:
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for _ in range(count):
        began = time.monotonic()
        outcomes[outcome(mutated(chance))] += 1
        assert time.monotonic() - began < 10
    return outcomes


def test_the_sound_file_is_read() -> None:
    assert outcome(WHOLE) == "read"
    assert outcome(docx(BODY)) == "read"


def test_some_mutations() -> None:
    assert run(150, seed=7)["read"] > 10


@pytest.mark.slow
def test_two_thousand_mutations() -> None:
    outcomes = run(2000, seed=2026)
    assert outcomes.total() == 2000
    assert outcomes["read"] > 200
    assert set(outcomes) > {"word-damaged", "word-part-missing"}
