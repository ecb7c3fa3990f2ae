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
    got = found(document)
    missing = [each for each in wanted if each not in got]
    assert not missing, [each for each in got if each not in wanted]
