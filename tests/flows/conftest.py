"""The command as a user runs it: a process of its own, with a state folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.embedded_server import EmbeddedServer

Command = Callable[..., subprocess.CompletedProcess[str]]
ARGUMENTS = [sys.executable, "-m", "flows.cli"]


@pytest.fixture
def unbitext() -> Command:
    """Run `unbitext` with these arguments; `environment` is added to the test's, `limit` runs in the child first."""

    def run(
        *arguments: str | Path, environment: dict[str, str] | None = None, limit: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*ARGUMENTS, *map(str, arguments)],
            env={**os.environ, **(environment or {})},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=300,
            preexec_fn=limit,
        )

    return run


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One Prefect server for the builds of all tests, as the variables that point to it: its start is what costs."""
    folder = tmp_path_factory.mktemp("prefect")
    before = dict(os.environ)
    with EmbeddedServer(folder / "homes", folder / "logs") as server:
        server.wait()
        url = os.environ["PREFECT_API_URL"]
        try:
            os.environ.clear()
            os.environ.update(before)
            yield {"PREFECT_API_URL": url}
        finally:
            os.environ["PREFECT_API_URL"] = url
    os.environ.clear()
    os.environ.update(before)
