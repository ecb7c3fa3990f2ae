"""Blocks in the making: what the genres decide, and how it becomes blocks with text, references, sentences and ids."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from parsers.footnotes import Anchor, Note
from parsers.joining import Joined, Words, join_lines, normal_form
from parsers.labels import han_value
from parsers.provenance import CharacterPlaces, line_boxes
from parsers.radicals import RADICAL, unify_radicals
from parsers.repairs import Repairs
from parsers.sentences import split_sentences
from parsers.table_notes import take_marks
from schemas.document import Block, Kind, Reference, Role, Sentence, Turn
from schemas.findings import Finding
from schemas.layout import Line

_SENTINEL = "\ue000"
# One unit of text each, whatever stops they hold: dotted leaders, `9/4. Title`, `Mr.`.
_BETWEEN_MARKS = re.compile(r"[,，]\s?")
_WORD_BEFORE = re.compile(r"\S*$")
_UNSPLIT = frozenset({Kind.MASTHEAD, Kind.TITLE, Kind.HEADING, Kind.SIGNATURE, Kind.CLOSING})


@dataclass(eq=False)
class Draft:
    """A block before its text is joined. `parent` is another draft, `label` as printed at the start of the lines.

    `misprint` is the number in the lines that was read as another one.
    """

    kind: Kind
    lines: tuple[Line, ...]
    label: str | None = None
    number: str | None = None
    level: int | None = None
    parent: "Draft | None" = None
    division: str | None = None
    role: Role | None = None
    turn: Turn | None = None
    spoken_language: str | None = None
    note: Note | None = None
    label_in_text: bool = False
    misprint: str | None = None
    id: str = field(default="", init=False)

    @property
    def text(self) -> str:
        """The lines joined by single spaces: to look at."""
        return " ".join(line.text for line in self.lines)


_PREFIXES = {
    Kind.MASTHEAD: "m",
    Kind.TITLE: "title",
    Kind.HEADING: "h",
    Kind.PARAGRAPH: "u",
    Kind.ITEM: "x",
    Kind.QUOTE: "q",
    Kind.FOOTNOTE: "fn",
    Kind.TABLE: "table",
    Kind.INCIDENT: "n",
    Kind.SIGNATURE: "sig",
    Kind.CLOSING: "end",
}
_ID_SAFE = re.compile(r"[^A-Za-z0-9-]+")
_STARS = {"*": "star", "＊": "star"}


def assign_ids(drafts: Sequence[Draft]) -> None:
    """Give every draft its id: of its own number where it has one, else of its place among its kind.

    Ids depend on nothing that comes later, so that a longer version of a document keeps those before the change:
    `t2.p1` (turn 2, paragraph 1), `p12` (numbered 12), `p12.a.i`, `annex-I.p3`, `u4` (fourth without number), `fn1`.
    """
    counts: Counter[tuple[str, str]] = Counter()
    used: set[str] = set()
    copies: Counter[str] = Counter()
    for draft in drafts:
        if draft.parent is not None and not draft.parent.id:
            # what an item belonged to has become part of another block, as the lines of a signature do
            draft.parent = None
        base = unique = _base_id(draft, counts)
        while unique in used:
            copies[base] += 1
            unique = f"{base}-{copies[base] + 1}"
        used.add(unique)
        draft.id = unique


def _base_id(draft: Draft, counts: Counter[tuple[str, str]]) -> str:
    scope = draft.division.replace("/", ".") + "." if draft.division else ""
    if draft.turn:
        scope += f"t{draft.turn.n}."
        prefix = {Kind.PARAGRAPH: "p"}.get(draft.kind, _PREFIXES[draft.kind])
    else:
        prefix = _PREFIXES[draft.kind]
    number = _ID_SAFE.sub("", (draft.number or "").replace(".", "-"))
    if draft.kind is Kind.PARAGRAPH and draft.number and not number:
        # 二、 is paragraph 2, as it is in the other languages
        number = str(han_value(draft.number) or "")
    if draft.kind is Kind.ITEM and draft.parent:
        scope, prefix = draft.parent.id + ".", "x"
        if number:
            return scope + number
    elif draft.kind is Kind.FOOTNOTE:
        mark = draft.number or ""
        return scope + prefix + (number or "-".join(_STARS.get(char, "x") for char in mark))
    elif draft.kind is Kind.PARAGRAPH and number and not draft.turn:
        return f"{scope}p{number}"
    elif draft.kind is Kind.ITEM and number:
        return f"{scope}x{number}"
    counts[scope, prefix] += 1
    return f"{scope}{prefix}{counts[scope, prefix]}"


class Finisher:
    """Makes blocks of drafts; collects what it repaired or doubted."""

    def __init__(self, language: str, words: Words, anchors: Iterable[Anchor], notes: dict[int, Draft]) -> None:
        self._language = language
        self._words = words
        self._anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self._anchors.setdefault(anchor.line, []).append(anchor)
        self._notes = notes
        self._repairs = Repairs()
        self._doubts: list[Finding] = []

    def block(self, draft: Draft) -> Block:
        """The block of a draft that has its id, and whose notes and parents have theirs."""
        marked, marks = self._mark(draft.lines)
        joined = join_lines(marked, self._language, self._words)
        self._note_repairs(draft, joined)
        text, label = self._without_label(joined.text, draft)
        rows = tuple(row for line in draft.lines for row in line.rows) or None
        if rows:
            if any(line.anchors for line in draft.lines):
                # Word's marks stand beside the cells' characters, not among them
                text, refs = self._references(text, marks, draft.id)
                cells = _cells_text(rows)
                refs = tuple(ref.model_copy(update={"offset": _place(cells, text, ref.offset)}) for ref in refs)
            else:
                rows, refs = self._table_references(draft, rows)
            text = _cells_text(rows)
        else:
            text, refs = self._references(text, marks, draft.id)
        return Block(
            id=draft.id,
            kind=draft.kind,
            label=label,
            number=draft.number,
            level=draft.level,
            parent=draft.parent.id if draft.parent else None,
            division=draft.division,
            role=draft.role,
            turn=draft.turn.n if draft.turn else None,
            spoken_language=draft.spoken_language,
            text=text,
            orig="\n".join(line.orig for line in draft.lines),
            sentences=self._sentences(draft, text, rows),
            refs=refs,
            rows=rows,
            page=draft.lines[0].page,
            boxes=line_boxes(draft.lines),
        )

    @property
    def findings(self) -> list[Finding]:
        """What was doubted, each at its place, and what was repaired, one finding a kind."""
        return [*self._doubts, *self._repairs.findings()]

    def _note_repairs(self, draft: Draft, joined: Joined) -> None:
        page = draft.lines[0].page
        for word in joined.dehyphenated:
            self._repairs.add("hyphen-removed", page, repr(word))
        if joined.unprintable:
            self._repairs.add("characters-unprintable", page, count=joined.unprintable)
        if draft.misprint:
            meant = f"{draft.number}." if draft.number else (draft.division or "").rpartition("-")[2]
            self._repairs.add("number-misprinted", page, f"{draft.misprint!r} as {meant!r}")
        for line in draft.lines:
            for radical in RADICAL.findall(line.orig):
                self._repairs.add("radicals-replaced", line.page, f"{radical} by {unify_radicals(radical)}")
            if line.raised:
                self._note_raised(line, is_note=draft.kind is Kind.FOOTNOTE)

    def _note_raised(self, line: Line, *, is_note: bool) -> None:
        """What stood raised in a line: marks of notes, which became references, or text, which stands on the line now.

        The mark that a note itself opens with is its label.
        """
        marks = [(anchor.start, anchor.start + len(anchor.mark)) for anchor in self._anchors.get(line.number, ())]
        for start, end in line.raised:
            if any(first < end and start < last for first, last in marks):
                self._repairs.add("note-marks-taken", line.page)
            elif any(map(str.isalnum, line.orig[start:end])) and not (is_note and not line.orig[:start].strip()):
                word = _WORD_BEFORE.search(line.orig[max(start - 20, 0) : start])
                shown = (word[0] if word else "") + line.orig[start:end]
                self._repairs.add("superscript-levelled", line.page, repr(shown))

    def _mark(self, lines: Sequence[Line]) -> tuple[list[str], list[Anchor]]:
        """The lines with a sentinel in place of each mark, and the marks in order."""
        marked: list[str] = []
        marks: list[Anchor] = []
        for line in lines:
            places = sorted(self._anchors.get(line.number, []), key=lambda anchor: anchor.start)
            pieces, start = [], 0
            for anchor, after in zip_longest(places, places[1:]):
                pieces.append(line.orig[start : anchor.start])
                start = anchor.start + len(anchor.mark)
                # Marks that stand together are parted by raised commas: 3, 4
                if after and _BETWEEN_MARKS.fullmatch(line.orig, start, after.start):
                    start = after.start
            pieces.append(line.orig[start:])
            marked.append(_SENTINEL.join(piece.replace(_SENTINEL, "") for piece in pieces))
            marks += places
        return marked, marks

    def _without_label(self, text: str, draft: Draft) -> tuple[str, str | None]:
        if draft.label is None:
            return text, None
        label = normal_form(draft.label, self._language)
        if draft.label_in_text or not text.startswith(label):
            return text, label
        return text[len(label) :].lstrip(), label

    def _references(self, text: str, marks: list[Anchor], where: str) -> tuple[str, tuple[Reference, ...]]:
        if not marks:
            return text, ()
        refs: list[Reference] = []
        first, *others = text.split(_SENTINEL)
        # behind this many marks no more text follows
        full = max((number for number, after in enumerate(others, 1) if after.strip()), default=0)
        pieces, offset, last = [first], len(first), ""
        for number, (anchor, after) in enumerate(zip(marks, others, strict=True), 1):
            before = pieces[-1] or last
            follows = after if number == len(marks) else after + _SENTINEL
            # White space beside a mark, where the text has none without it.
            if number > full or (before.endswith(" ") and follows.startswith(" ")):
                offset -= len(pieces[-1]) - len(pieces[-1].rstrip())
                pieces[-1] = pieces[-1].rstrip()
            last = (last + pieces[-1])[-1:]
            if follows.startswith(" ") and normal_form(last + follows[:2], self._language)[1:2] != " ":
                after = after.lstrip()
            refs.append(self._reference(anchor, offset, where))
            pieces.append(after)
            offset += len(after)
        return "".join(pieces), tuple(refs)

    def _reference(self, anchor: Anchor, offset: int, where: str) -> Reference:
        note = self._notes.get(id(anchor.note)) if anchor.note else None
        if note is None:
            message = f"the note of mark {anchor.mark!r} is not in the text"
            self._doubts.append(Finding.warning("note-missing", message, where))
        return Reference(mark=anchor.mark, offset=offset, note=note.id if note else None)

    def _table_references(
        self, draft: Draft, rows: tuple[tuple[str, ...], ...]
    ) -> tuple[tuple[tuple[str, ...], ...], tuple[Reference, ...]]:
        marks = [
            (line.orig[: anchor.start], anchor)
            for line in draft.lines
            for anchor in sorted(self._anchors.get(line.number, []), key=lambda anchor: anchor.start)
        ]
        kept, found = take_marks(rows, marks)
        return kept, tuple(self._reference(mark.anchor, mark.offset, draft.id) for mark in found)

    def _sentences(self, draft: Draft, text: str, rows: tuple[tuple[str, ...], ...] | None) -> tuple[Sentence, ...]:
        if not text:
            return ()
        if rows:
            spans = _cell_spans(rows)
        else:
            spans = [(0, len(text))] if draft.kind in _UNSPLIT else split_sentences(text, self._language)
        places = CharacterPlaces(draft.lines) if draft.lines[0].edges else None
        sentences = []
        for index, (start, end) in enumerate(spans, 1):
            # Of a table only the whole is known: its cells are not where the characters of `orig` are.
            boxes = places.boxes(text[start:end]) if places else line_boxes(draft.lines)
            page = boxes[0][0] if boxes else None
            sentences.append(
                Sentence(id=f"{draft.id}.s{index}", start=start, end=end, text=text[start:end], page=page, boxes=boxes)
            )
        return tuple(sentences)


def _place(cells: str, text: str, offset: int) -> int:
    """Where in `cells` a place of `text` is; the two differ in white space only."""
    left = sum(not char.isspace() for char in text[:offset])
    for place, char in enumerate(cells):
        if left == 0:
            return place
        left -= not char.isspace()
    return len(cells)


def _cells_text(rows: Sequence[Sequence[str]]) -> str:
    return " ".join(cell for row in rows for cell in row if cell)


def _cell_spans(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """One unit a cell: what stands in two cells is no one sentence."""
    spans: list[tuple[int, int]] = []
    start = 0
    for cell in (cell for row in rows for cell in row if cell):
        spans.append((start, start + len(cell)))
        start += len(cell) + 1
    return spans
