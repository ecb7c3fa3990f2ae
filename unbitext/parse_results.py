"""Parsing each file once: what fetching has parsed, to see which document a file is, the build takes over.

The document lies in the cache under its bytes and what the parser was told, whatever the file was called, until a build
has made its own of it. A cache that cannot be written, or that was deleted, costs a second parse and nothing else.
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from parsers.parse import parse_bytes
from schemas.document import Document
from unbitext.code_version import code_version
from unbitext.store import Cache, digest

_PACKAGES = ("schemas", "parsers", "unbitext")
_KIND = "read"
_LONGEST_DAYS = 7.0


def results_version() -> str:
    """Tell the version of all that results in the cache depend on besides their inputs, as 64 hex digits."""
    # The TEI gives as the date of publication what SOURCE_DATE_EPOCH says, and nothing without it.
    return digest(code_version(*_PACKAGES), os.environ.get("SOURCE_DATE_EPOCH", ""))


class ParseResults:
    """Documents that were parsed and that no build has taken over yet."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    @classmethod
    def below(cls, state: Path) -> "ParseResults":
        """Those of a state folder, and of this version of the code."""
        return cls(Cache(state, results_version()))

    def parse(self, data: bytes, name: str, language: str | None) -> Document:
        """Parse bytes, or find what they were parsed to; the shape is `unbitext.sources.acceptance.Parse`.

        Raises `Refusal`.
        """
        found = sha256(data).hexdigest()
        document = self.find(found, name, None, language)
        if document is None:
            document = parse_bytes(data, name, language=language)
            with suppress(OSError):
                self._cache.put(_KIND, _key(found, None, language), document.model_dump_json().encode())
        return document

    def find(self, sha256: str, name: str, symbol: str | None, language: str | None) -> Document | None:
        """Find what bytes with this sha256 were parsed to, as the file called `name`; None where nobody has."""
        data = None
        with suppress(OSError):
            data = self._cache.get(_KIND, _key(sha256, symbol, language))
        if data is None:
            return None
        document = Document.model_validate_json(data)
        source = document.meta.source.model_copy(update={"file": name})
        return document.model_copy(update={"meta": document.meta.model_copy(update={"source": source})})

    def has(self, sha256: str, symbol: str | None, language: str | None) -> bool:
        """Whether there is anything to be found."""
        return self._cache.path(_KIND, _key(sha256, symbol, language)).exists()

    def taken_over(self, sha256: str, language: str | None) -> None:
        """Forget what bytes were parsed to: a build keeps what it has made of it."""
        for told in {None, language}:
            self._cache.drop(_KIND, _key(sha256, None, told))

    def drop_old(self) -> None:
        """Forget what no build has taken over for a week: files that were refused."""
        self._cache.drop_older(_KIND, _LONGEST_DAYS)


def _key(sha256: str, symbol: str | None, language: str | None) -> str:
    return digest("read", sha256, symbol or "", language or "")
