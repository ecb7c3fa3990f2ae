"""`unbitext ingest`, `unbitext schedule` and the flow behind them: runs, firings, kills, what Prefect knows of them."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from schemas.catalogue import DocumentState
from tests.flows.conftest import ARGUMENTS, Command
from tests.flows.trees import times, tree
from tests.loopback import behaviour
from tests.loopback.pond import pond_paper, pond_text
from tests.loopback.server import LoopbackServer
from unbitext.store import folder_lock

PAPERS = [(f"POND/PV.{number}", language, number) for number in (1, 2) for language in ("en", "zh")]


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        for symbol, language, number in PAPERS:
            server.publish(symbol, language, "pdf", pond_paper(symbol, language, number))
        yield server


def words(lines: str) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in lines.splitlines() if " " in line)


@pytest.mark.flow
def test_a_cycle_from_the_command_line(
    server: LoopbackServer, unbitext: Command, prefect_server: dict[str, str], tmp_path: Path
) -> None:
    environment = {**server.environment(), **prefect_server}
    arguments = ("ingest", "--series", "POND/PV", "--no-library", "--out", "out/corpus")
    planned = unbitext(*arguments, "--dry-run", environment=environment)
    assert (planned.returncode, planned.stdout) == (0, "POND/PV.1  en  enumeration:POND/PV\n")
    assert server.asked() == 0
    assert not (tmp_path / "data").exists()
    assert unbitext("status", "--health").returncode == 1

    run = unbitext(*arguments, environment=environment)
    assert run.returncode == 0, run.stderr
    assert words(run.stdout)["corpus"].startswith("out/corpus: 4 documents, 2 pairs; ")
    report = (tmp_path / "out/ingest.md").read_text()
    assert "| POND/PV.2 | zh | new |" in report
    assert "| aligned | 4 |" in report
    health = unbitext("status", "--health", "--format", "json")
    assert (health.returncode, json.loads(health.stdout)["healthy"]) == (0, True)
    assert 'unbitext_documents{language="zh",state="aligned"} 2.0' in (tmp_path / "state/metrics.prom").read_text()

    before = times(tmp_path / "out/corpus")
    server.forget_requests()
    again = unbitext(*arguments, environment={**server.environment(), "PREFECT_API_URL": "http://127.0.0.1:1/none"})
    assert again.returncode == 0, again.stderr
    assert "unchanged" in words(again.stdout)["corpus"]
    assert (server.asked(), times(tmp_path / "out/corpus")) == (1, before)

    found = unbitext("status", "--state", "aligned", "--language", "zh", "--format", "json")
    entries = [json.loads(line) for line in found.stdout.splitlines()]
    assert [(one["symbol"], one["state"]) for one in entries] == [("POND/PV.1", "aligned"), ("POND/PV.2", "aligned")]
    assert "aligned           4   en 2, zh 2" in unbitext("status").stdout
    one = unbitext("status", "POND/PV.2", "POND/PV.99")
    assert one.returncode == 1
    assert "fetched -> aligned" in one.stdout
    assert "POND/PV.99: nothing is known of it; `unbitext fetch POND/PV.99`" in one.stderr

    kept = next((tmp_path / "data/fetched").glob("??/*.pdf"))
    kept.write_bytes(kept.read_bytes()[:-10] + b"x" * 10)
    checked = unbitext("status", "--verify")
    assert checked.returncode == 1
    assert str(kept.name) in checked.stderr
    assert "the next cycle fetches it again" in checked.stderr
    assert DocumentState.WANTED.value in unbitext("status", "--state", "wanted").stdout
    assert unbitext(*arguments, environment=environment).returncode == 0
    assert unbitext("status", "--verify").stdout == "damaged    0 files\n"


WRONG = [
    (("ingest",), {}, "what is to be ingested?"),
    (("ingest", "--series", "no series"), {}, "names no series"),
    (("ingest", "--library", "--since", "2999-01-01"), {}, "2999-01-01 is still to come"),
    (("ingest", "--inbox"), {"UNBITEXT_ALIGNER": "magic"}, "magic"),
    (("schedule", "--cron", "* * * * *", "--inbox"), {"UNBITEXT_LEXICON": "nowhere"}, "nowhere"),
    (
        ("schedule", "--cron", "* * * * *", "--inbox"),
        {"PREFECT_API_URL": "http://127.0.0.1:1/api"},
        "no Prefect server",
    ),
    (("ingest", "--series", "POND/PV"), {"UNBITEXT_CONTACT": ""}, "set UNBITEXT_CONTACT"),
    (("ingest", "--inbox"), {"UNBITEXT_CONTACT": "nobody"}, "set UNBITEXT_CONTACT"),
    (("schedule", "--cron", "* * * * *"), {}, "what is to be ingested?"),
    (("schedule", "--cron", "* * * *", "--inbox"), {}, "'* * * *' is no schedule: give five fields"),
    (("schedule", "--cron", "61 * * * *", "--inbox"), {}, "is no schedule"),
    (("schedule", "--cron", "R * * * *", "--inbox"), {}, "is no schedule"),
    (("schedule", "--cron", "0 0 31 2 *", "--inbox"), {}, "a day that never comes"),
    (("schedule", "--cron", "* * * * *", "--library"), {"UNBITEXT_CONTACT": ""}, "set UNBITEXT_CONTACT"),
    (("schedule", "--cron", "* * * * *", "--inbox"), {"UNBITEXT_CONTACT": "a@b.c", "UNBITEXT_ODS_URL": "a"}, "scheme"),
    (("status", "--health", "--stale-hours", "0"), {}, "stale_hours = 0"),
    (("status", "--state", "lost"), {}, "lost"),
    (("status", "POND/1"), {}, "no document has been fetched yet"),
]


@pytest.mark.parametrize(("arguments", "environment", "said"), WRONG)
def test_what_is_asked_wrongly_is_told(
    unbitext: Command, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    run = unbitext(*arguments, environment=environment)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_second_cycle_leaves_with_a_message(server: LoopbackServer, unbitext: Command, tmp_path: Path) -> None:
    with folder_lock(tmp_path / "state/catalogue"):
        run = unbitext("ingest", "--series", "POND/PV", "--out", "corpus", environment=server.environment())
    assert run.returncode == 2
    assert "another ingestion is writing" in run.stderr
    assert "--wait" in run.stderr
    assert server.asked() == 0


def wait_until(condition: object, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def run_states(database: Path) -> list[str]:
    if not database.is_file():
        return []
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as prefect:
        query = (
            "SELECT state_type FROM flow_run JOIN flow ON flow.id = flow_run.flow_id"
            " WHERE flow.name = 'ingest_corpus' AND state_type <> 'SCHEDULED' ORDER BY flow_run.start_time"
        )
        try:
            return [state for (state,) in prefect.execute(query)]
        except sqlite3.OperationalError:
            return []  # the tables are not made yet


@pytest.mark.flow
def test_a_schedule_fires(server: LoopbackServer, tmp_path: Path) -> None:
    arguments = ["schedule", "--cron", "* * * * * */2", "--series", "POND/PV", "--no-library", "--out", "corpus"]
    arguments += ["--log-format", "json"]
    environment = {**os.environ, **server.environment(), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    database = tmp_path / "state/prefect/1/prefect.db"
    with (tmp_path / "said").open("wb") as said:
        schedule = subprocess.Popen([*ARGUMENTS, *arguments], env=environment, stdout=said, stderr=said)
    try:
        fired = wait_until(lambda: "COMPLETED" in run_states(database), 180)
        lines = (tmp_path / "said").read_text().rpartition("\n")[0].splitlines()  # the last may be half written
    finally:
        schedule.send_signal(signal.SIGTERM)
        try:
            schedule.wait(60)
        except subprocess.TimeoutExpired:
            schedule.kill()
            schedule.wait()
    assert fired, (tmp_path / "said").read_text()
    # Those of the cycles, which run in processes that Prefect starts, among them.
    messages = [json.loads(line)["message"] for line in lines]
    assert any(message.startswith("ingestion is scheduled at * * * * * */2 (UTC)") for message in messages)
    assert any(message.startswith("Beginning flow run") for message in messages)
    assert (tmp_path / "corpus/tei/alignments/POND_PV.2.zh-en.xml").is_file()
    with sqlite3.connect(database) as prefect:
        artifacts = {key for (key,) in prefect.execute("SELECT key FROM artifact")}
    assert {"ingest-report", "corpus-report"} <= artifacts


WARM = """
import json, os, sys, time
from pathlib import Path
import flows.ingest
from flows.messages import set_up_messages
from unbitext.sources.clock import Clock

