"""Prefect's server for one build: its home, and how it is told where to be."""

import os
from pathlib import Path

import pytest

from flows.embedded_server import EmbeddedServer, NoServerError


def test_builds_at_the_same_time_have_homes_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PREFECT_HOME", "PREFECT_PROFILES_PATH", "DO_NOT_TRACK"):
        monkeypatch.setenv(name, "before")  # so that it is as before when the test ends
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    homes = []
    with EmbeddedServer(tmp_path / "prefect", tmp_path / "logs") as first:
        homes.append(os.environ["PREFECT_HOME"])
        with EmbeddedServer(tmp_path / "prefect", tmp_path / "logs") as second:
            homes.append(os.environ["PREFECT_HOME"])
            with pytest.raises(NoServerError, match=r"answers at http://127.0.0.1:1/api \(from PREFECT_API_URL\)"):
                second.wait()
        with EmbeddedServer(tmp_path / "prefect", tmp_path / "logs"):
            homes.append(os.environ["PREFECT_HOME"])
        assert not first.is_ours  # a server is named: none is started
    assert homes == [str(tmp_path / "prefect" / number) for number in ("1", "2", "2")]
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:1/api"
    assert os.environ["DO_NOT_TRACK"] == "before"
