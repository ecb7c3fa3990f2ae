"""A lexicon from a corpus: which links it is learned from, and that it is a function of the corpus alone."""

from itertools import permutations
from pathlib import Path

import pytest

from schemas.bitext import CONFIRMED, DocumentPair, Link
from schemas.document import Document, Kind
from schemas.findings import Finding
from tests.unbitext.align.conftest import make_block, make_document
from unbitext import corpus_lexicon
from unbitext.align.lexicon import Lexicon, lexicon_text
from unbitext.corpus_lexicon import CorpusLexiconError, learn_from_corpus
from unbitext.store import CorpusFolder, write_file
from unbitext.tei.alignment import alignment_id, encode_alignment
from unbitext.tei.encode import encode_document
from unbitext.tei.serialize import serialize

NAMES = {"灯": "lamp", "船": "ferry", "岛": "island", "雾": "fog", "港": "harbour", "夜": "night", "雪": "snow"}
"""Things of a harbour: any three in a row are a sentence."""

LINES = [("".join(three), " ".join(NAMES[one] for one in three)) for three in permutations(NAMES, 3)]


def write_pair(
    folder: Path, number: int, lines: list[tuple[str, str]], score: float = 0.95, language: str = "zh", **more: object
) -> None:
    """Write a translation and its original of which each sentence stands for one, linked with this score."""
    sides: list[Document] = []
    for side, code in enumerate((language, "en")):
        document = make_document(code, [make_block("p1", Kind.PARAGRAPH, [line[side] for line in lines])])
        sides.append(
            document.model_copy(update={"meta": document.meta.model_copy(update={"symbols": (f"SPECIMEN/{number}",)})})
        )
    pair = DocumentPair(source=sides[0], target=sides[1])
    ids = [f"p1.s{n}" for n in range(1, len(lines) + 1)]
    fields = {"kinds": (Kind.PARAGRAPH,), "score": score, "method": "invented|version:1", **more}
    links = [Link.model_validate({"source_ids": (one,), "target_ids": (one,), **fields}) for one in ids]
    corpus = CorpusFolder(folder)
    for document, code in zip(sides, (language, "en"), strict=True):
        write_file(
            folder / corpus.document(f"SPECIMEN_{number}.{code}"),
            serialize(encode_document(document, generator="test")),
        )
    write_file(
        folder / corpus.alignment(alignment_id(pair)), serialize(encode_alignment(pair, links, generator="test"))
    )


def learned_from(lexicon: Lexicon) -> str:
    return lexicon.provenance[0].removeprefix("Learned from ").partition(" of a corpus")[0]


def best(lexicon: Lexicon) -> dict[str, str]:
    """What each source term stands for most often."""
    found: dict[str, tuple[float, str]] = {}
    for s, t, joint in zip(lexicon.source, lexicon.target, lexicon.joint, strict=True):
        source = lexicon.source_terms[s]
        found[source] = max(found.get(source, (0.0, "")), (float(joint), lexicon.target_terms[t]))
    return {source: target for source, (_, target) in found.items()}


def test_the_words_of_a_corpus(tmp_path: Path) -> None:
    for number in range(4):
        write_pair(tmp_path, number, LINES[number::4][:20])
    lexicon = learn_from_corpus(tmp_path)
    assert lexicon.languages == ("zh", "en")
    assert learned_from(lexicon) == "80 links of 4 pairs"
    assert best(lexicon) == {zh: en[:6] for zh, en in NAMES.items()}


def test_only_sure_links_count_and_each_text_once(tmp_path: Path) -> None:
    doubt = Finding.warning("link-length-outlier", "one side is long")
    write_pair(tmp_path, 1, LINES[:30])
    write_pair(tmp_path, 2, LINES[:30])
    write_pair(tmp_path, 3, LINES[30:40], score=0.89)
    write_pair(tmp_path, 4, LINES[40:50], findings=(doubt,))
    write_pair(tmp_path, 5, LINES[50:60], score=1.0, method=CONFIRMED)
    assert learned_from(learn_from_corpus(tmp_path)) == "40 links of 5 pairs"


def test_a_bounded_sample_that_other_pairs_seldom_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        write_pair(tmp_path, number, LINES[number * 20 : number * 20 + 20])
    monkeypatch.setattr(corpus_lexicon, "MOST_WORK_OF_PAIR", 100)
    lexicon = learn_from_corpus(tmp_path, most_work=360)  # nine pairs of words a link
    assert learned_from(lexicon) == "40 links of 4 pairs", "every second link of four pairs"
    texts = set()
    for number in range(10, 16):
        write_pair(tmp_path, number, LINES[number : number + 20])
        texts.add(lexicon_text(learn_from_corpus(tmp_path, most_work=360)))
    assert len(texts) < 6, "some came too late in the order to count"


def test_it_is_a_function_of_the_corpus(tmp_path: Path) -> None:
    for folder, order in (("one", range(5)), ("two", range(4, -1, -1))):
        for number in order:
            write_pair(tmp_path / folder, number, LINES[number * 20 : number * 20 + 20])
    one, two = (lexicon_text(learn_from_corpus(tmp_path / folder)) for folder in ("one", "two"))
    assert one == two
    assert str(tmp_path) not in one


def test_languages_are_chosen(tmp_path: Path) -> None:
    write_pair(tmp_path, 1, LINES[:30])
    write_pair(tmp_path, 2, [(f"{en} phare", en) for _, en in LINES[30:60]], language="fr")
    with pytest.raises(CorpusLexiconError, match="has pairs of fr-en, zh-en: choose with --source-language"):
        learn_from_corpus(tmp_path)
    assert learn_from_corpus(tmp_path, "fr").languages == ("fr", "en")
    assert learn_from_corpus(tmp_path, "zh", "en").languages == ("zh", "en")
    with pytest.raises(CorpusLexiconError, match="no aligned pair of es-any"):
        learn_from_corpus(tmp_path, "es")


def test_too_little(tmp_path: Path) -> None:
    with pytest.raises(CorpusLexiconError, match="no aligned pair: name the folder"):
        learn_from_corpus(tmp_path)
    write_pair(tmp_path, 1, LINES[:19])
    with pytest.raises(CorpusLexiconError, match="has 19 sure links of zh-en: at least 20 are needed"):
        learn_from_corpus(tmp_path)
