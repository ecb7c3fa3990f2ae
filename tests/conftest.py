"""What all tests share: where the data is, and the walls that keep a test out of the checkout."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
_SHARED = ROOT / os.environ.get("UNBITEXT_SHARED", "../shared")  # an absolute value replaces ROOT

# The machine's speed is not what a property test asserts, so no deadline; where CI runs them the examples are the same
# each time, so that a red run is red again on a developer's machine with CI=1.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(autouse=True)
def isolation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test in a folder of its own: no settings of the person at the keyboard, no file into the checkout."""
    for name in [*os.environ]:
        if name.startswith("UNBITEXT_"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("UNBITEXT_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def specimens() -> Path:
    """The documents that ship with the project, and their gold."""
    return ROOT / "data" / "specimens"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real United Nations documents, which the project must not ship: UNBITEXT_SHARED says where they are."""
    if not _SHARED.is_dir():
        pytest.skip("real documents absent: set UNBITEXT_SHARED")
    return _SHARED.resolve()
