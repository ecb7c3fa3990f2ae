"""Fetching through kills, full disks and stores that cannot be written: nothing lost, nothing half, nothing twice."""

import errno
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schemas.fetching import FetchStatus
from schemas.settings import Settings
from tests.loopback.papers import paper
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import Open
from tests.unbitext.sources.test_fetching import wanted
from unbitext.fetched_files import FetchedFiles
from unbitext.sources.fetching import open_fetcher

SYMBOLS = tuple(f"CD/PV.{number}" for number in range(1, 6))
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def published(server: LoopbackServer) -> LoopbackServer:
    for symbol in SYMBOLS:
        server.publish(symbol, "en", "pdf", paper(symbol))
    return server


def fetch_all(settings: Settings) -> None:
    """What the killed process does: fetch every document."""
    with open_fetcher(settings, chance=random.Random(1)) as one:
        for symbol in SYMBOLS:
            assert one.fetch(wanted(symbol)).is_there


def store_of(folder: Path) -> dict[str, str]:
    """The store without times: names of files, and their bytes but for the lines that hold a time."""
    return {
        str(path.relative_to(folder)): "\n".join(
            line for line in path.read_bytes().decode("latin-1").splitlines() if '_at"' not in line
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def started(settings: Settings) -> multiprocessing.process.BaseProcess:
    process = FORK.Process(target=fetch_all, args=(settings,))
    process.start()
    return process


@pytest.mark.parametrize("seed", range(4))
def test_fetching_that_is_killed_is_finished_by_the_next(
    published: LoopbackServer, settings: Callable[..., Settings], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    data = tmp_path / "data" / "fetched"
    for _ in range(3):
        process = started(settings())
        time.sleep(chance.uniform(0.005, 0.15))
        process.kill()
        process.join(10)
        # What is there is whole, at every moment.
        assert list(FetchedFiles(data).verify()) == []
    fetch_all(settings())
    undisturbed = settings(data=tmp_path / "undisturbed", state=tmp_path / "undisturbed-state")
    fetch_all(undisturbed)
    assert store_of(data) == store_of(tmp_path / "undisturbed" / "fetched")


def test_two_processes_at_once_do_no_harm(
    published: LoopbackServer, settings: Callable[..., Settings], tmp_path: Path
) -> None:
    both = [started(settings()) for _ in range(2)]
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    assert list(FetchedFiles(tmp_path / "data" / "fetched").verify()) == []
    assert published.most_open == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, bool]]:
    """A folder on a disk of 64 KB, and whether it is one (it takes root); else a limit on files stands in."""
    folder = tmp_path / "data"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    is_disk = mount is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield folder, is_disk
    finally:
        if is_disk:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fills_up(settings: Settings, limited: bool) -> None:
    if limited:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with open_fetcher(settings) as one:
            for symbol in (*SYMBOLS, "CD/PV.99"):
                one.fetch(wanted(symbol))
    except OSError as error:
        os._exit(error.errno or 1)


def test_a_full_disk_stops_fetching_and_leaves_whole_files_alone(
    published: LoopbackServer, settings: Callable[..., Settings], small_disk: tuple[Path, bool]
) -> None:
    folder, is_disk = small_disk
    published.publish("CD/PV.99", "en", "pdf", paper("CD/PV.99") + b"%" * 100_000 + b"\n%%EOF")
    process = FORK.Process(target=_fills_up, args=(settings(), not is_disk))
    process.start()
    process.join(60)
    assert process.exitcode == (errno.ENOSPC if is_disk else errno.EFBIG)
    store = FetchedFiles(folder / "fetched")
    assert list(store.verify()) == []
    assert list(folder.rglob(".unbitext-*")) == []
    # With room again, the rest comes.
    if is_disk:
        subprocess.run(["mount", "-o", "remount,size=4m", str(folder)], check=True)
    fetch_all(settings())
    assert list(store.verify()) == []


def _as_nobody(settings: Settings) -> None:
    if os.geteuid() == 0:
        os.setuid(65_534)
    try:
        with open_fetcher(settings) as one:
            one.fetch(wanted(SYMBOLS[0]))
    except OSError as error:
        os._exit(error.errno or 1)


def test_a_store_that_cannot_be_written_is_an_error_and_stays_as_it_was(
    published: LoopbackServer, settings: Callable[..., Settings], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    # Somebody else must be able to come as far as the folder itself.
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o011)
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(0o777)
    data.chmod(0o555)
    try:
        process = FORK.Process(target=_as_nobody, args=(settings(),))
        process.start()
        process.join(60)
    finally:
        data.chmod(0o755)
    assert process.exitcode == errno.EACCES
    assert list(data.iterdir()) == []
    fetch_all(settings())


def test_what_a_kill_left_half_written_goes(fetcher: Open, published: LoopbackServer, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "fetched"
    folder.mkdir(parents=True)
    gone = FORK.Process(target=int)
    gone.start()
    gone.join(10)
    left, at_work = folder / f".unbitext-{gone.pid}-1", folder / f".unbitext-{os.getppid()}-1"
    left.write_bytes(b"%PDF half")
    at_work.write_bytes(b"%PDF half")
    with fetcher() as one:
        assert one.fetch(wanted(SYMBOLS[0])).status is FetchStatus.FETCHED
        assert (left.exists(), at_work.exists()) == (False, True)
        assert list(one.store.verify()) == []
