"""Aligners by name."""

import importlib.util
import re
from pathlib import Path

import pytest

from unbitext.align.engine import LexicalAligner
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
