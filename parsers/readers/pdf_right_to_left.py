"""Text that runs from right to left: its pages are read as in a mirror, so that all rules of layout hold for it.

In the mirror the letters of a line follow one another from left to right, indents are at the left, and the first column
is the left one. What runs from left to right within such text, numbers and words in Latin letters, is turned back
(Unicode Standard Annex 9 says what does). The places of blocks are those of the page again in the end.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from unicodedata import combining, normalize

from parsers.readers.pdf_rows import Row, Strip
from parsers.readers.pdf_runs import Rule, Run, RunPage, Style

_LETTERS = "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
_FORM = re.compile("[\ufb1d-\ufdff\ufe70-\ufeff]")
_MOSTLY = 0.5
_FEWEST_SPACES = 0.05
_SMALL_GAP = 0.5
_COVERED = 0.75
_LEAST_ROOM = 0.25
_MARK_REACH, _MARK_HEIGHT = 0.5, 0.8
_SAME_LINE = 0.1

_FOREIGN = rf"[^\W_{_LETTERS}]"
_STRETCH = re.compile(rf"{_FOREIGN}(?:[^{_LETTERS}]*{_FOREIGN})?")
"""Words in Latin letters and numbers, with what stands between them."""

_NUMBER = re.compile(r"\d(?:[./,:+\-\u066b\u066c]?\d)*")
_LATIN = re.compile(r"[^\W\d_]")
_BRACKETS = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_CLOSED_FIRST = re.compile(r"[)\]»][^()\[\]«»]*[(\[«]")
_OPENED_FIRST = re.compile(r"[(\[«][^()\[\]«»]*[)\]»]")
# Some fonts have, for ي and ى, the forms of the letter of other languages that looks the same.
_YEH = {"\ufbfe": "ي", "\ufbff": "ي", "\ufbfc": "ى", "\ufbfd": "ى"}
_LAM = "ل"
_TATWEEL = "\u0640"
"""What stretches a joined line of letters, so that lines are of one length."""


def runs_right_to_left(page: RunPage) -> bool:
    """Whether most letters of a page are of a script that runs so."""
    text = "".join(run.chars for run in page.runs)
    count = len(_RIGHT_TO_LEFT.findall(text))
    return count > 0 and count > _MOSTLY * sum(map(str.isalpha, text))


def mirrored(page: RunPage) -> RunPage:
    """A page as a mirror shows it, the characters of each line in the order from left to right there."""
    width = page.width
    upright = [run for run in page.runs if not run.style.turned and run.chars]
    glyphs = [glyph for run in upright for glyph in _glyphs(run, width)]
    are_set = sum(glyph.char.isspace() for glyph in glyphs) > _FEWEST_SPACES * len(glyphs)
    lines = [_in_order(line, are_set=are_set) for line in _lines(glyphs)]
    runs = [run for line in _without_margin(lines) for run in _runs(line)]
    return page._replace(
        runs=[*runs, *(run for run in page.runs if run.style.turned)],
        rules=[Rule(width - rule.x1, rule.top, width - rule.x0, rule.bottom) for rule in page.rules],
        shapes=[shape._replace(x0=width - shape.x1, x1=width - shape.x0) for shape in page.shapes],
    )


class _Glyph(NamedTuple):
    """A character with its edges in the mirror."""

    char: str
    x0: float
    x1: float
    baseline: float
    style: Style

    @property
    def middle(self) -> float:
        """Halfway between the edges."""
        return (self.x0 + self.x1) / 2

    @property
    def is_mark(self) -> bool:
        """Whether it stands over or under a letter."""
        return bool(combining(self.char))


def _glyphs(run: Run, width: float) -> Iterator[_Glyph]:
    for char, left, right in zip(run.chars, run.x0, run.x1, strict=True):
        for letter in _folded(char):
            yield _Glyph(letter, width - right, width - left, run.baseline, run.style)


def _folded(char: str) -> str:
    """The letters of a printed form; of a vowel sign of its own, which stands for a space with it, the sign."""
    return _YEH.get(char) or (normalize("NFKC", char).replace(" ", "") if _FORM.match(char) else char)


def _lines(glyphs: Sequence[_Glyph]) -> list[list[_Glyph]]:
    """The characters on each baseline; vowel signs, which are set aside, on that of the letter they are at."""
    lines: list[list[_Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs if not glyph.is_mark), key=lambda glyph: glyph.baseline):
        if lines and glyph.baseline - lines[-1][0].baseline <= _SAME_LINE * glyph.style.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    levels = [line[0].baseline for line in lines]
    marks: list[list[_Glyph]] = [[] for _ in lines]
    apart: list[list[_Glyph]] = []
    for mark in (glyph for glyph in glyphs if glyph.is_mark):
        reach = _MARK_HEIGHT * mark.style.size
        first, last = bisect_left(levels, mark.baseline - reach), bisect_right(levels, mark.baseline + reach)
        near = [index for index in range(first, last) if any(_stands_at(mark, glyph) for glyph in lines[index])]
        if near:
            host = min(near, key=lambda index: abs(levels[index] - mark.baseline))
            marks[host].append(mark._replace(baseline=levels[host]))
        else:
            apart.append([mark])
    return [*(line + found for line, found in zip(lines, marks, strict=True)), *apart]


def _stands_at(mark: _Glyph, glyph: _Glyph) -> bool:
    reach = _MARK_REACH * mark.style.size
    return not glyph.char.isspace() and glyph.x0 - reach <= mark.middle <= glyph.x1 + reach


def _in_order(line: Sequence[_Glyph], *, are_set: bool) -> list[_Glyph]:
    """The characters of a line as they follow one another, each with the room that is its own.

    Boxes of slanted letters reach back over those before them, and tails under those that follow. A space that lies
    under a letter is none (Word sets one after some pairs). Where spaces are set (`are_set`), a small gap between
    letters parts no words.
    """
    # The two letters of ﻻ have one place in PDFium.
    letters = sorted(
        (glyph for glyph in line if not glyph.is_mark), key=lambda glyph: (round(glyph.x0, 2), glyph.char != _LAM)
    )
    letters = [glyph for glyph, *beside in _with_neighbours(letters) if not _is_printed_over(glyph, beside)]
    marks = _marks_by_letter(letters, [glyph for glyph in line if glyph.is_mark])
    found: list[_Glyph] = []
    end = min((glyph.x0 for glyph in line), default=0.0)
    for index, glyph in enumerate(letters):
        if found and found[-1].char.isspace() and glyph.x1 - end < _LEAST_ROOM * (glyph.x1 - glyph.x0):
            found.pop()
            end = found[-1].x1 if found else glyph.x0
        is_near = are_set and found and not found[-1].char.isspace() and glyph.x0 - end < _SMALL_GAP * glyph.style.size
        start = end if is_near else max(end, glyph.x0)
        end = max(end, glyph.x1)
        found.append(glyph._replace(x0=start, x1=end))
        found += [mark._replace(x0=end, x1=end) for mark in marks.pop(index, ())]
    return found + [mark for rest in marks.values() for mark in rest]


def _with_neighbours(letters: Sequence[_Glyph]) -> Iterator[tuple[_Glyph, ...]]:
    """Each character with those before and after it."""
    for index, glyph in enumerate(letters):
        yield (glyph, *letters[max(index - 2, 0) : index], *letters[index + 1 : index + 3])


def _is_printed_over(glyph: _Glyph, beside: Sequence[_Glyph]) -> bool:
    """Whether a space lies under a letter."""
    if not glyph.char.isspace():
        return False
    under = max(
        (min(glyph.x1, one.x1) - max(glyph.x0, one.x0) for one in beside if not one.char.isspace()), default=0.0
    )
    return under > _COVERED * (glyph.x1 - glyph.x0)


def _without_margin(lines: Sequence[Sequence[_Glyph]]) -> Iterator[list[_Glyph]]:
    """The lines without white space before the first letter; where it lies at the margin, the letter begins there."""
    starts = [next((index for index, glyph in enumerate(line) if not glyph.char.isspace()), None) for line in lines]
    places = Counter(round(line[start].x0) for line, start in zip(lines, starts, strict=True) if start is not None)
    margin = min((place for place, count in places.items() if count > 1), default=None)
    for line, start in zip(lines, starts, strict=True):
        if start is None:
            continue
        first = line[start]
        left = min(
            (glyph.x0 for glyph in line[:start] if margin is not None and abs(glyph.x0 - margin) < 1), default=first.x0
        )
        is_near = first.x0 - left < _SMALL_GAP * first.style.size
        yield [first._replace(x0=left if is_near else first.x0), *line[start + 1 :]]


def _marks_by_letter(letters: Sequence[_Glyph], marks: Sequence[_Glyph]) -> dict[int, list[_Glyph]]:
    """The vowel signs over or under each letter, by its index: the letter whose middle is nearest to theirs."""
    places = [(glyph.middle, index) for index, glyph in enumerate(letters) if not glyph.char.isspace()]
    found: dict[int, list[_Glyph]] = {}
    for mark in marks:
        nearest = min(places, key=lambda place: abs(place[0] - mark.middle), default=(0.0, -1))[1]
        found.setdefault(nearest, []).append(mark)
    return found


def _runs(line: Sequence[_Glyph]) -> Iterator[Run]:
    """The characters of a line in runs of one style; white space is of the style before it, whose ever it is."""
    group: list[_Glyph] = []
    for glyph in line:
        if group and glyph.style != group[0].style and not glyph.char.isspace():
            yield _run(group)
            group = []
        group.append(glyph)
    if group:
        yield _run(group)


def _run(group: Sequence[_Glyph]) -> Run:
    first = group[0]
    edges = [glyph.x0 for glyph in group], [glyph.x1 for glyph in group]
    return Run("".join(glyph.char for glyph in group), *edges, first.baseline, first.style)


def in_logical_order(rows: Sequence[Row]) -> list[Row]:
    """Rows of a mirrored page with its text as it is read: letters for their printed forms, numbers turned back."""
    text = " ".join(strip.text for row in rows for strip in row)
    # Most programs tell which bracket is drawn, some which is meant.
    drawn = len(_CLOSED_FIRST.findall(text)) > len(_OPENED_FIRST.findall(text))
    return [[_logical(strip, drawn=drawn) for strip in row] for row in rows]


def _logical(strip: Strip, *, drawn: bool) -> Strip:
    kept = [index for index, char in enumerate(strip.text) if char != _TATWEEL]
    text = "".join(strip.text[index] for index in kept)
    return replace(
        strip,
        text=_turned_back(text, drawn=drawn),
        edges=array("f", [*(strip.edges[index] for index in kept), strip.edges[-1]]),
        raised=[(bisect_left(kept, start), bisect_left(kept, end)) for start, end in strip.raised],
        widened=[*strip.widened, *(word for word in strip.text.split() if _TATWEEL in word)],
    )


def _turned_back(text: str, *, drawn: bool) -> str:
    """The text with Latin words and numbers as they are read; brackets within words are those that they are."""

    def among_letters(part: str) -> str:
        numbered = _NUMBER.sub(lambda number: number.group()[::-1], part)
        return numbered.translate(_BRACKETS) if drawn else numbered

    parts, end = [], 0
    for match in _STRETCH.finditer(text):
        if _LATIN.search(match.group()):
            parts += [among_letters(text[end : match.start()]), match.group()[::-1]]
            end = match.end()
    return "".join([*parts, among_letters(text[end:])])
