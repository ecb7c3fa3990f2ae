"""The policy of `keep_versions_days`: former files and results go once nothing has referred to them for so long.

    find former files -> settle ages -> for each file that is due: tombstone, bytes, note, catalogue

A kill between any two of these leaves what the next run goes on from: the ages are noted before anything goes, a
tombstone is there before its file is gone, and the catalogue hears of it last.
"""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

from schemas.base import Model
from schemas.retention import Removal
from schemas.settings import Settings
from unbitext.catalogue.catalogue import Catalogue
from unbitext.catalogue.former_files import FileKey, Witness
from unbitext.cycle_record import read_record
from unbitext.fetched_files import FetchedFiles
from unbitext.kept_documents import KeptDocuments
from unbitext.retention.ages import Ages, longest_gap, settle_ages
from unbitext.retention.errors import UncertainError
from unbitext.retention.holdings import Former, find_former
from unbitext.retention.results import former_results
from unbitext.store import FolderLockedError, State, folder_lock

LOGGER = logging.getLogger("unbitext")

_ONCE_HOURS = 20.0
"""Cycles come often, and stock is taken of every receipt: once a day is enough."""


class Pruned(Model):
    """What the policy came to: what was removed (in a dry run: would be), and what is former and not yet due.

    `results` are files of the cache and `results_bytes` their size; `note` says what a person should know, `failed`
    that nothing could be removed.
    """

    removed: tuple[Removal, ...] = ()
    waiting: int = 0
    results: int = 0
    results_bytes: int = 0
    note: str | None = None
    failed: bool = False

    @property
    def freed_bytes(self) -> int:
        """The size of all that went."""
        return sum(one.file.size_bytes for one in self.removed) + self.results_bytes


class Policy:
    """The policy for these folders; only under the lock of cycles, and outside of `Catalogue.changes()`."""

    def __init__(self, settings: Settings, catalogue: Catalogue, kept: KeptDocuments, files: FetchedFiles) -> None:
        if settings.keep_versions_days is None:
            raise ValueError("there is no policy")
        self._settings = settings
        self._keep = timedelta(days=settings.keep_versions_days)
        self._catalogue = catalogue
        self._kept = kept
        self._files = files

    def apply_daily(self) -> Pruned | None:
        """Apply it at the end of a cycle, where it was not applied within the day; None where it was.

        What stands in its way is told in the outcome, and costs the cycle nothing.
        """
        witness = self._catalogue.former.witness()
        finished = witness.finished if witness else None
        if finished and timedelta() <= self._catalogue.now() - finished < timedelta(hours=_ONCE_HOURS):
            return None
        try:
            return self.apply()
        except (UncertainError, FolderLockedError, OSError) as error:
            return Pruned(note=f"no former file is removed: {error}", failed=not isinstance(error, FolderLockedError))

    def apply(
        self,
        *,
        dry_run: bool = False,
        trust_clock: bool = False,
        wait: bool = False,
        told: Callable[[Removal], None] = lambda _: None,
    ) -> Pruned:
        """Remove what is due; in a dry run only say what would go.

        A step of the clock does not count unless `trust_clock` says so. `told` hears of each file. Raises
        `UncertainError` where nothing may be removed, `FolderLockedError` where a build is at work and it is not to
        wait, `OSError` where something cannot be removed: what has gone till then is noted.
        """
        with ExitStack() as stack:
            if not dry_run:
                stack.enter_context(folder_lock(self._settings.out, wait=wait))
            now = self._catalogue.now()
            former = find_former(self._settings, self._catalogue, self._kept, self._files)
            ages, witness = self._ages(former, now, trust_clock)
            if not dry_run:
                with self._catalogue.changes():
                    self._catalogue.former.set_since(ages.since, now)
                self._index_tombstones()
            due = sorted(key for key, since in ages.since.items() if now - since >= self._keep)
            removed = []
            for key in due:
                removal = self._removal(key, former[key], ages.since[key], now)
                removed.append(removal if dry_run else self._remove(removal))
                told(removed[-1])
            note = self._note(ages, witness)
            results = [] if ages.gap else former_results(State(self._settings.state), now, self._keep)
            size = sum(one.size_bytes for one in results)
            if not dry_run:
                for one in results:
                    one.path.unlink(missing_ok=True)
                with self._catalogue.changes():
                    self._catalogue.former.set_finished(now)
        return Pruned(
            removed=tuple(removed),
            waiting=len(ages.since) - len(due),
            results=len(results),
            results_bytes=size,
            note=note,
        )

    def _ages(self, former: dict[FileKey, Former], now: datetime, trust_clock: bool) -> tuple[Ages, Witness | None]:
        witness = self._catalogue.former.witness()
        known = self._catalogue.former.since()
        first_look = witness is None
        if first_look:
            # The policy is new here: the end of the last cycle vouches for the clock.
            last = read_record(State(self._settings.state).last_cycle)
            witness = Witness(witnessed=last.ended) if last else None
            known = {}
        ages = settle_ages(
            former,
            known,
            witness.witnessed if witness else None,
            now,
            keep_days=self._keep / timedelta(days=1),
            trust_clock=trust_clock,
            first_look=first_look,
        )
        return ages, witness

    def _removal(self, key: FileKey, former: Former, since: datetime, now: datetime) -> Removal:
        days = f"{self._keep / timedelta(days=1):g}"
        return Removal(
            file=former.file,
            is_aside=key[1],
            documents=former.documents,
            unused_since=since,
            removed_at=now,
            reason=f"replaced, and not referred to for {days} days (keep_versions_days)",
        )

    def _remove(self, removal: Removal) -> Removal:
        removal = self._files.remove(removal)
        self._note_removal(removal)
        return removal

    def _note_removal(self, removal: Removal) -> None:
        digest = removal.file.sha256
        with self._catalogue.changes():
            self._catalogue.former.set_removed(removal)
            for name in removal.documents:
                symbol, _, language = name.removesuffix(")").rpartition(" (")
                if (entry := self._catalogue.entry(symbol, language)) is not None:
                    self._catalogue.tell(entry, f"the former file {digest[:12]} is removed: {removal.reason}")
        names = ", ".join(removal.documents) or removal.file.url or "no document"
        LOGGER.info(
            "removed %s (%s, %d bytes, fetched %s): %s",
            digest,
            names,
            removal.file.size_bytes,
            removal.file.retrieved_at.date(),
            removal.reason,
        )

    def _index_tombstones(self) -> None:
        """Tell the catalogue of files that are gone, and of which it has not heard: a kill came between."""
        for removal in self._files.removals():
            is_gone = not self._files.has_traces(removal.file, aside=removal.is_aside)
            if is_gone and not self._catalogue.former.knows(removal):
                self._note_removal(removal)

    def _note(self, ages: Ages, witness: Witness | None) -> str | None:
        if ages.gap is not None and ages.gap > timedelta():
            most = longest_gap(self._keep / timedelta(days=1)) / timedelta(days=1)
            return (
                f"the clock says that {ages.gap.days} days have passed since the last look, more than"
                f" {most:g}: they do not count, and no former file becomes due by them; if they have passed,"
                " unbitext prune --trust-clock counts them"
            )
        if witness is None and ages.since:
            return "nothing tells how long former files have been former: their days count from now on"
        return None
