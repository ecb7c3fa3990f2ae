"""What a file says of itself, and the pointers with which it leads into other files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from unbitext.tei.grammars import kind_of
from unbitext.tei.names import NAMESPACES, XML_ID, line_of, local_name, tag

_POINTERS = ("target", "who", "ana", "ref", "scheme")
UNITS = ("document", "alignment", "sentence", "link")


@dataclass(frozen=True)
class Pointer:
    """A pointer with a prefix: its line, the file it leads into (relative to its own), and the id there."""

    line: int
    text: str
    path: str
    id: str


@dataclass(frozen=True)
class Link:
    """A link of an alignment: its pointers, without `#null`."""

    line: int
    pointers: tuple[Pointer, ...]


@dataclass
class Facts:
    """What the checks between files need to know of one file; the tree itself is not kept.

    `path` is relative to the folder of the root. `ids` gives the line of each xml:id; `sentences` those that are link
    targets. Of the root, only `ids` and `counts` are there; the files that it names are in the ledger.
    """

    path: str
    kind: str
    ids: Mapping[str, int] = field(default_factory=dict)
    sentences: frozenset[str] = frozenset()
    pointers: list[Pointer] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sides: list[tuple[int, str, str]] = field(default_factory=list)
    source_digest: str = ""
    counts: dict[str, tuple[int, str]] = field(default_factory=dict)
    links_line: int = 1


def read_facts(tree: etree._ElementTree, path: str) -> Facts:
    """Collect the facts of a component; what it lacks, valid or not, is simply not among them."""
    root = tree.getroot()
    ids: dict[str, int] = {}
    facts = Facts(path, kind_of(root), ids)
    prefixes = dict(_prefixes(root))
    sentences = []
    for element in root.iter(etree.Element):
        line = line_of(element)
        identifier = element.get(XML_ID)
        name = local_name(element)
        if identifier is not None:
            ids[identifier] = line
            if name in ("s", "incident"):
                sentences.append(identifier)
        if name == "link":
            facts.links.append(Link(line, tuple(_resolve(element, ("target",), prefixes))))
        elif name == "linkGrp":
            facts.links_line = line
        else:
            facts.pointers.extend(_resolve(element, _POINTERS, prefixes))
    facts.sentences = frozenset(sentences)
    _read_sources(root, facts)
    return facts


def _prefixes(root: etree._Element) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each prefix with the file and the beginning of the id that its pattern makes of `$1`."""
    for definition in root.iterfind(".//tei:prefixDef", NAMESPACES):
        path, _, beginning = definition.get("replacementPattern", "").partition("#")
        yield definition.get("ident", ""), (unquote(path), beginning.removesuffix("$1"))


def _resolve(
    element: etree._Element, attributes: tuple[str, ...], prefixes: dict[str, tuple[str, str]]
) -> Iterator[Pointer]:
    for attribute in attributes:
        for text in element.get(attribute, "").split():
            prefix, colon, local = text.partition(":")
            if colon and prefix in prefixes:
                path, beginning = prefixes[prefix]
                yield Pointer(line_of(element), text, path, beginning + local)


def _read_sources(root: etree._Element, facts: Facts) -> None:
    for bibl in root.iterfind("tei:teiHeader/tei:fileDesc/tei:sourceDesc//tei:bibl", NAMESPACES):
        digest = bibl.findtext("tei:idno[@type='sha256']", "", NAMESPACES)
        pointer = bibl.find("tei:ptr", NAMESPACES)
        if pointer is None:
            continue
        target = unquote(pointer.get("target", ""))
        if facts.kind == "alignment":
            facts.sides.append((line_of(pointer), target, digest))
        elif bibl.get("type") == "source" and bibl.tag == tag("bibl"):
            facts.source_digest = digest
