"""The names that TEI and XML give to things, how elements are made, and how ids are put together."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from schemas.relations import RelationKind

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
XINCLUDE_NAMESPACE = "http://www.w3.org/2001/XInclude"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {"tei": TEI_NAMESPACE, "xi": XINCLUDE_NAMESPACE}

CORPUS_FILE = "corpus.xml"
CORPUS_ID = "corpus"

RESERVED_PREFIXES = ("page.", "turn.", "zone.")
"""How the ids begin that the encoder makes itself; no block or sentence has one like it."""

RELATION_NAMES = {
    RelationKind.REVISION: "supersedes",
    RelationKind.CORRIGENDUM: "corrects",
    RelationKind.ADDENDUM: "supplements",
}
"""What TEI carries: a verb, for the active side is the later document."""


class EncodingError(ValueError):
    """The document or the element cannot be turned into the other; the message says which part and why."""


def tag(name: str) -> str:
    """Qualify the name of a TEI element."""
    return f"{{{TEI_NAMESPACE}}}{name}"


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def add(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str | None) -> etree._Element:
    """Append a TEI element with attributes (those that are None fall) and, if given, legal text."""
    element = etree.SubElement(parent, tag(name))
    for key, value in attributes.items():
        if value is not None:
            element.set(key, value)
    element.text = text
    return element


def line_of(element: etree._Element) -> int:
    """Return the line an element begins in, 1 where it was not read from a file."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def new_root(name: str) -> etree._Element:
    """Make the root element of a file, with TEI as the default namespace."""
    return etree.fromstring(f'<{name} xmlns="{TEI_NAMESPACE}"/>')


def named(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of the given TEI names, in order."""
    tags = {tag(name) for name in names}
    return (child for child in element if child.tag in tags)


@dataclass(frozen=True)
class Names:
    """Ids of one document: everything in it carries its `STEM.LANG.` before the id it has in the model."""

    document: str

    def full(self, local: str) -> str:
        """Return the xml:id of a block, a sentence, a turn."""
        return f"{self.document}.{local}"

    def pointer(self, local: str) -> str:
        """Return a pointer within the same file."""
        return f"#{self.document}.{local}"

    def local(self, full: str) -> str:
        """Undo `full` or `pointer`.

        Raises EncodingError for an id of another document.
        """
        prefix = f"{self.document}."
        bare = full.removeprefix("#")
        if not bare.startswith(prefix):
            raise EncodingError(f"{full!r} does not begin with {prefix!r}")
        return bare[len(prefix) :]
