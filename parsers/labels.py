"""Labels that open a paragraph: `12.`, `(a)`, `(iv)`, `一.`, `A.`, `第一条`, bullets; and what they count.

Levels of UN texts: `1.` -> `(a)` -> `(i)` -> `a.` -> `i.`, the same in every language; Chinese headings `一.` (mostly)
or `一、`, `A.` stays Latin; brackets beside Han are mostly half-width, and full-width ones occur.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from parsers.characters import ARABIC_LETTER, BULLETS
from schemas.document import Block


class LabelKind(StrEnum):
    """What a label looks like; what it means depends on the sequence it stands in."""

    ARABIC = "arabic"  # 12.
    DECIMAL = "decimal"  # 5.2.1.
    HAN = "han"  # 一.
    CAPITAL = "capital"  # A.  (also I., V., X., C., D., L., M. of a Roman sequence)
    ROMAN = "roman"  # II.
    LETTER = "letter"  # (a)
    SMALL_ROMAN = "small_roman"  # (iv)
    BRACKETED_NUMBER = "bracketed_number"  # (1)  1)
    BRACKETED_HAN = "bracketed_han"  # （一）
    PLAIN_LETTER = "plain_letter"  # a.
    BULLET = "bullet"


class Label(NamedTuple):
    """A label as printed, the number inside it, its look, and the count of characters it takes with the space after."""

    printed: str
    number: str
    kind: LabelKind
    length: int


_HAN_NUMBER = "[一二三四五六七八九十百〇]{1,4}"
_ROMAN = r"[IVXLC]{2,7}"
_SMALL_ROMAN = r"[ivx]{1,6}"
_PATTERNS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    (LabelKind.DECIMAL, re.compile(r"(?P<n>\d{1,3}(?:\.\d{1,3}){1,6})\.?(?=\s+[A-Z“\"(])")),
    (LabelKind.ARABIC, re.compile(r"(?P<n>\d{1,3})[.．](?=\s|[^\W\d_])(?!\d)")),
    # Arabic: 1 - and (أ), in the order of the old alphabet, and ’1‘.
    (LabelKind.ARABIC, re.compile(rf"(?P<n>\d{{1,3}}) ?[-–—](?=\s+[“”«]?{ARABIC_LETTER})")),
    (LabelKind.LETTER, re.compile(rf"\((?P<n>{ARABIC_LETTER}{{1,2}})[\u0640\u200d]?\)(?=\s*\S)")),
    (LabelKind.BRACKETED_NUMBER, re.compile(rf"[’‘'](?P<n>\d{{1,2}})[’‘'](?=\s+{ARABIC_LETTER})")),
    (LabelKind.HAN, re.compile(rf"(?P<n>{_HAN_NUMBER})[.．、](?=\s*\S)")),
    (LabelKind.ROMAN, re.compile(rf"(?P<n>{_ROMAN})[.．](?=\s)")),
    (LabelKind.CAPITAL, re.compile(r"(?P<n>[A-Z])[.．](?=\s)")),
    (LabelKind.SMALL_ROMAN, re.compile(rf"[(（](?P<n>{_SMALL_ROMAN})[)）](?=\s*\S)")),
    (LabelKind.LETTER, re.compile(r"[(（](?P<n>[a-z]{1,2})[)）](?=\s*\S)")),
    # a) and i): French, Spanish and Russian print no opening bracket.
    (LabelKind.SMALL_ROMAN, re.compile(rf"(?P<n>{_SMALL_ROMAN})[)）](?=\s+\S)")),
    (LabelKind.LETTER, re.compile(r"(?P<n>[a-zа-я]{1,2})[)）](?=\s+\S)")),
    (LabelKind.BRACKETED_NUMBER, re.compile(r"[(（](?P<n>\d{1,2})[)）](?=\s*\S)")),
    (LabelKind.BRACKETED_NUMBER, re.compile(r"(?P<n>\d{1,2})[)）](?=\s+\S)")),
    (LabelKind.BRACKETED_HAN, re.compile(rf"[(（](?P<n>{_HAN_NUMBER})[)）](?=\s*\S)")),
    (LabelKind.PLAIN_LETTER, re.compile(r"(?P<n>[a-z])[.．](?=\s)")),
    (LabelKind.BULLET, re.compile(rf"(?P<n>)[{BULLETS}](?=\s+\S)")),
)
# ㈠ (U+3220) and ㈤ are what Chinese fonts print for (i) and (v).
_ENCLOSED_HAN = re.compile("[\u3220-\u3229](?=\\s*\\S)")

HEADING_KINDS = frozenset({LabelKind.HAN, LabelKind.ROMAN, LabelKind.CAPITAL})
ITEM_KINDS = frozenset(
    {
        LabelKind.LETTER,
        LabelKind.SMALL_ROMAN,
        LabelKind.BRACKETED_NUMBER,
        LabelKind.BRACKETED_HAN,
        LabelKind.PLAIN_LETTER,
        LabelKind.BULLET,
    }
)


def match_label(text: str) -> Label | None:
    """The label that `text` opens with, if any. A one-letter label that can be Roman is given by its shape alone."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            return _label(text, match.group(), match["n"], kind)
    match = _ENCLOSED_HAN.match(text)
    if match:
        return _label(text, match.group(), match.group(), LabelKind.BRACKETED_HAN)
    return None


