"""Characters of PDF pages by pdfplumber: slower than the fast reader and easier to follow, behind one interface."""

import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NotRequired, TypedDict, cast
from unicodedata import bidirectional

import pdfplumber
from pdfplumber.page import Page as PlumberPage

from parsers.readers.glyph_orders import recover_fonts
from parsers.readers.pdf_frame import quarter_turns
from parsers.readers.pdf_ink import Ink
from parsers.readers.pdf_overprints import ASIDE
from parsers.readers.pdf_run_joins import join_runs
from parsers.readers.pdf_runs import UNKNOWN, Rule, Run, RunPage, Shape, Style, is_bold, is_italic, runs_aslant

_UNMAPPED = "(cid:"
_WIDTHLESS = frozenset("\u200b\u2060\ufeff")
"""They tell where a line may break, and are not seen; PDFium leaves them out where they are set on their own."""

_NO_CHARACTERS = _WIDTHLESS | {"\ufffe"}
_RIGHT_TO_LEFT = ("R", "AL")
_THIN = 3.0
_SAME = 0.05


def read_reference_pages(data: bytes, first: int = 0, last: int | None = None) -> Iterator[RunPage]:
    """The pages of a PDF, each closed before the next is read (pdfplumber keeps all it parsed otherwise)."""
    for page in _open_pages(data, first, last):
        yield _read_page(page, {})


def read_recovered_pages(data: bytes) -> Iterator[RunPage]:
    """The same, with the glyphs of fonts without a map to Unicode read by their order in the font, as far as it tells.

    The document is read twice: what the order is shows in all its text.
    """
    glyphs: dict[str, Counter[int]] = {}
    for page in _open_pages(data):
        for char in page.chars:
            glyph = _unmapped_glyph(str(char["text"]))
            if glyph is not None:
                glyphs.setdefault(_font_of(char["fontname"]), Counter())[glyph] += 1
    characters = recover_fonts(glyphs)
    for page in _open_pages(data):
        yield _read_page(page, characters)


def _open_pages(data: bytes, first: int = 0, last: int | None = None) -> Iterator[PlumberPage]:
    with pdfplumber.open(io.BytesIO(data), unicode_norm=None) as document:
        for page in document.pages[first:last]:
            try:
                yield page
            finally:
                page.close()


def _font_of(name: object) -> str:
    """A font's name without the mark of an embedded part."""
    return str(name).split("+", 1)[-1]


def _unmapped_glyph(text: str) -> int | None:
    number = text.removeprefix(_UNMAPPED).rstrip(")")
    return int(number) if text.startswith(_UNMAPPED) and number.isdecimal() else None


def _read_page(page: PlumberPage, characters: Mapping[str, Mapping[int, str]]) -> RunPage:
    width, height = float(page.width), float(page.height)
    builder = _RunBuilder(width, height)
    ink = Ink(page)
    unmapped = recovered = 0
    for char in page.chars:
        glyph = _unmapped_glyph(str(char["text"]))
        if glyph is not None:
            known = characters.get(_font_of(char["fontname"]), {}).get(glyph)
            if known is None and ink.is_blank(char["x0"], char["top"], char["x1"], char["bottom"]):
                char = {**char, "text": " "}
            else:
                recovered += known is not None
                unmapped += known is None
                char = {**char, "text": known or UNKNOWN}
        builder.add(cast(_Char, char))
    rules = [
        Rule(item["x0"], item["top"], item["x1"], item["bottom"])
        for item in (*page.lines, *page.rects)
        if min(item["x1"] - item["x0"], item["bottom"] - item["top"]) < _THIN
    ]
    shapes = [
        Shape(item["x0"], item["top"], item["x1"], item["bottom"], max(len(item["pts"]), 5))
        for item in (*page.rects, *page.curves)
        if min(item["x1"] - item["x0"], item["bottom"] - item["top"]) >= _THIN
    ]
    covered = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    pictures = min(covered / max(width * height, 1.0), 1.0)
    runs = builder.runs()
    lost = (builder.overprinted, builder.unprintable)
    return RunPage(page.page_number, width, height, runs, rules, unmapped, pictures, *lost, recovered, shapes=shapes)


class _Char(TypedDict):
    """What is used of a character of pdfplumber's."""

    text: str
    fontname: str
    size: float
    width: float
    x0: float
    x1: float
    top: float
    bottom: float
    matrix: tuple[float, float, float, float, float, float]
    tag: NotRequired[str | None]


class _RunBuilder:
    """Puts characters of one style on one baseline together, in the order of the content stream."""

    def __init__(self, width: float, height: float) -> None:
        self._width = width
        self._height = height
        self._runs: list[Run] = []
        self._printed: dict[tuple[str, int, int], list[float]] = {}
        self._chars: list[str] = []
        self._x0: list[float] = []
        self._x1: list[float] = []
        self._style: Style | None = None
        self._baseline = 0.0
        self.overprinted = 0
        self.unprintable = 0

    def add(self, char: _Char) -> None:
        a, b, c, d, e, f = char["matrix"]
        turned = quarter_turns(a, -b)
        x, y = e, self._height - f
        baseline = (y, self._width - x, self._height - y, x)[turned]
        x0, x1 = (
            (char["x0"], char["x1"]),
            (char["top"], char["bottom"]),
            (self._width - char["x1"], self._width - char["x0"]),
            (self._height - char["bottom"], self._height - char["top"]),
        )[turned]
        font = _font_of(char["fontname"])
        height = float(char["size"]) if turned % 2 == 0 else float(char["width"])
        style = Style(
            font=font,
            size=round(height or math.hypot(c, d), 1),
            bold=is_bold(font),
            italic=is_italic(font),
            artifact=char.get("tag") == "Artifact",
            turned=turned,
            aslant=runs_aslant(a, -b),
        )
        if style != self._style or abs(baseline - self._baseline) > _SAME:
            self._close()
            self._style, self._baseline = style, baseline
        text = str(char["text"])
        # Bold made by printing twice, less than half a letter aside: PDFium gives such a character once.
        printed = self._printed.setdefault((text, turned, round(baseline)), [])
        if text.strip() and any(abs(x0 - other) < ASIDE * (x1 - x0) for other in printed):
            self.overprinted += 1
            return
        printed.append(x0)
        # The letters of a ligature stand side by side in the order in which they are read.
        for index, part in enumerate(text[::-1] if bidirectional(text[:1]) in _RIGHT_TO_LEFT else text):
            if ord(part) < 32 or part in _NO_CHARACTERS:
                self.unprintable += not part.isspace() and part not in _WIDTHLESS
                continue
            self._chars.append(part)
            self._x0.append(x0 + (x1 - x0) * index / len(text))
            self._x1.append(x0 + (x1 - x0) * (index + 1) / len(text))

    def runs(self) -> list[Run]:
        self._close()
        return join_runs(self._runs)

    def _close(self) -> None:
        if self._chars and self._style is not None:
            self._runs.append(Run("".join(self._chars), self._x0, self._x1, self._baseline, self._style))
        self._chars, self._x0, self._x1 = [], [], []
