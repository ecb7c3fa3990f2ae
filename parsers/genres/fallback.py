"""Documents of no known genre: headings and labels where they show, paragraphs otherwise; no text is lost."""

from collections.abc import Sequence

from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.paragraphs import Paragraph
from parsers.signatures import merge_signatures


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure any text."""
    return Structured(merge_signatures(Prose(paragraphs).walk()), [])
