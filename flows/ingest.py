"""The flow of a cycle of ingestion: discover -> fetch -> build. What each step does stands in `unbitext.ingest`.

Import this module only where a flow runs: it imports Prefect.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from prefect import flow, get_client, tags, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State as RunState
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.abandoned_runs import close_abandoned_runs
from flows.build import build_planned
from flows.messages import LOGGER
from flows.task_runners import task_runner
from schemas.settings import Settings, load_settings
from unbitext.cycle_record import recorded
from unbitext.ingest import Cycle, CycleOutcome, cycle_lock
from unbitext.ingest_report import render_cycle
from unbitext.ingest_run import CycleRequest, open_doors
from unbitext.intake import Taken
from unbitext.mirror.copying import Copied
from unbitext.mirror.errors import MirrorError
from unbitext.mirror.mirroring import mirror_to
from unbitext.outcome import BuildOutcome
from unbitext.plan import Plan
from unbitext.store import FolderLockedError, digest

_ARTIFACT_CHARACTERS = 100_000


def _run_name() -> str:
    request = flow_run.parameters["request"]
    series = request.series if isinstance(request, CycleRequest) else request.get("series", ())
    return f"ingest {', '.join(series)}".strip()


@flow(name="ingest_corpus", flow_run_name=_run_name)
def ingest_corpus(
    request: CycleRequest, given: dict[str, str] | None = None, wait: bool = False
) -> RunState[CycleOutcome]:
    """Run one cycle and leave its report as an artifact.

    `given` are settings as flags would give them; the others come from the environment and from `unbitext.toml`. Where
    another cycle is at work with the same state, this one waits for it or ends as `Skipped`.
    """
    settings = load_settings(dict(given or {}), os.environ).values
    cycle = Cycle(settings)
    try:
        with cycle_lock(settings, wait=wait), tags(close_killed_cycles(settings)), recorded(cycle) as record:
            gathered = gather_documents(cycle, request)
            build, changed = cycle.update(build_with(settings))
            news = {"build": build, "changed": tuple(changed), "pruned": cycle.prune()}
            outcome = gathered.model_copy(update=news)
            record(outcome)
    except FolderLockedError as error:
        return Completed(name="Skipped", message=str(error))
    with cycle.catalogue() as catalogue:
        report = render_cycle(outcome, catalogue.counts(), datetime.now(UTC))
    cycle.write_report(report)
    create_markdown_artifact(report[:_ARTIFACT_CHARACTERS], "ingest-report")
    if settings.mirror is not None:
        try:
            mirror_corpus(settings.mirror, settings)
        except MirrorError as error:
            # Failed, so that whoever watches runs sees it; the corpus itself is up to date.
            return Failed(message=f"{outcome.summary}; not mirrored: {error}")
    return Completed(message=outcome.summary, data=outcome)


@task(cache_policy=NO_CACHE)
def gather_documents(cycle: Cycle, request: CycleRequest) -> CycleOutcome:
    """Discover and fetch; the fetcher itself tries again what fails for now, host by host."""

    def told(taken: Taken) -> None:
        LOGGER.info("%s %s: %s", taken.symbol, taken.language, taken.status.value)

    with open_doors(request, cycle.settings) as (sources, fetcher):
        return cycle.gather(sources, fetcher, told)


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=[10.0, 60.0])
def mirror_corpus(url: str, settings: Settings) -> Copied:
    """Copy to the mirror; what was copied before it failed is not copied again."""
    return mirror_to(url, settings, wait=True)


@flow(name="build_corpus", flow_run_name="build {settings.out}", validate_parameters=False)
def build_kept(settings: Settings) -> BuildOutcome:
    """Build the corpus of all that is kept. Raises what `compose` raises."""
    planned = Cycle(settings).plan()
    if planned is None:
        raise LookupError("nothing is kept to build from")
    return build_planned(planned[0])


def build_with(settings: Settings) -> Callable[[Plan], BuildOutcome]:
    """Give what runs the build flow for a plan."""

    def build(plan: Plan) -> BuildOutcome:
        return build_kept.with_options(task_runner=task_runner(plan, settings))(settings)

    return build


def close_killed_cycles(settings: Settings) -> str:
    """Mark as crashed what killed cycles of this state left as running; whoever holds the lock knows that they are.

    Return the tag by which they are known: this run gets it, and what it starts must.
    """
    mark = f"unbitext-{digest(str(settings.state.resolve()))[:16]}"
    with get_client(sync_client=True) as client:
        own = flow_run.id
        if own is not None:
            close_abandoned_runs(client, tag=mark, but=UUID(own))
            client.update_flow_run(UUID(own), tags=[*flow_run.tags, mark])
    return mark
