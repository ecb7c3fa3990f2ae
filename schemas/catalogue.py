"""What is known of each document in each language, whether its file is here or not: its state, and how it came to be.

The models of the catalogue (`unbitext.catalogue`). Times are UTC, in whole seconds.
"""

from datetime import datetime
from enum import StrEnum

from schemas.base import Model


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


class Entry(Model):
    """A document in one language.

    `since` is when it came into its state, `looked_at` the last look at where it comes from, `next_look` the next;
    `misses` counts the looks in a row that found nothing. `sha256` is that of its current file, `source` and `url`
    where that came from. `code` and `message` say why it is refused (or why a look did not come through); `by` names
    the revision that supersedes it.
    """

    symbol: str
    language: str
    state: DocumentState
    since: datetime | None = None
    looked_at: datetime | None = None
    next_look: datetime | None = None
    misses: int = 0
    sha256: str | None = None
    source: str | None = None
    url: str | None = None
    code: str | None = None
    message: str | None = None
    by: str | None = None


class Happening(Model):
    """One line of the journal: a document came into a state, or got another file."""

    at: datetime
    symbol: str
    language: str
    before: DocumentState | None
    state: DocumentState
    sha256: str | None = None
    note: str = ""
