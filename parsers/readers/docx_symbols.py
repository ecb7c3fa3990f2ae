"""Characters of symbol fonts, which a Word file names by font and code, as the Unicode characters that they show."""

import re

SYMBOL_FONTS = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"})
BULLET = "•"

# The encoding of Adobe's Symbol font, from 0x20 and from 0xA0; a space stands where it has no character.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
# Of Wingdings what lists, forms and tables use.
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒",
    0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA3: "◉",
    0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
} | {0x80 + index: char for index, char in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x97: "●"}
_SYMBOL = {0x20 + index: char for index, char in enumerate(_SYMBOL_LOW)} | {
    0xA0 + index: char for index, char in enumerate(_SYMBOL_HIGH) if char != " "
}
_TABLES = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = range(0xF020, 0xF100)
_PRIVATE_CODES = re.compile("[\uf020-\uf0ff]")


def symbol(font: str | None, code: int) -> str | None:
    """The character that `font` shows for `code`; None where that is not known.

    Word writes the codes of symbol fonts with 0xF000 added (ECMA-376 part 1, 17.3.3.30).
    """
    name = (font or "").lower()
    table = _TABLES.get(name)
    low = code - 0xF000 if code in _PRIVATE else code
    if table is not None:
        return table.get(low)
    if name in SYMBOL_FONTS or code in _PRIVATE or not _is_character(code):
        return None
    return chr(code)


def from_symbol_font(text: str, font: str | None) -> str:
    """Text that is set in a symbol font: what it shows, where that is known, else the text itself."""
    name = (font or "").lower()
    if name not in SYMBOL_FONTS and not _PRIVATE_CODES.search(text):
        return text
    # Private codes without a font are those of Symbol, which Word falls back to.
    font = font if name in SYMBOL_FONTS else "symbol"
    return "".join(symbol(font, ord(char)) or char for char in text)


def bullet(text: str, font: str | None) -> str:
    """The mark of a list without numbers: what a symbol font shows, else the bullet."""
    shown = from_symbol_font(text, font).strip()
    if shown == "o":
        # The letter that Word's second level sets in Courier is a ring.
        return "○"
    return shown if shown and not any(0xE000 <= ord(char) <= 0xF8FF for char in shown) else BULLET


def _is_character(code: int) -> bool:
    return 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
