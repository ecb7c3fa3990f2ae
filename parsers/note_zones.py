"""Footnotes of a document that has a layout: notes by their place at the foot of the page, marks by being raised.

A note opens with its mark raised, with stars, or in older documents with `1/`; a line that opens with none goes on with
the note before it, over a page break too. A raised figure is a mark only where a note bears it on its page or the next:
`m2` and `10-6` are not. Where the source itself ties marks to notes (`Line.anchors`, `Line.note`), nothing is guessed.
"""

import re
from collections.abc import Sequence

from parsers.footnotes import Anchor, Note
from parsers.furniture import Mark
from schemas.layout import Line, Zone

# U+F02A is the star of the font Symbol, which has no map to Unicode.
_STAR = "[*＊†‡\uf02a]{1,4}"
_OPENING = re.compile(rf"^(?P<mark>{_STAR}|\d{{1,3}}/(?=\s))")
_MARK = re.compile(rf"\d{{1,3}}|{_STAR}|[a-z]")
_STARS = re.compile(rf"(?<=\S)\s?(?P<mark>{_STAR})(?![*＊])")
_PLAIN = re.compile(r"^(?P<mark>\d{1,3})\s+\S")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdmµn]?m|s|ha|ft)$")
_SLASHED = re.compile(r"(?<=[\s\"”)])(?P<mark>\d{1,3}/)(?=$|[\s.,;:)])")


def split_note_zones(lines: Sequence[Line], furniture: dict[int, Mark]) -> tuple[list[Note], set[int]]:
    """The notes of a document, and the indexes of their lines in `lines`."""
    notes: list[tuple[str, list[Line]]] = []
    taken: set[int] = set()
    printed = {anchor.note: line.orig[anchor.start : anchor.end].strip() for line in lines for anchor in line.anchors}
    for index, line in enumerate(lines):
        if index in furniture or line.zone is not Zone.NOTE:
            continue
        mark = _opening_mark(line, notes) if line.note is None else printed.get(line.note, "")
        goes_on = bool(notes) and (not mark if line.note is None else notes[-1][1][-1].note == line.note)
        if not goes_on:
            notes.append((mark, [line]))
        else:
            notes[-1][1].append(line)
        taken.add(index)
    return [Note(mark, tuple(group)) for mark, group in notes], taken


def _opening_mark(line: Line, before: Sequence[tuple[str, list[Line]]]) -> str:
    lead = len(line.orig) - len(line.orig.lstrip())
    raised = next((line.orig[start:end].strip() for start, end in line.raised if start <= lead < end), "")
    if raised and _MARK.fullmatch(raised):
        return raised
    match = _OPENING.match(line.text)
    if match:
        return match["mark"]
    # A number in the size of the note, where it is due: after the last one, or as the first.
    plain = _PLAIN.match(line.text)
    last = next((int(mark) for mark, _ in reversed(before) if mark.isdigit()), 0)
    fresh = line.starts is not False or not before or before[-1][1][-1].page != line.page
    return plain["mark"] if plain and fresh and int(plain["mark"]) == last + 1 else ""


def find_zone_anchors(notes: Sequence[Note], lines: Sequence[Line], masthead: Sequence[Line]) -> list[Anchor]:
    """The marks in the text and the masthead in their order, each with its note; a masthead's stars also without."""
    by_mark: dict[str, list[Note]] = {}
    by_name: dict[str, Note] = {}
    for note in notes:
        name = note.lines[0].note
        if name:
            by_name[name] = note
        elif note.mark:
            by_mark.setdefault(note.mark, []).append(note)
    anchors: list[Anchor] = []
    in_masthead = {line.number for line in masthead}
    for line in sorted([*masthead, *lines], key=lambda line: line.number):
        tied = [Anchor(line.number, a.start, line.orig[a.start : a.end], by_name.get(a.note)) for a in line.anchors]
        anchors += tied
        for start, mark in _marks(line):
            if any(a.start <= start < a.start + len(a.mark) for a in tied):
                continue
            found = _note_for(mark, line, by_mark)
            if found or (mark[0] in "*＊\uf02a" and line.number in in_masthead):
                anchors.append(Anchor(line.number, start, mark, found))
    return anchors


def _marks(line: Line) -> list[tuple[int, str]]:
    found = {
        start + match.start(): match.group()
        for start, end in line.raised
        if not _UNIT.search(line.orig[:start])
        for match in _MARK.finditer(line.orig[start:end])
    }
    for match in _STARS.finditer(line.orig):
        found.setdefault(match.start("mark"), match["mark"])
    for match in _SLASHED.finditer(line.orig):
        found.setdefault(match.start("mark"), match["mark"])
    return sorted(found.items())


def _note_for(mark: str, line: Line, by_mark: dict[str, list[Note]]) -> Note | None:
    page = line.page or 1
    notes = [note for note in by_mark.get(mark, []) if 0 <= (note.lines[0].page or 1) - page <= 1]
    return min(notes, key=lambda note: (note.lines[0].page or 1) - page, default=None)
