"""Dumps of invented documents in the styles that real ones come in: the same units, printed in many ways.

A document is a list of `Unit`; `render` prints it in a `Style` and `expected` says what the parser should make of it.
The double spaced style follows the real Chinese dumps: an empty line after each visual line, one leading space for a
first-line indent and two for a centred line, page furniture where the page begins.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Kind = Literal[
    "masthead", "title", "heading", "paragraph", "item", "quote", "turn", "incident", "closing", "signature", "footnote"
]
CENTRED = ("title", "heading")
INDENTED = ("paragraph", "item", "turn", "quote", "footnote")
RULE = "__________________"
# Chinese typesetting (GB/T 15834): no line begins with a closing mark, none ends with an opening one.
_NO_START = "，。；：、！？”’）》…)—―％%.,;:"
_NO_END = "（《“‘("
_MARK = re.compile(r"\{(\*+|\d+)\}")
_PRIVATE = re.compile("[\ue000-\ue1ff]")
_TOKEN = {
    "zh": re.compile(r"[A-Za-z0-9][A-Za-z0-9./:,'’*-]*|\s+|."),
    "en": re.compile(r"\s+|[^\s-]+-?|-"),
}
# Widths of Times in thousandths of an em, rounded: enough to break lines where a proportional font does.
_NARROW, _WIDE = "fijlrt.,;:!'’()I ", "mwMWABCDGHKNOQRUVXY—"


@dataclass(frozen=True)
class Unit:
    """One block: `text` holds `{1}` or `{*}` where a note's mark stands, `⏎` where a line is broken on purpose."""

    kind: Kind
    text: str
    label: str = ""
    number: str | None = None
    centred: bool = False

    @property
    def printed(self) -> str:
        """Label and text, as one string."""
        glue = "" if not self.label or self.label.endswith("：") else " "
        return f"{self.label}{glue}{self.text}"


@dataclass(frozen=True)
class Style:
    """How a dump is printed; the default is the double spaced style of the real ones."""

    name: str
    spacing: Literal["double", "single", "tight"] = "double"
    wrapped: bool = True
    widths: tuple[int, int] = (72, 88)  # columns: Chinese, English
    proportional: bool = False
    first_line: int = 1
    centre: int = 2
    page_lines: int | None = None
    furniture: Literal["top", "bottom"] = "top"
    footer: Literal["geneva", "newyork"] = "geneva"
    headers: Literal["all", "even", "none"] = "all"
    feed: bool = False
    newline: str = "\n"
    full_width: bool = False
    spaced_digits: bool = True


@dataclass
class _Line:
    text: str
    first: bool
    last: bool
    marks: list[str] = field(default_factory=list)


class Expected(NamedTuple):
    """What the parser should make of a unit; `text` without white space."""

    kind: str
    number: str | None
    label: str
    text: str


def squeeze(text: str) -> str:
    """`text` without white space."""
    return re.sub(r"\s+", "", text)


def width(text: str, language: str) -> int:
    """Columns: a Han character or a full-width mark takes two; in Chinese so does ambiguous punctuation."""
    wide = "WFA" if language == "zh" else "WF"
    return sum(2 if unicodedata.east_asian_width(char) in wide else 1 for char in text)


def _measure(text: str, style: Style, language: str) -> float:
    if not style.proportional or language != "en":
        return width(text, language)
    return sum(0.62 if char in _NARROW else 1.45 if char in _WIDE else 1.0 for char in text)


def expected(units: Sequence[Unit], style: Style, language: str) -> list[Expected]:
    """The blocks that `render` of the same units should be parsed to; a note follows the block of its mark."""
    notes = {unit.number: unit for unit in units if unit.kind == "footnote"}
    found: list[Expected] = []
    for unit in units:
        if unit.kind == "footnote":
            continue
        found.append(_expected(unit, style, language))
        found += [_expected(notes[mark], style, language) for mark in _MARK.findall(unit.text) if mark in notes]
    return found


def _expected(unit: Unit, style: Style, language: str) -> Expected:
    kind = "paragraph" if unit.kind == "turn" else unit.kind
    label, text = (_brackets(piece, style, language) for piece in (unit.label, unit.text))
    return Expected(kind, unit.number, squeeze(label), squeeze(_MARK.sub("", text).replace("⏎", "")))


