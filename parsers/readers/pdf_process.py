"""Pages of PDFs from a process of their own (`parsers.readers.pdf_worker`), which lives on for the next file.

One worker serves a process. It is started with the first PDF, and anew after it died.
"""

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, cast

from parsers.errors import Refusal
from parsers.readers.pdf_runs import Reader, RunPage

T = TypeVar("T")

LONGEST_WAIT_SECONDS = 600.0
"""By the clock, for a worker that neither computes nor ends; what limits its computing is in `pdf_worker`."""

_REQUESTS_A_WORKER = 500


class WorkerDiedError(Exception):
    """The worker ended before its answer did: PDFium crashed, or took too much time or memory."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the worker ended with {code}")
        self.is_over_time = code == -getattr(signal, "SIGXCPU", 0)


def worker_pages(data: bytes, reader: Reader, take: Callable[[RunPage], T]) -> list[T]:
    """What `take` makes of each page of a PDF, while the worker reads the next one.

    Raises `Refusal` for what cannot be opened, `WorkerDiedError` where the worker died of it.
    """
    with _LOCK:
        worker = _Worker.current()
        try:
            return worker.pages(data, reader, take)
        except WorkerDiedError:
            if worker.is_fresh:
                raise
        # What the files before left in its memory may be what it died of.
        return _Worker.current().pages(data, reader, take)


def seconds_of_workers() -> float:
    """How long the workers of this process have computed, without their starts; for measuring."""
    return _Worker.seconds


class _Worker:
    _current: "_Worker | None" = None
    seconds = 0.0

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._left = _REQUESTS_A_WORKER
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "parsers.readers.pdf_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    @property
    def is_fresh(self) -> bool:
        """Whether it was asked for one file at most."""
        return self._left >= _REQUESTS_A_WORKER - 1

    @classmethod
    def current(cls) -> "_Worker":
        """The worker of this process; one that a parent process left here is not ours to talk to."""
        worker = cls._current
        if worker is None or worker._owner != os.getpid() or worker._left <= 0 or worker._process.poll() is not None:
            cls.stop()
            worker = cls._current = cls()
        return worker

    @classmethod
    def stop(cls) -> None:
        """End the worker of this process, if there is one."""
        worker, cls._current = cls._current, None
        if worker is not None and worker._owner == os.getpid():
            worker._end()

    def pages(self, data: bytes, reader: Reader, take: Callable[[RunPage], T]) -> list[T]:
        self._left -= 1
        timer = threading.Timer(LONGEST_WAIT_SECONDS, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            return self._ask(data, reader, take)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            _Worker.stop()
            raise WorkerDiedError(self._process.returncode) from None
        except Refusal:
            raise
        except BaseException:
            # Interrupted in mid-answer: what comes next would not be the next answer.
            _Worker.stop()
            raise
        finally:
            timer.cancel()

    def _ask(self, data: bytes, reader: Reader, take: Callable[[RunPage], T]) -> list[T]:
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise EOFError
        pickle.dump((data, reader), requests, pickle.HIGHEST_PROTOCOL)
        requests.flush()
        pages: list[T] = []
        refusal: Refusal | None = None
        while not isinstance(answer := pickle.load(answers), float):
            if isinstance(answer, Refusal):
                refusal = answer
            else:
                pages.append(take(cast(RunPage, answer)))
        _Worker.seconds += answer
        if refusal is not None:
            raise refusal
        return pages

    def _end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.kill()
        self._process.wait()


_LOCK = threading.Lock()
atexit.register(_Worker.stop)
