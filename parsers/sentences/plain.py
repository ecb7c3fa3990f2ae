"""Sentences of the other languages: the rules of English with what French, Spanish, Russian and Arabic abbreviate.

Conservative: in doubt the sentence goes on. A language that is not known has no abbreviations.
"""

from collections.abc import Iterator

from parsers.sentences.abbreviations import ARABIC, FRENCH, OTHER, RUSSIAN, SPANISH
from parsers.sentences.spaced import spaced_boundaries

_CONVENTIONS = {"fr": FRENCH, "es": SPANISH, "ru": RUSSIAN, "ar": ARABIC}


def plain_boundaries(text: str, language: str | None) -> Iterator[int]:
    """Give the offsets after which a new sentence begins."""
    return spaced_boundaries(text, _CONVENTIONS.get(language or "", OTHER))
