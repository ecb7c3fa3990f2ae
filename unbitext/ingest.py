"""One cycle of ingestion: discover, fetch, build, note what became of each document, remove what is long former.

A cycle can be killed at any moment. What came is kept beside the files before the catalogue hears of it, a source goes
on where its last whole batch ended, and the build goes on from its cache: the next cycle finishes the work, and its end
is the same as if nothing had happened.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from schemas.base import Model
from schemas.catalogue import DocumentState, Entry
from schemas.fetching import Claim, FetchOutcome, FetchStatus, SourceRecord
from schemas.settings import Settings
from unbitext.catalogue.catalogue import Catalogue, Clock, Selection, system_clock
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.catalogue.rebuild import open_catalogue, rebuild
from unbitext.composition import PlainStages, compose
from unbitext.fetched_files import FetchedFiles
from unbitext.intake import Intake, Taken
from unbitext.kept_documents import KeptDocuments
from unbitext.kept_inputs import kept_inputs, note_standings
from unbitext.outcome import BuildOutcome
from unbitext.plan import Plan
from unbitext.retention.policy import Policy, Pruned
from unbitext.sources.source import Fetching, KnownSymbols, Left, Source
from unbitext.store import State, folder_lock, remove_leftovers_of_the_dead, write_file

LOGGER = logging.getLogger("unbitext")

_ASK_AGAIN_THEMSELVES = ("enumeration:", "changes:")
"""Sources whose names begin so guess at symbols. They decide by themselves which they ask for again, and how few of
them, until a document is there in one language."""

REPORT = "ingest.md"
"""The report of the last cycle, in the folder that the corpus's folder is in."""

MakeSources = Callable[[KnownSymbols], Sequence[Source]]
Build = Callable[[Plan], BuildOutcome]
Told = Callable[[Taken], None]
Result = TypeVar("Result")


class CycleOutcome(Model):
    """What a cycle came to.

    `taken` are the documents asked for, `left` what sources found and could not take, `changed` the documents whose
    state the build changed, `failed_sources` the names of the sources that could not do their work: `notes` says why.
    `pruned` is what the policy on former files came to; None where there is none, or where its day has not come.
    """

    taken: tuple[Taken, ...] = ()
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
    failed_sources: tuple[str, ...] = ()
    build: BuildOutcome | None = None
    changed: tuple[Entry, ...] = ()
    pruned: Pruned | None = None

    def count(self, status: FetchStatus) -> int:
        """How many documents that were asked for ended so."""
        return Counter(one.status for one in self.taken)[status]

    @property
    def summary(self) -> str:
        """What it came to, in a line."""
        asked = len(self.taken)
        return f"{asked} asked for, {len(self.new)} new, {len(self.unsettled)} refused or not reached"

    @property
    def new(self) -> tuple[Taken, ...]:
        """The documents whose file is new."""
        return tuple(one for one in self.taken if one.is_new)

    @property
    def unsettled(self) -> tuple[Taken, ...]:
        """The documents that were refused, or could not be asked for."""
        return tuple(
            one for one in self.taken if one.status in (FetchStatus.REFUSED, FetchStatus.FAILED, FetchStatus.BLOCKED)
        )


