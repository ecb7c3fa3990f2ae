"""The stages of a build as Prefect tasks: each takes a batch, retries what can pass, and keeps nothing of its own.

A task costs 30 ms in a thread and 100 ms in a process, so that documents come in batches. Prefect's own cache is off:
it keeps the result of a whole batch, and one changed document would void all of it. The stages keep each document's
result themselves, by the hash of what it depends on and of the code (`unbitext.store.Cache`).
"""

import errno
import os
import threading
from collections.abc import Callable, Sequence
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State as RunState
from prefect.client.schemas.objects import TaskRun
from prefect.tasks import Task

from flows.messages import set_up_messages
from schemas.document import Language
from unbitext.aligners import AlignerChoice
from unbitext.assembly import assemble_valid
from unbitext.build import align_records, finish_document, parse_input
from unbitext.corrections import Corrections
from unbitext.link_corrections import LinkCorrections
from unbitext.outcome import Refused
from unbitext.publishing import publish
from unbitext.records import DocumentRecord, InputFile, PairRecord, Parsed
from unbitext.report import Report
from unbitext.store import Cache, CorpusFolder

PASSING = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EMFILE})
"""Errors of a disk, above all of one on a network, that a second try can get past; a full disk is not among them."""

_BATCH_BYTES = (200_000, 1_000_000)
"""A batch's least and most: half a second to some seconds of parsing at 150-600 kB/s."""


Item = TypeVar("Item")
Given = ParamSpec("Given")
Made = TypeVar("Made")


def can_pass(_task: Task[..., Any], _run: TaskRun, state: RunState[Any]) -> bool:
    """Whether a second try makes sense: after an error of the disk that can pass, not after an error of ours."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and error.errno in PASSING


def stage(function: Callable[Given, Made]) -> Task[Given, Made]:
    """Make a function a task that is tried three times."""
    return task(retries=2, retry_delay_seconds=[1.0, 5.0], retry_condition_fn=can_pass, cache_policy=NO_CACHE)(function)


@stage
def parse_batch(
    files: Sequence[InputFile], cache: Cache, symbol: str | None, language: Language | None
) -> list[Parsed | Refused]:
    """Parse files."""
    return [parse_input(file, cache, symbol, language) for file in files]


@stage
def finish_batch(work: Sequence[tuple[Parsed, Corrections | None]], cache: Cache) -> list[DocumentRecord | Refused]:
    """Correct and encode documents."""
    return [finish_document(parsed, corrections, cache) for parsed, corrections in work]


@stage
def align_batch(
    pairs: Sequence[tuple[DocumentRecord, DocumentRecord, LinkCorrections | None]], cache: Cache, choice: AlignerChoice
) -> list[PairRecord]:
    """Align pairs of documents."""
    return [align_records(source, target, cache, corrections, choice) for source, target, corrections in pairs]


@stage
def assemble_corpus(report: Report, cache: Cache, folder: Path) -> tuple[Report, list[str]]:
    """Put a valid corpus together in a folder; give what is in it, and the names of its files."""
    return assemble_valid(report, cache, folder)


@stage
def publish_corpus(corpus: CorpusFolder, folder: Path, names: list[str]) -> tuple[list[str], list[str]]:
    """Let the corpus take the place of the former one; give the names of changed and of removed files."""
    return publish(corpus, folder, names)


def start_worker(verbose: bool, quiet: bool, log_format: Literal["text", "json"]) -> None:
    """Prepare a worker process: its messages are the program's, and it ends when its parent is gone."""
    set_up_messages(verbose, quiet, log_format)
    parent = parent_process()
    if parent is not None:
        # One that was killed cannot tell its workers to stop.
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def batches(items: Sequence[Item], sizes_bytes: Sequence[int], workers: int) -> list[list[Item]]:
    """Divide work into runs of items, in order: some for each worker, none too small to be worth a task."""
    least, most = _BATCH_BYTES
    wanted = min(most, max(least, sum(sizes_bytes) // (4 * workers)))
    found: list[list[Item]] = []
    filled = wanted
    for item, size in zip(items, sizes_bytes, strict=True):
        if filled >= wanted:
            found.append([])
            filled = 0
        found[-1].append(item)
        filled += size
    return found
