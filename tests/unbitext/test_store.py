"""How files are written: whole or not at all, untouched when equal, nothing left behind."""

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from unbitext import store
from unbitext.store import Cache, CorpusFolder, FolderLockedError, State, check_writable, folder_lock, write_file


def test_equal_bytes_are_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.xml"
    assert write_file(path, b"one")
    os.utime(path, ns=(1, 1))
    inode = path.stat().st_ino
    assert not write_file(path, b"one")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (1, inode)
    assert write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["b.xml"]


def write_much(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        write_file(path, b"x" * 1_000_000)
    except OSError:
        os._exit(7)


def test_a_full_disk_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "corpus.xml"
    write_file(path, b"former")
    child = multiprocessing.get_context("fork").Process(target=write_much, args=(path,))
    child.start()
    child.join()
    assert child.exitcode == 7
    assert path.read_bytes() == b"former"
    assert [entry.name for entry in tmp_path.iterdir()] == ["corpus.xml"]


KILLED = """
import sys
from pathlib import Path
from unbitext.store import write_file
print("begun", flush=True)
for number in range(10_000):
    write_file(Path(sys.argv[1]) / "tei" / "corpus.xml", str(number).encode() * 200_000)
"""


def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    path = tmp_path / "tei" / "corpus.xml"
    while not path.exists():
        time.sleep(0.01)
    time.sleep(0.05)
    child.kill()
    child.wait()
    child.stdout.close()
    data = path.read_bytes().decode()
    number = data[: len(data) // 200_000]
    assert data == number * 200_000
    CorpusFolder(tmp_path).remove_leftovers()
    assert [entry.name for entry in path.parent.iterdir()] == ["corpus.xml"]


def test_a_folder_is_locked_against_others_until_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "corpus"
    with folder_lock(folder):
        with pytest.raises(FolderLockedError, match="another build"), folder_lock(folder):
            pass
        assert folder.is_dir()
    assert not folder.exists()  # it was made for the lock alone
    with folder_lock(folder):
        write_file(folder / "report.md", b"")
    assert folder.is_dir()


HOLDING = """
import sys, time
from pathlib import Path
from unbitext.store import folder_lock
with folder_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_crash_releases_the_lock(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLDING, tmp_path], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    with pytest.raises(FolderLockedError), folder_lock(tmp_path):
        pass
    child.kill()
    child.wait()
    child.stdout.close()
    with folder_lock(tmp_path):
        pass


def test_leftovers_are_told_from_files_at_work(tmp_path: Path) -> None:
    old, new = tmp_path / f"{store.TEMPORARY}1", tmp_path / f"{store.TEMPORARY}2"
    old.touch()
    new.touch()
    (tmp_path / "kept.xml").touch()
    os.utime(old, (0, 0))
    assert store.remove_leftovers(tmp_path, older_than_seconds=3600) == 1
    assert store.remove_leftovers(tmp_path) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.xml"]


def test_the_cache_knows_a_damaged_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "v" * 64)
    cache.root.mkdir(parents=True)
    assert cache.get("parsed", "ab") is None
    cache.put("parsed", "ab", b"value")
    assert cache.get("parsed", "ab") == b"value"
    path = cache.path("parsed", "ab")
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.get("parsed", "ab") is None


def test_the_cache_of_code_long_unused_goes(tmp_path: Path) -> None:
    old, recent, now = (Cache(tmp_path, letter * 64) for letter in "orn")
    for cache in (old, recent, now):
        cache.root.mkdir(parents=True)
        cache.put("parsed", "ab", b"value")
    os.utime(old.root, (0, 0))
    now.mark_used()
    assert [cache.get("parsed", "ab") is not None for cache in (old, recent, now)] == [False, True, True]


def test_staging_begins_and_ends_empty(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    with state.staging(tmp_path / "out") as folder:
        (folder / "left").touch()
        left = folder
    assert not left.exists()
    left.mkdir(parents=True)
    (left / "of a killed run").touch()
    with state.staging(tmp_path / "out") as folder:
        assert folder == left
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("name", "error"), [("absent/deep", None), ("", None), ("file", NotADirectoryError)])
def test_a_folder_is_tried_before_work_begins(tmp_path: Path, name: str, error: type[OSError] | None) -> None:
    (tmp_path / "file").touch()
    before = sorted(tmp_path.rglob("*"))
    if error is None:
        check_writable(tmp_path / name)
    else:
        with pytest.raises(error):
            check_writable(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_keys_tell_their_parts_apart() -> None:
    assert store.digest("ab", "c") != store.digest("a", "bc")
    assert store.digest("ab") == store.digest(b"ab")
