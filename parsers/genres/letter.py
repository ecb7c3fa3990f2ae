"""Letters and notes verbales, with what they transmit: letters, annexes, summaries in unnumbered paragraphs."""

from collections.abc import Sequence

from parsers.drafts import Draft
from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.paragraphs import Paragraph
from parsers.signatures import merge_signatures
from schemas.document import Kind


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure a letter: dateline, salutation and complimentary close are paragraphs, a signature is one block."""
    drafts = merge_signatures(Prose(paragraphs).walk())
    _set_levels(drafts)
    return Structured(drafts, [])


def _set_levels(drafts: Sequence[Draft]) -> None:
    """Levels of headings without numbers, inside a letter or annex: its subject is 2, those of what follows are 3.

    The subject stands first; repeated over the attachment, it is the same heading (CD/2105, letter 2).
    """
    division: str | None = None
    subject: str | None = None
    for draft in drafts:
        if draft.kind is not Kind.HEADING or draft.division is None or draft.number:
            continue
        if draft.division != division:
            division, subject = draft.division, None
        elif subject is None or draft.text == subject:
            subject, draft.level = draft.text, 2
        else:
            draft.level = 3
