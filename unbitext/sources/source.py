"""What a source is: a name, and `discover`. A new source is one module with a class of this shape."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from schemas.base import Model
from schemas.catalogue import DocumentState, Entry
from schemas.document import Language
from schemas.fetching import FetchOutcome, SourceRecord


class Left(Model):
    """What a source finds and cannot take: its name there, and why it stays, with what to do about it."""

    name: str
    reason: str


class Batch(Model):
    """Some records, and the cursor to go on from once they are noted.

    Keep both in one transaction: then a kill loses no record and repeats none but the last batch. `cursor` is the
    source's own text; null stands for the beginning. `note` says what a person should know (a host turned us away),
    `failed` that the source could not do its work, so that whoever watches cycles should look. `left` is what it finds
    and leaves where it is.
    """

    records: tuple[SourceRecord, ...]
    cursor: str | None
    note: str | None = None
    failed: bool = False
    left: tuple[Left, ...] = ()


class Source(Protocol):
    """Tells which documents there are.

    `name` names it in records, cursors and messages, and stays the same from run to run.
    """

    @property
    def name(self) -> str:
        """The source's name: `oai`, `enumeration:CD/PV`."""

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        """Give what is new since `cursor` (None: everything), batch by batch, lazily.

        Deal with each batch, fetching included, before asking for the next: a source may look in the catalogue
        (`KnownSymbols`) at what came of it. A source that cannot go on (network, budget) ends with a batch that has a
        `note` and the cursor to go on from, and does not raise.
        """


class Fetching(Protocol):
    """Gets documents: `unbitext.sources.fetching.open_fetcher` gives one, for one cycle."""

    def fetch(self, record: SourceRecord, *, absences: int = 0) -> FetchOutcome:
        """Get what the record tells of, check it and keep it; never raises for what a host or a file does wrong.

        `absences` says how many times in a row the document was asked for and was absent: the more, the later is the
        `next_look` that the outcome suggests. Raises `OSError` where the store cannot be written.
        """


class Presence(StrEnum):
    """What is known of a document: it was there (fetched, whatever came of it), it was not, or nobody has asked yet."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Known(Model):
    """What the catalogue knows of one (symbol, language); `next_look` is set for what is absent.

    What was refused is there, but for the codes of `NO_SIGN`, where it counts as absent.
    """

    presence: Presence
    next_look: datetime | None = None
    is_refused: bool = False


NO_SIGN = frozenset({"access-denied", "address-refused", "answer-unexpected", "unsupported-format", "wrong-document"})
"""Refusals that are no sign of a document: a host that answers all symbols so would make every series endless."""


def is_no_sign(entry: Entry) -> bool:
    """Whether all that is known of a document is a refusal that is no sign of it."""
    return entry.state is DocumentState.REFUSED and entry.kept is None and entry.code in NO_SIGN


class KnownSymbols(Protocol):
    """The little of the catalogue that sources look at."""

    def look_up(self, symbol: str, language: Language) -> Known:
        """What is known of a document in a language."""

    def symbols(self, prefix: str) -> Iterator[str]:
        """Give the symbols that begin so and are present in at least one language, in any order."""


class Blank:
    """A catalogue that knows nothing."""

    def look_up(self, symbol: str, language: Language) -> Known:
        """What is known: nothing."""
        return Known(presence=Presence.UNKNOWN)

    def symbols(self, prefix: str) -> Iterator[str]:
        """Give none."""
        return iter(())
