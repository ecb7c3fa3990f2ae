"""`unbitext prune` as a user runs it."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from schemas.fetching import Claim
from schemas.retention import Removal
from tests.loopback.pond import pond_paper
from tests.loopback.server import LoopbackServer
from tests.unbitext.ingestion.conftest import Pond, record
from unbitext.cycle_record import recorded
from unbitext.ingest import Cycle, cycle_lock

A = "POND/2026/1"
Prune = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[Pond]:
    with LoopbackServer() as server:
        yield Pond(server, tmp_path)


@pytest.fixture
def prune(pond: Pond) -> Prune:
    """Run `unbitext prune` in this process: exit code, standard output, standard error."""

    def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
        folders = {"UNBITEXT_DATA": "data", "UNBITEXT_STATE": "state", "UNBITEXT_OUT": "corpus"}
        result = CliRunner().invoke(app, ["prune", *arguments], env={**folders, **environment})
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def reissued(pond: Pond) -> str:
    """A document that was issued again 40 days ago, with cycles since; the sha256 of its former file."""
    pond.clock.at = time.time() - 40 * 86_400

    def cycle() -> None:
        with recorded(Cycle(pond.settings(), pond.clock.now)) as told:
            told(pond.cycle())

    pond.publish(A, "en")
    cycle()
    pond.server.publish(A, "en", "pdf", pond_paper(A, "en", 2))
    pond.records.append(record(A, "en", Claim.CHANGED))
    cycle()
    pond.clock.pass_days(39.9)
    cycle()
    note = Cycle(pond.settings()).kept.get(A, "en")
    assert note is not None
    return note.earlier[0].sha256


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        ([], {}, "all versions are kept: give --keep-versions-days"),
        (["--keep-versions-days", "30"], {}, "nothing has been fetched yet"),
        (["--keep-versions-days", "0"], {}, ""),
        ([], {"UNBITEXT_KEEP_VERSIONS_DAYS": "soon"}, "keep_versions_days"),
    ],
)
def test_what_cannot_be_done_is_said(
    prune: Prune, arguments: list[str], environment: dict[str, str], message: str
) -> None:
    code, output, errors = prune(*arguments, **environment)
    assert (code, output) == (2, "")
    assert message in errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((), "all versions are kept"), (("--keep-versions-days", "30"), "nothing has been fetched yet")],
)
def test_where_nothing_can_go_a_dry_run_says_so(prune: Prune, arguments: tuple[str, ...], message: str) -> None:
    code, output, errors = prune("--dry-run", *arguments)
    assert (code, output.splitlines()[0]) == (0, "would go   0 former files and 0 results, 0 bytes")
    assert message in errors
    assert prune("--dry-run", "--format", "json", *arguments)[:2] == (0, "")


def test_what_goes_is_listed_first_and_then_goes(prune: Prune, reissued: str, pond: Pond) -> None:
    flags = ("--keep-versions-days", "30")
    code, output, _ = prune(*flags, "--dry-run", UNBITEXT_KEEP_VERSIONS_DAYS="5000")  # the flag wins
    first, *_, summary, waiting = output.splitlines()
    assert (code, first.split("  ")[:2]) == (0, [reissued, f"{A} (en)"])
    assert summary.startswith("would go   1 former files")
    assert waiting == "former     0 files whose days are not over"
    _, output, _ = prune(*flags, "--dry-run", "--format", "json")
    assert Removal.model_validate_json(output).file.sha256 == reissued

    code, output, errors = prune("--log-format", "json", UNBITEXT_KEEP_VERSIONS_DAYS="30")
    assert (code, output.splitlines()[-2].split()[:2]) == (0, ["removed", "1"])
    (said,) = [line["message"] for line in map(json.loads, errors.splitlines()) if reissued in line["message"]]
    assert said.startswith(f"removed {reissued} ({A} (en), ")
    assert not list((pond.folder / "data/fetched").glob(f"??/{reissued}*"))
    assert prune(*flags)[1].startswith("removed    0 former files")


def test_while_a_cycle_is_at_work_it_leaves(prune: Prune, reissued: str, pond: Pond) -> None:
    with cycle_lock(pond.settings()):
        code, _, errors = prune("--keep-versions-days", "30")
    assert (code, "--wait waits for its end" in errors) == (2, True)


def test_where_it_is_not_certain_what_is_needed_it_says_so(prune: Prune, reissued: str, pond: Pond) -> None:
    next((pond.folder / "data/kept").glob("*/*.json")).write_text("{")
    code, output, errors = prune("--keep-versions-days", "30")
    assert (code, output) == (1, "")
    assert "no former file is removed: a note on whose file is whose cannot be read" in errors
