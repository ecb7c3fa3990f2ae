"""Links between the sentences of two documents, as a TEI file of their own."""

from collections.abc import Sequence
from urllib.parse import quote, unquote

from lxml import etree

from schemas.bitext import DocumentPair, Link, is_persons
from schemas.document import Document, Kind
from schemas.findings import Finding, Severity
from schemas.ids import LANGUAGE_UNKNOWN, document_id, document_stem
from unbitext.tei.characters import append_text, is_legal, read_text
from unbitext.tei.header import tei_language, write_application, write_extent, write_publication
from unbitext.tei.names import NAMESPACES, XML_ID, XML_LANG, EncodingError, Names, add, line_of, named, new_root, tag

EMPTY = "#null"
"""What stands for the side of a link that has no sentence; an annotation of this id says so in each file."""

KIND_SEPARATOR = "+"
LOCAL_PATTERN = r"([A-Za-z0-9._\-]+)"

_PROJECT = (
    "link/@type gives the numbers of sentences on the two sides, source before target; @subtype the kinds of block "
    "they belong to; @cert the score between 0 and 1; @resp the method, where it is not that of the whole group: a "
    "program, or a person who fixed or confirmed the link."
)

_PERSON = "a reader of both texts"


def alignment_id(pair: DocumentPair) -> str:
    """Name the alignment of a pair: `CD_PV.1511.zh-en`."""
    source, target = _prefixes(pair)
    return f"{document_stem(pair.source)}.{source}-{target}"


def encode_alignment(pair: DocumentPair, links: Sequence[Link], *, generator: str) -> etree._Element:
    """Return the `<TEI>` element that holds the links of a pair, in their order; `decode_alignment` gives them back.

    Raises EncodingError for a link without any sentence, or one whose score is not between 0 and 1.
    """
    name = alignment_id(pair)
    names = Names(name)
    root = new_root("TEI")
    root.set(XML_ID, name)
    root.set(XML_LANG, "en")
    if pair.source.meta.symbols:
        root.set("n", "-".join(pair.source.meta.symbols))
    # The group names the first, which is to be the aligner's where it made any link.
    methods = sorted(dict.fromkeys(link.method for link in links), key=is_persons)
    root.append(_header(pair, names, len(links), methods, generator))
    stand_off = add(root, "standOff")
    stand_off.set(XML_ID, names.full("links"))
    prefixes = _prefixes(pair)
    domains = " ".join(f"{document_url(side)}#{document_id(side)}" for side in (pair.source, pair.target))
    if links:
        group = add(stand_off, "linkGrp", type="alignment", subtype="sentence", domains=domains)
        group.set("targFunc", "source target")
        group.set("resp", names.pointer("method.1"))
        for number, link in enumerate(links, 1):
            _write_link(group, link, number, methods, prefixes, names)
    _write_annotations(stand_off, links, names)
    return root


def document_url(document: Document) -> str:
    """Point from an alignment's folder to a document's file."""
    return f"../documents/{quote(document_id(document))}.xml"


def _prefixes(pair: DocumentPair) -> tuple[str, str]:
    source = pair.source.meta.language or LANGUAGE_UNKNOWN
    target = pair.target.meta.language or LANGUAGE_UNKNOWN
    return (source, target) if source != target else (f"{source}1", f"{target}2")


def _header(pair: DocumentPair, names: Names, links: int, methods: Sequence[str], generator: str) -> etree._Element:
    header = add(etree.Element("none"), "teiHeader")
    description = add(header, "fileDesc")
    prefixes = _prefixes(pair)
    title = "-".join(pair.source.meta.symbols) or document_stem(pair.source)
    statement = add(description, "titleStmt")
    append_text(add(statement, "title"), f"{title}: alignment {' - '.join(prefixes)}")
    write_extent(description, {"link": links})
    write_publication(description, names.document)
    sources = add(description, "sourceDesc")
    for side in (pair.source, pair.target):
        bibl = add(sources, "bibl")
        add(bibl, "idno", side.meta.source.sha256, type="sha256")
        add(bibl, "textLang", mainLang=tei_language(side.meta.language))
        add(bibl, "ptr", target=document_url(side))
    encoding = add(header, "encodingDesc")
    add(add(encoding, "projectDesc"), "p", _PROJECT)
    declarations = add(encoding, "listPrefixDef")
    for prefix, side in zip(prefixes, (pair.source, pair.target), strict=True):
        replacement = f"{document_url(side)}#{document_id(side)}.$1"
        definition = add(declarations, "prefixDef", ident=prefix, matchPattern=LOCAL_PATTERN)
        definition.set("replacementPattern", replacement)
        add(definition, "p", f"Sentences and incidents of {document_id(side)}.")
    write_application(encoding, generator)
    information = encoding[-1]
    for number, method in enumerate(methods, 1):
        if is_persons(method):
            responsible = add(statement, "respStmt")
            append_text(add(responsible, "resp"), method)
            add(responsible, "name", _PERSON)
        else:
            responsible = add(information, "application", ident="align", version="0")
            append_text(add(responsible, "label"), method)
        responsible.set(XML_ID, names.full(f"method.{number}"))
    return header


