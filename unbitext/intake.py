"""Taking in one document: is it to be fetched, and what does the catalogue know afterwards."""

from collections import Counter

from schemas.base import Model
from schemas.catalogue import DocumentState, Entry
from schemas.fetching import Claim, FetchedFile, FetchOutcome, FetchStatus, SourceRecord
from unbitext.catalogue.catalogue import Catalogue
from unbitext.kept_documents import KeptDocuments
from unbitext.sources.source import Fetching, is_no_sign

STANDING_FINDINGS = frozenset({"word-takes-over"})
"""What stays true of a kept file, and stands in the report of the corpus; other findings are of the one look."""


class Taken(Model):
    """What taking in came to: the outcome's status, and what it was for the catalogue."""

    status: FetchStatus
    symbol: str
    language: str
    is_new: bool = False
    is_replaced: bool = False
    code: str | None = None
    message: str = ""
    remedy: str = ""


class Intake:
    """Takes documents in, one by one; each is noted as a whole or not at all.

    `taken` is what came of each, `deletions` tell of known documents whose record a source has deleted.
    """

    def __init__(self, catalogue: Catalogue, kept: KeptDocuments, fetcher: Fetching) -> None:
        self._catalogue = catalogue
        self._kept = kept
        self._fetcher = fetcher
        self.taken: list[Taken] = []
        self.counts: Counter[FetchStatus] = Counter()
        self.deletions: list[str] = []

    def is_wanted(self, record: SourceRecord) -> bool:
        """Whether a record is a reason to fetch: what is known and has not changed is none."""
        if record.claim is Claim.DELETED:
            return False
        if record.symbol is None or record.language is None or record.path is not None:
            return True
        entry = self._catalogue.entry(record.symbol, record.language)
        if entry is None or entry.state is DocumentState.WANTED or record.claim is Claim.CHANGED:
            return True
        known = self._catalogue.version(record)
        has_changed = known is not None and record.version is not None and known != record.version
        is_absent = entry.state is DocumentState.ABSENT
        if record.claim is Claim.EXPECTED and (is_absent or is_no_sign(entry)):
            return True  # the source has looked in the catalogue, and knows why it asks
        if is_absent:
            now = self._catalogue.now()
            is_due = entry.next_look is None or entry.next_look <= now
            noted_later = entry.looked_at is not None and entry.looked_at > now
            return is_due or noted_later or has_changed or (known is None and record.version is not None)
        return has_changed

    def take(self, record: SourceRecord) -> Taken | None:
        """Deal with one record: fetch it if it is wanted, and note what came of it. None where nothing was asked.

        Raises `OSError` where store or catalogue cannot be written.
        """
        if record.claim is Claim.DELETED:
            self._note_deletion(record)
            return None
        if not self.is_wanted(record):
            with self._catalogue.changes():
                self._catalogue.set_version(record)
            return None
        entry = None
        if record.symbol is not None and record.language is not None:
            entry = self._catalogue.entry(record.symbol, record.language)
        outcome = self._fetcher.fetch(record, absences=entry.misses if entry and not record.is_news else 0)
        taken = self.note(record, outcome)
        self.counts[taken.status] += 1
        self.taken.append(taken)
        return taken

    def note(self, record: SourceRecord, outcome: FetchOutcome) -> Taken:
        """Note what came of a record: first beside the files, then in the catalogue."""
        symbol, language = outcome.symbol or record.symbol, outcome.language or record.language
        taken = Taken(
            status=outcome.status,
            symbol=symbol or record.identifier or "a file without a symbol",
            language=language or "",
            code=outcome.code,
            message=outcome.message,
            remedy=outcome.remedy,
        )
        if symbol is None or language is None:
            return taken  # nothing to file it under: it is named in the report of the cycle
        with self._catalogue.changes():
            before = self._catalogue.entry(symbol, language)
            entry = before or Entry(symbol=symbol, language=language, state=DocumentState.WANTED, origin=record.origin)
            looked = {"looked_at": self._catalogue.now(), "next_look": outcome.next_look}
            entry = entry.model_copy(update={**looked, "urls": record.urls or entry.urls})
            if outcome.is_there and outcome.file is not None:
                entry = self._with_file(entry, record, outcome, outcome.file)
                is_new = before is None or before.kept != entry.kept
                is_replaced = before is not None and before.sha256 not in (None, entry.sha256)
                taken = taken.model_copy(update={"is_new": is_new, "is_replaced": is_replaced})
                self._catalogue.put(entry)
            elif entry.kept is not None:
                entry = _still_here(entry, outcome)
                self._catalogue.put(entry)
                self._catalogue.tell(entry, f"{outcome.code or outcome.status}: {outcome.message}")
            else:
                before_news = entry.model_copy(update={"misses": 0}) if record.is_news else entry
                self._catalogue.put(_without_file(before_news, outcome))
            if outcome.status not in (FetchStatus.FAILED, FetchStatus.BLOCKED):
                self._catalogue.set_version(record)
        return taken

    def _with_file(self, entry: Entry, record: SourceRecord, outcome: FetchOutcome, file: FetchedFile) -> Entry:
        """Keep whose file it is; only what is news goes through a build again."""
        findings = tuple(finding for finding in outcome.findings if finding.code in STANDING_FINDINGS)
        kept = self._kept.keep(entry.symbol, entry.language, record.origin, file, outcome.word, findings)
        is_settled = entry.kept == kept and entry.state is not DocumentState.WANTED
        news = {"state": DocumentState.FETCHED, "code": None, "message": None, "by": None}
        return entry.model_copy(update={"kept": kept, "misses": 0, "next_look": None, **({} if is_settled else news)})

    def _note_deletion(self, record: SourceRecord) -> None:
        if record.identifier is None:
            return
        with self._catalogue.changes():
            for symbol, language in self._catalogue.documents_of(record.origin, record.identifier):
                if (entry := self._catalogue.entry(symbol, language)) is None:
                    continue
                told = f"{record.origin} has deleted its record {record.identifier}"
                if self._catalogue.tell(entry, told):
                    self.deletions.append(f"{told} of {symbol} ({language}), which stays {entry.state.value}")


_STATES = {
    FetchStatus.ABSENT: DocumentState.ABSENT,
    FetchStatus.REFUSED: DocumentState.REFUSED,
    FetchStatus.BLOCKED: DocumentState.WANTED,
    FetchStatus.FAILED: DocumentState.WANTED,
}


def _still_here(entry: Entry, outcome: FetchOutcome) -> Entry:
    """What is here stays, whatever the host says now; it is asked again where it gave no answer."""
    is_answered = outcome.status in (FetchStatus.ABSENT, FetchStatus.REFUSED)
    if is_answered and entry.state is not DocumentState.WANTED:
        return entry.model_copy(update={"next_look": None})
    return entry


def _without_file(entry: Entry, outcome: FetchOutcome) -> Entry:
    state = _STATES[outcome.status]
    if state is DocumentState.ABSENT:
        return entry.model_copy(update={"state": state, "misses": entry.misses + 1, "code": None, "message": None})
    reason = {"code": outcome.code, "message": outcome.message or None}
    return entry.model_copy(update={"state": state, "misses": 0, **reason})
