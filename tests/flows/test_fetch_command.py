"""`unbitext fetch` as a user runs it, against the server on loopback."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from parsers.parse import parse_file
from schemas.settings import load_settings
from tests.flows.conftest import Command
from tests.loopback import behaviour
from tests.loopback.papers import paper
from tests.loopback.server import LoopbackServer
from unbitext.ingest import cycle_lock


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


Fetch = Callable[..., tuple[int, str, str]]


@pytest.fixture
def fetch(server: LoopbackServer) -> Fetch:
    """Run `unbitext fetch` in this process: exit code, standard output, standard error."""

    def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
        given = {**server.environment(), "UNBITEXT_DATA": "data", **environment}
        result = CliRunner().invoke(app, ["fetch", *arguments], env=given)
        return result.exit_code, result.stdout, result.stderr

    return run


def test_files_are_printed_one_a_line_and_a_second_run_changes_nothing(
    server: LoopbackServer, fetch: Fetch, specimens: Path, tmp_path: Path
) -> None:
    server.publish_specimens(specimens)
    arguments = ("SPECIMEN/PV.7", "--language", "zh", "--language", "en")
    code, output, errors = fetch(*arguments)
    assert (code, errors) == (0, "fetched: 2 of 2\n")
    rows = [line.split("\t") for line in output.splitlines()]
    assert [row[1:3] for row in rows] == [["zh", "fetched"], ["zh", "word"], ["en", "fetched"], ["en", "word"]]
    for row, name in zip(rows, ("zh.pdf", "zh.docx", "en.pdf", "en.docx"), strict=True):
        kept = (tmp_path / row[3]).read_bytes()
        assert kept == next(specimens.rglob(f"SPECIMEN_PV.7.{name}")).read_bytes()
    code, output, _ = fetch(*arguments, "--quiet")
    assert code == 0
    assert [line.split("\t")[2] for line in output.splitlines()] == ["unchanged", "word"] * 2


def test_the_fetched_files_can_be_read(server: LoopbackServer, fetch: Fetch, specimens: Path, tmp_path: Path) -> None:
    server.publish_specimens(specimens)
    _, output, _ = fetch("SPECIMEN/RES/9/4")
    file = next(line.split("\t")[3] for line in output.splitlines() if "zh\tfetched" in line)
    assert parse_file(tmp_path / file).meta.symbols == ("SPECIMEN/RES/9/4",)


def test_outcomes_are_printed_as_json(server: LoopbackServer, fetch: Fetch) -> None:
    server.publish("CD/PV.1", "en", "pdf", paper("CD/PV.1"))
    code, output, errors = fetch("CD/PV.1", "--format", "json")
    chinese, english = [json.loads(line) for line in output.splitlines()]
    assert code == 1
    assert (chinese["status"], chinese["code"], chinese["file"]) == ("absent", "document-absent", None)
    assert (english["status"], english["file"]["url"]) == ("fetched", f"{server.ods_url}?s=CD%2FPV.1&l=en&t=pdf")
    assert "error: CD/PV.1 zh: document-absent" in errors
    assert "look again after" in errors


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["CD/PV.1"], {"UNBITEXT_CONTACT": ""}, "set UNBITEXT_CONTACT"),
        (["CD/PV.1"], {"UNBITEXT_CONTACT": "nobody"}, "set UNBITEXT_CONTACT"),
        (["CD/PV.1"], {"UNBITEXT_CONTACT": "a@example.org\r\nX-Header: 1"}, "set UNBITEXT_CONTACT"),
        (["CD/PV.1"], {"UNBITEXT_ODS_URL": "ftp://example.org/"}, "'ftp'"),
        (["nonsense"], {}, "'nonsense' is no symbol"),
        (["A/79/1\n/2"], {}, "is no symbol"),
        (["A/79/1\udcff"], {}, "is no symbol"),
        (["../../etc/passwd"], {}, "is no symbol"),
        (["A/" + "9" * 5000], {}, "is no symbol"),
        (["CD/PV.1", "--language", "de"], {}, ""),
        ([], {}, ""),
        (["CD/PV.1"], {"UNBITEXT_DATA": "/proc/none"}, "set UNBITEXT_DATA"),
        (["CD/PV.1"], {"UNBITEXT_ATTEMPTS": "0"}, "attempts"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_asked(
    server: LoopbackServer, fetch: Fetch, arguments: list[str], environment: dict[str, str], message: str
) -> None:
    code, output, errors = fetch(*arguments, **environment)
    assert (code, output) == (2, "")
    assert message in errors
    assert "Traceback" not in errors
    assert server.asked() == 0


def test_while_a_cycle_is_at_work_it_leaves_or_waits(server: LoopbackServer, fetch: Fetch, tmp_path: Path) -> None:
    server.publish("CD/PV.1", "en", "pdf", paper("CD/PV.1"))
    settings = load_settings({"state": tmp_path / "state"}, {}).values
    arguments = ("CD/PV.1", "--language", "en")
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with cycle_lock(settings):
            held.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    code, output, errors = fetch(*arguments)
    assert (code, output, server.asked()) == (2, "", 0)
    assert "another ingestion is writing" in errors
    assert "--wait waits for its end" in errors
    assert fetch(*arguments, "--dry-run")[0] == 0
    threading.Timer(0.1, release.set).start()
    assert fetch(*arguments, "--wait")[0] == 0
    assert release.is_set()
    holder.join()


def test_a_fetch_that_is_killed_releases_the_lock(
    server: LoopbackServer, fetch: Fetch, tmp_path: Path, root: Path
) -> None:
    server.publish("CD/PV.1", "en", "pdf", paper("CD/PV.1"))
    server.fault("CD/PV.1", "en", "pdf", behaviour.stalls, times=1)
    environment = {**os.environ, **server.environment(), "UNBITEXT_DATA": "data", "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "flows.cli", "fetch", "CD/PV.1", "--language", "en"]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + 60
        while not server.asked_for() and time.monotonic() < end:
            time.sleep(0.02)
        assert server.asked_for()
        assert fetch("CD/PV.1", "--language", "en")[0] == 2
        process.kill()
    assert fetch("CD/PV.1", "--language", "en")[0] == 0


def test_a_refusal_of_the_one_document_ends_with_code_and_remedy(server: LoopbackServer, fetch: Fetch) -> None:
    server.publish("CD/PV.1", "en", "pdf", paper("CD/PV.2"))
    code, output, errors = fetch("CD/PV.1", "--language", "en")
    assert code == 3
    assert errors.splitlines()[-1].startswith("refused: wrong-document: ")
    refused, aside = output.splitlines()
    assert refused == "CD/PV.1\ten\trefused\twrong-document"
    assert aside.startswith("CD/PV.1\ten\taside\tdata/fetched/aside/")
    # Of several documents, one that is refused costs itself.
    server.publish("CD/PV.3", "en", "pdf", paper("CD/PV.3"))
    assert fetch("CD/PV.1", "CD/PV.3", "--language", "en")[0] == 1
    code, _, errors = fetch("A/RES/33[A-X]")
    assert code == 3
    assert errors.splitlines()[-1].startswith("refused: symbol-unaskable: ")


def test_a_host_that_turns_programs_away_is_reported_and_left_alone(server: LoopbackServer, fetch: Fetch) -> None:
    server.fault_at("/api/symbol/access", behaviour.waf)
    code, output, errors = fetch("CD/PV.1", "CD/PV.2", "CD/PV.3")
    assert code == 1
    assert [line.split("\t")[2:] for line in output.splitlines()] == [["blocked", "host-blocked"]] * 6
    assert "anti-bot page (status 202)" in errors
    assert server.asked("/api/symbol/access") == 1


def test_a_dry_run_says_the_addresses_needs_no_contact_and_asks_nothing(server: LoopbackServer, fetch: Fetch) -> None:
    code, output, _ = fetch("CD/PV.1", "--language", "en", "--dry-run", UNBITEXT_CONTACT="")
    assert (code, output) == (0, f"would ask for {server.ods_url}?s=CD%2FPV.1&l=en&t=pdf\n")
    assert server.asked() == 0
    assert not Path("data").exists()


def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    server: LoopbackServer, fetch: Fetch, unbitext: Command, specimens: Path, tmp_path: Path
) -> None:
    server.publish_specimens(specimens)
    arguments = ("fetch", "SPECIMEN/2026/12", "--language", "en")

    def few_bytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    full = unbitext(*arguments, environment=server.environment(), limit=few_bytes)
    assert full.returncode == 4
    assert "allow larger files and run again" in full.stderr
    assert "Traceback" not in full.stderr
    assert [path for path in (tmp_path / "data").rglob("*") if path.is_file()] == []
    assert fetch(*arguments[1:])[0] == 0


def test_fetch_starts_without_what_it_does_not_need() -> None:
    script = "import sys, flows.cli; print([name for name in ('httpcore', 'prefect', 'lxml') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout == "[]\n"
