"""Structure that a layout shows: mastheads, numbers, notes and signatures of invented pages."""

from parsers.parse import parse_bytes
from schemas.document import Block, Document, Genre, Kind
from tests.parsers.readers.pdf_files import Bar, Text, make_pdf

_LINE = "the lamps of the northern coast were inspected by the board, which found all of"
_FOOT = [Text(45, 40, "31-01034 (E) 030231"), Text(500, 40, "*3101034*")]
_HEAD = [
    Text(78, 750, "United Nations", 14),
    Text(470, 750, "S/2031/177"),
    Text(78, 710, "Security Council", 20, "F2"),
    Text(397, 715, "Distr.: General"),
    Text(397, 703, "12 March 2031"),
    Text(397, 679, "Original: English"),
]


def _document(*pages: list[Text | Bar]) -> Document:
    return parse_bytes(make_pdf(pages), "0001.pdf")


def _paragraph(y: float, text: str, *, x: float = 147, lines: int = 3) -> list[Text]:
    """Lines of a paragraph whose first one is set in, 12 points apart."""
    last = Text(123, y - 12 * lines, "them in order.")
    return [Text(x, y, text), *(Text(123, y - 12 * n, _LINE) for n in range(1, lines)), last]


def _numbered(document: Document, division: str | None = None) -> list[str | None]:
    return [b.number for b in document.blocks if b.kind is Kind.PARAGRAPH and b.number and b.division == division]


