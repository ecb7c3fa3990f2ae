"""Characters of PDF pages by PDFium's raw API: about ten times as fast as the reference reader."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.readers import pdf_calls as calls
from parsers.readers.pdf_characters import DROPPED, UNPRINTABLE, Characters
from parsers.readers.pdf_drawings import read_drawings
from parsers.readers.pdf_fonts import NO_REACH, Font, Measured, Reach
from parsers.readers.pdf_frame import Frame, quarter_turns
from parsers.readers.pdf_overprints import Prints, count_overprinted
from parsers.readers.pdf_replacements import put_aside_replacements
from parsers.readers.pdf_run_joins import join_runs
from parsers.readers.pdf_runs import UNKNOWN, Run, RunPage, Style, runs_aslant

_ARTIFACT = "Artifact\0".encode("utf-16-le")
_SPACE = re.compile(" ")
_NO_CHARACTERS = frozenset((DROPPED, UNPRINTABLE))
_LONGEST_LIGATURE = 3
_NO_WIDTH = 0.001
_FAINT = 0.05


def read_run_pages(document: pdfium.PdfDocument, first: int = 0, last: int | None = None) -> Iterator[RunPage]:
    """The pages of an open document, each closed before the next is opened."""
    count = len(document)
    measured: Measured = {}
    for index in range(first, count if last is None else min(last, count)):
        yield _read_page(document, index, measured)


def _read_page(document: pdfium.PdfDocument, index: int, measured: Measured) -> RunPage:
    """One page, closed again; empty and marked so where PDFium cannot read it."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return RunPage(index + 1, 0.0, 0.0, [], [], readable=False)
    try:
        found = _PageReader(page, index + 1, measured).read()
        if found.unsure and put_aside_replacements(calls.handle_of(page.raw)):
            return _PageReader(page, index + 1, measured).read()
        return found
    except pdfium.PdfiumError:
        return RunPage(index + 1, 0.0, 0.0, [], [], readable=False)
    finally:
        page.close()


