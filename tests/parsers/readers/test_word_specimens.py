"""The specimens have one structure, whether they are read from Word or from text."""

from pathlib import Path
from typing import Any

import pytest

from parsers.parse import parse_bytes, parse_file
from schemas.document import Document
from tests.parsers.readers.specimen_files import Numbers, specimen_docx
from tests.test_specimens import DUMPS


def structure(document: Document) -> list[dict[str, Any]]:
    """What a document says, without what only one of the two formats knows: pages and the characters as read."""
    left_out = {"orig": True, "page": True, "boxes": True, "sentences": {"__all__": {"page", "boxes"}}}
    return [block.model_dump(mode="json", exclude=left_out) for block in document.blocks]


@pytest.mark.parametrize("numbers", ["typed", "counted"])
@pytest.mark.parametrize(("stem", "language"), DUMPS)
def test_word_gives_the_structure_of_the_text(specimens: Path, stem: str, language: str, numbers: Numbers) -> None:
    from_text = parse_file(specimens / f"{stem}.{language}.txt", language=language)
    from_word = parse_bytes(specimen_docx(from_text, "set", numbers), "0001.docx", language=language)
    assert structure(from_word) == structure(from_text)
    assert from_word.turns == from_text.turns
    assert from_word.meta.model_dump(exclude={"source"}) == from_text.meta.model_dump(exclude={"source"})


# Its headings have no numbers and its list no marks: nothing but their looks shows them.
SHOWN_BY_LOOKS = "SPECIMEN_2026_31"


@pytest.mark.parametrize(("stem", "language"), [dump for dump in DUMPS if dump[0] != SHOWN_BY_LOOKS])
def test_the_text_below_the_masthead_needs_no_looks(specimens: Path, stem: str, language: str) -> None:
    """Where nothing is centred or set in, a title is no longer told from the heading of an agenda item above it."""
    from_text = parse_file(specimens / f"{stem}.{language}.txt", language=language)
    from_word = parse_bytes(specimen_docx(from_text, "bare", "typed"), "0001.docx", language=language)
    top = ("masthead", "title")
    assert [block for block in structure(from_word) if block["kind"] not in top] == [
        block for block in structure(from_text) if block["kind"] not in top
    ]
    assert from_word.turns == from_text.turns
