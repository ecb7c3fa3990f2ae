"""Running the flow on this machine: Prefect's server beside it, its messages ours, what killed builds left closed."""

# ruff: noqa: PLC0415 - Prefect reads its environment when it is imported, and that is not before the server is known

from pathlib import Path

from flows import progress
from flows.embedded_server import EmbeddedServer
from flows.messages import LOGGER, set_up_messages
from schemas.document import Language
from schemas.settings import Settings
from unbitext.outcome import BuildOutcome
from unbitext.plan import Plan


def run_here(
    plan: Plan, paths: tuple[Path, ...], settings: Settings, symbol: str | None, language: Language | None
) -> BuildOutcome:
    """Run the build flow, in this process, with this plan's folders; raises what the flow raises."""
    with EmbeddedServer(plan.state.prefect_homes, plan.state.logs) as server, progress.use(settings):
        LOGGER.info("starting Prefect")
        import prefect.main  # noqa: F401 - it sets up logging of its own; ours again before anything can go wrong

        set_up_messages(settings.verbose, settings.quiet, settings.log_format)
        from flows.build import build_corpus, task_runner

        server.wait()
        if server.is_ours:
            close_abandoned_runs()
        flow = build_corpus.with_options(task_runner=task_runner(plan, settings))
        return flow(paths, settings, symbol, language)


def close_abandoned_runs() -> None:
    """Mark as crashed the runs that a killed build left as running; only on a server that no other build uses."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed

    running = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=FlowRunFilter(state=running)):
            client.set_flow_run_state(run.id, Crashed(message="the build was killed"), force=True)
