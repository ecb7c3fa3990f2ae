"""What kind of character it is, and how wide: the small facts that lines and joins are built on."""

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Regular-expression range of Chinese characters."""

CJK_MARKS = "\u2014\u2015\u2018\u2019\u201c\u201d\u2026\u00b7\u3000-\u303f\u3200-\u32ff\uff00-\uffef"
"""Regular-expression range of the punctuation and enclosed numbers of Chinese print, quotes and dashes included."""

CLOSERS = "”’」』》〉】〕）)]］"
"""Quotation marks and brackets that close."""

_OPENERS = "“‘「『《〈【〔（［"
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(rf"[^\s{HAN}{CJK_MARKS}]+")
# Advance widths of Times in thousandths of an em (Adobe Font Metrics); all others are taken as 500.
_TIMES = {
    char: width
    for width, chars in (
        (200, "|"), (250, " ,."), (278, "/:;\\ijlt"), (333, "!'()-I[]`frJ‘’"), (389, "s"), (408, '"'), (444, "?acez“”"),
        (541, "~"), (556, "FPS"), (564, "+<=>"), (611, "ELTZ"), (667, "BCR"), (722, "ADGHKNOQUVXYw"), (778, "&m"),
        (833, "%"), (889, "M"), (921, "@"), (944, "W"), (1000, "—"),
    )
    for char in chars
}  # fmt: skip
_NO_LINE_START = set("，。、；：？！,.;:?!%" + CLOSERS + "…—")


def is_han(char: str) -> bool:
    """Whether it is a Chinese character."""
    return bool(_HAN.match(char))


def han_share(text: str) -> float:
    """The share of Chinese characters among the letters of `text`; 0 where it has no letters."""
    letters = sum(char.isalpha() for char in text)
    return len(_HAN.findall(text)) / letters if letters else 0.0


def display_width(text: str) -> int:
    """Columns that `text` takes in a fixed-pitch Chinese font: 2 for Han and full-width marks, 1 for others.

    Quotes and dashes, which Unicode leaves ambiguous, take 2 beside Han and 1 elsewhere.
    """
    ambiguous = 2 if _HAN.search(text) else 1
    return sum(_char_width(char, ambiguous) for char in text)


def _char_width(char: str, ambiguous: int) -> int:
    if char < "\u0300":
        return 1
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


def printed_width(text: str) -> float:
    """Width of `text` in Times, in which UN documents are printed; a digit is 1, a Han character 2."""
    return sum(_TIMES.get(char, 1000 if char > "\u2e80" else 500) for char in text) / 500


def first_unit(text: str) -> str:
    """What a line break could not have taken off the start of `text`.

    That is a word, or one character of Chinese with the opening marks that may not end a line and the closing ones that
    may not begin one.
    """
    match = _LATIN_WORD.match(text)
    if match:
        return match.group()
    end = 1 + len(text) - len(text.lstrip(_OPENERS))
    while end < len(text) and text[end] in _NO_LINE_START:
        end += 1
    return text[:end]
