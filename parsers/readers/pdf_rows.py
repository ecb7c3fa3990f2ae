"""Rows of a PDF page: runs of characters put back into the visual lines they stand on, cut where wide gaps part them.

A row is what shares a baseline; superscripts and subscripts, set smaller beside it, belong to it (footnote marks of UN
documents: 6 to 6.5 points, raised by about 4). White space is found again from the gaps, since many producers
print none.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.readers.pdf_pieces import SPACE_GAP, Piece, parts_words, pieces_of
from parsers.readers.pdf_runs import Run, RunPage
from parsers.readers.pdf_spacing import Glyph, Spaced, may_be_wide, spaces_within_words

WIDE_GAP = 1.4
"""Gap, in sizes of the text, from which two stretches of a row may be two cells or columns."""

_EXCESS = re.compile(r"\.(?: \.){3,}|\s\s+")
_LEAST_GAP = 0.04
_SAME_LINE = 0.22
_SMALLER = 0.82
_HIGHEST, _LOWEST = 0.75, 0.35
"""How far above and below a line's baseline, in sizes, what is raised or lowered beside it stands."""

_TAB = 3.4
_MARK = re.compile(r"\d{1,3}|[*＊†‡]{1,3}")
_SUPERSCRIPT = re.compile(r"\d{1,3}|[*＊†‡]{1,3}|[a-zº]{1,3}")
_NEARLY = 0.95
_LONGEST_SMALL = 8


@dataclass
class Strip:
    """A stretch of one row.

    `edges` holds the left edge of each character of `text` and the right edge of the last, packed: those of a whole
    document are in memory at once. `raised` are spans of `text` set as superscripts. `size` is that of most of its
    letters; `bold` and `italic` hold where nearly all letters are. `widened` is what was set wide and put together.
    """

    text: str
    edges: Sequence[float]
    baseline: float
    size: float
    bold: bool
    italic: bool
    artifact: bool
    raised: list[tuple[int, int]] = field(default_factory=list)
    bold_start: bool = False
    widened: list[str] = field(default_factory=list)
    turned: int = 0

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.edges[-1]


Row = list[Strip]
"""The strips of one visual line, left to right."""


def find_rows(page: RunPage) -> list[Row]:
    """The rows of a page from top to bottom; text turned against most of the page's follows at the end."""
    by_turn: dict[int, list[Run]] = {}
    for run in page.runs:
        if run.chars:
            by_turn.setdefault(run.style.turned, []).append(run)
    rows: list[Row] = []
    for turned in sorted(by_turn, key=lambda turned: -sum(len(run.chars) for run in by_turn[turned])):
        pieces = [piece for run in by_turn[turned] for piece in pieces_of(run)]
        rows += [_strips(row) for row in _cluster(pieces)]
    return rows


def main_turn(page: RunPage) -> int:
    """The direction of most of a page's characters, in quarter turns."""
    counts: dict[int, int] = {}
    for run in page.runs:
        counts[run.style.turned] = counts.get(run.style.turned, 0) + len(run.chars)
    return max(counts, key=lambda turned: counts[turned], default=0)


def main_size(pages: Iterable[Sequence[Row]]) -> float:
    """The size of most characters."""
    weights: dict[float, int] = {}
    for rows in pages:
        for row in rows:
            for strip in row:
                weights[strip.size] = weights.get(strip.size, 0) + len(strip.text)
    return max(weights, key=lambda size: (weights[size], -size), default=10.0)


