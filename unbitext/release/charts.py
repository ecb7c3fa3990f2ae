"""Charts as SVG inside a page: bars, columns and a matrix of dots, told apart without colour, and named for readers.

Lengths are in pixels from the upper left corner. The same counts give the same bytes, and no library is needed.
"""

from collections.abc import Iterator, Sequence
from html import escape

from schemas.base import Model
from unbitext.export.records import plain_text

INK = "#222222"
_FAINT = "#cccccc"
_WIDTH = 720
_CHARACTER = 6.2
"""How wide a character of 11 pixels is at most, in Latin letters."""

_FILLS = ("#1f3f6f", "#ffffff", "hatched", "dotted", "crossed", "ruled", "#aaaaaa")
"""Of series: dark, white, and patterns, so that a copy in black and white still tells them apart."""

_PATTERNS = {
    "hatched": '<path d="M0,6 L6,0" stroke="#222222" stroke-width="1.2"/>',
    "dotted": '<circle cx="3" cy="3" r="1.3" fill="#222222"/>',
    "crossed": '<path d="M0,6 L6,0 M0,0 L6,6" stroke="#222222" stroke-width="0.8"/>',
    "ruled": '<path d="M0,3 L6,3" stroke="#222222" stroke-width="1.6"/>',
}


class Series(Model):
    """Counts under one name, one for each bar or column."""

    name: str
    values: tuple[int, ...]


class Chart(Model):
    """What is to be drawn. `key` starts the ids and is unique in the page; `names` answer the values of the series."""

    key: str
    title: str
    description: str
    names: tuple[str, ...]
    series: tuple[Series, ...]


def safe(text: str) -> str:
    """The text as HTML and XML can hold it, between tags and in attributes."""
    return escape(plain_text(text))


def bars(chart: Chart, *, are_stacked: bool = False) -> str:
    """Lay bars across, a group a name, a bar a series; or a bar a name, the series one after the other."""
    thickness = 12
    lanes = 1 if are_stacked else len(chart.series)
    group = thickness * lanes + 8
    names = [shortened(name, 40) for name in chart.names]
    left = 14 + _CHARACTER * max(map(len, names), default=0)
    top = 12 + _legend_height(chart)
    height = top + group * len(names) + 26
    bottom, room = height - 22, _WIDTH - left - 60
    sums = [sum(each.values[row] for each in chart.series) for row in range(len(names))]
    most = sums if are_stacked else [value for each in chart.series for value in each.values]
    ticks = _ticks(max(most, default=0))
    shapes = list(_legend(chart))
    for tick in ticks:
        x = left + room * tick / ticks[-1]
        shapes += [_line(x, top, x, bottom, _FAINT), _text(x, bottom + 14, f"{tick:,}", 10)]
    for row, name in enumerate(names):
        y, x = top + group * row + 4, left
        shapes.append(_text(left - 6, y + (group - 8) / 2 + 4, name, 11, "end"))
        for number, each in enumerate(chart.series):
            long = room * each.values[row] / ticks[-1]
            shapes.append(_box(x, y, long, thickness - 1, _fill(chart.key, number)))
            if are_stacked:
                x += long
            else:
                shapes.append(_text(left + long + 4, y + thickness - 3, f"{each.values[row]:,}", 9, "start"))
                y += thickness
        if are_stacked:
            shapes.append(_text(x + 4, y + thickness - 3, f"{sums[row]:,}", 9, "start"))
    shapes.append(_line(left, top, left, bottom, INK))
    return _svg(chart, height, shapes, len(chart.series))


def columns(chart: Chart, mark: tuple[float, str] | None = None, *, are_bins: bool = False) -> str:
    """Set columns side by side, the series on top of one another.

    Each name stands under its column: under the middle, or where the columns `are_bins` under the left edge. `mark`
    draws an upright line and says what it is; its place counts columns from the left.
    """
    left, top, depth = 64.0, 30.0 + _legend_height(chart), 200.0
    bottom = top + depth
    width = min((_WIDTH - left - 16) / max(len(chart.names), 1), 70.0)
    room = width * len(chart.names)
    sums = [sum(each.values[column] for each in chart.series) for column in range(len(chart.names))]
    ticks = _ticks(max(sums, default=0))
    shapes = list(_legend(chart))
    for tick in ticks:
        y = bottom - depth * tick / ticks[-1]
        shapes += [_line(left, y, left + room, y, _FAINT), _text(left - 6, y + 3.5, f"{tick:,}", 10, "end")]
    gap = min(2.0, width / 5)
    for column, name in enumerate(chart.names):
        below = bottom
        for number, each in enumerate(chart.series):
            tall = depth * each.values[column] / ticks[-1]
            below -= tall
            shapes.append(_box(left + width * column + gap, below, width - 2 * gap, tall, _fill(chart.key, number)))
        if name:
            shapes.append(_text(left + width * (column + (0 if are_bins else 0.5)), bottom + 14, name, 10))
    shapes.append(_line(left, bottom, left + room, bottom, INK))
    if mark is not None:
        x = left + width * mark[0]
        shapes.append(_line(x, top - 6, x, bottom, INK, dashes="5 3"))
        shapes.append(_text(x, top - 10, mark[1], 10))
    return _svg(chart, bottom + 24, shapes, len(chart.series))


