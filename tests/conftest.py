"""What all tests share: where the data is, and the walls that keep a test out of the checkout."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("schemas", "parsers", "unbitext", "flows")
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
def specimen_corpus(specimens: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the specimens' PDFs, to be read only: `tests/corpora.py` builds it once for all processes."""
    from tests.corpora import built_once  # noqa: PLC0415 - imports all that a build does, and few tests need it

    return built_once(sorted((specimens / "pdf").glob("*.pdf")), "specimen", tmp_path_factory)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real United Nations documents, which the project must not ship: UNBITEXT_SHARED says where they are."""
    if not _SHARED.is_dir():
        pytest.skip("real documents absent: set UNBITEXT_SHARED")
    return _SHARED.resolve()


@pytest.fixture(scope="session")
def tracked_files(root: Path) -> tuple[Path, ...]:
    """Every file that git tracks, relative to the checkout."""
    # CI may check out as one user and test as another; git refuses to look at such a repository unless told so.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=False, text=True)
    if listed.returncode != 0:
        pytest.skip(f"not a git checkout: {listed.stderr.strip()}")
    names = [Path(name) for name in listed.stdout.split("\0") if name]
    return tuple(name for name in names if (root / name).is_file())


@pytest.fixture(scope="session")
def sources(root: Path, tracked_files: tuple[Path, ...]) -> dict[Path, str]:
    """The text of every tracked module of the four packages."""
    modules = [name for name in tracked_files if name.suffix == ".py" and name.parts[0] in PACKAGES]
    return {name: (root / name).read_text(encoding="utf-8") for name in modules}
