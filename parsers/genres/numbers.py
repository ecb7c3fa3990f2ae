"""Numbers of paragraphs: where on the line they stand, and those that are not printed as numbers are."""

import re
from collections import Counter
from collections.abc import Sequence

from parsers.genres.openings import match_opening
from parsers.labels import Label, LabelKind
from parsers.paragraphs import Paragraph, is_division

_FARTHEST_NUMBER = 30


def main_numbers(paragraphs: Sequence[Paragraph]) -> float | None:
    """Where on the line the numbers of most paragraphs stand; None without layout."""
    lines: Counter[int] = Counter()
    for paragraph in paragraphs:
        left = paragraph.lines[0].left
        if left is not None and paragraph.label and paragraph.label.kind is LabelKind.ARABIC:
            lines[round(left)] += len(paragraph.lines)
    return max(lines, key=lambda x0: (lines[x0], -x0)) if lines else None


def misprinted_number(paragraphs: Sequence[Paragraph], index: int, due: int) -> Label | None:
    """The number of a paragraph that a typewriter's l stands for, or whose stop is missing: the next one goes on.

    `l.` before `2.`, `1 Coastal States shall` before `2.`; only where a layout shows that a paragraph begins. Also a
    number in the brackets of a text that is not yet agreed: `[9. Also decides`. `due` is the number that comes next.
    """
    found = _misprint(paragraphs[index], due)
    return found if found and _next_number(paragraphs, index) == due + 1 else None


def _misprint(paragraph: Paragraph, due: int) -> Label | None:
    first, label = paragraph.lines[0], paragraph.label
    if first.box is None:
        return None
    if label:
        is_one = label.printed == "l." and due == 1
        return label._replace(number="1", kind=LabelKind.ARABIC) if is_one else None
    match = re.match(rf"\[{due}\.\s", first.text)
    if match:
        return Label(match.group().strip(), str(due), LabelKind.ARABIC, match.end())
    if re.match(rf"{due} [^\W\d_]", first.text) and not first.raised:
        return Label(str(due), str(due), LabelKind.ARABIC, len(str(due)) + 1)
    return None


def _next_number(paragraphs: Sequence[Paragraph], index: int) -> int | None:
    """The number of the first paragraph below that has one, up to where another division begins."""
    for paragraph in paragraphs[index + 1 : index + 1 + _FARTHEST_NUMBER]:
        if is_division(paragraph.text) or (match_opening(paragraph.unmarked) and not paragraph.is_ended):
            return None
        if paragraph.label and paragraph.label.kind is LabelKind.ARABIC:
            return int(paragraph.label.number)
    return None
