"""Whether a file is what was asked for: of a kind that is read, complete, in that language, with that symbol in it."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from parsers.errors import Refusal
from parsers.parse import parse_bytes
from parsers.readers.media_types import DOC, DOCX
from parsers.readers.read import TEXT, media_type
from schemas.document import Document, Kind, Language
from schemas.findings import Finding, Severity
from schemas.ids import find_symbols, strip_reissue, symbol_to_stem
from unbitext.outcome import listed_remedy
from unbitext.sources.answers import is_html

PDF = "application/pdf"
HTML = "text/html"
OTHER = "application/octet-stream"

FETCHED_KINDS = (PDF, DOCX, DOC)
"""What the document service sends. A text from there is a message of the server's, not a document."""

DROPPED_KINDS = (*FETCHED_KINDS, TEXT)
"""What a person may drop."""

Parse = Callable[[bytes, str, str | None], Document]
"""Parses bytes under a name, in a language or (None) in the one they are found to be in. Raises `Refusal`."""

_UNKNOWN = (b"\xffWPC", b"{\\rtf")
_CALLED = {PDF: ("pdf",), DOCX: ("word", "officedocument", "zip"), DOC: ("word",), TEXT: ("text",)}
_CALLED_NOTHING = ("octet-stream", "binary", "unknown", "download")


class Verdict(NamedTuple):
    """`code`, `message` and `remedy` say why a file is not accepted and are empty where it is.

    `symbol` and `language` are what the file bears, as far as that was found out; `findings` are for the catalogue.
    """

    code: str | None = None
    message: str = ""
    remedy: str = ""
    symbol: str | None = None
    language: Language | None = None
    findings: tuple[Finding, ...] = ()


def sniff(data: bytes) -> str:
    """The media type that bytes are, by themselves; `application/octet-stream` for what is not known."""
    if is_html(data):
        return HTML
    if data.startswith(_UNKNOWN):
        return OTHER
    found = media_type(data)
    return OTHER if found == TEXT and b"\0" in data[:4096] else found


def plain_parse(data: bytes, name: str, language: str | None) -> Document:
    """Parse without any cache."""
    return parse_bytes(data, name, language=language)


def judge(
    data: bytes,
    symbol: str | None,
    language: Language | None,
    parse: Parse = plain_parse,
    kinds: Sequence[str] = FETCHED_KINDS,
    *,
    hint: Language | None = None,
) -> Verdict:
    """Say whether bytes are the document with this symbol in this language; null where any will do.

    `hint` is the language of a text that is too short to tell it, where any will do.
    """
    kind = sniff(data)
    if kind not in kinds:
        code = "html-page" if kind == HTML else "unsupported-format"
        return _refused(code, "this is a web page" if kind == HTML else f"this is {_name(data)}, which is not read")
    name = f"{symbol_to_stem(symbol or 'document')}.{language or 'und'}"
    try:
        document = parse(data, name, None)
        told = language or hint
        if told and document.meta.language != told and _is_too_short(document):
            document = parse(data, name, told)
    except Refusal as refusal:
        return Verdict(refusal.code, refusal.message, refusal.remedy)
    except Exception as error:  # a bad file costs that file, never the run
        return _refused("internal-error", f"the program failed on this file: {type(error).__name__}: {error}")
    return _compare(document, symbol, language)


def content_type_finding(content_type: str | None, kind: str) -> Finding | None:
    """A note where the server's name for a file does not go with what it is."""
    called = (content_type or "").partition(";")[0].strip().lower()
    if not called or any(word in called for word in (*_CALLED.get(kind, ()), *_CALLED_NOTHING)):
        return None
    return Finding.info("content-type-differs", f"the server calls the file {called}, and it is {kind}")


def _compare(document: Document, symbol: str | None, language: Language | None) -> Verdict:
    meta = document.meta
    borne = meta.symbols[0] if meta.symbols else None
    if symbol and meta.symbols and _plain(symbol) not in _printed(document):
        message = f"the file bears {', '.join(meta.symbols)}, not {symbol}"
        return _refused("wrong-document", message, borne, meta.language)
    if language and meta.language != language:
        message = f"the file is in {meta.language}, not in {language}"
        return _refused("wrong-language", message, borne, meta.language)
    findings: tuple[Finding, ...] = ()
    if symbol and not meta.symbols:
        findings = (Finding.info("symbol-missing", f"the text prints no symbol; it was asked for as {symbol}"),)
    return Verdict(symbol=borne, language=meta.language, findings=findings)


def _printed(document: Document) -> set[str]:
    """Every symbol that the masthead and the running headers print: one document can bear several."""
    texts = [block.orig for block in document.blocks if block.kind is Kind.MASTHEAD]
    texts += [piece.orig for piece in document.furniture]
    return {_plain(found) for found in (*document.meta.symbols, *(one for text in texts for one in find_symbols(text)))}


def _plain(symbol: str) -> str:
    """A symbol without what printing varies: reissue marks, spaces, small and capital letters."""
    return re.sub(r"\s+", "", strip_reissue(symbol)).casefold()


def _is_too_short(document: Document) -> bool:
    return any(one.code == "language-doubtful" and one.severity is Severity.WARNING for one in document.findings)


def _refused(code: str, message: str, symbol: str | None = None, language: Language | None = None) -> Verdict:
    return Verdict(code, message, listed_remedy(code), symbol, language)


def _name(data: bytes) -> str:
    if data.startswith(b"\xffWPC"):
        return "a WordPerfect file"
    return "an RTF file" if data.startswith(b"{\\rtf") else "a file of an unknown kind"
