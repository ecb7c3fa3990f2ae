"""A root that is checked part by part is judged as if it were read whole."""

import shutil
from pathlib import Path

import pytest

from benchmarks.copies import write_copies
from tests.unbitext.tei.examples import pair_of, record, write_corpus
from unbitext.tei import root as root_module
from unbitext.tei import validate_paths


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    one = write_corpus(folder / "one", [pair_of(record("zh"), record("en"))])
    write_copies(one, folder / "many", 12)
    return folder / "many"


@pytest.fixture
def corpus(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(root_module, "_PART", 5)
    return Path(shutil.copytree(large, tmp_path / "corpus"))


def test_parts_of_a_good_root_are_good(corpus: Path) -> None:
    assert validate_paths([corpus]) == []


def test_a_corpus_of_one_document_is_good(tmp_path: Path) -> None:
    """Its last list is that of the speakers, and not that of the files."""
    assert len({turn.speaker for turn in record("en").turns}) > 1
    assert validate_paths([write_corpus(tmp_path / "one", [], [record("en")])]) == []


MIDDLE = "SPECIMEN_000005_PV.9"
"""In the middle of every list, and so in a part that leaves the tree."""


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (f'<person xml:id="per.{MIDDLE}.en.1" role="', '<person role="', {"tei-grammar", "tei-rule"}),
        (f'xml:id="per.{MIDDLE}.en.1"', 'xml:id="per.SPECIMEN_000001_PV.9.en.1"', {"tei-duplicate-id"}),
        (f'sameAs="#per.{MIDDLE}.en.1"', 'sameAs="#state.IRL"', {"tei-rule"}),
        (f'<ptr target="documents/{MIDDLE}.zh.xml"/>', "<ptr/>", {"tei-grammar", "tei-file-missing"}),
        (f'<ptr target="documents/{MIDDLE}.zh.xml"/></bibl>', "</bibl>", {"tei-grammar", "tei-file-missing"}),
        (f'<xi:include href="documents/{MIDDLE}.zh.xml"/>', "<p/>", {"tei-grammar", "tei-file-missing"}),
        (f'<xi:include href="documents/{MIDDLE}.zh.xml"/>', "text", {"tei-grammar", "tei-file-missing"}),
    ],
)
def test_faults_in_a_part(corpus: Path, old: str, new: str, codes: set[str]) -> None:
    path = corpus / "tei" / "corpus.xml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, [line for line in text.splitlines() if MIDDLE in line]
    path.write_text(text.replace(old, new), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    in_parts = [each for each in validate_paths([corpus]) if each.file == str(path)]
    assert {each.code for each in in_parts} >= codes
    # Under another name it is a file by itself, which is read whole.
    whole = path.rename(corpus / "whole.xml")
    forms = {"tei-grammar", "tei-rule"}
    read_whole = {(each.line, each.code) for each in validate_paths([whole])}
    if "tei-duplicate-id" in codes:
        assert read_whole == {(line, "tei-duplicate-id")} <= {(each.line, each.code) for each in in_parts}
    else:
        assert {(each.line, each.code) for each in in_parts if each.code in forms} == read_whole


def test_an_id_far_behind_the_same_one(corpus: Path) -> None:
    """The parser itself sees only what is still in the tree: here it is read in pieces, and the first is gone."""
    path = corpus / "tei" / "corpus.xml"
    text = path.read_text(encoding="utf-8")
    far = f"<!--{'.' * 200_000}-->"
    marked = text.replace("<persName", f"{far}<persName", 12)
    path.write_text(
        marked.replace(f'xml:id="per.{MIDDLE}.en.1"', 'xml:id="per.SPECIMEN_000001_PV.9.en.1"'), encoding="utf-8"
    )
    found = [each for each in validate_paths([corpus]) if each.file == str(path)]
    assert {each.code for each in found} == {"tei-duplicate-id", "tei-rule"}
    assert any(each.message == "ID per.SPECIMEN_000001_PV.9.en.1 already defined" for each in found)
