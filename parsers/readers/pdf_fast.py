"""Characters of PDF pages by PDFium's raw API: about ten times as fast as the reference reader."""

import ctypes
import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.readers import pdf_calls as calls
from parsers.readers.pdf_characters import DROPPED, UNPRINTABLE, Characters
from parsers.readers.pdf_overprints import count_overprinted
from parsers.readers.pdf_runs import Rule, Run, RunPage, Shape, Style, is_bold, is_italic, runs_aslant

_OVERHANGING = frozenset("fjJTVWY”’)")
_CLOSING = frozenset(",.;:!?)]}”’%-‐‑–")
_NEARLY_A_SPACE = 0.13
_ARTIFACT = "Artifact\0".encode("utf-16-le")
_PRINTED = re.compile(r"[^\s\0]")
_LEFT_OUT = re.compile(f"[{DROPPED}{UNPRINTABLE}]")
_MOST_OBJECTS = 20_000
_THIN = 3.0


def read_run_pages(document: pdfium.PdfDocument, first: int = 0, last: int | None = None) -> Iterator[RunPage]:
    """The pages of an open document, each closed before the next is opened."""
    count = len(document)
    for index in range(first, count if last is None else min(last, count)):
        yield _read_page(document, index)


def _read_page(document: pdfium.PdfDocument, index: int) -> RunPage:
    """One page, closed again; empty and marked so where PDFium cannot read it."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return RunPage(index + 1, 0.0, 0.0, [], [], readable=False)
    try:
        return _PageReader(page, index + 1).read()
    except pdfium.PdfiumError:
        return RunPage(index + 1, 0.0, 0.0, [], [], readable=False)
    finally:
        page.close()


class _Font:
    """What a font object says about itself."""

    def __init__(self, handle: int) -> None:
        font = ctypes.cast(handle, raw.FPDF_FONT)
        length = raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFFont_GetBaseFontName(font, buffer, length)
        name = buffer.value.decode("utf-8", "replace")
        self.name = name.split("+", 1)[-1]
        angle = ctypes.c_int(0)
        slanted = bool(raw.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))) and angle.value != 0
        # Not its weight: that is guessed from the width of stems, which Ghostscript writes as it likes.
        self.bold = is_bold(name)
        self.italic = is_italic(name) or slanted


class _NoFont:
    """Stands for the font of a text object that has none."""

    name = ""
    bold = False
    italic = False


_NO_FONT = _NoFont()


class _PageReader:
    """Reads one page while it is open. Handles of fonts and marks are its own: PDFium may use them again later."""

    def __init__(self, page: pdfium.PdfPage, number: int) -> None:
        self._page = page
        self._number = number
        self._fonts: dict[int, _Font] = {}
        self._artifacts: dict[int, bool] = {}
        self._letters: dict[int, int] = {}
        self._width, self._height = page.get_size()
        self._matrix = self._device_matrix()
        self._upright = abs(self._matrix[1]) < 1e-3 and abs(self._matrix[2]) < 1e-3
        self._own = calls.Buffer("f", 6)
        self._size = calls.Buffer("f", 1)
        self._origin = calls.Buffer("d", 2)
        self._unprintable = 0
        self._name = bytearray(64)
        self._length = bytearray(8)
        self._name_at, self._length_at = calls.address_of(self._name), calls.address_of(self._length)

    def read(self) -> RunPage:
        textpage = self._page.get_textpage()
        try:
            runs, unmapped = self._runs(textpage)
        finally:
            textpage.close()
        rules, shapes, pictures, unread = self._drawings()
        return RunPage(
            self._number,
            self._width,
            self._height,
            runs,
            rules,
            unmapped,
            pictures,
            overprinted=count_overprinted(unread, self._letters) if unread else 0,
            unprintable=self._unprintable,
            shapes=shapes,
        )

    def _device_matrix(self) -> tuple[float, float, float, float, float, float]:
        """From the page's own coordinates to points from the top left, as the page is rotated and cropped."""
        scale = 100
        width, height = int(self._width * scale), int(self._height * scale)
        x, y = ctypes.c_int(), ctypes.c_int()
        points = []
        for at in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, *at, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value / scale, y.value / scale))
        (e, f), (ax, ay), (bx, by) = points
        return (ax - e) / 1000, (ay - f) / 1000, (bx - e) / 1000, (by - f) / 1000, e, f

    def _runs(self, textpage: pdfium.PdfTextPage) -> tuple[list[Run], int]:
        handle = calls.handle_of(textpage.raw)
        characters = Characters(handle, max(raw.FPDFText_CountChars(textpage), 0))
        chars, edges, origin = characters.text, characters.edges, self._origin
        unmapped = 0
        runs: list[Run] = []
        made_up = False
        for text_object, first, last in characters.stretches:
            if not text_object:
                made_up = bool(runs) and " " in chars[first:last]
                continue
            printed = last - first - chars.count(" ", first, last)
            self._letters[text_object] = self._letters.get(text_object, 0) + printed
            unmapped += bisect_left(characters.unknown, last) - bisect_left(characters.unknown, first)
            shown = chars[first:last]
            if calls.map_fails(handle, first) == 1:
                # It fails for the object's font, and so for all its characters. What PDFium gives for them looks like
                # text and is none (the letters of BBNJ-fr.pdf's headings are 29 places off).
                unmapped += last - first
                shown = _PRINTED.sub("\ufffd", shown.replace(UNPRINTABLE, DROPPED))
            if calls.origin_of(handle, first, origin.address, origin.address + 8) and self._upright:
                # The box of a slanted letter reaches over the space before it (an italic f by a sixth of its size).
                edges[4 * first] = max(edges[4 * first], origin.values[0])
            run = self._run(text_object, shown, edges[4 * first : 4 * last])
            if made_up and run.chars and _is_apart(runs[-1], run):
                run = run._replace(chars=" " + run.chars, x0=[run.x0[0], *run.x0], x1=[run.x0[0], *run.x1])
            runs.append(run)
            made_up = False
        return runs, unmapped

    def _run(self, text_object: int, chars: str, edges: "memoryview[float]") -> Run:
        """A run of one text object; `edges` holds left, top, right and bottom of each character (FS_RECTF)."""
        style, baseline = self._style(text_object)
        a, b, c, d, e, f = self._matrix
        if abs(b) < 1e-3 and abs(c) < 1e-3 and not style.turned:
            x0, x1 = array("f", edges[0::4].tobytes()), array("f", edges[2::4].tobytes())
            if abs(a - 1) > 1e-4 or abs(e) > 1e-2:
                x0, x1 = array("f", [a * x + e for x in x0]), array("f", [a * x + e for x in x1])
        else:
            x0, x1 = array("f"), array("f")
            for index in range(0, len(edges), 4):
                left, top, right, bottom = edges[index : index + 4]
                xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
                ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
                low, high = self._along(min(xs), max(xs), min(ys), max(ys), style.turned)
                x0.append(low)
                x1.append(high)
        if DROPPED in chars or UNPRINTABLE in chars:
            self._unprintable += chars.count(UNPRINTABLE)
            kept = [index for index, char in enumerate(chars) if char not in (DROPPED, UNPRINTABLE)]
            chars = _LEFT_OUT.sub("", chars)
            x0, x1 = array("f", [x0[i] for i in kept]), array("f", [x1[i] for i in kept])
        return Run(chars, x0, x1, baseline, style)

    def _along(self, left: float, right: float, top: float, bottom: float, turned: int) -> tuple[float, float]:
        """Extent along its line of a character, in the frame in which its text stands upright."""
        return (
            (left, right),
            (top, bottom),
            (self._width - right, self._width - left),
            (self._height - bottom, self._height - top),
        )[turned]

    def _style(self, text_object: int) -> tuple[Style, float]:
        """Style of a text object, and its baseline in the frame of its own direction."""
        calls.matrix_of(text_object, self._own.address)
        calls.size_of(text_object, self._size.address)
        a, b, c, d, e, f = self._matrix
        own_a, own_b, own_c, own_d, own_e, own_f = self._own.values
        along = (a * own_a + c * own_b, b * own_a + d * own_b)
        up = (a * own_c + c * own_d, b * own_c + d * own_d)
        origin = (a * own_e + c * own_f + e, b * own_e + d * own_f + f)
        turned = quarter_turns(*along)
        font = self._font(text_object)
        style = Style(
            font=font.name,
            size=round(self._size.values[0] * math.hypot(*up), 1),
            bold=font.bold,
            italic=font.italic,
            artifact=self._is_artifact(text_object),
            turned=turned,
            aslant=runs_aslant(*along),
        )
        baseline = (origin[1], self._width - origin[0], self._height - origin[1], origin[0])[turned]
        return style, baseline

    def _font(self, text_object: int) -> "_Font | _NoFont":
        handle = calls.font_of(text_object)
        if not handle:
            return _NO_FONT
        font = self._fonts.get(handle)
        if font is None:
            font = self._fonts[handle] = _Font(handle)
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

    def _drawings(self) -> tuple[list[Rule], list[Shape], float, list[int]]:
        """Thin paths, other ones, the share of the page under images, text objects of which no character was read."""
        rules: list[Rule] = []
        shapes: list[Shape] = []
        unread: list[int] = []
        covered = 0.0
        bounds = calls.Buffer("f", 4)
        page = calls.handle_of(self._page.raw)
        a, b, c, d, e, f = self._matrix
        for index in range(min(calls.count_objects(page), _MOST_OBJECTS)):
            item = calls.page_object(page, index)
            kind = calls.kind_of(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT and item not in self._letters:
                unread.append(item)
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                continue
            calls.bounds_of(item, *bounds.places)
            left, bottom, right, top = bounds.values
            xs = sorted((a * left + c * bottom + e, a * right + c * top + e))
            ys = sorted((b * left + d * bottom + f, b * right + d * top + f))
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                covered += (xs[1] - xs[0]) * (ys[1] - ys[0])
            elif min(xs[1] - xs[0], ys[1] - ys[0]) < _THIN:
                rules.append(Rule(xs[0], ys[0], xs[1], ys[1]))
            else:
                shapes.append(Shape(xs[0], ys[0], xs[1], ys[1], calls.count_segments(item)))
        return rules, shapes, min(covered / max(self._width * self._height, 1.0), 1.0), unread


def quarter_turns(along_x: float, along_y: float) -> int:
    """Quarter turns clockwise of text whose direction on the page (y downwards) is given."""
    if abs(along_x) >= abs(along_y):
        return 0 if along_x >= 0 else 2
    return 1 if along_y > 0 else 3


def _is_apart(before: Run, run: Run) -> bool:
    """Whether a space that PDFium makes up between two runs is one, where the gap is too narrow to show it.

    It is where the letter before it reaches over the space (italics, f), or where the gap beside a mark is nearly a
    space's (behind labels, before leaders). PDFium makes up others within words and before marks.
    """
    if not before.chars or (run.chars[0] in _CLOSING and not run.chars.startswith("..")):
        return False
    if before.style.italic or before.chars[-1] in _OVERHANGING:
        return True
    if before.style.size != run.style.size or (before.chars[-1].isalpha() and run.chars[0].isalpha()):
        return False
    return run.x0[0] - before.x1[-1] > _NEARLY_A_SPACE * run.style.size
