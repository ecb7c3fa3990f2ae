"""Votes: States and figures inside a text, the part of its block, and the number of the vote."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from schemas.votes import VoteFigure, VoteLine, VotePart, Voter, VoteSide
from unbitext.tei.names import EncodingError, add, line_of
from unbitext.tei.pointers import SIDE, VOTE, analysed, organisation, organisation_code


@dataclass(frozen=True)
class Span:
    """A stretch of a text, from `start` to `end`, that has an element of its own: a State's name or a figure."""

    what: Voter | VoteFigure
    start: int
    end: int

    def write(self, parent: etree._Element) -> etree._Element:
        """Append its element, without the text."""
        if isinstance(self.what, VoteFigure):
            return add(parent, "num", type=self.what.side.value, value=str(self.what.value))
        pointer = organisation(self.what.code)
        side = self.what.side.value if self.what.side else None
        return add(parent, "orgName", type=side, ref=pointer, key=self.what.code if pointer is None else None)


def spans_of(vote: VoteLine | None) -> list[Span]:
    """Give the stretches of a block that have elements of their own, in order."""
    if vote is None:
        return []
    found = [Span(voter, voter.start, voter.end) for voter in vote.voters]
    found += [Span(figure, figure.start, figure.end) for figure in vote.figures]
    return sorted(found, key=lambda span: span.start)


def moved(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """Give those that lie between two places of the text, as they stand in the text from `start` on."""
    return [
        Span(span.what, span.start - start, span.end - start)
        for span in spans
        if start <= span.start and span.end <= end
    ]


def read_span(element: etree._Element, start: int, text: str) -> Voter | VoteFigure:
    """Return what an `<orgName>` or a `<num>` stands for; `start` is where its text stands in that of the block.

    Raises EncodingError for a figure without a number or a side.
    """
    kind, end = element.get("type"), start + len(text)
    try:
        side = VoteSide(kind) if kind is not None else None
        if element.tag.endswith("}orgName"):
            reference = element.get("ref")
            code = element.get("key") if reference is None else organisation_code(reference)
            return Voter(text=text, code=code, side=side, start=start, end=end)
        return VoteFigure(side=VoteSide(kind or ""), value=int(element.get("value", "")), start=start, end=end)
    except ValueError as error:
        raise EncodingError(f"line {line_of(element)}: no State and no figure of a vote: {error}") from error


def vote_pointers(vote: VoteLine | None) -> list[str]:
    """Point to the part that a block plays in a vote, and to the side."""
    if vote is None:
        return []
    return [VOTE + vote.part.value, *([SIDE + vote.side.value] if vote.side else [])]


class VoteCounter:
    """Says which vote a block is of where nothing is noted: an announcement begins a new one."""

    def __init__(self) -> None:
        self._last = 0

    def implied(self, part: VotePart) -> int:
        """The number of the vote that a block of this part goes on with or begins."""
        return self._last + 1 if part is VotePart.ANNOUNCEMENT or not self._last else self._last

    def set(self, number: int) -> None:
        """Take down the number that the block has."""
        self._last = number


def read_vote(
    ana: str | None, voters: Sequence[Voter], figures: Sequence[VoteFigure], counter: VoteCounter
) -> VoteLine | None:
    """Return what a block says of a vote, numbered as implied; None where it plays no part in one."""
    part = analysed(ana, VOTE)
    if part is None:
        return None
    side = analysed(ana, SIDE)
    return VoteLine(
        vote=counter.implied(VotePart(part)),
        part=VotePart(part),
        side=VoteSide(side) if side is not None else None,
        voters=tuple(voters),
        figures=tuple(figures),
    )
