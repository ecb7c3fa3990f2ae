"""The root of a corpus: what its documents share, and the list of them."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from lxml import etree

from schemas.bodies import bodies
from schemas.languages import language_name
from schemas.states import states_and_organisations
from unbitext.tei.characters import append_text
from unbitext.tei.components import CorpusAlignment, CorpusDocument, Organisation, Speaker
from unbitext.tei.header import tei_language, write_application, write_extent, write_publication
from unbitext.tei.names import CORPUS_ID, TEI_NAMESPACE, XINCLUDE_NAMESPACE, XML_ID, XML_LANG, add
from unbitext.tei.relations import relations_between
from unbitext.tei.taxonomies import write_taxonomies

_STATE = "state."
_BODY = "body."
_NAME_LANGUAGES = ("en", "zh")


def encode_corpus(
    documents: Sequence[CorpusDocument], alignments: Sequence[CorpusAlignment], *, generator: str
) -> etree._Element:
    """Return the `<teiCorpus>` element of `corpus.xml`, which includes all components, sorted by id.

    The digest of each component's file stands beside its name, so that a changed byte is found.
    """
    documents = sorted(documents, key=lambda each: each.id)
    alignments = sorted(alignments, key=lambda each: each.id)
    root = etree.fromstring(f'<teiCorpus xmlns="{TEI_NAMESPACE}" xmlns:xi="{XINCLUDE_NAMESPACE}"/>')
    root.set(XML_ID, CORPUS_ID)
    root.set(XML_LANG, "en")
    header = add(root, "teiHeader")
    description = add(header, "fileDesc")
    add(add(description, "titleStmt"), "title", "Corpus of United Nations documents, aligned by sentences")
    write_extent(
        description,
        {
            "document": len(documents),
            "alignment": len(alignments),
            "sentence": sum(each.sentences for each in documents),
            "link": sum(each.links for each in alignments),
        },
    )
    write_publication(description, CORPUS_ID)
    files = [(f"documents/{each.id}.xml", each.sha256) for each in documents]
    files += [(f"alignments/{each.id}.xml", each.sha256) for each in alignments]
    sources = add(description, "sourceDesc")
    if files:
        listing = add(sources, "listBibl")
        for path, digest in files:
            bibl = add(listing, "bibl")
            add(bibl, "idno", digest, type="sha256")
            add(bibl, "ptr", target=quote(path))
        _write_relations(listing, documents)
    else:
        add(sources, "p", "No document yet.")
    encoding = add(header, "encodingDesc")
    add(
        add(encoding, "projectDesc"),
        "p",
        "Each component is a file; the digest in the list of sources is that of its bytes.",
    )
    write_taxonomies(add(encoding, "classDecl"), (code for each in documents for code in each.spoken_languages))
    write_application(encoding, generator)
    _write_profile(add(header, "profileDesc"), documents, alignments)
    for path, _ in files:
        etree.SubElement(root, f"{{{XINCLUDE_NAMESPACE}}}include").set("href", quote(path))
    return root


def _write_relations(listing: etree._Element, documents: Sequence[CorpusDocument]) -> None:
    if relations := relations_between(documents):
        written = add(listing, "listRelation", type="documents")
        for relation in relations:
            active, passive = (quote(f"documents/{each}.xml") for each in (relation.active, relation.passive))
            add(written, "relation", name=relation.name, active=active, passive=passive)


def _write_profile(
    profile: etree._Element, documents: Sequence[CorpusDocument], alignments: Sequence[CorpusAlignment]
) -> None:
    usage = add(profile, "langUsage")
    for language in sorted({each.language or "" for each in documents}) or [""]:
        add(usage, "language", language_name(language) or "unknown", ident=tei_language(language or None))
    participants = etree.Element("none")
    organisations = sorted(_organisations(documents).items())
    if organisations:
        listing = add(participants, "listOrg")
        for identifier, printed in organisations:
            _write_organisation(listing, identifier, printed)
    if any(each.speakers for each in documents):
        same = dict(_same_persons(documents, alignments))
        listing = add(participants, "listPerson")
        for document in documents:
            for speaker in document.speakers:
                _write_person(listing, document, speaker, same.get(speaker.id))
    if len(participants):
        add(profile, "particDesc").extend(participants)


def _organisations(documents: Sequence[CorpusDocument]) -> dict[str, list[tuple[str | None, Organisation]]]:
    found: dict[str, list[tuple[str | None, Organisation]]] = {}
    for document in documents:
        for organisation in document.organisations:
            found.setdefault(organisation.id, []).append((document.language, organisation))
    return found


def _write_organisation(
    parent: etree._Element, identifier: str, printed: Sequence[tuple[str | None, Organisation]]
) -> None:
    """Write the vocabulary's names; those printed where the vocabulary has none."""
    code = identifier.removeprefix(_STATE).removeprefix(_BODY)
    role = next((role for role in (_STATE, _BODY) if identifier.startswith(role)), "organisation.")
    known = bodies().get(code) if role == _BODY else states_and_organisations().get(code)
    element = add(parent, "org", role=role.removesuffix("."))
    element.set(XML_ID, identifier)
    names = {language: known.names(language)[0] for language in _NAME_LANGUAGES if known and known.names(language)}
    if not names:
        names = {language or "": organisation.name for language, organisation in reversed(printed)}
    for language, name in names.items():
        written = add(element, "orgName")
        written.set(XML_LANG, tei_language(language or None))
        append_text(written, name)
    if role == _STATE:
        add(element, "idno", code, type="ISO3166-1")


def _write_person(parent: etree._Element, document: CorpusDocument, speaker: Speaker, same: str | None) -> None:
    element = add(parent, "person", role=speaker.role.value, sameAs=f"#{same}" if same else None)
    element.set(XML_ID, speaker.id)
    name = add(element, "persName")
    name.set(XML_LANG, tei_language(document.language))
    append_text(name, speaker.name)
    if speaker.affiliation is not None:
        reference = f"#{speaker.organisation}" if speaker.organisation else None
        affiliation = add(element, "affiliation", ref=reference)
        affiliation.set(XML_LANG, tei_language(document.language))
        append_text(affiliation, speaker.affiliation)


def _same_persons(
    documents: Sequence[CorpusDocument], alignments: Sequence[CorpusAlignment]
) -> Iterator[tuple[str, str]]:
    """Yield the persons of translations with those of originals, where turn for turn the two agree.

    They agree if the same places in the sequence fall to one speaker, with the same role and the same affiliation's
    code: names cannot be compared between scripts.
    """
    by_id = {each.id: each for each in documents}
    for alignment in alignments:
        source, target = by_id.get(alignment.source), by_id.get(alignment.target)
        if source is None or target is None or source.turns != target.turns:
            continue
        pairs = list(zip(source.speakers, target.speakers, strict=True))
        if all((one.role, one.organisation) == (other.role, other.organisation) for one, other in pairs):
            yield from ((one.id, other.id) for one, other in pairs)
