"""Commands that look at what there is: show, status."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    command(app)(show)
    command(app)(status)


def show(
    run: Run,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="STEM.LANG, and the id of a part behind a dot.")],
    corpus: Annotated[Path | None, typer.Option("--corpus", help="The corpus (outputs/corpus).")] = None,
    link: Annotated[
        bool, typer.Option("--link", help="Print the links there instead, as corrections that confirm them.")
    ] = False,
    corrections: Annotated[Path | None, typer.Option(help="The folder of a reader's corrections.")] = None,
) -> ExitCode:
    """Print a part of a corpus, and its hashes."""
    from unbitext.link_corrections import read_link_corrections
    from unbitext.showing import NotFoundError, show_links, show_part

    folder = corpus or run.settings.out
    try:
        if link:
            known, _ = read_link_corrections(run.settings.corrections)
            print(show_links(folder, identifier, tuple(known)))
        else:
            print(show_part(folder, identifier))
    except NotFoundError as error:
        raise UsageError(str(error)) from error
    return ExitCode.DONE


def status(
    run: Run,
    settings: Annotated[
        bool, typer.Option("--settings", help="Print each setting, its value and where it came from.")
    ] = False,
) -> ExitCode:
    """Print what was built last, or the settings."""
    if settings:
        width = max(len(origin.name) for origin in run.loaded.origins)
        for origin in run.loaded.origins:
            print(f"{origin.name:<{width}}  {origin.value}  ({origin.source})")
        return ExitCode.DONE
    from unbitext.status import describe_state

    print(describe_state(run.settings.state))
    return ExitCode.DONE
