"""A corpus with its fetched files and corrections, small and invented, and machines to restore it on."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from schemas.settings import Settings, load_settings

Machine = Callable[[str], Settings]


def folders(settings: Settings) -> list[Path]:
    return [settings.out, settings.data / "fetched", settings.data / "kept", settings.corrections]


def contents(settings: Settings) -> dict[str, bytes]:
    """Every file that a mirror is to hold, by the name of its folder and its path in it."""
    return {
        f"{folder.name}/{path.relative_to(folder)}": path.read_bytes()
        for folder in folders(settings)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stored(settings: Settings, data: bytes) -> Path:
    """Put bytes into the store of fetched files, as the store names them."""
    key = sha256(data).hexdigest()
    path = settings.data / "fetched" / key[:2] / f"{key}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.with_suffix(".json").write_bytes(b"{}" + data[:10])
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Settings of a machine by its name, whose folders are empty."""

    def settings(name: str) -> Settings:
        folder = tmp_path / name
        flags = {"out": "corpus", "data": "data", "state": "state", "corrections": "corrections"}
        return load_settings({key: folder / value for key, value in flags.items()}, {}, tmp_path).values

    return settings


@pytest.fixture
def here(machine: Machine) -> Settings:
    """A machine with eight files, two of which have the same bytes."""
    settings = machine("here")
    for name, data in {
        "corpus/tei/corpus.xml": b"<teiCorpus/>",
        "corpus/tei/documents/\u6587.zh.xml": b"<TEI/>",
        "corpus/tei/documents/A_1.en.xml": b"<TEI/>",
        "corpus/report.md": b"",
        "data/kept/ab/A_1.en.json": b"{}",
        "corrections/A_1.en.toml": b"[[split]]",
    }.items():
        path = settings.out.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    stored(settings, b"%PDF-1.7 invented")
    return settings
