"""docs/commands.md shows each command's help as it is, and examples that work."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from typer.testing import CliRunner

from flows.cli import app

EXAMPLE = re.compile(r"^    \$ unbitext (?P<arguments>.*)\n(?P<output>(?:(?:    (?!\$ ).*)?\n)*)", re.MULTILINE)


@pytest.fixture
def examples(root: Path) -> dict[str, str]:
    """What the page says that each command prints."""
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    return {found["arguments"]: dedent(found["output"]).strip() for found in EXAMPLE.finditer(page)}


def test_help_is_shown_as_it_is(examples: dict[str, str]) -> None:
    runner = CliRunner()
    shown = {arguments for arguments in examples if arguments.endswith("--help")}
    names = re.findall(r"^  (\w+)", runner.invoke(app, ["--help"]).stdout.split("Commands:")[1], re.MULTILINE)
    assert shown == {"--help", *(f"{name} --help" for name in names)}
    for arguments in shown:
        result = runner.invoke(app, shlex.split(arguments), prog_name="unbitext", env={"COLUMNS": "80"})
        assert examples[arguments] == result.stdout.strip(), "docs/commands.md shows other options"


def test_examples_print_what_is_shown(examples: dict[str, str], root: Path) -> None:
    piped = {arguments: output for arguments, output in examples.items() if " | " in arguments}
    assert len(piped) >= 2
    for arguments, output in piped.items():
        command = f"{shlex.quote(sys.executable)} -m flows.cli {arguments}"
        run = subprocess.run(command, shell=True, cwd=root, capture_output=True, encoding="utf-8", check=True)
        assert run.stdout.strip() == output
