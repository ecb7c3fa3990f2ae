"""The command as a user runs it: a process of its own, with a state folder of its own."""

import json
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


WARM = """
import json, os, resource, signal, sys
from flows.cli import app
import flows.build
# what was started in the background inherits that it ignores this signal, and so would the builds
signal.signal(signal.SIGINT, signal.default_int_handler)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        os.chdir(order["folder"])
        os.environ["UNBITEXT_STATE"] = "state"
        for name, number in (("stdout", 1), ("stderr", 2)):
            os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        if order["file_bytes"]:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_bytes"], order["file_bytes"]))
        app(order["arguments"])
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Imports all that a build imports, seconds long, and then runs each command in a process forked from that."""


class Builder:
    """Runs builds one after the other, in processes that begin with everything imported."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._outputs = [folder / "stdout", folder / "stderr"]
        self._warm = subprocess.Popen(
            [sys.executable, "-c", WARM],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def start(self, *arguments: str | Path, folder: Path | None = None, file_bytes: int = 0) -> int:
        """Start `unbitext` in a folder; `file_bytes` limits the size of any file it writes. Return its process id."""
        order = {
            "arguments": [str(argument) for argument in arguments],
            "folder": str(folder or Path.cwd()),
            "stdout": str(self._outputs[0]),
            "stderr": str(self._outputs[1]),
            "file_bytes": file_bytes,
        }
        assert self._warm.stdin is not None
        self._warm.stdin.write(json.dumps(order) + "\n")
        self._warm.stdin.flush()
        process = int(self._read())
        assert process > 1, "not a process of its own: a signal to it would reach the tests"
        return process

    def finish(self) -> subprocess.CompletedProcess[str]:
        """Wait for the end of what was started."""
        code = int(self._read())
        said, warned = (path.read_text(encoding="utf-8") for path in self._outputs)
        return subprocess.CompletedProcess([], code, said, warned)

    def run(
        self, *arguments: str | Path, folder: Path | None = None, file_bytes: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run `unbitext` to its end."""
        self.start(*arguments, folder=folder, file_bytes=file_bytes)
        return self.finish()

    def close(self) -> None:
        """End the process that the others are forked from."""
        self._warm.communicate()

    def _read(self) -> str:
        assert self._warm.stdout is not None
        return self._warm.stdout.readline()


@pytest.fixture(scope="session")
def builder(prefect_server: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """Run builds without paying for Prefect's import each time."""
    builder = Builder(tmp_path_factory.mktemp("builder"), prefect_server)
    yield builder
    builder.close()
