"""The header of a document: what its masthead says, where it came from, how it was encoded."""

import os
import re
from datetime import UTC, date, datetime
from urllib.parse import quote

from lxml import etree

from schemas import SCHEMA_VERSION
from schemas.bodies import body_of_symbol
from schemas.document import Document, Meta
from schemas.ids import document_stem
from schemas.languages import bcp47, language_name
from schemas.relations import relation_of
from unbitext.tei.characters import append_text
from unbitext.tei.names import CORPUS_FILE, RELATION_NAMES, Names, add
from unbitext.tei.pointers import GENRE, PREFIX, ROOT_POINTER

PUBLISHER = "unbitext"
LICENCE = "The terms of use of the source apply to the text."
ROOT_PATTERN = r"([A-Za-z0-9._\-]+)"
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){0,3}")

DISTRIBUTIONS: dict[str, tuple[str, ...]] = {
    "general": ("general", "普遍", "générale", "общая", "общ.", "عام"),
    "limited": ("limited", "限量", "limitée", "limitada", "ограниченная", "محدود"),
    "restricted": ("restricted", "限制", "内部", "restreinte", "reservada", "для ограниченного пользования", "مقيد"),
    "provisional": ("provisional", "临时", "provisoire", "предварительная", "مؤقت"),
}
"""The kinds of distribution of the Editorial Manual, with the words that mastheads print for them."""

_NORMALISATION = (
    "The text is in Unicode NFC. Line breaks of the source are joined, and white space is reduced to single spaces; "
    "in Chinese text none stands between Han characters and letters or digits. Quotation marks, dashes and full-width "
    "forms stay as printed. Characters as read, where they differ, are in the notes of type orig in the standOff part."
)
_SEGMENTATION = (
    "s is a sentence. An incident is a unit of its own: TEI has no s in desc. Labels and footnote marks are no part of "
    "the text; @n is the number without punctuation, label the printed form."
)
_HYPHENATION = (
    "A line that ends in a hyphen joins the next one without a space and keeps its hyphen, unless the document itself "
    "writes the word without; a finding says so."
)


def write_header(document: Document, names: Names, generator: str) -> etree._Element:
    """Make the teiHeader. `generator` is a name and a version, such as `unbitext 0.1.0`."""
    header = add(etree.Element("none"), "teiHeader")
    description = add(header, "fileDesc")
    meta = document.meta
    language = tei_language(meta.language)
    name = "-".join(meta.symbols) or document_stem(document)
    titles = add(description, "titleStmt")
    append_text(add(titles, "title", type="main"), meta.title or name)
    append_text(add(titles, "title", type="sub"), f"{name} ({language})")
    write_extent(
        description,
        {
            "page": meta.source.pages,
            "turn": len(document.turns),
            "block": len(document.blocks),
            "sentence": sum(len(block.sentences) for block in document.blocks),
        },
    )
    write_publication(description, names.document)
    _write_source(add(description, "sourceDesc"), document)
    encoding = add(header, "encodingDesc")
    add(add(encoding, "projectDesc"), "p", "Component of a corpus of United Nations documents and their originals.")
    editorial = add(encoding, "editorialDecl")
    add(add(editorial, "normalization"), "p", _NORMALISATION)
    add(add(editorial, "segmentation"), "p", _SEGMENTATION)
    add(add(editorial, "hyphenation", eol="some"), "p", _HYPHENATION)
    prefixes = add(encoding, "listPrefixDef")
    write_prefix(prefixes, PREFIX, ROOT_PATTERN, f"../{CORPUS_FILE}#$1", "Into the root of the corpus.")
    write_application(encoding, generator)
    profile = add(header, "profileDesc")
    add(add(profile, "langUsage"), "language", language_name(meta.language or "") or "unknown", ident=language)
    classes = add(profile, "textClass")
    add(classes, "catRef", scheme=f"{ROOT_POINTER}tax.genre", target=GENRE + meta.genre.value)
    if (kind := distribution_kind(meta.distribution)) is not None:
        add(classes, "catRef", scheme=f"{ROOT_POINTER}tax.distribution", target=f"{ROOT_POINTER}distribution.{kind}")
    return header


def tei_language(language: str | None) -> str:
    """Give the tag that TEI carries for a language of the model: `zh-Hans`; `und` where it is not known."""
    return "und" if language is None else bcp47(language)


def distribution_kind(printed: str | None) -> str | None:
    """Tell the kind of distribution from the word that a masthead prints, None if the word is not known."""
    words = (printed or "").casefold()
    return next((kind for kind, known in DISTRIBUTIONS.items() if any(word in words for word in known)), None)


