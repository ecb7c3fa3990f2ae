"""Votes: what each block of a recorded vote says, with States and figures told apart, and whether the two agree.

The convention is that of all records, and of the reports that tell of votes in committees:

    A recorded vote was taken.                          进行了记录表决。
    In favour: / Against: / Abstaining:                 赞成： / 反对： / 弃权：
        Albania, Algeria, ...                               阿尔巴尼亚、阿尔及利亚……
    Draft resolution ... was adopted by 111 votes to 5, with 40 abstentions
                                                        决议草案以111票对5票、40票弃权获得通过
    [Subsequently, the delegation of X informed the Secretariat that it had intended to vote in favour.]
                                                        [嗣后，某国代表团通知秘书处，它本打算投赞成票。]

Words that are common elsewhere count only beside a list: what announces a vote right before one, what tells its result
right before or after.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.procedure import breaks_off
from parsers.vote_words import (
    announces_vote,
    inline_side,
    is_later,
    nobody,
    read_figures,
    read_later,
    read_voters,
    side_of,
    tells_result,
)
from schemas.document import Block, Kind
from schemas.findings import Finding
from schemas.votes import VoteFigure, VoteLine, VotePart, Voter, VoteSide

VOTE_FINDINGS = frozenset({"vote-count-differs", "voter-unknown"})
"""The codes of what can be wrong with a vote."""

_NAMES = {VoteSide.FAVOUR: "in favour", VoteSide.AGAINST: "against", VoteSide.ABSTAINING: "abstaining"}
_KNOWN_SHARE = 0.5
_LONGEST_NAME = 70


def read_votes(blocks: Sequence[Block], language: str) -> tuple[list[Block], list[Finding]]:
    """The blocks, those of votes with what they say of them, and what does not fit."""
    reader = _Reader(blocks, language)
    return reader.read(), reader.findings


@dataclass
class _Vote:
    """One vote as far as it was read: where its result is, and how many voted how."""

    number: int
    counts: dict[VoteSide, int] = field(default_factory=dict)
    figures: tuple[VoteFigure, ...] = ()
    where: str = ""


class _Reader:
    def __init__(self, blocks: Sequence[Block], language: str) -> None:
        self._blocks = list(blocks)
        self._language = language
        # Notes stand between the blocks, tables hold no votes.
        self._places = [index for index, block in enumerate(blocks) if block.kind is not Kind.FOOTNOTE]
        self._votes: list[_Vote] = []
        self._is_open = False
        self.findings: list[Finding] = []

    def read(self) -> list[Block]:
        """The blocks with what they say of votes."""
        if not any(side_of(block.text) or inline_side(block.text) for block in self._blocks):
            return self._blocks
        at = 0
        while at < len(self._places):
            at = self._read(at)
        for vote in self._votes:
            self._compare(vote)
        return self._blocks

    def _text(self, at: int) -> str:
        """The text of a block by its place; empty where there is none, or a table."""
        if not 0 <= at < len(self._places):
            return ""
        block = self._blocks[self._places[at]]
        return "" if block.kind is Kind.TABLE else block.text

    def _read(self, at: int) -> int:
        """Read what begins at a place; the place behind it."""
        if not self._begins_list(at):
            return at + 1
        self._begin(at)
        while self._begins_list(at):
            at = self._list(at)
            # After a list of States the others are lists too, even of one name that nobody knows.
            self._is_open = True
        self._is_open = False
        while self._ends(at):
            at += 1
        return at

    def _begins_list(self, at: int) -> bool:
        """Whether a list begins here: a side's words over States, or before them in one block."""
        text = self._text(at)
        if side_of(text) is not None:
            return side_of(self._text(at + 1)) is not None or self._is_list(self._text(at + 1), 0)
        found = inline_side(text)
        return found is not None and self._is_list(text, found[1])

    def _is_list(self, text: str, start: int) -> bool:
        if not text or nobody(text[start:]):
            return bool(text)
        voters = read_voters(text, start, None, self._language)
        if not all(voter.end - voter.start <= _LONGEST_NAME for voter in voters):
            return False
        known = sum(voter.code is not None for voter in voters)
        return bool(voters) and (known >= _KNOWN_SHARE * len(voters) or self._is_open)

    def _goes_on(self, text: str) -> bool:
        return bool(text) and side_of(text) is None and inline_side(text) is None and self._is_list(text, 0)

    def _begin(self, at: int) -> None:
        """A new vote, with what announces it, or tells its result, right before the lists."""
        vote = _Vote(len(self._votes) + 1)
        self._votes.append(vote)
        before = self._text(at - 1)
        if at and self._blocks[self._places[at - 1]].vote is None:
            figures = read_figures(before) if before.endswith((":", "：")) else ()
            if figures:
                self._mark(at - 1, VotePart.RESULT, figures=figures)
            elif announces_vote(before):
                self._mark(at - 1, VotePart.ANNOUNCEMENT)

    def _list(self, at: int) -> int:
        text = self._text(at)
        side = side_of(text)
        if side is not None:
            self._mark(at, VotePart.SIDE, side)
            at, start = at + 1, 0
            if side_of(self._text(at)) is not None:
                return at
        else:
            found = inline_side(text)
            assert found is not None, "a list begins in one of two ways"
            side, start = found
        self._voters(at, side, start)
        # A page or a stray line can break a list.
        while breaks_off(self._text(at)) and self._goes_on(self._text(at + 1)):
            at += 1
            self._voters(at, side, 0)
        return at + 1

    def _voters(self, at: int, side: VoteSide, start: int) -> None:
        text, block = self._text(at), self._blocks[self._places[at]]
        voters = () if nobody(text[start:]) else read_voters(text, start, side, self._language)
        counts = self._votes[-1].counts
        counts[side] = counts.get(side, 0) + len(voters)
        self._mark(at, VotePart.VOTERS, side, voters=voters)
        unknown = [voter.text for voter in voters if voter.code is None]
        if unknown:
            message = f"not among the States by name: {'; '.join(unknown)}"
            self.findings.append(Finding.info("voter-unknown", message, block.id))

    def _ends(self, at: int) -> bool:
        """Whether a block after the lists belongs to the vote: its result, or what was said of it later."""
        text, vote = self._text(at), self._votes[-1]
        if is_later(text):
            self._mark(at, VotePart.LATER, voters=read_later(text, self._language))
            return True
        figures = read_figures(text) if not vote.figures and tells_result(text) else ()
        if figures:
            self._mark(at, VotePart.RESULT, figures=figures)
        return bool(figures)

    def _mark(
        self,
        at: int,
        part: VotePart,
        side: VoteSide | None = None,
        voters: tuple[Voter, ...] = (),
        figures: tuple[VoteFigure, ...] = (),
    ) -> None:
        index, vote = self._places[at], self._votes[-1]
        block = self._blocks[index]
        # A name with a full stop inside is two sentences' at worst: no name goes over the end of one.
        whole = tuple(voter for voter in voters if _is_within(block, voter.start, voter.end))
        sure = tuple(figure for figure in figures if _is_within(block, figure.start, figure.end))
        line = VoteLine(vote=vote.number, part=part, side=side, voters=whole, figures=sure)
        self._blocks[index] = block.model_copy(update={"vote": line})
        if figures:
            vote.figures, vote.where = figures, block.id

    def _compare(self, vote: _Vote) -> None:
        """The lists against the result: a figure that is not printed is none."""
        if not vote.figures:
            return
        said = {figure.side: figure.value for figure in vote.figures}
        for side, name in _NAMES.items():
            listed = vote.counts.get(side)
            figure = said.get(side, 0)
            if listed != figure and not (listed is None and figure == 0):
                message = f"{name}: the result says {figure}, {listed or 'no'} State{'s' * (listed != 1)} listed"
                self.findings.append(Finding.warning("vote-count-differs", message, vote.where))


def _is_within(block: Block, start: int, end: int) -> bool:
    return any(sentence.start <= start and end <= sentence.end for sentence in block.sentences)
