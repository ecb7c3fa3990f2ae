"""Blocks in the making: what the genres decide, and how it becomes blocks with text, references, sentences and ids."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from parsers.footnotes import Anchor, Note
from parsers.joining import Words, join_lines, normal_form
from parsers.provenance import CharacterPlaces, line_boxes
from parsers.radicals import RADICAL
from parsers.sentences import split_sentences
from parsers.table_notes import take_marks
from schemas.document import Block, Kind, Reference, Role, Sentence, Turn
from schemas.findings import Finding
from schemas.layout import Line

_SENTINEL = "\ue000"
# One unit of text each, whatever stops they hold: dotted leaders, `9/4. Title`, `Mr.`.
_BETWEEN_MARKS = re.compile(r"[,，]\s?")
_UNSPLIT = frozenset({Kind.MASTHEAD, Kind.TITLE, Kind.HEADING, Kind.SIGNATURE, Kind.CLOSING})


@dataclass(eq=False)
class Draft:
    """A block before its text is joined. `parent` is another draft, `label` as printed at the start of the lines."""

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
    for draft in drafts:
        base = _base_id(draft, counts)
        unique, copy = base, 2
        while unique in used:
            unique, copy = f"{base}-{copy}", copy + 1
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
        self.findings: list[Finding] = []

    def block(self, draft: Draft) -> Block:
        """The block of a draft that has its id, and whose notes and parents have theirs."""
        marked, marks = self._mark(draft.lines)
        joined = join_lines(marked, self._language, self._words)
        for word in joined.dehyphenated:
            message = f"line-end hyphen taken from {word!r}, which the document elsewhere writes as one word"
            self.findings.append(Finding.info("hyphen-removed", message, draft.id))
        if any(RADICAL.search(line.orig) for line in draft.lines):
            message = "radicals that the font puts for the characters they look like were replaced by these"
            self.findings.append(Finding.info("radicals-replaced", message, draft.id))
        text, label = self._without_label(joined.text, draft)
        rows = tuple(row for line in draft.lines for row in line.rows) or None
        if rows:
            rows, refs = self._table_references(draft, rows)
            text = " ".join(cell for row in rows for cell in row if cell)
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

    def _mark(self, lines: Sequence[Line]) -> tuple[list[str], list[Anchor]]:
        """The lines with a sentinel in place of each mark, and the marks in order."""
        marked: list[str] = []
        marks: list[Anchor] = []
        for line in lines:
            orig = line.orig.replace(_SENTINEL, "")
            places = sorted(self._anchors.get(line.number, []), key=lambda anchor: anchor.start)
            for anchor, after in reversed(list(zip_longest(places, places[1:]))):
                end = anchor.start + len(anchor.mark)
                # Marks that stand together are parted by raised commas: 3, 4
                if after and _BETWEEN_MARKS.fullmatch(line.orig, end, after.start):
                    orig = orig[:end] + orig[after.start :]
                orig = orig[: anchor.start] + _SENTINEL + orig[anchor.start + len(anchor.mark) :]
            marked.append(orig)
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
        for anchor in marks:
            offset = text.index(_SENTINEL)
            after = text[offset + 1 :]
            before = text[:offset]
            # White space beside a mark, where the text has none without it.
            if not after.strip(f"{_SENTINEL} ") or (before.endswith(" ") and after.startswith(" ")):
                before = before.rstrip()
            if after.startswith(" ") and normal_form(before[-1:] + after[:2], self._language)[1:2] != " ":
                after = after.lstrip()
            text, offset = before + after, len(before)
            refs.append(self._reference(anchor, offset, where))
        return text, tuple(refs)

    def _reference(self, anchor: Anchor, offset: int, where: str) -> Reference:
        note = self._notes.get(id(anchor.note)) if anchor.note else None
        if note is None:
            message = f"the note of mark {anchor.mark!r} is not in the text"
            self.findings.append(Finding.warning("note-missing", message, where))
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
            boxes = places.boxes(text[start:end]) if places else ()
            page = boxes[0][0] if boxes else None
            sentences.append(
                Sentence(id=f"{draft.id}.s{index}", start=start, end=end, text=text[start:end], page=page, boxes=boxes)
            )
        return tuple(sentences)


def _cell_spans(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """One unit a cell: what stands in two cells is no one sentence."""
    spans: list[tuple[int, int]] = []
    start = 0
    for cell in (cell for row in rows for cell in row if cell):
        spans.append((start, start + len(cell)))
        start += len(cell) + 1
    return spans
