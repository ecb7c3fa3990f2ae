"""Bytes of a TEI file: the same element gives the same bytes, and white space never enters a text."""

from copy import deepcopy

from lxml import etree

from unbitext.tei.names import XML_ID, XML_LANG, local_name

_INDENT = "  "

STRUCTURAL = frozenset(
    {
        "TEI", "teiCorpus", "teiHeader", "fileDesc", "titleStmt", "extent", "publicationStmt", "availability",
        "sourceDesc", "bibl", "listBibl", "meeting", "relatedItem", "encodingDesc", "projectDesc", "editorialDecl",
        "normalization", "segmentation", "hyphenation", "listPrefixDef", "prefixDef", "appInfo", "application",
        "classDecl", "taxonomy", "category", "profileDesc", "langUsage", "textClass", "particDesc", "listOrg", "org",
        "listPerson", "person", "text", "body", "div", "u", "list", "table", "row", "closer", "incident", "standOff",
        "listAnnotation", "linkGrp", "facsimile", "surface",
    }
)  # fmt: skip
"""Elements whose children alone matter: white space between them is layout. No other element gets any."""

_FIRST = (XML_ID, XML_LANG, "type", "subtype", "n")


def serialize(element: etree._Element, *, spent: bool = False) -> bytes:
    """Return the file: UTF-8, one structural element a line, indented by two spaces, a line feed at the end.

    Text stands as it is, white space at its ends included: no element that holds text is indented inside. An
    element that is `spent`, which nobody uses after this, is laid out itself and not a copy of it: half the memory.
    """
    copy = element if spent else deepcopy(element)
    _lay_out(copy, 0)
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        + etree.tostring(copy, encoding="UTF-8", xml_declaration=False)
        + b"\n"
    )


def _lay_out(element: etree._Element, depth: int) -> None:
    _order_attributes(element)
    if not len(element):
        return
    structural = _is_structural(element)
    for child in element:
        _lay_out(child, depth + 1 if structural else depth)
        if structural:
            child.tail = "\n" + _INDENT * (depth + 1)
    if structural:
        element.text = "\n" + _INDENT * (depth + 1)
        element[-1].tail = "\n" + _INDENT * depth


def _is_structural(element: etree._Element) -> bool:
    name = local_name(element)
    return name in STRUCTURAL or (name == "seg" and element.get("type") in ("list", "quote", "table"))


def _order_attributes(element: etree._Element) -> None:
    if not isinstance(element.tag, str) or len(element.attrib) < 2:
        return
    items = sorted(
        element.attrib.items(), key=lambda item: (_FIRST.index(item[0]) if item[0] in _FIRST else 9, item[0])
    )
    element.attrib.clear()
    element.attrib.update(items)
