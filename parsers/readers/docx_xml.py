"""WordprocessingML as a tree: names by prefix, parsing that trusts nothing, the Strict dialect as the usual one."""

import re
from functools import lru_cache

from lxml import etree

from parsers.errors import Refusal
from parsers.readers.untrusted_xml import untrusted_parser

Element = etree._Element

MAX_TAGS = 3_000_000
"""The longest reports stay under a million tags; a tree of more fills the memory."""

_OFFICE = "http://schemas.openxmlformats.org/"
NAMESPACES = {
    "w": f"{_OFFICE}wordprocessingml/2006/main",
    "r": f"{_OFFICE}officeDocument/2006/relationships",
    "m": f"{_OFFICE}officeDocument/2006/math",
    "mc": f"{_OFFICE}markup-compatibility/2006",
    "ct": f"{_OFFICE}package/2006/content-types",
    "pr": f"{_OFFICE}package/2006/relationships",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
# ISO/IEC 29500 Strict names the same elements in namespaces of its own.
_STRICT = re.compile(r"^\{http://purl\.oclc\.org/ooxml/(?P<path>[^}]+)\}")
_STRICT_PATHS = {
    "wordprocessingml/main": NAMESPACES["w"],
    "officeDocument/relationships": NAMESPACES["r"],
    "officeDocument/math": NAMESPACES["m"],
}
# Shapes of these versions of Word are understood; of others the fallback is read.
_UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "wpi", "a14"})
_OFF = frozenset({"0", "false", "off"})


@lru_cache(maxsize=512)
def qn(name: str) -> str:
    """The qualified name that lxml uses: `w:p` is `{http://...}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def parse_xml(data: bytes, part: str) -> Element:
    """The root of a part. Raises `Refusal` for damaged XML, for a document type, for depth and size beyond reason."""
    if b"<!DOCTYPE" in data:
        raise _unsafe(part)
    if data.count(b"<") > MAX_TAGS:
        raise Refusal(
            "word-too-large",
            f"{part} has more than {MAX_TAGS:,} tags",
            "check that the file is one document; save it again with Word",
        )
    try:
        root = etree.fromstring(data, untrusted_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(f"{part} is no well-formed XML ({error})") from None
    if root.getroottree().docinfo.internalDTD is not None:  # an encoding can hide it from the search above
        raise _unsafe(part)
    if _STRICT.match(root.tag):
        _make_transitional(root)
    return root


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return None if element is None else element.find(qn(name))


def value(element: Element | None, name: str = "w:val") -> str | None:
    """An attribute; None where the element or the attribute is missing."""
    if element is None:
        return None
    found = element.get(qn(name))
    return None if found is None else str(found)


def integer(element: Element | None, name: str = "w:val") -> int | None:
    """An attribute as a whole number; None where it is none, or longer than any that Word writes."""
    text = value(element, name)
    if text is None or not re.fullmatch(r"[+-]?\d{1,9}(?:\.\d{1,6})?", text, re.ASCII):
        return None
    return int(float(text))


def is_on(element: Element | None) -> bool | None:
    """A property that is on by being there, unless its value says off; None where it is missing."""
    return None if element is None else value(element) not in _OFF


def chosen_branch(element: Element) -> Element | None:
    """The branch of a choice that Word would take: the first whose extensions are understood, else the fallback."""
    for branch in element.iterchildren(qn("mc:Choice")):
        if set((branch.get("Requires") or "").split()) <= _UNDERSTOOD:
            return branch
    return child(element, "mc:Fallback")


def damaged(why: str) -> Refusal:
    """The refusal of a file that Word itself would not open."""
    return Refusal("word-damaged", f"the Word file is damaged: {why}", "fetch the file again, or repair it with Word")


def _unsafe(part: str) -> Refusal:
    return Refusal(
        "word-unsafe-xml",
        f"{part} declares a document type, which no Word file does and attacks need",
        "do not trust the file; fetch it again from the United Nations",
    )


def _make_transitional(root: Element) -> None:
    for element in root.iter(etree.Element):
        element.tag = _transitional(str(element.tag))
        for name in [name for name in element.attrib if _STRICT.match(str(name))]:
            element.set(_transitional(str(name)), str(element.attrib.pop(name)))


def _transitional(name: str) -> str:
    match = _STRICT.match(name)
    namespace = _STRICT_PATHS.get(match["path"]) if match else None
    return f"{{{namespace}}}{name[match.end() :]}" if match and namespace else name
