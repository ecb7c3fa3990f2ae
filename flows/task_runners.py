"""How the tasks of a build run: in this process, in worker processes, or on a Dask cluster.

Import this module only where a flow runs: it imports Prefect.
"""

# ruff: noqa: PLC0415 - Dask is an extra, and imported only where it is asked for

from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.exit_codes import UsageError
from flows.messages import set_up_messages
from flows.tasks import start_worker
from schemas.settings import Settings
from unbitext.build import unparsed_bytes
from unbitext.plan import Plan

_PROCESSES_PAY_BYTES = 4_000_000
"""Text to be parsed from which worker processes pay: each imports Prefect for seconds before its first document."""


def task_runner(plan: Plan, settings: Settings) -> TaskRunner[Any]:
    """Choose how tasks run: as the settings say, else in worker processes where there is work for them.

    Threads help little: the stages compute, and Python's threads take turns at that. So by default there is one.
    Raises `UsageError` where Dask is asked for and not installed.
    """
    match settings.task_runner:
        case "dask":
            return _dask(settings)
        case "threads":
            return ThreadPoolTaskRunner(max_workers=plan.jobs)
        case "processes":
            return _processes(plan, settings)
        case "auto":
            unparsed = unparsed_bytes(plan.inputs.files, plan.cache, plan.symbol, plan.language)
            if plan.jobs > 1 and unparsed > _PROCESSES_PAY_BYTES:
                return _processes(plan, settings)
            return ThreadPoolTaskRunner(max_workers=1)


def _processes(plan: Plan, settings: Settings) -> TaskRunner[Any]:
    messages = (settings.verbose, settings.quiet, settings.log_format)
    return ProcessPoolTaskRunner(max_workers=plan.jobs, initializer=start_worker, initargs=messages)


def _dask(settings: Settings) -> TaskRunner[Any]:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise UsageError(f"tasks on Dask need what is not installed ({error}): pip install 'unbitext[dask]'") from error
    # Dask sets up logging of its own when it is imported, as Prefect does.
    set_up_messages(settings.verbose, settings.quiet, settings.log_format)
    if settings.dask_address is not None:
        return DaskTaskRunner(address=settings.dask_address)
    messages = {
        "UNBITEXT_VERBOSE": str(settings.verbose),
        "UNBITEXT_QUIET": str(settings.quiet),
        "UNBITEXT_LOG_FORMAT": settings.log_format,
    }
    cluster = {
        "n_workers": settings.jobs,
        "threads_per_worker": 1,  # one task at a time in each, as in worker processes
        "host": "127.0.0.1",
        "scheduler_kwargs": {"dashboard": False},
        "env": messages,
        "preload": ["flows.dask_worker"],
    }
    return DaskTaskRunner(cluster_kwargs=cluster)
