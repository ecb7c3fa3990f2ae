"""What a cycle of ingestion costs: documents a minute, and where the time goes.

    python -m benchmarks.ingest [--documents 1000]

The documents are the specimens' texts under numbered symbols, printed as PDFs and served by the tests' server on
loopback, so that no delay towards a host counts. One process, without Prefect. A second cycle finds nothing new.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.golds import SPECIMENS
from schemas.fetching import Claim, FetchOutcome, SourceRecord
from schemas.settings import load_settings
from tests.loopback.pond import pdf
from tests.loopback.server import LoopbackServer
from unbitext.composition import AlignWork, FinishWork, PlainStages, compose
from unbitext.ingest import Cycle, CycleOutcome, run_cycle
from unbitext.outcome import BuildOutcome, Refused
from unbitext.plan import Plan
from unbitext.records import DocumentRecord, PairRecord, Parsed
from unbitext.report import Report
from unbitext.sources.fetching import Fetcher, open_fetcher
from unbitext.sources.source import Batch

NAMES = ("SPECIMEN_PV.7", "SPECIMEN_SR.3", "SPECIMEN_2026_12", "SPECIMEN_CONF.2026_WP.4", "SPECIMEN_RES_9_4")


class Timer:
    """Seconds by the name of a stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that passes inside."""
        started = time.perf_counter()
        yield
        self.seconds[name] += time.perf_counter() - started


class TimedStages(PlainStages):
    """The stages of a build, each timed."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer

    def parse(self, plan: Plan) -> list[Parsed | Refused]:
        with self._timer.stage("parse"):
            return super().parse(plan)

    def finish(self, plan: Plan, work: FinishWork) -> list[DocumentRecord | Refused]:
        with self._timer.stage("encode"):
            return super().finish(plan, work)

    def align(self, plan: Plan, work: AlignWork) -> list[PairRecord]:
        with self._timer.stage("align"):
            return super().align(plan, work)

    def assemble(self, plan: Plan, report: Report, folder: Path) -> tuple[Report, list[str]]:
        with self._timer.stage("assemble and validate"):
            return super().assemble(plan, report, folder)

    def publish(self, plan: Plan, folder: Path, names: list[str]) -> tuple[list[str], list[str]]:
        with self._timer.stage("publish"):
            return super().publish(plan, folder, names)


class TimedFetching:
    """A fetcher, timed: asking, checking what came, keeping it."""

    def __init__(self, fetcher: Fetcher, timer: Timer) -> None:
        self._fetcher = fetcher
        self._timer = timer

    def fetch(self, record: SourceRecord, *, absences: int = 0) -> FetchOutcome:
        with self._timer.stage("fetch and check"):
            return self._fetcher.fetch(record, absences=absences)


class Listing:
    """A source that tells of all documents, a hundred a batch."""

    name = "listing"

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self._names = names

    def discover(self, cursor: str | None) -> Iterator[Batch]:
        for start in range(int(cursor or 0), len(self._names), 100):
            chosen = self._names[start : start + 100]
            records = (
                SourceRecord.model_validate(
                    {"origin": self.name, "claim": Claim.EXISTS, "symbol": symbol, "language": language}
                )
                for symbol, language in chosen
            )
            yield Batch(records=tuple(records), cursor=str(start + len(chosen)))


def publish(server: LoopbackServer, documents: int) -> tuple[list[tuple[str, str]], int]:
    """Publish so many documents, in pairs; return symbol and language of each, and all their bytes."""
    texts = {
        (name, language): (SPECIMENS / f"{name}.{language}.txt").read_text(encoding="utf-8")
        for name in NAMES
        for language in ("en", "zh")
    }
    found = []
    size = 0
    for number in range(documents // 2):
        name = NAMES[number % len(NAMES)]
        printed = name.replace("_", "/")
        symbol = f"SPECIMEN/{number // len(NAMES) + 100}/{printed.removeprefix('SPECIMEN/')}"
        for language in ("en", "zh"):
            data = pdf(texts[name, language].replace(printed, symbol).splitlines())
            server.publish(symbol, language, "pdf", data)
            found.append((symbol, language))
            size += len(data)
    return found, size


def cycle(server: LoopbackServer, folder: Path, names: Sequence[tuple[str, str]], timer: Timer) -> CycleOutcome:
    """Run one cycle."""
    flags = {"data": folder / "data", "state": folder / "state", "out": folder / "corpus"}
    settings = load_settings(dict(flags), server.environment()).values

    def build(plan: Plan) -> BuildOutcome:
        return compose(plan, TimedStages(timer))

    with open_fetcher(settings) as fetcher, timer.stage("whole"):
        return run_cycle(Cycle(settings), lambda _: [Listing(names)], TimedFetching(fetcher, timer), build=build)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    documents = parser.parse_args().documents
    with LoopbackServer() as server, tempfile.TemporaryDirectory() as folder:
        names, size = publish(server, documents)
        print(f"{len(names)} documents, {size / 1e6:.1f} MB")
        for title in ("all new", "nothing new"):
            timer = Timer()
            processor = time.process_time()
            server.forget_requests()
            outcome = cycle(server, Path(folder), names, timer)
            whole = timer.seconds.pop("whole")
            speed = f", {60 * len(names) / whole:.0f} documents a minute" if outcome.new else ""
            processor = time.process_time() - processor
            print(f"{title}: {whole:.1f} s ({processor:.1f} s of a processor){speed}, {server.asked()} requests")
            for name, seconds in timer.seconds.items():
                print(f"  {name:<24}{seconds:8.1f} s {100 * seconds / whole:5.0f}%")
            rest = whole - sum(timer.seconds.values())
            print(f"  {'catalogue and the rest':<24}{rest:8.1f} s {100 * rest / whole:5.0f}%")
            assert outcome.build is not None
            totals = outcome.build.record.totals
            print(f"  {totals.documents} documents, {totals.pairs} pairs, {totals.refused} refused")


if __name__ == "__main__":
    main()
