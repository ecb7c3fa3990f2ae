"""A pond whose papers appear on a server on loopback, and cycles of ingestion with a clock that is set by hand."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.fetching import Claim, SourceRecord
from schemas.settings import Settings, Value, load_settings
from tests.loopback.pond import pond_paper
from tests.loopback.server import LoopbackServer
from unbitext.composition import PlainStages, compose
from unbitext.ingest import Build, Cycle, CycleOutcome, run_cycle
from unbitext.outcome import BuildOutcome
from unbitext.plan import Plan
from unbitext.sources.clock import Clock
from unbitext.sources.fetching import open_fetcher
from unbitext.sources.source import Batch, KnownSymbols, Source


class SetClock(Clock):
    """A clock that stands still until it is set; waiting takes no time."""

    def __init__(self, start: float = datetime(2026, 11, 21, 14, tzinfo=UTC).timestamp()) -> None:
        self.at = start

    def seconds(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        """Do not wait."""

    def pass_days(self, days: float) -> None:
        self.at += days * 86_400


class Listed:
    """A source that tells of what it is given, two records a batch."""

    name = "listed"

    def __init__(self, records: Sequence[SourceRecord]) -> None:
        self._records = records

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        start = int(cursor or 0)
        for place in range(start, len(self._records), 2):
            records = tuple(self._records[place : place + 2])
            yield Batch(records=records, cursor=str(place + len(records)))


def record(symbol: str, language: str, claim: Claim = Claim.EXISTS, **more: object) -> SourceRecord:
    values = {"origin": "listed", "claim": claim, "symbol": symbol, "language": language, **more}
    return SourceRecord.model_validate(values)


class Pond:
    """Server, clock and cycles; `records` is what the one source tells of, `cycle` runs a whole cycle."""

    def __init__(self, server: LoopbackServer, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.clock = SetClock()
        self.records: list[SourceRecord] = []
        self.builds = 0

    def publish(self, symbol: str, *languages: str, number: int = 1) -> None:
        """Publish a paper in these languages, and let the source tell of it."""
        for language in languages or ("en", "zh"):
            self.server.publish(symbol, language, "pdf", pond_paper(symbol, language, number))
            self.records.append(record(symbol, language))

    def settings(self, **changes: Value) -> Settings:
        folders = {name: self.folder / name for name in ("data", "state", "corpus")}
        flags: dict[str, Value | None] = {"data": folders["data"], "state": folders["state"], "out": folders["corpus"]}
        return load_settings({**flags, **changes}, self.server.environment(), self.folder).values

    def sources(self, known: KnownSymbols) -> list[Source]:
        return [Listed(self.records)]

    def cycle(self, build: Build | None = None, *, wait: bool = False, **changes: Value) -> CycleOutcome:
        settings = self.settings(**changes)
        with open_fetcher(settings, clock=self.clock) as fetcher:
            return run_cycle(
                Cycle(settings, self.clock.now), self.sources, fetcher, build=build or self.build, wait=wait
            )

    def states(self) -> dict[str, str]:
        """The state of each document, by symbol and language."""
        from unbitext.catalogue.catalogue import Selection  # noqa: PLC0415

        with Cycle(self.settings(), self.clock.now).catalogue() as catalogue:
            return {f"{one.symbol} {one.language}": one.state.value for one in catalogue.select(Selection())}

    def build(self, plan: Plan) -> BuildOutcome:
        """Build in this process, and count."""
        self.builds += 1
        return compose(plan, PlainStages())


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


@pytest.fixture
def pond(server: LoopbackServer, tmp_path: Path) -> Pond:
    return Pond(server, tmp_path)
