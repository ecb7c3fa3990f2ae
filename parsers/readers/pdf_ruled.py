"""Tables by the rules drawn for them: word processors draw each cell's border apart, so that rules show the columns.

The templates of New York draw only a rule above and two below the heads of the columns and one at the end; those of
Geneva draw every cell. In both a horizontal rule is a chain of pieces that meet where two columns do, which the grid
of a chart, a rule under a running header or a frame around a text never are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.readers.pdf_page import PageRows, TableSpan
from parsers.readers.pdf_rows import Row, Strip, cut_strip
from parsers.readers.pdf_runs import Rule

_TOUCH = 3.0
_LEAST_WIDTH = 100.0
_NARROWEST = 9.0
_SAME_EDGE = 5.0
_UNDER = 9.0
_PADDING = 10.0
_SAME_START = 2.6
_LEADING = 1.45
_FARTHEST = 4.5
"""White space in sizes of the text from which rows without a rule between them are of two tables."""


class _Level(NamedTuple):
    """A horizontal rule across the page: its height, its ends, and where its pieces meet."""

    y: float
    x0: float
    x1: float
    joints: tuple[float, ...]


class _Frame(NamedTuple):
    """The levels of one table, top to bottom, and the edges of its columns."""

    levels: tuple[_Level, ...]
    edges: tuple[float, ...]


def find_ruled_tables(page: PageRows, skipped: set[int]) -> list[TableSpan]:
    """The tables of a page that rules show, in order; `skipped` rows belong to other things."""
    found: list[TableSpan] = []
    for frame in _frames(page, skipped):
        span = _span(page, frame, skipped)
        if span is None:
            continue
        first, last = span
        starts = _starts(page.rows[first:last], frame.edges)
        rows = [_cut(row, starts) for row in page.rows[first:last]]
        cells = _cells(rows, frame)
        full = sum(len([cell for cell in row if cell]) > 1 for row in cells)
        # Forms have a head and rows to be filled in.
        if full < 2 and not (full and len(cells) > 1 and len(frame.levels) > 2):
            continue
        if found and found[-1].last > first:
            continue
        found.append(TableSpan(first, last, cells))
    return found


def _frames(page: PageRows, skipped: set[int]) -> list[_Frame]:
    uprights = _uprights(page.rules)
    levels = sorted(_levels(page.rules))
    groups: list[list[_Level]] = []
    for level in levels:
        if _is_under_margin(page, level, skipped):
            continue
        last = groups[-1] if groups else None
        if last and _belongs(page, last, level, uprights):
            last.append(level)
        else:
            groups.append([level])
    frames = []
    for group in groups:
        edges = _edges(group, uprights)
        if len(edges) > 2:
            frames.append(_Frame(tuple(group), edges))
    return frames


def _uprights(rules: Sequence[Rule]) -> list[Rule]:
    """Upright rules, the pieces of each cell put together."""
    found: list[Rule] = []
    upright = [rule for rule in rules if rule.x1 - rule.x0 < _TOUCH]
    for rule in sorted(upright, key=lambda rule: (round(rule.x0 / 2), rule.top)):
        last = found[-1] if found else None
        if last and abs(last.x0 - rule.x0) < 2.5 and rule.top <= last.bottom + _TOUCH:
            found[-1] = Rule(last.x0, last.top, last.x1, max(last.bottom, rule.bottom))
        else:
            found.append(rule)
    return [rule for rule in found if rule.bottom - rule.top > 4]


def _is_under_margin(page: PageRows, level: _Level, skipped: set[int]) -> bool:
    """Whether a rule closes a running header or a masthead."""
    above = [index for index, row in enumerate(page.rows) if row[0].baseline < level.y + 1]
    nearest = max(above, key=lambda index: page.rows[index][0].baseline, default=None)
    return nearest is None or (nearest in skipped and level.y - page.rows[nearest][0].baseline < _UNDER)


def _belongs(page: PageRows, group: Sequence[_Level], level: _Level, uprights: Sequence[Rule]) -> bool:
    """Whether a rule is of the table above it: of its width, with nothing between them that crosses its columns."""
    x0, x1 = min(other.x0 for other in group), max(other.x1 for other in group)
    last = group[-1]
    joined = any(
        rule.top < last.y + _TOUCH and rule.bottom > level.y - _TOUCH and x0 - _TOUCH < rule.x0 < x1 + _TOUCH
        for rule in uprights
    )
    if level.x0 > x1 or level.x1 < x0:
        return False
    if joined:
        return True
    if sum(abs(rule.bottom - last.y) < _TOUCH for rule in uprights) > 1:
        # Cells are drawn on all sides, and none reaches from that rule to this.
        return False
    if abs(level.x0 - x0) > _SAME_EDGE or abs(level.x1 - x1) > _SAME_EDGE:
        # A rule under the heads of some columns only.
        inside = level.x0 > x0 - _SAME_EDGE and level.x1 < x1 + _SAME_EDGE
        if not (inside and level.y - last.y < 40):
            return False
    edges = _edges([*group, level], ())
    between = [row for row in page.rows if last.y < row[0].baseline < level.y]
    if len(between) < 2:
        return True
    heads = [row for row in page.rows if group[0].y < row[0].baseline < last.y]
    starts, near_enough = [edge + _PADDING / 2 for edge in edges[1:-1]], _PADDING
    if heads:
        starts, near_enough = _starts(heads, edges), _SAME_START
    crossing = sum(_crosses(row, starts, near_enough) for row in between)
    return len(edges) > 2 and crossing <= 0.25 * len(between)


def _levels(rules: Sequence[Rule]) -> Iterator[_Level]:
    flat = sorted((rule for rule in rules if rule.is_horizontal or rule.x1 - rule.x0 < _TOUCH), key=lambda r: r.top)
    rows: list[list[Rule]] = []
    for rule in flat:
        if rule.bottom - rule.top > _TOUCH:
            continue
        if rows and rule.top - rows[-1][0].top <= 1.5:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        chain: list[Rule] = []
        for rule in sorted(row, key=lambda rule: rule.x0):
            if chain and rule.x0 > max(piece.x1 for piece in chain) + _TOUCH:
                yield from _level(chain)
                chain = []
            chain.append(rule)
        yield from _level(chain)


def _level(chain: Sequence[Rule]) -> Iterator[_Level]:
    if not chain:
        return
    x0, x1 = min(rule.x0 for rule in chain), max(rule.x1 for rule in chain)
    if x1 - x0 < _LEAST_WIDTH:
        return
    joints = {rule.x0 for rule in chain if rule.x1 - rule.x0 > _NARROWEST}
    yield _Level(chain[0].top, x0, x1, tuple(sorted(joint for joint in joints if joint > x0 + _NARROWEST)))


def _edges(levels: Sequence[_Level], uprights: Sequence[Rule]) -> tuple[float, ...]:
    """The edges of columns, left to right: where pieces of rules meet, and where upright rules stand."""
    x0, x1 = min(level.x0 for level in levels), max(level.x1 for level in levels)
    top, bottom = levels[0].y, levels[-1].y
    places = [joint for level in levels for joint in level.joints]
    places += [
        rule.x0 for rule in uprights if rule.top > top - _TOUCH and rule.bottom < bottom + _TOUCH and x0 < rule.x0 < x1
    ]
    edges = [x0]
    for place in sorted(places):
        if place > edges[-1] + _NARROWEST and place < x1 - _NARROWEST:
            edges.append(place)
    return (*edges, x1)


def _crosses(row: Row, starts: Sequence[float], near_enough: float = _PADDING) -> bool:
    """Whether a strip runs over the edge of a column as no cell does."""
    return any(
        strip.x0 < start - _NARROWEST and strip.x1 > start + _NARROWEST and cut_strip(strip, start, near_enough) is None
        for strip in row
        for start in starts
    )


def _starts(rows: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """Where the text of each column but the first begins: the place that most cells share, a little behind the edge."""
    starts = []
    for edge, after in pairwise(edges[1:]):
        places = Counter(round(strip.x0) for row in rows for strip in row if edge - 2 < strip.x0 < after - 2)
        near = [place for place, count in places.items() if count == max(places.values())]
        starts.append(float(min(near)) if near else edge + _PADDING / 2)
    return starts


def _span(page: PageRows, frame: _Frame, skipped: set[int]) -> tuple[int, int] | None:
    """The rows between the first rule and the last, and those below that keep to the columns."""
    left, right = frame.edges[0], frame.edges[-1]
    top, bottom = frame.levels[0].y, frame.levels[-1].y
    inside = [
        index
        for index, row in enumerate(page.rows)
        if top - 1 < row[0].baseline < bottom + 1 and row[0].x0 > left - 12 and index not in skipped
    ]
    first = inside[0] if inside else None
    if first is None:
        return None
    last = first + 1
    while last <= inside[-1] and last not in skipped:
        # Notes under the table end it, though text turned against the page's stands behind them in the page's rows.
        last += 1
    open_below = len(frame.levels) < 4 and bottom - top < 0.25 * page.height
    while open_below and last < len(page.rows) and last not in skipped:
        row, above = page.rows[last], page.rows[last - 1]
        starts = _starts(page.rows[first:last], frame.edges)
        if row[0].x0 < left - 6 or row[-1].x1 > right + 12 or _crosses(row, starts, _SAME_START):
            break
        if row[0].baseline - above[0].baseline > _FARTHEST * row[0].size or row[0].baseline < above[0].baseline:
            break
        last += 1
    return first, last


def _cut(row: Row, starts: Sequence[float]) -> Row:
    """A row's strips, cut where they run over the start of a column and a word begins there."""
    strips = list(row)
    for start in starts:
        cut: Row = []
        for strip in strips:
            crosses = strip.x0 < start - 2 and strip.x1 > start + 2
            cut += (cut_strip(strip, start, _SAME_START) if crosses else None) or [strip]
        strips = cut
    return strips


