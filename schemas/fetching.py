"""What sources say of documents, and what came of fetching one. One record is one (symbol, language)."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field

from schemas.base import Model
from schemas.document import Language
from schemas.findings import Finding
from schemas.relations import Relation


class Claim(StrEnum):
    """What a source says of a document: it exists, it may exist (the next of a series), it changed, it is deleted."""

    EXISTS = "exists"
    EXPECTED = "expected"
    CHANGED = "changed"
    DELETED = "deleted"


class SourceRecord(Model):
    """One document in one language, as a source tells of it.

    `origin` is the source's name, `identifier` its own name for the record, `version` whatever changes there when the
    record changes (an OAI datestamp): a record whose `version` is the one known brings no news. `symbol` and `language`
    are null only where the source does not tell: a deletion gives the identifier alone, a dropped file may bear no
    symbol. `other_symbols` are borne by the same document. `urls` are addresses of files, to be asked where the
    document service has none; `path` and `sha256` are a file of this machine. `recheck_days` and `recheck_most_days`
    are the least and the most time before an absent document is asked for again. `is_news` says that there is reason to
    expect it now, so that the looks that found nothing till then do not make the next ones rarer.
    """

    origin: str
    claim: Claim
    symbol: str | None
    language: Language | None
    other_symbols: tuple[str, ...] = ()
    identifier: str | None = None
    version: str | None = None
    title: str | None = None
    issued: date | None = None
    relations: tuple[Relation, ...] = ()
    urls: tuple[str, ...] = ()
    path: Path | None = None
    sha256: str | None = None
    recheck_days: float = Field(default=0, ge=0)
    recheck_most_days: float | None = Field(default=None, gt=0)
    is_news: bool = False


class FetchedFile(Model):
    """One file as it was received and is kept under `sha256`, that of its bytes.

    `url` was asked for, `final_url` answered, after redirects; both are null for a file of the watched folder, whose
    name then is `name`. `media_type` is what the bytes are, `content_type` what the server called them. `etag` and
    `last_modified` are for the next conditional request.
    """

    sha256: str
    size_bytes: int
    media_type: str
    retrieved_at: datetime
    url: str | None = None
    final_url: str | None = None
    name: str | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class FetchStatus(StrEnum):
    """How asking for a document ended.

    `fetched`: there is a file that was not there before. `unchanged`: the file that was accepted before still holds (it
    may be news to a catalogue all the same, after a kill between fetching and noting).
    `absent`: the source does not have it, in this language, now. `refused`: what came, or what was asked, cannot be
    used. `blocked`: the host turns programs away (anti-bot page, robots.txt): leave it alone for this cycle.
    `failed`: nothing is known, ask again (errors of network and server, the day's budget spent).
    """

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    ABSENT = "absent"
    REFUSED = "refused"
    BLOCKED = "blocked"
    FAILED = "failed"


class FetchOutcome(Model):
    """What came of one record.

    `symbol` and `language` are those asked for, and for dropped files those that the file bears. `file` stands for the
    document (`fetched`, `unchanged`): the PDF, or the Word file that took over; `word` is the Word file beside a PDF.
    `aside` are files that came and were not accepted. `code`, `message` and `remedy` say why there is no file, `code`
    being that of a finding; `next_look` is when to ask again, where that is known.
    """

    symbol: str | None
    language: Language | None
    status: FetchStatus
    file: FetchedFile | None = None
    word: FetchedFile | None = None
    aside: tuple[FetchedFile, ...] = ()
    code: str | None = None
    message: str = ""
    remedy: str = ""
    next_look: datetime | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether an accepted file stands for the document."""
        return self.status in (FetchStatus.FETCHED, FetchStatus.UNCHANGED)


class FetchReceipt(Model):
    """What is remembered of one address: what came last, and the verdict on it.

    `symbol` and `language` are what it was asked for as. `checked_at` is when it came; an answer that brings nothing
    new changes nothing here. `judged_by` is the version of the code that gave the verdict, null where nobody has looked
    into the file yet. `file` is null where nothing has ever come. `code` and `message` are null where `file` was
    accepted. `earlier` are files that came before and differed, oldest first: a reissue replaces, and nothing is
    forgotten.
    """

    url: str
    symbol: str | None = None
    language: Language | None = None
    checked_at: datetime
    judged_by: str | None = None
    file: FetchedFile | None = None
    code: str | None = None
    message: str | None = None
    earlier: tuple[FetchedFile, ...] = ()

    def followed_by(self, later: "FetchReceipt") -> Self:
        """The receipt after a later answer from the same address."""
        known = later.file or self.file
        earlier = self.earlier
        if self.file and known and self.file.sha256 != known.sha256:
            earlier = (*earlier, self.file)
        return self.model_copy(
            update={
                "symbol": later.symbol,
                "language": later.language,
                "checked_at": later.checked_at,
                "file": known,
                "judged_by": later.judged_by,
                "code": later.code,
                "message": later.message,
                "earlier": earlier,
            }
        )
