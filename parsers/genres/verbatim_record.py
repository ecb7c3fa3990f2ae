"""Verbatim records (PV): turns with their speakers, procedure, votes, the line that closes the meeting."""

import re
from collections.abc import Sequence

from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.paragraphs import Paragraph
from parsers.procedure import breaks_off, closes_meeting, is_procedure, names_voters
from parsers.turn_labels import TurnLabel, match_turn_label
from schemas.document import Kind, Turn
from schemas.languages import language_from_name

# Italics without a stop are the title of what is dealt with: Third periodic report of ...
_TOLD = re.compile(r"[.。:：)）\]］]['”’]?$")


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure a record. Where a label names no language, the speech was given in the language of the record."""
    prose = Prose(paragraphs, divided=False)
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
    if closes_meeting(paragraph.text):
        prose.turn = None
        prose.plain(paragraph, Kind.CLOSING)
        return True
    above = prose.last.text if prose.last is not None and prose.last.kind is Kind.INCIDENT else ""
    listed = names_voters(above) or breaks_off(above)
    told = paragraph.is_italic and bool(_TOLD.search(paragraph.text))
    # What comes of a vote stands under it, set in or not.
    follows = prose.last is not None and prose.last.kind is Kind.INCIDENT
    if listed or told or is_procedure(paragraph.text, 0 if paragraph.is_italic or follows else paragraph.indent):
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
