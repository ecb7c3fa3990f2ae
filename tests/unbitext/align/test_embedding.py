"""Alignment by embeddings: with an invented model of two invented vocabularies, and with sentence-transformers' own."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from schemas.bitext import DocumentPair, Link
from schemas.document import Block, Document, Kind
from unbitext.align import NotATranslation, Passage, PassagePair, align_pair, align_segmented
from unbitext.align.band import WHOLE
from unbitext.align.embedding import EmbeddingAligner

WORDS = [
    *(("灯塔", "lighthouse"), ("渡船", "ferry"), ("岛", "island"), ("风", "wind"), ("雾", "fog"), ("信标", "beacon")),
    *(("主席", "chair"), ("报告", "report"), ("会议", "meeting"), ("预算", "budget"), ("代表", "delegate")),
    *(("港口", "harbour"), ("船长", "captain"), ("冬季", "winter"), ("夜间", "night"), ("鸟", "bird")),
]
"""An invented bilingual vocabulary: a word and its translation have one vector."""


def sentence(numbers: Sequence[int], side: int) -> str:
    """A sentence of these words, in either language."""
    words = [WORDS[number][side] for number in numbers]
    return " ".join(words) + " ." if side else "".join(words) + "。"


class Bag:
    """An encoder that sums the vectors of the words that it finds."""

    signature = "bag:1"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.random.default_rng(7).normal(size=(len(WORDS), 24)).astype(np.float32)
        counts = [[text.count(chinese) + text.count(english) for chinese, english in WORDS] for text in texts]
        return np.asarray(np.array(counts, dtype=np.float32).reshape(-1, len(WORDS)) @ vectors)


def text(count: int, seed: int) -> list[list[int]]:
    """Sentences of three or four words each, as numbers."""
    generator = np.random.default_rng(seed)
    return [generator.choice(len(WORDS), size=generator.integers(3, 5), replace=False).tolist() for _ in range(count)]


def shapes(links: Sequence[Link]) -> list[tuple[list[int], list[int]]]:
    """Links as line numbers."""
    return [(list(map(int, link.source_ids)), list(map(int, link.target_ids))) for link in links]


def bitext() -> tuple[list[str], list[str], list[tuple[list[int], list[int]]]]:
    """Thirty sentences: two joined in the target, one left out of it, one left out of the source."""
    numbers = text(30, 3)
    source = [sentence(words, 0) for n, words in enumerate(numbers) if n != 20]
    target = [sentence(words, 1) for words in numbers]
    target[4:6] = [sentence(numbers[4] + numbers[5], 1)]
    del target[11]  # the sentence 12 of the source has no counterpart
    links: list[tuple[list[int], list[int]]] = [([n], [n]) for n in range(4)]
    links += [([4, 5], [4]), *(([n], [n - 1]) for n in range(6, 12)), ([12], [])]
    links += [*(([n], [n - 2]) for n in range(13, 20)), ([], [18]), *(([n], [n - 1]) for n in range(20, 29))]
    return source, target, links


def test_an_invented_bitext() -> None:
    source, target, expected = bitext()
    links = align_segmented(source, target, "zh", "en", EmbeddingAligner(Bag()))
    assert shapes(links) == expected
    assert {link.method for link in links} == {"embeddings|model:bag:1|scores:uncalibrated|version:1"}
    assert all(0.0 <= link.score <= 1.0 for link in links)
    assert sum(link.score > 0.9 for link in links) > 20


@pytest.mark.parametrize(("size", "larger"), [(5, 1), (1, 5), (3, 1), (1, 2)])
def test_groups_of_up_to_five(size: int, larger: int) -> None:
    numbers = text(40, 5)
    source = [sentence(words, 0) for words in numbers]
    target = [sentence(words, 1) for words in numbers]
    source[10 : 10 + larger] = [sentence([w for words in numbers[10 : 10 + larger] for w in words], 0)]
    target[10 : 10 + size] = [sentence([w for words in numbers[10 : 10 + size] for w in words], 1)]
    links = shapes(align_segmented(source, target, "zh", "en", EmbeddingAligner(Bag())))
    wanted = (list(range(10, 10 + size)), list(range(10, 10 + larger)))
    assert wanted in links
    assert len(links) == 40 - size - larger + 2


def test_a_long_text_is_cut_and_searched_in_parts() -> None:
    numbers = text(700, 11)
    assert len(numbers) ** 2 > WHOLE
    source, target = ([sentence(words, side) for words in numbers] for side in (0, 1))
    del target[300:303]
    links = shapes(align_segmented(source, target, "zh", "en", EmbeddingAligner(Bag())))
    # sentences of the same words cannot be told apart, so that a few may be linked otherwise
    right = sum(link in links for link in [([n], [n]) for n in range(300)] + [([n], [n - 3]) for n in range(303, 700)])
    assert right >= 690


@pytest.mark.parametrize(
    ("source", "target"), [(["灯塔。"], []), ([], ["lighthouse ."]), ([""], [""]), (["?"] * 3, ["!"])]
)
def test_nothing_to_compare(source: list[str], target: list[str]) -> None:
    (beads,) = EmbeddingAligner(Bag()).align([PassagePair(Passage(tuple(source)), Passage(tuple(target)))])
    assert [n for bead in beads for n in range(*bead.source)] == list(range(len(source)))
    assert [n for bead in beads for n in range(*bead.target)] == list(range(len(target)))


def test_what_is_no_translation_is_refused() -> None:
    source, target = [sentence(w, 0) for w in text(60, 1)], [sentence(w, 1) for w in text(60, 2)]
    with pytest.raises(NotATranslation, match="nearer than at random"):
        align_segmented(source, target, "zh", "en", EmbeddingAligner(NoSense()))


class NoSense(Bag):
    """An encoder in which nothing is near to anything: what unrelated texts look like."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array(
            [np.random.default_rng(list(text.encode())).normal(size=256) for text in texts], dtype=np.float32
        ).reshape(-1, 256)


