"""Numbers as written: Chinese numerals, Roman numerals, ordinals of headings."""

import re
from unicodedata import normalize

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_FORM = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)

LONGEST_NUMBER = 30
"""What is longer is no number that anybody wrote, and may be longer than Python converts."""

CHINESE_NUMERAL_CHARS = "".join(_DIGITS) + "".join(_UNITS) + "".join(_MYRIADS)


def chinese_value(text: str) -> int | None:
    """The number that Chinese numerals write: 一千五百一十一 and, digit by digit, 一五一一 are both 1511.

    None if `text` is empty, longer than `LONGEST_NUMBER`, or holds anything else.
    """
    if not text or len(text) > LONGEST_NUMBER or any(char not in CHINESE_NUMERAL_CHARS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            unit = _MYRIADS[char]
            # 一亿二千万: a greater unit before stays as it is; 一万亿: a smaller one before is multiplied
            kept = total - total % (unit * unit)
            total = kept + (total - kept + section + digit) * unit
            section = digit = 0
    return total + section + digit


def roman_value(text: str) -> int | None:
    """The number that Roman numerals write, of either case; None if `text` is not one."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return None
    values = [_ROMAN[char] for char in text.upper()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def bare_number(number: str) -> str:
    """A number without what is printed around it: （三）, ⑶ and 3. are 三, 3 and 3."""
    return normalize("NFKC", number).strip().strip("().（）、．").strip()


def ordinal_readings(number: str) -> frozenset[str]:
    """What a bare heading or paragraph number can mean, so that 一, I and 1 share a reading, and A and A do.

    A letter that is also a Roman numeral (`C`, `I`) keeps both readings. ㈠ and ⑴, which are one character each in
    Chinese, are read as (一) and (1).
    """
    bare = bare_number(number)
    readings = {bare.upper()} if bare else set()
    for value in (chinese_value(bare), roman_value(bare)):
        if value is not None:
            readings.add(str(value))
    if bare.isdecimal() and len(bare) <= LONGEST_NUMBER:
        readings.add(str(int(bare)))
    return frozenset(readings)
