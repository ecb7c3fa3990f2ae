"""Footnotes: their lines among the text's, and the marks in the text that they belong to.

Notes stand at the foot of a page, under a rule of underscores (New York) or with none in the text layer, and may
interrupt a paragraph; they open with their mark (`1 See ...`, `* Reissued ...`) and end where the page ends. Marks in
the text are superscripts that the text layer sets flush against the word or stop before them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.characters import CJK_MARKS, HAN
from parsers.furniture import Mark
from parsers.labels import match_label
from parsers.measure import Measure, is_ended
from schemas.layout import Line

_OPENING = re.compile(
    r"^(?P<mark>[*＊]{1,4}(?![*＊])\s*"
    r"|\d{1,3}(?![.．)）年月日\d/%-]|[,，]\d)\s*"  # not `12.`, `3 月` or `3,200`
    r"|[a-z]\s+)(?=[^\s*＊])"
)
_STARS = re.compile(r"(?<=\S)(?<![*＊])(?P<mark>[*＊]{1,4})(?![*＊])")

_REACH_ABOVE = 120
"""Lines above a note in which its mark is looked for to tell that it is a note: the longest page has no more."""

_REACH_BELOW = 40
"""Lines below the first line of a note in which its mark may still stand: text layers move notes up."""


@dataclass(frozen=True)
class Note:
    """The lines of one note; `mark` as printed."""

    mark: str
    lines: tuple[Line, ...]


def split_notes(lines: Sequence[Line], furniture: dict[int, Mark], measure: Measure) -> tuple[list[Note], set[int]]:
    """The notes of a document, and the indexes of their lines in `lines`."""
    splitter = _Splitter(lines, furniture, measure)
    index = 0
    while index < len(lines):
        index = splitter.step(index)
    return splitter.notes, splitter.taken


class _Splitter:
    def __init__(self, lines: Sequence[Line], furniture: dict[int, Mark], measure: Measure) -> None:
        self._lines = lines
        self._numbers = [line.number for line in lines]
        self._furniture = furniture
        self._measure = measure
        self._next_number = 1
        self._under_rule = False
        self._stars: set[str] = set()
        self.notes: list[Note] = []
        self.taken: set[int] = set()

    def step(self, index: int) -> int:
        line = self._lines[index]
        if index in self._furniture:
            kind = self._furniture[index].kind
            self._under_rule = kind == "footnote_rule" or (self._under_rule and kind == "repeated_url")
            return index + 1
        if line.page_top:
            self._under_rule = False
        match = _OPENING.match(line.text)
        mark = match["mark"].strip() if match else ""
        if mark and self._opens_note(index, mark):
            return self._take(index, mark)
        self._stars.update(found["mark"] for found in _STARS.finditer(line.text))
        return index + 1

    def _opens_note(self, index: int, mark: str) -> bool:
        line = self._lines[index]
        if mark[0] in "*＊":
            return mark in self._stars
        if mark.isdigit() and int(mark) != self._next_number:
            # Numbering of notes starts again in an annex, and a letter's notes have their own.
            return self._under_rule and int(mark) == 1
        if self._under_rule and self._after_notes(index):
            return mark.isdigit() or line.indent > 0
        return mark.isdigit() and line.indent > 0 and self._has_anchor(line, mark)

    def _after_notes(self, index: int) -> bool:
        """Whether the line stands right under the rule or another note: where the page ends, nothing may show it."""
        return index - 1 in self._furniture or index - 1 in self.taken

    def _has_anchor(self, line: Line, mark: str) -> bool:
        start = bisect_right(self._numbers, max(line.number - _REACH_ABOVE, 0))
        above = self._lines[start : bisect_left(self._numbers, line.number)]
        return any(mark == found for before in above if mark in before.orig for found, _ in find_marks(before.text))

    def _take(self, index: int, mark: str) -> int:
        end = index + 1
        while end < len(self._lines) and self._goes_on(end):
            end += 1
        self.notes.append(Note(mark, tuple(self._lines[index:end])))
        self.taken.update(range(index, end))
        if mark.isdigit():
            self._next_number = int(mark) + 1
        return end

    def _goes_on(self, index: int) -> bool:
        line, before = self._lines[index], self._lines[index - 1]
        if index in self._furniture or line.page_top:
            return False
        match = _OPENING.match(line.text)
        if match and (line.indent or self._under_rule) and self._is_next_mark(match["mark"].strip(), before):
            return False
        if line.indent or match_label(line.text):
            return not is_ended(before.text) and not line.indent
        return not (self._measure.is_short(before, line) and is_ended(before.text))

    def _is_next_mark(self, mark: str, before: Line) -> bool:
        following = {str(self._next_number), str(self._next_number + 1)}
        return (mark in following and is_ended(before.text)) or mark[0] in "*＊"


_STOP = r"[.,;:!?)\]”’\"]"
_BEFORE = rf"(?:(?<=[{HAN}{CJK_MARKS}])|(?<=[^\W\d_]{{2}})|(?<=[^\W\d_]{_STOP})|(?<=[)\]”’]{_STOP}))"
_FIGURE = re.compile(
    rf"{_BEFORE}(?P<mark>\d{{1,3}})(?![\d%°]|[.,/]\d)|(?<=\d{{4}}{_STOP})(?P<after_year>\d{{1,3}})(?=\s|$)"
)
# `WCC/3 and Corr.1`, `Add.2`, `L.4`: what is counted in symbols, with or without the rest of one.
_IN_SYMBOL = re.compile(
    r"(?<![^\W\d_])(?:Corr|Add|Rev|Amend|WP|WG|INF|CRP|PV|SR|RES|DEC|CN|AC|SC|SUB|CONF|PC|MSP|GC|NGO|L|R|No|Nos)\.$"
)
_LETTER = re.compile(r"(?<=[.,;:)\]”’\d])(?P<mark>[a-z])(?=\s|$)")


def find_marks(text: str) -> Iterator[tuple[str, int]]:
    """Where marks of notes may stand in a line, and which: flush against a word or a stop, and against no other digit.

    `Weapons.1`, `程)，1 内`, `专家2作`, `process,1 covering`, `until 1970.3 States`; not `2024 年`, `11 月` or
    `para. 1` (white space before), nor `3.1`, `10`, `A/79/1` (figures and symbols).
    """
    for match in _FIGURE.finditer(text):
        if _IN_SYMBOL.search(text, 0, match.start()):
            continue
        yield match["mark"] or match["after_year"], match.start()
    for pattern in (_STARS, _LETTER):
        for match in pattern.finditer(text):
            yield match["mark"], match.start()


class Anchor(NamedTuple):
    """A mark in the text: the number of its line, where in the line's characters, and its note, if it has one."""

    line: int
    start: int
    mark: str
    note: Note | None


