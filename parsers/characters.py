"""What kind of character it is, and how wide: the small facts that lines and joins are built on."""

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Regular-expression range of Chinese characters."""

CJK_MARKS = "\u2014\u2015\u2018\u2019\u201c\u201d\u2026\u00b7\u3000-\u303f\u3200-\u32ff\uff00-\uffef"
"""Regular-expression range of the punctuation and enclosed numbers of Chinese print, quotes and dashes included."""

CLOSERS = "”’」』》〉】〕）)]］"
"""Quotation marks and brackets that close."""

ARABIC_LETTER = "[\u0621-\u064a]"
BULLETS = "•·‣▪●○■□◦➢✓\uf0b7\uf0a7\uf0d8\uf0fc\uf076–—-"
"""Signs that open the members of a list, those of the fonts Symbol and Wingdings included; a hyphen stands last."""

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
    letters = sum(map(str.isalpha, text))
    return len(_HAN.findall(text)) / letters if letters else 0.0


def display_width(text: str) -> int:
    """Columns that `text` takes in a fixed-pitch Chinese font: 2 for Han and full-width marks, 1 for others.

    Quotes and dashes, which Unicode leaves ambiguous, take 2 beside Han and 1 elsewhere.
    """
    if text.isascii():
        return len(text)
    return sum(map((_AMONG_HAN if _HAN.search(text) else _AMONG_LATIN).__getitem__, text))


class _Columns(dict[str, int]):
    """The columns of each character met so far; `ambiguous` is what those take that Unicode leaves open."""

    def __init__(self, ambiguous: int) -> None:
        self._ambiguous = ambiguous

    def __missing__(self, char: str) -> int:
        kind = unicodedata.east_asian_width(char) if char >= "\u0300" else "N"
        self[char] = 2 if kind in "WF" else self._ambiguous if kind == "A" else 1
        return self[char]


_AMONG_HAN, _AMONG_LATIN = _Columns(2), _Columns(1)


def printed_width(text: str) -> float:
    """Width of `text` in Times, in which UN documents are printed; a digit is 1, a Han character 2."""
    return sum(map(_PRINTED.__getitem__, text)) / 500


class _Advances(dict[str, int]):
    """Advance widths of the characters met so far."""

    def __missing__(self, char: str) -> int:
        self[char] = 1000 if char > "\u2e80" else 500
        return self[char]


_PRINTED = _Advances(_TIMES)


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
