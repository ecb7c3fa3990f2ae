"""How the dumps of real documents are laid out: lines, pages, page furniture, notes at the foot.

Measured on real dumps: one visual line, then an empty one; a Chinese line holds 36 Han characters (72 columns), an
English one 88; one leading space is a first-line indent, two a centred line; the top of a page has one more where no
running header is printed, and there the Chinese dumps have no empty line before it.
"""

import re
import unicodedata
from dataclasses import dataclass

MARK = re.compile("[\ue000-\ue1ff]")
WIDTHS = {"zh": 72, "en": 88}
NOTE_WIDTHS = {"zh": 90, "en": 100}
RULE = "__________________"
# No line begins with one of these, none ends with one of those (Chinese typesetting, GB/T 15834).
CLOSERS = "，。；：、！？”’）》…)—―％%·"
OPENERS = "（《“‘(["
ZH_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9./:,'’*-]*|\s+|.", re.DOTALL)


@dataclass
class Line:
    """A visual line; `start` and `end` count the unit's characters before it and up to its end.

    Label, marks and white space are left out of the count.
    """

    text: str
    unit: int
    start: int
    end: int
    kind: str
    first: bool = True
    last: bool = True


def compact(text: str) -> str:
    """Take out the white space."""
    return "".join(text.split())


def mark_character(mark: str) -> str:
    """Write a note mark as one private-use character, so that it is never taken for text."""
    return chr(0xE100 + len(mark) if mark.startswith("*") else 0xE000 + int(mark))


def mark_of(char: str) -> str:
    """Undo `mark_character`."""
    code = ord(char) - 0xE000
    return "*" * (code - 0x100) if code >= 0x100 else str(code)


def show_marks(text: str) -> str:
    """Print the marks as the dumps have them: glued to what precedes, and a space after one behind a comma."""
    text = re.sub("(?<=[，；])([\ue000-\ue0ff])(?=[\u4e00-\u9fff])", r"\1 ", text)
    return MARK.sub(lambda m: mark_of(m[0]), text)


def width(text: str, language: str) -> int:
    """Count columns: in Chinese a Han character or a mark of punctuation takes two."""
    wide = "WFA" if language == "zh" else "WF"
    return sum(2 if unicodedata.east_asian_width(c) in wide and not MARK.match(c) else 1 for c in text)


def _pieces(text: str, language: str) -> list[str]:
    """Cut into what may not be broken, with the white space before it."""
    if language == "en":
        return [piece for word in re.findall(r"\s*\S+", text) for piece in re.findall(r".+?[a-z]-(?=[a-z])|.+", word)]
    pieces: list[str] = []
    glue = False
    for token in ZH_TOKEN.findall(text):
        if pieces and (glue or token in CLOSERS or MARK.match(token)):
            pieces[-1] += token
        else:
            pieces.append(token)
        glue = token.isspace() or token in OPENERS
    return pieces


def wrap(label: str, text: str, language: str, indent: int, unit: int, kind: str) -> list[Line]:
    """Break a paragraph into lines; `⏎` forces a break; spaces at a line's end are dropped."""
    limit = (NOTE_WIDTHS if kind == "footnote" else WIDTHS)[language]
    if language == "zh" and kind in ("title", "heading", "quote"):
        limit -= 8
    # A first-line indent is two characters wide on the page, though the dump prints one space.
    margin = 4 if language == "zh" and indent == 1 else indent
    lines: list[str] = []
    for part in (label + text).split("⏎"):
        current, room = "", limit - (0 if lines else margin)
        for piece in _pieces(part, language):
            leader = "...." in part
            if current and not leader and width(current + piece.rstrip(CLOSERS), language) > room:
                lines.append(current.rstrip())
                current, room = piece.lstrip(), limit
            else:
                current += piece
        lines.append(current.rstrip())
    out: list[Line] = []
    seen = -len(compact(label))
    for n, line in enumerate(lines):
        shown = " " * indent + line if n == 0 else line
        end = seen + len(compact(MARK.sub("", line)))
        out.append(Line(shown, unit, max(seen, 0), max(end, 0), kind, n == 0, n == len(lines) - 1))
        seen = end
    return out


def _header(settings: dict[str, str], language: str, page: int, total: int) -> list[str]:
    """Word the running header and footer that the dump prints at the top of a page."""
    symbol, job = settings["symbol"], settings["job"]
    if settings["style"] == "newyork":
        return [symbol, f"{job} ({'C' if language == 'zh' else 'E'}) {page}/{total}"]
    return [symbol, f"{page} {job}" if page % 2 == 0 else f"{job} {page}"]


def _fill(body: list[Line], notes: dict[str, list[Line]], capacity: int) -> list[tuple[list[Line], list[Line]]]:
    """Deal out (lines, notes) page by page: a note stands at the foot of the page that bears its mark."""
    out: list[tuple[list[Line], list[Line]]] = [([], [])]
    for line in body:
        lines, foot = out[-1]
        extra = [note for char in MARK.findall(line.text) for note in notes.get(mark_of(char), [])]
        if line.kind == "page" or (lines and len(lines) + len(foot) + len(extra) >= capacity):
            out.append(([], []))
            lines, foot = out[-1]
        if line.kind != "page":
            lines.append(line)
            foot += extra
    return out


def pages(
    body: list[Line], notes: dict[str, list[Line]], language: str, settings: dict[str, str]
) -> tuple[str, list[tuple[int, int | None, str]]]:
    """Write the dump, and its page furniture as (unit it follows, characters of the unit before it or None, text)."""
    zh = language == "zh"
    capacity = dict(pair.split("=") for pair in settings.get("lines", "zh=37 en=46").split())
    filled = _fill(body, notes, int(capacity[language]))
    shown = settings.get("headers", "2 4 6 8 10 12 14 16 18 20").split()
    furniture: list[tuple[int, int | None, str]] = []
    text = ""
    before = body[0]
    for number, (lines, foot) in enumerate(filled, 1):
        if number > 1 and str(number) in shown:
            text += _header_text(header := _header(settings, language, number, len(filled)), zh, settings["style"])
            furniture += [(before.unit, None if before.last else lines[0].start, item) for item in header]
        elif number > 1:
            text = (text.removesuffix("\n") if zh else text) + " "
        for line in lines:
            text += _printed(line, zh)
        before = lines[-1]
        if foot:
            # Dumps lose the rule above a reissue note, which stands alone on the first page.
            if not all(line.first and line.text.lstrip().startswith("*") for line in foot):
                text += RULE + (" " if zh else "") + "\n\n"
                furniture.append((before.unit, None if before.last else before.end, RULE))
            text += "".join(_printed(line, zh) for line in foot)
    return text + ("\n\n" if zh else ""), furniture


def _printed(line: Line, zh: bool) -> str:
    """Write a line as the dump has it: in Chinese the last of a paragraph ends in a space."""
    if line.kind == "spacer":
        return "  \n\n" if zh else ""
    return line.text + (" " if zh and line.last else "") + "\n\n"


def _header_text(header: list[str], zh: bool, style: str) -> str:
    if zh and style == "newyork":
        return f"\n\n{header[0]}   \n\n \n\n{header[1]} \n\n \n\n"
    if zh:
        return f"\n\n{header[0]} \n\n{header[1]} \n\n"
    return f"\n\n{header[0]}\n\n\n\n{header[1]}\n\n\n\n"
