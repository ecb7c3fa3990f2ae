"""A corpus of the specimens, built once for all tests that only read one."""

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.plain_build import build_plainly


def built_once(inputs: Sequence[Path], name: str, factory: pytest.TempPathFactory) -> Path:
    """Build a corpus for all processes that run tests at the same time: the first does it, the others wait."""
    base = factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out = base / f"{name}-corpus"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "report.md").is_file():
            build_plainly(inputs, out, base / f"{name}-state")
    return out
