"""Reading order: two columns of text, and the frames of a masthead, which stand beside each other.

Text in two columns reads column by column within each band (see `pdf_text_columns`), notes at the feet of the columns
behind both. A masthead: the letterhead and body on the left, symbol,
distribution, date and original language on the right (x = 397 in New York, 392 in Geneva; learned from where `Distr.`
stands).
"""

import re
from collections.abc import Sequence

from parsers.masthead_lines import masthead_part
from parsers.readers.pdf_page import PageRows, Placed, TableSpan
from parsers.readers.pdf_rows import Row, Strip, join_strips
from parsers.readers.pdf_tables import find_tables, is_entry
from parsers.readers.pdf_text_columns import Band
from schemas.layout import Zone

_SMALLER = 0.6
_SAME_START = 4.0
_HEAD_REACH = 0.5
_NAME_SIZE = 14
_SMALL_NAME_SIZE = 10.5
"""Names of bodies beside an emblem are set in 11 to 13 points in Nairobi and Montreal."""
_HIDDEN = 3.0
"""Type too small to be read (points): templates keep marks of their own in it."""
_RIGHT_FRAME = 0.46
_DISTRIBUTION = re.compile(r"^(?:Distr|Original|分发|原文)", re.IGNORECASE)
_COLUMN_HEAD = re.compile(r"^(?:pages?|paragraphs?|chapter|页次|段次|Párrafos|Página|Paragraphes)$", re.IGNORECASE)
_SECOND_FRAME = re.compile(r"(?:year|session|届会议|年)$|^(?:Agenda )?[Ii]tems? \d|^议程项目")
_FARTHEST = 3.2
_LEADERS = re.compile(r"(?:\. ?){4,}|…{2,}")


def order_lines(
    page: PageRows, furniture: dict[int, str], bands: Sequence[Band], body_size: float, before: TableSpan | None
) -> list[Placed]:
    """The lines of a page in reading order, furniture in its place.

    Strips of a row that is neither column nor frame are one line. `bands` are its stretches of two columns, `before` is
    the table that the last page ended with.
    """
    rows = page.rows
    head = min(head_end(page, furniture), len(rows)) if page.is_first else 0
    # Two frames of a masthead stand beside one another as the lines of two columns do.
    bands = [below for band in bands if (below := _below_head(page, band, head)) is not None]
    columns = {band.first: band for band in bands if not _goes_on_with(before, page, band, furniture)}
    head = min(head, *columns, len(rows))
    lines = _head_lines(page, rows[:head], furniture)
    in_columns = {index for band in columns.values() for index in range(band.first, band.last)}
    spans = find_tables(page, {*furniture, *range(head), *in_columns}, body_size, before)
    page.open_table = next((span for span in spans if _is_last(page, span, furniture)), None)
    tables = {span.first: span for span in spans}
    index = head
    while index < len(rows):
        if index in tables:
            span = tables[index]
            lines += _entry_lines(page, span) if span.is_contents else [_table_line(page, span)]
            index = tables[index].last
            continue
        if index in columns:
            lines += _column_lines(page, columns[index], body_size)
            index = columns[index].last
            continue
        strip = join_strips(rows[index])
        hidden = "hidden_text" if strip.size < _HIDDEN else None
        lines.append(Placed(strip, page.number, furniture=furniture.get(index) or hidden))
        index += 1
    return lines


def _below_head(page: PageRows, band: Band, head: int) -> Band | None:
    """What of a band stands below the frames of a masthead, of which its first rows may be a part."""
    framed = any(_DISTRIBUTION.match(strip.text) for row in page.rows[band.first : head] for strip in row)
    if band.first >= head or not framed:
        return band
    if band.last <= head:
        return None
    top = page.rows[head][0].baseline - 1
    left, right = (tuple(strip for strip in side if strip.baseline > top) for side in (band.left, band.right))
    return band._replace(first=head, left=left, right=right)


def _goes_on_with(table: TableSpan | None, page: PageRows, band: Band, furniture: dict[int, str]) -> bool:
    """Whether what seem to be columns of text at a page's top are cells of the table that the last page ended with."""
    if table is None or any(index not in furniture for index in range(band.first)):
        return False
    return bool(page.rows) and any(abs(start - band.gutter) < _SAME_START for start in table.starts)


def _column_lines(page: PageRows, band: Band, body_size: float) -> list[Placed]:
    """The lines of two columns, one after the other; the notes at their feet follow the text."""
    text: list[Placed] = []
    notes: list[Placed] = []
    for column, strips in enumerate((band.left, band.right), 1):
        end = len(strips)
        while end and strips[end - 1].size < body_size - _SMALLER:
            end -= 1
        text += [Placed(strip, page.number, column=column) for strip in strips[:end]]
        notes += [Placed(strip, page.number, column=column) for strip in strips[end:]]
    return [*text, *notes]


def _is_last(page: PageRows, span: TableSpan, furniture: dict[int, str]) -> bool:
    """Whether nothing but furniture and notes follows a table."""
    size = max(strip.size for row in page.rows[span.first : span.last] for strip in row)
    after = [row for index, row in enumerate(page.rows) if index >= span.last and index not in furniture]
    return all(strip.size < size for row in after for strip in row)


