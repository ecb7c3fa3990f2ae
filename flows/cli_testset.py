"""The command that draws a test set for machine translation."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

import re
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_run import Run, command
from flows.cli_selection import BodyFilter, GenreFilter, LanguageFilter, SinceFilter, SymbolFilter, UntilFilter
from flows.exit_codes import ExitCode, UsageError
from flows.folders import CHOOSE_OUT, require_writable
from flows.messages import LOGGER

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DOCUMENTS = 20


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app, "testset")(draw_test_set)


def draw_test_set(
    run: Run,
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The folder of a corpus.")],
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where it is written: a folder not yet there.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="How its files' names begin.")] = "testset",
    documents: Annotated[int | None, typer.Option(min=1, metavar="N", help="Draw N documents (20).")] = None,
    segments: Annotated[int | None, typer.Option(min=1, metavar="N", help="Draw documents until there are N.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws other documents.")] = 1,
    least_score: Annotated[float, typer.Option(min=0, max=1, help="Of a link that may be in it.")] = 0.9,
    previous: Annotated[
        int, typer.Option("--context", min=0, max=1000, metavar="N", help="Sentences before each, given with it.")
    ] = 3,
    symbol: SymbolFilter = None,
    body: BodyFilter = None,
    genre: GenreFilter = None,
    language: LanguageFilter = None,
    since: SinceFilter = None,
    until: UntilFilter = None,
) -> ExitCode:
    """Draw a document-level test set for machine translation."""
    import unbitext
    from unbitext.corpus import CorpusError, SelectionError
    from unbitext.testset.draw import DrawError, DrawOptions
    from unbitext.testset.drawing import draw
    from unbitext.testset.writing import HELD_OUT, write_test_set

    if documents is not None and segments is not None:
        raise UsageError("--documents or --segments: the one gives the other")
    if not _NAME.fullmatch(name):
        raise UsageError(f"--name {name!r}: letters, digits, hyphens and underscores make a name")
    require_writable(folder.parent, CHOOSE_OUT)
    options = DrawOptions(
        documents=documents if segments is not None else documents or _DOCUMENTS,
        segments=segments,
        seed=seed,
        least_score=least_score,
        context=previous,
    )
    try:
        part = unbitext.open(corpus).filter(
            symbol=symbol, body=body, genre=genre, language=language, since=since, until=until
        )
        drawn = draw(part, name, options)
        files = write_test_set(drawn, folder)
    except (CorpusError, SelectionError, DrawError) as error:
        raise UsageError(str(error)) from error
    for reason, count in drawn.passed_over.items():
        LOGGER.info("%d passed over: %s", count, reason)
    wanted = drawn.size if options.documents is None else len(drawn.documents)
    if wanted < (options.documents or options.segments or 0):
        LOGGER.warning(
            "the corpus has no more that is fit: %d documents, %d segments", len(drawn.documents), drawn.size
        )
    print(f"test set   {folder}")
    print(f"languages  {'-'.join(drawn.languages)}")
    print(f"documents  {len(drawn.documents)} with {drawn.size} segments")
    print(f"held out   {len(drawn.families)} documents: {folder / HELD_OUT}")
    print(f"files      {len(files)}")
    return ExitCode.DONE
