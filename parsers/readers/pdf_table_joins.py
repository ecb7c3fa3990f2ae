"""Tables that go on: over a page's end, and after a break that is none; heads that are printed again are left out.

Where a table runs over pages, its heads come again on each (New York and Geneva alike). The cells of the repeated head
stay in `orig` and in no row.
"""

from collections.abc import Sequence

from parsers.readers.pdf_page import PageRows, Placed
from schemas.layout import Zone


def join_tables(pages: Sequence[PageRows]) -> None:
    """Let tables go on where the next line of text is a table of the same columns."""
    before: Placed | None = None
    for page in pages:
        for line in page.lines:
            if line.furniture or line.zone is Zone.NOTE:
                continue
            if line.zone is Zone.TABLE:
                _join(before, line)
            before = line


def _join(before: Placed | None, line: Placed) -> None:
    if before is None or before.zone is not Zone.TABLE or not (before.rows and line.rows):
        return
    first = before.head or before.rows[0]
    if len(first) != len(line.rows[0]) and not _is_same(first, line.rows[0]):
        return
    line.starts = False
    line.head = first
    if line.page != before.page and _is_same(first, line.rows[0]) and len(line.rows) > 1:
        line.rows = line.rows[1:]
        line.repeats_head = True


def _is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows hold the same cells, empty ones and white space apart."""
    return _bare(one) == _bare(other)


def _bare(row: Sequence[str]) -> list[str]:
    return [cell.replace(" ", "") for cell in row if cell]
