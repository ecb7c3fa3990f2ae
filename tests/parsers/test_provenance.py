"""Where on the pages a text stands: sheets that text runs along sideways, boxes that reach over the edge."""

import pytest

from parsers.parse import parse_bytes
from parsers.provenance import keep_on_pages, upright_pages
from schemas.document import Block, Box, Kind, Sentence, SourcePage
from tests.parsers.readers.pdf_files import make_pdf, paragraph

SHEET = (612.0, 792.0)


def block(*boxes: Box) -> Block:
    sentence = Sentence(id="p1.s1", start=0, end=1, text="x", page=1, boxes=boxes)
    return Block(id="p1", kind=Kind.PARAGRAPH, text="x", orig="x", sentences=(sentence,), page=1, boxes=boxes)


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ((1, 72.0, 72.0, 540.0, 700.0), (612, 792)),
        ((1, 72.0, 72.0, 720.0, 540.0), (792, 612)),
        ((1, 72.0, 72.0, 614.0, 540.0), (612, 792)),  # a letter over the edge turns no page
        ((1, 72.0, 72.0, 720.0, 700.0), (612, 792)),  # reaches out either way
    ],
)
def test_a_page_is_as_wide_as_its_text_wants_it(box: Box, size: tuple[float, float]) -> None:
    pages = upright_pages([SHEET, (595.276, 841.89)], [block(box)])
    assert [(page.number, page.width, page.height) for page in pages] == [(1, *size), (2, 595.3, 841.9)]


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ((1, 72.0, 72.0, 540.0, 700.0), ((1, 72.0, 72.0, 540.0, 700.0),)),
        ((1, -3.0, -0.1, 700.0, 800.0), ((1, 0.0, 0.0, 612.0, 792.0),)),
        ((1, 620.0, 72.0, 700.0, 82.0), ()),
        ((2, 72.0, 72.0, 540.0, 82.0), ()),
    ],
)
def test_boxes_end_where_the_page_ends(box: Box, kept: tuple[Box, ...]) -> None:
    (found,) = keep_on_pages([block(box)], [SourcePage(number=1, width=612, height=792)])
    assert (found.boxes, found.sentences[0].boxes, found.sentences[0].page) == (kept, kept, 1)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pages_and_boxes_of_a_file(rotate: int) -> None:
    lines = ["The keepers of the northern lamps met in the", "spring. They counted all wicks.", ""]
    document = parse_bytes(make_pdf([paragraph(lines, 72, 500)] * 2, rotate=rotate), "x.pdf")
    assert [page.number for page in document.pages] == [1, 2]
    assert {tuple(sorted((page.width, page.height))) for page in document.pages} == {SHEET}
    boxes = [box for each in document.blocks for sentence in each.sentences for box in sentence.boxes]
    assert {box[0] for box in boxes} == {1, 2}
    assert all(corner == round(corner, 1) for box in boxes for corner in box[1:])


def test_a_text_dump_has_no_pages() -> None:
    document = parse_bytes(b"The keepers met. They counted.\n\f1. All wicks were there.\n", "x.txt")
    assert document.pages == ()
    assert all(not each.boxes and not any(one.boxes for one in each.sentences) for each in document.blocks)
