"""Text in two columns: verbatim records of former years, treaty series, some reports.

A page of columns is cut into bands by what runs over its whole width (headings, tables, the text above). In a band no
line crosses the gutter; the right column's lines begin at one place; the lines of both are prose that fills its column;
and they go on independently of each other. A table without rules may have paragraphs in its cells too, but its rows
begin level, and the shorter cell of a row leaves a hole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers.readers.pdf_page import PageRows
from parsers.readers.pdf_rows import Row, Strip, cut_strip, join_strips
from parsers.readers.pdf_runs import Rule
from parsers.readers.pdf_tables import is_label

_REACH = (0.36, 0.66)
"""Where right columns begin, in widths of the page."""

_FEWEST_LINES = 5
_FEWEST_BESIDE = 2
_MOST_CANDIDATES = 3
_GUTTER = 4.0
_NEAR = 2.0
_WIDE_SPACE = 0.7
"""Gap, in sizes of the text, that may be a gutter where it is narrower than what parts two strips."""

_FULL = 0.72
_FEWEST_LETTERS = 12
_LETTERS = 0.75
_SMALLER = 0.6
_GAP = 1.25
_HOLE = 1.8
_APART = 1.6
_LEVEL = 0.35
_INSIDE = 5.0
_PARTED = 1.3
_PARTED_SIZES = 1.1
_MOST_CELLS = 0.2
_AT_EDGE = 1.6


class Band(NamedTuple):
    """Rows `first` to `last` (exclusive) of a page, and their lines by column; the right one begins at `gutter`."""

    first: int
    last: int
    gutter: float
    left: tuple[Strip, ...]
    right: tuple[Strip, ...]


class _Side(NamedTuple):
    """A row's part in one of two columns."""

    row: int
    strip: Strip


def find_bands(pages: Sequence[PageRows], margins: Sequence[Mapping[int, str]], body_size: float) -> list[list[Band]]:
    """For each page its bands of two columns, in order; `margins` are the rows that are furniture.

    What few lines do not show on one page, the gutter of another page's columns does.
    """
    found = [_page_bands(page, skipped, body_size) for page, skipped in zip(pages, margins, strict=True)]
    gutters = sorted({band.gutter for bands in found for band in bands})
    if not gutters:
        return found
    return [
        bands or _known_bands(page, skipped, body_size, gutters)
        for page, skipped, bands in zip(pages, margins, found, strict=True)
    ]


def _page_bands(page: PageRows, skipped: Mapping[int, str], body_size: float) -> list[Band]:
    for gutter in _candidates(page, skipped):
        bands = list(_bands(page, skipped, gutter))
        if any(_is_prose(band, body_size, _FEWEST_LINES) for band in bands):
            return [band for band in bands if _is_prose(band, body_size, 1)]
    return []


def _known_bands(page: PageRows, skipped: Mapping[int, str], body_size: float, gutters: Sequence[float]) -> list[Band]:
    for gutter in gutters:
        bands = [band for band in _bands(page, skipped, gutter) if _is_prose(band, body_size, _FEWEST_BESIDE)]
        if bands:
            return bands
    return []


def _candidates(page: PageRows, skipped: Mapping[int, str]) -> list[float]:
    """Places near the middle at which lines begin, those of most lines first."""
    low, high = _REACH[0] * page.width, _REACH[1] * page.width
    places: Counter[int] = Counter()
    for index, row in enumerate(page.rows):
        if index not in skipped:
            places.update({round(place) for strip in row for place in _starts(strip, low, high)})
    counts = {place: places[place - 1] + count + places[place + 1] for place, count in places.items()}
    likely = sorted(counts, key=lambda place: (-counts[place], -places[place], place))
    chosen: list[float] = []
    for place in likely:
        if counts[place] >= _FEWEST_LINES and all(abs(place - other) > 2 for other in chosen):
            chosen.append(float(place))
    return chosen[:_MOST_CANDIDATES]


def _starts(strip: Strip, low: float, high: float) -> Iterator[float]:
    """Where a strip begins, or words in it behind a gap that may be a gutter, within reach."""
    if low <= strip.x0 <= high:
        yield strip.x0
    if strip.x0 >= low - _GUTTER or strip.x1 <= low:
        return
    edges, least = strip.edges, max(_GUTTER, _WIDE_SPACE * strip.size)
    at = strip.text.find(" ")
    while at >= 0:
        if low <= edges[at + 1] <= high and edges[at + 1] - edges[at] >= least:
            yield edges[at + 1]
        at = strip.text.find(" ", at + 1)


def _sides(row: Row, gutter: float) -> tuple[Strip | None, Strip | None] | None:
    """What of a row stands left and right of the gutter; None where something crosses it, or all are cells."""
    left: list[Strip] = []
    right: list[Strip] = []
    for strip in row:
        if strip.x1 <= gutter - _GUTTER:
            left.append(strip)
        elif strip.x0 >= gutter - _NEAR:
            right.append(strip)
        else:
            cut = cut_strip(strip, gutter, _NEAR)
            if cut is None or cut[1].x0 - cut[0].x1 < max(_GUTTER, _WIDE_SPACE * strip.size):
                return None
            left.append(cut[0])
            right.append(cut[1])
    if all(len(side) > 1 and not is_label(side[0].text) for side in (left, right)):
        return None
    return (join_strips(left) if left else None), (join_strips(right) if right else None)


