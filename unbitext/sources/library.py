"""What the UN Digital Library notes of a document, in MARCXML or Dublin Core.

MARC: 191$a symbols, 245$a$b title, 269$a date, 856$u addresses of files, 993$a symbols of related documents. Dublin
Core has all of them as `identifier`, with `title` and `date`. A file's address tells its language: `.../A_79_1-ZH.pdf`.
"""

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from schemas.document import Language
from schemas.ids import is_symbol, split_symbols, strip_reissue
from schemas.relations import Relation, RelationKind, relation_of

Element = etree._Element

MARC = "{http://www.loc.gov/MARC21/slim}"
DC = "{http://purl.org/dc/elements/1.1/}"

_LANGUAGES: dict[str, Language] = {code.upper(): code for code in ("ar", "zh", "en", "fr", "ru", "es")}
_LANGUAGE = re.compile(r"[-_](?P<code>AR|ZH|EN|FR|RU|ES)\.(?:pdf|docx?)(?:[?#].*)?$", re.IGNORECASE)
_UNENCRYPTED = re.compile(r"^http://(?=(?:[a-z0-9-]+\.)*un\.org/)", re.IGNORECASE)
_DATE = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-?(?P<month>[0-9]{2})(?:-?(?P<day>[0-9]{2}))?)?")


class Note(NamedTuple):
    """What the library notes of a document: symbols, title, date where the day is given, files by language."""

    symbols: tuple[str, ...]
    title: str | None
    issued: date | None
    files: dict[Language, tuple[str, ...]]
    relations: tuple[Relation, ...]


def read_note(metadata: Element) -> Note:
    """Read MARCXML (a record, or a collection of one) or Dublin Core; what is not there is empty."""
    inner = metadata.find(f"{MARC}record")
    metadata = metadata if inner is None else inner
    if metadata.tag == f"{MARC}record" or metadata.find(f"{MARC}datafield") is not None:
        symbols, related = _marc(metadata, "191", "a"), _marc(metadata, "993", "a")
        titles = [
            " ".join(filter(None, (_marc_one(field, "a"), _marc_one(field, "b")))) for field in _fields(metadata, "245")
        ]
        dates, urls = _marc(metadata, "269", "a"), _marc(metadata, "856", "u")
    else:
        named = _dublin_core(metadata, "identifier")
        urls = [one for one in named if re.match(r"https?://", one)]
        symbols, related = [one for one in named if one not in urls], []
        titles, dates = _dublin_core(metadata, "title"), _dublin_core(metadata, "date")
    known = tuple(dict.fromkeys(symbol for text in symbols for symbol in split_symbols(text)))
    return Note(
        symbols=known,
        title=next((_title(title) for title in titles if title), None),
        issued=next((found for text in dates if (found := _date(text))), None),
        files=_by_language(urls),
        relations=_relations(known, related),
    )


def _fields(record: Element, tag: str) -> list[Element]:
    return [field for field in record.findall(f"{MARC}datafield") if field.get("tag") == tag]


def _marc(record: Element, tag: str, code: str) -> list[str]:
    return [text for field in _fields(record, tag) for text in _subfields(field, code)]


def _marc_one(field: Element, code: str) -> str:
    return next(iter(_subfields(field, code)), "")


def _subfields(field: Element, code: str) -> list[str]:
    found = (part for part in field.findall(f"{MARC}subfield") if part.get("code") == code)
    return [text for part in found if (text := _text(part))]


def _dublin_core(metadata: Element, name: str) -> list[str]:
    found = (_text(part) for part in metadata.iter(f"{DC}{name}"))
    return [text for text in found if text]


def _text(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _title(text: str) -> str:
    """A title without the punctuation by which MARC sets off what follows."""
    return re.sub(r"\s*[:/]\s*$", "", text).strip()


def _date(text: str) -> date | None:
    match = _DATE.fullmatch(text.strip().strip("[]."))
    if match is None or match["day"] is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _by_language(urls: list[str]) -> dict[Language, tuple[str, ...]]:
    files: dict[Language, tuple[str, ...]] = {}
    for url in urls:
        if match := _LANGUAGE.search(unquote(url)):
            language = _LANGUAGES[match["code"].upper()]
            # Old records give addresses without encryption, which the hosts redirect.
            secure = _UNENCRYPTED.sub("https://", url)
            files[language] = (*files.get(language, ()), secure)
    return files


def _relations(symbols: tuple[str, ...], related: list[str]) -> tuple[Relation, ...]:
    """What the symbols themselves tell, and what the library adds."""
    own = [relation for symbol in symbols if (relation := relation_of(symbol))]
    named = [strip_reissue(text) for text in related]
    known = {relation.of for relation in own} | set(symbols)
    others = [symbol for symbol in dict.fromkeys(named) if is_symbol(symbol) and symbol not in known]
    return (*own, *(Relation(kind=RelationKind.RELATED, of=symbol) for symbol in others))
