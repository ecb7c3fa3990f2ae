"""Aligners by name."""

import importlib.util
import re
from pathlib import Path

import pytest

from unbitext.align.engine import LexicalAligner
from unbitext.align.lexicon import learn_lexicon, load_lexicon, save_lexicon
from unbitext.align.registry import AlignerError, AlignerOptions, aligner_names, make_aligner, register_aligner
from unbitext.align.sentence_model import MISSING

WITHOUT = importlib.util.find_spec("sentence_transformers") is None


def test_the_default() -> None:
    assert make_aligner().signature == LexicalAligner().signature
    assert aligner_names()[:2] == ("lexical", "embeddings")


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("oracle", AlignerOptions(), "no aligner 'oracle': there are lexical, embeddings"),
        ("lexical", AlignerOptions(model="x"), "takes no model"),
        ("lexical", AlignerOptions(lexicon=Path("absent.gz")), "absent.gz: No such file"),
        ("embeddings", AlignerOptions(), "which model?"),
        ("embeddings", AlignerOptions(model="x", lexicon=Path("y")), "takes no lexicon"),
    ],
)
def test_what_cannot_be_made(name: str, options: AlignerOptions, message: str) -> None:
    with pytest.raises(AlignerError, match=message.replace("?", r"\?")):
        make_aligner(name, options)


def test_no_lexicon(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"x")
    with pytest.raises(AlignerError, match="`unbitext lexicon` makes one"):
        make_aligner("lexical", AlignerOptions(lexicon=tmp_path / "a.gz"))


def lexicons(folder: Path) -> Path:
    """Write lexicons of two pairs of languages."""
    folder.mkdir()
    for languages in (("zh", "en"), ("fr", "en")):
        save_lexicon(learn_lexicon([("a b", "c d")] * 3, languages=languages), folder / f"{languages[0]}.tsv.gz")
    return folder


def test_of_a_folder_those_that_fit(tmp_path: Path) -> None:
    folder = lexicons(tmp_path / "lexicons")
    zh, fr = (load_lexicon(folder / f"{language}.tsv.gz").signature for language in ("zh", "fr"))

    def used(*languages: str | None) -> str:
        options = AlignerOptions(lexicon=folder, languages=(languages[0], languages[1]))
        return make_aligner("lexical", options).signature.split("|")[1]

    assert used("zh", "en") == used("en", "zh") == f"lexicon:shipped+{zh}"
    assert used("fr", "en") == f"lexicon:shipped+{fr}"
    assert used(None, None) == f"lexicon:shipped+{fr}+{zh}"


@pytest.mark.parametrize("name", [".", "zh.tsv.gz"])
def test_a_lexicon_for_other_languages_is_refused(tmp_path: Path, name: str) -> None:
    path = lexicons(tmp_path / "lexicons") / name
    with pytest.raises(AlignerError, match=r": a lexicon for .*zh-en, and the texts are es-en: give one for these"):
        make_aligner("lexical", AlignerOptions(lexicon=path, languages=("es", "en")))


def test_a_folder_without_a_lexicon(tmp_path: Path) -> None:
    with pytest.raises(AlignerError, match=r"no lexicon .* in this folder"):
        make_aligner("lexical", AlignerOptions(lexicon=tmp_path))


@pytest.mark.skipif(not WITHOUT, reason="sentence-transformers is installed")
def test_the_extra_is_named_where_it_is_absent() -> None:
    with pytest.raises(AlignerError) as error:
        make_aligner("embeddings", AlignerOptions(model="x"))
    assert str(error.value) == MISSING


def test_a_name_can_be_added_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unbitext.align.registry._FACTORIES", {})
    register_aligner("mine", lambda options: LexicalAligner(learns=False))
    assert "learned:no" in make_aligner("mine").signature
    with pytest.raises(ValueError, match="already"):
        register_aligner("mine", lambda options: LexicalAligner())


def test_the_example_in_the_documentation_works(root: Path) -> None:
    page = (root / "docs" / "alignment.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    exec(compile(example, "docs/alignment.md", "exec"), {})
