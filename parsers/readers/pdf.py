"""PDF files: pages of lines with layout, or a refusal that says why there is no text to read."""

from collections.abc import Iterator, Sequence
from functools import partial

from parsers.readers.pdf_columns import head_end, order_lines
from parsers.readers.pdf_figures import figure_findings, find_figure_rows
from parsers.readers.pdf_layout import DocumentLayout
from parsers.readers.pdf_limits import too_costly
from parsers.readers.pdf_line_numbers import LINE_NUMBER, part_line_numbers
from parsers.readers.pdf_margins import find_margins
from parsers.readers.pdf_page import PageRows, Placed
from parsers.readers.pdf_process import WorkerDiedError, worker_pages
from parsers.readers.pdf_refusals import check_text
from parsers.readers.pdf_repairs import find_repairs
from parsers.readers.pdf_right_to_left import in_logical_order, mirrored, runs_right_to_left
from parsers.readers.pdf_rows import find_rows, main_size, main_turn
from parsers.readers.pdf_runs import Reader, Rule, Run, RunPage, Shape, Style
from parsers.readers.pdf_stamps import STAMP, Known, find_aside, part_stamps
from parsers.readers.pdf_table_joins import join_tables
from parsers.readers.pdf_text_columns import Band, find_bands
from parsers.readers.reading import Format, Reading
from schemas.findings import Finding
from schemas.layout import BBox, Line, Page

MEDIA_TYPE = "application/pdf"
_HEADER_REACH = 1024


def is_pdf(data: bytes) -> bool:
    """Whether the content is a PDF: ISO 32000 wants the header first, and readers accept it within a kilobyte."""
    return b"%PDF-" in data[:_HEADER_REACH]


def read_pdf(data: bytes, *, reader: Reader = "fast") -> Reading:
    """Read a PDF. Raises `Refusal` where it holds no text that can be trusted.

    `reader` chooses who reads the characters: PDFium ("fast") or pdfplumber ("reference"); both give the same lines.
    """
    taken, doubts = _read(data, reader)
    pages = [page for page, _ in taken]
    findings = check_text(pages)
    laid_out, repairs = _lay_out(pages, [rows for _, rows in taken])
    return Reading(
        MEDIA_TYPE,
        laid_out,
        len(pages),
        [*doubts, *findings, *repairs],
        has_layout=True,
        sizes=tuple(_sizes(pages)),
        mirrored=frozenset(page.number for _, page in taken if page.is_mirrored),
    )


def _read(data: bytes, reader: Reader) -> tuple[list[tuple[RunPage, PageRows]], list[Finding]]:
    """The pages, by the reference reader where the fast one does not come through."""
    try:
        return worker_pages(data, reader, partial(_take, set())), []
    except WorkerDiedError as death:
        if death.is_over_time:
            raise too_costly("more time") from None
    try:
        pages = worker_pages(data, "reference", partial(_take, set()))
    except WorkerDiedError:
        raise too_costly("more time or memory") from None
    return pages, [Finding.info("second-reader", "PDFium fails on this file: pdfplumber read it")]


PDF_FORMAT = Format(MEDIA_TYPE, is_pdf, read_pdf)


def _sizes(pages: Sequence[RunPage]) -> Iterator[tuple[float, float]]:
    """Width and height of each page; of one that cannot be opened, those of the page before, or of the first sound."""
    size = next((page.width, page.height) for page in pages if page.readable)
    for page in pages:
        size = (page.width, page.height) if page.readable else size
        yield size


def lay_out(pages: Sequence[RunPage]) -> list[Page]:
    """The lines of pages, whichever reader gave their runs."""
    stamps: Known = set()
    return _lay_out(pages, [_rows(stamps, page) for page in pages])[0]


def _take(stamps: Known, page: RunPage) -> tuple[RunPage, PageRows]:
    """The rows of a page, and the page with its characters alone: where each stands takes fifty times as much."""
    text = Run("".join(run.chars for run in page.runs), (), (), 0.0, _ANY_STYLE)
    return page._replace(runs=[text], rules=[], shapes=()), _rows(stamps, page)


_ANY_STYLE = Style("", 0.0, bold=False, italic=False)


