"""Running the flow on this machine: Prefect's server beside it, its messages ours, what killed builds left closed."""

# ruff: noqa: PLC0415 - Prefect reads its environment when it is imported, and that is not before the server is known

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows import progress
from flows.embedded_server import EmbeddedServer
from flows.messages import LOGGER, PREFECT_JSON, set_up_messages
from schemas.document import Language
from schemas.settings import Settings
from unbitext.outcome import BuildOutcome
from unbitext.plan import Plan
from unbitext.store import State


def run_here(
    plan: Plan, paths: tuple[Path, ...], settings: Settings, symbol: str | None, language: Language | None
) -> BuildOutcome:
    """Run the build flow, in this process, with this plan's folders; raises what the flow raises."""
    with prefect_here(settings):
        from flows.build import build_corpus
        from flows.task_runners import task_runner

        flow = build_corpus.with_options(task_runner=task_runner(plan, settings))
        return flow(paths, settings, symbol, language)


def build_kept_here(plan: Plan, settings: Settings) -> BuildOutcome:
    """Run the flow that builds from all that is kept, in this process; raises what the flow raises."""
    with prefect_here(settings):
        from flows.ingest import build_with

        return build_with(settings)(plan)


@contextmanager
def prefect_here(settings: Settings, *, with_schedules: bool = False) -> Iterator[None]:
    """Have Prefect in this process, with a server beside it unless PREFECT_API_URL names one.

    What killed runs left as running on a server of our own is closed. Raises `ServerError`.
    """
    if settings.log_format == "json":
        for name, value in PREFECT_JSON.items():
            os.environ.setdefault(name, value)
    state = State(settings.state)
    server = EmbeddedServer(state.prefect_homes, state.logs, with_schedules=with_schedules)
    with server, progress.use(settings):
        LOGGER.info("starting Prefect")
        import prefect.main  # noqa: F401 - it sets up logging of its own; ours again before anything can go wrong

        set_up_messages(settings.verbose, settings.quiet, settings.log_format)
        server.wait()
        if server.is_ours:
            from prefect.client.orchestration import get_client

            from flows.abandoned_runs import close_abandoned_runs

            with get_client(sync_client=True) as client:
                close_abandoned_runs(client)
        yield