def _cells(rows: Sequence[Row], frame: _Frame) -> tuple[tuple[str, ...], ...]:
    levels = [level.y for level in frame.levels if level.x1 - level.x0 > 0.5 * (frame.edges[-1] - frame.edges[0])]
    drawn = len(levels) > 4
    cells: list[list[str]] = []
    pitch = min((below[0].baseline - above[0].baseline for above, below in pairwise(rows)), default=0.0)
    for index, row in enumerate(rows):
        line = [""] * (len(frame.edges) - 1)
        for strip in row:
            column = _column(strip, frame.edges)
            line[column] = f"{line[column]} {strip.text}".strip()
        above = rows[index - 1] if index else None
        if above is None or _opens(above, row, line, levels, pitch, drawn=drawn):
            cells.append(line)
        else:
            cells[-1] = [f"{one} {two}".strip() for one, two in zip(cells[-1], line, strict=True)]
    return tuple(tuple(line) for line in cells)


def _opens(above: Row, row: Row, line: Sequence[str], levels: Sequence[float], pitch: float, *, drawn: bool) -> bool:
    if any(above[0].baseline < level + 1 < row[0].baseline for level in levels):
        return True
    if drawn:
        return False
    distance = row[0].baseline - above[0].baseline
    if distance > _LEADING * row[0].size or (distance > 1.25 * pitch and distance > 1.25 * row[0].size):
        return True
    return bool(line[0]) and sum(map(bool, line)) > 1 and distance > 1.02 * pitch


def _column(strip: Strip, edges: Sequence[float]) -> int:
    """The column in which most of a strip stands; that of its start where it runs over several."""
    starts = [index for index in range(len(edges) - 1) if strip.x0 >= edges[index] - 2]
    return starts[-1] if starts else 0
