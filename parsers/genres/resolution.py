"""Resolutions and decisions: the body that acts, preambular paragraphs, numbered operative paragraphs."""

import re
from collections.abc import Sequence

from parsers.drafts import Draft
from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.paragraphs import Paragraph
from parsers.signatures import merge_signatures
from schemas.document import Kind, Role

_DATE_OF_ADOPTION = re.compile(
    r"第.{1,8}次(?:全体)?会议$|plenary meeting$|^\d{4}\s*年.*日$|^\d{1,2} [A-Z][a-z]+ \d{4}$"
    r"|^(?:Adopted|通过)"
)
_ADOPTED = re.compile(r"^[\[［(（][^\]］]*(?:[Aa]dopted|通过)[^\]］]*[\]］)）]$")


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure a resolution: numbered paragraphs are operative, those before the first of them preambular.

    In a decision of one sentence there is no number, and its paragraphs have no role.
    """
    drafts = merge_signatures(Prose(paragraphs).walk())
    first = next((index for index, draft in enumerate(drafts) if _is_operative(draft)), None)
    for index, draft in enumerate(drafts):
        if _ADOPTED.match(draft.text) and draft.kind is Kind.PARAGRAPH:
            draft.kind = Kind.INCIDENT
        if draft.division is not None or first is None or draft.kind not in (Kind.PARAGRAPH, Kind.ITEM):
            continue
        if index >= first:
            draft.role = Role.OPERATIVE if draft.number or draft.kind is Kind.ITEM else None
        elif not _DATE_OF_ADOPTION.search(draft.text):
            draft.role = Role.PREAMBULAR
    return Structured(drafts, [])


def _is_operative(draft: Draft) -> bool:
    return draft.kind is Kind.PARAGRAPH and draft.number is not None and draft.division is None
