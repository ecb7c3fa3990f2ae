"""The version of the code changes with its sources, and with nothing else."""

import sys
from pathlib import Path

import pytest

from unbitext.code_version import code_version


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "pondlife"
    (folder / "words").mkdir(parents=True)
    for name in ("__init__.py", "frogs.py", "words/__init__.py", "words/names.tsv"):
        (folder / name).write_text(f"# {name}\n")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def version() -> str:
    code_version.cache_clear()
    for name in [name for name in sys.modules if name.startswith("pondlife")]:
        del sys.modules[name]
    return code_version("pondlife")


def test_sources_count_and_compiled_files_do_not(package: Path) -> None:
    first = version()
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "frogs.pyc").write_bytes(b"x")
    assert version() == first
    for name in ("frogs.py", "words/names.tsv"):
        before = version()
        (package / name).write_text("changed")
        assert version() != before
    before = version()
    (package / "frogs.py").rename(package / "newts.py")
    assert version() != before


def test_the_order_of_packages_does_not_count() -> None:
    assert code_version("schemas", "parsers") == code_version("parsers", "schemas")
    assert code_version("schemas") != code_version("parsers")