# A clock that stands still, so that corpora can be compared byte for byte.
Clock.seconds = lambda _: 1_795_000_000.0
cycle = flows.ingest.Cycle
flows.ingest.Cycle = lambda settings: cycle(settings, Clock().now)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        os.environ.update(order["environment"])
        os.dup2(os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        set_up_messages(False, False, "text")
        request = {"series": ["POND/PV"], "kinds": ["enumeration"]}
        folders = {name: f"{order['folder']}/{name}" for name in ("data", "state")}
        state = flows.ingest.ingest_corpus(
            request, {**folders, "out": f"{order['folder']}/corpus"}, return_state=True
        )
        os._exit(0 if state.is_completed() else 1)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Flows:
    """Runs the flow again and again, each time in a process of its own."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = environment
        self._said = folder / "said"
        self._process = subprocess.Popen(
            [sys.executable, "-c", WARM],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, folder: Path, kill_after: float | None = None) -> int:
        """Run it with these folders, or kill it after so many seconds; return the exit status, or minus the signal."""
        order = {"environment": self._environment, "folder": str(folder), "said": str(self._said)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        assert child > 1
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.kill(child, signal.SIGKILL)
        return int(self._process.stdout.readline())

    @property
    def said(self) -> str:
        return self._said.read_text()

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def flow_runs(server: LoopbackServer, prefect_server: dict[str, str], tmp_path: Path) -> Iterator[Flows]:
    flows = Flows({**server.environment(), **prefect_server}, tmp_path)
    yield flows
    flows.close()


def tagged_runs(prefect_server: dict[str, str], folder: Path) -> list[str]:
    """The states of the runs with this folder's state, in order."""
    script = """
import sys
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from unbitext.store import digest
mark = f"unbitext-{digest(sys.argv[1])[:16]}"
with get_client(sync_client=True) as client:
    runs = client.read_flow_runs(flow_run_filter=FlowRunFilter(tags=FlowRunFilterTags(all_=[mark])))
print(*(run.state_type.value for run in runs))
"""
    command = [sys.executable, "-c", script, str((folder / "state").resolve())]
    environment = {**os.environ, **prefect_server}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()


def outcome(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes], list[tuple[object, ...]]]:
    """Corpus and store byte for byte, and the states."""
    with sqlite3.connect(folder / "state/catalogue/catalogue.sqlite") as catalogue:
        states = catalogue.execute(
            "SELECT symbol, language, state, since, kept FROM documents ORDER BY 1, 2"
        ).fetchall()
    return tree(folder / "corpus"), tree(folder / "data"), states


