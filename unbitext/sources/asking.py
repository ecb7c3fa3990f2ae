"""Asking one address for a document: what came, what was made of it, and what still holds from before."""

from hashlib import sha256
from typing import NamedTuple

from parsers.readers.media_types import DOC
from schemas.document import Language
from schemas.fetching import FetchedFile, FetchReceipt, FetchStatus
from schemas.findings import Finding
from unbitext.code_version import code_version
from unbitext.fetched_files import FetchedFiles
from unbitext.sources.acceptance import HTML, Parse, Verdict, content_type_finding, judge, sniff
from unbitext.sources.answers import Answer, NoAnswerError
from unbitext.sources.clock import Clock
from unbitext.sources.web import Client
from unbitext.sources.wholeness import is_whole

_ABSENT = (204, 404, 410)
_Asked = tuple[str, Language]


class Came(NamedTuple):
    """What came from one address: the receipt for it now, and whether that is news; or that there is nothing."""

    receipt: FetchReceipt | None
    is_new: bool = False
    absence: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> FetchedFile | None:
        """The file, where it can stand for the document."""
        return self.receipt.file if self.receipt and self.receipt.code is None else None

    @property
    def refused(self) -> FetchedFile | None:
        """The file, where it was put aside."""
        return self.receipt.file if self.receipt and self.receipt.code is not None else None


class Asker:
    """Asks addresses through the client, and keeps what comes in the store."""

    def __init__(self, client: Client, store: FetchedFiles, parse: Parse) -> None:
        self._client = client
        self._store = store
        self._parse = parse

    def ask(self, url: str, symbol: str, language: Language, *, is_judged: bool = True) -> Came:
        """Ask one address and keep what comes. Raises `NoAnswerError` where nothing is known afterwards."""
        asked = (symbol, language)
        receipt = self._store.receipt(url)
        known = receipt.file if receipt else None
        if receipt and known and not self.holds(receipt):
            receipt = known = None  # lost, or damaged: as if it had never come
        answer = self._client.get(
            url, headers=_conditions(known), headers_for=known.final_url if known else None, is_whole=is_whole
        )
        if answer.status == 304 and receipt and known:
            return self._again(receipt, known, asked, is_judged)
        if answer.status in _ABSENT:
            return Came(None, absence=f"{url}: status {answer.status}")
        if answer.status in (401, 403):
            raise NoAnswerError(FetchStatus.REFUSED, "access-denied", f"{url}: status {answer.status}")
        if answer.status != 200:
            raise NoAnswerError(FetchStatus.REFUSED, "answer-unexpected", f"{url}: status {answer.status}")
        if not answer.body:
            return Came(None, absence=f"{url}: an empty answer, as for a document that is not published yet")
        kind = sniff(answer.body)
        if kind == HTML:
            return Came(None, absence=f"{url}: a web page in place of the document")
        file = _received(answer, url, kind, self._client.clock)
        if receipt and known and known.sha256 == file.sha256:
            if (known.etag, known.last_modified, known.final_url) != (file.etag, file.last_modified, file.final_url):
                kept = file.model_copy(update={"retrieved_at": known.retrieved_at})
                receipt = self._store.put_receipt(receipt.model_copy(update={"file": kept}))
            return self._again(receipt, known, asked, is_judged)
        # A Word file of before 2007 takes LibreOffice seconds to open: only where the document depends on it.
        is_judged = is_judged or kind != DOC
        verdict = judge(answer.body, symbol, language, self._parse) if is_judged else Verdict()
        return self._kept(asked, answer.body, file, verdict, _judge() if is_judged else None)

    def holds(self, receipt: FetchReceipt) -> bool:
        """Whether the file of a receipt is there, every byte as it was kept."""
        return receipt.file is not None and self._store.holds(receipt.file, aside=receipt.code is not None)

    def _kept(self, asked: _Asked, data: bytes, file: FetchedFile, verdict: Verdict, judged_by: str | None) -> Came:
        assert file.url is not None  # it came from an address
        self._store.put(data, file, aside=verdict.code is not None)
        receipt = FetchReceipt(
            url=file.url,
            symbol=asked[0],
            language=asked[1],
            checked_at=file.retrieved_at,
            judged_by=judged_by,
            file=file,
            code=verdict.code,
            message=verdict.message or None,
        )
        finding = content_type_finding(file.content_type, file.media_type)
        findings = (*verdict.findings, finding) if finding else verdict.findings
        return Came(self._store.put_receipt(receipt), is_new=True, findings=findings)

    def _again(self, receipt: FetchReceipt, file: FetchedFile, asked: _Asked, is_judged: bool) -> Came:
        """What came before still holds - unless it was judged as another document, or refused by other code."""
        is_judged = is_judged or receipt.judged_by is not None
        is_same = (receipt.symbol, receipt.language) == asked
        is_current = receipt.judged_by == _judge() or (receipt.code is None and receipt.judged_by is not None)
        if not is_judged or (is_same and is_current):
            return Came(receipt)
        data = self._store.read(file, aside=receipt.code is not None)
        verdict = judge(data, *asked, self._parse)
        came = self._kept(asked, data, file.model_copy(update={"url": receipt.url}), verdict, _judge())
        return came._replace(is_new=verdict.code is None and receipt.code is not None)


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


def _judge() -> str:
    return code_version("parsers", "schemas")[:16]
