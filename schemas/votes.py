"""What a block says of a recorded vote: who voted how, and how it came out.

A record prints a vote in several blocks - that it was taken, `In favour:`, a list of States, and so on to the result -
so a vote is a number that these blocks share. Offsets are in characters of the block's text.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Model


class VotePart(StrEnum):
    """The part that a block plays in a vote: `side` is the words over a list, `later` what was said after the vote."""

    ANNOUNCEMENT = "announcement"
    SIDE = "side"
    VOTERS = "voters"
    RESULT = "result"
    LATER = "later"


class VoteSide(StrEnum):
    """How one can vote."""

    FAVOUR = "favour"
    AGAINST = "against"
    ABSTAINING = "abstaining"


class Voter(Model):
    """A State among those that voted: `text` is the block's from `start` to `end`, `code` ISO 3166 alpha-3 if known.

    `side` is how it voted; where the block is `later`, how it says that it had meant to, None where that is not told.
    """

    text: str
    code: str | None = None
    side: VoteSide | None = None
    start: int
    end: int


class VoteFigure(Model):
    """A number of votes as the result prints it, in digits or words, from `start` to `end` of the block's text."""

    side: VoteSide
    value: Annotated[int, Field(ge=0)]
    start: int
    end: int


class VoteLine(Model):
    """What one block says of vote number `vote` (they count from 1 in a document).

    `side` is that of `side` and `voters`; a list that says that nobody voted so has no voters.
    """

    vote: Annotated[int, Field(ge=1)]
    part: VotePart
    side: VoteSide | None = None
    voters: tuple[Voter, ...] = ()
    figures: tuple[VoteFigure, ...] = ()
