"""The commands that search a corpus and draw from it, run in this process."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from schemas.rows import Segment


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="unbitext")


def test_what_is_shown_in_the_documentation(specimen_corpus: Path, root: Path) -> None:
    found = run(
        "find", "reference station", "--corpus", specimen_corpus, "--symbol", "SPECIMEN/PV.*", "--state", "Portugal"
    )
    assert found.exit_code == 0
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    shown = "".join(f"    {line}\n" for line in found.stdout.strip().split("\n"))
    assert shown in page


def test_hits_as_json(specimen_corpus: Path) -> None:
    found = run("find", "葡萄牙", "--corpus", specimen_corpus, "--format", "jsonl", "--limit", "2", "--context", "1")
    hits = [json.loads(line) for line in found.stdout.splitlines()]
    assert len(hits) == 2
    for hit in hits:
        row = Segment.model_validate(hit["row"])
        assert [row.source_text[start:end] for start, end in hit["source_spans"]] == ["葡萄牙"]
        assert [row.target_text[start:end] for start, end in hit["target_guesses"]] == ["Portugal"]
        assert len(hit["before"]) == 1


def test_the_index_lies_in_the_state_folder(specimen_corpus: Path, tmp_path: Path) -> None:
    before = set(specimen_corpus.rglob("*"))
    assert run("find", "会议", "--corpus", specimen_corpus).exit_code == 0
    assert set(specimen_corpus.rglob("*")) == before
    assert [path.suffix for path in (tmp_path / "state" / "concordances").iterdir()] == [".sqlite"]


def test_nothing_found_is_no_error(specimen_corpus: Path) -> None:
    found = run("find", "nowhere to be seen", "--corpus", specimen_corpus)
    assert (found.exit_code, found.stdout) == (0, "")
    assert "not found" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["，"], "no word and no Chinese character"),
        (["word", "--state", "Atlantis"], "no State or organisation"),
        (["word", "--since", "May"], "is no date"),
        (["word", "--corpus", "nowhere"], "is no corpus"),
        (["word", "--lexicon", "nowhere"], "nowhere"),
    ],
)
def test_bad_usage_of_find(specimen_corpus: Path, arguments: list[str], message: str) -> None:
    corpus = [] if "--corpus" in arguments else ["--corpus", str(specimen_corpus)]
    found = run("find", *arguments, *corpus)
    assert found.exit_code == 2
    assert message in found.stderr


def test_a_test_set_is_drawn(specimen_corpus: Path) -> None:
    arguments = ["testset", specimen_corpus, "--name", "river", "--documents", "2", "--seed", "3"]
    first, second = run(*arguments, "--out", "one"), run(*arguments, "--out", "two")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "documents  2 with" in first.stdout
    contents = [{path.name: path.read_bytes() for path in Path(name).iterdir()} for name in ("one", "two")]
    assert contents[0] == contents[1]
    assert {"river.zh-en.src", "river.en-zh.xml", "held_out.txt", "testset.json"} <= set(contents[0])


def test_a_corpus_with_too_little_gives_what_it_has(specimen_corpus: Path) -> None:
    drawn = run("testset", specimen_corpus, "--out", "set", "--documents", "50")
    assert drawn.exit_code == 0
    assert "has no more that is fit" in drawn.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--documents", "2", "--segments", "9"], "--documents or --segments"),
        (["--name", "a/b"], "make a name"),
        (["--language", "fr"], "no pair in the languages"),
        (["--genre", "treaty"], "is fit for a test set"),
    ],
)
def test_bad_usage_of_testset(specimen_corpus: Path, arguments: list[str], message: str) -> None:
    drawn = run("testset", specimen_corpus, "--out", "set", *arguments)
    assert drawn.exit_code == 2
    assert message in drawn.stderr
    assert not Path("set").exists()
