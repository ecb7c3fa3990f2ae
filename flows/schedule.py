"""Ingestion on a schedule: Prefect's `serve` in this process, with a server beside it that fires.

Where PREFECT_API_URL names a server, that one fires; `prefect.yaml` has the same as deployments for its work pools.
"""

# ruff: noqa: PLC0415 - Prefect reads its environment when it is imported, and that is not before the server is known

from collections.abc import Mapping

from flows.local_run import prefect_here
from flows.messages import LOGGER
from schemas.settings import Settings
from unbitext.ingest_run import CycleRequest


def serve_schedule(cron: str, request: CycleRequest, flags: Mapping[str, str], settings: Settings) -> None:
    """Fire a cycle whenever `cron` says, one at a time, until the process is told to stop.

    `flags` are the settings of the command line, which the cycles get too; `cron` is one that `require_cron` accepts.
    """
    with prefect_here(settings, with_schedules=True):
        from flows.ingest import ingest_corpus

        LOGGER.info("ingestion is scheduled at %s (UTC); stop it with Ctrl-C", cron)
        ingest_corpus.serve(
            name="ingest",
            cron=cron,
            parameters={"request": request.model_dump(mode="json"), "given": dict(flags), "wait": False},
            limit=1,
            print_starting_message=False,
        )
