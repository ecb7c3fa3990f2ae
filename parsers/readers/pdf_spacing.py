"""Words whose letters are set wide, put together: `D e l i m i t a t i o n`, as narrow lines are justified.

The white space between letters tells them from words of one letter: set wide, the letters of every word on the line
stand apart, evenly, and words still further; in `qu’il y a à œuvrer` the letters of the longer words touch.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_] [^\W\d_](?![^\W\d_])")
_MANY_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_] (?:[^\W\d_] |[-‐,.;:’'] ){4,}[^\W\d_](?![^\W\d_])")
_WIDE = 0.08
"""White space between letters, in sizes of the text, from which they are set wide."""

_TOUCHING = 0.03
_WIDEST = 0.45
_OF_ALL = 0.8
_FARTHER, _LEAST_FARTHER = 1.45, 0.12
"""How much wider than between letters it is between words: so many times, and so many sizes more."""

_ALIKE = 0.3


class Glyph(NamedTuple):
    """A printed character: what it is, its left and its right edge."""

    char: str
    x0: float
    x1: float


class Spaced(NamedTuple):
    """A stretch of a row: its text, the characters of it that are no white space, its size."""

    text: str
    glyphs: Sequence[Glyph]
    size: float


def may_be_wide(text: str) -> bool:
    """Whether letters stand alone in a text, as they do where they are set wide."""
    return bool(_ALONE.search(text))


def spaces_within_words(row: Sequence[Spaced]) -> list[set[int]]:
    """For each stretch of a row the places in its text of the spaces that part letters of one word."""
    pitches = [_pitch(stretch) for stretch in row]
    known = [pitch for pitch in pitches if pitch is not None]
    return [_within(stretch, _pitch_beside(stretch, known) if pitch is None else pitch)
            for stretch, pitch in zip(row, pitches, strict=True)]  # fmt: skip


def _pitch(stretch: Spaced) -> float | None:
    """The white space between the letters of a stretch, where it is sure that they are set wide."""
    gaps = [(place, gap) for place, gap, lettered in _gaps(stretch) if lettered]
    if not gaps:
        return None
    apart = [gap for _, gap in gaps if gap > _WIDE * stretch.size]
    if apart and _MANY_ALONE.search(stretch.text):
        return _median(apart)
    usual = _median([gap for _, gap in gaps])
    if not _WIDE * stretch.size < usual < _WIDEST * stretch.size:
        return None
    inner = [gap for place, gap in gaps if place is None]
    wide = sum(gap > _WIDE * stretch.size for gap in inner)
    return usual if inner and wide >= _OF_ALL * len(inner) else None


def _pitch_beside(stretch: Spaced, known: Sequence[float]) -> float | None:
    """The pitch of a stretch too short to prove it: that of another one on its line, if its own is alike."""
    gaps = [(place, gap) for place, gap, lettered in _gaps(stretch) if lettered]
    if not gaps or any(gap < _WIDE * stretch.size for place, gap in gaps if place is None):
        return None
    usual = _median([gap for _, gap in gaps])
    return next((pitch for pitch in known if abs(pitch - usual) < _ALIKE * pitch), None)


def _within(stretch: Spaced, pitch: float | None) -> set[int]:
    if pitch is None:
        return set()
    limit = max(_FARTHER * pitch, pitch + _LEAST_FARTHER * stretch.size)
    gaps = _gaps(stretch)
    # `SUBSECTION F.` before words set wide: letters that touch are none of theirs, nor is the space beside them.
    touching = [place is None and gap < _TOUCHING * stretch.size for place, gap, _ in gaps]
    return {
        place
        for index, (place, gap, _) in enumerate(gaps)
        if place is not None and gap <= limit and not any(touching[max(index - 1, 0) : index + 2])
    }


def _gaps(stretch: Spaced) -> list[tuple[int | None, float, bool]]:
    """The white space between two characters each, and whether both are letters or digits.

    Of each the place of the space in the text, None where none is there, and its width on the page.
    """
    places = [index for index, char in enumerate(stretch.text) if not char.isspace()]
    if len(places) != len(stretch.glyphs):
        return []
    gaps = []
    for (at, one), (after, other) in pairwise(zip(places, stretch.glyphs, strict=True)):
        lettered = one.char.isalnum() and other.char.isalnum()
        gaps.append((at + 1 if after > at + 1 else None, other.x0 - one.x1, lettered))
    return gaps


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
