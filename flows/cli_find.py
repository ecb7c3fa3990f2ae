"""The command that looks words up in a corpus."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli_documents import LexiconOption
from flows.cli_run import Run, command
from flows.cli_selection import (
    BodyFilter,
    GenreFilter,
    LanguageFilter,
    SinceFilter,
    SpokenFilter,
    StateFilter,
    SymbolFilter,
    UntilFilter,
)
from flows.exit_codes import ExitCode, UsageError
from flows.folders import SET_STATE, require_writable
from flows.messages import LOGGER


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app)(find)


def find(
    run: Run,
    term: Annotated[str, typer.Argument(metavar="TERM", help="Chinese characters, a word, or a phrase.")],
    corpus: Annotated[Path | None, typer.Option("--corpus", help="The corpus (outputs/corpus).")] = None,
    symbol: SymbolFilter = None,
    body: BodyFilter = None,
    genre: GenreFilter = None,
    language: LanguageFilter = None,
    since: SinceFilter = None,
    until: UntilFilter = None,
    speaks_for: StateFilter = None,
    spoken_language: SpokenFilter = None,
    format: Annotated[Literal["text", "jsonl"], typer.Option(help="How hits are printed.")] = "text",
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Print so many at most; 0: all.")] = 50,
    around: Annotated[
        int, typer.Option("--context", min=0, max=100, metavar="N", help="Rows before and after each hit.")
    ] = 0,
    lexicon: LexiconOption = None,
) -> ExitCode:
    """Look up a term in both languages of a corpus."""
    import unbitext
    from unbitext.align.registry import AlignerError, read_lexicons
    from unbitext.concordance.counterpart import Dictionary
    from unbitext.concordance.index import open_index, update_index
    from unbitext.concordance.printing import PLAIN, TERMINAL, hit_lines
    from unbitext.concordance.search import find_some
    from unbitext.concordance.term import Term, TermError
    from unbitext.corpus import CorpusError, SelectionError
    from unbitext.store import State

    folder = corpus or run.settings.out
    require_writable(run.settings.state, f"{SET_STATE}: the index is kept there")
    try:
        wanted = Term(term)
        part = unbitext.open(folder).filter(
            symbol=symbol, body=body, genre=genre, language=language, since=since, until=until, state=speaks_for,
            spoken_language=spoken_language,
        )  # fmt: skip
        given = run.settings.lexicon
        dictionary = Dictionary(read_lexicons(given) if given is not None else ())
        with open_index(State(run.settings.state).concordance(folder)) as index:
            progress = update_index(index, part)
            if progress.added or progress.removed:
                LOGGER.info("index of %s: %d read, %d removed", folder, progress.added, progress.removed)
            hits, more = find_some(index, wanted, part, limit or None, around)
    except (TermError, CorpusError, SelectionError, AlignerError) as error:
        raise UsageError(str(error)) from error
    marks = TERMINAL if sys.stdout.isatty() and "NO_COLOR" not in os.environ else PLAIN
    for hit in map(dictionary.guess, hits):
        if format == "jsonl":
            print(hit.model_dump_json())
        else:
            print("\n".join(hit_lines(hit, marks)), end="\n\n")
    told = f"{len(hits)} shown: more with --limit" if more else f"{len(hits)} found"
    LOGGER.info("%s", told if hits else "not found")
    return ExitCode.DONE