def _bands(page: PageRows, skipped: Mapping[int, str], gutter: float) -> Iterator[Band]:
    """The stretches of a page in which nothing crosses the gutter, without what stands above and below its columns."""
    crossing = _crossing(page.rules, gutter)
    sides: tuple[list[_Side], list[_Side]] = ([], [])
    last = 0.0
    for index, row in enumerate(page.rows):
        parts = _sides(row, gutter) if index not in skipped else None
        ruled = any(last < top < row[0].baseline for top in crossing)
        if parts is None or ruled or row[0].baseline < last:
            yield from _band(page, sides, gutter, is_last=index in skipped)
            sides = ([], [])
        if row[0].baseline < last:
            # Text turned against the page's stands behind all other rows.
            return
        last = row[0].baseline
        for side, strip in zip(sides, parts or (), strict=False):
            if strip is not None:
                side.append(_Side(index, strip))
    yield from _band(page, sides, gutter, is_last=True)


def _crossing(rules: Sequence[Rule], gutter: float) -> list[float]:
    """Heights at which a rule, or pieces of one, run over the gutter."""
    left, right = ({round(rule.top) for rule in rules if _covers(rule, place)} for place in (gutter - _INSIDE, gutter))
    return [float(level) for level in left if {level - 1, level, level + 1} & right]


def _covers(rule: Rule, place: float) -> bool:
    return rule.is_horizontal and rule.x0 < place + 1 and rule.x1 > place - 1


def _band(page: PageRows, sides: tuple[list[_Side], list[_Side]], gutter: float, *, is_last: bool) -> Iterator[Band]:
    """The band of these lines; `is_last` tells that no text follows on the page."""
    left, right = sides
    if not (left and right):
        return
    reach = _AT_EDGE * max(left[0].strip.size, right[0].strip.size)
    top = max(left[0].strip.baseline, right[0].strip.baseline) - reach
    left, right = _from(left, top), _from(right, top)
    if not (left and right):
        return
    if not is_last:
        bottom = min(left[-1].strip.baseline, right[-1].strip.baseline)
        left, right = _until_apart(left, bottom), _until_apart(right, bottom)
    rows = sorted({side.row for side in (*left, *right)})
    if not _stands_apart(page, rows[0], rows[-1]) or _has_cells(page, rows):
        return
    yield Band(rows[0], rows[-1] + 1, gutter, tuple(side.strip for side in left), tuple(side.strip for side in right))


def _stands_apart(page: PageRows, first: int, last: int) -> bool:
    """Whether white space parts a band from what runs over the page's width above and below it."""
    edges = [edge for edge in ((first - 1, first), (last, last + 1)) if edge[0] >= 0 and edge[1] < len(page.rows)]
    return all(
        not 0
        < page.rows[below][0].baseline - page.rows[above][0].baseline
        < _parted(page.rows[above], page.rows[below])
        for above, below in edges
    )


def _parted(above: Row, below: Row) -> float:
    """Distance of two lines between which there is white space: less than a title's size asks for, below a title."""
    return _PARTED * min(above[0].size, _PARTED_SIZES * below[0].size)


def _has_cells(page: PageRows, rows: Sequence[int]) -> bool:
    """Whether many rows are in more pieces than two lines of text with their labels are."""
    pieces = sum(sum(not is_label(strip.text) for strip in page.rows[index]) > 2 for index in rows)
    return pieces > _MOST_CELLS * len(rows)


def _from(lines: list[_Side], top: float) -> list[_Side]:
    """The lines from a height on: a column begins where the other does."""
    return [side for side in lines if side.strip.baseline >= top]


def _until_apart(lines: list[_Side], bottom: float) -> list[_Side]:
    """The lines down to white space below the other column's end: what follows belongs to the text below."""
    for at, (above, line) in enumerate(pairwise(lines), 1):
        distance = line.strip.baseline - above.strip.baseline
        if line.strip.baseline > bottom and distance > _APART * line.strip.size:
            return lines[:at]
    return lines


def _is_prose(band: Band, body_size: float, fewest: int) -> bool:
    """Whether a band's columns are text, and no cells of a table."""
    sides = [[strip for strip in side if strip.size > body_size - _SMALLER] for side in (band.left, band.right)]
    if any(len(side) < fewest or not _fills(side) for side in sides):
        return False
    return not _has_rows(*sides)


def _fills(lines: Sequence[Strip]) -> bool:
    """Whether most lines are words that fill the column."""
    x0, x1 = min(strip.x0 for strip in lines), max(strip.x1 for strip in lines)
    # A short last line, a heading: of few lines one may be so.
    full = sum(strip.x1 - strip.x0 > _FULL * (x1 - x0) for strip in lines)
    text = "".join(strip.text for strip in lines).replace(" ", "")
    letters = sum(map(str.isalpha, text))
    return full >= 0.5 * len(lines) and letters > _LETTERS * len(text) and letters >= _FEWEST_LETTERS * len(lines)


def _has_rows(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Whether two columns go by rows: their gaps end level, or they have holes of many sizes."""
    steps = [below.baseline - above.baseline for side in (left, right) for above, below in pairwise(side)]
    if not steps:
        return False
    pitch = Counter(round(step * 2) / 2 for step in steps).most_common(1)[0][0]
    ends = [_gap_ends(side, pitch) for side in (left, right)]
    total = sum(map(len, ends))
    level = sum(any(abs(end - other) < _LEVEL * pitch for other in ends[1]) for end in ends[0])
    if total >= 3 and 2 * level >= 0.6 * total:
        return True
    holes = Counter(
        round(2 * (below.baseline - above.baseline) / pitch)
        for side in (left, right)
        for above, below in pairwise(side)
        if below.baseline - above.baseline > _HOLE * pitch and not (above.bold or below.bold)
    )
    several = sum(holes.values())
    return several >= 3 and several - max(holes.values()) >= 0.4 * several


def _gap_ends(lines: Sequence[Strip], pitch: float) -> list[float]:
    """Baselines of the lines below white space."""
    return [below.baseline for above, below in pairwise(lines) if below.baseline - above.baseline > _GAP * pitch]
