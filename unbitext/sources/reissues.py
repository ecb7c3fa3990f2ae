"""Reissues: documents that are here, asked for again from time to time, since the UN replaces files under one symbol.

A reissue (`A/79/1*`) has the address of what it replaces, and only a conditional request tells. Every document has its
turn once in a round, some in each cycle; a round begins so many days after the one before began.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pydantic import ValidationError

from schemas.base import Model
from schemas.document import Language
from schemas.fetching import Claim, SourceRecord
from schemas.series import Series
from unbitext.sources.clock import Clock
from unbitext.sources.source import Batch, KnownSymbols, Presence


class ReissueCursor(Model):
    """The cursor: when the round began, and the symbol that it came to; null once it is done."""

    began: datetime
    reached: str | None = None


class Reissues:
    """The source `reissues:SERIES` (`unbitext.sources.source.Source`): asks for at most `most` documents a cycle."""

    def __init__(
        self,
        series: Series,
        known: KnownSymbols,
        languages: Sequence[Language] = ("en", "zh"),
        *,
        round_days: float = 90.0,
        most: int = 20,
        clock: Clock | None = None,
    ) -> None:
        self._series = series
        self._known = known
        self._languages = tuple(languages)
        self._round = timedelta(days=round_days)
        self._most = most
        self._clock = clock or Clock()

    @property
    def name(self) -> str:
        """The source's name."""
        return f"reissues:{self._series.name}"

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        """Give documents to ask for again, those of one symbol a batch; see `Source.discover`."""
        now = self._clock.now()
        # What is new to the catalogue was fetched a moment ago: the first round begins with a wait.
        state = _read(cursor) or ReissueCursor(began=now)
        if state.began > now:
            state = state.model_copy(update={"began": now})  # the clock went back
        if state.reached is None and now - state.began >= self._round:
            state = ReissueCursor(began=now, reached="")
        asked = 0
        for symbol in self._symbols(state.reached):
            records = tuple(self._records(symbol))
            if asked and asked + len(records) > self._most:
                break
            asked += len(records)
            state = state.model_copy(update={"reached": symbol})
            yield Batch(records=records, cursor=state.model_dump_json())
        else:
            state = state.model_copy(update={"reached": None})
        yield Batch(records=(), cursor=state.model_dump_json())

    def _symbols(self, after: str | None) -> list[str]:
        if after is None or not self._most:
            return []
        found = {symbol for prefix in self._series.prefixes for symbol in self._known.symbols(prefix)}
        return sorted(symbol for symbol in found if symbol > after and self._series.holds(symbol))

    def _records(self, symbol: str) -> Iterator[SourceRecord]:
        for language in self._languages:
            if self._known.look_up(symbol, language).presence is Presence.PRESENT:
                yield SourceRecord(origin=self.name, claim=Claim.CHANGED, symbol=symbol, language=language)


def _read(cursor: str | None) -> ReissueCursor | None:
    try:
        return ReissueCursor.model_validate_json(cursor) if cursor else None
    except ValidationError:
        return None  # of another version of the program
