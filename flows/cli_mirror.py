"""The command that copies a corpus, and all it is made from, to another place, and brings it back."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from typing import Annotated

import typer

from flows import progress
from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError
from flows.messages import LOGGER
from schemas.settings import Settings
from unbitext.store import FolderLockedError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app)(mirror)


def mirror(
    run: Run,
    to: Annotated[str | None, typer.Option(metavar="URL", help="Where to copy to (UNBITEXT_MIRROR).")] = None,
    origin: Annotated[str | None, typer.Option("--from", metavar="URL", help="A mirror to restore from.")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Read all that the mirror holds, and mend it.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove from the mirror what is no longer needed.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="With --from: let the mirror's files win.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait where an ingestion is at work.")] = False,
) -> ExitCode:
    """Copy corpus, fetched files and corrections to an address, or back."""
    if to and origin:
        raise UsageError("--to or --from, not both")
    if origin and (verify or prune):
        raise UsageError("--verify and --prune go with --to; what is restored is always verified")
    if replace and not origin:
        raise UsageError("--replace goes with --from")
    url = origin or to or run.settings.mirror
    if not url:
        raise UsageError("where is the mirror? give --to URL or --from URL, or set UNBITEXT_MIRROR")
    from unbitext.mirror.errors import MirrorError

    try:
        if origin:
            return _restore(url, run.settings, replace=replace, wait=wait)
        return _copy(url, run.settings, verify=verify, prune=prune, wait=wait)
    except FolderLockedError as error:
        raise UsageError(f"{error}; --wait waits for its end") from error
    except MirrorError as error:
        raise UsageError(str(error)) from error


def mirror_cycle(settings: Settings) -> ExitCode:
    """Copy to the mirror of the settings, if there is one, at the end of a cycle; what fails is said."""
    if settings.mirror is None:
        return ExitCode.DONE
    from unbitext.mirror.errors import MirrorError

    try:
        return _copy(settings.mirror, settings, verify=False, prune=False, wait=True)
    except MirrorError as error:
        LOGGER.error("not mirrored: %s; unbitext mirror tries again", error)
        return ExitCode.SOME_FAILED


def _copy(url: str, settings: Settings, *, verify: bool, prune: bool, wait: bool) -> ExitCode:
    from unbitext.mirror.mirroring import mirror_to

    with progress.use(settings), progress.current().counter("mirrored") as shown:
        outcome = mirror_to(url, settings, verify=verify, prune=prune, wait=wait, told=shown.advance)
    for path in outcome.damaged:
        LOGGER.error("%s changed while it was copied, or is damaged: see unbitext status --verify", path)
    gone = f"; {outcome.pruned} removed" if prune else ""
    print(f"mirror     {outcome.files} files; {outcome.copied} copied, {outcome.copied_bytes} bytes{gone}")
    return ExitCode.SOME_FAILED if outcome.damaged else ExitCode.DONE


def _restore(url: str, settings: Settings, *, replace: bool, wait: bool) -> ExitCode:
    from unbitext.mirror.mirroring import restore_here

    with progress.use(settings), progress.current().counter("restored") as shown:
        outcome = restore_here(url, settings, replace=replace, wait=wait, told=shown.advance)
    for path in outcome.damaged:
        LOGGER.error("%s is lost or damaged in the mirror, and not restored", path)
    print(f"restored   {outcome.restored} of {outcome.files} files; the others were there")
    print("next       unbitext ingest builds the corpus from them")
    return ExitCode.SOME_FAILED if outcome.damaged else ExitCode.DONE