def write_extent(parent: etree._Element, counts: dict[str, int | None]) -> None:
    """Write the counts that are known, one `<measure>` each."""
    extent = add(parent, "extent")
    for unit, quantity in counts.items():
        if quantity is not None:
            add(extent, "measure", unit=unit, quantity=str(quantity))


def write_publication(parent: etree._Element, identifier: str) -> None:
    """Write who publishes it, and when: only if SOURCE_DATE_EPOCH says so, never by the clock."""
    statement = add(parent, "publicationStmt")
    add(statement, "publisher", PUBLISHER)
    add(statement, "idno", f"urn:x-unbitext:{identifier}", type="URI")
    add(add(statement, "availability", status="restricted"), "p", LICENCE)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        add(statement, "date", when=datetime.fromtimestamp(int(epoch), UTC).date().isoformat())


def write_prefix(parent: etree._Element, ident: str, pattern: str, replacement: str, meaning: str) -> None:
    """Declare what a prefix of pointers stands for."""
    definition = add(parent, "prefixDef", ident=ident, matchPattern=pattern, replacementPattern=replacement)
    add(definition, "p", meaning)


def write_application(parent: etree._Element, generator: str) -> None:
    """Say what wrote the file, and by which version of the model."""
    ident, _, version = generator.partition(" ")
    number = _VERSION.match(version)  # TEI has no place for what follows the numbers (0.1.0.dev1+g1a2b3c)
    application = add(add(parent, "appInfo"), "application", ident=ident, version=number.group() if number else "0")
    add(application, "label", generator)
    add(application, "p", f"Version {SCHEMA_VERSION} of the document model.")


def _write_source(parent: etree._Element, document: Document) -> None:
    meta = document.meta
    source = meta.source
    bibl = add(parent, "bibl", type="source")
    _write(bibl, "title", meta.title)
    _write(bibl, "author", meta.submitter)
    for symbol in meta.symbols:
        _write(bibl, "idno", symbol, type="symbol")
    _write(bibl, "idno", meta.job_number, type="jobNumber")
    _write(bibl, "idno", source.sha256, type="sha256")
    _write(bibl, "idno", source.url, type="URI")
    _write_meeting(bibl, meta)
    if meta.dates.issued is not None:
        add(bibl, "date", type="issued", when=meta.dates.issued.isoformat())
    if source.retrieved_at is not None:
        add(bibl, "date", type="retrieved", when=source.retrieved_at.isoformat())
    if source.pages is not None:
        add(add(bibl, "extent"), "measure", unit="page", quantity=str(source.pages))
    _write(bibl, "note", meta.distribution, type="distribution")
    _write(bibl, "note", meta.reissued, type="reissue")
    for item in meta.agenda_items:
        _write(bibl, "note", item, type="agendaItem")
    add(bibl, "textLang", mainLang=tei_language(meta.language))
    add(bibl, "ptr", target=quote(source.file, errors="surrogatepass"), mimeType=source.media_type)
    if meta.original_language is not None:
        original = add(add(bibl, "relatedItem", type="original"), "bibl")
        add(original, "textLang", mainLang=tei_language(meta.original_language))
    for relation in filter(None, map(relation_of, meta.symbols)):
        related = add(add(bibl, "relatedItem", type=RELATION_NAMES[relation.kind]), "bibl")
        _write(related, "idno", relation.of, type="symbol")
    for digest in source.replaces:
        add(add(add(bibl, "relatedItem", type="replaces"), "bibl"), "idno", digest, type="sha256")


def _write(parent: etree._Element, name: str, text: str | None, **attributes: str) -> None:
    if text is not None:
        append_text(add(parent, name, None, **attributes), text)


def _write_meeting(bibl: etree._Element, meta: Meta) -> None:
    period = meta.dates.meeting
    if all(each is None for each in (period, meta.body, meta.meeting_number, meta.session, meta.place, meta.chair)):
        return
    number = str(meta.meeting_number) if meta.meeting_number is not None else None
    meeting = add(bibl, "meeting", n=number)
    if meta.body is not None:
        known = body_of_symbol(meta.symbols[0]) if meta.symbols else None
        reference = f"{ROOT_POINTER}body.{known.code}" if known else None
        append_text(add(meeting, "orgName", role="body", ref=reference), meta.body)
    _write(meeting, "name", meta.session, type="session")
    _write(meeting, "name", meta.place, type="place")
    if period is not None:
        add(meeting, "date", **_period(period.from_, period.to))
    if meta.chair is not None:
        _write(meeting, "persName", meta.chair.name, role="chair")
        _write(meeting, "orgName", meta.chair.affiliation, role="chair")


def _period(first: date, last: date) -> dict[str, str]:
    return {"when": first.isoformat()} if first == last else {"from": first.isoformat(), "to": last.isoformat()}
