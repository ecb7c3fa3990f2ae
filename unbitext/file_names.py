"""What a file's name says of the document in it."""

import re

from schemas.base import Model
from schemas.document import Document, Language
from schemas.ids import is_symbol, stem_to_symbol

_NAME = re.compile(r"(?P<stem>.+?)(?:\.(?P<language>zh|en|fr|es|ru|ar))?\.[A-Za-z0-9]+", re.DOTALL)


class NameClaim(Model):
    """What a file's name says: `CD_PV.1511.zh.txt` is CD/PV.1511 in Chinese. None where it says nothing."""

    symbol: str | None = None
    language: Language | None = None


def claimed_stem(name: str) -> str:
    """Give what a file's name would be as a symbol, whether it is one or not: `X_8.zh.txt` gives X/8."""
    match = _NAME.fullmatch(name)
    return stem_to_symbol(match["stem"] if match else name)


def name_claim(name: str) -> NameClaim:
    """Read a file's name, without folders; a stem that is no UN symbol says nothing of the symbol."""
    match = _NAME.fullmatch(name)
    if match is None:
        return NameClaim()
    symbol = stem_to_symbol(match["stem"])
    return NameClaim.model_validate({"symbol": symbol if is_symbol(symbol) else None, "language": match["language"]})


def language_of_name(document: Document, name: str) -> Language | None:
    """The language to parse a file in once more: where the text is too short to tell its own, the name may."""
    doubtful = any(finding.code == "language-doubtful" for finding in document.findings)
    return name_claim(name).language if doubtful else None
