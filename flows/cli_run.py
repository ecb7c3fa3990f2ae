"""What all commands share: the options that each accepts, settings, messages, and how errors become exit codes."""

import errno
import inspect
import os
import sqlite3
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.exit_codes import ExitCode, RefusedError, UsageError
from flows.messages import LOGGER, set_up_messages
from schemas.base import Model
from schemas.settings import LoadedSettings, Settings, SettingsError, Value, load_settings
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.database_errors import disk_errno
from unbitext.store import DamagedFileError

_COMMON = {
    "jobs": Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes at work at once.")],
    "verbose": Annotated[bool | None, typer.Option("--verbose", "-v", help="Say more, and show tracebacks.")],
    "quiet": Annotated[bool | None, typer.Option("--quiet", "-q", help="Say only what went wrong.")],
    "log_format": Annotated[
        Literal["text", "json"] | None, typer.Option("--log-format", help="How messages are written.")
    ],
}


class Run(Model):
    """One call of the command: its settings, with their origins."""

    loaded: LoadedSettings

    @property
    def settings(self) -> Settings:
        """The validated settings."""
        return self.loaded.values


def common_options(app: typer.Typer) -> None:
    """Accept the common options before the command's name too."""

    def remember(context: typer.Context, **flags: Value | None) -> None:
        context.obj = flags

    _give_signature(remember, [_parameter("context", typer.Context, inspect.Parameter.empty), *_common_parameters()])
    app.callback()(remember)


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., ExitCode]], Callable[..., ExitCode]]:
    """Register a function as a command.

    Its first parameter is a `Run`; the others become arguments and options, beside the common ones. One that has the
    name of a setting (`out`) is a flag for that setting. It returns an exit code.
    """

    def register(function: Callable[..., ExitCode]) -> Callable[..., ExitCode]:
        @wraps(function)
        def run(context: typer.Context, **values: Value | None) -> None:
            flags: dict[str, Value | None] = dict(context.obj or {})
            for common in _COMMON:
                if (value := values.pop(common)) is not None:
                    flags[common] = value
            flags.update({name: value for name, value in values.items() if name in Settings.model_fields})
            raise typer.Exit(_guarded(lambda run: function(run, **values), flags))

        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        _give_signature(
            run, [_parameter("context", typer.Context, inspect.Parameter.empty), *own, *_common_parameters()]
        )
        app.command(name)(run)
        return function

    return register


def _guarded(function: Callable[[Run], ExitCode], flags: dict[str, Value | None]) -> ExitCode:
    """Call the function and turn what it raises into a message and an exit code."""
    set_up_messages(verbose=bool(flags.get("verbose")), quiet=False, log_format="text")
    try:
        loaded = load_settings(flags, os.environ, Path())
        settings = loaded.values
        set_up_messages(settings.verbose, settings.quiet, settings.log_format)
        for unknown in loaded.unknown:
            LOGGER.warning("%s is no setting, and does nothing: unbitext status --settings lists them", unknown)
        code = function(Run(loaded=loaded))
        sys.stdout.flush()
        return code
    except RefusedError as error:
        LOGGER.error("%s", error.message)
        # The contract wants this line as it is, last, in any format of messages: programs read it.
        print(f"refused: {error.code}: {error.remedy}", file=sys.stderr)
        return ExitCode.REFUSED
    except (UsageError, SettingsError, DamagedFileError) as error:
        LOGGER.error("%s", error, exc_info=error)
        return ExitCode.USAGE
    except CatalogueDamagedError as error:
        LOGGER.error("%s; unbitext status --rebuild makes it anew", error, exc_info=error)
        return ExitCode.USAGE
    except KeyboardInterrupt:
        LOGGER.warning("interrupted")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough of it (`| head`). Python would flush once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as error:
        if error.errno not in _PASSING_ERRORS:
            LOGGER.error("internal error: %s; with --verbose it says where", _told(error), exc_info=error)
        else:
            LOGGER.error("%s; %s", _told(error), _PASSING_ERRORS[error.errno], exc_info=error)
        return ExitCode.INTERNAL
    except Exception as error:  # the last line of defence: the contract has a code for what nobody foresaw
        number = disk_errno(error) if isinstance(error, sqlite3.Error) else None
        if number in _PASSING_ERRORS:
            LOGGER.error("%s; %s", os.strerror(number), _PASSING_ERRORS[number], exc_info=error)
        else:
            LOGGER.error("internal error: %s; with --verbose it says where", _told(error), exc_info=error)
        return ExitCode.INTERNAL


_PASSING_ERRORS = {
    errno.ENOSPC: "free some space and run again: what is done stays done",
    errno.EDQUOT: "free some space and run again: what is done stays done",
    errno.EIO: "look after the disk, and quotas on it, and run again: what is done stays done",
    errno.EFBIG: "allow larger files and run again: what is done stays done",
}


def _told(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        # Of a copy that the disk does not take, it is the second name that could not be written.
        file = error.filename2 if error.errno in _PASSING_ERRORS and error.filename2 else error.filename
        return f"{error.strerror}: {file}" if file else error.strerror
    return f"{type(error).__name__}: {error}"


def _common_parameters() -> list[inspect.Parameter]:
    return [_parameter(name, annotation, None) for name, annotation in _COMMON.items()]


def _parameter(name: str, annotation: object, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _give_signature(function: Callable[..., None], parameters: list[inspect.Parameter]) -> None:
    # typer reads arguments and options from the signature, and their types from the annotations.
    keyword_only = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    function.__signature__ = inspect.Signature(keyword_only)  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in keyword_only}
