"""Commands that keep a corpus current: ingest, schedule."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: the others start without it

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import progress
from flows.cli_corpus import log_losses
from flows.cli_fetch import WantedLanguage
from flows.cli_mirror import mirror_cycle
from flows.cli_run import Run, command
from flows.cron import require_cron
from flows.exit_codes import ExitCode, UsageError
from flows.folders import CHOOSE_OUT, SET_DATA, SET_STATE, require_writable
from flows.messages import LOGGER
from schemas.settings import Settings
from unbitext.store import CorpusFolder, FolderLockedError

if TYPE_CHECKING:
    from unbitext.ingest import CycleOutcome
    from unbitext.ingest_run import CycleRequest

SeriesOption = Annotated[
    list[str] | None, typer.Option(metavar="SERIES", help="A series to look through (CD/PV); can be repeated.")
]
LanguagesOption = Annotated[
    list[WantedLanguage] | None,
    typer.Option("--language", help="A wanted language (en, zh), the first looked for first; can be repeated."),
]
LibraryOption = Annotated[
    bool | None, typer.Option("--library/--no-library", help="Ask the Digital Library for news (with --series: yes).")
]
InboxOption = Annotated[bool, typer.Option("--inbox", help="Take in what lies in the watched folder, data/inbox.")]
SinceOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Where a first harvest of the library begins (30 days back)."),
]
OutOption = Annotated[Path | None, typer.Option(help="Where the corpus is built (outputs/corpus).")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    command(app)(ingest)
    command(app)(schedule)


def ingest(
    run: Run,
    series: SeriesOption = None,
    languages: LanguagesOption = None,
    inbox: InboxOption = False,
    library: LibraryOption = None,
    since: SinceOption = None,
    out: OutOption = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait where another ingestion is at work.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be asked for; ask nobody.")] = False,
) -> ExitCode:
    """Discover, fetch, build: bring a corpus up to date, in one cycle."""
    request = _request(series, languages, inbox, library, since)
    if dry_run:
        return _print_preview(request, run.settings)
    _check_folders(run.settings)
    _check_usable(request, run.settings)
    try:
        outcome = _cycle(request, run.settings, wait)
    except FolderLockedError as error:
        raise UsageError(f"{error}; --wait waits for its end") from error
    return max(_tell(outcome, run.settings), mirror_cycle(run.settings))


def schedule(
    run: Run,
    cron: Annotated[str, typer.Option(help="When: five fields of cron, in UTC (0 */6 * * *).")],
    series: SeriesOption = None,
    languages: LanguagesOption = None,
    inbox: InboxOption = False,
    library: LibraryOption = None,
    since: SinceOption = None,
    out: OutOption = None,
) -> ExitCode:
    """Run `ingest` on a schedule until it is stopped."""
    require_cron(cron)
    request = _request(series, languages, inbox, library, since)
    _check_folders(run.settings)
    _check_usable(request, run.settings)
    from flows.schedule import serve_schedule

    flags = {origin.name: origin.value for origin in run.loaded.origins if origin.source == "flag"}
    serve_schedule(cron, request, flags, run.settings)
    return ExitCode.DONE


def _request(
    series: list[str] | None,
    languages: list[WantedLanguage] | None,
    inbox: bool,
    library: bool | None,
    since: datetime | None,
) -> "CycleRequest":
    from schemas.series import SeriesError, parse_series
    from unbitext.ingest_run import DEFAULT_LANGUAGES, CycleRequest

    if since is not None and since > datetime.now():
        raise UsageError(f"--since {since:%Y-%m-%d} is still to come")
    kinds = [*(["inbox"] if inbox else []), *(["enumeration", "changes", "reissues"] if series else [])]
    kinds += ["oai"] if library or (library is None and series) else []
    if not kinds:
        raise UsageError("what is to be ingested? give --series CD/PV, --inbox or --library")
    try:
        for one in series or []:
            parse_series(one)
    except SeriesError as error:
        raise UsageError(str(error)) from error
    return CycleRequest(
        series=tuple(series or ()),
        languages=tuple(one.value for one in languages or ()) or DEFAULT_LANGUAGES,
        kinds=tuple(kinds),
        since=since.date() if since else None,
    )


def _check_folders(settings: Settings) -> None:
    require_writable(settings.data, SET_DATA)
    require_writable(settings.out, CHOOSE_OUT)
    require_writable(settings.state, SET_STATE)


def _check_usable(request: "CycleRequest", settings: Settings) -> None:
    """See now what a cycle would end with: documents would have been fetched by then, and nobody may be looking."""
    from unbitext.aligners import AlignerChoice
    from unbitext.inputs import InputError
    from unbitext.sources.manners import Manners, NoContactError
    from unbitext.sources.services import Services
    from unbitext.sources.urls import ForbiddenUrlError

    try:
        Manners.of(settings, asks_hosts=request.asks_hosts)
        Services.of(settings)
        AlignerChoice.of(settings)
    except (NoContactError, ForbiddenUrlError, InputError) as error:
        raise UsageError(str(error)) from error


def _print_preview(request: "CycleRequest", settings: Settings) -> ExitCode:
    from unbitext.ingest_run import preview

    records, notes = preview(request, settings)
    for record in records:
        name = record.symbol or record.identifier
        print(f"{name}  {record.language or ''}  {record.origin}".rstrip())
    for note in notes:
        LOGGER.info("%s", note)
    LOGGER.info("%d documents would be asked for, and what follows from what is there", len(records))
    return ExitCode.DONE


def _cycle(request: "CycleRequest", settings: Settings, wait: bool) -> "CycleOutcome":
    """Run the cycle in this process; Prefect is imported only where there is something to build."""
    from unbitext.cycle_record import recorded
    from unbitext.ingest import Cycle, run_cycle
    from unbitext.ingest_report import render_cycle
    from unbitext.ingest_run import open_doors
    from unbitext.intake import Taken
    from unbitext.outcome import BuildOutcome
    from unbitext.plan import Plan

    def build(plan: Plan) -> BuildOutcome:
        from flows.local_run import build_kept_here

        return build_kept_here(plan, settings)

    cycle = Cycle(settings)
    with progress.use(settings), progress.current().counter("asked for") as shown:

        def told(taken: Taken) -> None:
            LOGGER.debug("%s %s: %s", taken.symbol, taken.language, taken.status.value)
            shown.advance(1)

        with open_doors(request, settings) as (sources, fetcher), recorded(cycle) as record:
            outcome = run_cycle(cycle, sources, fetcher, build=build, told=told, wait=wait)
            record(outcome)
    with cycle.catalogue() as catalogue:
        cycle.write_report(render_cycle(outcome, catalogue.counts(), datetime.now(UTC)))
    return outcome


def _tell(outcome: "CycleOutcome", settings: Settings) -> ExitCode:
    """Say on standard error what was refused, on standard output what has changed."""
    from unbitext.ingest import REPORT

    for one in outcome.unsettled:
        LOGGER.error("%s %s: %s; %s (%s)", one.symbol, one.language, one.message, one.remedy, one.code)
    for left in outcome.left:
        LOGGER.warning("%s stays where it is: %s", left.name, left.reason)
    for note in outcome.notes:
        LOGGER.warning("%s", note)
    if outcome.pruned is not None and outcome.pruned.note:
        LOGGER.warning("%s", outcome.pruned.note)
    build = outcome.build
    failures = build.record.refused if build is not None else ()
    if build is not None:
        log_losses(build)
    print(f"asked      {len(outcome.taken)} documents")
    print(f"new        {len(outcome.new)} files, {sum(one.is_replaced for one in outcome.new)} in place of others")
    print(f"refused    {len(outcome.unsettled)} could not be used or reached")
    if build is None:
        print("corpus     none: nothing has been fetched yet")
    elif not build.released:
        print(f"corpus     {settings.out} is as it was: no document is fit for it")
    else:
        totals = build.record.totals
        news = "unchanged" if build.up_to_date else f"{len(build.changed)} files changed, {len(build.removed)} removed"
        print(f"corpus     {settings.out}: {totals.documents} documents, {totals.pairs} pairs; {news}")
        print(f"waiting    {totals.waiting} for their original")
        print(f"report     {settings.out / CorpusFolder.REPORT}")
    if outcome.pruned is not None and outcome.pruned.freed_bytes:
        print(f"removed    {len(outcome.pruned.removed)} former files, {outcome.pruned.freed_bytes} bytes in all")
    print(f"cycle      {settings.out.with_name(REPORT)}")
    is_kept_back = outcome.pruned is not None and outcome.pruned.failed
    return ExitCode.SOME_FAILED if outcome.unsettled or failures or is_kept_back else ExitCode.DONE
