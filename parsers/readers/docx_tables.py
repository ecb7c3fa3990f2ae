"""Tables of Word: rows and cells with spans and merges, and whether a table is one or only sets columns apart."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parsers.readers.docx_text import Block, Cell, Paragraph, Row, Table
from parsers.readers.docx_xml import Element, child, integer, qn, value

if TYPE_CHECKING:
    from parsers.readers.docx_story import Story

_MOST_COLUMNS = 200
_NO_LINE = frozenset({None, "nil", "none"})


def read_table(element: Element, story: "Story") -> Table | None:
    """A table with the blocks of its cells; None where it has no row."""
    rows = []
    for row in _members(element, "w:tr"):
        properties = child(row, "w:trPr")
        if properties is not None and child(properties, "w:del") is not None:
            story.drop_row()
            continue
        cells = [_cell(cell, story) for cell in _members(row, "w:tc")]
        before = integer(child(properties, "w:gridBefore")) or 0
        rows.append(Row([cell for cell in cells if cell], min(max(before, 0), _MOST_COLUMNS)))
    return Table(rows, _is_ruled(element)) if rows else None


def _members(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in content controls."""
    for element in parent:
        if element.tag == qn(name):
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")):
            # Controls nest a few deep; the parser's own bound on depth holds here.
            yield from (found for found in element.iter(qn(name)) if _owner(found) is _owner(element))


def _owner(element: Element) -> Element | None:
    return next((above for above in element.iterancestors() if above.tag in (qn("w:tbl"), qn("w:tr"))), None)


def _cell(element: Element, story: "Story") -> Cell | None:
    properties = child(element, "w:tcPr")
    if child(properties, "w:cellDel") is not None:
        story.drop_row()
        return None
    merges = [child(properties, name) for name in ("w:vMerge", "w:hMerge")]
    columns = integer(child(properties, "w:gridSpan")) or 1
    return Cell(
        story.cell(element),
        min(max(columns, 1), _MOST_COLUMNS),
        any(merge is not None and value(merge) in (None, "continue") for merge in merges),
    )


def _is_ruled(table: Element) -> bool:
    """Whether lines are drawn: by the table itself, by a style (which mostly draws some), or by a cell."""
    properties = child(table, "w:tblPr")
    borders = child(properties, "w:tblBorders")
    if borders is not None:
        if any(value(line) not in _NO_LINE for line in borders):
            return True
    elif child(properties, "w:tblStyle") is not None:
        return True
    return any(value(line) not in _NO_LINE for cell in table.iter(qn("w:tcBorders")) for line in cell)


def unwrapped(table: Table) -> list[Block] | None:
    """The blocks of a table that is none: one column (a box around text), or columns side by side without a line."""
    filled = [[cell for cell in row.cells if any(_shows(block) for block in cell.blocks)] for row in table.rows]
    one_column = all(len(cells) <= 1 for cells in filled) and all(len(row.cells) == 1 for row in table.rows)
    side_by_side = len([cells for cells in filled if cells]) <= 1 and not table.ruled
    if not (one_column or side_by_side):
        return None
    return [block for cells in filled for cell in cells for block in cell.blocks]


def _shows(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return not block.is_empty or any(_shows(box) for box in block.boxes)
    return any(_shows(inner) for row in block.rows for cell in row.cells for inner in cell.blocks)