def find_anchors(notes: Sequence[Note], lines: Sequence[Line], masthead: Sequence[Line]) -> list[Anchor]:
    """The marks of `notes` in the text's `lines`, in their order; and every star in the masthead, noted or not.

    No two notes share a mark.
    """
    anchors: list[Anchor] = []
    first = {note.mark: note for note in reversed(notes)}
    for line in masthead:
        for match in _STARS.finditer(line.orig.rstrip()):
            anchors.append(Anchor(line.number, match.start("mark"), match["mark"], first.get(match["mark"])))
    anchored = {id(anchor.note) for anchor in anchors}
    marks = _Marks(lines)
    after = (0, 0)
    for note in notes:
        if id(note) in anchored:
            continue
        found = marks.take(note, after)
        if found:
            anchors.append(found)
            after = (found.line, found.start + 1) if note.mark.isdigit() else after
    return anchors


_Place = tuple[int, int]
"""The number of a line, and an offset in its characters."""


class _Marks:
    """Where in a text each mark stands, page by page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._places: dict[str, dict[int | None, list[_Place]]] = {}
        for line in lines:
            for mark, start in find_marks(line.orig):
                if not _is_figure(line.orig, start + len(mark)):
                    pages = self._places.setdefault(mark, {})
                    pages.setdefault(line.page, []).append((line.number, start))

    def take(self, note: Note, after: _Place) -> Anchor | None:
        """The mark of `note`, if it stands in the text at `after` or behind; no other note can have it then.

        A note stands at the foot of the page of its mark, or after it where the text layer moves it; its paragraph may
        end below.
        """
        places = self._places.get(note.mark, {})
        top, page = note.lines[0].number, note.lines[0].page
        other: list[int | None] = [each for each in places if each] if page is None else [page - 1, None]
        for low, high in ((after, (top, 0)), (max(after, (top, 0)), (top + _REACH_BELOW, 0))):
            for pages in ([page], other):
                found = _first(places, pages, low, high)
                if found:
                    return Anchor(*found, note.mark, note)
        return None


def _first(places: dict[int | None, list[_Place]], pages: list[int | None], low: _Place, high: _Place) -> _Place | None:
    """The first place on `pages` from `low` to before `high`, which is taken away."""
    found: list[tuple[_Place, int | None]] = []
    for page in pages:
        here = places.get(page, [])
        index = bisect_left(here, low)
        if index < len(here) and here[index] < high:
            found.append((here[index], page))
    if not found:
        return None
    place, page = min(found, key=lambda each: each[0])
    places[page].remove(place)
    return place


_COUNTED = re.compile(
    r"\s*(?:[年月日时分号条段次届个项名国页章节件位岁天周倍亿万千百多余至和、]|per cent|million|billion)"
)


def _is_figure(text: str, end: int) -> bool:
    """Whether the digits that end here count something (`第1段`, `3个`) rather than point to a note."""
    return bool(_COUNTED.match(text, end)) and not text[end : end + 1].isspace()
