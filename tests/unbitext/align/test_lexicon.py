"""Lexicons: learned, written, read."""

import gzip
from pathlib import Path

import pytest

from unbitext.align.lexicon import LexiconError, learn_lexicon, load_lexicon, save_lexicon, shipped_lexicon

PAIRS = [
    ("灯塔亮了", "the lighthouse is lit"),
    ("灯塔在岛上", "the lighthouse is on the island"),
    ("渡船在岛上", "the ferry is on the island"),
    ("渡船来了", "the ferry came"),
    ("红灯塔", "a red lighthouse"),
    ("红渡船", "a red ferry"),
] * 3


def best(lexicon, term: str) -> str:  # type: ignore[no-untyped-def]
    number = lexicon.source_terms.index(term)
    entries = [
        (lexicon.joint[k], lexicon.target_terms[lexicon.target[k]])
        for k in range(len(lexicon))
        if lexicon.source[k] == number
    ]
    return str(max(entries)[1])


def test_learning_finds_the_words() -> None:
    lexicon = learn_lexicon(PAIRS, ["invented"])
    assert [best(lexicon, term) for term in "塔船红"] == ["lighth", "ferry", "red"]


def test_written_and_read_back(tmp_path: Path) -> None:
    lexicon = learn_lexicon(PAIRS, ["invented lines", "for a test"])
    path, again = tmp_path / "a.tsv.gz", tmp_path / "b.tsv.gz"
    save_lexicon(lexicon, path)
    read = load_lexicon(path)
    assert read.source_terms == lexicon.source_terms
    assert read.target_terms == lexicon.target_terms
    assert read.provenance == ("invented lines", "for a test")
    assert abs(read.joint - lexicon.joint).max() <= 0.005
    assert read.totals == lexicon.totals
    save_lexicon(read, again)
    assert path.read_bytes() == again.read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"text", mtime=0), gzip.compress(b"# unbitext lexicon 1\nx\ty\n", mtime=0)],
)
def test_what_is_no_lexicon(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv.gz"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match=r"bad\.tsv\.gz"):
        load_lexicon(path)


def test_the_one_that_ships(root: Path) -> None:
    path = root / "unbitext" / "align" / "lexicon_zh-en.tsv.gz"
    assert path.stat().st_size <= 2_000_000
    lexicon, turned = shipped_lexicon("zh", "en"), shipped_lexicon("en", "zh")
    assert lexicon is not None
    assert turned is not None
    assert lexicon.source_terms == turned.target_terms
    assert any("Rebuilt by" in line for line in lexicon.provenance)
    assert max(len(term) for term in lexicon.source_terms + lexicon.target_terms) <= 6, "terms, not text"
    assert shipped_lexicon("xx", "en") is None


@pytest.mark.shared
def test_the_one_that_ships_can_be_rebuilt(shared: Path, tmp_path: Path, root: Path) -> None:
    sides = [(shared / "unpc" / f"UNv1.0.devset.{language}").read_text(encoding="utf-8") for language in ("zh", "en")]
    pairs = zip(*(side.rstrip("\n").split("\n") for side in sides), strict=True)
    shipped = shipped_lexicon("zh", "en")
    assert shipped is not None
    save_lexicon(learn_lexicon(pairs, shipped.provenance), tmp_path / "again.tsv.gz")
    again = load_lexicon(tmp_path / "again.tsv.gz")
    assert again.source_terms == shipped.source_terms
    assert abs(again.joint - shipped.joint).max() <= 0.011
