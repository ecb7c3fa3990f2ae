"""Ingestion on a schedule: Prefect's `serve` in this process, with a server beside it that fires.

Where PREFECT_API_URL names a server, that one fires; `prefect.yaml` has the same as deployments for its work pools.
"""

# ruff: noqa: PLC0415 - Prefect reads its environment when it is imported, and that is not before the server is known

from collections.abc import Mapping

from flows.local_run import prefect_here
from flows.messages import LOGGER
from schemas.settings import Settings
from unbitext.ingest_run import CycleRequest


class ScheduleError(ValueError):
    """A schedule that is none; the message says what is expected."""


def serve_schedule(cron: str, request: CycleRequest, flags: Mapping[str, str], settings: Settings) -> None:
    """Fire a cycle whenever `cron` says, one at a time, until the process is told to stop.

    `flags` are the settings of the command line, which the cycles get too. Raises `ScheduleError`.
    """
    with prefect_here(settings, with_schedules=True):
        from prefect.client.schemas.schedules import construct_schedule
        from pydantic import ValidationError

        from flows.ingest import ingest_corpus

        try:
            construct_schedule(cron=cron)
        except (ValidationError, ValueError) as error:
            raise ScheduleError(f"--cron {cron!r} is no schedule: give five fields, such as '0 */6 * * *'") from error
        LOGGER.info("ingestion is scheduled at %s (UTC); stop it with Ctrl-C", cron)
        ingest_corpus.serve(
            name="ingest",
            cron=cron,
            parameters={"request": request.model_dump(mode="json"), "given": dict(flags), "wait": False},
            limit=1,
            print_starting_message=False,
        )