def _of(document: Document, kind: Kind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def test_a_letter_signed_on_the_upper_half_is_no_masthead() -> None:
    page = [
        *_HEAD,
        Text(123, 640, "Letter dated 11 March 2031 from the Permanent Representative of", 12, "F2"),
        Text(123, 626, "Norway addressed to the President of the Security Council", 12, "F2"),
        *_paragraph(596, "I have the honour to inform you that on the first day of the month of March"),
        *_paragraph(540, "I should be grateful if you would have the present letter circulated, for all"),
        Text(343, 470, "(Signed) Astrid Holm"),
        Text(343, 458, "Ambassador"),
        *_FOOT,
    ]
    document = _document(page)
    assert document.meta.genre is Genre.LETTER
    assert document.meta.symbols == ("S/2031/177",)
    assert document.meta.submitter == "Permanent Representative of Norway"
    assert len(_of(document, Kind.PARAGRAPH)) == 2
    assert [block.text for block in _of(document, Kind.SIGNATURE)] == ["(Signed) Astrid Holm Ambassador"]


def test_numbers_of_a_resolution_stand_further_in_than_those_of_its_annex() -> None:
    resolution = [
        Text(123, 740, "A/RES/99/312", 10, "F2"),
        *_paragraph(700, "Recalling that on the first day of the month the lamps were lit, and noting that"),
        *(line for n in range(1, 4) for line in _paragraph(700 - 66 * n, f"{n}. Decides that every year on that day")),
    ]
    annex = [
        Text(123, 740, "Annex", 14, "F2"),
        *(
            line
            for n in range(1, 9)
            for line in _paragraph(710 - 66 * (n - 1), f"{n}. The Board of Lights shall meet every year", x=123)
        ),
    ]
    document = _document(resolution, annex)
    assert _numbered(document) == ["1", "2", "3"]
    assert _numbered(document, "annex") == [str(n) for n in range(1, 9)]


def test_notes_in_the_size_of_the_text() -> None:
    page = [
        *(line for n in range(4) for line in _paragraph(700 - 66 * n, f"{n + 1}. It is recalled that in that year")),
        Text(123, 420, "5. The lamps are listed elsewhere."),
        Text(258, 424, "1", 6),
        Text(262, 420, " The keepers are, too."),
        Text(350, 424, "2", 6),
        Text(123, 120, "1 See the list of lamps of the northern coast."),
        Text(123, 94, "2 See the list of keepers, which is kept with the list of lamps in the library of"),
        Text(123, 82, "the Board."),
    ]
    document = _document(page)
    notes = _of(document, Kind.FOOTNOTE)
    assert [note.label for note in notes] == ["1", "2"]
    assert [ref.mark for block in document.blocks for ref in block.refs] == ["1", "2"]
    assert _numbered(document) == ["1", "2", "3", "4", "5"]


def test_a_conference_room_paper_has_its_session_at_the_margin() -> None:
    page = [
        Text(413, 740, "A/AC.310/2031/CRP.3", 10, "F2"),
        Text(455, 728, "14 May 2031"),
        Text(123, 690, "Committee on the Peaceful Uses of Lights", 10, "F2"),
        Text(123, 678, "Sixty-second session"),
        Text(123, 666, "Vienna, 12-23 May 2031"),
        Text(123, 654, "Item 6 of the provisional agenda"),
        Text(180, 620, "Proposal for a group on lamps", 14, "F2"),
        Text(160, 596, "Paper submitted by Chile and Norway", 10, "F2"),
        *_paragraph(560, "Since the first session it has been recalled that for the good of all who sail"),
        *_paragraph(500, "Since the second session it has been said that for the good of all who sail at"),
    ]
    meta = _document(page).meta
    assert (meta.session, meta.place, meta.agenda_items) == ("Sixty-second session", "Vienna", ("6",))
    assert (meta.title, meta.submitter) == ("Proposal for a group on lamps", "Chile and Norway")


def test_numbers_that_are_misprinted_are_read_as_what_is_due() -> None:
    page = [
        Text(123, 740, "Annex", 14, "F2"),
        *_paragraph(700, "l. The Board of Lights shall meet every year on the first of March, and then", x=123),
        *_paragraph(634, "2. The Board of Lights shall report every year on the first of April, and then", x=123),
        *_paragraph(568, "[3. The Board of Lights shall rest every year on the first of May, and then it", x=123),
        *_paragraph(502, "4. The Board of Lights shall dine every year on the first of June, and then it", x=123),
    ]
    document = _document(page)
    assert _numbered(document, "annex") == ["1", "2", "3", "4"]
    assert [b.label for b in document.blocks if b.number] == ["l.", "2.", "[3.", "4."]


def _items(y: float, *, hanging: float = 123) -> list[Text]:
    """A numbered paragraph with two lettered items, the last of which fills its line at the foot of the page."""
    return [
        *_paragraph(
            y, "2. Access to the lamps of the coast is given to all who ask for it, and may be", x=123, lines=2
        ),
        Text(153, y - 48, "(a) Of the conditions that follow, of which there are two, this is the first one, and"),
        Text(hanging, y - 60, "it is a fair one;"),
        Text(153, y - 84, "(b) Other conditions of the board that hold for the lamps of the southern shore;"),
    ]


_FLUSH = "and chances of the northern coast were granted by the board, which thinks highly of"


def test_text_after_a_list_is_a_paragraph_of_its_own_over_the_page() -> None:
    first = [Text(123, 740, "Annex", 14, "F2"), *_paragraph(700, f"1. {_LINE}", x=123)]
    second = [Text(123, 700, _FLUSH), Text(123, 688, _LINE), Text(123, 676, "them in order.")]
    document = _document([*first, *_items(170)], [*second, *_paragraph(640, f"3. {_LINE}", x=123)])
    shown = [(block.kind, block.number) for block in document.blocks if block.kind in (Kind.PARAGRAPH, Kind.ITEM)]
    assert shown[-5:] == [
        (Kind.PARAGRAPH, "2"), (Kind.ITEM, "a"), (Kind.ITEM, "b"), (Kind.PARAGRAPH, None), (Kind.PARAGRAPH, "3"),
    ]  # fmt: skip
    assert document.blocks[-2].text.startswith("and chances")
    assert document.blocks[-2].text.endswith("in order.")


def test_the_next_item_begins_a_page_though_the_one_above_has_no_stop() -> None:
    head = [Text(123, 740, "Annex", 14, "F2"), *_paragraph(700, f"1. {_LINE}", x=123)]
    # No room is left for `(c)` on the last line, nor is there a stop at its end.
    items = [*_items(170)[:-1], Text(153, 86, f"(b) Other conditions of the board, {_LINE}"[:84] + ", or")]
    second = [Text(153, 700, "(c) Both of them."), *_paragraph(640, f"3. {_LINE}", x=123)]
    document = _document([*head, *items], [*second])
    assert [block.number for block in document.blocks if block.kind is Kind.ITEM] == ["a", "b", "c"]


def test_an_item_goes_on_over_the_page() -> None:
    head = [Text(123, 740, "Annex", 14, "F2"), *_paragraph(700, f"1. {_LINE}", x=123)]
    items = _items(170)
    items[-1] = items[-1]._replace(text="(b) Other conditions of the board that hold for the lamps of the southern")
    second = [Text(123, 700, "shore, the towers of which are lit by oil and are looked after by the towns;")]
    document = _document([*head, *items], [*second, *_paragraph(640, f"3. {_LINE}", x=123)])
    (item,) = (block for block in document.blocks if block.number == "b")
    assert item.text.endswith("looked after by the towns;")