def _entry_lines(page: PageRows, span: TableSpan) -> list[Placed]:
    """The lines of a list of contents; one without a page number goes on in the next."""
    lines = []
    goes_on = False
    for row in page.rows[span.first : span.last]:
        lines.append(Placed(join_strips(row), page.number, Zone.CONTENTS, starts=not goes_on))
        goes_on = not is_entry(row) and not _COLUMN_HEAD.match(row[-1].text.strip())
    return lines


def _table_line(page: PageRows, span: TableSpan) -> Placed:
    """A table as one line, whose characters are those of its rows."""
    rows = page.rows[span.first : span.last]
    strip = join_strips([strip for row in rows for strip in row])
    raised = []
    at = 0
    for row in rows:
        for one in row:
            raised += [(at + start, at + end) for start, end in one.raised]
            at += len(one.text) + 1
    strip.text = "\n".join(" ".join(strip.text for strip in row) for row in rows)
    strip.raised = raised
    edges = (min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows))
    bottom = rows[-1][-1].baseline
    top = rows[0][0].baseline
    return Placed(
        strip, page.number, Zone.TABLE, rows=span.cells, hull=(edges[0], top - rows[0][0].size, edges[1], bottom + 3)
    )


def head_end(page: PageRows, furniture: dict[int, str]) -> int:
    """How many rows of a first page stand in a masthead with frames beside each other."""
    end = 0
    marked = distributed = False
    last = 0.0
    for index, row in enumerate(page.rows):
        if row[0].baseline > _HEAD_REACH * page.height or index in furniture:
            break
        if distributed and any(strip.x0 < 0.4 * page.width and strip.x1 > 0.68 * page.width for strip in row):
            # A line of the text or the titles, over the frames' width.
            break
        in_frame = row[-1].x0 > _RIGHT_FRAME * page.width and not _is_of_contents(row)
        if (
            distributed
            and in_frame
            and row[-1].baseline - last > _FARTHEST * row[-1].size
            and not _is_of_masthead(row[-1])
        ):
            # Below the frames stand columns of text, a signature, a table.
            break
        if in_frame and (len(row) > 1 or row[0].x0 > 0.55 * page.width):
            end = index + 1
            last = row[-1].baseline
        distributed = distributed or any(_DISTRIBUTION.match(strip.text) for strip in row)
        marked = marked or distributed
        marked = marked or (in_frame and row[-1].baseline < 0.16 * page.height)
    if not marked:
        return 0
    while 0 < end < len(page.rows) and (
        _continues_name(page.rows[:end], page.rows[end], page.width) or _beside(page.rows[end - 1], page.rows[end])
    ):
        end += 1
    return end


def _is_of_masthead(strip: Strip) -> bool:
    """Whether a strip apart from the frame above it is of a second body's: Security Council, Eightieth year."""
    text = strip.text.strip()
    return masthead_part(text) is not None or bool(_SECOND_FRAME.search(text)) or strip.size >= _NAME_SIZE


def _beside(above: Row, row: Row) -> bool:
    """Whether a row, larger in size, begins higher than the one above it ends: a body's name beside a short frame."""
    return row[0].baseline - row[0].size < above[0].baseline - 0.2 * above[0].size


def _is_of_contents(row: Row) -> bool:
    """Whether a row is an entry of a list of contents or the head of its numbers; they stand far right too."""
    return any(_LEADERS.search(strip.text) for strip in row) or bool(_COLUMN_HEAD.match(row[-1].text.strip()))


def _continues_name(above: Sequence[Row], row: Row, width: float) -> bool:
    """Whether a row goes on with a body's name that is longer than the frame on the right is high."""
    strip = row[0]
    before = next((other[0] for other in reversed(above) if other[0].x0 < _RIGHT_FRAME * width), None)
    return (
        before is not None
        and len(row) == 1
        and strip.bold
        and strip.size == before.size > _SMALL_NAME_SIZE
        and abs(strip.x0 - before.x0) < 2
        and strip.baseline - before.baseline < 1.45 * strip.size
    )


def _head_lines(page: PageRows, rows: Sequence[Row], furniture: dict[int, str]) -> list[Placed]:
    """The lines of the masthead's frames: in each stretch between two gaps the left frame, then the right."""
    lines: list[Placed] = []
    left: list[Strip] = []
    right: list[Strip] = []

    def flush() -> None:
        for column, strips in ((1, left), (2, right)):
            lines.extend(Placed(strip, page.number, Zone.HEAD, column=column) for strip in strips)
            strips.clear()

    last = 0.0
    for row in rows:
        if row[0].baseline - last > 4.5 * row[0].size and (left or right):
            flush()
        last = row[0].baseline
        aside = [strip for strip in row if strip.x0 > _RIGHT_FRAME * page.width and not _LEADERS.search(strip.text)]
        beside = [strip for strip in row if strip not in aside]
        if beside:
            left.append(join_strips(beside))
        right += aside
    flush()
    return lines
