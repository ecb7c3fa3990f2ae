"""Whatever a Word file is put together from, each of its words is in one block or in furniture, once."""

import re
from collections import Counter
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.parse import parse_bytes
from tests.parsers.readers.docx_files import cell, docx, level, note, note_reference, numbered, numbering, p, r, table

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
WRAPPERS = (
    "{}",
    "<w:ins>{}</w:ins>",
    "<w:moveTo>{}</w:moveTo>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:smartTag>{}</w:smartTag>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    f"{BEGIN}<w:r><w:instrText>REF x</w:instrText></w:r>{SEPARATE}{{}}{END}",
    "{}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
)
BOXES = (
    "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>",
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing>'
    "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
)
LISTS = numbering(level(0, "%1.") + level(1, "(%2)", "lowerLetter"))
STARTS = ("", "I.\t", "1.\t", "(a)\t", "• ", "Annex", "The President: ", "Distr.: ")


class Words:
    """Words that come once each, and the notes that have been referred to."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.used: list[str] = []
        self.notes: list[str] = []

    def next(self) -> str:
        self.used.append(f"w{next(self._numbers)}q")
        return self.used[-1]

    def note(self) -> str:
        number = len(self.notes) + 2
        self.notes.append(note(number, f"{self.next()} noted."))
        return note_reference(number)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    words = Words()

    def inline(depth: int) -> str:
        text = draw(st.sampled_from(WRAPPERS)).format(r(f"{words.next()} and {words.next()}. "))
        if depth < 3 and draw(st.integers(0, 7)) == 0:
            text += draw(st.sampled_from(BOXES)).format(paragraph(depth + 1))
        if depth == 0 and draw(st.integers(0, 5)) == 0:
            text += words.note()
        return text + draw(st.sampled_from(("", r("\n"), '<w:r><w:br w:type="page"/></w:r>')))

    def paragraph(depth: int) -> str:
        content = r(draw(st.sampled_from(STARTS))) + "".join(inline(depth) for _ in range(draw(st.integers(1, 3))))
        if draw(st.booleans()):
            return p(content, draw(st.sampled_from(("", '<w:jc w:val="center"/>', '<w:ind w:left="700"/>'))))
        return numbered(content, 1, draw(st.integers(0, 1)))

    def block(depth: int) -> str:
        kind = draw(st.integers(0, 5))
        if kind == 0 and depth < 3:
            rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            return table(*("".join(cell(block(depth + 1)) for _ in range(columns)) for _ in range(rows)))
        if kind == 1 and depth < 3:
            return f"<w:sdt><w:sdtContent>{block(depth + 1)}</w:sdtContent></w:sdt>"
        return paragraph(depth)

    body = "".join(block(0) for _ in range(draw(st.integers(1, 6))))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    header = p(words.next())
    return docx(body, section, numbering=LISTS, footnotes="".join(words.notes), header1=header), words.used


@settings(max_examples=60)
@given(files())
def test_each_word_is_in_the_document_once(made: tuple[bytes, list[str]]) -> None:
    data, used = made
    document = parse_bytes(data, "0001.docx", language="en")
    kept = [block.orig for block in document.blocks] + [item.orig for item in document.furniture]
    found = Counter(word for orig in kept for word in re.findall(r"w\d+q", orig))
    assert found == Counter(used)
    said = Counter(word for block in document.blocks for word in re.findall(r"w\d+q", block.text))
    assert set(said) == {word for block in document.blocks for word in re.findall(r"w\d+q", block.orig)}
