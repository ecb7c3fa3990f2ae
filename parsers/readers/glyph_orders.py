"""Characters of fonts without a map to Unicode, by the order of the glyphs in the font: on request, never for a corpus.

A program that embeds a part of a TrueType font may keep the numbers its glyphs have in the whole font (Identity-H).
The whole fonts of office programs have their glyphs in known orders: those of Latin and Cyrillic script in that of the
Macintosh's standard glyphs, then of WGL4; Chinese ones in the order of Unicode, block by block, so that one distance
from glyph number to code point tells a whole block. Which distance is read off the text itself: the commonest words of
Chinese are a third of it at the right distance, and a few in a hundred at any other. Arabic fonts have an order of
their own (`parsers.readers.arabic_glyphs`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from parsers.readers.arabic_glyphs import arabic_letters

COMMON_HAN = frozenset("的一是不了在人有我他这中大来上国个和说时为会地以年等于及与各并其将对关第应该或")
"""A third of any Chinese text is these; characters read off the wrong map meet them by chance only."""

_SURE_SHARE = 0.15
_FEWEST_HAN = 200
_FEWEST_DIFFERENT = 100
"""Different characters: an alphabet that falls on common words has fewer."""

_LEAST_KNOWN = 0.9
"""Share of the first level of GB 2312, which has 3,755 characters in daily use; any text of today has 97%."""

_TRIED = 12
"""How many of the commonest glyphs are tried as common words."""

_HAN = range(0x4E00, 0x9FA6)
_MAC_ROMAN_FROM = 98
_LAST_MAC_ROMAN = 225
_ASCII = range(3, 98)
_CYRILLIC_LETTERS = range(570, 634)
_CYRILLIC_CAPITALS = {glyph: chr(code) for glyph, code in enumerate((*range(0x401, 0x40D), 0x40E, 0x40F), start=556)}
_CYRILLIC_SMALL = {
    glyph: chr(code) for glyph, code in enumerate((*range(0x451, 0x45D), 0x45E, 0x45F, 0x490, 0x491), start=634)
}
_STOPS = "、。"
_USUAL = {"，": 30, "。": 15, "、": 15, "；": 4, "：": 4, "（": 5, "）": 5, "“": 5, "”": 5, "《": 4, "》": 4}
_UNUSUAL = 0.2
"""How often signs stand in a hundred of them, roughly, and any other one."""

_COMMA = "，"
_WIDE = range(0xFF01, 0xFF5F)
_CJK_SIGNS = tuple(chr(code) for code in range(0x3001, 0x3018) if code != 0x3004)
"""In their order; GBK has no sign at U+3004."""

_QUOTES = "“", "”"

Glyphs = Mapping[int, int]
"""How often each glyph number stands in the text of one font."""


def recover_fonts(glyphs: Mapping[str, Glyphs]) -> dict[str, dict[int, str]]:
    """The characters of the glyphs of a document's fonts, by the name of the font."""
    largest = sorted(glyphs.values(), key=lambda font: -sum(font.values()))
    distance = next((found for font in largest if (found := han_distance(font)) is not None), None)
    return {name: arabic_letters(font) or recovered(font, distance) for name, font in glyphs.items()}


def core_character(glyph: int) -> str | None:
    """The character of a glyph in fonts with Latin, Greek and Cyrillic letters (Times New Roman, Arial); else None."""
    if glyph in _ASCII:
        return chr(glyph + 29)
    if _MAC_ROMAN_FROM <= glyph <= _LAST_MAC_ROMAN:
        return bytes([glyph - _MAC_ROMAN_FROM + 0x80]).decode("mac_roman")
    if glyph in _CYRILLIC_LETTERS:
        return chr(glyph - _CYRILLIC_LETTERS.start + 0x410)
    return _CYRILLIC_CAPITALS.get(glyph) or _CYRILLIC_SMALL.get(glyph)


def han_distance(glyphs: Glyphs) -> int | None:
    """From the number of a glyph to the code point of its Chinese character; None where no distance gives Chinese."""
    often = [glyph for glyph, _ in Counter(glyphs).most_common(_TRIED) if glyph > _ASCII.stop]
    best, share = None, 0.0
    for distance in sorted({ord(char) - glyph for char in COMMON_HAN for glyph in often}):
        # of all that is set in the font: a distance that leaves most of it outside the block is none
        found = sum(glyphs.get(ord(char) - distance, 0) for char in COMMON_HAN) / sum(glyphs.values())
        if found > share and is_daily(glyphs, distance):
            best, share = distance, found
    if best is None or share < _SURE_SHARE or sum(glyphs.values()) < _FEWEST_HAN:
        return None
    return best if sum(glyph + best in _HAN for glyph in glyphs) >= _FEWEST_DIFFERENT else None


def is_daily(glyphs: Glyphs, distance: int) -> bool:
    """Whether nearly all Chinese characters that a distance gives are in daily use."""
    han = {chr(glyph + distance): count for glyph, count in glyphs.items() if glyph + distance in _HAN}
    daily = sum(count for char, count in han.items() if 0xB0 <= char.encode("gb2312", "replace")[0] <= 0xD7)
    return daily >= _LEAST_KNOWN * sum(han.values()) > 0


def recovered(glyphs: Glyphs, distance: int | None) -> dict[int, str]:
    """The characters of the glyphs of one font, as far as the order of its glyphs tells them.

    `distance` is what `han_distance` says of this font, or of another one of the document, whose maker's it may share.
    """
    if distance is None or not is_daily(glyphs, distance):
        return {glyph: char for glyph in glyphs if (char := core_character(glyph)) is not None}
    found = {glyph: chr(glyph + distance) for glyph in glyphs if glyph + distance in _HAN}
    found.update(_signs({glyph: count for glyph, count in glyphs.items() if glyph not in found}))
    return found


def _signs(glyphs: Glyphs) -> dict[int, str]:
    """Punctuation and full-width signs of a Chinese font: at the two distances that make its signs the likeliest.

    What then is left before them and comes in pairs, two neighbours as often as one another, are quotation marks.
    """
    found = {glyph: char for glyph in glyphs if glyph in _ASCII and (char := core_character(glyph))}
    rest = {glyph: count for glyph, count in glyphs.items() if glyph not in found}
    often = [glyph for glyph, _ in Counter(rest).most_common(_TRIED)]
    places = [(glyph - place, comma) for glyph in often for place in range(len(_STOPS)) for comma in often]
    if not places:
        return found
    first, comma = max(places, key=lambda place: (_likelihood(rest, *place), place))
    found.update(_signs_at(rest, first, comma))
    for glyph, count in rest.items():
        if glyph < first and glyph not in found and rest.get(glyph + 1) == count:
            found[glyph], found[glyph + 1] = _QUOTES
    return found


def _signs_at(glyphs: Iterable[int], first: int, comma: int) -> dict[int, str]:
    """The signs of glyphs if 、 is `first` among those of Chinese and ， is `comma` among the full-width ones."""
    found = {glyph: _CJK_SIGNS[glyph - first] for glyph in glyphs if 0 <= glyph - first < len(_CJK_SIGNS)}
    wide = {glyph: chr(glyph - comma + ord(_COMMA)) for glyph in glyphs if glyph - comma + ord(_COMMA) in _WIDE}
    return wide | found


def _likelihood(glyphs: Glyphs, first: int, comma: int) -> float:
    signs = _signs_at(glyphs, first, comma)
    return sum(count * log(_USUAL.get(signs.get(glyph, ""), _UNUSUAL)) for glyph, count in glyphs.items())