def _cluster(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces by row; those that are raised or lowered beside larger text go to its row."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if rows and abs(rows[-1][0].baseline - piece.baseline) <= _SAME_LINE * min(
            piece.style.size, rows[-1][0].style.size
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    _attach_small(rows)
    return [row for row in rows if row]


def _attach_small(rows: list[list[Piece]]) -> None:
    reaches = [_reach(row) for row in rows]
    for index, row in enumerate(rows):
        near = [other for other in (index + 1, index + 2, index - 1, index - 2) if 0 <= other < len(rows)]
        for piece in list(row):
            for other in near:
                top, bottom = reaches[other]
                if top < piece.baseline < bottom and any(_hangs_on(piece, host) for host in rows[other]):
                    row.remove(piece)
                    small = any(_is_small(piece, host) for host in rows[other])
                    rows[other].append(piece._replace(raised=small and piece.baseline < rows[other][0].baseline))
                    reaches[other] = _reach(rows[other])
                    break


def _reach(row: Sequence[Piece]) -> tuple[float, float]:
    """Between which heights a piece must stand to hang on one of a row: most rows are too far from each other."""
    size = max((piece.style.size for piece in row), default=0.0)
    levels = [piece.baseline for piece in row]
    return min(levels, default=0.0) - _HIGHEST * size, max(levels, default=0.0) + _LOWEST * size


def _hangs_on(piece: Piece, host: Piece) -> bool:
    """Whether `piece` is a superscript or subscript beside `host`, or the mark before it."""
    size = host.style.size
    if host.raised:
        return False
    rise = host.baseline - piece.baseline
    if not _is_small(piece, host):
        # Hand-set mastheads: A/HRC/ on one baseline, 59/L.17 flush behind it 2.6 points lower.
        return abs(rise) < 0.3 * size and -0.1 * size < piece.x0[0] - host.x1[-1] < 0.1 * size
    if not -_LOWEST * size < rise < _HIGHEST * size:
        return False
    # A note's mark may stand a tab before its text.
    if len(piece.chars) > _LONGEST_SMALL and piece.x0[0] - host.x1[-1] > SPACE_GAP * size:
        # Distr.: General, beside the large name of a body
        return False
    before = _TAB * size if _MARK.fullmatch(piece.chars) and rise > 0.15 * size else 1.2 * size
    return -0.6 * size < piece.x0[0] - host.x1[-1] < 0.7 * size or -0.6 * size < host.x0[0] - piece.x1[-1] < before


def _is_small(piece: Piece, host: Piece) -> bool:
    """Whether a piece is set small beside another, as superscripts are: 1, *, and the e of 117e session.

    Web pages set these hardly smaller, which then must be marks or endings, raised, right behind the other.
    """
    size = host.style.size
    if piece.style.size <= _SMALLER * size:
        return True
    flush = -0.1 * size < piece.x0[0] - host.x1[-1] < 0.2 * size
    rise = host.baseline - piece.baseline
    hardly = piece.style.size < _NEARLY * size and rise > _SAME_LINE * piece.style.size
    return flush and hardly and bool(_SUPERSCRIPT.fullmatch(piece.chars))


def _strips(row: list[Piece]) -> Row:
    row.sort(key=lambda piece: piece.x0[0])
    size = max(piece.style.size for piece in row)
    groups: list[list[Piece]] = []
    right = 0.0
    for piece in row:
        beside = groups[-1][-1].style.size if groups else size
        narrow = min(piece.style.size, beside) if not piece.raised and groups and not groups[-1][-1].raised else size
        if groups and piece.x0[0] - right <= WIDE_GAP * narrow:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        right = max(right, piece.x1[-1]) if len(groups[-1]) > 1 else piece.x1[-1]
    strips = [_strip(group) for group in groups]
    if any(may_be_wide(strip.text) for strip in strips):
        _close_letters(strips, groups)
    return strips


def _strip(pieces: list[Piece]) -> Strip:
    text, edges, raised = "", [], []
    weights: dict[float, int] = {}
    letters = bold = italic = 0
    right, trailed = 0.0, False
    for piece in pieces:
        gap = piece.x0[0] - right
        spaced = piece.spaced or (trailed and not piece.raised and parts_words(text, piece.chars))
        if text and (gap > SPACE_GAP * piece.style.size or (spaced and gap > _LEAST_GAP * piece.style.size)):
            text += " "
            edges.append(right)
        if piece.raised:
            raised.append((len(text), len(text) + len(piece.chars)))
        text += piece.chars
        edges += piece.x0
        right, trailed = max(right, piece.x1[-1]), piece.trailed
        count = sum(map(str.isalnum, piece.chars)) if not piece.raised else 0
        weights[piece.style.size] = weights.get(piece.style.size, 0) + count + (not piece.raised)
        letters += count
        bold += count * piece.style.bold
        italic += count * piece.style.italic
    edges.append(right)
    if _EXCESS.search(text):
        text, edges, raised = _close_gaps(text, edges, raised)
    first = next((piece for piece in pieces if not piece.raised), pieces[0])
    return Strip(
        text=text,
        edges=array("f", edges),
        baseline=first.baseline,
        size=max(weights, key=lambda size: (weights[size], size)) or first.style.size,
        bold=_is_bold(first, bold, italic, letters),
        italic=first.style.italic and italic > 0.6 * letters if letters else first.style.italic,
        artifact=all(piece.style.artifact for piece in pieces),
        raised=raised,
        bold_start=first.style.bold,
        turned=first.style.turned,
    )


def _close_letters(strips: Sequence[Strip], groups: Sequence[Sequence[Piece]]) -> None:
    """Put together the words of a row whose letters are set wide."""
    row = [
        Spaced(
            strip.text,
            [
                Glyph(char, x0, x1)
                for piece in group
                for char, x0, x1 in zip(piece.chars, piece.x0, piece.x1, strict=True)
                if not char.isspace()
            ],
            strip.size,
        )
        for strip, group in zip(strips, groups, strict=True)
    ]
    for strip, dropped in zip(strips, spaces_within_words(row), strict=True):
        if dropped:
            strip.text, edges, strip.raised = _without(dropped, strip.text, strip.edges, strip.raised)
            strip.edges = array("f", edges)
            strip.widened = [strip.text]


def _close_gaps(
    text: str, edges: list[float], raised: list[tuple[int, int]]
) -> tuple[str, list[float], list[tuple[int, int]]]:
    """With single spaces, and without those between the dots that lead from a name to its State or page."""
    dropped = {
        match.start() + at
        for match in _EXCESS.finditer(text)
        for at, char in enumerate(match.group())
        if char.isspace() and (at or match.group()[0] == ".")
    }
    return _without(dropped, text, edges, raised)


def _without(
    dropped: set[int], text: str, edges: Sequence[float], raised: list[tuple[int, int]]
) -> tuple[str, list[float], list[tuple[int, int]]]:
    """Text, edges and raised spans without some characters."""
    kept = [index for index in range(len(text)) if index not in dropped]
    places = {index: place for place, index in enumerate(kept)}
    marks = [(places[start], places[end - 1] + 1) for start, end in raised if start in places and end - 1 in places]
    return "".join(text[index] for index in kept), [*(edges[index] for index in kept), edges[-1]], marks


def _is_bold(first: Piece, bold: int, italic: int, letters: int) -> bool:
    """All bold, or bold with a tail in italics as headings have it: **Agenda item 13** *(continued)*."""
    if not letters:
        return first.style.bold
    return bold > 0.92 * letters or (first.style.bold and bold > 0.4 * letters and bold + italic > 0.92 * letters)


def cut_strip(strip: Strip, place: float, near_enough: float) -> list[Strip] | None:
    """A strip in two where a word begins near `place`; None where none does."""
    spaces = [index for index, char in enumerate(strip.text) if char == " "]
    near = min(spaces, key=lambda index: abs(strip.edges[index + 1] - place), default=None)
    if near is None or abs(strip.edges[near + 1] - place) > near_enough:
        return None
    # The white space of the cut belongs to neither side.
    left = replace(strip, text=strip.text[:near], edges=strip.edges[: near + 1])
    right = replace(strip, text=strip.text[near + 1 :], edges=strip.edges[near + 1 :])
    left.raised = [(start, end) for start, end in strip.raised if end <= near]
    right.raised = [(start - near - 1, end - near - 1) for start, end in strip.raised if start > near]
    return [left, right] if left.text and right.text else None


def join_strips(strips: Sequence[Strip]) -> Strip:
    """One strip of the strips of a row, with a space where they were cut."""
    if len(strips) == 1:
        return strips[0]
    text, edges, raised = "", [], []
    edges_end = 0.0
    for strip in strips:
        if text:
            text += " "
            edges.append(edges_end)
        raised += [(len(text) + start, len(text) + end) for start, end in strip.raised]
        text += strip.text
        edges += strip.edges[:-1]
        edges_end = strip.edges[-1]
    longest = max(strips, key=lambda strip: len(strip.text))
    return Strip(
        text=text,
        edges=array("f", [*edges, strips[-1].edges[-1]]),
        baseline=longest.baseline,
        size=longest.size,
        bold=all(strip.bold for strip in strips),
        italic=all(strip.italic for strip in strips),
        artifact=all(strip.artifact for strip in strips),
        raised=raised,
        bold_start=strips[0].bold_start,
        widened=[stretch for strip in strips for stretch in strip.widened],
    )