def render(units: Sequence[Unit], style: Style, language: str, symbol: str = "", job: str = "") -> str:
    """The dump of a document. Furniture is printed where both `symbol` and `style.page_lines` are given."""
    notes = {unit.number: unit for unit in units if unit.kind == "footnote"}
    lines = [line for unit in units if unit.kind != "footnote" for line in _lines(unit, style, language)]
    feet = {mark or "": _lines(note, style, language) for mark, note in notes.items()}
    pages = _pages(lines, feet, style.page_lines)
    text, footed = "", False
    for number, page in enumerate(pages, 1):
        header = _header(number, len(pages), style, symbol, job) if style.page_lines and symbol else []
        bare = number > 1 and not (style.feed or footed or (header and style.furniture == "top"))
        if bare and style.spacing == "double":
            # All that the real dumps keep of such a page break: a space more, and in Chinese an empty line less, unless
            # they have no furniture at all.
            text = (text.removesuffix("\n") if language == "zh" and style.headers != "none" else text) + " "
        text += _page(page, header, style, number)
        footed = bool(header) and style.furniture == "bottom"
    return text.replace("\n", style.newline)


def _lines(unit: Unit, style: Style, language: str) -> list[_Line]:
    printed = _brackets(unit.printed, style, language)
    if language == "zh" and not style.spaced_digits:
        printed = re.sub(r"(?<=[\u4e00-\u9fff，。]) (?=[\dA-Z])|(?<=[\dA-Za-z]) (?=[\u4e00-\u9fff])", "", printed)
    lead = style.centre if unit.kind in CENTRED or unit.centred else style.first_line if _is_indented(unit) else 0
    pieces = _wrapped(printed, lead, unit, style, language)
    last = len(pieces) - 1
    return [
        _Line(
            " " * (lead if index == 0 else 0) + _PRIVATE.sub(lambda match: _mark_of(match[0]), piece),
            index == 0,
            index == last,
            [_mark_of(char) for char in _PRIVATE.findall(piece)],
        )
        for index, piece in enumerate(pieces)
    ]


def _is_indented(unit: Unit) -> bool:
    # Numbered paragraphs and procedure stand flush left (TPNW/MSP/2025/7, CD/PV.1511).
    return unit.kind in INDENTED and not (unit.kind == "paragraph" and unit.number)


def _wrapped(printed: str, lead: int, unit: Unit, style: Style, language: str) -> list[str]:
    parts = [_MARK.sub(_mark_character, part.strip()) for part in printed.split("⏎")]
    if not style.wrapped:
        return parts
    limit = style.widths[language == "en"] - (8 if unit.kind in CENTRED else 0)
    lines: list[str] = []
    for part in parts:
        current, room = "", limit - (4 if lead and not lines else 0)
        for piece in _unbreakable(part, language):
            if current and _measure((current + piece).rstrip(_NO_START), style, language) > room:
                lines.append(current.rstrip())
                current, room = piece.lstrip(), limit
            else:
                current += piece
        lines.append(current.rstrip())
    return lines


def _unbreakable(text: str, language: str) -> list[str]:
    """The stretches of `text` between which a line may be broken."""
    pieces: list[str] = []
    glue = False
    for token in _TOKEN[language].findall(text):
        if pieces and (glue or (language == "zh" and (token in _NO_START or _PRIVATE.match(token)))):
            pieces[-1] += token
        else:
            pieces.append(token)
        glue = language == "zh" and token in _NO_END
    return pieces


def _mark_character(match: re.Match[str]) -> str:
    """A mark as one private-use character while lines are broken, so that none is broken inside it."""
    return chr(0xE100 + len(match[1]) if match[1].startswith("*") else 0xE000 + int(match[1]))


def _mark_of(char: str) -> str:
    code = ord(char) - 0xE000
    return "*" * (code - 0x100) if code > 0x100 else str(code)


def _brackets(text: str, style: Style, language: str) -> str:
    if language != "zh" or not style.full_width:
        return text
    return text.replace("(", "（").replace(")", "）")


