"""`unbitext export` and `unbitext release` as a user runs them: what they print, and how they end."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from tests.unbitext.tei.examples import record, write_corpus
from unbitext.retention.releases import released_sources

Invoke = Callable[..., Result]


@pytest.fixture
def invoke() -> Invoke:
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_release_tells_what_it_holds(
    invoke: Invoke, specimen_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNBITEXT_DATA", "store")
    kept = tmp_path / "store/kept"
    kept.mkdir(parents=True)
    first = invoke("release", specimen_corpus, "--version", "1.0", "--out", tmp_path, "--formats", "tei,jsonl,tsv")
    assert first.exit_code == 0, first.stderr
    assert first.stdout.splitlines()[0] == f"release    {tmp_path / '1.0'}"
    assert "documents  13 in 6 pairs" in first.stdout
    assert "no-counterpart 8" in first.stdout
    assert len(set(released_sources(tmp_path / "store"))) == 13  # no policy removes what it rests on
    shutil.rmtree(kept)
    assert invoke("validate", tmp_path / "1.0").exit_code == 0
    more = (
        "--keep",
        "duplicate",
        "--keep",
        "near-duplicate",
        "--keep",
        "masthead-mark",
        "--archive",
        "--since",
        "1.0",
        "--test",
        0,
        "--validation",
        0,
    )
    second = invoke("release", specimen_corpus, "--version", "1.1", "--out", tmp_path, "--formats", "tei,jsonl", *more)
    assert second.exit_code == 0, second.stderr
    assert "excluded   8: no-counterpart 8" in second.stdout
    assert "since 1.0  documents: 0 added, 0 changed, 0 removed" in second.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.0", "1.1", "1.1.tar.bz2", "store"]
    (tmp_path / "1.1" / "tei" / "corpus.xml").unlink()
    found = invoke("validate", tmp_path / "1.1")
    assert found.exit_code == 1
    assert "release-file-missing" in found.stdout


def test_where_there_are_no_rows_it_is_said(invoke: Invoke, specimen_corpus: Path, tmp_path: Path) -> None:
    alone = write_corpus(tmp_path / "alone", [], [record("en")])
    flags = ("--version", "1.0", "--formats", "tei,jsonl,tmx")
    released = invoke("release", alone, "--out", tmp_path / "none", *flags)
    assert (released.exit_code, released.stdout.splitlines()[-1]) == (0, "splits     none")
    assert "there are no rows: the corpus has no pair" in released.stderr
    assert invoke("validate", tmp_path / "none" / "1.0").exit_code == 0
    exported = invoke("export", alone, "--format", "tsv", "--out", tmp_path / "tsv")
    assert "there are no rows: the corpus has no pair" in exported.stderr
    released = invoke("release", specimen_corpus, "--out", tmp_path / "short", *flags, "--max-characters", 1)
    assert released.exit_code == 0
    assert "there are no rows: all links were left out" in released.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--version", "1.0"], "exists already"),
        (["--version", "../2"], "letters, digits"),
        (["--version", "2", "--formats", "tei,docx"], "no format 'docx'"),
        (["--version", "2", "--keep", "no-counterpart"], "--keep no-counterpart"),
        (["--version", "2", "--shards", "3"], "power of two"),
        (["--version", "2", "--test", "0.6", "--validation", "0.6"], "more than the whole"),
        (["--version", "2", "--testset", "none.txt"], "cannot be read as a list"),
        (["--version", "2", "--since", "0.9"], "is no release"),
    ],
)
def test_what_cannot_be_done_is_bad_usage(
    invoke: Invoke, specimen_corpus: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "1.0").mkdir()
    result = invoke("release", specimen_corpus, "--out", tmp_path, "--formats", "jsonl", *arguments)
    assert result.exit_code == 2, result.stderr
    assert message in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "state"] == ["1.0"]


def test_a_place_that_takes_no_files_is_bad_usage(invoke: Invoke, specimen_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for arguments in (("export", specimen_corpus, "--format", "moses"), ("release", specimen_corpus, "--version", "1")):
        result = invoke(*arguments, "--out", tmp_path / "file" / "folder" / "x")
        assert result.exit_code == 2
        assert "file is a file; choose another with --out" in result.stderr


def test_a_corpus_that_fails_is_named_with_its_faults(invoke: Invoke, specimen_corpus: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(specimen_corpus, corpus)
    (corpus / "tei" / "documents" / "SPECIMEN_SR.3.en.xml").unlink()
    result = invoke("release", corpus, "--version", "1", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "the corpus is not released" in result.stderr
    assert "tei-file-missing 1" in result.stderr
    assert f"{corpus}/tei/alignments/SPECIMEN_SR.3.zh-en.xml:" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_export_tells_what_it_holds(invoke: Invoke, specimen_corpus: Path, tmp_path: Path) -> None:
    result = invoke("export", specimen_corpus, "--format", "moses", "--out", tmp_path / "moses")
    assert result.exit_code == 0, result.stderr
    assert "rows       402 of 410 links" in result.stdout
    assert len((tmp_path / "moses" / "zh-en" / "train.en").read_text(encoding="utf-8").splitlines()) == 402
    assert invoke("export", specimen_corpus, "--format", "moses", "--out", tmp_path / "moses").exit_code == 2
    assert invoke("export", specimen_corpus, "--format", "docx", "--out", tmp_path / "docx").exit_code == 2
    assert invoke("export", tmp_path, "--format", "moses", "--out", tmp_path / "none").exit_code == 2


def test_a_missing_library_is_named_with_its_extra(
    invoke: Invoke, specimen_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name in ("unbitext.export.parquet", "unbitext.export.columns")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for arguments in (
        ("export", specimen_corpus, "--format", "parquet"),
        ("release", specimen_corpus, "--version", "1"),
    ):
        result = invoke(*arguments, "--out", tmp_path / "out")
        assert result.exit_code == 2
        assert "pip install 'unbitext[release]'" in result.stderr
    assert not (tmp_path / "out").exists()
    assert invoke("export", specimen_corpus, "--format", "jsonl", "--out", tmp_path / "out").exit_code == 0
