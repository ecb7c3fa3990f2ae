"""The frames of a masthead in a dump that keeps the layout: body on the left, symbol and distribution on the right.

Tools that print a page as it looks (`pdftotext -layout`) set the frames beside each other, many spaces apart. They are
put one under the other, as other dumps have them; no character but white space is dropped or added.
"""

import re
from collections.abc import Sequence

from parsers.masthead_lines import Part, distribution_word, masthead_part

_MOST_ROWS = 60
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_FEWEST_ROWS = 2
_ASIDE = 30
_FRAME_PARTS = frozenset({Part.SYMBOL, Part.DISTRIBUTION, Part.DATE, Part.LANGUAGE, Part.ORIGINAL})
_NEAR = 6


def part_frames(raw: Sequence[str]) -> list[str]:
    """The lines of a dump, with the frames of its first page one under the other where they stand side by side."""
    top = next((index for index, line in enumerate(raw) if index and "\f" in line), len(raw))
    cells = [_cells(line) for line in raw[: min(top, _MOST_ROWS)]]
    framed = [index for index, (_, right) in enumerate(cells) if right is not None and _is_of_frame(raw[index], right)]
    split = [index for index in framed if raw[index][: cells[index][1]].strip()]
    if len(framed) < _FEWEST_ROWS or not split:
        return list(raw)
    first, last = framed[0], framed[-1]
    edge = min(right for index in framed if (right := cells[index][1]) is not None) - _NEAR
    lefts: list[str] = []
    rights: list[str] = []
    for index in range(first, last + 1):
        line, (_, right) = raw[index], cells[index]
        if right is None or right < edge:
            (lefts if line.strip() else rights).append(line.strip(" "))
            continue
        if line[:right].strip():
            lefts.append(line[:right].strip(" "))
        rights.append(line[right:])
    # The name of a body may be longer than the frame on the right is high.
    while lefts and raw[last].strip() and last + 1 < len(raw) and _goes_on(raw, last):
        last += 1
        lefts.append(raw[last].strip(" "))
    return [*raw[:first], *lefts, *rights, *raw[last + 1 :]]


def _cells(line: str) -> tuple[int, int | None]:
    """Where the text of a line begins, and where its last cell does, if that stands apart or far to the right."""
    start = len(line) - len(line.lstrip())
    gaps = [match.end() for match in _GAP.finditer(line)]
    if gaps:
        return start, gaps[-1]
    return start, start if start >= _ASIDE and line.strip() else None


def _goes_on(raw: Sequence[str], index: int) -> bool:
    text = raw[index + 1].strip()
    return bool(text) and "\f" not in raw[index + 1] and masthead_part(text) in (None, Part.BODY)


def _is_of_frame(line: str, right: int) -> bool:
    text = line[right:].strip()
    return masthead_part(text) in _FRAME_PARTS or distribution_word(text)
