"""Arabic letters by the order of the glyphs in the font, for PDFs whose fonts have no map to Unicode.

The Arabic fonts of office programs have the forms that a letter takes in words, which have no code point that a program
writes to the map, in one order: form by form, each in the order of the alphabet. Faces of a family have the same order
a few places apart, so that one distance a font tells all; which, how often its letters stand in the text tells.
"""

from collections.abc import Mapping
from itertools import chain
from math import log

_RUNS = {
    508: "بي", 514: "إبي", 523: "ططظظئىي", 536: "ق", 542: "ك", 634: "ععغغففقق", 645: "ف",
    661: "ؤبتثدذرزسشصضططظظكمنو", 687: "ئبتثجحخسشصضمن", 701: "ي", 1556: "ك", 1559: "ك", 2428: "بي",
}  # fmt: skip
_LETTERS = dict(chain.from_iterable(enumerate(letters, first) for first, letters in _RUNS.items()))
"""The letter of each glyph at distance 0, as far as texts have shown them."""

_DISTANCES = range(-6, 7)
_FEWEST = 50
_LEAST_READ = 0.9
"""The part of a font's glyphs without a map that the order must know, or it is not that order."""

_USUAL = {
    "ي": 11, "م": 10, "و": 9, "ن": 9, "ت": 8, "ر": 8, "ب": 5, "د": 5, "ع": 5, "ف": 4, "ق": 4, "س": 4, "ك": 3, "ح": 3,
    "ج": 2, "ش": 2, "ص": 2, "ط": 2, "خ": 1.5, "ض": 1.5, "ذ": 1.5, "ث": 1, "ز": 1, "ئ": 1, "ى": 1, "غ": 0.6, "ظ": 0.5,
    "إ": 0.5, "ؤ": 0.4,
}  # fmt: skip
"""How often a letter stands in a hundred of those that such fonts leave without a map, roughly."""

_UNREAD = 0.02


def arabic_letters(glyphs: Mapping[int, int]) -> dict[int, str]:
    """The letters of a font's glyphs, which are given with their counts; none where the order is another one."""
    count = sum(glyphs.values())
    if count < _FEWEST:
        return {}
    distance = max(_DISTANCES, key=lambda distance: (_likelihood(glyphs, distance), -abs(distance)))
    found = {glyph: _LETTERS[glyph - distance] for glyph in glyphs if glyph - distance in _LETTERS}
    is_read = sum(glyphs[glyph] for glyph in found) >= _LEAST_READ * count
    return found if is_read else {}


def _likelihood(glyphs: Mapping[int, int], distance: int) -> float:
    shares = {glyph: _USUAL.get(_LETTERS.get(glyph - distance, ""), _UNREAD) for glyph in glyphs}
    return sum(count * log(shares[glyph]) for glyph, count in glyphs.items())
