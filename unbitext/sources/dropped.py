"""One file of the watched folder: which document it is, by its text, else by its name."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from parsers.readers.files import read_regular
from schemas.document import Language
from schemas.fetching import FetchedFile
from schemas.findings import Finding
from unbitext.file_names import claimed_stem, name_claim
from unbitext.sources.acceptance import DROPPED_KINDS, Parse, Verdict, judge, sniff
from unbitext.sources.inbox_folder import shown_name

_NAME_IT = "name it after symbol and language, like CD_PV.1511.zh.pdf, and drop it again"


class Dropped(NamedTuple):
    """A file with its bytes, its verdict, and the document that it is; null where neither text nor name tells.

    The verdict refuses what has no symbol or no language, too.
    """

    data: bytes
    file: FetchedFile
    verdict: Verdict
    symbol: str | None
    language: Language | None
    findings: tuple[Finding, ...]


def look_at(path: Path, now: datetime, parse: Parse, largest_bytes: int) -> Dropped:
    """Read a dropped file and say what it is; the text wins over the name.

    Raises `OSError` where it cannot be read, or is no file of at most so many bytes any more.
    """
    data = read_regular(path, largest_bytes, through_links=False)
    name = shown_name(path)
    file = FetchedFile(
        sha256=sha256(data).hexdigest(),
        size_bytes=len(data),
        media_type=sniff(data),
        retrieved_at=now.replace(microsecond=0),
        name=name,
    )
    claim = name_claim(name)
    verdict = judge(data, None, None, parse, DROPPED_KINDS, hint=claim.language)
    findings = list(verdict.findings)
    if verdict.code is None and verdict.symbol is None and claim.symbol:
        findings.append(Finding.info("symbol-from-name", f"the text prints no symbol; {name} gives {claim.symbol}"))
    if verdict.symbol and claim.symbol and verdict.symbol != claim.symbol:
        message = f"the text prints {verdict.symbol}, and the file is named {name}: the text wins"
        findings.append(Finding.warning("symbol-differs", message))
    if verdict.language and claim.language and verdict.language != claim.language:
        message = f"the text is in {verdict.language}, and the file is named {name}: the text wins"
        findings.append(Finding.warning("language-differs", message))
    symbol, language = verdict.symbol or claim.symbol, verdict.language or claim.language
    if verdict.code is None and (symbol is None or language is None):
        verdict = _nameless(verdict, name, "language-needed" if symbol else "symbol-needed")
    elif "--" in verdict.remedy:
        # What a flag could tell of one document, a file of the inbox tells by its name.
        verdict = verdict._replace(remedy=_NAME_IT)
    return Dropped(data, file, verdict, symbol, language, tuple(findings))


def _nameless(verdict: Verdict, name: str, code: str) -> Verdict:
    what = code.removesuffix("-needed")
    meant = claimed_stem(name)
    named = f"{meant}, as the file is named, is none" if code == "symbol-needed" else "the file's name gives none"
    return verdict._replace(code=code, message=f"the text prints no {what}, and {named}", remedy=_NAME_IT)
