"""What a database meets on the disk is told as the system tells it."""

import errno
import resource
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from unbitext.database_errors import as_disk_errors, disk_errno


@pytest.fixture
def limited() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def fill(path: Path, most_pages: int = 1_000) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(f"PRAGMA max_page_count = {most_pages}")
        database.execute("CREATE TABLE lines (text TEXT)")
        database.execute("INSERT INTO lines VALUES (?)", ("x" * 100_000,))


@pytest.mark.usefixtures("limited")
def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large") as caught, as_disk_errors(tmp_path):
        fill(tmp_path / "lines")
    assert (caught.value.errno, caught.value.filename) == (errno.EFBIG, str(tmp_path))


def test_a_database_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as caught, as_disk_errors(tmp_path):
        fill(tmp_path / "lines", most_pages=3)
    assert caught.value.errno == errno.ENOSPC


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with (
        pytest.raises(sqlite3.OperationalError) as caught,
        as_disk_errors(tmp_path),
        closing(sqlite3.connect(tmp_path / "lines")) as database,
    ):
        database.execute("SELECT * FROM nothing")
    assert disk_errno(caught.value) is None
