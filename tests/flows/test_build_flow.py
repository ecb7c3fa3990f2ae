"""Builds as a user runs them: whole, unchanged, with bad files, killed, two at once, on a full disk."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.flows.conftest import ARGUMENTS, Builder, Command
from tests.flows.trees import times, tree
from unbitext.store import folder_lock

pytestmark = pytest.mark.flow

NOISE = ("Traceback", "Error flushing", "prefect.", "http://")


@pytest.fixture(scope="session")
def undisturbed(specimens: Path, builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of the specimens, built once without any trouble."""
    folder = tmp_path_factory.mktemp("undisturbed")
    run = builder.run("build", *sorted(specimens.glob("*.txt")), "--out", "corpus", folder=folder)
    assert run.returncode == 0, run.stderr
    return folder / "corpus"


def children(process: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except FileNotFoundError:
        return []
    return [one for child in map(int, text.split()) for one in (child, *children(child))]


def wait_until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no /proc to find processes in")
def test_a_first_build_with_prefects_own_server(unbitext: Command, specimens: Path, undisturbed: Path) -> None:
    paths = sorted(specimens.glob("*.txt"))
    arguments = ["build", *paths, "--out", "corpus"]
    with subprocess.Popen([*ARGUMENTS, *map(str, arguments)], stderr=subprocess.DEVNULL) as killed:
        wait_until(lambda: any(Path("state/cache").glob("*/parsed/*/*")), 200)
        started = children(killed.pid)
        killed.kill()
    assert started
    wait_until(lambda: not any(map(is_running, started)), 10)

    run = unbitext(*arguments)
    assert run.returncode == 0, run.stderr
    assert [word for word in NOISE if word in run.stderr] == []
    assert run.stderr.splitlines()[-1].startswith("validated: ")
    assert tree(Path("corpus")) == tree(undisturbed)
    lines = dict(line.split(maxsplit=1) for line in run.stdout.splitlines())
    assert lines["corpus"] == "corpus"
    assert lines["report"] == "corpus/report.md"
    with sqlite3.connect("state/prefect/1/prefect.db") as database:
        states = [state for (state,) in database.execute("SELECT state_type FROM flow_run ORDER BY start_time")]
        artifacts = database.execute("SELECT count(*) FROM artifact WHERE key = 'corpus-report'").fetchone()
    assert states in (["CRASHED", "COMPLETED"], ["COMPLETED"])  # killed before or after Prefect knew of the run
    assert artifacts == (1,)

    before = times(Path("corpus"))
    again = unbitext(*arguments)
    assert again.returncode == 0
    assert again.stdout.startswith("nothing has changed since the last build: nothing to do\n")
    assert again.stderr == ""
    assert times(Path("corpus")) == before


def test_a_build_that_is_killed_again_and_again(specimens: Path, builder: Builder, undisturbed: Path) -> None:
    arguments = ["build", *sorted(specimens.glob("*.txt")), "--out", "corpus"]
    chance = random.Random(1511)
    kills = 0
    for _ in range(12):
        wanted = len(written()) + chance.randint(1, 14)
        process = builder.start(*arguments)
        wait_until(lambda process=process, wanted=wanted: len(written()) >= wanted or not is_running(process), 120)
        time.sleep(chance.random() / 20)
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(process, signal.SIGKILL)
        kills += builder.finish().returncode == -signal.SIGKILL
    assert kills >= 4
    run = builder.run(*arguments)
    assert run.returncode == 0, run.stderr
    assert tree(Path("corpus")) == tree(undisturbed)
    assert list(Path("state/staging").iterdir()) == []


def written() -> set[str]:
    """Every file that a build has written so far, half written ones included."""
    found = set()
    for folder in ("state/cache", "state/staging", "corpus"):
        for where, _, names in os.walk(folder):
            found |= {f"{where}/{name}" for name in names}
    return found


def test_bad_files_cost_themselves(
    unbitext: Command, builder: Builder, prefect_server: dict[str, str], specimens: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for language in ("zh", "en"):
        shutil.copy(specimens / f"SPECIMEN_RES_9_4.{language}.txt", folder)
    assert builder.run("build", "in", "--out", "corpus").returncode == 0
    good = tree(tmp_path / "corpus")

    nameless = "Frogs of the pond sing at night, and the newts of the pond do not sing at all.\n"
    bad = {
        "binary.en.txt": (bytes(range(256)) * 40, "not-text"),
        "claimed.en.txt": ((folder / "SPECIMEN_RES_9_4.en.txt").read_bytes() + b"\nMore.\n", "symbol-claimed-twice"),
        "empty.zh.txt": (b"", "empty-file"),
        "long.en.txt": (b"frogs " * (50 * 1024 * 1024 // 6), "line-too-long"),
        "mojibake.zh.txt": ("沼泽委员会注意到关于青蛙的报告。".encode().decode("latin-1").encode() * 40, "mojibake"),
        "nameless.txt": (nameless.encode() * 9, "symbol-needed"),
        "paper.pdf": (b"%PDF-1.7", "pdf-truncated"),
        "page.pdf": (b"<!DOCTYPE html><html>", "html-page"),
        "german.txt": (
            "Der Ausschuss nahm den Bericht über die Moore und die Frösche zur Kenntnis. ".encode() * 20,
            "language-unsupported",
        ),
    }
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    run = unbitext("build", "in", "--out", "corpus", environment=prefect_server)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    errors = [line for line in run.stderr.splitlines() if line.startswith("error: ")]
    expected = {name: code for name, (_, code) in bad.items()} | {"SPECIMEN_RES_9_4.en.txt": "symbol-claimed-twice"}
    assert {line.split(": ")[1]: line.rpartition("(")[2].rstrip(")") for line in errors} == expected
    report = (tmp_path / "corpus" / "report.md").read_text()
    assert all(f"| {name} | `{code}` |" in report for name, code in expected.items())
    # The pair lost its original, which two files claim: it leaves, and that is said.
    assert "tei/documents/SPECIMEN_RES_9_4.en.xml is no longer in the corpus" in run.stderr
    assert sorted(path.name for path in (tmp_path / "corpus" / "tei").rglob("*.xml")) == [
        "SPECIMEN_RES_9_4.zh.xml", "corpus.xml"
    ]  # fmt: skip

    name = "tei/documents/SPECIMEN_RES_9_4.zh.xml"
    assert tree(tmp_path / "corpus")[name] == good[name]

    for name in bad:
        (folder / name).unlink()
    assert builder.run("build", "in", "--out", "corpus").returncode == 0
    assert tree(tmp_path / "corpus") == good


def test_the_one_document_asked_for_is_refused(builder: Builder, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Frogs of the pond sing at night, and the newts of the pond do not.\n" * 9)
    run = builder.run("build", "notes.txt")
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.splitlines()[-1].startswith("refused: symbol-needed: ")
    assert not (tmp_path / "outputs" / "corpus").exists()
    run = builder.run("build", "notes.txt", "--symbol", "SPECIMEN/1")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "outputs/corpus/tei/documents/SPECIMEN_1.en.xml").is_file()


def test_two_builds_do_not_write_to_one_folder(unbitext: Command, specimens: Path, tmp_path: Path) -> None:
    with folder_lock(tmp_path / "corpus"):
        run = unbitext("build", specimens / "SPECIMEN_PV.7.zh.txt", "--out", "corpus")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "error: another build is writing to corpus\n"


def test_a_full_disk_leaves_the_former_corpus(builder: Builder, specimens: Path, tmp_path: Path) -> None:
    small, large = specimens / "SPECIMEN_2026_40.zh.txt", specimens / "SPECIMEN_PV.7.zh.txt"
    assert builder.run("build", small, "--out", "corpus").returncode == 0
    before = tree(tmp_path / "corpus")
    run = builder.run("build", small, large, "--out", "corpus", file_bytes=30_000)
    assert run.returncode == 4
    assert "Traceback" not in run.stderr
    assert "run again: what is done stays done" in run.stderr.splitlines()[-1]
    assert tree(tmp_path / "corpus") == before
    assert builder.run("build", small, large, "--out", "corpus").returncode == 0


def test_ctrl_c_ends_quietly(builder: Builder, specimens: Path, tmp_path: Path) -> None:
    process = builder.start("build", *sorted(specimens.glob("*.txt")), "--out", "corpus")
    wait_until(lambda: any(Path("state/cache").glob("*/parsed/*/*")) or not is_running(process), 120)
    os.kill(process, signal.SIGINT)
    run = builder.finish()
    assert run.returncode == 130, run.stderr
    assert [word for word in NOISE if word in run.stderr] == []
    assert not (tmp_path / "corpus").exists()


PROCESSES = """
import sys
import flows.build
from flows.cli import app
flows.build._PROCESSES_PAY_BYTES = 0
flows.tasks._BATCH_BYTES = (10_000, 10_000)
app(sys.argv[1:])
"""


@pytest.mark.slow
def test_worker_processes_make_the_same_corpus(
    specimens: Path, prefect_server: dict[str, str], undisturbed: Path
) -> None:
    arguments = ["build", *sorted(map(str, specimens.glob("*.txt"))), "--out", "corpus", "--jobs", "2"]
    run = subprocess.run(
        [sys.executable, "-c", PROCESSES, *arguments],
        env={**os.environ, **prefect_server},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert tree(Path("corpus")) == tree(undisturbed)


FAULTY = """
import errno, sys
import flows.build
from flows import tasks
from flows.cli import app
parse_input, calls = tasks.parse_input, []
def fail_once(*arguments):
    calls.append(arguments)
    if len(calls) == 2:
        raise OSError(errno.EIO, "Input/output error")
    return parse_input(*arguments)
tasks.parse_input = fail_once
app(sys.argv[1:])
"""


def test_an_error_of_the_disk_that_passes_is_passed_over(specimens: Path, prefect_server: dict[str, str]) -> None:
    documents = [str(specimens / f"SPECIMEN_RES_9_4.{language}.txt") for language in ("zh", "en")]
    run = subprocess.run(
        [sys.executable, "-c", FAULTY, "build", *documents],
        env={**os.environ, **prefect_server},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert "parsed: 2 of 2" in run.stderr


def test_messages_as_json(builder: Builder, specimens: Path) -> None:
    document = specimens / "SPECIMEN_2026_40.zh.txt"
    run = builder.run("build", document, "--log-format", "json")
    assert run.returncode == 0
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert {"level", "logger", "message", "time"} == {key for line in lines for key in line}
    assert builder.run("build", document, "--out", "quiet", "--quiet").stderr == ""
