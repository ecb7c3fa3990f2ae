"""The units that ship: systemd reads them, and they agree with the program and the documentation."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from flows.cli import app
from schemas.settings import PREFIX, load_settings

INSTALLED = "/opt/unbitext"


@pytest.fixture(scope="session")
def units(root: Path) -> list[Path]:
    found = sorted((root / "deploy").glob("*.service"))
    assert len(found) == 3
    return found


def test_systemd_accepts_them(units: list[Path], root: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    copies = []
    for unit in units:
        copies.append(tmp_path / unit.name)
        programs = tmp_path / "bin"
        programs.mkdir(exist_ok=True)
        for name in ("unbitext", "prefect"):
            (programs / name).touch(mode=0o755)
        text = unit.read_text(encoding="utf-8").replace(f"{INSTALLED}/.venv/bin", str(programs))
        copies[-1].write_text(text.replace(f"file:{INSTALLED}", f"file:{root}"), encoding="utf-8")
    run = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies], capture_output=True, check=False, text=True
    )
    # An unknown key is told and no error, so that what is told counts.
    assert (run.returncode, run.stderr) == (0, "")


def test_their_commands_are_the_programs(units: list[Path]) -> None:
    commands = getattr(typer.main.get_command(app), "commands")  # noqa: B009 - typer's own click, unknown to mypy
    seen = 0
    for unit in units:
        for line in re.findall(rf"^ExecStart={INSTALLED}/\.venv/bin/unbitext (.*)$", unit.read_text(), re.MULTILINE):
            name, *given = line.split()
            known = {option for parameter in commands[name].params for option in parameter.opts}
            assert {one for one in given if one.startswith("--")} <= known
            seen += 1
    assert seen == 1


def test_their_settings_are_settings(root: Path) -> None:
    text = (root / "deploy" / "unbitext.env").read_text(encoding="utf-8")
    lines = dict(line.lstrip("# ").split("=", 1) for line in text.splitlines() if re.match(r"(?:# )?[A-Z_]+=", line))
    given = {name: value for name, value in lines.items() if name.startswith(PREFIX)}
    assert len(given) >= 6
    origins = {origin.name: origin.source for origin in load_settings({}, given, root / "deploy").origins}
    assert {name for name, source in origins.items() if source != "default"} == {
        name.removeprefix(PREFIX).lower() for name in given
    }


def test_the_units_are_documented(root: Path, units: list[Path]) -> None:
    page = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [unit.name for unit in units if f"deploy/{unit.name}" not in page] == []
    commands = getattr(typer.main.get_command(app), "commands")  # noqa: B009
    # Also behind a change of folder, as in `cd x && unbitext status`.
    named = re.findall(r"(?:^ {4,}|/bin/|&& )unbitext ([a-z]+)((?: .*)?)$", page, re.MULTILINE)
    assert len(named) > 8
    for name, rest in named:
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest.partition("#")[0])) <= known, name
