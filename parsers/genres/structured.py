"""What a genre hands back."""

from dataclasses import dataclass

from parsers.drafts import Draft
from schemas.document import Turn


@dataclass(frozen=True)
class Structured:
    """The body of a document: drafts in reading order, and the turns of a record."""

    drafts: list[Draft]
    turns: list[Turn]
