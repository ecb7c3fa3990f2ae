"""Whether what a command is going to write can be written: found out before it begins."""

from pathlib import Path

from flows.exit_codes import UsageError
from unbitext.store import check_writable

CHOOSE_OUT = "choose another with --out"
SET_STATE = "set UNBITEXT_STATE"
SET_DATA = "set UNBITEXT_DATA"


def require_writable(folder: Path, remedy: str) -> None:
    """Raise `UsageError` where no file can be written to a folder; `remedy` says what to do then."""
    try:
        check_writable(folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to: {error.strerror}; {remedy}") from error
