"""Messages on standard error: plain lines or JSON lines, through Python's logging."""

import json
import logging
import sys
from typing import Literal

LOGGER = logging.getLogger("unbitext")
"""The logger of everything that the command says."""


_NOISY = ("prefect", "httpx", "distributed", "dask")
"""Libraries that set handlers of their own when they are imported."""


class _TextFormatter(logging.Formatter):
    """The message alone; what went wrong is marked, and its traceback shown only when asked for."""

    def __init__(self, tracebacks: bool) -> None:
        super().__init__()
        self._tracebacks = tracebacks

    def format(self, record: logging.LogRecord) -> str:
        mark = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        text = mark + record.getMessage()
        if self._tracebacks and record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        return text


class _JsonFormatter(_TextFormatter):
    """One JSON object a line: level, logger, message, and the traceback when asked for."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if self._tracebacks and record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class JsonLine(_JsonFormatter):
    """The same for Prefect's own console, which makes formatters with arguments of its own."""

    def __init__(self, *_: object) -> None:
        super().__init__(tracebacks=False)


PREFECT_JSON = {
    "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
    "PREFECT_LOGGING_FORMATTERS_JSON_CLASS": f"{__name__}.{JsonLine.__name__}",
}
"""Variables by which processes that Prefect starts write JSON lines: set them before it is imported."""


class _StandardError(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to whatever standard error is at the moment, and is silent once nobody reads it."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        if not isinstance(sys.exc_info()[1], BrokenPipeError):
            super().handleError(record)


def set_up_messages(verbose: bool, quiet: bool, log_format: Literal["text", "json"]) -> None:
    """Send the program's messages, and those of libraries that matter, to standard error in this format.

    `quiet` leaves warnings and errors, `verbose` adds details and tracebacks. Call it again once Prefect is imported.
    """
    handler = _StandardError()
    handler.setFormatter(_JsonFormatter(verbose) if log_format == "json" else _TextFormatter(verbose))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO if verbose else logging.ERROR)
    LOGGER.setLevel(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)
    # What they say of a failure, the failure's own message says.
    for name in [name for name in logging.root.manager.loggerDict if name.split(".")[0] in _NOISY]:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.INFO if verbose else logging.CRITICAL)