def _write_link(
    group: etree._Element,
    link: Link,
    number: int,
    methods: Sequence[str],
    prefixes: tuple[str, str],
    names: Names,
) -> None:
    if not link.source_ids and not link.target_ids:
        raise EncodingError(f"link {number} has no sentence on either side")
    if not 0 <= link.score <= 1:
        raise EncodingError(f"link {number} has the score {link.score}")
    if not is_legal(link.method):
        raise EncodingError(f"the method of link {number} holds a character that XML forbids")
    source = [f"{prefixes[0]}:{identifier}" for identifier in link.source_ids] or [EMPTY]
    target = [f"{prefixes[1]}:{identifier}" for identifier in link.target_ids] or [EMPTY]
    method = methods.index(link.method) + 1
    element = add(
        group,
        "link",
        type=link.type,
        subtype=KIND_SEPARATOR.join(link.kinds) or None,
        target=" ".join([*source, *target]),
        cert=repr(link.score),
        resp=names.pointer(f"method.{method}") if method > 1 else None,
    )
    element.set(XML_ID, names.full(f"l{number}"))


def _write_annotations(stand_off: etree._Element, links: Sequence[Link], names: Names) -> None:
    holder = add(stand_off, "listAnnotation", type="null")
    empty = add(holder, "annotation", target=names.pointer("links"))
    empty.set(XML_ID, EMPTY.removeprefix("#"))
    add(empty, "note", "Nothing on this side.")
    findings = add(etree.Element("none"), "listAnnotation", type="findings")
    for number, link in enumerate(links, 1):
        for finding in link.findings:
            note = add(findings, "note", type=finding.code, subtype=finding.severity.value)
            note.set("target", names.pointer(f"l{number}"))
            note.set("n", finding.where)
            append_text(note, finding.message)
    if len(findings):
        stand_off.append(findings)


def decode_alignment(element: etree._Element) -> list[Link]:
    """Return the links of an alignment file, in order.

    Raises EncodingError for what `encode_alignment` never writes.
    """
    identifier = element.get(XML_ID)
    prefixes = [each.get("ident", "") for each in element.iter(tag("prefixDef"))]
    stand_off = element.find("tei:standOff", NAMESPACES)
    if element.tag != tag("TEI") or identifier is None or stand_off is None or len(prefixes) != 2:
        raise EncodingError("not the <TEI> element of an alignment")
    methods = {
        f"#{responsible.get(XML_ID)}": "".join(map(read_text, named(responsible, label)))
        for name, label in (("application", "label"), ("respStmt", "resp"))
        for responsible in element.iter(tag(name))
    }
    findings: dict[str, list[Finding]] = {}
    for note in stand_off.iterfind("tei:listAnnotation[@type='findings']/tei:note", NAMESPACES):
        findings.setdefault(note.get("target", ""), []).append(_read_finding(note))
    return [
        _read_link(link, group.get("resp", ""), methods, prefixes, findings)
        for group in named(stand_off, "linkGrp")
        for link in named(group, "link")
    ]


def read_sides(element: etree._Element) -> tuple[str, str]:
    """Return the ids of the two documents (`STEM.LANG`) that an alignment file, or its header alone, is about.

    Raises EncodingError where it does not name two.
    """
    pointers = element.findall("tei:teiHeader/tei:fileDesc/tei:sourceDesc/tei:bibl/tei:ptr", NAMESPACES)
    sides = [unquote(each.get("target", "")).rpartition("/")[2].removesuffix(".xml") for each in pointers]
    if len(sides) != 2 or not all(sides):
        raise EncodingError(f"an alignment is of two documents, and this names {len(sides)}")
    return sides[0], sides[1]


def _read_finding(note: etree._Element) -> Finding:
    return Finding(
        code=note.get("type", ""),
        severity=Severity(note.get("subtype", "")),
        where=note.get("n", ""),
        message=read_text(note),
    )


def _read_link(
    link: etree._Element,
    method: str,
    methods: dict[str, str],
    prefixes: Sequence[str],
    findings: dict[str, list[Finding]],
) -> Link:
    sides: tuple[list[str], list[str]] = ([], [])
    for pointer in link.get("target", "").split():
        prefix, _, identifier = pointer.partition(":")
        if prefix in prefixes:
            sides[prefixes.index(prefix)].append(identifier)
        elif pointer != EMPTY:
            raise EncodingError(f"line {line_of(link)}: no prefix of {pointer!r} is declared")
    subtype = link.get("subtype")
    return Link(
        source_ids=tuple(sides[0]),
        target_ids=tuple(sides[1]),
        kinds=tuple(Kind(kind) for kind in subtype.split(KIND_SEPARATOR)) if subtype else (),
        score=float(link.get("cert", "nan")),
        method=methods[link.get("resp", method)],
        findings=tuple(findings.get(f"#{link.get(XML_ID)}", ())),
    )
