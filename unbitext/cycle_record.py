"""How the last cycle ended: a small file in the state folder, written at the end of each, for people and monitors."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from schemas.base import Model
from schemas.settings import Settings
from unbitext.store import FolderLockedError, State, read_model, write_file

if TYPE_CHECKING:
    from unbitext.ingest import Cycle, CycleOutcome

LOGGER = logging.getLogger("unbitext")


class CycleRecord(Model):
    """How a cycle ended. Times are UTC.

    `error` says why it was broken off, null where it came to its end. `asked` counts documents by what came of asking
    for them (`FetchStatus`), `new` those whose file is new; `failed_sources` could not do their work, for what is in
    `notes`. `succeeded` is when a cycle last came to its end, this one or one before.
    """

    began: datetime
    ended: datetime
    error: str | None = None
    asked: dict[str, int] = Field(default_factory=dict)
    new: int = 0
    failed_sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    succeeded: datetime | None = None


def read_record(path: Path) -> CycleRecord | None:
    """Read the record of the last cycle; None where there is none, or a damaged one. Raises `OSError`."""
    return read_model(path, CycleRecord)


def write_metrics(settings: Settings) -> None:
    """Write what monitors read, from the record of the last cycle; without one there is nothing to write.

    Raises `OSError`.
    """
    from unbitext.metrics import render_metrics  # noqa: PLC0415 - the record is read without it

    state = State(settings.state)
    if (record := read_record(state.last_cycle)) is not None:
        write_file(state.metrics, render_metrics(record, settings))


@contextmanager
def recorded(cycle: "Cycle") -> Iterator[Callable[["CycleOutcome"], None]]:
    """Record how the cycle ends that runs inside, and write its metrics; give what is to be told of its outcome.

    What the cycle raises goes on. One that did not begin, since another was at work, leaves no record, and so does one
    that a person or a signal ends: the next one goes on with it. That a record cannot be written ends no cycle.
    """
    began = cycle.now()
    told: list[CycleOutcome] = []
    try:
        yield told.append
    except FolderLockedError:
        raise
    except Exception as error:
        _write(cycle, began, None, f"{type(error).__name__}: {' '.join(str(error).split())}")
        raise
    _write(cycle, began, told[-1], None)


def _write(cycle: "Cycle", began: datetime, outcome: "CycleOutcome | None", error: str | None) -> None:
    from schemas.fetching import FetchStatus  # noqa: PLC0415 - the record is read without them

    state = cycle.state
    try:
        before = read_record(state.last_cycle)
        record = CycleRecord(
            began=began, ended=cycle.now(), error=error, succeeded=before.succeeded if before else None
        )
        if outcome is not None:
            record = record.model_copy(
                update={
                    "asked": {status.value: outcome.count(status) for status in FetchStatus},
                    "new": len(outcome.new),
                    "failed_sources": outcome.failed_sources,
                    "notes": outcome.notes,
                    "succeeded": record.ended,
                }
            )
        write_file(state.last_cycle, record.model_dump_json(indent=1).encode() + b"\n")
        write_metrics(cycle.settings)
    except OSError as failure:
        LOGGER.warning("how the cycle ended cannot be recorded: %s", failure)
