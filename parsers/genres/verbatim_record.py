"""Verbatim records (PV): turns with their speakers, procedure, votes, the line that closes the meeting."""

import re
from collections.abc import Sequence

from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.paragraphs import PROCEDURE, Paragraph
from parsers.turn_labels import TurnLabel, match_turn_label
from schemas.document import Kind, Turn
from schemas.languages import language_from_name

_CLOSING = re.compile(
    r"^(?:The meeting (?:rose|was adjourned) at|(?:上午|下午|中午|晚上|午夜)?\s*(?:\d{1,2}\s*时.{0,8})?(?:散会|会议结束)[。.]?$)"
)
_BRACKETED = re.compile(r"^[\[［(（].*[\]］)）]$")
_VOTE = re.compile(
    r"^(?:A recorded vote was taken|A vote was taken|The .{0,120} was adopted (?:by|without)|In favour|Against|Abstaining"
    r"|进行了?(?:记录|唱名|举手)?表决|(?:决议|决定)?草案.{0,60}(?:获得通过|以.{2,40}通过)|赞成|反对|弃权)\s*[:：.。]?"
)
_VOTERS = re.compile(r"^(?:In favour|Against|Abstaining|Abstentions|赞成|反对|弃权)\s*[:：]$")
_ACTION = re.compile(
    r"^(?:It was so decided|The meeting was|The agenda was adopted|.{0,60}was (?:escorted|accompanied)|"
    r"就这样决定|会议就此决定|议程通过|会议暂停|.{0,40}在陪同下)"
)


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure a record. Where a label names no language, the speech was given in the language of the record."""
    prose = Prose(paragraphs)
    turns: list[Turn] = []
    named: set[str] = set()
    for index, paragraph in enumerate(paragraphs):
        label = match_turn_label(paragraph.text)
        if label and _is_label(label, named):
            named.add(label.speaker)
            turn = _turn(label, len(turns) + 1, language)
            turns.append(turn)
            prose.turn, prose.spoken_language = turn, turn.spoken_language
            prose.plain(paragraph).label = label.printed
        elif not add_procedure(prose, paragraph):
            prose.take(index)
    return Structured(prose.drafts, turns)


def add_procedure(prose: Prose, paragraph: Paragraph) -> bool:
    """Draft a paragraph of procedure - a suspension, a vote, the close - and say whether it was one."""
    if _CLOSING.match(paragraph.text):
        prose.turn = None
        prose.plain(paragraph, Kind.CLOSING)
        return True
    if _is_incident(paragraph) or (prose.last and prose.last.kind is Kind.INCIDENT and _VOTERS.match(prose.last.text)):
        _add_incident(prose, paragraph)
        return True
    return False


def _is_label(label: TurnLabel, named: set[str]) -> bool:
    """A name without a State behind it begins a turn where the name is known: at its second turn (or a guest's)."""
    return label.affiliation is not None or label.role.value != "guest" or label.speaker in named or not named


def _turn(label: TurnLabel, n: int, language: str) -> Turn:
    return Turn(
        n=n,
        label=label.printed,
        speaker=label.speaker,
        role=label.role,
        affiliation=label.affiliation,
        spoken_language=label.spoken_language or language,
    )


def _is_incident(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if PROCEDURE.match(text) or _BRACKETED.match(text):
        return True
    return bool((_VOTE.match(text) or _ACTION.match(text)) and paragraph.indent == 0)


def _add_incident(prose: Prose, paragraph: Paragraph) -> None:
    """A change of language happens inside the turn; other procedure interrupts it."""
    language = language_from_name(paragraph.text)
    turn = prose.turn
    if language and turn:
        prose.spoken_language = language
        prose.plain(paragraph, Kind.INCIDENT)
        return
    prose.turn = None
    prose.plain(paragraph, Kind.INCIDENT)
    prose.turn = turn


