"""Figures: the words inside a chart stand where its drawing wants them, and are no text, list or table.

A chart is drawn as paths within a frame: bars, lines, marks. A frame around text alone is a box, and one whose rules
make a grid is a table.
"""

from collections.abc import Iterator, Sequence

from parsers.readers.pdf_page import PageRows
from parsers.readers.pdf_rows import Row, Strip
from parsers.readers.pdf_runs import Rule, Shape
from schemas.findings import Finding

FIGURE_TEXT = "figure_text"
"""The kind of furniture that the words in a figure are."""

_LEAST = (150.0, 80.0)
_MOST = 0.95
_TOUCH = 3.0
_FEWEST_PIECES = 3
_A_RECTANGLE = 5
_FEWEST_RULES = 3
_LONG = 0.93
_PROSE_WIDTH = 0.55
_PROSE_WORDS = 8
_FEWEST_LINES = 3


def find_figure_rows(page: PageRows) -> dict[int, str]:
    """The indexes of rows that stand in figures, each with the kind of furniture they are."""
    frames = [frame for frame in page.shapes if _is_frame(frame, page) and _is_drawn_in(frame, page.shapes)]
    if not frames:
        return {}
    found: dict[int, str] = {}
    for frame in _outermost(frames):
        rows = [index for index, row in enumerate(page.rows) if _stands_in(row, frame, page)]
        prose = sum(_is_prose(page.rows[index], frame) for index in rows)
        if rows and prose < _FEWEST_LINES and not _is_grid(frame, page.rules):
            found.update(dict.fromkeys(rows, FIGURE_TEXT))
    return found


def figure_findings(pages: Sequence[PageRows]) -> Iterator[Finding]:
    """One for each page with words in a figure."""
    for page in pages:
        words = [line.text for line in page.lines if line.furniture == FIGURE_TEXT]
        if words:
            message = f"the words in a figure are no running text: {' / '.join(words)[:80]!r}"
            yield Finding.info("figure-text", message, f"page {page.number}")


def _is_frame(shape: Shape, page: PageRows) -> bool:
    width, height = shape.x1 - shape.x0, shape.bottom - shape.top
    return (
        shape.pieces <= _A_RECTANGLE
        and _LEAST[0] <= width <= _MOST * page.width
        and _LEAST[1] <= height <= _MOST * page.height
    )


def _is_drawn_in(frame: Shape, shapes: Sequence[Shape]) -> bool:
    """Whether there is a drawing within a frame: several paths, or one of many strokes."""
    inside = [shape for shape in shapes if _holds(frame, shape) and not _holds(shape, frame)]
    strokes = (max(2, shape.pieces // _A_RECTANGLE) if shape.pieces > _A_RECTANGLE else 1 for shape in inside)
    return sum(strokes) >= _FEWEST_PIECES


def _holds(frame: Shape, shape: Shape) -> bool:
    return (
        frame.x0 - _TOUCH <= shape.x0
        and frame.top - _TOUCH <= shape.top
        and shape.x1 <= frame.x1 + _TOUCH
        and shape.bottom <= frame.bottom + _TOUCH
    )


def _outermost(frames: Sequence[Shape]) -> list[Shape]:
    """The frames that no other one holds, each once."""
    kept: list[Shape] = []
    for frame in sorted(frames, key=lambda frame: (frame.x0 - frame.x1) * (frame.bottom - frame.top)):
        if not any(_holds(other, frame) for other in kept):
            kept.append(frame)
    return kept


def _stands_in(row: Row, frame: Shape, page: PageRows) -> bool:
    return all(_holds(frame, _place(strip, page)) for strip in row)


def _place(strip: Strip, page: PageRows) -> Shape:
    """Where a strip stands on the page, also one that is turned against most text."""
    low, high = strip.baseline - 0.5 * strip.size, strip.baseline
    width, height = page.width, page.height
    turned = (strip.turned - page.turned) % 4
    return (
        Shape(strip.x0, low, strip.x1, high),
        Shape(width - high, strip.x0, width - low, strip.x1),
        Shape(width - strip.x1, height - high, width - strip.x0, height - low),
        Shape(low, height - strip.x1, high, height - strip.x0),
    )[turned]


def _is_grid(frame: Shape, rules: Sequence[Rule]) -> bool:
    """Whether rules part the whole frame into rows and columns; those behind a chart end at its axes."""
    inside = [rule for rule in rules if _holds(frame, Shape(*rule))]
    wide = [rule for rule in inside if rule.is_horizontal and rule.x1 - rule.x0 > _LONG * (frame.x1 - frame.x0)]
    high = [
        rule
        for rule in inside
        if not rule.is_horizontal and rule.bottom - rule.top > _LONG * (frame.bottom - frame.top)
    ]
    return len(wide) >= _FEWEST_RULES and len(high) >= _FEWEST_RULES


def _is_prose(row: Row, frame: Shape) -> bool:
    """Whether a row may be a line of a paragraph, as boxes hold."""
    width = _PROSE_WIDTH * (frame.x1 - frame.x0)
    return any(strip.x1 - strip.x0 > width and strip.text.count(" ") >= _PROSE_WORDS - 1 for strip in row)
