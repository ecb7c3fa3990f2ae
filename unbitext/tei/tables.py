"""Tables: cells that are cut from the block's text where they can be, and stand beside it where not."""

from collections.abc import Iterator
from itertools import product

from lxml import etree

from schemas.document import Block
from unbitext.tei.characters import append_text, read_text
from unbitext.tei.content import Content, read_content, write_content
from unbitext.tei.names import EncodingError, add, line_of, named
from unbitext.tei.sentences import SentenceReader, SentenceWriter

SEPARATORS = {"space": " ", "tab": "\t", "newline": "\n", "bar": " | "}
"""What may stand between two cells, or between two rows, in the text of a table; the names are those in `@rend`."""

_ORDER = list(product(SEPARATORS, SEPARATORS))


def write_table(element: etree._Element, block: Block, writer: SentenceWriter) -> None:
    """Fill a `<table>`.

    Where the text is the cells joined by one separator and the rows by another, and no sentence crosses a cell, each
    cell holds its sentences, and `@rend` names the two separators. Otherwise one row of role `text` holds the text, and
    rows of role `data` what each cell says. `@rows` is absent where the model has no rows at all.
    """
    if block.rows is not None:
        element.set("rows", str(len(block.rows)))
    found = next((each for each in _ORDER if _fits(block, *each)), None)
    if found:
        element.set("rend", " ".join(found))
        _write_cells(element, block, writer, *found)
        return
    write_content(add(add(element, "row", role="text"), "cell"), block.text, block.sentences, block.refs, writer)
    for cells in block.rows or ():
        row = add(element, "row", role="data" if cells else "empty")
        for cell in cells or ("",):
            append_text(add(row, "cell"), cell)


def _spans(block: Block, cell_separator: str, row_separator: str) -> Iterator[tuple[int, int]]:
    position = 0
    for row in block.rows or ():
        for cell in row:
            yield position, position + len(cell)
            position += len(cell) + len(SEPARATORS[cell_separator])
        position += len(SEPARATORS[row_separator]) - len(SEPARATORS[cell_separator])


def _fits(block: Block, cell_separator: str, row_separator: str) -> bool:
    if not block.rows or not all(block.rows):
        return False
    between = SEPARATORS[cell_separator]
    if block.text != SEPARATORS[row_separator].join(between.join(row) for row in block.rows):
        return False
    spans = list(_spans(block, cell_separator, row_separator))
    ends = [(sentence.start, sentence.end) for sentence in block.sentences]
    ends += [(ref.offset, ref.offset) for ref in block.refs]
    return all(any(start <= first and last <= end for start, end in spans) for first, last in ends)


def _write_cells(
    element: etree._Element, block: Block, writer: SentenceWriter, cell_separator: str, row_separator: str
) -> None:
    spans = _spans(block, cell_separator, row_separator)
    for cells in block.rows or ():
        row = add(element, "row")
        for cell in cells:
            start, end = next(spans)
            sentences = [
                each.model_copy(update={"start": each.start - start, "end": each.end - start})
                for each in block.sentences
                if start <= each.start and each.end <= end
            ]
            refs = [
                each.model_copy(update={"offset": each.offset - start})
                for each in block.refs
                if start <= each.offset <= end
            ]
            write_content(add(row, "cell"), cell, sentences, refs, writer)


def read_table(element: etree._Element, reader: SentenceReader) -> tuple[Content, tuple[tuple[str, ...], ...] | None]:
    """Return a table's text and rows."""
    rend = element.get("rend")
    if rend is not None:
        return _read_cells(element, rend, reader)
    content = Content()
    rows: list[tuple[str, ...]] = []
    for row in named(element, "row"):
        cells = list(named(row, "cell"))
        if row.get("role") == "text":
            content = read_content(cells[0], reader)
        else:
            rows.append(() if row.get("role") == "empty" else tuple(read_text(cell) for cell in cells))
    return content, None if element.get("rows") is None else tuple(rows)


def _read_cells(
    element: etree._Element, rend: str, reader: SentenceReader
) -> tuple[Content, tuple[tuple[str, ...], ...]]:
    try:
        cell_separator, row_separator = (SEPARATORS[name] for name in rend.split())
    except (KeyError, ValueError) as error:
        raise EncodingError(f"line {line_of(element)}: {rend!r} names no separators of a table") from error
    content = Content()
    rows: list[tuple[str, ...]] = []
    for row in named(element, "row"):
        content.extend(Content(row_separator if rows else ""))
        cells: list[str] = []
        for cell in named(row, "cell"):
            inside = read_content(cell, reader)
            content.extend(Content(cell_separator if cells else ""))
            content.extend(inside)
            cells.append(inside.text)
        rows.append(tuple(cells))
    return content, tuple(rows)
