"""The smallest catalogue and cycle that sources can be tried with: what a real one does, in memory."""

from collections.abc import Iterator
from datetime import datetime

from schemas.document import Language
from schemas.fetching import FetchOutcome, FetchStatus, SourceRecord
from unbitext.sources.fetching import Fetcher
from unbitext.sources.source import NO_SIGN, Known, Presence, Source


class Catalogue:
    """What came of each (symbol, language)."""

    def __init__(self) -> None:
        self.outcomes: dict[tuple[str, str], FetchOutcome] = {}
        self.absences: dict[tuple[str, str], int] = {}
        self.cursors: dict[str, str | None] = {}
        self.asked: list[tuple[str, str]] = []
        self.notes: list[str] = []

    def look_up(self, symbol: str, language: Language) -> Known:
        outcome = self.outcomes.get((symbol, language))
        if outcome is None or outcome.status in (FetchStatus.FAILED, FetchStatus.BLOCKED):
            return Known(presence=Presence.UNKNOWN)
        if outcome.status is FetchStatus.ABSENT:
            return Known(presence=Presence.ABSENT, next_look=outcome.next_look)
        is_refused = outcome.status is FetchStatus.REFUSED
        if is_refused and outcome.code in NO_SIGN:
            return Known(presence=Presence.ABSENT, next_look=outcome.next_look, is_refused=True)
        return Known(presence=Presence.PRESENT, is_refused=is_refused)

    def symbols(self, prefix: str) -> Iterator[str]:
        found = {symbol for (symbol, _), one in self.outcomes.items() if one.is_there and symbol.startswith(prefix)}
        return iter(found)

    def there(self) -> list[str]:
        return sorted(f"{symbol} {language}" for (symbol, language), one in self.outcomes.items() if one.is_there)


def cycle(source: Source, fetcher: Fetcher, catalogue: Catalogue, *, most: int | None = None) -> list[SourceRecord]:
    """One cycle: fetch what the source names, unless its file is there already. `most` batches, then the kill."""
    seen: list[SourceRecord] = []
    for number, batch in enumerate(source.discover(catalogue.cursors.get(source.name))):
        catalogue.cursors[source.name] = batch.cursor
        if batch.note:
            catalogue.notes.append(batch.note)
        for record in batch.records:
            seen.append(record)
            if record.symbol is None or record.language is None:
                continue
            key = (record.symbol, record.language)
            known = catalogue.outcomes.get(key)
            if known is not None and known.is_there:
                continue
            catalogue.asked.append(key)
            outcome = fetcher.fetch(record, absences=0 if record.is_news else catalogue.absences.get(key, 0))
            catalogue.outcomes[key] = outcome
            if outcome.status is FetchStatus.ABSENT:
                catalogue.absences[key] = catalogue.absences.get(key, 0) + 1
        if most is not None and number + 1 >= most:
            break
    return seen


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text)
