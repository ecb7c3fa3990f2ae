"""The command that learns a lexicon, from parallel lines or from a corpus."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_documents import LanguageOption, read_sentences
from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError
from flows.messages import LOGGER

if TYPE_CHECKING:
    from unbitext.align.lexicon import Lexicon

_DETECTED_CHARACTERS = 100_000
"""Of lines whose language nobody named: more text makes no difference."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app)(lexicon)


def lexicon(
    run: Run,
    source: Annotated[
        Path | None, typer.Argument(metavar="SOURCE", help="Sentences of one language, one a line.")
    ] = None,
    target: Annotated[Path | None, typer.Argument(metavar="TARGET", help="What stands for them, line by line.")] = None,
    from_corpus: Annotated[
        Path | None, typer.Option("--from-corpus", help="Learn from the sure links of this corpus instead.")
    ] = None,
    source_language: Annotated[LanguageOption | None, typer.Option(help="The language of SOURCE.")] = None,
    target_language: Annotated[LanguageOption | None, typer.Option(help="The language of TARGET.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this .tsv.gz file, not to the screen.")] = None,
    origin: Annotated[str, typer.Option("--origin", help="Where the lines come from, to be kept in the file.")] = "",
) -> ExitCode:
    """Learn a lexicon from parallel lines, or from a corpus."""
    from unbitext.align.lexicon import lexicon_text, save_lexicon

    if from_corpus is not None and source is None and target is None and not origin:
        learned = _from_corpus(from_corpus, source_language, target_language)
    elif from_corpus is None and source is not None and target is not None:
        learned = _from_lines(source, target, source_language, target_language, origin)
    else:
        raise UsageError("what is it to be learned from? give SOURCE and TARGET, or --from-corpus alone")
    if out is None:
        sys.stdout.write(lexicon_text(learned))
        return ExitCode.DONE
    try:
        save_lexicon(learned, out)
    except OSError as error:
        raise UsageError(f"{out}: {error.strerror or error}") from error
    LOGGER.info("%s: %d pairs of terms, %d bytes", out, len(learned), out.stat().st_size)
    return ExitCode.DONE


def _from_corpus(corpus: Path, source_language: str | None, target_language: str | None) -> "Lexicon":
    from unbitext.corpus_lexicon import CorpusLexiconError, learn_from_corpus

    try:
        return learn_from_corpus(corpus, source_language, target_language)
    except CorpusLexiconError as error:
        raise UsageError(str(error)) from error


def _from_lines(
    source: Path, target: Path, source_language: str | None, target_language: str | None, origin: str
) -> "Lexicon":
    from unbitext.align.lexicon import learn_lexicon

    lines = read_sentences(source), read_sentences(target)
    if len(lines[0]) != len(lines[1]):
        raise UsageError(
            f"{source} has {len(lines[0])} lines and {target} {len(lines[1])}: line n must stand for line n"
        )
    first, second = source_language or _detected(lines[0]), target_language or _detected(lines[1])
    languages = (first, second) if first and second and first != second else None
    if languages is None:
        LOGGER.warning("the languages of the lines are not known: name them with --source-language, --target-language")
    provenance = (
        f"Learned from {len(lines[0])} pairs of lines{': ' + origin if origin else ''}.",
        "IBM Model 1 in both directions, trained to agree; statistics only, no text.",
    )
    return learn_lexicon(list(zip(*lines, strict=True)), provenance, languages=languages)


def _detected(lines: list[str]) -> str | None:
    """The language of the lines; None where it is in doubt, or none that documents are read in."""
    from parsers.errors import Refusal
    from parsers.language import detect_language

    try:
        language, doubts = detect_language(" ".join(lines)[:_DETECTED_CHARACTERS])
    except Refusal:
        return None
    return None if doubts else language
