"""A release of the specimens, made once for all tests that only read one; and made-up rows."""

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from schemas.document import Kind
from tests.unbitext.release.releases import VERSION
from unbitext.export.records import Row
from unbitext.release.options import ReleaseOptions, Splits
from unbitext.release.release import make_release

# The share of test documents is large, for the specimens are few and each split is to have one.
OPTIONS = ReleaseOptions(version=VERSION, splits=Splits(validation=0.3, test=0.3))


@pytest.fixture(scope="session")
def release(specimen_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the specimens in all formats, to be read only."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out = base / "releases"
    with (base / "release.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / VERSION).is_dir():
            make_release(specimen_corpus, out, OPTIONS)
    return out / VERSION


@pytest.fixture(scope="session")
def rows(release: Path) -> Sequence[Row]:
    """The rows of the release, as JSON Lines has them."""
    lines = [line for path in sorted((release / "jsonl").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    found = [Row.model_validate_json(line) for line in lines]
    assert len(found) > 300
    assert {row.split for row in found} == {"train", "validation", "test"}
    assert {kind for row in found for kind in row.kinds} > {Kind.PARAGRAPH, Kind.TITLE}
    return found
