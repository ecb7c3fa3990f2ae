"""The pond of the tests of ingestion, for a policy on former files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback.server import LoopbackServer
from tests.unbitext.ingestion.conftest import Pond


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[Pond]:
    with LoopbackServer() as server:
        yield Pond(server, tmp_path)
