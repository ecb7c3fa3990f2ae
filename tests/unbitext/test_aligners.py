"""The aligner of a build: what it is made from, for which languages, and what makes it another."""

from pathlib import Path

import pytest

from schemas.settings import Settings
from tests.unbitext.test_build import plan_of, report_on
from unbitext import build
from unbitext.align.engine import LexicalAligner
from unbitext.align.lexicon import learn_lexicon, save_lexicon
from unbitext.aligners import AlignerChoice
from unbitext.build import align_records, unused_lexicons
from unbitext.inputs import InputError


def write(path: Path, languages: tuple[str, str] | None, times: int = 3) -> Path:
    save_lexicon(learn_lexicon([("a b", "c d")] * times, languages=languages), path)
    return path


def test_the_default_is_what_align_uses() -> None:
    choice = AlignerChoice.of(Settings())
    assert choice == AlignerChoice()
    assert choice.aligner("zh", "en")[1] == LexicalAligner().signature
    assert choice.unused({("zh", "en")}) == []


def test_each_pair_of_languages_has_its_lexicons(tmp_path: Path) -> None:
    write(tmp_path / "1.tsv.gz", ("zh", "en"))
    write(tmp_path / "2.tsv.gz", ("en", "fr"))
    choice = AlignerChoice.of(Settings(lexicon=tmp_path))
    zh, fr = (one.signature for one in choice.lexicons)
    expected = {("zh", "en"): f"shipped+{zh}", ("fr", "en"): f"shipped+{fr}", ("es", "en"): "shipped"}
    assert {way: choice.aligner(*way)[1].split("|")[1] for way in expected} == {
        way: f"lexicon:{used}" for way, used in expected.items()
    }
    assert choice.aligner("es", "en")[1] == LexicalAligner().signature
    assert [str(one) for one in choice.unused({("zh", "en"), ("es", "en")})] == [f"{fr} (en-fr)"]


def test_the_key_follows_what_is_in_the_file_not_its_name(tmp_path: Path) -> None:
    def key(path: Path) -> str:
        return AlignerChoice.of(Settings(lexicon=path)).key

    first = key(write(tmp_path / "a.tsv.gz", ("zh", "en")))
    assert key(write(tmp_path / "b.tsv.gz", ("zh", "en"))) == first
    others = [key(write(tmp_path / "a.tsv.gz", ("zh", "en"), 4)), key(write(tmp_path / "a.tsv.gz", None)), ""]
    assert len({first, *others}) == 4


def test_a_lexicon_that_changes_meanwhile(tmp_path: Path) -> None:
    choice = AlignerChoice.of(Settings(lexicon=write(tmp_path / "a.tsv.gz", None)))
    write(tmp_path / "a.tsv.gz", None, 5)
    with pytest.raises(InputError, match="changed while the build ran"):
        choice.aligner("zh", "en")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (Settings(aligner="oracle"), "no aligner 'oracle'"),
        (Settings(lexicon=Path("absent")), "absent: No such file"),
        (Settings(model="m"), "takes no model"),
        (Settings(aligner="embeddings"), "which model"),
        (Settings(aligner="embeddings", model="m", lexicon=Path("x.tsv.gz")), "x.tsv.gz: No such file"),
    ],
)
def test_what_cannot_be_used(settings: Settings, message: str) -> None:
    with pytest.raises(InputError, match=message):
        AlignerChoice.of(settings)


def test_another_lexicon_aligns_again_and_does_nothing_else_again(
    specimens: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = plan_of(*(specimens / f"SPECIMEN_RES_9_4.{language}.txt" for language in ("zh", "en")))
    first = report_on(plan)
    by_identifier = {document.identifier: document for document in first.documents}
    (pair,) = first.pairs
    sides = by_identifier[pair.source], by_identifier[pair.target]
    paths = [write(tmp_path / f"{language}.tsv.gz", (language, "en")) for language in ("zh", "fr")]
    choices = [AlignerChoice.of(Settings(lexicon=path)) for path in paths]
    with monkeypatch.context() as without:
        without.setattr(build, "align_pair", None)  # calling it would fail
        assert align_records(*sides, plan.cache) == pair
        assert align_records(*sides, plan.cache, choice=choices[1]) == pair, "it is for other languages"
        assert [finding.code for finding in unused_lexicons(choices[1], first.documents, first.pairs)] == [
            "lexicon-unused"
        ]
        assert unused_lexicons(choices[1], first.documents, []) == []
        refused = align_records(*sides, plan.cache, choice=choices[0]).refusal
        assert refused is not None
        assert refused.code == "internal-error"
    for name in ("parse_file", "encode_document"):
        monkeypatch.setattr(build, name, None)
    again = align_records(*sides, plan.cache, choice=choices[0])
    assert again.refusal is None
    assert again.methods == (pair.methods[0].replace("shipped", f"shipped+{choices[0].lexicons[0].signature}"),)
    assert unused_lexicons(choices[0], first.documents, first.pairs) == []
    monkeypatch.setattr(build, "align_pair", None)
    assert align_records(*sides, plan.cache, choice=choices[0]) == again
    assert align_records(*sides, plan.cache) == pair
