"""One file of the watched folder: which document it is, by its text, else by its name."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from schemas.document import Language
from schemas.fetching import FetchedFile
from schemas.findings import Finding
from unbitext.inputs import name_claim
from unbitext.sources.acceptance import DROPPED_KINDS, Parse, Verdict, judge, sniff


class Dropped(NamedTuple):
    """A file with its bytes, its verdict, and the document that it is; null where neither text nor name tells."""

    data: bytes
    file: FetchedFile
    verdict: Verdict
    symbol: str | None
    language: Language | None
    findings: tuple[Finding, ...]


def shown_name(path: Path) -> str:
    """The name of a file as it can be written down: bytes that are no text, and control characters, are marked."""
    return "".join(character if character.isprintable() else "\ufffd" for character in path.name)


def look_at(path: Path, now: datetime, parse: Parse) -> Dropped:
    """Read a dropped file and say what it is; the text wins over the name. Raises `OSError` where it cannot be read."""
    data = path.read_bytes()
    name = shown_name(path)
    file = FetchedFile(
        sha256=sha256(data).hexdigest(),
        size_bytes=len(data),
        media_type=sniff(data),
        retrieved_at=now.replace(microsecond=0),
        name=name,
    )
    verdict = judge(data, None, None, parse, DROPPED_KINDS)
    claim = name_claim(name)
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
    return Dropped(data, file, verdict, symbol, language, tuple(findings))
