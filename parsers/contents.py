"""A list of contents in a dump: its lines are no headings, though they open with the same numbers.

Under `Contents` or 目录 each entry ends with a page or paragraph number, mostly behind leaders; it can run over two
lines. The layout of PDFs shows the same by columns (readers.pdf_columns).
"""

import re
from collections.abc import Sequence

from schemas.layout import Line, Zone

_HEADING = re.compile(r"^(?:(?:Table of )?contents?|目\s*[录次])(?:\s*[(（](?:continued|续)[)）])?$", re.IGNORECASE)
_COLUMN_HEADS = re.compile(r"^(?:(?:Chapter|Paragraphs?|Page|章次|段次|页次|第|页|章)[\s*＊.]*){1,3}$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|·{4,}")
_ENTRY = re.compile(r"(?:(?:\.\s?){3,}|…+|·{3,}|\s)\s*\d{1,4}(?:\s*[-–—]\s*\d{1,4})?(?:\s+\d{1,4})?$")
_MOST_LINES = 3


def mark_contents(lines: Sequence[Line]) -> list[Line]:
    """The lines with those of lists of contents in their zone, `starts` set on the first line of each entry."""
    result = list(lines)
    index = 0
    while index < len(lines):
        if _HEADING.match(lines[index].text):
            end = _end(lines, index + 1)
            if end > index + 2:
                _mark(result, index + 1, end)
                index = end
                continue
        index += 1
    return result


def _closes(text: str) -> bool:
    return bool(_ENTRY.search(text)) or bool(_COLUMN_HEADS.match(text))


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the list ends: behind the last entry before a few lines that close none.

    A title that the text repeats without a page number is the first heading of the text.
    """
    end = index = start
    while index < len(lines) and index - end < _MOST_LINES:
        if _closes(lines[index].text) or _LEADERS.search(lines[index].text):
            end = index + 1
        index += 1
    return end


def _mark(result: list[Line], start: int, end: int) -> None:
    opens = True
    for index in range(start, end):
        line = result[index]
        result[index] = line._replace(zone=Zone.CONTENTS, starts=opens)
        opens = _closes(line.text)
