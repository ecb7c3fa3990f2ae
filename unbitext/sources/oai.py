"""OAI-PMH: what the UN Digital Library has taken in, window by window.

Windows are bounded at both ends and follow one another without a gap; each is read page by page by resumption tokens,
and a token that has expired begins its window anew. Documents are entered late, with dates in windows that were read
already: once a day the last days are read again. A record that comes twice is known by its identifier and date.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from pydantic import ValidationError

from schemas.base import Model
from schemas.document import Language
from schemas.fetching import Claim, SourceRecord
from schemas.series import Series
from unbitext.sources.answers import NoAnswerError
from unbitext.sources.library import Note, read_note
from unbitext.sources.oai_xml import OaiAnswerError, OaiPage, OaiRecord, parse_page
from unbitext.sources.source import Batch
from unbitext.sources.web import Client

MetadataPrefix = Literal["marcxml", "oai_dc"]

_LARGEST_PAGE = 64 * 1024 * 1024
_MOST_RESTARTS = 3
_MOST_PAGES = 10_000
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


class OaiCursor(Model):
    """The cursor: all up to `done` is read, up to `rechecked` for the second time.

    `since` and `until` are the window at work, `token` that of its next page.
    """

    done: datetime
    rechecked: datetime
    since: datetime | None = None
    until: datetime | None = None
    token: str | None = None


class Oai:
    """The source `oai` (`unbitext.sources.source.Source`).

    `series` limits the documents (all, where empty); `languages` are those wanted. `first` is where a harvest without
    a cursor begins, 30 days back where it is null. Every `recheck_every_days` the last `recheck_days` are read again.
    """

    name = "oai"

    def __init__(
        self,
        client: Client,
        url: str,
        series: Sequence[Series] = (),
        languages: Sequence[Language] = ("en", "zh"),
        *,
        prefix: MetadataPrefix = "marcxml",
        first: datetime | None = None,
        window_days: float = 7.0,
        recheck_days: float = 14.0,
        recheck_every_days: float = 1.0,
    ) -> None:
        self._client = client
        self._url = url
        self._series = tuple(series)
        self._languages = tuple(languages)
        self._prefix = prefix
        self._first = first
        self._window = timedelta(days=window_days)
        self._recheck = timedelta(days=recheck_days)
        self._recheck_every = timedelta(days=recheck_every_days)

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        """Give what was entered or changed since the cursor, a page a batch; see `Source.discover`."""
        now = self._client.clock.now().replace(microsecond=0)
        state = self._begin(cursor, now)
        # A window that was broken off is read to its end first; then the next ones, up to now.
        while True:
            if state.since is None or state.until is None:
                if state.done >= now:
                    return
                state = state.model_copy(
                    update={"since": state.done, "until": min(state.done + self._window, now), "token": None}
                )
            try:
                for records, after in self._pages(state):
                    state = after
                    yield Batch(records=records, cursor=state.model_dump_json())
            except NoAnswerError as error:
                note = f"{error.code}: {error.message}"
                yield Batch(records=(), cursor=state.model_dump_json(), note=note, failed=True)
                return
            except OaiAnswerError as error:
                note = f"answer-unexpected: {self._url}: {error}"
                yield Batch(records=(), cursor=state.model_dump_json(), note=note, failed=True)
                return

    def _begin(self, cursor: str | None, now: datetime) -> OaiCursor:
        try:
            state = OaiCursor.model_validate_json(cursor) if cursor else None
        except ValidationError:
            state = None  # of another version of the program
        if state is None:
            first = self._first or now - timedelta(days=30)
            return OaiCursor(done=first.astimezone(UTC), rechecked=now)
        if state.done > now:
            # The clock went back: nothing is new before it has come to where it was.
            return state.model_copy(
                update={"done": now - self._recheck, "rechecked": now, "since": None, "token": None}
            )
        if state.since is None and now - state.rechecked >= self._recheck_every:
            return state.model_copy(update={"done": min(state.done, now - self._recheck), "rechecked": now})
        return state

    def _pages(self, state: OaiCursor) -> Iterator[tuple[tuple[SourceRecord, ...], OaiCursor]]:
        """The pages of one window, each with the cursor after it."""
        restarts = 0
        seen: set[str] = set()
        for _ in range(_MOST_PAGES):
            page = self._ask(state)
            if page.error == "badResumptionToken" and state.token is not None and restarts < _MOST_RESTARTS:
                restarts += 1
                seen.clear()
                state = state.model_copy(update={"token": None})
                continue
            if page.error and page.error != "noRecordsMatch":
                raise OaiAnswerError(f"{page.error}: {page.message}")
            if page.token is not None and page.token in {state.token, *seen}:
                raise OaiAnswerError("the token of the next page is that of one before: they lead in a circle")
            seen.add(page.token or "")
            if page.token is None:
                state = state.model_copy(update={"done": state.until, "since": None, "until": None, "token": None})
            else:
                state = state.model_copy(update={"token": page.token})
            yield tuple(self._records(page)), state
            if page.token is None:
                return
        raise OaiAnswerError(f"the window has more than {_MOST_PAGES:,} pages")

    def _ask(self, state: OaiCursor) -> OaiPage:
        assert state.since is not None
        assert state.until is not None
        if state.token is not None:
            query = {"verb": "ListRecords", "resumptionToken": state.token}
        else:
            query = {
                "verb": "ListRecords",
                "metadataPrefix": self._prefix,
                "from": state.since.astimezone(UTC).strftime(_STAMP),
                "until": state.until.astimezone(UTC).strftime(_STAMP),
            }
        answer = self._client.get(f"{self._url}?{urlencode(query)}", largest_bytes=_LARGEST_PAGE)
        if answer.status != 200:
            raise OaiAnswerError(f"status {answer.status}")
        return parse_page(answer.body)

    def _records(self, page: OaiPage) -> Iterator[SourceRecord]:
        for record in page.records:
            if record.deleted:
                yield SourceRecord(
                    origin=self.name,
                    claim=Claim.DELETED,
                    symbol=None,
                    language=None,
                    identifier=record.identifier,
                    version=record.datestamp,
                )
            elif record.metadata is not None:
                note = read_note(record.metadata)
                if note.symbols and (not self._series or any(self._holds(symbol) for symbol in note.symbols)):
                    yield from self._documents(record, note)

    def _holds(self, symbol: str) -> bool:
        return any(series.holds(symbol) for series in self._series)

    def _documents(self, record: OaiRecord, note: Note) -> Iterator[SourceRecord]:
        """A record for each language. The library's list of files may be short of one that the UN has by symbol."""
        for language in self._languages:
            files = note.files.get(language, ())
            yield SourceRecord(
                origin=self.name,
                claim=Claim.EXISTS if files else Claim.EXPECTED,
                symbol=note.symbols[0],
                other_symbols=note.symbols[1:],
                language=language,
                identifier=record.identifier,
                version=record.datestamp,
                title=note.title,
                issued=note.issued,
                relations=note.relations,
                urls=files,
            )