@pytest.mark.flow
@pytest.mark.slow
def test_ten_kills_through_prefect(
    flow_runs: Flows, prefect_server: dict[str, str], tmp_path: Path, server: LoopbackServer
) -> None:
    assert flow_runs.run(tmp_path / "first") == 0, flow_runs.said  # waits for what is imported once
    started = time.monotonic()
    assert flow_runs.run(tmp_path / "undisturbed") == 0, flow_runs.said
    seconds = time.monotonic() - started
    chance = random.Random(2020)
    kills = 0
    for trial in range(10):
        folder = tmp_path / str(trial)
        kills += flow_runs.run(folder, kill_after=chance.uniform(0.1, 0.8) * seconds) == -signal.SIGKILL
        assert flow_runs.run(folder) == 0, flow_runs.said
        assert outcome(folder) == outcome(tmp_path / "undisturbed")
        assert set(tagged_runs(prefect_server, folder)) <= {"COMPLETED", "CRASHED"}
    assert kills >= 5


@pytest.mark.flow
@pytest.mark.slow
def test_a_killed_run_is_marked_as_crashed_by_the_next(
    flow_runs: Flows, prefect_server: dict[str, str], tmp_path: Path, server: LoopbackServer
) -> None:
    # Stalled until it is killed: the run is known to Prefect, and in the middle of its work.
    server.fault_at("/robots.txt", behaviour.stalls)
    assert flow_runs.run(tmp_path, kill_after=6) == -signal.SIGKILL
    assert "RUNNING" in tagged_runs(prefect_server, tmp_path)
    server.heal()
    assert flow_runs.run(tmp_path) == 0, flow_runs.said
    states = tagged_runs(prefect_server, tmp_path)
    assert "CRASHED" in states
    assert "RUNNING" not in states


@pytest.mark.flow
@pytest.mark.slow
def test_the_deployments_run_in_a_work_pool(
    server: LoopbackServer, prefect_server: dict[str, str], root: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "data/inbox"
    inbox.mkdir(parents=True)
    for language in ("en", "zh"):
        lines = pond_text("POND/PV.9", language, 9)
        (inbox / f"POND_PV.9.{language}.txt").write_text("\n".join(lines), encoding="utf-8")
    environment = {
        **os.environ,
        **server.environment(),
        **prefect_server,
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "UNBITEXT_DATA": str(tmp_path / "data"),
        "UNBITEXT_OUT": str(tmp_path / "corpus"),
        "UNBITEXT_STILL_SECONDS": "0",
    }

    def prefect(*arguments: str) -> str:
        command = [sys.executable, "-m", "prefect", *arguments]
        run = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    prefect("--no-prompt", "work-pool", "create", "unbitext", "--type", "process")
    try:
        prefect("--no-prompt", "deploy", "--all")
        assert "disarmament" in prefect("deployment", "inspect", "ingest_corpus/disarmament")
        prefect("deployment", "run", "ingest_corpus/inbox")
        prefect("worker", "start", "--pool", "unbitext", "--run-once")
        assert wait_until((tmp_path / "corpus/tei/alignments/POND_PV.9.zh-en.xml").is_file, 60)
    finally:
        for name in ("disarmament", "inbox"):
            prefect("deployment", "delete", f"ingest_corpus/{name}")
        prefect("--no-prompt", "work-pool", "delete", "unbitext")
