"""How the last copy to a mirror ended: a small file in the state folder, for monitors."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from schemas.base import Model
from schemas.settings import Settings
from unbitext.catalogue.catalogue import Clock
from unbitext.mirror.copying import Copied
from unbitext.mirror.errors import MirrorError
from unbitext.store import State, read_model, write_file

LOGGER = logging.getLogger("unbitext")


class MirrorRecord(Model):
    """How a copy to a mirror ended. Times are UTC.

    `error` says why it failed, null where it came to its end; `files` are those that the mirror holds, `damaged` counts
    those that could not be sent. `succeeded` is when a copy last came to its end with nothing left out.
    """

    ended: datetime
    error: str | None = None
    files: int = 0
    damaged: int = 0
    succeeded: datetime | None = None


def read_mirror_record(path: Path) -> MirrorRecord | None:
    """Read the record of a mirror (`State.mirror_record`); None where there is none, or a damaged one.

    Raises `OSError`.
    """
    return read_model(path, MirrorRecord)


@contextmanager
def recorded_copy(url: str, settings: Settings, clock: Clock) -> Iterator[Callable[[Copied], None]]:
    """Record how the copy ends that is made inside, and bring the metrics up to date; give what is to be told of it.

    What it raises goes on. One that does not begin, since a cycle is at work, or that a person ends leaves no record.
    """
    told: list[Copied] = []
    try:
        yield told.append
    except (MirrorError, OSError) as error:
        _write(url, settings, clock, None, f"{type(error).__name__}: {' '.join(str(error).split())}")
        raise
    _write(url, settings, clock, told[-1], None)


def _write(url: str, settings: Settings, clock: Clock, copied: Copied | None, error: str | None) -> None:
    from unbitext.cycle_record import write_metrics  # noqa: PLC0415 - the record is read without it

    path = State(settings.state).mirror_record(url)
    try:
        before = read_mirror_record(path)
        record = MirrorRecord(ended=clock(), error=error, succeeded=before.succeeded if before else None)
        if copied is not None:
            damaged = len(copied.damaged)
            succeeded = record.succeeded if damaged else record.ended
            record = record.model_copy(update={"files": copied.files, "damaged": damaged, "succeeded": succeeded})
        write_file(path, record.model_dump_json(indent=1).encode() + b"\n")
        if url == settings.mirror:
            write_metrics(settings)
    except OSError as failure:
        LOGGER.warning("how the copy to the mirror ended cannot be recorded: %s", failure)
