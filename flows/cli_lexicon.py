"""The command that learns a lexicon from parallel lines."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_documents import read_sentences
from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError
from flows.messages import LOGGER


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app)(lexicon)


def lexicon(
    run: Run,
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Sentences of one language, one a line.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="What stands for them, line by line.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this .tsv.gz file, not to the screen.")] = None,
    origin: Annotated[str, typer.Option("--origin", help="Where the lines come from, to be kept in the file.")] = "",
) -> ExitCode:
    """Learn a lexicon from parallel lines."""
    from unbitext.align.lexicon import learn_lexicon, lexicon_text, save_lexicon

    lines = read_sentences(source), read_sentences(target)
    if len(lines[0]) != len(lines[1]):
        raise UsageError(
            f"{source} has {len(lines[0])} lines and {target} {len(lines[1])}: line n must stand for line n"
        )
    provenance = (
        f"Learned from {len(lines[0])} pairs of lines{': ' + origin if origin else ''}.",
        "IBM Model 1 in both directions, trained to agree; statistics only, no text.",
    )
    learned = learn_lexicon(list(zip(*lines, strict=True)), provenance)
    if out is None:
        sys.stdout.write(lexicon_text(learned))
        return ExitCode.DONE
    try:
        save_lexicon(learned, out)
    except OSError as error:
        raise UsageError(f"{out}: {error.strerror or error}") from error
    LOGGER.info("%s: %d pairs of terms, %d bytes", out, len(learned), out.stat().st_size)
    return ExitCode.DONE