_ALONE = re.compile(r"(?:\d{1,3}\.|[(（](?:[a-z]{1,2}|[ivx]{1,6})[)）]|[IVXLC]{1,7}\.|[A-Z]\.)$")


def match_label_alone(text: str) -> Label | None:
    """The label that a line is, whose text stands on the next line: some tools print `12.` on a line of its own."""
    return match_label(f"{text} X") if _ALONE.match(text) else None


def label_of_line(text: str) -> Label | None:
    """The label of a line, whether its text follows on the same line or on the next."""
    return match_label(text) or match_label_alone(text)


def _label(text: str, printed: str, number: str, kind: LabelKind) -> Label:
    rest = text[len(printed) :]
    return Label(printed, number, kind, len(printed) + len(rest) - len(rest.lstrip()))


ARABIC_ORDINALS = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر",
    "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر",
)  # fmt: skip
"""The first, the second and so on, of parts, annexes and articles."""

_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}


def han_value(number: str) -> int | None:
    """The value of a Chinese numeral up to 999: 二十三 is 23; also digit by digit, as 第一五一一次 has it."""
    if not number or any(char not in "〇零一二三四五六七八九十百" for char in number):
        return None
    if "十" not in number and "百" not in number:
        return int("".join(str(_HAN_DIGITS.get(char, 0)) for char in number))
    total, digit = 0, 0
    for char in number:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _HAN_DIGITS.get(char, 0)
    return total + digit


_ROMAN_DIGITS = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def roman(value: int) -> str:
    """The Roman numeral of `value`, from 1 to 399."""
    result = ""
    for digits, worth in _ROMAN_DIGITS:
        while value >= worth:
            result, value = result + digits, value - worth
    return result


def roman_value(number: str) -> int | None:
    """The value of a well-formed Roman numeral in either case, else None."""
    upper = number.upper()
    if not re.fullmatch(r"C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", upper) or not upper:
        return None
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    values = [worth[char] for char in upper]
    return sum(-v if index + 1 < len(values) and v < values[index + 1] else v for index, v in enumerate(values))


def position(number: str, kind: LabelKind) -> int | None:
    """Which place in its sequence a number has: 12 -> 12, 二 -> 2, B -> 2, iv -> 4; None where it has none."""
    if kind in (LabelKind.ARABIC, LabelKind.BRACKETED_NUMBER):
        return int(number)
    if kind in (LabelKind.HAN, LabelKind.BRACKETED_HAN):
        return ord(number) - 0x321F if "\u3220" <= number[:1] <= "\u3229" else han_value(number)
    if kind in (LabelKind.ROMAN, LabelKind.SMALL_ROMAN):
        return roman_value(number)
    if kind in (LabelKind.CAPITAL, LabelKind.LETTER, LabelKind.PLAIN_LETTER):
        first = "а" if "а" <= number.lower()[0] <= "я" else "a"
        return ord(number.lower()[0]) - ord(first) + 1 + 26 * (len(number) - 1)
    return None


def opens_sequence(label: Label) -> bool:
    """Whether a label is the first of a sequence: 1, a, A, 一, I."""
    return label.number in ("I", "i") or position(label.number, label.kind) == 1


def is_numbered(block: Block) -> bool:
    """Whether a block is a paragraph with a number of the main sequence."""
    return block.number is not None and block.number.isdigit()
