"""A server on loopback, a clock that needs no waiting, and fetchers that use both."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from schemas.settings import Settings, Value, load_settings
from tests.loopback.server import LoopbackServer
from unbitext.sources.answers import NoAnswerError
from unbitext.sources.clock import Clock
from unbitext.sources.fetching import Fetcher, open_fetcher
from unbitext.sources.manners import Manners
from unbitext.sources.urls import Allowed
from unbitext.sources.web import Client

Open = Callable[..., AbstractContextManager[Fetcher]]
OpenClient = Callable[..., Client]


class QuickClock(Clock):
    """A clock whose waiting takes no time; `slept` remembers it, `jump` sets the wall clock."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.slept: list[float] = []

    def seconds(self) -> float:
        return super().seconds() + self.ahead

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.slept.append(seconds)
            self.ahead += seconds

    def jump(self, seconds: float) -> None:
        self.ahead += seconds


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


@pytest.fixture
def settings(server: LoopbackServer, tmp_path: Path) -> Callable[..., Settings]:
    """Settings for the server; keywords change some."""

    def make(**changes: Value) -> Settings:
        environment = {**server.environment(), "UNBITEXT_STATE": str(tmp_path / "state")}
        return load_settings({"data": tmp_path / "data", **changes}, environment).values

    return make


@pytest.fixture
def fetcher(settings: Callable[..., Settings], clock: QuickClock) -> Open:
    """Open a fetcher for the server; keywords are settings, `dry_run` and `parse` go to `open_fetcher`."""

    def opened(
        *, dry_run: bool = False, resolve: object = None, parse: object = None, **changes: Value
    ) -> AbstractContextManager[Fetcher]:
        given = {"resolve": resolve, "parse": parse}
        more = {name: value for name, value in given.items() if value is not None}
        return open_fetcher(
            settings(**changes),
            dry_run=dry_run,
            clock=clock,
            chance=random.Random(1),
            **more,  # type: ignore[arg-type]
        )

    return opened


@pytest.fixture
def client(server: LoopbackServer, clock: QuickClock, tmp_path: Path) -> OpenClient:
    """A client of the server; keywords change its manners."""

    def make(
        *, resolve: object = None, tls: object = None, allowed: Allowed | None = None, **changes: object
    ) -> Client:
        usual = {"delay": 0.0, "backoff": 1.0, "backoff_most": 8.0, "attempts": 3, "allow_private_hosts": True}
        manners = Manners.model_validate({"contact": "tests@example.org", **usual, **changes})
        more = {name: value for name, value in (("resolve", resolve), ("tls", tls)) if value is not None}
        hosts = allowed or Allowed((server.base,))
        return Client(manners, hosts, tmp_path / "hosts", clock=clock, chance=random.Random(1), **more)  # type: ignore[arg-type]

    return make


def refusal(client: Client, url: str) -> NoAnswerError:
    with client, pytest.raises(NoAnswerError) as caught:
        client.get(url)
    return caught.value
