"""The header of a document, read back into its metadata."""

from datetime import date, datetime
from urllib.parse import unquote

from lxml import etree

from schemas.document import Chair, DateRange, Dates, Genre, Meta
from schemas.languages import languages
from schemas.source import SourceFile
from unbitext.tei.characters import read_text
from unbitext.tei.names import NAMESPACES, XML_LANG, EncodingError
from unbitext.tei.pointers import GENRE

_BIBL = "tei:teiHeader/tei:fileDesc/tei:sourceDesc/tei:bibl[@type='source']"


def read_meta(root: etree._Element) -> Meta:
    """Return the metadata that the header of a `<TEI>` holds.

    Raises EncodingError where the description of the source is missing; pydantic's ValidationError for bad values.
    """
    bibl = root.find(_BIBL, NAMESPACES)
    if bibl is None:
        raise EncodingError("the header describes no source")
    genre = _attribute(root, "tei:teiHeader/tei:profileDesc/tei:textClass/tei:catRef[1]", "target")
    issued = _attribute(bibl, "tei:date[@type='issued']", "when")
    number = _attribute(bibl, "tei:meeting", "n")
    original = _attribute(bibl, "tei:relatedItem[@type='original']/tei:bibl/tei:textLang", "mainLang")
    return Meta.model_validate(
        {
            "symbols": tuple(read_text(each) for each in bibl.findall("tei:idno[@type='symbol']", NAMESPACES)),
            "language": _model_language(root.get(XML_LANG)),
            "original_language": _model_language(original),
            "genre": Genre((genre or "").removeprefix(GENRE)),
            "title": _text(bibl, "tei:title"),
            "submitter": _text(bibl, "tei:author"),
            "session": _text(bibl, "tei:meeting/tei:name[@type='session']"),
            "place": _text(bibl, "tei:meeting/tei:name[@type='place']"),
            "distribution": _text(bibl, "tei:note[@type='distribution']"),
            "job_number": _text(bibl, "tei:idno[@type='jobNumber']"),
            "reissued": _text(bibl, "tei:note[@type='reissue']"),
            "body": _text(bibl, "tei:meeting/tei:orgName[@role='body']"),
            "meeting_number": int(number) if number is not None else None,
            "dates": Dates(issued=date.fromisoformat(issued) if issued else None, meeting=_period(bibl)),
            "agenda_items": tuple(read_text(each) for each in bibl.findall("tei:note[@type='agendaItem']", NAMESPACES)),
            "chair": _chair(bibl),
            "source": _source(bibl),
        }
    )


def _source(bibl: etree._Element) -> SourceFile:
    retrieved = _attribute(bibl, "tei:date[@type='retrieved']", "when")
    pages = _attribute(bibl, "tei:extent/tei:measure[@unit='page']", "quantity")
    return SourceFile(
        file=unquote(_attribute(bibl, "tei:ptr", "target") or "", errors="surrogatepass"),
        sha256=_text(bibl, "tei:idno[@type='sha256']") or "",
        media_type=_attribute(bibl, "tei:ptr", "mimeType") or "",
        pages=int(pages) if pages is not None else None,
        url=_text(bibl, "tei:idno[@type='URI']"),
        retrieved_at=datetime.fromisoformat(retrieved) if retrieved is not None else None,
        replaces=tuple(
            read_text(each) for each in bibl.findall("tei:relatedItem[@type='replaces']/tei:bibl/tei:idno", NAMESPACES)
        ),
    )


def _period(bibl: etree._Element) -> DateRange | None:
    path = "tei:meeting/tei:date"
    day = _attribute(bibl, path, "when")
    first, last = _attribute(bibl, path, "from") or day, _attribute(bibl, path, "to") or day
    if first is None or last is None:
        return None
    return DateRange.model_validate({"from": first, "to": last})


def _chair(bibl: etree._Element) -> Chair | None:
    name = _text(bibl, "tei:meeting/tei:persName[@role='chair']")
    return (
        Chair(name=name, affiliation=_text(bibl, "tei:meeting/tei:orgName[@role='chair']"))
        if name is not None
        else None
    )


def _text(parent: etree._Element, path: str) -> str | None:
    found = parent.find(path, NAMESPACES)
    return read_text(found) if found is not None else None


def _attribute(parent: etree._Element, path: str, name: str) -> str | None:
    found = parent.find(path, NAMESPACES)
    return found.get(name) if found is not None else None


def _model_language(tagged: str | None) -> str | None:
    if tagged in (None, "und"):
        return None
    return next((code for code, entry in languages().items() if entry.bcp47 == tagged), tagged)
