"""Cycles that are killed, run out of disk or may not write: the next one finishes the work, nothing lost or twice."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from schemas.document import Language
from schemas.fetching import FetchedFile
from tests.flows.trees import tree
from tests.loopback.pond import pond_paper
from tests.loopback.server import LoopbackServer
from tests.unbitext.ingestion import warm as warm_module
from unbitext.fetched_files import FetchedFiles
from unbitext.kept_documents import KeptDocuments
from unbitext.store import CorpusFolder
from unbitext.tei.validate import validate_paths

PAPERS = [("POND/2026/1", "en", 1), ("POND/2026/1", "zh", 1), ("POND/2026/2", "zh", 2), ("POND/2026/1/Rev.1", "zh", 3)]
LATE = ("POND/2026/4", "zh", 4)
RECORDS = [*((symbol, language) for symbol, language, _ in PAPERS), ("POND/2026/2", "en"), ("POND/2026/3", "en")]


class Warm:
    """Runs cycles one after the other, each in a process of its own that has everything imported."""

    def __init__(self, server: LoopbackServer, folder: Path, root: Path) -> None:
        self.server = server
        self._messages = folder / "messages"
        self._process = subprocess.Popen(
            [sys.executable, "-m", warm_module.__name__],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def start(self, folder: Path, settings: Mapping[str, object] | None = None, **order: object) -> int:
        """Start a cycle whose data, state and corpus lie in the folder; return its process id."""
        flags = {"data": str(folder / "data"), "state": str(folder / "state"), "out": str(folder / "corpus")}
        flags = {**flags, **(settings or {})}
        common = {"records": RECORDS, "messages": str(self._messages), "environment": self.server.environment()}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"flags": flags, **common, **order}) + "\n")
        self._process.stdin.flush()
        child = int(self._read())
        assert child > 1
        return child

    def finish(self) -> int:
        """Wait for the end; return the exit status, or minus the signal."""
        return int(self._read())

    def run(self, folder: Path, settings: Mapping[str, object] | None = None, **order: object) -> int:
        """Run a cycle to its end, or to where it is killed."""
        self.start(folder, settings, **order)
        return self.finish()

    @property
    def said(self) -> str:
        """What the last cycle wrote to standard error."""
        return self._messages.read_text(encoding="utf-8")

    def close(self) -> None:
        """End the process that the others are forked from."""
        self._process.communicate()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Warm]:
    with LoopbackServer() as server:
        for symbol, language, number in (*PAPERS, LATE):
            server.publish(symbol, language, "pdf", pond_paper(symbol, language, number))
        warm = Warm(server, tmp_path_factory.mktemp("warm"), root)
        yield warm
        warm.close()


def end_state(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes], list[list[tuple[object, ...]]]]:
    """Corpus and store, byte for byte, and what the catalogue says: rows of its tables, without their numbers."""
    tables = {
        "documents": "SELECT * FROM documents ORDER BY symbol, language",
        "journal": "SELECT at, symbol, language, before, state, sha256, note FROM journal ORDER BY 2, 3, number",
        "counts": "SELECT * FROM counts WHERE documents ORDER BY 1, 2",
        "records": "SELECT * FROM records ORDER BY 1, 2, 3, 4",
        "cursors": "SELECT * FROM cursors ORDER BY 1",
    }
    with sqlite3.connect(folder / "state/catalogue/catalogue.sqlite") as catalogue:
        rows = [catalogue.execute(query).fetchall() for query in tables.values()]
    return tree(folder / "corpus"), tree(folder / "data"), rows


@pytest.fixture(scope="module")
def undisturbed(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The end of a cycle that nothing has disturbed; beside it, how many steps and seconds it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    started = time.monotonic()
    assert warm.run(folder, steps=str(folder / "steps")) == 0, warm.said
    (folder / "seconds").write_text(str(time.monotonic() - started))
    corpus, data, rows = end_state(folder)
    assert len(corpus) == 7  # four documents, a pair, root and report
    assert sum(name.endswith(".pdf") for name in data) == 4
    assert {row[3] for row in rows[0]} == {"aligned", "superseded", "waiting", "absent"}
    return folder


def differences(folder: Path, other: Path) -> list[str]:
    """Where two ends differ, in names and rows."""
    one, two = end_state(folder), end_state(other)
    files = [sorted(one[part].items() ^ two[part].items()) for part in (0, 1)]
    rows = [sorted(set(map(str, mine)) ^ set(map(str, theirs))) for mine, theirs in zip(one[2], two[2], strict=True)]
    found = [str(difference) for part in (*files, *rows) for difference in part]
    return found or ([] if one == two else ["the same rows in another order"])


def kill_and_finish(warm: Warm, undisturbed: Path, folder: Path, chance: random.Random) -> bool:
    """Kill one cycle at a random step or moment, run the next to its end, compare. Return whether it was killed."""
    steps = int((undisturbed / "steps").read_text())
    seconds = float((undisturbed / "seconds").read_text())
    if chance.random() < 0.7:
        code = warm.run(folder, kill_at=chance.randint(1, steps))
    else:
        child = warm.start(folder)
        time.sleep(chance.random() * seconds)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        code = warm.finish()
    assert code in (0, -signal.SIGKILL), warm.said
    assert warm.run(folder) == 0, warm.said
    assert differences(folder, undisturbed) == []
    leftovers = [path for path in folder.rglob(".unbitext-*") if not path.is_relative_to(folder / "state/cache")]
    assert leftovers == []
    return code != 0


def test_a_cycle_that_is_killed_is_finished_by_the_next(warm: Warm, undisturbed: Path, tmp_path: Path) -> None:
    chance = random.Random(1511)
    kills = [kill_and_finish(warm, undisturbed, tmp_path / str(trial), chance) for trial in range(20)]
    assert sum(kills) >= 14


@pytest.mark.slow
def test_two_hundred_cycles_that_are_killed(warm: Warm, undisturbed: Path, tmp_path: Path) -> None:
    chance = random.Random(2019)
    kills = 0
    for trial in range(200):
        kills += kill_and_finish(warm, undisturbed, tmp_path / str(trial), chance)
        shutil.rmtree(tmp_path / str(trial))
    assert kills >= 140


def test_a_cycle_that_is_killed_again_and_again(warm: Warm, undisturbed: Path, tmp_path: Path) -> None:
    chance = random.Random(28)
    steps = int((undisturbed / "steps").read_text())
    kills = 0
    for _ in range(8):
        kills += warm.run(tmp_path, kill_at=chance.randint(1, steps // 2)) == -signal.SIGKILL
    assert kills >= 4
    assert warm.run(tmp_path) == 0, warm.said
    assert differences(tmp_path, undisturbed) == []


REISSUED: tuple[str, Language] = ("POND/2026/1", "zh")


@pytest.fixture
def editions(warm: Warm) -> Iterator[Callable[[int], str]]:
    """Publish an edition of a document, in place of the one before; return its sha256. At the end it is the first."""

    def publish(number: int) -> str:
        data = pond_paper(*REISSUED, number)
        warm.server.publish(*REISSUED, "pdf", data)
        return sha256(data).hexdigest()

    yield publish
    publish(1)


def kept_editions(folder: Path) -> list[FetchedFile]:
    """The files of the document that is issued again and again, the current one last."""
    kept = KeptDocuments(folder / "data/kept").get(*REISSUED)
    assert kept is not None
    return [*kept.earlier, kept.file]


def test_a_reissue_while_cycles_are_killed(
    warm: Warm, undisturbed: Path, tmp_path: Path, editions: Callable[[int], str]
) -> None:
    """Killed while it takes in a reissue, and in every other trial a further one comes: all that came stays known."""
    first, second = editions(1), editions(50)
    chance = random.Random(2026)
    plain = tmp_path / "plain"
    shutil.copytree(undisturbed, plain)
    assert warm.run(plain, changed=[REISSUED], steps=str(plain / "steps")) == 0, warm.said
    assert [file.sha256 for file in kept_editions(plain)] == [first, second]
    steps = int((plain / "steps").read_text())
    kills = 0
    for trial in range(6):
        folder = tmp_path / str(trial)
        shutil.copytree(undisturbed, folder)
        editions(50)
        for _ in range(2):
            kills += warm.run(folder, changed=[REISSUED], kill_at=chance.randint(1, steps)) == -signal.SIGKILL
        if trial % 2:
            assert warm.run(folder, changed=[REISSUED]) == 0, warm.said
            assert differences(folder, plain) == []
            continue
        known = [file.sha256 for file in kept_editions(folder)]
        assert known in ([first], [first, second])
        third = editions(51)
        assert warm.run(folder, changed=[REISSUED, REISSUED, REISSUED]) == 0, warm.said
        files = kept_editions(folder)
        assert [file.sha256 for file in files] == [*known, third]
        assert all(FetchedFiles(folder / "data/fetched").holds(file) for file in files)
        assert validate_paths([folder / "corpus"]) == []
        report = (folder / "corpus" / CorpusFolder.REPORT).read_text(encoding="utf-8")
        assert "POND_2026_1.zh was issued again: its file replaces" in report
    assert kills > 6


@pytest.mark.parametrize("file_bytes", [1_000, 3_500, 20_000, 60_000])
def test_a_full_disk_leaves_everything_as_it_was_and_the_next_cycle_goes_on(
    warm: Warm, undisturbed: Path, tmp_path: Path, file_bytes: int
) -> None:
    code = warm.run(tmp_path, file_bytes=file_bytes)
    assert code == 4, warm.said
    assert "Error" in warm.said
    assert not (tmp_path / "corpus/tei").exists()
    assert warm.run(tmp_path) == 0, warm.said
    assert differences(tmp_path, undisturbed) == []


def test_a_read_only_store_is_told_and_changes_nothing(warm: Warm, undisturbed: Path, tmp_path: Path) -> None:
    for name in ("data", "state", "corpus"):
        shutil.copytree(undisturbed / name, tmp_path / name)
    folders = [path for path in (tmp_path / "data").rglob("*") if path.is_dir()]
    for path in folders:
        path.chmod(0o500)
    try:
        assert warm.run(tmp_path, obedient=True) == 0, warm.said  # nothing new: nothing to write
        assert warm.run(tmp_path, obedient=True, records=[*RECORDS, LATE[:2]]) == 4, warm.said
        assert "Permission denied" in warm.said
    finally:
        for path in folders:
            path.chmod(0o700)
    assert differences(tmp_path, undisturbed) == []
    assert warm.run(tmp_path, records=[*RECORDS, LATE[:2]]) == 0, warm.said
    assert len(end_state(tmp_path)[0]) == 8