class _PageReader:
    """Reads one page while it is open. Handles of fonts and marks are its own: PDFium may use them again later."""

    def __init__(self, page: pdfium.PdfPage, number: int, measured: Measured) -> None:
        self._page = page
        self._number = number
        self._measured = measured
        self._frame = Frame(page)
        self._text_page = 0
        self._fonts: dict[int, Font] = {}
        self._artifacts: dict[int, bool] = {}
        self._letters: dict[int, int] = {}
        self._own = calls.Buffer("f", 6)
        self._size = calls.Buffer("f", 1)
        self._origin = calls.Buffer("d", 2)
        self._ink = calls.Buffer("d", 4)
        self._unmapped = 0
        self._unprintable = 0
        self._overprinted = 0
        self._prints = Prints()
        self._unsure = False
        self._name = bytearray(64)
        self._length = bytearray(8)
        self._name_at, self._length_at = calls.address_of(self._name), calls.address_of(self._length)

    def read(self) -> RunPage:
        textpage = self._page.get_textpage()
        try:
            self._text_page = calls.handle_of(textpage.raw)
            runs = self._runs(max(raw.FPDFText_CountChars(textpage), 0))
        finally:
            textpage.close()
        drawings = read_drawings(calls.handle_of(self._page.raw), self._frame, self._letters)
        return RunPage(
            self._number,
            self._frame.width,
            self._frame.height,
            join_runs(self._with_blanks(runs, drawings.blanks)),
            drawings.rules,
            self._unmapped,
            drawings.pictures,
            overprinted=self._overprinted + count_overprinted(drawings.hidden, self._letters),
            unprintable=self._unprintable,
            unsure=self._unsure,
            shapes=drawings.shapes,
        )

    def _runs(self, count: int) -> list[tuple[int, Run]]:
        """The characters that each text object sets, with its handle; one may come again."""
        characters = Characters(self._text_page, count)
        chars, edges = characters.text, characters.edges
        runs: list[tuple[int, Run]] = []
        for text_object, first, last in characters.stretches:
            if not text_object:
                continue
            printed = last - first - chars.count(" ", first, last)
            self._letters[text_object] = self._letters.get(text_object, 0) + printed
            self._unmapped += bisect_left(characters.unknown, last) - bisect_left(characters.unknown, first)
            shown, own = chars[first:last], edges[4 * first : 4 * last]
            if calls.map_fails(self._text_page, first) == 1:
                # It fails for the object's font, and so for all its characters.
                shown = self._unknown(shown, own, first)
            if printed > _LONGEST_LIGATURE and self._place(first) == self._place(last - 1):
                # What the file gives to be read in place of what is set (ActualText) has one place in all.
                self._unsure = True
            run = self._run(text_object, shown, first, own)
            if self._prints.is_new(run):
                runs.append((text_object, run))
            else:
                self._overprinted += printed
        return runs

    def _unknown(self, chars: str, edges: "memoryview[float]", first: int) -> str:
        """Characters of a font without a map, of which PDFium gives the numbers of the glyphs; white space shows."""
        shown = ""
        for index, char in enumerate(chars):
            if char == " " and edges[4 * index + 2] - edges[4 * index] < _NO_WIDTH:
                shown += char  # made up
                continue
            calls.ink_of(self._text_page, first + index, *self._ink.places)
            left, right, bottom, top = self._ink.values
            blank = min(right - left, top - bottom) < _FAINT
            self._unmapped += not blank
            shown += " " if blank else UNKNOWN
        return shown

    def _place(self, index: int) -> tuple[float, float] | None:
        """Where a character is set, in the page's own coordinates."""
        if not calls.origin_of(self._text_page, index, *self._origin.places):
            return None
        x, y = self._origin.values
        return x, y

    def _run(self, text_object: int, chars: str, first: int, edges: "memoryview[float]") -> Run:
        """A run of one text object; `edges` holds left, top, right and bottom of each character (FS_RECTF)."""
        style, baseline, em = self._style(text_object)
        x0, x1 = self._frame.extents(edges, style.turned)
        font = self._font(text_object)
        letters = set(chars)
        if em:
            for char in letters - font.seen:
                place = chars.index(char)
                width = (x1[place] - x0[place]) / em
                if not font.knows(char, width):
                    # Of the letters of a ligature, which have one place, nothing is known.
                    beside = [first + at for at in (place - 1, place + 1) if chars[at : at + 1].strip()]
                    alone = self._place(first + place) not in map(self._place, beside)
                    box = x0[place], x1[place]
                    reach = self._reach(font, char, first + place, box, em, style.turned) if alone else NO_REACH
                    font.learn(char, width, reach)
        for char in letters & font.far.keys():
            before, behind = font.far[char]
            place = chars.find(char)
            while place >= 0:
                x0[place] += before * em
                x1[place] -= behind * em
                place = chars.find(char, place + 1)
        # PDFium makes up spaces without width where gaps are wide; gaps are measured later, when the line is known.
        dropped = [
            match.start() for match in _SPACE.finditer(chars) if x1[match.start()] - x0[match.start()] < _NO_WIDTH
        ]
        if not letters.isdisjoint(_NO_CHARACTERS):
            self._unprintable += chars.count(UNPRINTABLE)
            dropped += [index for index, char in enumerate(chars) if char in _NO_CHARACTERS]
        if dropped:
            kept = sorted(set(range(len(chars))).difference(dropped))
            chars, x0, x1 = "".join([chars[at] for at in kept]), [x0[at] for at in kept], [x1[at] for at in kept]
        return Run(chars, x0, x1, baseline, style)

    def _reach(self, font: Font, char: str, index: int, box: tuple[float, float], em: float, turned: int) -> Reach:
        """How far a character's box reaches over its advance box."""
        place = self._place(index)
        if place is None or not calls.ink_of(self._text_page, index, *self._ink.places):
            return NO_REACH
        left, right, bottom, top = self._ink.values
        start, _ = self._frame.extent(*place, *place, turned)
        _, end = self._frame.extent(left, top, right, bottom, turned)
        return font.reach(char, (box[1] - box[0]) / em, (start - box[0]) / em, (box[1] - end) / em)

    def _with_blanks(self, runs: Sequence[tuple[int, Run]], blanks: Mapping[int, Sequence[int]]) -> Iterator[Run]:
        """The runs in order, with the white space that has text objects of its own, which PDFium leaves out."""
        yield from map(self._blank, blanks.get(0, ()))
        last = {text_object: index for index, (text_object, _) in enumerate(runs)}
        for index, (text_object, run) in enumerate(runs):
            yield run
            if text_object in blanks and last[text_object] == index:
                yield from map(self._blank, blanks[text_object])

    def _blank(self, text_object: int) -> Run:
        calls.matrix_of(text_object, self._own.address)
        calls.size_of(text_object, self._size.address)
        own_a, own_b, _, _, x, y = self._own.values
        a, b, c, d, _, _ = self._frame.matrix
        along = (a * own_a + c * own_b, b * own_a + d * own_b)
        turned = quarter_turns(*along)
        start = self._frame.extent(x, y, x, y, turned)[0]
        end = start + self._font(text_object).space * self._size.values[0] * math.hypot(*along)
        style = Style("", 0.0, bold=False, italic=False, turned=turned)
        return Run(" ", [start], [end], self._frame.baseline(x, y, turned), style)

    def _style(self, text_object: int) -> tuple[Style, float, float]:
        """Style of a text object, its baseline in the frame of its own direction, and the width of its em."""
        calls.matrix_of(text_object, self._own.address)
        calls.size_of(text_object, self._size.address)
        a, b, c, d, _, _ = self._frame.matrix
        own_a, own_b, own_c, own_d, own_e, own_f = self._own.values
        along = (a * own_a + c * own_b, b * own_a + d * own_b)
        up = (a * own_c + c * own_d, b * own_c + d * own_d)
        turned = quarter_turns(*along)
        font = self._font(text_object)
        size = self._size.values[0]
        style = Style(
            font=font.name,
            size=round(size * math.hypot(*up), 1),
            bold=font.bold,
            italic=font.italic,
            artifact=self._is_artifact(text_object),
            turned=turned,
            aslant=runs_aslant(*along),
        )
        return style, self._frame.baseline(own_e, own_f, turned), size * math.hypot(*along)

    def _font(self, text_object: int) -> Font:
        handle = calls.font_of(text_object) or 0
        font = self._fonts.get(handle)
        if font is None:
            font = self._fonts[handle] = Font(handle, self._measured)
        return font

    def _is_artifact(self, text_object: int) -> bool:
        for index in range(calls.count_marks(text_object)):
            mark = calls.mark_of(text_object, index)
            if mark not in self._artifacts:
                # A name that is longer than the buffer is not written to it.
                self._name[:] = bytes(len(self._name))
                calls.mark_name(mark, self._name_at, len(self._name), self._length_at)
                self._artifacts[mark] = self._name.startswith(_ARTIFACT)
            if self._artifacts[mark]:
                return True
        return False
