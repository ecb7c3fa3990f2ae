"""The places of items in their lists: one list is lettered in one language and numbered in another.

(c) of a treaty is （三） in Chinese, and (iii) is 3．; and a letter alone may be a Roman numeral: (i) is the ninth
after (h), the first where a list begins.
"""

from collections.abc import Sequence

from schemas.document import Block, Kind
from unbitext.align.numerals import LONGEST_NUMBER, bare_number, chinese_value, roman_value

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def list_places(blocks: Sequence[Block]) -> dict[str, int]:
    """The place of each item that has a number, counted from 1, by the id of its block.

    Lists are told apart by the block that their items belong to; one that begins anew is another list.
    """
    places: dict[str, int] = {}
    last: dict[str | None, int] = {}
    for block in blocks:
        if block.kind is not Kind.ITEM:
            if block.number or block.kind is Kind.HEADING:
                last.clear()
            continue
        readings = place_readings(block.number) if block.number else []
        if not readings:
            continue
        due = last.get(block.parent, 0) + 1
        place = next((wanted for wanted in (due, 1) if wanted in readings), readings[0])
        places[block.id] = last[block.parent] = place
    return places


def place_readings(number: str) -> list[int]:
    """What places the number of an item can mean: a letter's before a Roman numeral's; aa comes after z."""
    bare = bare_number(number).upper()
    if not bare or len(bare) > LONGEST_NUMBER:
        return []
    if bare.isdecimal():
        return [int(bare)]
    readings = [chinese_value(bare), roman_value(bare)]
    if len(set(bare)) == 1 and bare[0] in _LETTERS:
        readings.insert(0, _LETTERS.index(bare[0]) + 1 + len(_LETTERS) * (len(bare) - 1))
    return [value for value in readings if value]
