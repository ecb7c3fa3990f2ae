"""Fetching one document in one language: the PDF, the Word file beside it, checked and kept.

The document service is asked by symbol; where it has nothing, the addresses that the record brings are tried. A second
fetch asks whether anything has changed and, where nothing has, leaves every byte as it is.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from schemas.document import Language
from schemas.fetching import Claim, FetchOutcome, FetchReceipt, FetchStatus, SourceRecord
from schemas.findings import Finding
from schemas.settings import Settings
from unbitext.fetched_files import FetchedFiles
from unbitext.outcome import listed_remedy
from unbitext.parse_results import ParseResults
from unbitext.sources.acceptance import PDF, Parse, plain_parse
from unbitext.sources.addresses import Resolve, resolve
from unbitext.sources.answers import NoAnswerError
from unbitext.sources.asking import Asker, Came
from unbitext.sources.clock import Clock
from unbitext.sources.dropped import look_at
from unbitext.sources.inbox_folder import shown_name
from unbitext.sources.manners import Manners
from unbitext.sources.services import Services, is_askable
from unbitext.sources.web import Client
from unbitext.store import State

_DAYS = {FetchStatus.REFUSED: 30.0, FetchStatus.BLOCKED: 1.0, FetchStatus.FAILED: 1 / 24}
_LONGEST_ABSENCE_DAYS = 64


@contextmanager
def open_fetcher(
    settings: Settings,
    *,
    dry_run: bool = False,
    asks_hosts: bool = True,
    parse: Parse | None = None,
    clock: Clock | None = None,
    chance: random.Random | None = None,
    resolve: Resolve = resolve,
) -> Iterator["Fetcher"]:
    """Open a fetcher for one cycle, with the settings' services, manners and folders.

    What it parses it keeps for the build, unless it is told how to parse, or it is a dry run, which writes nothing.
    Raises `NoContactError` where the settings name no contact, unless it is a dry run or no hosts are to be asked;
    `ForbiddenUrlError` where they name a bad address.
    """
    services = Services.of(settings)
    manners = Manners.of(settings, asks_hosts=asks_hosts and not dry_run)
    hosts = State(settings.state).hosts
    with Client(
        manners, services.allowed, hosts, clock=clock, chance=chance, resolve=resolve, dry_run=dry_run
    ) as client:
        store = FetchedFiles(settings.data / "fetched")
        if not dry_run:
            store.remove_leftovers()
        kept = plain_parse if dry_run else ParseResults.below(settings.state).parse
        yield Fetcher(client, services, store, parse or kept)


class Fetcher:
    """Fetches documents (`unbitext.sources.source.Fetching`).

    `client` is for sources that ask the same hosts, `parse` for those that look into files themselves.
    """

    def __init__(self, client: Client, services: Services, store: FetchedFiles, parse: Parse = plain_parse) -> None:
        self.client = client
        self.services = services
        self.store = store
        self.parse = parse
        self._asker = Asker(client, store, parse)

    def fetch(self, record: SourceRecord, *, absences: int = 0) -> FetchOutcome:
        """Get what the record tells of, check it and keep it; see `Fetching.fetch`."""
        outcome = self._outcome(record)
        if outcome.next_look is not None or outcome.is_there:
            return outcome
        days = _DAYS.get(outcome.status, 0.0)
        if outcome.status is FetchStatus.ABSENT:
            longest = record.recheck_most_days or _LONGEST_ABSENCE_DAYS
            days = max(min(2.0**absences, longest), record.recheck_days)
        return outcome.model_copy(update={"next_look": self.client.clock.now() + timedelta(days=days)})

    def _outcome(self, record: SourceRecord) -> FetchOutcome:
        symbol, language = record.symbol, record.language
        if record.claim is Claim.DELETED:
            return _without(record, FetchStatus.ABSENT, "document-absent", f"{record.origin} has deleted its record")
        if record.path is not None:
            return self._take(record)
        if symbol is None or language is None:
            code = "language-needed" if symbol else "symbol-needed"
            return _without(record, FetchStatus.REFUSED, code, f"{record.origin} does not name it")
        try:
            return self._by_symbol(record, symbol, language)
        except NoAnswerError as error:
            outcome = _without(record, error.status, error.code, error.message)
            return outcome.model_copy(update={"next_look": error.next_look})

    def _by_symbol(self, record: SourceRecord, symbol: str, language: Language) -> FetchOutcome:
        outcome: FetchOutcome | None = None
        if is_askable(symbol):
            outcome = self._from_service(record, symbol, language)
        elif not record.urls:
            message = f"{symbol}: the document service cannot be asked for symbols with ^, [ or ]"
            return _without(record, FetchStatus.REFUSED, "symbol-unaskable", message)
        if outcome is not None and (outcome.status is not FetchStatus.ABSENT or not record.urls):
            return outcome
        for url in record.urls:
            try:
                came = self._asker.ask(url, symbol, language)
            except NoAnswerError as error:
                if error.status is not FetchStatus.REFUSED:
                    raise
                # A catalogue may point anywhere; an address that is not asked says nothing of the document.
                came = Came(None, absence=f"{url}: {error.code}: {error.message}")
            if came.receipt is not None:
                return self._settled(record, came, None)
            outcome = _without(record, FetchStatus.ABSENT, "document-absent", came.absence)
        assert outcome is not None  # there is a service or an address, or we are not here
        return outcome

    def _from_service(self, record: SourceRecord, symbol: str, language: Language) -> FetchOutcome:
        pdf = self._asker.ask(self.services.document_url(symbol, language, "pdf"), symbol, language)
        if pdf.receipt is None:
            return _without(record, FetchStatus.ABSENT, "document-absent", pdf.absence)
        word_url = self.services.document_url(symbol, language, "doc")
        known = self.store.receipt(word_url)
        is_sound = known is not None and (known.file is None or self._asker.holds(known))
        if pdf.accepted and not pdf.is_new and is_sound:
            return self._settled(record, pdf, Came(known))
        return self._settled(record, pdf, self._word(word_url, symbol, language, is_needed=pdf.accepted is None))

    def _word(self, url: str, symbol: str, language: Language, *, is_needed: bool) -> Came:
        """The Word file. Raises `NoAnswerError` only where the document depends on it."""
        try:
            came = self._asker.ask(url, symbol, language, is_judged=is_needed)
        except NoAnswerError as error:
            if is_needed:
                raise
            return Came(None, findings=(Finding.info("word-unusable", f"{error.code}: {error.message}"),))
        if came.receipt is None:
            # Remembered, so that it is not asked for each time that the PDF is.
            receipt = FetchReceipt(
                url=url, checked_at=self.client.clock.now(), code="document-absent", message=came.absence
            )
            if (known := self.store.receipt(url)) is None or (known.file is None and known.code != receipt.code):
                self.store.put_receipt(receipt)
        return came

    def _settled(self, record: SourceRecord, main: Came, word: Came | None) -> FetchOutcome:
        """The outcome, from what stands for the document and what is beside it."""
        findings = main.findings
        beside = word.accepted if word else None
        base = FetchOutcome(symbol=record.symbol, language=record.language, status=FetchStatus.UNCHANGED)
        if main.accepted:
            if word and word.refused and word.receipt:
                findings = (*findings, Finding.info("word-unusable", f"{word.receipt.code}: {word.receipt.message}"))
            elif beside and beside.media_type == PDF:
                findings = (*findings, Finding.info("word-unusable", "the service sends a PDF as the Word file"))
                beside = None
            elif word:
                findings = (*findings, *word.findings)
            status = FetchStatus.FETCHED if main.is_new else FetchStatus.UNCHANGED
            aside = tuple(file for file in (word.refused if word else None,) if file)
            return base.model_copy(
                update={"status": status, "file": main.accepted, "word": beside, "aside": aside, "findings": findings}
            )
        assert main.receipt is not None
        assert main.refused is not None
        code, why = main.receipt.code or "", main.receipt.message or ""
        if beside and word:
            takes_over = Finding.warning(
                "word-takes-over", f"the PDF is refused ({code}: {why}); the Word file stands in"
            )
            status = FetchStatus.FETCHED if word.is_new else FetchStatus.UNCHANGED
            return base.model_copy(
                update={
                    "status": status,
                    "file": beside,
                    "aside": (main.refused,),
                    "findings": (*word.findings, takes_over),
                }
            )
        aside = tuple(file for file in (main.refused, word.refused if word else None) if file)
        if word and word.refused and word.receipt:
            findings = (*findings, Finding.info("word-unusable", f"{word.receipt.code}: {word.receipt.message}"))
        refused = _without(record, FetchStatus.REFUSED, code, why)
        return refused.model_copy(update={"aside": aside, "findings": findings})

    def _take(self, record: SourceRecord) -> FetchOutcome:
        """A file of this machine."""
        assert record.path is not None
        try:
            largest = self.client.manners.largest_bytes
            dropped = look_at(record.path, self.client.clock.now(), self.parse, largest)
        except OSError as error:
            message = f"{shown_name(record.path)}: {error.strerror}"
            return _without(record, FetchStatus.FAILED, "file-unreadable", message)
        if record.sha256 not in (None, dropped.file.sha256):
            return _without(record, FetchStatus.FAILED, "file-changed", f"{shown_name(record.path)} changed meanwhile")
        code, message, remedy = dropped.verdict.code, dropped.verdict.message, dropped.verdict.remedy
        known = self.store.holds(dropped.file)
        self.store.put(dropped.data, dropped.file, aside=code is not None)
        outcome = FetchOutcome(
            symbol=dropped.symbol,
            language=dropped.language,
            status=FetchStatus.UNCHANGED if known else FetchStatus.FETCHED,
            file=dropped.file,
            findings=dropped.findings,
        )
        if code is None:
            return outcome
        refused = {"status": FetchStatus.REFUSED, "file": None, "aside": (dropped.file,)}
        reason = {"code": code, "message": f"{shown_name(record.path)}: {message}", "remedy": remedy}
        return outcome.model_copy(update={**refused, **reason})


def _without(record: SourceRecord, status: FetchStatus, code: str, message: str) -> FetchOutcome:
    return FetchOutcome(
        symbol=record.symbol,
        language=record.language,
        status=status,
        code=code,
        message=message,
        remedy=listed_remedy(code),
    )
