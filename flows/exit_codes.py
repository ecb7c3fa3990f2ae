"""The exit codes of the `unbitext` command, and the errors that lead to them (docs/contract.md)."""

from enum import IntEnum

from unbitext.outcome import listed_remedy


class ExitCode(IntEnum):
    """What the command returns to the shell."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    REFUSED = 3
    INTERNAL = 4
    INTERRUPTED = 130


class UsageError(Exception):
    """The command was asked for something it cannot do; the message says what, and what to do instead."""


class RefusedError(Exception):
    """The one thing asked for is refused.

    `message` names what and why, `code` is a finding code, `remedy` what to do about it: it stands on the last line.
    Without a remedy of its own it is the one that is listed with the code.
    """

    def __init__(self, code: str, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = listed_remedy(code) if remedy is None else remedy
