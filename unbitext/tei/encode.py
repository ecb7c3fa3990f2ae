"""A document into TEI."""

from lxml import etree

from schemas.document import Document
from schemas.ids import document_id
from unbitext.tei.body import BodyWriter
from unbitext.tei.fields import Fields, write_findings
from unbitext.tei.header import tei_language, write_header
from unbitext.tei.legality import check_encodable
from unbitext.tei.names import XML_ID, XML_LANG, Names, add, new_root
from unbitext.tei.zones import ZoneWriter


def encode_document(document: Document, *, generator: str) -> etree._Element:
    """Return the `<TEI>` element of a document; `decode_document` gives back exactly this document.

    `generator` names what made it, with its version (`unbitext 0.1.0`). Nothing depends on the clock.

    Raises EncodingError if the document breaks a rule of `check_encodable`.
    """
    check_encodable(document)
    names = Names(document_id(document))
    root = new_root("TEI")
    root.set(XML_ID, names.document)
    root.set(XML_LANG, tei_language(document.meta.language))
    if document.meta.symbols:
        root.set("n", "-".join(document.meta.symbols))
    root.append(write_header(document, names, generator))
    text = add(root, "text")
    text.set(XML_LANG, tei_language(document.meta.language))
    fields, zones = Fields(names), ZoneWriter(document, names)
    BodyWriter(document, names, fields, zones).write(add(text, "body"))
    known = {block.id for block in document.blocks}
    known.update(sentence.id for block in document.blocks for sentence in block.sentences)
    findings = write_findings(document, names, known.__contains__)
    lists = [*fields.lists(), *([findings] if findings is not None else [])]
    if lists:
        add(root, "standOff").extend(lists)
    if (facsimile := zones.facsimile()) is not None:
        root.append(facsimile)
    return root
