"""Tables in dumps: lines whose cells are parted by tabs, by runs of spaces in columns, or by bars.

Only what is certain is a table: lines one after another with as many cells each, whose columns begin or end at one
place. Two columns are one only where the second holds figures: what stands beside each other in pairs may be a
masthead, a signature, or labels with their text. The layout of PDFs shows tables by itself (`readers.pdf_tables`).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.characters import display_width
from parsers.labels import match_label
from parsers.procedure import names_voters
from schemas.layout import Line, Zone

_FEWEST_ROWS = 3
_FEWEST_CELLS = 2
_FARTHEST = 3
"""How many lines further down the next row of a table may stand: in double spaced dumps an empty one is between."""

_NEAR = 1
_BETWEEN = re.compile(r"(?P<tab> {0,80}\t\s*)|(?P<bar>\s{0,80}\|\s*)|(?P<spaces> {3,})")
_RULE = frozenset(" |+:=-\t")
_FIGURE = re.compile(
    r"^[(（+−–-]?[$€£¥]?\s?\d[\d.,\s]*\s?(?:%|per cent)?[)）]?(?:\s?[a-z*])?$|^(?:[-–—]|\.\.\.?|…|n/a)$"
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}")


class _Cell(NamedTuple):
    """A cell and the columns of the line between which it stands."""

    text: str
    start: int
    end: int


class _Row(NamedTuple):
    """The cells of a line, and what parts them; a rule between rows has none."""

    cells: tuple[_Cell, ...]
    parted_by: str


def mark_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines with those of tables in their zone, each with its cells; `starts` is set on the first of a table."""
    result = list(lines)
    rows = [_row(line) for line in lines]
    index = 0
    while index < len(lines):
        end = _run_end(lines, rows, index)
        # The heads of columns may stand otherwise than what is under them.
        start = next((start for start in (index, index + 1) if _is_table(rows[start:end])), end)
        if index and names_voters(lines[index - 1].text):
            # States in columns are a list of those who voted so.
            start = end
        for at in range(start, end):
            row = rows[at]
            cells = (tuple(cell.text for cell in row.cells),) if row and row.cells else ()
            result[at] = lines[at]._replace(zone=Zone.TABLE, rows=cells, starts=at == start)
        index = max(end, index + 1)
    return result


def _row(line: Line) -> _Row | None:
    """The cells of a line; None where it is no row of a table."""
    if line.zone is not None or _LEADERS.search(line.text):
        return None
    text = line.orig.expandtabs(1) if "\t" not in line.orig.strip() else line.orig
    if "---" in text and _RULE.issuperset(text.strip()) and ("|" in text or "+" in text):
        return _Row((), "bar")
    begin, end = len(text) - len(text.lstrip(" |\t\f")), len(text.rstrip(" |\t"))
    gaps = list(_BETWEEN.finditer(text, begin, end))
    kinds = {gap.lastgroup or "" for gap in gaps}
    parted_by = next((kind for kind in ("bar", "tab", "spaces") if kind in kinds), None)
    if parted_by is None:
        return None
    cuts = [gap.span() for gap in gaps if gap.lastgroup == parted_by]
    edges = [begin, *(place for cut in cuts for place in cut), end]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    return _Row(tuple(_cell(text, first, last) for first, last in spans), parted_by)


def _cell(text: str, first: int, last: int) -> _Cell:
    return _Cell(text[first:last].strip(), display_width(text[:first]), display_width(text[:last]))


def _run_end(lines: Sequence[Line], rows: Sequence[_Row | None], start: int) -> int:
    """Where the lines end that have as many cells as the one at `start`; that line itself where it has none."""
    first = rows[start]
    if first is None or not first.cells:
        return start
    end = start + 1
    while end < len(lines) and _goes_on(lines[end - 1], lines[end], first, rows[end]):
        end += 1
    return end


def _goes_on(above: Line, line: Line, first: _Row, row: _Row | None) -> bool:
    if row is None or row.parted_by != first.parted_by or line.number - above.number > _FARTHEST:
        return False
    return not row.cells or len(row.cells) == len(first.cells)


def _is_table(run: Sequence[_Row | None]) -> bool:
    rows = [row for row in run if row and row.cells]
    if len(rows) < _FEWEST_ROWS or len(rows[0].cells) < _FEWEST_CELLS:
        return False
    if rows[0].parted_by == "bar":
        return True
    if any(match_label(f"{row.cells[0].text} x") for row in rows):
        return False
    columns = list(zip(*(row.cells for row in rows), strict=True))
    if rows[0].parted_by == "spaces" and not all(_lines_up(column) for column in columns[1:]):
        return False
    return len(columns) > _FEWEST_CELLS or all(_FIGURE.match(cell.text) for cell in columns[1][1:])


def _lines_up(column: Sequence[_Cell]) -> bool:
    """Whether the cells of a column begin or end at one place."""
    return any(
        all(abs(one - other) <= _NEAR for one, other in pairwise(places))
        for places in ([cell.start for cell in column], [cell.end for cell in column])
    )
