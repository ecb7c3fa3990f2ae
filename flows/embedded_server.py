"""Prefect's server for one build or one schedule, on this machine: no account, no configuration, gone with it.

Prefect can start a temporary server of its own; this module starts the same application itself, because Prefect's
outlives a build that was killed, writes its tracebacks to the build's standard error, and gives up after 20 seconds,
which a cold start on a slow machine exceeds. Where PREFECT_API_URL is set, that server is used and none is started.
"""

# ruff: noqa: PLC0415 - the server's process imports Prefect, the build's does not from here

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from ssl import SSLError
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from flows.exit_codes import UsageError

START_SECONDS = 180.0
"""How long the server may take to answer: it is there after 3 s on an idle machine, 40 s on a cold and busy one."""

_STOP_SECONDS = 10.0
_ADDRESS = "127.0.0.1"
_ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_CLIENT_METRICS_ENABLED": "false",
    "PREFECT_CLI_WIKI_TIPS": "false",
}
_SERVER_ENVIRONMENT = {"PREFECT_UI_ENABLED": "0", "PREFECT_LOGGING_SERVER_LEVEL": "WARNING"}
_BRIEF_ENVIRONMENT = {
    # What Prefect sets for the temporary server it would start: services for runs only.
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


class ServerError(RuntimeError):
    """The server did not start; the message says where its log is."""


class NoServerError(UsageError):
    """No server answers where PREFECT_API_URL says; the message names the address."""


class EmbeddedServer:
    """A context: on entry the server is starting, `wait` returns when it answers, at the end it is stopped.

    Enter it before Prefect is imported, which reads its environment once and takes seconds that pass while the server
    starts.
    """

    def __init__(self, homes: Path, logs: Path, *, with_schedules: bool = False) -> None:
        """`homes` and `logs` are folders of the state; `with_schedules` lets it fire what is scheduled, too."""
        self._homes = homes
        self._environment = _SERVER_ENVIRONMENT if with_schedules else {**_SERVER_ENVIRONMENT, **_BRIEF_ENVIRONMENT}
        self._log = logs / "prefect-server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = -1
        self._url = ""

    def __enter__(self) -> Self:
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        home, self._lock = _free_home(self._homes)
        os.environ["PREFECT_HOME"] = str(home)
        os.environ["PREFECT_PROFILES_PATH"] = str(home / "profiles.toml")
        if "PREFECT_API_URL" in os.environ:
            return self
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                env={**os.environ, **self._environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                # Ctrl-C is for the build, which then stops the server in order.
                start_new_session=True,
            )
        # The port is known at once, the application answers there seconds later.
        port = self._process.stdout.readline() if self._process.stdout else b""
        self._url = f"http://{_ADDRESS}:{port.decode().strip()}/api"
        os.environ["PREFECT_API_URL"] = self._url
        return self

    @property
    def is_ours(self) -> bool:
        """Whether the server is this build's own, and none that PREFECT_API_URL names."""
        return self._process is not None

    def wait(self) -> None:
        """Wait until the server answers. Raises `ServerError`, and `NoServerError` where one is named that does not."""
        if self._process is None:
            _require_server(os.environ["PREFECT_API_URL"])
        deadline = time.monotonic() + START_SECONDS
        while self._process is not None and not _is_healthy(self._url):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise ServerError(
                    f"Prefect's embedded server did not start: see {self._log}; {self._homes} can be deleted safely"
                )
            time.sleep(0.05)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process is not None:
            del os.environ["PREFECT_API_URL"]
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
        os.close(self._lock)


def _free_home(homes: Path) -> tuple[Path, int]:
    """Take the first of Prefect's homes that no other build holds: two servers on one database lock each other out."""
    number = 1
    while True:
        home = homes / str(number)
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            number += 1
        else:
            return home.resolve(), handle


def _require_server(url: str) -> None:
    """Raise `NoServerError` where nothing answers; what an answer means, Prefect knows."""
    try:
        with urlopen(f"{url.rstrip('/')}/health", timeout=10):
            return
    except (HTTPError, SSLError):
        return  # a server, which wants to know who asks, or has a certificate that Prefect is told of
    except (OSError, ValueError) as error:
        if isinstance(error, URLError) and isinstance(error.reason, SSLError):
            return
        remedy = "start it, or unset PREFECT_API_URL: then unbitext brings its own"
        raise NoServerError(f"no Prefect server answers at {url} (from PREFECT_API_URL): {remedy}") from error


def _is_healthy(url: str) -> bool:
    try:
        with urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _serve() -> None:
    """Run the server in this process until its standard input ends: that is when whoever started it is gone."""
    import socket
    import threading

    listener = socket.socket()
    listener.bind((_ADDRESS, 0))
    print(listener.getsockname()[1], flush=True)

    def follow() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=follow, daemon=True).start()

    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.Server(uvicorn.Config(create_app(), log_level="error", lifespan="on")).run(sockets=[listener])


if __name__ == "__main__":
    _serve()
