"""Reports and working papers: numbered paragraphs under headings, with items, quotations and annexes."""

from collections.abc import Sequence

from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.paragraphs import Paragraph
from parsers.signatures import merge_signatures


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure a report: nothing beyond what all running text has."""
    return Structured(merge_signatures(Prose(paragraphs).walk()), [])
