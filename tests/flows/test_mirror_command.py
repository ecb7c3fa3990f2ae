"""The command `mirror`, run in this process, and what the end of a cycle does with the setting."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.cli_mirror import mirror_cycle
from flows.exit_codes import ExitCode
from schemas.settings import Settings, load_settings
from tests.flows.trees import tree


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["mirror", *map(str, arguments)], prog_name="unbitext")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a little corpus, whose folders are those of the settings' defaults."""
    folder = tmp_path / "here"
    for name, data in {"outputs/corpus/report.md": b"# Report\n", "corrections/A_1.en.toml": b"[[split]]\n"}.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(data)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("UNBITEXT_STATE", "state")
    return folder


def test_to_a_folder_and_from_it(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = run("--to", tmp_path / "mirror")
    assert (copied.exit_code, copied.stdout) == (0, "mirror     2 files; 2 copied, 19 bytes\n")
    monkeypatch.setenv("UNBITEXT_MIRROR", str(tmp_path / "mirror"))
    assert run("--prune").stdout == "mirror     2 files; 0 copied, 0 bytes; 0 removed\n"
    before = tree(here)
    for folder in ("outputs", "corrections", "state"):
        shutil.rmtree(here / folder)
    restored = run("--from", tmp_path / "mirror")
    assert restored.exit_code == 0, restored.stderr
    assert restored.stdout.startswith("restored   2 of 2 files")
    after = tree(here)
    assert {name: after[name] for name in before if not name.startswith("state/")} == {
        name: data for name, data in before.items() if not name.startswith("state/")
    }


def test_damage_is_exit_code_1(here: Path, tmp_path: Path) -> None:
    run("--to", tmp_path / "mirror")
    for path in (tmp_path / "mirror" / "objects").glob("*/*"):
        path.write_bytes(b"nonsense")
    (here / "corrections" / "A_1.en.toml").unlink()
    restored = run("--from", tmp_path / "mirror")
    assert restored.exit_code == 1
    assert "corrections/A_1.en.toml is lost or damaged in the mirror" in restored.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "UNBITEXT_MIRROR"),
        (["--to", "a", "--from", "b"], "not both"),
        (["--from", "b", "--verify"], "--verify"),
        (["--to", "b", "--replace"], "--replace"),
        (["--from", "nowhere"], "holds no mirror"),
        (["--to", "carrier-pigeon://loft"], "no address"),
    ],
)
def test_bad_usage(here: Path, arguments: list[str], message: str) -> None:
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert message in ended.stderr


def settings(mirror: str | None) -> Settings:
    return load_settings({"mirror": mirror, "state": Path("state")}, {}).values


def test_the_end_of_a_cycle(here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mirror_cycle(settings(None)) is ExitCode.DONE
    assert capsys.readouterr().out == ""
    assert mirror_cycle(settings(str(tmp_path / "mirror"))) is ExitCode.DONE
    assert "2 copied" in capsys.readouterr().out
    (tmp_path / "file").touch()
    # A mirror that fails is no failure of the cycle, and is told.
    assert mirror_cycle(settings(str(tmp_path / "file"))) is ExitCode.SOME_FAILED