def test_structure_comes_first(document: Callable[..., Document], block: Callable[..., Block]) -> None:
    numbers = text(12, 9)
    sides = [
        document(
            language,
            [
                block(f"p{n}", Kind.PARAGRAPH, [sentence(w, side) for w in numbers[2 * n : 2 * n + 2]], number=str(n))
                for n in range(6)
            ],
        )
        for side, language in enumerate(("zh", "en"))
    ]
    links = align_pair(DocumentPair(source=sides[0], target=sides[1]), EmbeddingAligner(Bag()))
    assert [(link.source_ids, link.target_ids) for link in links] == [
        ((f"p{n}.s{k}",), (f"p{n}.s{k}",)) for n in range(6) for k in (1, 2)
    ]


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that sentence-transformers saves and loads: the invented vocabulary with random vectors, no download."""
    sentence_transformers = pytest.importorskip(
        "sentence_transformers", reason="sentence-transformers is not installed: make embeddings"
    )
    import tokenizers  # noqa: PLC0415 - comes with sentence-transformers
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding  # noqa: PLC0415

    vocabulary = {"[UNK]": 0}
    vectors = [np.zeros(24)]
    for number, vector in enumerate(np.random.default_rng(7).normal(size=(len(WORDS), 24))):
        for word in WORDS[number]:
            vocabulary[word] = len(vocabulary)
            vectors.append(vector)
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    # the invented Chinese has no spaces
    tokenizer.normalizer = tokenizers.normalizers.Sequence(
        [tokenizers.normalizers.Replace(word, f" {word} ") for word, _ in WORDS]
    )
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    module = StaticEmbedding(tokenizer, embedding_weights=np.array(vectors, dtype=np.float32))
    folder = tmp_path_factory.mktemp("models") / "tiny"
    sentence_transformers.SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=300)


@pytest.mark.embeddings
def test_a_model_of_sentence_transformers_on_the_command_line(model_folder: Path, tmp_path: Path) -> None:
    source, target, expected = bitext()
    (tmp_path / "a.txt").write_text("\n".join(source) + "\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n".join(target) + "\n", encoding="utf-8")
    options = ("--aligner", "embeddings", "--model", model_folder)
    first, again = (run("align", "--segmented", "a.txt", "b.txt", *options) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    rows = [json.loads(line) for line in first.stdout.splitlines()]
    assert [(list(map(int, r["source_ids"])), list(map(int, r["target_ids"]))) for r in rows] == expected
    assert rows[0]["method"].startswith("embeddings|model:tiny:")
    assert str(model_folder.parent) not in first.stdout
    assert again.stdout == first.stdout


@pytest.mark.embeddings
@pytest.mark.usefixtures("model_folder")
def test_what_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("Frogs.\n")
    found = run("align", "--segmented", "a.txt", "a.txt", "--aligner", "embeddings", "--model", "./empty")
    assert found.returncode == 2
    assert "./empty: not a model of sentence-transformers" in found.stderr
    assert "Traceback" not in found.stderr
