"""`unbitext status` where nothing was ever fetched: of corpora built from files, and of the inbox."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from schemas.settings import load_settings
from tests.loopback.pond import pond_text
from unbitext.composition import PlainStages, compose
from unbitext.plan import Plan


def status(*arguments: str) -> tuple[int, str, str]:
    """Run it in this process: exit code, standard output, standard error."""
    result = CliRunner().invoke(app, ["status", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Build a corpus of a pair, and of a translation whose original is not there."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for symbol, language in (("POND/PV.1", "en"), ("POND/PV.1", "zh"), ("POND/PV.2", "zh")):
        name = f"{symbol.replace('/', '_')}.{language}.txt"
        (folder / name).write_text("\n".join(pond_text(symbol, language, 1)), encoding="utf-8")
    compose(Plan([folder], load_settings({}, {"UNBITEXT_STATE": str(tmp_path / "state")}).values), PlainStages())
    return folder


WAITING = "POND_PV.2.zh.txt  waiting\n"


def test_what_waits_in_a_corpus_built_from_files_is_listed(built: Path) -> None:
    code, printed, said = status("--state", "waiting")
    assert (code, printed) == (0, WAITING)
    assert "the catalogue is filled by `unbitext ingest` and `unbitext fetch`" in said
    assert status("--state", "aligned", "--language", "en")[1] == "POND_PV.1.en.txt  aligned\n"
    assert len(status("--language", "zh")[1].splitlines()) == 2


def test_what_only_the_catalogue_knows_is_told(built: Path) -> None:
    for arguments in (("POND/PV.2",), ("--series", "POND/PV")):
        code, printed, said = status(*arguments)
        assert (code, printed) == (2, "")
        assert "what was built from files stands in outputs/corpus/report.md" in said


def test_what_is_no_symbol_is_said_to_be_none(tmp_path: Path) -> None:
    told = "nonsense: nothing is known of it, and it is no symbol of a document"
    code, printed, said = status("nonsense")
    assert (code, printed) == (2, "")
    assert told in said
    status("--rebuild")
    code, printed, said = status("nonsense", "POND/PV.1")
    assert (code, printed) == (1, "")
    assert told in said
    assert "POND/PV.1: nothing is known of it; `unbitext fetch POND/PV.1` asks for it" in said


def test_the_inbox_is_told_of(tmp_path: Path) -> None:
    assert "\ninbox  " not in status()[1]
    inbox = tmp_path / "data/inbox"
    inbox.mkdir(parents=True)
    (inbox / "notes.odt").write_text("x")
    (inbox / "below").mkdir()
    lines = status()[1].splitlines()
    assert "inbox  0 to be taken, 2 stay" in lines
    assert "  below: it is a folder, and folders are not looked into: drop its files one by one" in lines
