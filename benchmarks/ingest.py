"""What a cycle of ingestion costs: documents a minute, and where the time goes.

    python -m benchmarks.ingest [--documents 1000] [--write] [--note "on a busy machine"]

The documents are the specimens' texts under numbered symbols, printed as PDFs and served by the tests' server on
loopback, so that no delay towards a host counts. One process, without Prefect. A second cycle finds nothing new.
Prints a line whenever a tenth of them is fetched and when a stage begins; `--write` puts the table into
docs/schedule.md, with the note.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.golds import ROOT, SPECIMENS
from benchmarks.tables import markdown_table, write_part
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


PAGE = ROOT / "docs" / "schedule.md"
PART = "ingestion cycle"


class Timer:
    """Seconds by the name of a stage, in the order in which stages began."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that passes inside."""
        if name not in self.seconds:
            print(f"  {time.strftime('%H:%M:%S')} {name}", file=sys.stderr, flush=True)
        started = time.perf_counter()
        self.seconds[name] += 0.0
        yield
        self.seconds[name] += time.perf_counter() - started


class Measured(NamedTuple):
    """One cycle: what it came to, the seconds of each stage and of all, and the requests that it made."""

    outcome: CycleOutcome
    stages: dict[str, float]
    whole: float
    requests: int

    @property
    def rest(self) -> float:
        """Seconds that belong to none of the stages: the catalogue, finding out what there is to do."""
        return self.whole - sum(self.stages.values())


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
    """A fetcher, timed: asking, checking what came, keeping it. Tells of every tenth of `documents`."""

    def __init__(self, fetcher: Fetcher, timer: Timer, documents: int) -> None:
        self._fetcher = fetcher
        self._timer = timer
        self._tenth = max(documents // 10, 1)
        self._fetched = 0

    def fetch(self, record: SourceRecord, *, absences: int = 0) -> FetchOutcome:
        with self._timer.stage("fetch and check"):
            outcome = self._fetcher.fetch(record, absences=absences)
        self._fetched += 1
        if self._fetched % self._tenth == 0:
            print(f"  {time.strftime('%H:%M:%S')} {self._fetched} fetched", file=sys.stderr, flush=True)
        return outcome


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


def cycle(server: LoopbackServer, folder: Path, names: Sequence[tuple[str, str]]) -> Measured:
    """Run one cycle."""
    flags = {"data": folder / "data", "state": folder / "state", "out": folder / "corpus"}
    settings = load_settings(dict(flags), server.environment()).values
    timer = Timer()
    server.forget_requests()

    def build(plan: Plan) -> BuildOutcome:
        return compose(plan, TimedStages(timer))

    started = time.perf_counter()
    with open_fetcher(settings) as fetcher:
        fetching = TimedFetching(fetcher, timer, len(names))
        outcome = run_cycle(Cycle(settings), lambda _: [Listing(names)], fetching, build=build)
    return Measured(outcome, dict(timer.seconds), time.perf_counter() - started, server.asked())


def measure(documents: int) -> tuple[Measured, Measured]:
    """Run a cycle in which so many documents are new, and one without news."""
    with LoopbackServer() as server, tempfile.TemporaryDirectory() as folder:
        names, size = publish(server, documents)
        print(f"{len(names)} documents, {size / 1e6:.1f} MB", file=sys.stderr, flush=True)
        new, nothing = (cycle(server, Path(folder), names) for _ in range(2))
    for one in (new, nothing):
        if one.outcome.unsettled or one.outcome.build is None or one.outcome.build.record.refused:
            raise SystemExit("not every document came into the corpus: these figures mean nothing")
    if len(new.outcome.new) != len(names) or nothing.outcome.new:
        raise SystemExit("the first cycle is to bring all documents, and the second none")
    return new, nothing


def told(new: Measured, nothing: Measured, note: str) -> str:
    """Tell of both cycles, with a table of where the time of the first goes."""
    assert new.outcome.build is not None
    totals, documents = new.outcome.build.record.totals, len(new.outcome.new)
    where = f" {note}" if note else ""
    lines = [
        f"A cycle that takes in {documents:,} documents took {new.whole:.0f} s{where}: "
        f"{60 * documents / new.whole:.0f} documents a minute,",
        f"{new.requests:,} requests, {totals.pairs:,} pairs, {totals.links:,} links. "
        f"The one after it, without news, took {nothing.whole:.1f} s and {nothing.requests} requests.",
    ]
    rows = [*new.stages.items(), ("catalogue and the rest", new.rest)]
    table = markdown_table(
        ("stage", "s", "%", "ms a document"),
        [
            (name, f"{seconds:.1f}", f"{100 * seconds / new.whole:.0f}", f"{1000 * seconds / documents:.0f}")
            for name, seconds in rows
        ],
    )
    return "\n".join([*lines, "", table])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--write", action="store_true", help="put the table into docs/schedule.md")
    parser.add_argument("--note", default="", help="what is to be said of the machine")
    options = parser.parse_args()
    text = told(*measure(options.documents), options.note)
    print(text)
    if options.write:
        write_part(PAGE, PART, text)


if __name__ == "__main__":
    main()
