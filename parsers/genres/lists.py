"""Where a list inside a paragraph ends: clauses whose bullets are lost, names one a line, an agenda with its numbers.

Each function is given the paragraphs and the index of the first member, under words that end with a colon.
"""

import re
from collections.abc import Sequence

from parsers.labels import LabelKind
from parsers.measure import HEADING_INDENT, ends_with_comma
from parsers.paragraphs import Paragraph, is_division, is_heading_word
from parsers.signatures import is_signed

_LIST_MEMBER = re.compile(r"(?:[，,；;،؛]|[；;，,]\s*(?:和|及|以及|与|or|and))$")
_FEWEST_NAMES = 2
_AGENDA = re.compile(
    r"^(?:(?:Provisional|Draft|Revised|Annotated) )*agenda(?: (?:for|of) .*)?\W*$|^(?:临时|暂定)?议程$", re.IGNORECASE
)
_ANNOTATIONS = re.compile(r"^(?:Annotations|说明)$", re.IGNORECASE)


def members_end(paragraphs: Sequence[Paragraph], index: int) -> int:
    """The index of the last clause of a series that opens at `index` (CD/2105); less than `index` where none does."""
    for end in range(index, len(paragraphs)):
        paragraph = paragraphs[end]
        if paragraph.label or paragraph.indent != paragraphs[index].indent or paragraph.indent >= HEADING_INDENT:
            return end - 1
        if not paragraph.indent and not paragraph.text.endswith((";", "；", "؛", ".", "。")):
            # At the margin only clauses that end alike show a list.
            return -1 if end == index else end - 1
        if not _LIST_MEMBER.search(paragraph.lines[-1].text):
            # The last member ends with a stop; a member before it does not.
            return end if paragraph.is_ended and end > index else -1
    return len(paragraphs) - 1


def names_end(paragraphs: Sequence[Paragraph], index: int) -> int:
    """The index of the last name or State of a list, one a line without a stop; -1 where fewer than two stand there."""
    end = index
    while end < len(paragraphs) and _is_name(paragraphs[end]):
        end += 1
    return end - 1 if end - index >= _FEWEST_NAMES else -1


def _is_name(paragraph: Paragraph) -> bool:
    return (
        paragraph.lines[0].box is None
        and 0 < paragraph.indent < HEADING_INDENT
        and len(paragraph.lines) == 1
        and not (paragraph.label or paragraph.is_ended or ends_with_comma(paragraph.text))
        and not (is_heading_word(paragraph.text) or is_division(paragraph.text) or is_signed(paragraph.text))
    )


def inner_end(paragraphs: Sequence[Paragraph], index: int, last_number: int) -> int:
    """The index before which the numbers of paragraphs resume, after `last_number`, behind a list that counts from 1.

    -1 where they do not. An agenda of eight items under paragraph 6 or 7 holds the next paragraph's number, too: the
    list is as long as its numbers rise.
    """
    resumes, expected, end = last_number + 1, 2, -1
    if last_number == 0 or paragraphs[index].lines[0].box is not None:
        return -1
    for place in range(index + 1, len(paragraphs)):
        paragraph = paragraphs[place]
        if is_division(paragraph.text):
            break
        if not paragraph.label or paragraph.label.kind is not LabelKind.ARABIC:
            continue
        number = int(paragraph.label.number)
        if number == resumes:
            end = place - 1
        if number != expected:
            break
        expected += 1
    return end


def agenda_end(paragraphs: Sequence[Paragraph], index: int, heading: str | None) -> int:
    """The index of the last item of an agenda whose first is at `index`; -1 where it is none.

    An agenda stands under a heading that names it, or before its annotations; `heading` is the one above, if any.
    """
    if not (heading and _AGENDA.match(heading)):
        annotated = next((n for n, other in enumerate(paragraphs) if _ANNOTATIONS.match(other.text)), -1)
        if index > annotated:
            return -1
    end, due = -1, 1
    for place in range(index, len(paragraphs)):
        paragraph = paragraphs[place]
        if is_division(paragraph.text) or _ANNOTATIONS.match(paragraph.text):
            break
        if paragraph.label and paragraph.label.kind is LabelKind.ARABIC:
            if int(paragraph.label.number) != due:
                break
            due += 1
        elif not paragraph.label:
            break
        end = place
    return end if due > _FEWEST_NAMES else -1