def _pages(lines: list[_Line], feet: dict[str, list[_Line]], capacity: int | None) -> list[list[_Line]]:
    """Deal out the lines page by page: a note stands at the foot of the page that bears its mark, under a rule."""
    pages: list[tuple[list[_Line], list[_Line]]] = [([], [])]
    for line in lines:
        body, foot = pages[-1]
        extra = [note for mark in line.marks for note in feet.get(mark, [])]
        if capacity and body and len(body) + len(foot) + len(extra) >= capacity:
            body, foot = [], []
            pages.append((body, foot))
        body.append(line)
        foot += extra
    return [body + ([_Line(RULE, True, True), *foot] if foot else []) for body, foot in pages]


def _page(page: list[_Line], header: list[str], style: Style, number: int) -> str:
    above, below = (header, []) if style.furniture == "top" else ([], header)
    text = "\f" if number > 1 and style.feed else ""
    if above:
        text += "\n\n" + "".join(f"{line} \n\n" for line in above)
    for line, after in zip(page, [*page[1:], None], strict=True):
        text += line.text + _break(line, after, style)
    gap = "\n\n" if style.spacing == "double" else "\n"
    return text + ("\n" + "".join(f"{line}{gap}" for line in below) if below else "")


def _break(line: _Line, after: _Line | None, style: Style) -> str:
    if style.spacing == "double":
        return " \n\n" if line.last else "\n\n"
    unmarked = after is not None or (style.headers == "none" and not style.feed)
    return "\n\n" if style.spacing == "single" and line.last and unmarked else "\n"


def _header(number: int, total: int, style: Style, symbol: str, job: str) -> list[str]:
    if style.headers == "none" or number == 1 or (style.headers == "even" and number % 2):
        return []
    if style.footer == "newyork":
        return [symbol, f"{number}/{total} {job}" if number % 2 == 0 else f"{job} {number}/{total}"]
    return [symbol, f"{number} GE.{job}" if number % 2 == 0 else f"GE.{job} {number}"]


REAL = Style("real", page_lines=34)
STYLES: tuple[Style, ...] = (
    REAL,
    replace(REAL, name="real, even pages", headers="even"),
    replace(REAL, name="real, no furniture", headers="none"),
    replace(REAL, name="real, New York", footer="newyork"),
    replace(REAL, name="real, CRLF", newline="\r\n"),
    replace(REAL, name="real, full-width brackets", full_width=True),
    replace(REAL, name="real, no space beside digits", spaced_digits=False),
    replace(REAL, name="real, furniture at the foot", furniture="bottom"),
    replace(REAL, name="real, narrow", widths=(60, 70)),
    replace(REAL, name="real, wide", widths=(84, 104)),
    replace(REAL, name="real, proportional", proportional=True),
    replace(REAL, name="real, form feeds", feed=True),
    replace(REAL, name="real, wide indents", first_line=4, centre=16),
    Style("single", spacing="single", page_lines=46),
    Style("single, foot", spacing="single", page_lines=46, furniture="bottom"),
    Style("single, no indents", spacing="single", page_lines=46, first_line=0, centre=0),
    Style("single, proportional", spacing="single", page_lines=46, proportional=True),
    Style("single, form feeds", spacing="single", page_lines=46, feed=True, furniture="bottom", footer="newyork"),
    Style("single, four spaces", spacing="single", page_lines=46, first_line=4, centre=20),
    Style("tight", spacing="tight", page_lines=46),
    Style("tight, four spaces", spacing="tight", page_lines=46, first_line=4, centre=20),
    Style("tight, form feeds", spacing="tight", page_lines=46, feed=True, furniture="bottom"),
    Style("tight, CRLF, New York", spacing="tight", page_lines=46, newline="\r\n", footer="newyork"),
    Style("one paragraph a line", wrapped=False, spacing="tight"),
    Style("one paragraph a line, empty lines", wrapped=False, spacing="single"),
    Style("one paragraph a line, no indents", wrapped=False, spacing="tight", first_line=0, centre=0),
    Style("one paragraph a line, empty lines, no indents", wrapped=False, spacing="single", first_line=0, centre=0),
)
"""Every style in which the structure must come out the same."""

BARE = Style("tight, no indents", spacing="tight", page_lines=46, first_line=0, centre=0)
"""What plain text extraction from PDF gives: nothing but the lines; last lines that are full join what follows."""
