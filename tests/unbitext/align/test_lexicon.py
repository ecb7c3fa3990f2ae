"""Lexicons: learned, written, read."""

import gzip
from pathlib import Path

import pytest

from unbitext.align import align_segmented
from unbitext.align.engine import LexicalAligner
from unbitext.align.lexicon import (
    LexiconError,
    learn_lexicon,
    lexicon_text,
    load_lexicon,
    save_lexicon,
    shipped_lexicon,
)

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
    lexicon = learn_lexicon(PAIRS, ["invented lines", "for a test"], languages=("zh", "en"))
    path, again = tmp_path / "a.tsv.gz", tmp_path / "b.tsv.gz"
    save_lexicon(lexicon, path)
    read = load_lexicon(path)
    assert read.source_terms == lexicon.source_terms
    assert read.target_terms == lexicon.target_terms
    assert read.provenance == ("invented lines", "for a test")
    assert abs(read.joint - lexicon.joint).max() <= 0.005
    assert read.totals == lexicon.totals
    assert read.languages == ("zh", "en")
    assert read.signature == lexicon.signature
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


def test_version_1_of_the_format_is_read(tmp_path: Path) -> None:
    lines = lexicon_text(learn_lexicon(PAIRS, ["invented"], languages=("zh", "en"))).splitlines()
    assert lines.pop(2) == "languages\tzh\ten"
    old = "\n".join(["# unbitext lexicon 1", *lines[1:], ""])
    (tmp_path / "old.tsv.gz").write_bytes(gzip.compress(old.encode(), mtime=0))
    read = load_lexicon(tmp_path / "old.tsv.gz")
    assert read.languages is None
    assert read.provenance == ("invented",)
    assert lexicon_text(read).splitlines()[1:] == lines[1:]


@pytest.mark.parametrize(
    ("languages", "fits"),
    [
        (("zh", "en"), True), (("en", "zh"), True), (("zh", None), True), ((None, "zh"), True), ((None, None), True),
        (("fr", "en"), False), (("en", "fr"), False), (("zh", "fr"), False), (("zh", "zh"), False),
        ((None, "fr"), False),
    ],
)  # fmt: skip
def test_which_texts_a_lexicon_is_for(languages: tuple[str | None, str | None], fits: bool) -> None:
    assert learn_lexicon(PAIRS, languages=("zh", "en")).fits(*languages) is fits
    assert learn_lexicon(PAIRS).fits(*languages), "nobody said what it is for"


@pytest.mark.parametrize("known", [("zh", "en"), None])
@pytest.mark.parametrize("asked", [("zh", "en"), (None, "en"), ("zh", None), (None, None)])
def test_it_faces_the_texts(known: tuple[str, str] | None, asked: tuple[str | None, str | None]) -> None:
    lexicon = learn_lexicon(PAIRS, languages=known)
    terms = {"灯", "塔", "岛"}, {"the", "ferry"}
    assert lexicon.facing(asked, terms) is lexicon
    turned = lexicon.facing((asked[1], asked[0]), (terms[1], terms[0]))
    assert turned.source_terms == lexicon.target_terms
    assert turned.totals == lexicon.totals[::-1]
    assert lexicon_text(turned.turned()) == lexicon_text(lexicon)
    assert lexicon.facing(("zh", "en"), (set(), set())) is lexicon


def test_it_does_not_face_other_languages() -> None:
    with pytest.raises(ValueError, match=r"for \('zh', 'en'\), not for \('fr', 'en'\)"):
        learn_lexicon(PAIRS, languages=("zh", "en")).facing(("fr", "en"), (set(), set()))


@pytest.mark.parametrize("known", [("zh", "en"), None])
def test_a_lexicon_given_the_wrong_way_round_is_turned(known: tuple[str, str] | None) -> None:
    texts = ["灯塔亮了。", "渡船来了。", "红灯塔。"], ["A red lighthouse.", "The lighthouse is lit.", "The ferry came."]
    straight = learn_lexicon(PAIRS, languages=known)
    both = [
        align_segmented(*texts, "zh", "en", LexicalAligner([lexicon], use_shipped=False))
        for lexicon in (straight, straight.turned())
    ]
    signatures = [links[0].method for links in both]
    assert signatures[0] != signatures[1]
    assert straight.signature in signatures[0]
    assert [link.model_copy(update={"method": ""}) for link in both[0]] == [
        link.model_copy(update={"method": ""}) for link in both[1]
    ]
    other = align_segmented(*texts, "fr", "en", LexicalAligner([learn_lexicon(PAIRS, languages=("zh", "en"))]))
    none = align_segmented(*texts, "fr", "en", LexicalAligner())
    assert [link.score for link in other] == [link.score for link in none], "of other languages: no use at all"


def test_any_change_has_another_signature() -> None:
    kinds = [
        learn_lexicon(PAIRS), learn_lexicon(PAIRS[1:]), learn_lexicon(PAIRS, languages=("zh", "en")),
        learn_lexicon(PAIRS, ["invented"]),
    ]  # fmt: skip
    assert len({lexicon.signature for lexicon in kinds}) == 4
    assert learn_lexicon(PAIRS).signature == kinds[0].signature


def test_the_one_that_ships(root: Path) -> None:
    path = root / "unbitext" / "align" / "lexicon_zh-en.tsv.gz"
    assert path.stat().st_size <= 2_000_000
    lexicon, turned = shipped_lexicon("zh", "en"), shipped_lexicon("en", "zh")
    assert lexicon is not None
    assert turned is not None
    assert lexicon.source_terms == turned.target_terms
    assert (lexicon.languages, turned.languages) == (("zh", "en"), ("en", "zh"))
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
