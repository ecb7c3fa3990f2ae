"""The command that removes what the policy on former versions no longer keeps: prune."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError
from flows.messages import LOGGER

if TYPE_CHECKING:
    from schemas.retention import Removal
    from schemas.settings import Settings
    from unbitext.retention.policy import Pruned


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app)(prune)


def prune(
    run: Run,
    keep_versions_days: Annotated[
        float | None, typer.Option(metavar="DAYS", min=1, help="Days that former versions are kept (the setting).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would go; remove and note nothing.")] = False,
    trust_clock: Annotated[bool, typer.Option("--trust-clock", help="Count days that passed without a cycle.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait where an ingestion is at work.")] = False,
    format: Annotated[Literal["text", "json"], typer.Option(help="How what goes is printed.")] = "text",
) -> ExitCode:
    """Remove former versions of files that nothing has needed for days."""
    from unbitext.ingest import Cycle, cycle_lock
    from unbitext.retention.errors import UncertainError
    from unbitext.retention.policy import Policy, Pruned
    from unbitext.store import FolderLockedError

    if dry_run and (reason := _nothing_goes(run.settings)) is not None:
        LOGGER.info("%s", reason)
        _print_sums(Pruned(), dry_run, format)
        return ExitCode.DONE
    if run.settings.keep_versions_days is None:
        raise UsageError("all versions are kept: give --keep-versions-days DAYS, or set UNBITEXT_KEEP_VERSIONS_DAYS")
    cycle = Cycle(run.settings)
    if not cycle.files.root.is_dir():
        raise UsageError(f"{cycle.files.root}: nothing has been fetched yet")
    try:
        with cycle_lock(run.settings, wait=wait), cycle.catalogue() as catalogue:
            policy = Policy(run.settings, catalogue, cycle.kept, cycle.files)
            pruned = policy.apply(
                dry_run=dry_run, trust_clock=trust_clock, wait=wait, told=lambda one: _print(one, format)
            )
    except FolderLockedError as error:
        raise UsageError(f"{error}; --wait waits for its end") from error
    except UncertainError as error:
        LOGGER.error("no former file is removed: %s", error)
        return ExitCode.SOME_FAILED
    if pruned.note:
        LOGGER.warning("%s", pruned.note)
    _print_sums(pruned, dry_run, format)
    return ExitCode.DONE


def _nothing_goes(settings: "Settings") -> str | None:
    """Say why nothing can go, whatever there is; None where something may."""
    from unbitext.ingest import Cycle

    if settings.keep_versions_days is None:
        return "all versions are kept, for no --keep-versions-days says for how long"
    root = Cycle(settings).files.root
    return None if root.is_dir() else f"{root}: nothing has been fetched yet"


def _print_sums(pruned: "Pruned", dry_run: bool, format: str) -> None:
    if format == "text":
        what = "would go   " if dry_run else "removed    "
        print(f"{what}{len(pruned.removed)} former files and {pruned.results} results, {pruned.freed_bytes} bytes")
        print(f"former     {pruned.waiting} files whose days are not over")


def _print(removal: "Removal", format: str) -> None:
    if format == "json":
        print(removal.model_dump_json(exclude_none=True))
        return
    file = removal.file
    whose = ", ".join(removal.documents) or "-"
    origin = file.url or file.name or ""
    unused = removal.unused_since.date()
    print(f"{file.sha256}  {whose}  {file.size_bytes}  {file.retrieved_at.date()}  {unused}  {origin}".rstrip())