class Cycle:
    """What the steps of a cycle share: folders, the catalogue, the clock."""

    def __init__(self, settings: Settings, clock: Clock = system_clock) -> None:
        self.settings = settings
        self.state = State(settings.state)
        self.kept = KeptDocuments(settings.data / "kept")
        self.files = FetchedFiles(settings.data / "fetched")
        self._clock = clock

    def now(self) -> datetime:
        """Tell the time, in UTC."""
        return self._clock().astimezone(UTC)

    def catalogue(self) -> Catalogue:
        """Open the catalogue; see `open_catalogue`."""
        return open_catalogue(self.state.catalogue, self.kept, self._clock, self.files.removals())

    def write_report(self, report: str) -> Path:
        """Write the report of a cycle beside the corpus; return its file. Raises `OSError`."""
        path = self.settings.out.with_name(REPORT)
        write_file(path, report.encode("utf-8"))
        return path

    def rebuild(self) -> int:
        """Make the catalogue anew from what is kept, with the states that the last build left; see `rebuild`."""
        count = rebuild(self.state.catalogue, self.kept, self._clock, self.files.removals())
        if (planned := self.plan()) is not None:
            plan, note = planned
            if (record := plan.done(by_name=True)) is not None:
                note(BuildOutcome(record=record, up_to_date=True))
        return count

    def clear_away(self) -> None:
        """Remove what killed cycles left half written; builds see to the corpus, the cache to itself."""
        state = self.state.root
        for folder in (self.files.root, self.kept.root, self.state.hosts, state / "builds", self.settings.out.parent):
            remove_leftovers_of_the_dead(folder)

    def _soundly(self, step: Callable[[], Result]) -> Result:
        """Do a step; once more with a catalogue made anew, where this one turns out to be damaged inside."""
        try:
            return step()
        except CatalogueDamagedError as error:
            LOGGER.warning("%s: the catalogue is made anew from what is kept", error)
            self.rebuild()
            return step()

    def gather(self, make_sources: MakeSources, fetcher: Fetching, told: Told = lambda _: None) -> CycleOutcome:
        """Ask for what is due, and for what the sources tell of. Raises `OSError` where nothing can be written."""
        self.clear_away()
        return self._soundly(lambda: self._gather(make_sources, fetcher, told))

    def _gather(self, make_sources: MakeSources, fetcher: Fetching, told: Told) -> CycleOutcome:
        with self.catalogue() as catalogue:
            intake = Intake(catalogue, self.kept, fetcher)
            notes: list[str] = []
            failed: list[str] = []
            left: list[Left] = []

            def take(record: SourceRecord) -> None:
                if (taken := intake.take(record)) is not None:
                    told(taken)

            due = list(due_records(catalogue))
            if due and not self.settings.contact:
                notes.append(f"{len(due)} documents are due, and no host is asked without UNBITEXT_CONTACT")
                due = []
            for record in due:
                take(record)
            for source in make_sources(catalogue):
                for batch in source.discover(catalogue.cursor(source.name)):
                    for record in batch.records:
                        take(record)
                    if batch.cursor != catalogue.cursor(source.name):
                        with catalogue.changes():
                            catalogue.set_cursor(source.name, batch.cursor)
                    if batch.note:
                        notes.append(f"{source.name}: {batch.note}")
                    if batch.failed:
                        failed.append(source.name)
                    left += batch.left
        return CycleOutcome(
            taken=tuple(intake.taken),
            left=tuple(left),
            notes=(*notes, *intake.deletions),
            failed_sources=tuple(sorted(set(failed))),
        )

    def preview(self, make_sources: MakeSources) -> tuple[list[SourceRecord], list[str]]:
        """Tell what a cycle would ask for, and what sources have to say, fetching nothing and noting nothing."""
        notes: list[str] = []
        found: dict[tuple[str | None, str | None, str | None], SourceRecord] = {}
        with self.catalogue() as catalogue:
            intake = Intake(catalogue, self.kept, _NoFetching())
            for record in due_records(catalogue):
                found.setdefault((record.symbol, record.language, record.identifier), record)
            for source in make_sources(catalogue):
                for batch in source.discover(catalogue.cursor(source.name)):
                    wanted = [record for record in batch.records if intake.is_wanted(record)]
                    for record in wanted:
                        found.setdefault((record.symbol, record.language, record.identifier), record)
                    if batch.note:
                        notes.append(f"{source.name}: {batch.note}")
                    notes += [f"{source.name}: {one.name} stays: {one.reason}" for one in batch.left]
                    if any(record.claim is Claim.EXPECTED for record in wanted):
                        break  # what comes next depends on what would be there
        return list(found.values()), notes

    def plan(self) -> tuple[Plan, Callable[[BuildOutcome], list[Entry]]] | None:
        """Plan the build of all that is kept, and how to note what became of it; None where nothing is kept."""
        with self.catalogue() as catalogue:
            kept = kept_inputs(catalogue, self.files)

        def note(outcome: BuildOutcome) -> list[Entry]:
            with self.catalogue() as catalogue:
                return note_standings(catalogue, kept.owners, outcome.record.standings)

        return (Plan(kept.inputs, self.settings), note) if kept.inputs.files else None

    def update(self, build: Build) -> tuple[BuildOutcome | None, list[Entry]]:
        """Bring the corpus up to date with what is kept; where nothing has changed, no file of it is parsed.

        Raises what a build raises; the corpus is then as it was.
        """
        return self._soundly(lambda: self._update(build))

    def _update(self, build: Build) -> tuple[BuildOutcome | None, list[Entry]]:
        planned = self.plan()
        if planned is None:
            return None, []
        plan, note = planned
        record = plan.done(by_name=True)
        outcome = BuildOutcome(record=record, up_to_date=True) if record is not None else build(plan)
        return outcome, note(outcome)

    def prune(self) -> Pruned | None:
        """Apply the policy on former files, where there is one; what stands in its way is told in the outcome."""
        if self.settings.keep_versions_days is None:
            return None
        with self.catalogue() as catalogue:
            return Policy(self.settings, catalogue, self.kept, self.files).apply_daily()


def run_cycle(
    cycle: Cycle,
    make_sources: MakeSources,
    fetcher: Fetching,
    *,
    build: Build = lambda plan: compose(plan, PlainStages()),
    told: Told = lambda _: None,
    wait: bool = False,
) -> CycleOutcome:
    """Run one cycle, alone: another one at the same time is waited for, or this one does not begin.

    Raises `FolderLockedError` where another cycle is at work and it is not to wait, `OSError` where nothing can be
    written, and what a build raises.
    """
    with cycle_lock(cycle.settings, wait=wait):
        gathered = cycle.gather(make_sources, fetcher, told)
        outcome, changed = cycle.update(build)
        pruned = cycle.prune()
    return gathered.model_copy(update={"build": outcome, "changed": tuple(changed), "pruned": pruned})


def cycle_lock(settings: Settings, *, wait: bool = False) -> AbstractContextManager[None]:
    """Hold the catalogue against other cycles; a crash releases it."""
    return folder_lock(State(settings.state).catalogue.parent, who="ingestion", wait=wait)


def due_records(catalogue: Catalogue) -> Iterator[SourceRecord]:
    """Yield what there is to ask for before any source is asked: what is wanted, and what is looked at again now."""
    for entry in list(catalogue.due()):
        if entry.state is DocumentState.ABSENT and entry.origin.startswith(_ASK_AGAIN_THEMSELVES):
            known = catalogue.select(Selection(symbols=(entry.symbol,)))
            if all(each.state in (DocumentState.ABSENT, DocumentState.WANTED) for each in known):
                continue
        yield SourceRecord(
            origin=entry.origin,
            claim=Claim.CHANGED if entry.kept else Claim.EXISTS,
            symbol=entry.symbol,
            language=entry.language,
            urls=entry.urls,
        )


class _NoFetching:
    def fetch(self, record: SourceRecord, *, absences: int = 0) -> FetchOutcome:
        raise AssertionError("a preview fetches nothing")
