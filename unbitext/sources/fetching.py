"""Fetching one document in one language: the PDF, the Word file beside it, checked and kept.

The document service is asked by symbol; where it has nothing, the addresses that the record brings are tried. A second
fetch asks whether anything has changed and, where nothing has, leaves every byte as it is.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from parsers.readers.media_types import DOC
from schemas.document import Language
from schemas.fetching import Claim, FetchedFile, FetchOutcome, FetchReceipt, FetchStatus, SourceRecord
from schemas.findings import Finding
from schemas.settings import Settings
from unbitext.code_version import code_version
from unbitext.fetched_files import FetchedFiles
from unbitext.outcome import listed_remedy
from unbitext.sources.acceptance import (
    HTML,
    Parse,
    Verdict,
    content_type_finding,
    is_whole,
    judge,
    plain_parse,
    sniff,
)
from unbitext.sources.addresses import Resolve, resolve
from unbitext.sources.answers import Answer, NoAnswerError
from unbitext.sources.clock import Clock
from unbitext.sources.dropped import look_at
from unbitext.sources.manners import Manners
from unbitext.sources.services import Services, is_askable
from unbitext.sources.web import Client

_ABSENT = (204, 404, 410)
_DAYS = {FetchStatus.REFUSED: 30.0, FetchStatus.BLOCKED: 1.0, FetchStatus.FAILED: 1 / 24}
_LONGEST_ABSENCE_DAYS = 64


@contextmanager
def open_fetcher(
    settings: Settings,
    *,
    dry_run: bool = False,
    parse: Parse = plain_parse,
    clock: Clock | None = None,
    chance: random.Random | None = None,
    resolve: Resolve = resolve,
) -> Iterator["Fetcher"]:
    """Open a fetcher for one cycle, with the settings' services, manners and folders.

    Raises `NoContactError` where the settings name no contact, `ForbiddenUrlError` where they name a bad address.
    """
    services = Services.of(settings)
    manners = Manners.of(settings, dry_run=dry_run)
    hosts = settings.state / "hosts"
    with Client(
        manners, services.allowed, hosts, clock=clock, chance=chance, resolve=resolve, dry_run=dry_run
    ) as client:
        yield Fetcher(client, services, FetchedFiles(settings.data / "fetched"), parse)


class _Came(NamedTuple):
    """What came from one address: the receipt for it now, and whether that is news; or that there is nothing."""

    receipt: FetchReceipt | None
    is_new: bool = False
    absence: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> FetchedFile | None:
        return self.receipt.file if self.receipt and self.receipt.code is None else None

    @property
    def refused(self) -> FetchedFile | None:
        return self.receipt.file if self.receipt and self.receipt.code is not None else None


class Fetcher:
    """Fetches documents (`unbitext.sources.source.Fetching`); `client` is for sources that ask the same hosts."""

    def __init__(self, client: Client, services: Services, store: FetchedFiles, parse: Parse = plain_parse) -> None:
        self.client = client
        self.services = services
        self.store = store
        self._parse = parse

    def fetch(self, record: SourceRecord, *, absences: int = 0) -> FetchOutcome:
        """Get what the record tells of, check it and keep it; see `Fetching.fetch`."""
        outcome = self._outcome(record)
        if outcome.next_look is not None or outcome.is_there:
            return outcome
        days = _DAYS.get(outcome.status, 0.0)
        if outcome.status is FetchStatus.ABSENT:
            days = max(min(2.0**absences, _LONGEST_ABSENCE_DAYS), record.recheck_days)
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
            came = self._ask(url, symbol, language)
            if came.receipt is not None:
                return self._settled(record, came, None)
            outcome = _without(record, FetchStatus.ABSENT, "document-absent", came.absence)
        assert outcome is not None  # there is a service or an address, or we are not here
        return outcome

    def _from_service(self, record: SourceRecord, symbol: str, language: Language) -> FetchOutcome:
        pdf = self._ask(self.services.document_url(symbol, language, "pdf"), symbol, language)
        if pdf.receipt is None:
            return _without(record, FetchStatus.ABSENT, "document-absent", pdf.absence)
        word_url = self.services.document_url(symbol, language, "doc")
        known = self.store.receipt(word_url)
        is_sound = known is not None and (known.file is None or self._holds(known))
        if pdf.accepted and not pdf.is_new and is_sound:
            return self._settled(record, pdf, _Came(known))
        return self._settled(record, pdf, self._word(word_url, symbol, language, is_needed=pdf.accepted is None))

    def _word(self, url: str, symbol: str, language: Language, *, is_needed: bool) -> _Came:
        """The Word file. Raises `NoAnswerError` only where the document depends on it."""
        try:
            came = self._ask(url, symbol, language, is_judged=is_needed)
        except NoAnswerError as error:
            if is_needed:
                raise
            return _Came(None, findings=(Finding.info("word-unusable", f"{error.code}: {error.message}"),))
        if came.receipt is None:
            # Remembered, so that it is not asked for each time that the PDF is.
            receipt = FetchReceipt(
                url=url, checked_at=self.client.clock.now(), code="document-absent", message=came.absence
            )
            if (known := self.store.receipt(url)) is None or (known.file is None and known.code != receipt.code):
                self.store.put_receipt(receipt)
        return came

    def _settled(self, record: SourceRecord, main: _Came, word: _Came | None) -> FetchOutcome:
        """The outcome, from what stands for the document and what is beside it."""
        findings = main.findings
        beside = word.accepted if word else None
        base = FetchOutcome(symbol=record.symbol, language=record.language, status=FetchStatus.UNCHANGED)
        if main.accepted:
            if word and word.refused and word.receipt:
                findings = (*findings, Finding.info("word-unusable", f"{word.receipt.code}: {word.receipt.message}"))
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
        refused = _without(record, FetchStatus.REFUSED, code, why)
        return refused.model_copy(update={"aside": aside, "findings": findings})

    def _ask(self, url: str, symbol: str, language: Language, *, is_judged: bool = True) -> _Came:
        """Ask one address and keep what comes. Raises `NoAnswerError` where nothing is known afterwards."""
        receipt = self.store.receipt(url)
        known = receipt.file if receipt else None
        if receipt and known and not self._holds(receipt):
            receipt = known = None  # lost, or damaged: as if it had never come
        answer = self.client.get(
            url, headers=_conditions(known), headers_for=known.final_url if known else None, is_whole=is_whole
        )
        if answer.status == 304 and receipt and known:
            return self._again(receipt, known, symbol, language, is_judged)
        if answer.status in _ABSENT:
            return _Came(None, absence=f"{url}: status {answer.status}")
        if answer.status in (401, 403):
            raise NoAnswerError(FetchStatus.REFUSED, "access-denied", f"{url}: status {answer.status}")
        if answer.status != 200:
            raise NoAnswerError(FetchStatus.REFUSED, "answer-unexpected", f"{url}: status {answer.status}")
        if not answer.body:
            return _Came(None, absence=f"{url}: an empty answer, as for a document that is not published yet")
        kind = sniff(answer.body)
        if kind == HTML:
            return _Came(None, absence=f"{url}: a web page in place of the document")
        file = _received(answer, url, kind, self.client.clock)
        if receipt and known and known.sha256 == file.sha256:
            if (known.etag, known.last_modified, known.final_url) != (file.etag, file.last_modified, file.final_url):
                kept = file.model_copy(update={"retrieved_at": known.retrieved_at})
                receipt = self.store.put_receipt(receipt.model_copy(update={"file": kept}))
            return self._again(receipt, known, symbol, language, is_judged)
        # A Word file of before 2007 takes LibreOffice seconds to open: only where the document depends on it.
        is_judged = is_judged or kind != DOC
        verdict = judge(answer.body, symbol, language, self._parse) if is_judged else Verdict()
        return self._kept(url, answer.body, file, verdict, _judge() if is_judged else None)

    def _holds(self, receipt: FetchReceipt) -> bool:
        return receipt.file is not None and self.store.holds(receipt.file, aside=receipt.code is not None)

    def _kept(self, url: str, data: bytes, file: FetchedFile, verdict: Verdict, judged_by: str | None) -> _Came:
        self.store.put(data, file, aside=verdict.code is not None)
        receipt = FetchReceipt(
            url=url,
            checked_at=file.retrieved_at,
            judged_by=judged_by,
            file=file,
            code=verdict.code,
            message=verdict.message or None,
        )
        finding = content_type_finding(file.content_type, file.media_type)
        findings = (*verdict.findings, finding) if finding else verdict.findings
        return _Came(self.store.put_receipt(receipt), is_new=True, findings=findings)

    def _again(
        self, receipt: FetchReceipt, file: FetchedFile, symbol: str, language: Language, is_judged: bool
    ) -> _Came:
        """What came before still holds - unless it was refused by other code than this: then it is judged anew."""
        if receipt.judged_by == _judge() or (receipt.code is None and (receipt.judged_by or not is_judged)):
            return _Came(receipt)
        data = self.store.read(file, aside=receipt.code is not None)
        verdict = judge(data, symbol, language, self._parse)
        came = self._kept(receipt.url, data, file, verdict, _judge())
        return came._replace(is_new=verdict.code is None)

    def _take(self, record: SourceRecord) -> FetchOutcome:
        """A file of this machine."""
        assert record.path is not None
        try:
            dropped = look_at(record.path, self.client.clock.now(), self._parse)
        except OSError as error:
            message = f"{record.path}: {error.strerror}"
            return _without(record, FetchStatus.FAILED, "file-unreadable", message)
        if record.sha256 not in (None, dropped.file.sha256):
            return _without(record, FetchStatus.FAILED, "file-changed", f"{record.path} changed meanwhile")
        code, message, remedy = dropped.verdict.code, dropped.verdict.message, dropped.verdict.remedy
        if code is None and (dropped.symbol is None or dropped.language is None):
            code = "language-needed" if dropped.symbol else "symbol-needed"
            message, remedy = "neither text nor name tell it", listed_remedy(code)
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
        reason = {"code": code, "message": f"{record.path.name}: {message}", "remedy": remedy}
        return outcome.model_copy(update={**refused, **reason})


def _conditions(file: FetchedFile | None) -> dict[str, str]:
    """Headers that ask for a file only where it is no longer the one we have."""
    conditions: dict[str, str] = {}
    if file and file.etag:
        conditions["If-None-Match"] = file.etag
    if file and file.last_modified:
        conditions["If-Modified-Since"] = file.last_modified
    return conditions


def _received(answer: Answer, url: str, kind: str, clock: Clock) -> FetchedFile:
    headers = answer.headers
    return FetchedFile(
        sha256=sha256(answer.body).hexdigest(),
        size_bytes=len(answer.body),
        media_type=kind,
        retrieved_at=clock.now().replace(microsecond=0),
        url=url,
        final_url=answer.url,
        content_type=headers.get("content-type"),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )


def _without(record: SourceRecord, status: FetchStatus, code: str, message: str) -> FetchOutcome:
    return FetchOutcome(
        symbol=record.symbol,
        language=record.language,
        status=status,
        code=code,
        message=message,
        remedy=listed_remedy(code),
    )


def _judge() -> str:
    return code_version("parsers", "schemas")[:16]
