"""One document, printed in many ways: its structure comes out the same from every style of dump."""

from dataclasses import replace

import pytest

from parsers.parse import parse_bytes
from schemas.document import Document
from tests.parsers.dumps import STYLES, Expected, Style, expected, render, squeeze
from tests.parsers.inventions import GENRES, JOB

WRAPPED = Style("single", spacing="single", page_lines=46)
HARD_WRAPPED = tuple(
    replace(WRAPPED, name=f"wrapped at {width}", widths=(width, width), feed=feed, first_line=4, centre=12)
    for width in (40, 60, 80, 100)
    for feed in (False, True)
)

UNDECIDABLE = ("letter", "zh", "real, no furniture")
"""A page begins with a new sentence between paragraphs without numbers: its one space can be a first line's."""


def found(document: Document) -> list[Expected]:
    return [
        Expected(block.kind.value, block.number, squeeze(block.label or ""), squeeze(block.text))
        for block in document.blocks
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("genre", sorted(GENRES))
@pytest.mark.parametrize("style", [*STYLES, *HARD_WRAPPED], ids=lambda style: style.name)
def test_the_structure_is_the_same_in_every_style(genre: str, language: str, style: Style) -> None:
    make, symbol = GENRES[genre]
    units = make(language)
    data = render(units, style, language, symbol, JOB).encode()
    document = parse_bytes(data, "any.txt")
    wanted = expected(units, style, language)
    if (genre, language, style.name) == UNDECIDABLE:
        assert squeeze("".join(each.text for each in found(document))) == "".join(each.text for each in wanted)
        return
    assert found(document) == wanted
