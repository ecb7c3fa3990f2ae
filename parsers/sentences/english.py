"""Sentences of English."""

from collections.abc import Iterator

from parsers.sentences.abbreviations import ENGLISH
from parsers.sentences.spaced import spaced_boundaries


def english_boundaries(text: str) -> Iterator[int]:
    """Give the offsets after which a new English sentence begins."""
    return spaced_boundaries(text, ENGLISH)
