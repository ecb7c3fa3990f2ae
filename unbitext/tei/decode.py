"""TEI back into a document."""

from lxml import etree

from schemas.document import Document
from unbitext.tei.body_reader import BodyReader
from unbitext.tei.fields import KnownFields, read_findings
from unbitext.tei.header_reader import read_meta
from unbitext.tei.names import NAMESPACES, XML_ID, EncodingError, Names, tag
from unbitext.tei.zones import ZoneReader


def decode_document(element: etree._Element) -> Document:
    """Return the document that a `<TEI>` element of this project's encoding stands for.

    Raises EncodingError for what `encode_document` never writes. Valid files (`unbitext.tei.validate`) raise nothing.
    """
    identifier = element.get(XML_ID)
    body = element.find("tei:text/tei:body", NAMESPACES)
    if element.tag != tag("TEI") or identifier is None or body is None:
        raise EncodingError("not the <TEI> element of a document")
    names = Names(identifier)
    stand_off = element.find("tei:standOff", NAMESPACES)
    zones = ZoneReader(element.find("tei:facsimile", NAMESPACES))
    reader = BodyReader(names, KnownFields(stand_off, names), zones)
    reader.read(body)
    return Document(
        meta=read_meta(element),
        blocks=reader.blocks,
        turns=reader.turns,
        furniture=reader.furniture,
        pages=zones.pages,
        findings=read_findings(stand_off, names),
    )
