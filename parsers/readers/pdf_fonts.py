"""Fonts as PDFium tells of them: names, styles, and how far letters reach over their advance boxes.

PDFium gives a character's advance box and its ink as one box: an italic f begins a sixth of its size before its place,
and the f of most fonts ends behind it. White space and the ends of lines are measured between advance boxes. So how far
a letter reaches is measured where a document first sets it, and taken off wherever it is set.
"""

import ctypes
from typing import NamedTuple
from unicodedata import combining

import pypdfium2.raw as raw

from parsers.readers import pdf_calls as calls
from parsers.readers.pdf_runs import is_bold, is_italic

_SEEN = 0.002
"""In ems: what is less is the rounding of widths, which fonts give in thousandths."""


class Reach(NamedTuple):
    """How far a letter's box reaches over its advance box, before and behind it, in ems."""

    before: float = 0.0
    behind: float = 0.0


NO_REACH = Reach()

Measured = dict[tuple[str, str, float], Reach]
"""The letters of a document that were measured: by font, character and width of the box. Fonts share names."""


class Font:
    """What a font object says about itself; `far` are the letters, of those `seen`, whose boxes reach too far.

    `space` is the width of a space in ems.
    """

    def __init__(self, handle: int, measured: Measured) -> None:
        self._handle = handle
        self._measured = measured
        self._full_name = _name(handle) if handle else ""
        self.name = self._full_name.split("+", 1)[-1]
        # Not its weight: that is guessed from the width of stems, which Ghostscript writes as it likes.
        self.bold = is_bold(self.name)
        self.italic = is_italic(self.name) or (bool(handle) and _is_slanted(handle))
        self.seen: set[str] = set()
        self.far: dict[str, Reach] = {}
        self.space = self._advance(" ")

    def knows(self, char: str, width: float) -> bool:
        """Whether it is known how far a letter reaches whose box is so many ems wide."""
        reach = self._measured.get((self._full_name, char, round(width, 2)))
        if reach is None:
            return False
        self.learn(char, width, reach)
        return True

    def learn(self, char: str, width: float, reach: Reach) -> None:
        """Remember how far a letter reaches whose box is so many ems wide."""
        self._measured[self._full_name, char, round(width, 2)] = reach
        self.seen.add(char)
        if max(reach) > _SEEN:
            self.far[char] = reach

    def reach(self, char: str, width: float, before: float, ink: float) -> Reach:
        """How far a letter reaches, in ems.

        Its box is `width` wide and begins `before` its place; its ink ends `ink` before the end of the box.
        """
        before = max(before, 0.0)
        if ink > _SEEN:
            return Reach(before, 0.0)
        advance = self._advance(char)
        if advance <= 0 and not combining(char):
            # The font does not say what it sets for this character.
            return Reach(before, 0.0)
        return Reach(before, max(width - before - advance, 0.0))

    def _advance(self, char: str) -> float:
        buffer = calls.Buffer("f", 1)
        told = calls.glyph_width(self._handle, ord(char), 1.0, buffer.address) if self._handle else 0
        return buffer.values[0] if told else 0.0


def _name(handle: int) -> str:
    font = ctypes.cast(handle, raw.FPDF_FONT)
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def _is_slanted(handle: int) -> bool:
    angle = ctypes.c_int(0)
    return (
        bool(raw.FPDFFont_GetItalicAngle(ctypes.cast(handle, raw.FPDF_FONT), ctypes.byref(angle))) and angle.value != 0
    )
