"""What a Dask worker on this machine does before its first task; its messages are then the program's."""

import os

import prefect.main  # noqa: F401 - it sets up logging of its own; ours after it
from distributed import Worker

from flows.messages import set_up_messages
from schemas.settings import load_settings


def dask_setup(worker: Worker) -> None:
    """Prepare the worker; Dask calls it by this name."""
    settings = load_settings({}, os.environ).values
    set_up_messages(settings.verbose, settings.quiet, settings.log_format)
