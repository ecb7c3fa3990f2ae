"""One specimen, three formats: PDF and Word file are read as the text dump is."""

from pathlib import Path
from typing import Any

import pytest

from parsers.parse import parse_bytes, parse_file
from parsers.readers.pdf import read_pdf
from schemas.document import Document, Kind
from tests.test_specimens import DUMPS

FORMATS = ("pdf", "docx")
LAYOUT = {"page", "boxes", "orig"}
"""What only a file with pages has, and the characters as read, which include where lines break."""


def structure(document: Document) -> dict[str, Any]:
    """All that was read, but for pages and places, findings, furniture and the file itself.

    The masthead is compared without its order: a dump prints its frames where the text layer has them, in Geneva's
    documents behind the text of the first page.
    """
    blocks = [block.model_dump(mode="json", exclude=LAYOUT) for block in document.blocks]
    for block in blocks:
        block["sentences"] = [(sentence["id"], sentence["text"]) for sentence in block["sentences"]]
    masthead = [block | {"id": None, "sentences": None} for block in blocks if block["kind"] == Kind.MASTHEAD]
    return {
        "meta": document.meta.model_dump(mode="json", exclude={"source"}),
        "masthead": sorted(masthead, key=lambda block: str(block["text"])),
        "blocks": [block for block in blocks if block["kind"] != Kind.MASTHEAD],
        "turns": [turn.model_dump(mode="json") for turn in document.turns],
    }


@pytest.fixture(scope="module")
def dumps(specimens: Path) -> dict[str, Document]:
    """What is read from the text dumps, by file name without suffix."""
    names = [f"{stem}.{language}" for stem, language in DUMPS]
    return {name: parse_file(specimens / f"{name}.txt") for name in names}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", [f"{stem}.{language}" for stem, language in DUMPS])
def test_the_structure_is_that_of_the_dump(specimens: Path, dumps: dict[str, Document], name: str, form: str) -> None:
    # The name is kept from the parser: a document says itself what it is.
    document = parse_bytes((specimens / form / f"{name}.{form}").read_bytes(), f"0001.{form}")
    read, expected = structure(document), structure(dumps[name])
    for key, part in expected.items():
        assert read[key] == part


@pytest.mark.parametrize("name", ["SPECIMEN_2026_12.zh", "SPECIMEN_RES_9_4.en"])
def test_both_readers_of_pdfs_read_the_same(specimens: Path, name: str) -> None:
    """That they do shows that the fonts are embedded with all that a reader needs."""
    data = (specimens / "pdf" / f"{name}.pdf").read_bytes()
    fast, reference = read_pdf(data).lines, read_pdf(data, reader="reference").lines
    assert [(line.orig, line.zone) for line in fast] == [(line.orig, line.zone) for line in reference]


@pytest.mark.parametrize("name", [f"{stem}.{language}" for stem, language in DUMPS])
def test_a_pdf_says_where_each_sentence_stands(specimens: Path, name: str) -> None:
    document = parse_file(specimens / "pdf" / f"{name}.pdf")
    assert document.meta.source.pages is not None
    for block in document.blocks:
        assert block.page is not None
        assert block.boxes
        for page, x0, top, x1, bottom in block.boxes:
            assert 1 <= page <= document.meta.source.pages
            assert 0 <= x0 < x1 <= 612
            assert 0 <= top < bottom <= 842
