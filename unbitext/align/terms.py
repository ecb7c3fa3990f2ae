"""Terms of a sentence that a lexicon can translate: single Han characters, stems of words.

Chinese has no spaces and needs no segmenter here: in cross-validation single characters did better than overlapping
pairs, with a lexicon a quarter as large, and names transcribed into Chinese are spelled in them.
"""

import re

STEM = 6
"""Letters kept of a word: enough to tell words apart, few enough to join their endings."""

_PIECE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]|[^\W\d_\u3400-\u9fff\uf900-\ufaff〇]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def pieces(text: str) -> list[str]:
    """Han characters and words of `text` as written, in order, with repetitions."""
    return _PIECE.findall(text)


def stem(piece: str) -> str:
    """The term that a piece stands for."""
    return piece.casefold()[:STEM]


def words(text: str) -> list[str]:
    """Terms of `text` in order, with repetitions."""
    return [stem(piece) for piece in pieces(text)]


def is_han(text: str) -> bool:
    """Whether `text` holds a Chinese character."""
    return _HAN.search(text) is not None
