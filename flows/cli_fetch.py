"""The command that gets documents by symbol: fetch."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows import progress
from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, RefusedError, UsageError
from flows.folders import SET_DATA, SET_STATE, require_writable
from flows.messages import LOGGER
from schemas.fetching import Claim, FetchedFile, FetchOutcome, FetchStatus, SourceRecord
from schemas.ids import is_symbol, strip_reissue
from schemas.settings import Settings
from unbitext.store import FolderLockedError

if TYPE_CHECKING:
    from unbitext.fetched_files import FetchedFiles
    from unbitext.sources.fetching import Fetcher


class WantedLanguage(StrEnum):
    """A language in an option that can be given several times (typer takes no lists of literals)."""

    ZH = "zh"
    EN = "en"
    FR = "fr"
    ES = "es"
    RU = "ru"
    AR = "ar"


_LONGEST_SYMBOL = 200

DEFAULT_LANGUAGES = (WantedLanguage.ZH, WantedLanguage.EN)


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    command(app)(fetch)


def fetch(
    run: Run,
    symbols: Annotated[list[str], typer.Argument(metavar="SYMBOL", help="Symbols of documents: CD/PV.1511.")],
    language: Annotated[
        list[WantedLanguage] | None, typer.Option(help="A language that is wanted (zh and en); give it several times.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be asked for, and ask nothing.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait where an ingestion is at work.")] = False,
    format: Annotated[Literal["text", "json"], typer.Option(help="How files are printed.")] = "text",
) -> ExitCode:
    """Get documents by their symbols, check and keep them."""
    from unbitext.ingest import cycle_lock
    from unbitext.sources.fetching import open_fetcher
    from unbitext.sources.manners import NoContactError
    from unbitext.sources.urls import ForbiddenUrlError

    records = [
        SourceRecord(origin="command line", claim=Claim.EXISTS, symbol=symbol, language=one.value)
        for symbol in dict.fromkeys(_symbol(text) for text in symbols)
        for one in dict.fromkeys(language or DEFAULT_LANGUAGES)
    ]
    try:
        with open_fetcher(run.settings, dry_run=dry_run) as fetcher:
            if dry_run:
                return _say_addresses(fetcher, records)
            require_writable(run.settings.data / "fetched", SET_DATA)
            require_writable(run.settings.state, SET_STATE)
            # What a cycle takes in, and what it removes, must not change under it.
            with cycle_lock(run.settings, wait=wait):
                outcomes = list(_fetch(run.settings, fetcher, records, format))
    except (NoContactError, ForbiddenUrlError) as error:
        raise UsageError(str(error)) from error
    except FolderLockedError as error:
        raise UsageError(f"{error}; --wait waits for its end") from error
    return _exit_code(outcomes)


def _symbol(text: str) -> str:
    symbol = strip_reissue(text)
    # Which symbols there are, the service knows; what is plainly none is a slip of the keyboard.
    is_plain = symbol.isascii() and symbol.isprintable() and symbol[:1].isalnum() and len(symbol) <= _LONGEST_SYMBOL
    if not is_symbol(symbol) and not ("/" in symbol and is_plain):
        raise UsageError(f"{text!r} is no symbol of a document: give one such as CD/PV.1511 or A/79/1/Add.1")
    return symbol


def _say_addresses(fetcher: "Fetcher", records: list[SourceRecord]) -> ExitCode:
    for record in records:
        print(fetcher.fetch(record).message)
    return ExitCode.DONE


def _fetch(settings: Settings, fetcher: "Fetcher", records: list[SourceRecord], format: str) -> Iterator[FetchOutcome]:
    from unbitext.ingest import Cycle
    from unbitext.intake import Intake

    cycle = Cycle(settings)
    with (
        progress.use(settings),
        progress.current().stage("fetched", len(records)) as stage,
        cycle.catalogue() as catalogue,
    ):
        intake = Intake(catalogue, cycle.kept, fetcher)
        for record in records:
            outcome = fetcher.fetch(record)
            intake.note(record, outcome)
            for line in _json(outcome) if format == "json" else _lines(outcome, fetcher.store):
                print(line, flush=True)
            _tell(outcome)
            if outcome.is_there:
                stage.advance(1)
            yield outcome


def _json(outcome: FetchOutcome) -> Iterator[str]:
    yield outcome.model_dump_json()


def _lines(outcome: FetchOutcome, store: "FetchedFiles") -> Iterator[str]:
    """A line a file: symbol, language, how it ended, and where the file is; without one, why."""
    start = f"{outcome.symbol}\t{outcome.language}\t"
    if outcome.file is None:
        yield f"{start}{outcome.status}\t{outcome.code}"
    else:
        yield f"{start}{outcome.status}\t{_shown(store, outcome.file)}"
    if outcome.word:
        yield f"{start}word\t{_shown(store, outcome.word)}"
    for file in outcome.aside:
        yield f"{start}aside\t{_shown(store, file, aside=True)}"


def _shown(store: "FetchedFiles", file: FetchedFile, *, aside: bool = False) -> Path:
    return store.path(file, aside=aside)


def _tell(outcome: FetchOutcome) -> None:
    name = f"{outcome.symbol} {outcome.language}"
    for finding in outcome.findings:
        LOGGER.info("%s: %s: %s", name, finding.code, finding.message)
    if not outcome.is_there:
        later = f"; look again after {outcome.next_look:%Y-%m-%d %H:%M} UTC" if outcome.next_look else ""
        LOGGER.error("%s: %s: %s%s", name, outcome.code, outcome.message, later)


def _exit_code(outcomes: list[FetchOutcome]) -> ExitCode:
    if all(outcome.is_there for outcome in outcomes):
        return ExitCode.DONE
    first = outcomes[0]
    one_symbol = all(outcome.symbol == first.symbol for outcome in outcomes)
    if one_symbol and all(outcome.status is FetchStatus.REFUSED for outcome in outcomes):
        code, remedy = first.code or "", first.remedy
        raise RefusedError(code, f"{first.symbol}: {first.message}", remedy)
    return ExitCode.SOME_FAILED
