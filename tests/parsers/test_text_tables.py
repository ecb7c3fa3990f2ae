"""Tables in dumps: by tabs, by columns of spaces, by bars; and what stands in pairs without being one."""

import re
from collections import Counter

import pytest

from parsers.parse import parse_bytes
from schemas.document import Document, Kind
from tests.parsers.inventions import invented_sentences

ENGLISH, CHINESE = " ".join(invented_sentences("en")[:4]), "".join(invented_sentences("zh")[:4])
FIGURES = (("Lamp", "Oil", "Wicks"), ("Harbour", "12", "4"), ("Gull Rock", "7", "31"), ("Bridge", "1,900", "2"))
RIGHT = """\
Lamp            Oil    Wicks
Harbour          12        4
Gull Rock         7       31
Bridge        1,900        2
"""
LEFT = """\
 Lamp        Oil     Wicks
 Harbour     12      4
 Gull Rock   7       31
 Bridge      1,900   2
"""
BARS = """\
| Lamp | Oil | Wicks |
|------|-----|-------|
| Harbour | 12 | 4 |
| Gull Rock | 7 | 31 |
| Bridge | 1,900 | 2 |
"""
TABS = "".join("\t".join(row) + "\n" for row in FIGURES)
HAN = (("灯塔", "灯油", "灯芯"), ("港口", "12", "4"), ("鸥岩", "7", "31"), ("大桥", "1,900", "2"))
SPACED_HAN = "".join(f"{one}    {two:<8}{three}\n".replace("灯油      ", "灯油    ") for one, two, three in HAN)


def _document(text: str, around: str = ENGLISH) -> Document:
    whole = f"{around}\n\n{text}\n{around}\n"
    document = parse_bytes(whole.encode(), "SPECIMEN_1.txt")
    kept = Counter("".join([*(block.orig for block in document.blocks), *(item.orig for item in document.furniture)]))
    assert {char: count for char, count in kept.items() if not char.isspace()} == Counter(re.sub(r"\s", "", whole))
    return document


@pytest.mark.parametrize("text", [RIGHT, LEFT, BARS, TABS], ids=["right", "left", "bars", "tabs"])
def test_rows_and_cells_of_a_dump_are_a_table(text: str) -> None:
    (table,) = [block for block in _document(text).blocks if block.kind is Kind.TABLE]
    assert table.rows == FIGURES
    assert [sentence.text for sentence in table.sentences] == [cell for row in FIGURES for cell in row]


def test_columns_of_han_are_as_wide_as_they_print() -> None:
    (table,) = [block for block in _document(SPACED_HAN, CHINESE).blocks if block.kind is Kind.TABLE]
    assert table.rows == HAN


def test_double_spaced_dumps_have_tables_too() -> None:
    (table,) = [block for block in _document(RIGHT.replace("\n", "\n\n")).blocks if block.kind is Kind.TABLE]
    assert table.rows == FIGURES


def test_two_columns_are_a_table_where_one_holds_figures() -> None:
    text = "Lamp          Litres\nHarbour           12\nTower              7\nBridge         1,900\n"
    (table,) = [block for block in _document(text).blocks if block.kind is Kind.TABLE]
    assert table.rows == (("Lamp", "Litres"), ("Harbour", "12"), ("Tower", "7"), ("Bridge", "1,900"))


def test_heads_that_stand_otherwise_are_text_over_the_table() -> None:
    (table,) = [
        block
        for block in _document(
            RIGHT.replace("Lamp  ", "  Lamp").replace("Oil ", "Oils"),
        ).blocks
        if block.kind is Kind.TABLE
    ]
    assert table.rows is not None
    assert table.rows[-3:] == FIGURES[1:]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(Signed) A. Falk        (Signed) B. Oro\nKeeper of the lamps     Keeper of the rope\n"
                     "For the northern isles  For the southern isles\n", id="signatures in pairs"),
        pytest.param("1.\tThe lamps were lit.\tAll.\n2.\tThe ferry ran.\tAll.\n3.\tThe ice held.\tAll.\n", id="labels"),
        pytest.param("Lamp      Oil     Wicks\nHarbour   12      4\n", id="two lines"),
        pytest.param("Lamp   Oil   Wicks\nThe harbour   has some   of both\nA bridge   none at all   of these\n",
                     id="spaces without columns"),
        pytest.param("Contents\nLamps ..........   of the north   3\nFerries .......   of the south   5\n"
                     "Ropes .........   of the east   7\n", id="leaders"),
        pytest.param("In favour:\nChad      Malta     Peru\nFiji      Nauru     Oman\nCuba      Kenya     Niger\n"
                     "Ghana     Gabon     Chile\nHaiti     India     Iraq\n"
                     "Against:\nNone\n", id="voters"),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_text(text: str) -> None:
    assert not [block for block in _document(text).blocks if block.kind is Kind.TABLE]
