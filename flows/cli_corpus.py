"""Commands on a corpus: build, validate, evaluate."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli_documents import AlignerOption, LanguageOption, LexiconOption, ModelOption, read_sentences
from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, RefusedError, UsageError
from flows.folders import CHOOSE_OUT, SET_STATE, require_writable
from flows.messages import LOGGER
from schemas.settings import Settings
from unbitext.outcome import BuildOutcome
from unbitext.store import CorpusFolder, FolderLockedError, folder_lock, specimens_folder

if TYPE_CHECKING:
    from unbitext.quality.text_scores import TextScores


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    command(app)(build)
    command(app)(validate)
    command(app)(evaluate)


def build(
    run: Run,
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="INPUT", help="Files and folders; without any, the specimens.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where the corpus is built (outputs/corpus).")] = None,
    corrections: Annotated[Path | None, typer.Option(help="The folder of a reader's corrections.")] = None,
    symbol: Annotated[str | None, typer.Option(help="The symbol of the one file given.")] = None,
    language: Annotated[LanguageOption | None, typer.Option(help="The language of the one file given.")] = None,
    lexicon: LexiconOption = None,
    aligner: AlignerOption = None,
    model: ModelOption = None,
    task_runner: Annotated[
        Literal["auto", "threads", "processes", "dask"] | None, typer.Option(help="How tasks run (auto).")
    ] = None,
    dask_address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler (tcp://host:8786), for dask.")
    ] = None,
) -> ExitCode:
    """Build a corpus: parse, correct, align, encode, validate, report."""
    started = time.monotonic()
    settings = run.settings
    paths = tuple(inputs or _specimens())
    outcome = _build(paths, settings, symbol, language)
    _tell(outcome, settings, time.monotonic() - started)
    return _exit_code(outcome, one_file=len(paths) == 1 and paths[0].is_file())


def _specimens() -> list[Path]:
    folder = specimens_folder()
    if folder is None:
        raise UsageError("the specimens are part of a checkout, and this is none: name files or folders to build from")
    return sorted((folder / "pdf").glob("*.pdf"))


def _build(
    paths: tuple[Path, ...], settings: Settings, symbol: str | None, language: LanguageOption | None
) -> BuildOutcome:
    """Build, or find that there is nothing to do; Prefect is imported only in the first case."""
    from unbitext.inputs import InputError
    from unbitext.plan import Plan

    try:
        plan = Plan(paths, settings, symbol, language)
        require_writable(settings.out, CHOOSE_OUT)
        require_writable(settings.state, SET_STATE)
        with folder_lock(settings.out):
            if (record := plan.done()) is not None:
                return BuildOutcome(record=record, up_to_date=True)
        from flows.local_run import run_here

        return run_here(plan, paths, settings, symbol, language)
    except (InputError, FolderLockedError) as error:
        raise UsageError(str(error)) from error


def log_losses(outcome: BuildOutcome) -> None:
    """Say which inputs were refused, and which documents have left the corpus."""
    for one in outcome.record.refused:
        LOGGER.error("%s: %s; %s (%s)", one.label, one.message, one.remedy, one.code)
    for name in outcome.removed:
        LOGGER.warning("%s is no longer in the corpus: no input stands for it", name)


def _tell(outcome: BuildOutcome, settings: Settings, seconds: float) -> None:
    """Say on standard error what went wrong, on standard output where the corpus is and what it holds."""
    record = outcome.record
    for failure in record.failures:
        LOGGER.error("%s", failure)
    log_losses(outcome)
    if not outcome.released:
        LOGGER.error("no document is fit for a corpus: %s is as it was", settings.out)
        return
    if outcome.up_to_date:
        print("nothing has changed since the last build: nothing to do")
    counts = record.totals
    print(f"corpus     {settings.out}")
    print(f"documents  {counts.documents} with {counts.sentences} sentences")
    print(f"pairs      {counts.pairs} with {counts.links} links")
    print(f"waiting    {counts.waiting} for their original")
    print(f"refused    {counts.refused}")
    print(f"report     {settings.out / CorpusFolder.REPORT}")
    if not outcome.up_to_date:
        print(f"changed    {len(outcome.changed)} files, removed {len(outcome.removed)}")
    print(f"time       {seconds:.1f} s")


def _exit_code(outcome: BuildOutcome, one_file: bool) -> ExitCode:
    record = outcome.record
    if one_file and record.refused and not outcome.released:
        only = record.refused[0]
        raise RefusedError(only.code, f"{only.label}: {only.message}", only.remedy)
    return ExitCode.SOME_FAILED if record.refused or record.failures else ExitCode.DONE


def validate(
    run: Run,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="TEI files, folders of corpora or releases, or V.tar.bz2.")
    ],
) -> ExitCode:
    """Check TEI files against grammar and rules, and releases whole."""
    from unbitext.export.formats import MissingExtraError
    from unbitext.release.unpacking import is_archive
    from unbitext.release.verification import is_release, verify_archive, verify_release
    from unbitext.release.writing import ReleaseError
    from unbitext.tei.validate import validate_paths

    releases = [path for path in paths if path.is_dir() and is_release(path)]
    archives = [path for path in paths if is_archive(path)]
    try:
        violations = validate_paths([path for path in paths if path not in (*releases, *archives)])
        for path in archives:
            violations.extend(verify_archive(path))
        for path in releases:
            violations.extend(verify_release(path))
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}; give a file or a folder of TEI") from error
    except (ReleaseError, MissingExtraError) as error:
        raise UsageError(str(error)) from error
    for violation in violations:
        print(violation)
    LOGGER.info("%d violation%s", len(violations), "" if len(violations) == 1 else "s")
    return ExitCode.SOME_FAILED if violations else ExitCode.DONE


def evaluate(
    run: Run,
    gold: Annotated[
        list[Path] | None, typer.Argument(metavar="GOLD", help="Files of gold, NAME.gold.jsonl, or corpora.")
    ] = None,
    documents: Annotated[Path | None, typer.Option(help="Where NAME.zh.txt and NAME.en.txt are.")] = None,
    hypothesis: Annotated[
        Path | None, typer.Option(help="A translation, one segment a line: corpus BLEU and chrF of it.")
    ] = None,
    reference: Annotated[Path | None, typer.Option(help="What the translation is compared with.")] = None,
    format: Annotated[Literal["table", "json"], typer.Option(help="How the figures are printed.")] = "table",
) -> ExitCode:
    """Compare structure and alignment with gold, or a translation with a reference."""
    from parsers.errors import Refusal
    from unbitext.align import NotATranslation
    from unbitext.evaluation import evaluate_files
    from unbitext.quality.evaluate import evaluation_json, evaluation_table
    from unbitext.quality.gold import GoldError

    if bool(hypothesis) != bool(reference) or not (gold or hypothesis):
        raise UsageError("what is to be compared? give files of GOLD, or --hypothesis and --reference")
    try:
        evaluation = evaluate_files(gold or [], documents)
    except GoldError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}; give a file that can be read") from error
    except Refusal as refusal:
        raise RefusedError(refusal.code, refusal.message, refusal.remedy) from refusal
    except NotATranslation as refusal:
        raise RefusedError("not-a-translation", str(refusal)) from refusal
    if hypothesis and reference:
        evaluation = evaluation.model_copy(update={"texts": (_score_files(hypothesis, reference),)})
    print(evaluation_json(evaluation) if format == "json" else evaluation_table(evaluation))
    return ExitCode.DONE


def _score_files(hypothesis: Path, reference: Path) -> "TextScores":
    from unbitext.quality.text_scores import score_texts

    lines = read_sentences(hypothesis), read_sentences(reference)
    try:
        return score_texts(hypothesis.name, *lines)
    except ValueError as error:
        raise UsageError(f"{hypothesis} and {reference}: {error}") from error