def _lay_out(pages: Sequence[RunPage], rows: list[PageRows]) -> tuple[list[Page], list[Finding]]:
    """The lines of pages, given their rows, and what was repaired in them.

    What has been read is let go of, page by page: a long document would be held twice.
    """
    next((page for page in rows if page.rows), rows[0]).is_first = True
    body_size = main_size(page.rows for page in rows)
    open_table = None
    aside = find_aside(rows)
    margins = [found | find_figure_rows(page) for page, found in zip(rows, find_margins(rows, aside), strict=True)]
    bands = _bands(rows, margins, body_size)
    for laid_out, furniture, columns in zip(rows, margins, bands, strict=True):
        laid_out.lines = order_lines(laid_out, furniture, columns, body_size, open_table)
        open_table = laid_out.open_table
    DocumentLayout(rows).describe()
    join_tables(rows)
    repairs = [*find_repairs(pages, rows), *figure_findings(rows)]
    number = 0
    result = []
    for laid_out in rows:
        lines = []
        for placed in laid_out.lines:
            number += 1
            lines.append(_line(placed, number))
        result.append(Page(number=laid_out.number, lines=tuple(lines)))
        laid_out.rows, laid_out.lines = [], []
    return result, repairs


def _bands(rows: list[PageRows], margins: list[dict[int, str]], body_size: float) -> list[list[Band]]:
    """The bands of columns of each page; those below a masthead, whose frames are no lines of theirs, if need be."""
    bands = find_bands(rows, margins, body_size)
    for index, page in enumerate(rows):
        if page.is_first and not bands[index]:
            frames = dict.fromkeys(range(head_end(page, margins[index])), "masthead")
            bands[index] = find_bands([page], [frames | margins[index]], body_size)[0]
    return bands


def _rows(known: Known, page: RunPage) -> PageRows:
    text, stamps = part_stamps(page.runs, known)
    page = page._replace(runs=text)
    is_mirrored = runs_right_to_left(page)
    if is_mirrored:
        page = mirrored(page)
    turned = main_turn(page)
    width, height = (page.width, page.height) if turned % 2 == 0 else (page.height, page.width)
    rules = [Rule(*_turn(rule, page, turned)) for rule in page.rules]
    shapes = [Shape(*_turn(shape[:4], page, turned), shape.pieces) for shape in page.shapes]
    is_mixed = any(run.style.turned != turned for run in page.runs if run.chars)
    rows = in_logical_order(find_rows(page)) if is_mirrored else find_rows(page)
    over = find_rows(page._replace(runs=stamps)) if stamps else []
    rows, numbers = part_line_numbers(rows, height)
    aside = dict(enumerate([STAMP] * len(over) + [LINE_NUMBER] * len(numbers), len(rows)))
    rows += over + numbers
    return PageRows(
        page.number, width, height, rows, rules, shapes, turned, is_mixed=is_mixed, aside=aside, is_mirrored=is_mirrored
    )


def _turn(place: tuple[float, float, float, float], page: RunPage, turned: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is drawn, in the frame in which the page's text stands upright."""
    x0, top, x1, bottom = place
    width, height = page.width, page.height
    return (
        place,
        (top, width - x1, bottom, width - x0),
        (width - x1, height - bottom, width - x0, height - top),
        (height - bottom, x0, height - top, x1),
    )[turned]


def _box(placed: Placed) -> BBox:
    strip = placed.strip
    hull = placed.hull or (strip.x0, strip.baseline - 0.8 * strip.size, strip.x1, strip.baseline + 0.25 * strip.size)
    x0, top, x1, bottom = (round(edge, 1) for edge in hull)
    return BBox(page=placed.page, x0=x0, top=top, x1=x1, bottom=bottom)


def _line(placed: Placed, number: int) -> Line:
    strip = placed.strip
    first_word = len(strip.text.split(" ", 1)[0])
    return Line(
        orig=strip.text,
        number=number,
        page=placed.page,
        indent=placed.indent,
        page_top=placed.top,
        gap_before=placed.gap,
        box=_box(placed),
        size=strip.size,
        bold=strip.bold,
        italic=strip.italic,
        raised=tuple(strip.raised),
        edges=() if placed.hull else strip.edges,
        room=placed.room,
        lead=round(strip.edges[min(first_word, len(strip.edges) - 1)] - strip.x0 + 0.25 * strip.size, 1),
        starts=placed.starts,
        inset=placed.inset,
        zone=placed.zone,
        furniture=placed.furniture,
        rows=placed.rows,
        column_left=placed.column_left,
    )
