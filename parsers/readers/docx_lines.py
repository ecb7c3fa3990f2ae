"""Blocks of a Word file to lines: pages, indents, gaps and zones in the terms that all readers use.

A line is a paragraph, or a part of one that its author broke off. Indents are those of text dumps: 0 at the margin of
the text, 1 a first line set in, 2 what stands centred or is set as a heading.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from parsers.furniture import furniture_kind
from parsers.labels import match_label
from parsers.masthead_lines import Part, masthead_part
from parsers.measure import HEADING_INDENT, ends_with_comma, is_ended
from parsers.readers.docx_tables import unwrapped
from parsers.readers.docx_text import Block, Cell, Paragraph, Piece, Table
from schemas.layout import Line, NoteAnchor, Zone

_TAB = 36.0
_SET_IN = 6.0
_OUTSIDE = 12.0
_GAP = 3.0
_BODY_TEXT = 10
"""The outline level of text that is no heading."""

_LONG_LETTERS = 60
_HEAD_REACH = 12
_HEAD_PARTS = frozenset({Part.LETTERHEAD, Part.SYMBOL, Part.BODY, Part.DISTRIBUTION, Part.ORIGINAL, Part.LANGUAGE})


class Margins:
    """Where the text of a document stands, in points from the margin of its pages: where most long paragraphs do."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        lefts: Counter[float] = Counter()
        rights: Counter[float] = Counter()
        for paragraph in _paragraphs(blocks):
            letters = len(paragraph.text)
            if letters >= _LONG_LETTERS and not paragraph.bold and not _is_centred(paragraph):
                lefts[_left(paragraph)] += letters
                rights[paragraph.look.right or 0.0] += letters
        self.left = max(lefts, key=lambda left: (lefts[left], -left), default=0.0)
        self.right = max(rights, key=lambda right: (rights[right], -right), default=0.0)

    def indent(self, paragraph: Paragraph) -> int:
        """The indent of a paragraph's first line, in the terms of dumps."""
        start = _start(paragraph)
        if _is_centred(paragraph):
            return HEADING_INDENT
        outline = paragraph.look.outline
        if outline is not None and outline < _BODY_TEXT and not is_ended(paragraph.text.strip()):
            return HEADING_INDENT
        if paragraph.bold and start > self.left - _OUTSIDE and not is_ended(paragraph.text.strip()):
            return HEADING_INDENT
        return int(start > self.left + _SET_IN)

    def is_inset(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is set in from both margins, as quotations are."""
        right = paragraph.look.right or 0.0
        return _left(paragraph) > self.left + _OUTSIDE and right > self.right + _OUTSIDE


class Lines:
    """Makes lines of blocks, and numbers them. `notes` gives the blocks of a note, and the mark it does not print."""

    def __init__(self, margins: Margins, notes: Callable[[str], tuple[list[Block], str]], *, paged: bool) -> None:
        self._margins = margins
        self._notes = notes
        self._paged = paged
        self._page: int | None = 1 if paged else None
        self._top = True
        self._gap = False
        self._after = 0.0
        self._filled = 0
        self._noted: set[str] = set()
        self.lines: list[Line] = []

    def add(self, blocks: Sequence[Block]) -> None:
        """Append the blocks of the text."""
        for block in blocks:
            self._add(block)

    def add_furniture(self, blocks: Sequence[Block], kind: str) -> None:
        """Append a header or a footer; a header that is the first page's masthead is no furniture."""
        texts = [piece.text.strip() for paragraph in _paragraphs(blocks) for piece in paragraph.pieces()]
        if is_head(texts):
            self._add_head(blocks)
            return
        for paragraph in _paragraphs(blocks):
            for piece in paragraph.pieces():
                self._append(piece, paragraph, furniture=furniture_kind(piece.text.strip()) or kind)

    def _add(self, block: Block) -> None:
        if isinstance(block, Table):
            self._add_table(block)
            return
        if block.is_empty:
            self._gap = True
        elif block.only_page_fields:
            for piece in block.pieces():
                self._append(piece, block, furniture="page_number")
        else:
            self._filled += 1
            self._add_paragraph(block)
        self._add_notes(block.notes)
        if block.boxes:
            self._add_boxes(block.boxes)

    def _add_boxes(self, blocks: Sequence[Block]) -> None:
        if self._is_head_here(blocks):
            self._add_head(blocks)
        else:
            self.add(blocks)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        before = ""
        for index, piece in enumerate(paragraph.pieces()):
            kind = furniture_kind(piece.text.strip())
            # A label behind a stop opens a paragraph, whatever key its author pressed.
            starts = index == 0 or piece.fresh or (_is_closed(before) and match_label(piece.text.strip()) is not None)
            zone = Zone.CONTENTS if paragraph.in_contents else None
            self._append(piece, paragraph, starts=starts, zone=zone, furniture=kind)
            before = piece.text.strip()

    def _append(
        self,
        piece: Piece,
        paragraph: Paragraph,
        *,
        starts: bool = True,
        zone: Zone | None = None,
        furniture: str | None = None,
        note: str | None = None,
    ) -> None:
        first = starts and zone is None and not furniture
        gap = first and (self._gap or piece.fresh or max(paragraph.look.before or 0.0, self._after) >= _GAP)
        top = self._turn(piece.page) if not furniture and note is None else False
        self.lines.append(
            Line(
                orig=piece.text,
                number=len(self.lines) + 1,
                page=self._page,
                indent=self._margins.indent(paragraph) if first else 0,
                page_top=top,
                gap_before=gap and not paragraph.look.contextual,
                size=paragraph.size,
                bold=paragraph.bold,
                italic=paragraph.italic,
                raised=piece.raised,
                starts=starts,
                inset=first and self._margins.is_inset(paragraph),
                zone=zone,
                furniture=furniture,
                anchors=tuple(NoteAnchor(start=start, end=end, note=name) for start, end, name in piece.marks),
                note=note,
            )
        )
        if not furniture and note is None:
            self._gap = False
            self._after = paragraph.look.after or 0.0
            self._turn(paragraph.last_page, top=False)

    def _turn(self, page: int | None, *, top: bool = True) -> bool:
        """Go on to `page`, where pages are known; whether a line there is the first of it."""
        if not self._paged or page is None:
            return False
        new = self._page is None or page > self._page
        self._page = max(page, self._page or 1)
        fresh = (new and top) or (self._top and top)
        self._top = False
        return fresh

    def _add_notes(self, notes: Sequence[str]) -> None:
        for note in notes:
            if note in self._noted:
                continue
            self._noted.add(note)
            blocks, mark = self._notes(note)
            pieces = [(piece, paragraph) for paragraph in _paragraphs(blocks) for piece in paragraph.pieces()]
            if mark:
                # A note that does not print its mark is told from the others by it all the same.
                first, paragraph = pieces[0] if pieces else (Piece("", (), (), None, False), Paragraph())
                text = f"{mark} {first.text}".strip()
                pieces[:1] = [(first._replace(text=text, raised=((0, len(mark)),)), paragraph)]
            for index, (piece, paragraph) in enumerate(pieces):
                self._append(piece, paragraph, starts=index == 0, zone=Zone.NOTE, note=note)

    def _add_table(self, table: Table) -> None:
        if self._is_head_here([table]):
            self._add_head([table])
            return
        inside = unwrapped(table)
        if inside is not None:
            self.add(inside)
            return
        cells = [(row, cell) for row in table.rows for cell in row.cells]
        texts = [_cell_text(cell) for _, cell in cells]
        if not any(text.strip() for text, _ in texts):
            return
        self._filled += 1
        rows: list[tuple[str, ...]] = []
        orig, anchors = "", []
        position = iter(texts)
        for row in table.rows:
            said = [""] * row.before
            for index, cell in enumerate(row.cells):
                text, marks = next(position)
                offset = len(orig) + (index > 0)
                orig += "\t" * (index > 0) + text
                anchors += [NoteAnchor(start=start + offset, end=end + offset, note=name) for start, end, name in marks]
                said += [_without(text, marks), *[""] * (cell.columns - 1)]
            rows.append(tuple(said))
            orig += "\n"
        width = max(len(row) for row in rows)
        page = next((paragraph.page for paragraph in _paragraphs([table]) if paragraph.page is not None), None)
        top = self._turn(page)
        self.lines.append(
            Line(
                orig=orig.rstrip("\n"),
                number=len(self.lines) + 1,
                page=self._page,
                page_top=top,
                starts=True,
                zone=Zone.TABLE,
                rows=tuple(row + ("",) * (width - len(row)) for row in rows),
                anchors=tuple(anchors),
            )
        )
        self._gap = False
        for paragraph in _paragraphs([table]):
            self._turn(paragraph.last_page, top=False)
            self._add_notes(paragraph.notes)

    def _is_head_here(self, blocks: Sequence[Block]) -> bool:
        if self._filled > _HEAD_REACH:
            return False
        return is_head([piece.text.strip() for paragraph in _paragraphs(blocks) for piece in paragraph.pieces()])

    def _add_head(self, blocks: Sequence[Block]) -> None:
        notes: list[str] = []
        for paragraph in _paragraphs(blocks):
            for piece in paragraph.pieces():
                kind = furniture_kind(piece.text.strip())
                self._append(piece, paragraph, zone=None if kind else Zone.HEAD, furniture=kind)
            notes += paragraph.notes
        self._add_notes(notes)


def is_head(texts: Sequence[str]) -> bool:
    """Whether lines are those of a masthead's frames: how it is distributed, and whose it is or which.

    Records have no more than symbol, body and language there (CD/PV.1511), and no vocabulary has every body.
    """
    parts = {masthead_part(text) for text in texts}
    if parts & {Part.DISTRIBUTION, Part.ORIGINAL}:
        return len(parts & _HEAD_PARTS) > 1
    if {Part.SYMBOL, Part.LANGUAGE, None} <= parts:
        return True
    return Part.SYMBOL in parts and bool(parts & {Part.LETTERHEAD, Part.BODY})


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The paragraphs of blocks, in order, with those in tables and text boxes."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            yield from _paragraphs(block.boxes)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)


def _cell_text(cell: Cell) -> tuple[str, list[tuple[int, int, str]]]:
    text, marks = "", []
    for paragraph in _paragraphs(cell.blocks):
        for piece in paragraph.pieces():
            text += " " if text else ""
            marks += [(start + len(text), end + len(text), note) for start, end, note in piece.marks]
            text += piece.text.replace("\t", " ")
    return text, marks


def _without(text: str, marks: Sequence[tuple[int, int, str]]) -> str:
    for start, end, _ in reversed(marks):
        text = text[:start] + text[end:]
    return " ".join(text.split())


def _is_centred(paragraph: Paragraph) -> bool:
    return paragraph.look.alignment == "center"


def _is_closed(text: str) -> bool:
    return is_ended(text) or ends_with_comma(text)


def _left(paragraph: Paragraph) -> float:
    return paragraph.look.left or 0.0


def _start(paragraph: Paragraph) -> float:
    """Where the first line's text begins: a tab goes to where the other lines hang, or to the next stop."""
    left, first = _left(paragraph), paragraph.look.first_line or 0.0
    whole = paragraph.label + paragraph.text
    tabs = len(whole) - len(whole.lstrip("\t"))
    if tabs and first < 0:
        return left + (tabs - 1) * _TAB
    return left + first + tabs * _TAB
