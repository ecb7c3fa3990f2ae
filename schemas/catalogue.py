"""What is known of each document in each language, whether its file is here or not: its state, and how it came to be.

The models of the catalogue (`unbitext.catalogue`). Times are UTC, in whole seconds.
"""

from datetime import datetime
from enum import StrEnum

from schemas.base import Model
from schemas.document import Language
from schemas.fetching import FetchedFile
from schemas.findings import Finding


class DocumentState(StrEnum):
    """How far a document has come in one language."""

    WANTED = "wanted"
    """Known of, or asked for, and not looked for yet; or the last look did not come through."""
    ABSENT = "absent"
    """Looked for, and not there: there is a next look."""
    FETCHED = "fetched"
    """Its file is in the store, and no build has used it yet."""
    REFUSED = "refused"
    """What came, or what was made of it, cannot be used; the code of a finding says why."""
    STRUCTURED = "structured"
    """In the corpus: an original, or a translation that was not aligned because the two are no translation."""
    WAITING = "waiting"
    """In the corpus: a translation whose original is not there."""
    ALIGNED = "aligned"
    """In the corpus, aligned with its original (or, for an original, with a translation)."""
    SUPERSEDED = "superseded"
    """In the corpus, and so is a revision of it in the same language."""


IN_CORPUS = frozenset(
    {DocumentState.STRUCTURED, DocumentState.WAITING, DocumentState.ALIGNED, DocumentState.SUPERSEDED}
)
"""The states of what a corpus holds."""

HAS_FILE = IN_CORPUS | {DocumentState.FETCHED}
"""The states whose file is the document's; a refused one may have a file too, or none."""


class KeptDocument(Model):
    """The files of a document in one language, and where they came from.

    It also lies beside the files in the store, so that the catalogue can be made anew. `file` is the current one,
    `word` the Word file beside a PDF, `earlier` what the current one replaced, the oldest first; `origin` is the source
    that told of it, `findings` what there is to know of the choice of the file.
    """

    symbol: str
    language: Language
    origin: str
    file: FetchedFile
    word: FetchedFile | None = None
    earlier: tuple[FetchedFile, ...] = ()
    findings: tuple[Finding, ...] = ()


class Entry(Model):
    """A document in one language.

    `origin` is the source that told of it. `since` is when it came into its state, `looked_at` the last look at where
    it comes from, `next_look` the next; `misses` counts the looks in a row that found nothing. `kept` is what there is
    of it. `code` and `message` say why it is refused, or why the last look did not come through; `by` names the
    revision that supersedes it. `urls` are addresses of its files besides the document service's.
    """

    symbol: str
    language: Language
    state: DocumentState
    origin: str
    since: datetime | None = None
    looked_at: datetime | None = None
    next_look: datetime | None = None
    misses: int = 0
    urls: tuple[str, ...] = ()
    kept: KeptDocument | None = None
    code: str | None = None
    message: str | None = None
    by: str | None = None

    @property
    def sha256(self) -> str | None:
        """That of its current file."""
        return self.kept.file.sha256 if self.kept else None


class Happening(Model):
    """One line of the journal: a document came into a state, or got another file."""

    at: datetime
    symbol: str
    language: str
    before: DocumentState | None
    state: DocumentState
    sha256: str | None = None
    note: str = ""
