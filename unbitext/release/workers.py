"""Work spread over processes: results in order, no more of them in flight than memory is meant for."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_BATCH = 16
_WORTH_A_PROCESS = 64
"""Items below which a process costs more than it saves."""


def spread(
    function: Callable[[list[Item]], list[Result]], items: Iterable[Item], jobs: int, batch: int = _BATCH
) -> Iterator[Result]:
    """Yield what `function` makes of the items, batch by batch, in order; in this process where there are few.

    What `function` raises is raised here, and the work that waits is dropped.
    """
    rest = iter(items)
    few = list(islice(rest, 0 if batch == 1 else _WORTH_A_PROCESS))
    if jobs == 1 or len(few) in range(1, _WORTH_A_PROCESS):
        for some in _batches(chain(few, rest), batch):
            yield from function(some)
        return
    # Not forked: a fork copies locks of threads that libraries may have started.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(max_workers=jobs, mp_context=context)
    try:
        waiting: deque[Future[list[Result]]] = deque()
        for some in _batches(chain(few, rest), batch):
            waiting.append(pool.submit(function, some))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
