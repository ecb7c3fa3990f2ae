"""Characters of PDF pages by PDFium's raw API: about ten times as fast as the reference reader.

PDFium makes some characters up (spaces and line breaks between words that stand apart; they have no text object) and
turns a hyphen at a line's end into U+0002: the first are dropped, since the layout finds spaces itself, the second is
made a hyphen again.
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.readers.pdf_runs import Rule, Run, RunPage, Style, is_bold, is_italic

_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})
_OVERHANGING = frozenset("fjJTVWY”’)")
_DROPPED = "\0"
_BOLD_WEIGHT = 600
_MOST_OBJECTS = 20_000
_THIN = 3.0


def _prototype(function: object, result: type | None, *arguments: type) -> Callable[..., int]:
    """A function of the library with plain integers for handles: three times as fast to call as with typed pointers."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_object_of = _prototype(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_unicode_of = _prototype(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_box_of = _prototype(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_origin_of = _prototype(
    raw.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)
_map_fails = _prototype(raw.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


def read_run_pages(document: pdfium.PdfDocument, first: int = 0, last: int | None = None) -> Iterator[RunPage]:
    """The pages of an open document, each closed before the next is opened."""
    fonts: dict[int, _Font] = {}
    count = len(document)
    for index in range(first, count if last is None else min(last, count)):
        yield _read_page(document, index, fonts)


def _read_page(document: pdfium.PdfDocument, index: int, fonts: "dict[int, _Font]") -> RunPage:
    """One page, closed again; empty and marked so where PDFium cannot read it."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return RunPage(index + 1, 0.0, 0.0, [], [], readable=False)
    try:
        return _PageReader(page, index + 1, fonts).read()
    except pdfium.PdfiumError:
        return RunPage(index + 1, 0.0, 0.0, [], [], readable=False)
    finally:
        page.close()


class _Font:
    """What a font object says about itself."""

    def __init__(self, handle: "raw.FPDF_FONT") -> None:
        length = raw.FPDFFont_GetBaseFontName(handle, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFFont_GetBaseFontName(handle, buffer, length)
        name = buffer.value.decode("utf-8", "replace")
        self.name = name.split("+", 1)[-1]
        angle = ctypes.c_int(0)
        slanted = bool(raw.FPDFFont_GetItalicAngle(handle, ctypes.byref(angle))) and angle.value != 0
        self.bold = is_bold(name) or raw.FPDFFont_GetWeight(handle) >= _BOLD_WEIGHT
        self.italic = is_italic(name) or slanted


class _NoFont:
    """Stands for the font of a text object that has none."""

    name = ""
    bold = False
    italic = False


_NO_FONT = _NoFont()


class _PageReader:
    def __init__(self, page: pdfium.PdfPage, number: int, fonts: dict[int, _Font]) -> None:
        self._page = page
        self._number = number
        self._fonts = fonts
        self._width, self._height = page.get_size()
        self._matrix = self._device_matrix()
        self._upright = abs(self._matrix[1]) < 1e-3 and abs(self._matrix[2]) < 1e-3

    def read(self) -> RunPage:
        textpage = self._page.get_textpage()
        try:
            runs, unmapped = self._runs(textpage)
        finally:
            textpage.close()
        rules, pictures = self._drawings()
        return RunPage(self._number, self._width, self._height, runs, rules, unmapped, pictures)

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
        handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        count = raw.FPDFText_CountChars(textpage)
        indexes = range(count)
        objects = [_object_of(handle, index) for index in indexes]
        codes = [_unicode_of(handle, index) for index in indexes]
        boxes = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(boxes)
        for index in indexes:
            _box_of(handle, index, start + 16 * index)
        edges = boxes[:]
        chars = "".join([chr(code) if 31 < code < 0xD800 else _character(code) for code in codes])
        unmapped = sum(code == 0 and bool(there) for code, there in zip(codes, objects, strict=True))
        runs: list[Run] = []
        first, spaced = 0, False
        origin = (ctypes.c_double * 2)()
        origin_x, origin_y = ctypes.addressof(origin), ctypes.addressof(origin) + 8
        for there, group in groupby(objects):
            last = first + len(list(group))
            if not there:
                spaced = bool(runs) and " " in chars[first:last] and _overhangs(runs[-1])
            else:
                pointer = ctypes.cast(there, raw.FPDF_PAGEOBJECT)
                # A map that fails fails for the object's font, and so for all its characters.
                unmapped += (last - first) * (_map_fails(handle, first) == 1)
                if _origin_of(handle, first, origin_x, origin_y) and self._upright:
                    # The box of a slanted letter reaches over the space before it (an italic f by a sixth of its size).
                    edges[4 * first] = max(edges[4 * first], origin[0])
                run = self._run(pointer, chars[first:last], edges[4 * first : 4 * last])
                if spaced and run.chars:
                    run = run._replace(chars=" " + run.chars, x0=[run.x0[0], *run.x0], x1=[run.x0[0], *run.x1])
                runs.append(run)
                spaced = False
            first = last
        return runs, unmapped

    def _run(self, text: "raw.FPDF_PAGEOBJECT", chars: str, edges: list[float]) -> Run:
        """A run of one text object; `edges` holds left, top, right and bottom of each character (FS_RECTF)."""
        style, baseline = self._style(text)
        a, b, c, d, e, f = self._matrix
        if abs(b) < 1e-3 and abs(c) < 1e-3 and not style.turned:
            x0, x1 = edges[0::4], edges[2::4]
            if abs(a - 1) > 1e-4 or abs(e) > 1e-2:
                x0, x1 = [a * x + e for x in x0], [a * x + e for x in x1]
        else:
            x0, x1 = [], []
            for index in range(0, len(edges), 4):
                left, top, right, bottom = edges[index : index + 4]
                xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
                ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
                low, high = self._along(min(xs), max(xs), min(ys), max(ys), style.turned)
                x0.append(low)
                x1.append(high)
        if _DROPPED in chars:
            kept = [index for index, char in enumerate(chars) if char != _DROPPED]
            chars, x0, x1 = chars.replace(_DROPPED, ""), [x0[i] for i in kept], [x1[i] for i in kept]
        return Run(chars, x0, x1, baseline, style)

    def _along(self, left: float, right: float, top: float, bottom: float, turned: int) -> tuple[float, float]:
        """Extent along its line of a character, in the frame in which its text stands upright."""
        return (
            (left, right),
            (top, bottom),
            (self._width - right, self._width - left),
            (self._height - bottom, self._height - top),
        )[turned]

    def _style(self, text: "raw.FPDF_PAGEOBJECT") -> tuple[Style, float]:
        """Style of a text object, and its baseline in the frame of its own direction."""
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(text, own)
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(text, ctypes.byref(size))
        a, b, c, d, e, f = self._matrix
        along = (a * own.a + c * own.b, b * own.a + d * own.b)
        up = (a * own.c + c * own.d, b * own.c + d * own.d)
        origin = (a * own.e + c * own.f + e, b * own.e + d * own.f + f)
        turned = quarter_turns(*along)
        font = self._font(text)
        style = Style(
            font=font.name,
            size=round(size.value * math.hypot(*up), 1),
            bold=font.bold,
            italic=font.italic,
            artifact=_is_artifact(text),
            turned=turned,
        )
        baseline = (origin[1], self._width - origin[0], self._height - origin[1], origin[0])[turned]
        return style, baseline

    def _font(self, text: "raw.FPDF_PAGEOBJECT") -> "_Font | _NoFont":
        handle = raw.FPDFTextObj_GetFont(text)
        if not handle:
            return _NO_FONT
        key = ctypes.addressof(handle.contents)
        if key not in self._fonts:
            self._fonts[key] = _Font(handle)
        return self._fonts[key]

    def _drawings(self) -> tuple[list[Rule], float]:
        """Thin paths, and the share of the page under images."""
        rules: list[Rule] = []
        covered = 0.0
        bounds = [ctypes.c_float() for _ in range(4)]
        references = [ctypes.byref(bound) for bound in bounds]
        a, b, c, d, e, f = self._matrix
        for index in range(min(raw.FPDFPage_CountObjects(self._page), _MOST_OBJECTS)):
            item = raw.FPDFPage_GetObject(self._page, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                continue
            raw.FPDFPageObj_GetBounds(item, *references)
            left, bottom, right, top = (bound.value for bound in bounds)
            xs = sorted((a * left + c * bottom + e, a * right + c * top + e))
            ys = sorted((b * left + d * bottom + f, b * right + d * top + f))
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                covered += (xs[1] - xs[0]) * (ys[1] - ys[0])
            elif min(xs[1] - xs[0], ys[1] - ys[0]) < _THIN:
                rules.append(Rule(xs[0], ys[0], xs[1], ys[1]))
        return rules, min(covered / max(self._width * self._height, 1.0), 1.0)


def quarter_turns(along_x: float, along_y: float) -> int:
    """Quarter turns clockwise of text whose direction on the page (y downwards) is given."""
    if abs(along_x) >= abs(along_y):
        return 0 if along_x >= 0 else 2
    return 1 if along_y > 0 else 3


def _overhangs(run: Run) -> bool:
    """Whether a run ends in a letter whose box reaches over the space behind it, so that no gap shows the space."""
    return run.style.italic or run.chars[-1:] in _OVERHANGING


def _character(code: int) -> str:
    if code in _LINE_END_HYPHENS:
        return "-"
    return chr(code) if 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF else _DROPPED


def _is_artifact(text: "raw.FPDF_PAGEOBJECT") -> bool:
    for index in range(raw.FPDFPageObj_CountMarks(text)):
        mark = raw.FPDFPageObj_GetMark(text, index)
        length = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, None, 0, ctypes.byref(length))
        buffer = ctypes.create_string_buffer(max(length.value, 2))
        raw.FPDFPageObjMark_GetName(
            mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length.value, ctypes.byref(length)
        )
        if buffer.raw.decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
            return True
    return False
