"""Text into elements and out of them, characters that XML cannot carry included."""

import re

from lxml import etree

from unbitext.tei.names import add, tag

# XML 1.0, production [2] Char: these may not occur in a document, not even as character references.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODE_POINT = re.compile(r"U\+([0-9A-F]{4,6})")


def is_legal(text: str) -> bool:
    """Whether XML can carry every character of `text`."""
    return _FORBIDDEN.search(text) is None


def append_text(parent: etree._Element, text: str) -> None:
    """Append text to what `parent` holds.

    A character that XML forbids becomes `<g type="forbidden" n="U+000C"/>`.
    """
    position = 0
    for match in _FORBIDDEN.finditer(text):
        _append(parent, text[position : match.start()])
        add(parent, "g", type="forbidden", n=f"U+{ord(match.group()):04X}")
        position = match.end()
    _append(parent, text[position:])


def _append(parent: etree._Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def read_text(element: etree._Element) -> str:
    """Return all text of an element, tags within it ignored, `<g>` turned back into its character."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == tag("g"):
            pieces.append(character_of(child))
        elif isinstance(child.tag, str):
            pieces.append(read_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def character_of(element: etree._Element) -> str:
    """Return the character that a `<g>` stands for, U+FFFD if it does not say."""
    match = _CODE_POINT.fullmatch(element.get("n", ""))
    return chr(int(match.group(1), 16)) if match else "\ufffd"
