"""How far a build has come: a display where standard error is a terminal, plain lines elsewhere."""

# ruff: noqa: PLC0415 - rich is imported where there is a terminal to draw on

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Protocol

from flows.messages import LOGGER
from schemas.settings import Settings


class Stage(Protocol):
    """One part of a build at work."""

    def advance(self, count: int) -> None:
        """Say that so many more are done."""


class Progress(Protocol):
    """Shows stages one after the other."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Stage]:
        """Begin a stage of `total` units of work; it ends with the context."""

    def counter(self, name: str) -> AbstractContextManager[Stage]:
        """Begin a stage whose end is not known."""


class _Line:
    def __init__(self) -> None:
        self.done = 0

    def advance(self, count: int) -> None:
        self.done += count


class LineProgress:
    """A line when a stage ends."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Stage]:
        """Begin a stage; the line is written at its end."""
        line = _Line()
        yield line
        LOGGER.info("%s: %d of %d", name, line.done, total)

    @contextmanager
    def counter(self, name: str) -> Iterator[Stage]:
        """Begin a stage; the line is written at its end, if there is anything to tell."""
        line = _Line()
        yield line
        if line.done:
            LOGGER.info("%s: %d", name, line.done)


class TerminalProgress:
    """Bars that move, on a terminal."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Stage]:
        """Begin a stage; its bar stays when it ends."""
        return self._bar(name, total)

    def counter(self, name: str) -> AbstractContextManager[Stage]:
        """Begin a stage; its number stays when it ends."""
        return self._bar(name, None)

    @contextmanager
    def _bar(self, name: str, total: int | None) -> Iterator[Stage]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bars(*columns, console=Console(stderr=True)) as bars:
            task = bars.add_task(name, total=total)

            class Bar:
                def advance(self, count: int) -> None:
                    bars.advance(task, count)

            yield Bar()


_current: ContextVar[Progress | None] = ContextVar("progress", default=None)


def current() -> Progress:
    """Return the display in use: what `use` set, or lines."""
    return _current.get() or LineProgress()


@contextmanager
def use(settings: Settings) -> Iterator[None]:
    """Choose the display for what happens in the context: bars on a terminal, where text is wanted and not quiet."""
    terminal = sys.stderr.isatty() and settings.log_format == "text" and not settings.quiet
    token = _current.set(TerminalProgress() if terminal else LineProgress())
    try:
        yield
    finally:
        _current.reset(token)
