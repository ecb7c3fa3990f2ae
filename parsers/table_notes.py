"""Footnote marks in tables: taken out of the cells, with the place of each in the text of the table."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parsers.footnotes import Anchor

_CONTEXT = 12


class CellMark(NamedTuple):
    """A mark and where it stood in the text of the table, whose cells are joined by single spaces."""

    anchor: Anchor
    offset: int


def take_marks(
    rows: Sequence[Sequence[str]], marks: Iterable[tuple[str, Anchor]]
) -> tuple[tuple[tuple[str, ...], ...], list[CellMark]]:
    """The rows without their marks, and the marks; `marks` come with the line up to the mark.

    A mark that no cell has after the same words stays where it is.
    """
    cells = [list(row) for row in rows]
    found: list[tuple[int, int, int, Anchor]] = []
    for before, anchor in marks:
        context = "".join(before.split())[-_CONTEXT:]
        for place in ((row, column) for row, line in enumerate(cells) for column in range(len(line))):
            end = _end_of(context, cells[place[0]][place[1]], anchor.mark)
            if end is None or (*place, end) in [item[:3] for item in found]:
                continue
            cell = cells[place[0]][place[1]]
            before_mark, after_mark = cell[:end], cell[end + len(anchor.mark) :]
            if not after_mark or after_mark.startswith(" "):
                before_mark = before_mark.rstrip()
            cells[place[0]][place[1]] = before_mark + after_mark
            found.append((*place, len(before_mark), anchor))
            break
    starts = {}
    at = 0
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            starts[row, column] = at
            at += len(cell) + 1 if cell else 0
    marked = [CellMark(anchor, starts[row, column] + end) for row, column, end, anchor in found]
    return tuple(tuple(line) for line in cells), sorted(marked, key=lambda mark: mark.offset)


def _end_of(context: str, cell: str, mark: str) -> int | None:
    """Where a mark stands in a cell behind these words, white space apart."""
    start = cell.find(mark)
    while start >= 0:
        before = "".join(cell[:start].split())
        if before and (context.endswith(before) or before.endswith(context)):
            return start
        start = cell.find(mark, start + 1)
    return None
