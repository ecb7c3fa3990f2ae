"""Tables and contents pages of PDFs: rows cut by wide gaps that line up in columns, with or without rules between them.

UN tables: heads in small italics under a rule, a rule over the body, a bold rule below; most have no lines between rows
or columns, so that the gaps decide. A label and its text (`1.   The ...`) are no two cells.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from parsers.characters import BULLETS
from parsers.readers.pdf_page import PageRows, TableSpan
from parsers.readers.pdf_rows import Row, Strip
from parsers.readers.pdf_ruled import find_ruled_tables
from parsers.readers.pdf_runs import Rule

_LABEL = re.compile(
    r"^(?:[(（]?[0-9A-Za-z]{1,4}[.)）]{1,2}|[IVXLC]{1,6}\.|\d{1,3}(?:[./]\d{1,4})*[.…]*|[*＊†]{1,3}"
    rf"|[{BULLETS}]"
    r"|(?:Article|Item|Regulation|Rule|Paragraph|Para\.|Principle|Goal) [\w.()]{1,6}\.?:?)$"
)
_CONTENTS = re.compile(r"^(?:table of )?contents?(?:\s*\(continued\))?$|^目录$", re.IGNORECASE)
_ENTRY = re.compile(r"^(?P<title>.*?)[ .…]*(?:\.{4,}|…{2,}|\s)\s*(?P<page>\d{1,4}(?:\s?[-–]\s?\d{1,4})?|[ivxl]{1,5})$")
_PAGE = re.compile(r"\d{1,4}$")
_NOTE_MARK = re.compile(r"\d{1,3}|[*＊†‡]{1,3}")
_SMALLEST = 0.72
"""The size of a table's text, in sizes of the body: 7 points on 10 are met, charts have 5 to 7."""

_FULL_SIZE = 0.88
_FEWEST_ROWS = 3
_APART = 3.6
_NEAR = 4.0


def find_tables(page: PageRows, skipped: set[int], body_size: float, before: TableSpan | None) -> list[TableSpan]:
    """The tables and lists of contents of a page, in order; `skipped` rows belong to other things.

    `before` is the table that the last page ended with, if it did.
    """
    found = _find_contents(page, skipped, goes_on=before is not None and before.is_contents)
    taken = skipped.union(*(range(span.first, span.last) for span in found), _notes_below(page, skipped))
    ruled = find_ruled_tables(page, taken)
    found += ruled
    taken = taken.union(*(range(span.first, span.last) for span in ruled))
    levels = _levels(page.rules)
    index, fresh = 0, True
    while index < len(page.rows):
        starts = before.starts if before and fresh and index not in skipped else ()
        fresh = fresh and index in skipped
        last = index if index in taken else _table_end(page, index, taken, levels, starts)
        # The words on a chart stand in rows too, and are smaller than any table's.
        if last > index and page.rows[index][0].size > _SMALLEST * body_size:
            rows = page.rows[index:last]
            cells = _cells(rows, levels)
            if len(cells) >= _FEWEST_ROWS or starts or rows[0][0].size > _FULL_SIZE * body_size:
                found.append(TableSpan(index, last, cells, starts=tuple(x0 for x0, _ in _columns(rows))))
        index = max(last, index + 1)
    return sorted(found)


def is_label(text: str) -> bool:
    """Whether a strip is the label of what stands beside it, and no cell."""
    return bool(_LABEL.match(text.strip()))


def _notes_below(page: PageRows, skipped: set[int]) -> range:
    """The rows of notes at the foot of a page, which may follow right under a table: each opens with a raised mark."""
    lowest = 0.0
    rows = []
    for index, row in enumerate(page.rows):
        # Text turned against the page's stands behind all other rows, as a number at its side does.
        is_page = len(row) == 1 and _PAGE.match(row[0].text)
        if index not in skipped and row[0].baseline >= lowest and not is_page:
            rows.append(index)
            lowest = row[0].baseline
    first = last = rows[-1] + 1 if rows else 0
    for index in reversed(rows):
        row = page.rows[index]
        if row[-1].size != page.rows[last - 1][-1].size or (
            len(row) > 1 and not (len(row) == 2 and is_label(row[0].text))
        ):
            break
        raised = [strip.text[start:end] for strip in row for start, end in strip.raised if start == 0]
        if raised and _NOTE_MARK.fullmatch(raised[0].strip()):
            first = index
    return range(first, last)


def _find_contents(page: PageRows, skipped: set[int], *, goes_on: bool) -> list[TableSpan]:
    """Lists of contents: under their heading, entries with leaders one after another, and what goes on with them."""
    found = []
    index = 0
    while index < len(page.rows):
        row = page.rows[index]
        opens = len(row) == 1 and bool(_CONTENTS.match(row[0].text.strip()))
        if index not in skipped and (opens or goes_on or _has_leaders(row)):
            first = index + opens
            last = _contents_end(page, first, skipped)
            least, goes_on = 1 if goes_on else 3, False
            if sum(map(is_entry, page.rows[first:last])) >= least:
                found.append(TableSpan(first, last, (), is_contents=True))
                index = last
                continue
        index += 1
    return found


def _levels(rules: Sequence[Rule]) -> list[float]:
    """Heights at which rules over a good part of the text stand, pieces of one rule together."""
    widths: Counter[int] = Counter()
    for rule in rules:
        if rule.is_horizontal:
            widths[round(rule.top / 2)] += int(rule.x1 - rule.x0)
    return sorted(2.0 * level for level, width in widths.items() if width > 120)


def _contents_end(page: PageRows, start: int, skipped: set[int]) -> int:
    """Where a list of contents ends: after the last row that ends in a page or paragraph number."""
    end, misses = start, 0
    for index in range(start, len(page.rows)):
        if index in skipped:
            continue
        if is_entry(page.rows[index]):
            end, misses = index + 1, 0
        else:
            misses += 1
            if misses > 4:
                break
    return end


