"""White space of PDFs, found from gaps and from spaces that are set: the same by both readers, and what is seen."""

import pytest

from parsers.readers.pdf import read_pdf
from parsers.readers.pdf_runs import Reader
from schemas.layout import Line
from tests.parsers.readers.pdf_files import Text, make_form_pdf, make_pdf, paragraph

_BODY = paragraph(["The Board of Lights met in the town of Haven and decided as is", "told on this page."], 123, 700)
_READERS: tuple[Reader, ...] = ("fast", "reference")


def _last_line(items: list[Text], reader: Reader) -> Line:
    (page,) = read_pdf(make_pdf([[*_BODY, *items]]), reader=reader).pages
    return page.lines[-1]


def _letters(words: list[str], gap: float, between: float = 0.0) -> list[Text]:
    """Words of letters that are 5 points wide each, with points of white space between words and between letters."""
    items, x = [], 123.0
    for word in words:
        for char in word:
            items.append(Text(x, 600, char))
            x += 5 + between
        x += gap - between
    return items


@pytest.mark.parametrize("reader", _READERS)
@pytest.mark.parametrize(
    ("items", "text"),
    [
        # Widths at 10 points: letters and figures 5, but o 5, c 4.44, the space 2.5, the hyphen 3.33.
        pytest.param(
            [Text(123, 600, "co"), Text(132.44, 600, "-"), Text(135.77, 600, " "), Text(136.2, 600, "chaired")],
            "co-chaired", id="a space under what follows a hyphen",
        ),
        pytest.param(
            [Text(123, 600, "no"), Text(133, 604, "2", 6), Text(136, 604, " ", 6), Text(137.56, 600, "non")],
            "no2 non", id="a space set small and on its own behind a mark",
        ),
        pytest.param(
            [Text(123, 600, "no"), Text(133, 600, " "), Text(134.2, 600, "." * 40)],
            "no " + "." * 40, id="a space under a leader",
        ),
        pytest.param(
            [Text(123, 600, "no "), Text(135.5, 600, ". . . . .", said=". . . . . .")],
            "no .....", id="a leader that is said to have another dot",
        ),
        pytest.param(_letters(["nounbound", "bond"], 1.5), "nounbound bond", id="narrow gaps where no spaces are set"),
        pytest.param(_letters(["nounboundbond"], 0, 1.5), "nounboundbond", id="letters set a little wide"),
    ],
)  # fmt: skip
def test_white_space_is_what_is_seen(items: list[Text], text: str, reader: Reader) -> None:
    assert _last_line(items, reader).orig == text


def test_slanted_letters_end_where_they_advance_to() -> None:
    # The ink of an italic f begins before its place and ends behind its width.
    fast, reference = (_last_line([Text(123, 600, "for half of", font="F3")], reader) for reader in _READERS)
    assert fast.box is not None
    assert reference.box is not None
    assert (fast.box.x0, fast.box.x1) == pytest.approx((reference.box.x0, reference.box.x1), abs=0.1)
    assert fast.edges == pytest.approx(reference.edges, abs=0.1)


def test_a_page_of_which_pdfium_cannot_tell_the_print_is_handed_over() -> None:
    # What is said in place of the print is put aside on the page, but not within a form.
    reading = read_pdf(make_form_pdf(_BODY, [Text(123, 0, "no . . . . .", said="no . . . . . .")]))
    assert reading.pages[0].lines[-1].orig == "no ....."
    assert [(finding.code, finding.where) for finding in reading.findings] == [("second-reader", "page 1")]