def matrix(chart: Chart) -> str:
    """Set dots in rows (the series) and columns (the names), the area of each by its count."""
    names = [shortened(each.name, 40) for each in chart.series]
    left, top, row = 14 + _CHARACTER * max(map(len, names), default=0), 12.0, 22.0
    width = min((_WIDTH - left - 16) / max(len(chart.names), 1), 60.0)
    bottom = top + row * len(names)
    right = left + width * len(chart.names)
    most = max((value for each in chart.series for value in each.values), default=0)
    largest = min(row, width) / 2 - 1
    shapes = []
    for number, each in enumerate(chart.series):
        y = top + row * (number + 0.5)
        shapes += [_line(left, y, right, y, _FAINT), _text(left - 6, y + 4, names[number], 11, "end")]
        for column, value in enumerate(each.values):
            if value:
                x, radius = left + width * (column + 0.5), max(largest * (value / most) ** 0.5, 0.8)
                shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{_FILLS[0]}"/>')
    for column, name in enumerate(chart.names):
        if name:
            shapes.append(_text(left + width * (column + 0.5), bottom + 12, name, 10))
    return _svg(chart, bottom + 22, shapes, 1)


def _svg(chart: Chart, height: float, shapes: Sequence[str], fills: int) -> str:
    title, described = f"{chart.key}-title", f"{chart.key}-description"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" '
            f'height="{height:.0f}" role="img" aria-labelledby="{title} {described}" font-family="sans-serif">',
            f'<title id="{title}">{safe(chart.title)}</title>',
            f'<desc id="{described}">{safe(chart.description)}</desc>',
            *_definitions(chart.key, fills),
            *shapes,
            "</svg>",
        )
    )


def _definitions(key: str, fills: int) -> Iterator[str]:
    used = [fill for fill in _FILLS[:fills] if fill in _PATTERNS]
    if used:
        yield "<defs>"
        for name in used:
            yield (
                f'<pattern id="{key}-{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
                f'<rect width="6" height="6" fill="#ffffff"/>{_PATTERNS[name]}</pattern>'
            )
        yield "</defs>"


def _fill(key: str, number: int) -> str:
    fill = _FILLS[number % len(_FILLS)]
    return f"url(#{key}-{fill})" if fill in _PATTERNS else fill


def _legend_height(chart: Chart) -> int:
    return 20 if len(chart.series) > 1 else 0


def _legend(chart: Chart) -> Iterator[str]:
    """Name the series, where there are several."""
    x = 14.0
    for number, each in enumerate(chart.series if len(chart.series) > 1 else ()):
        yield _box(x, 4, 12, 12, _fill(chart.key, number))
        yield _text(x + 17, 14, each.name, 11, "start")
        x += 34 + _CHARACTER * len(each.name)


def _ticks(most: int) -> list[int]:
    """From 0 to `most` or above it in at most five round steps; `[0, 1]` where there is nothing."""
    step = next(base * 10**power for power in range(40) for base in (1, 2, 5) if base * 10**power * 5 >= most)
    steps = max(-(-most // step), 1)
    return [step * number for number in range(steps + 1)]


def shortened(name: str, characters: int) -> str:
    """The name, or as much of it as `characters` hold."""
    return name if len(name) <= characters else f"{name[: characters - 1]}…"


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" '
        f'stroke="{INK}" stroke-width="0.7"/>'
        if width > 0 and height > 0
        else ""
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str = "") -> str:
    broken = f' stroke-width="1.5" stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{broken}/>'


def _text(x: float, y: float, words: str, size: int, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{INK}">{safe(words)}</text>'
