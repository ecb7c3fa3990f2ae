"""Summary records (SR): numbered paragraphs that report who said what."""

from collections.abc import Sequence

from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.genres.verbatim_record import add_procedure
from parsers.labels import LabelKind
from parsers.paragraphs import Paragraph
from parsers.turn_labels import match_reported_speaker
from schemas.document import Kind, Turn


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure a record: a paragraph that opens with a speaker begins a turn, a heading ends it.

    The speaker stays in the text, of which it is the subject (`Mr. X (Country) said that ...`).
    """
    prose = Prose(paragraphs, divided=False)
    turns: list[Turn] = []
    for index, paragraph in enumerate(paragraphs):
        if add_procedure(prose, paragraph):
            continue
        said = paragraph.text[paragraph.label.length :] if paragraph.label else paragraph.text
        numbered = paragraph.label is not None and paragraph.label.kind is LabelKind.ARABIC
        label = match_reported_speaker(said) if numbered else None
        if label:
            turns.append(
                Turn(
                    n=len(turns) + 1,
                    label=label.printed,
                    speaker=label.speaker,
                    role=label.role,
                    affiliation=label.affiliation,
                    spoken_language=label.spoken_language,
                )
            )
            prose.turn, prose.spoken_language = turns[-1], label.spoken_language
        draft = prose.take(index)
        if draft.kind is Kind.HEADING:
            prose.turn = draft.turn = draft.spoken_language = None
    return Structured(prose.drafts, turns)
