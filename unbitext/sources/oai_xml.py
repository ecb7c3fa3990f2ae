"""What an OAI-PMH answer says: records, the token of the next page, errors. Nothing in the XML is trusted."""

from typing import NamedTuple

from lxml import etree

from parsers.readers.untrusted_xml import untrusted_parser

Element = etree._Element

OAI = "{http://www.openarchives.org/OAI/2.0/}"

MAX_TAGS = 1_000_000
"""A page of a thousand MARC records stays below a hundred thousand tags."""


class OaiAnswerError(ValueError):
    """The answer is no OAI-PMH answer that can be used; the message says why."""


class OaiRecord(NamedTuple):
    """One record: its header, and its metadata where it has any (a deleted one has none)."""

    identifier: str
    datestamp: str
    deleted: bool
    metadata: Element | None


class OaiPage(NamedTuple):
    """One answer: its records, the token of the next page (None at the end), error code and message or empty."""

    records: tuple[OaiRecord, ...]
    token: str | None
    error: str = ""
    message: str = ""


def parse_page(data: bytes) -> OaiPage:
    """Read an answer. Raises `OaiAnswerError` for what is no OAI-PMH, or declares a document type."""
    root = _parse(data)
    if root.tag != f"{OAI}OAI-PMH":
        raise OaiAnswerError(f"the answer is no OAI-PMH but {etree.QName(root).localname!r}")
    if (error := root.find(f"{OAI}error")) is not None:
        return OaiPage((), None, error.get("code") or "unknown", (error.text or "").strip())
    listed = root.find(f"{OAI}ListRecords")
    if listed is None:
        raise OaiAnswerError("the answer holds neither records nor an error")
    records = tuple(record for found in listed.findall(f"{OAI}record") if (record := _record(found)))
    token = (listed.findtext(f"{OAI}resumptionToken") or "").strip()
    return OaiPage(records, token or None)


def _parse(data: bytes) -> Element:
    if data.count(b"<") > MAX_TAGS:
        raise OaiAnswerError(f"the answer has more than {MAX_TAGS:,} tags")
    try:
        root = etree.fromstring(data, untrusted_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OaiAnswerError(f"the answer is no well-formed XML: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise OaiAnswerError("the answer declares a document type, which OAI-PMH never does")
    return root


def _record(record: Element) -> OaiRecord | None:
    header = record.find(f"{OAI}header")
    if header is None:
        return None
    identifier = (header.findtext(f"{OAI}identifier") or "").strip()
    metadata = record.find(f"{OAI}metadata")
    return OaiRecord(
        identifier=identifier,
        datestamp=(header.findtext(f"{OAI}datestamp") or "").strip(),
        deleted=header.get("status") == "deleted",
        metadata=metadata[0] if metadata is not None and len(metadata) else None,
    )
