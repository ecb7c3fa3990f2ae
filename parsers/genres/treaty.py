"""Treaties and other instruments: a preamble, then parts, chapters and sections of articles.

Parts and articles are divisions, whose path is the same in every language: Article 5, Artículo 5 and 第五条 of Part II
are `part-II/article-5`. Their paragraphs are counted anew in each article (`1.`, 一、).
"""

from collections.abc import Sequence

from parsers.genres.prose import Prose
from parsers.genres.structured import Structured
from parsers.instruments import enacts, is_preamble, opens_preamble
from parsers.paragraphs import Paragraph
from parsers.signatures import merge_signatures
from schemas.document import Kind, Role


def structure(paragraphs: Sequence[Paragraph], language: str) -> Structured:
    """Structure an instrument: what stands before the first part or article is its preamble."""
    prose = Prose(paragraphs, instrument=True)
    begun = False
    for index, paragraph in enumerate(paragraphs):
        if is_preamble(paragraph.text):
            prose.take_heading(paragraph, level=1)
            begun = True
            continue
        formula = opens_preamble(paragraph.text) or enacts(paragraph.text)
        draft = prose.plain(paragraph) if formula else prose.take(index)
        begun = begun or opens_preamble(draft.text)
        if begun and draft.kind is Kind.PARAGRAPH and draft.division is None and draft.number is None:
            draft.role = Role.PREAMBULAR
            begun = not enacts(draft.text)
    return Structured(merge_signatures(prose.drafts), [])