def _has_leaders(row: Row) -> bool:
    """Whether a row is an entry of a list of contents that goes on from the page before."""
    return is_entry(row) and "...." in row[0].text


def is_entry(row: Row) -> bool:
    """Whether a row is an entry of a list of contents: a title, and a page's or paragraphs' numbers."""
    text = " ".join(strip.text for strip in row)
    match = _ENTRY.match(text)
    return bool(match) and (len(row) > 1 or ".." in text or "…" in text)


def _table_end(page: PageRows, start: int, skipped: set[int], levels: Sequence[float], carried: Sequence[float]) -> int:
    """Where a table that begins at a row ends; `carried` are the columns of the one that the last page ended with."""
    rows = page.rows
    if not (_is_tabular(rows[start]) or (carried and _is_cell_line(rows[start], carried, page.width))):
        return start
    end, tabular = start, 0
    starts = list(carried)
    for index in range(start, len(rows)):
        row = rows[index]
        if index in skipped:
            break
        if index > start and not _follows(rows[index - 1], row, levels):
            break
        if _is_tabular(row):
            tabular += 1
            # Lines of a cell may hang: only what has something to its left begins a column.
            starts = [min([row[0].x0, *starts[:1]]), *starts[1:], *(strip.x0 for strip in row[1:])]
            end = index + 1
        elif not _is_cell_line(row, starts, page.width) or _is_caption(row, rows[start:index]):
            break
        else:
            end = index + 1
    least = _FEWEST_ROWS if not carried else 1
    return end if tabular >= least and _lines_up(rows[start:end]) else start


def _is_tabular(row: Row) -> bool:
    if len(row) < 2 or (".." in row[-1].text[:-1] and len(row) == 2):
        return False
    if any("......" in strip.text for strip in row):
        # Members: Algeria ............ Mr. X
        return False
    return len(row) > 2 or not is_label(row[0].text)


def _follows(above: Row, row: Row, levels: Sequence[float]) -> bool:
    distance = row[0].baseline - above[0].baseline
    size = max(above[0].size, row[0].size)
    if distance < 2.2 * size:
        return True
    between = any(above[0].baseline < level < row[0].baseline for level in levels)
    return distance < (2.2 * _APART if between else _APART) * size


def _is_cell_line(row: Row, starts: Sequence[float], width: float) -> bool:
    """Whether a row of one strip is a line of a cell: it stands within one column."""
    strip = row[0]
    before = [start for start in starts if start < strip.x0 + _NEAR]
    if not before:
        return False
    own = max(before)
    hangs = own > min(starts) + _NEAR and abs(strip.x0 - own) < _NEAR
    if strip.x1 - strip.x0 > 0.45 * width and not hangs:
        return False
    after = min((start for start in starts if start > own + 10), default=width)
    return strip.x1 < after + _NEAR


def _is_caption(row: Row, above: Sequence[Row]) -> bool:
    """Whether a bold line parts two tables of one kind, whose text is roman: **Second session**."""
    return row[0].bold and not any(strip.bold for other in above for strip in other)


def _lines_up(rows: Sequence[Row]) -> bool:
    """Whether the strips of rows begin or end at the same places: two rows in three share a place with another."""
    places: Counter[int] = Counter()
    tabular = [row for row in rows if len(row) > 1]
    for row in tabular:
        places.update({round(strip.x0 / 5) for strip in row[1:]} | {1000 + round(strip.x1 / 5) for strip in row[1:]})
    common = {place for place, count in places.items() if count > 1}
    near = common | {place + 1 for place in common} | {place - 1 for place in common}
    shared = sum(
        any(round(strip.x0 / 5) in near or 1000 + round(strip.x1 / 5) in near for strip in row[1:]) for row in tabular
    )
    return shared * 3 >= 2 * len(tabular)


def _cells(rows: Sequence[Row], levels: Sequence[float]) -> tuple[tuple[str, ...], ...]:
    columns = _columns(rows)
    cells: list[list[str]] = []
    pitch = min((below[0].baseline - above[0].baseline for above, below in pairwise(rows)), default=0.0)
    for index, row in enumerate(rows):
        line = [""] * len(columns)
        for strip in row:
            column = _column_of(strip, columns)
            line[column] = f"{line[column]} {strip.text}".strip()
        if index and not _opens_row(rows[index - 1], row, line, pitch, levels):
            cells[-1] = [f"{above} {text}".strip() for above, text in zip(cells[-1], line, strict=True)]
        else:
            cells.append(line)
    return tuple(tuple(line) for line in cells)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The extents of columns, from the rows with most strips."""
    most = max(len(row) for row in rows)
    fullest = [row for row in rows if len(row) == most]
    return [(min(row[at].x0 for row in fullest), max(row[at].x1 for row in fullest)) for at in range(most)]


def _column_of(strip: Strip, columns: Sequence[tuple[float, float]]) -> int:
    def overlap(at: int) -> tuple[float, float]:
        left, right = columns[at]
        return min(strip.x1, right) - max(strip.x0, left), -abs(strip.x0 - left)

    return max(range(len(columns)), key=overlap)


def _opens_row(above: Row, row: Row, line: Sequence[str], pitch: float, levels: Sequence[float]) -> bool:
    distance = row[0].baseline - above[0].baseline
    if any(above[0].baseline < level < row[0].baseline for level in levels):
        return True
    # Lines of one cell stand as close as those of a paragraph.
    if distance > 1.45 * row[0].size or (distance > 1.25 * pitch and distance > 1.25 * row[0].size):
        return True
    return bool(line[0]) and sum(map(bool, line)) > 1 and distance > 1.02 * pitch
