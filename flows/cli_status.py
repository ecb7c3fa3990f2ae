"""The command that tells what there is and how it stands: status."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli_fetch import WantedLanguage
from flows.cli_run import Run, command
from flows.exit_codes import ExitCode, UsageError
from flows.messages import LOGGER
from schemas.catalogue import DocumentState
from schemas.ids import is_symbol
from schemas.settings import Settings

if TYPE_CHECKING:
    from unbitext.catalogue.catalogue import Catalogue, Selection
    from unbitext.ingest import Cycle


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    command(app)(status)


def status(
    run: Run,
    symbols: Annotated[
        list[str] | None, typer.Argument(metavar="SYMBOL", help="Documents: all that is known of each.")
    ] = None,
    series: Annotated[list[str] | None, typer.Option(help="Documents of a series (CD/PV); can be repeated.")] = None,
    states: Annotated[
        list[DocumentState] | None, typer.Option("--state", help="Documents in a state; can be repeated.")
    ] = None,
    language: Annotated[list[WantedLanguage] | None, typer.Option(help="In a language; can be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most documents that are listed.")] = 1000,
    format: Annotated[Literal["text", "json"], typer.Option(help="How it is printed.")] = "text",
    verify: Annotated[
        bool, typer.Option("--verify", help="Read every byte of the store and name what is damaged.")
    ] = False,
    health: Annotated[
        bool, typer.Option("--health", help="Check that cycles run and can go on; exit code 1 where not.")
    ] = False,
    stale_hours: Annotated[
        float | None, typer.Option(help="With --health: a last cycle longer ago is unhealthy (48).")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the catalogue anew from what is kept.")] = False,
    settings: Annotated[
        bool, typer.Option("--settings", help="Print each setting, its value and where it came from.")
    ] = False,
) -> ExitCode:
    """Print the state of documents, what was built, or the settings."""
    if settings:
        width = max(len(origin.name) for origin in run.loaded.origins)
        for origin in run.loaded.origins:
            print(f"{origin.name:<{width}}  {origin.value}  ({origin.source})")
        return ExitCode.DONE
    if health:
        return _print_health(run.settings, format)
    if verify or rebuild:
        return _repair(run.settings, rebuild=rebuild, is_verified=verify)
    from unbitext.catalogue.catalogue import Selection

    selection = Selection(
        symbols=tuple(symbols or ()),
        series=tuple(series or ()),
        states=tuple(states or ()),
        languages=tuple(one.value for one in language or ()),
        limit=limit,
    )
    is_list = bool(series or states or language)
    catalogue = _open(run.settings)
    if catalogue is None:
        if is_list and not symbols and _print_built(run.settings, selection, format):
            return ExitCode.DONE
        if symbols or is_list:
            unlike = [symbol for symbol in symbols or () if not _may_be_symbol(symbol)]
            raise UsageError(f"{unlike[0]}: {_why_unknown(unlike[0])}" if unlike else _no_catalogue(run.settings))
        return _print_summary(run.settings, None, format)
    with catalogue:
        if symbols:
            return _print_documents(catalogue, selection, format)
        if is_list and not catalogue.counts() and _print_built(run.settings, selection, format):
            return ExitCode.DONE
        if is_list:
            return _print_list(catalogue, selection, format)
        return _print_summary(run.settings, catalogue, format)


def _print_health(settings: Settings, format: str) -> ExitCode:
    from unbitext.health import check_health, describe_health

    health = check_health(settings)
    print(health.model_dump_json() if format == "json" else "\n".join(describe_health(health)))
    return ExitCode.DONE if health.healthy else ExitCode.SOME_FAILED


def _open(settings: Settings) -> "Catalogue | None":
    """Open the catalogue to read it; None where there is none."""
    from unbitext.catalogue.catalogue import Catalogue
    from unbitext.store import State

    try:
        return Catalogue(State(settings.state).catalogue, read_only=True)
    except FileNotFoundError:
        return None


def _print_summary(settings: Settings, catalogue: "Catalogue | None", format: str) -> ExitCode:
    from unbitext.status import describe_counts, describe_inbox, describe_state

    counts = catalogue.counts() if catalogue is not None else []
    if format == "json":
        for count in counts:
            print(count.model_dump_json())
        return ExitCode.DONE
    print(describe_state(settings.state))
    for line in (*describe_counts(counts), *describe_inbox(settings, datetime.now(UTC))):
        print(line)
    return ExitCode.DONE


def _print_built(settings: Settings, selection: "Selection", format: str) -> bool:
    """Print what the last build made of files that are in no catalogue; return whether there was such a build.

    What it knows of them are their names and states: a name tells the language where it is one like CD_PV.1.zh.pdf.
    """
    from unbitext.file_names import name_claim
    from unbitext.status import built_standings, describe_standing

    standings = built_standings(settings.state, settings.out)
    if not standings or selection.series:
        return False
    for standing in standings:
        language = name_claim(standing.label).language
        if (not selection.states or standing.state in selection.states) and (
            not selection.languages or language in selection.languages
        ):
            print(standing.model_dump_json() if format == "json" else describe_standing(standing))
    LOGGER.info("these are files that %s was built from; %s", settings.out, _FILLED)
    return True


_FILLED = "the catalogue is filled by `unbitext ingest` and `unbitext fetch`"


def _no_catalogue(settings: Settings) -> str:
    report = settings.out / "report.md"
    built = f"; what was built from files stands in {report}" if report.is_file() else ""
    return f"no document has been fetched yet: {_FILLED}{built}"


def _print_list(catalogue: "Catalogue", selection: "Selection", format: str) -> ExitCode:
    from unbitext.status import describe_entry

    shown = 0
    for entry in catalogue.select(selection):
        print(entry.model_dump_json() if format == "json" else describe_entry(entry))
        shown += 1
    if shown == selection.limit:
        found = sum(count.documents for count in catalogue.counts(selection))
        if found > shown:
            LOGGER.info("%d of %d: --limit shows more", shown, found)
    elif not shown:
        LOGGER.info("no such document is known")
    return ExitCode.DONE


def _print_documents(catalogue: "Catalogue", selection: "Selection", format: str) -> ExitCode:
    from unbitext.status import DocumentStatus, describe_document

    missing = set(selection.symbols)
    for entry in catalogue.select(selection):
        missing.discard(entry.symbol)
        if format == "json":
            history = tuple(catalogue.history(entry.symbol, entry.language))
            print(DocumentStatus(entry=entry, history=history).model_dump_json())
        else:
            print("\n".join(describe_document(catalogue, entry)))
    for symbol in sorted(missing):
        LOGGER.error("%s: %s", symbol, _why_unknown(symbol))
    return ExitCode.SOME_FAILED if missing else ExitCode.DONE


def _may_be_symbol(text: str) -> bool:
    """Whether `unbitext fetch` would ask for it."""
    return is_symbol(text) or "/" in text


def _why_unknown(symbol: str) -> str:
    if _may_be_symbol(symbol):
        return f"nothing is known of it; `unbitext fetch {symbol}` asks for it"
    return "nothing is known of it, and it is no symbol of a document: give one such as CD/PV.1511"


def _repair(settings: Settings, *, rebuild: bool, is_verified: bool) -> ExitCode:
    """Make the catalogue anew, or verify the store, while no cycle is at work."""
    from unbitext.ingest import Cycle, cycle_lock
    from unbitext.store import FolderLockedError

    cycle = Cycle(settings)
    try:
        with cycle_lock(settings):
            if rebuild:
                print(f"catalogue  {cycle.rebuild()} documents found in the store")
            return _verify(cycle) if is_verified else ExitCode.DONE
    except FolderLockedError as error:
        raise UsageError(f"{error}: wait for its end") from error


def _verify(cycle: "Cycle") -> ExitCode:
    from unbitext.verification import verify

    with cycle.catalogue() as catalogue:
        faults = verify(catalogue, cycle.kept, cycle.files)
    for fault in faults:
        whose = f" ({', '.join(fault.documents)})" if fault.documents else ""
        LOGGER.error("%s%s: %s; %s", fault.path, whose, fault.message, fault.done)
    print(f"damaged    {len(faults)} files")
    return ExitCode.SOME_FAILED if faults else ExitCode.DONE
