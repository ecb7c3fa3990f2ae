"""The UN's services, and the hosts that may be asked: theirs, or those that the settings name in their place."""

from typing import NamedTuple, Self
from urllib.parse import quote, urlencode

from schemas.document import Language
from schemas.settings import Settings
from unbitext.sources.urls import Allowed

ODS_URL = "https://documents.un.org/api/symbol/access"
OAI_URL = "https://digitallibrary.un.org/oai2d"

_DOMAIN = "un.org"
_UNASKABLE = frozenset("^[]")


class Services(NamedTuple):
    """Where to ask for documents (`ods_url`) and for news (`oai_url`), and all hosts that may be asked.

    Redirects lead from one host of un.org to another, so all of them are allowed - unless the settings name another
    document service: then that one alone is asked, and a test server cannot lead to the real ones.
    """

    ods_url: str
    oai_url: str
    allowed: Allowed

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take them from the settings. Raises `ForbiddenUrlError` where an address there is none."""
        ods, oai = settings.ods_url or ODS_URL, settings.oai_url or OAI_URL
        domains = () if settings.ods_url else (_DOMAIN,)
        return cls(ods, oai, Allowed((ods, oai), domains))

    def document_url(self, symbol: str, language: Language, form: str) -> str:
        """The address of a document in a language; `form` is `pdf` or `doc`. Check `is_askable` first."""
        query = urlencode({"s": symbol, "l": language, "t": form}, quote_via=quote, safe="")
        return f"{self.ods_url}{'&' if '?' in self.ods_url else '?'}{query}"


def is_askable(symbol: str) -> bool:
    """Whether the document service understands a symbol: `^`, `[` and `]` break its call, however they are written."""
    return not _UNASKABLE & set(symbol)
