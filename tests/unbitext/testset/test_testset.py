"""Test sets: what is drawn, that sacrebleu reads it, and that nothing like it is left to train on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sacrebleu.dataset.wmt_xml import WMTXMLDataset

import unbitext
from schemas.bitext import CONFIRMED
from schemas.findings import Finding
from schemas.rows import Segment
from tests.unbitext.concordance.test_concordance import list_again
from tests.unbitext.test_corpus_lexicon import LINES, write_pair
from unbitext.corpus import Corpus
from unbitext.release.families import family_keys
from unbitext.testset.draw import RUNNING_TEXT, Draw, DrawError, DrawOptions
from unbitext.testset.drawing import draw, is_fit, line
from unbitext.testset.relatives import Relatives
from unbitext.testset.writing import HELD_OUT, SUMMARY, write_test_set

FOUR = DrawOptions(documents=4)


@pytest.fixture(scope="module")
def corpus(specimen_corpus: Path) -> Corpus:
    return unbitext.open(specimen_corpus)


@pytest.fixture(scope="module")
def drawn(corpus: Corpus) -> Draw:
    return draw(corpus, "river", FOUR)


@pytest.fixture
def folder(drawn: Draw, tmp_path: Path) -> Path:
    write_test_set(drawn, tmp_path / "set")
    return tmp_path / "set"


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def test_what_is_drawn_is_sure_and_whole(corpus: Corpus, drawn: Draw) -> None:
    rows = {row.id: row for row in corpus.segments()}
    assert len(drawn.documents) == 4
    for document in drawn.documents:
        fit = [
            row for row in rows.values()
            if row.pair == document.docid and set(row.kinds) <= set(RUNNING_TEXT) and row.kinds and is_fit(row, 0.9)
        ]  # fmt: skip
        assert [segment.id for segment in document.segments] == [row.id for row in fit]
        assert [segment.number for segment in document.segments] == list(range(1, len(fit) + 1))
        for segment in document.segments:
            assert segment.source == line(rows[segment.id].source_text) != ""
            assert segment.target == line(rows[segment.id].target_text) != ""
            assert segment.score >= 0.9


def test_the_original_language_is_that_of_the_speech(drawn: Draw) -> None:
    record = next(document for document in drawn.documents if "PV" in document.docid or "SR" in document.docid)
    languages = {segment.origlang for segment in record.segments}
    assert record.origlang in languages
    assert {document.origlang for document in drawn.documents if document is not record} == {"en"}


def test_contexts_are_the_sentences_before(corpus: Corpus, drawn: Draw) -> None:
    rows = {row.id: row for row in corpus.segments()}
    sentences = list(corpus.sentences())
    for document in drawn.documents:
        for side in ("source", "target"):
            name = getattr(document, f"{side}_document")
            texts = [line(row.text) for row in sentences if row.document == name]
            for segment in document.segments:
                end = getattr(rows[segment.id], f"{side}_position") - 1
                assert list(getattr(segment, f"{side}_context")) == texts[max(0, end - 3) : end]


def test_another_seed_draws_others(corpus: Corpus) -> None:
    sets = [
        frozenset(document.docid for document in draw(corpus, "x", DrawOptions(documents=2, seed=seed)).documents)
        for seed in range(4)
    ]
    assert len(set(sets)) > 1
    assert draw(corpus, "x", DrawOptions(documents=2)) == draw(corpus, "x", DrawOptions(documents=2))


def test_documents_are_drawn_until_there_are_enough_segments(corpus: Corpus) -> None:
    few, many = (draw(corpus, "x", DrawOptions(segments=count)) for count in (10, 120))
    assert few.size >= 10
    assert len(few.documents) == 1
    assert many.size >= 120
    assert set(few.documents) < set(many.documents)


def test_filters_choose_what_is_drawn_from(corpus: Corpus) -> None:
    only = draw(corpus.filter(genre="report"), "x", FOUR)
    assert {document.genre.value for document in only.documents} == {"report"}
    with pytest.raises(DrawError, match="no pair in the languages"):
        draw(corpus.filter(language="fr"), "x", FOUR)


# sacrebleu


@pytest.mark.parametrize("languages", ["zh-en", "en-zh"])
def test_sacrebleu_reads_the_xml_as_the_lines(folder: Path, languages: str) -> None:
    fields = WMTXMLDataset._unwrap_wmt21_or_later(str(folder / f"river.{languages}.xml"))
    for name, file in (("src", "src"), ("ref:UN", "ref"), ("docid", "docid"), ("domain", "domain")):
        assert fields[name] == lines(folder / f"river.{languages}.{file}")
    assert len(fields["origlang"]) == len(lines(folder / f"river.{languages}.origlang"))


def test_sacrebleu_scores_a_system(folder: Path, tmp_path: Path) -> None:
    reference = folder / "river.zh-en.ref"
    perfect, other = tmp_path / "perfect.txt", tmp_path / "other.txt"
    perfect.write_bytes(reference.read_bytes())
    texts = lines(reference)
    other.write_text("".join(f"{' '.join(text.split()[1:])}\n" for text in texts), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "sacrebleu",
        reference,
        "-i",
        perfect,
        other,
        "-m",
        "bleu",
        "chrf",
        "--format",
        "json",
    ]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    first, second = json.loads(run.stdout)
    assert (float(first["BLEU"]), float(first["chrF2"])) == (100.0, 100.0)
    assert 50 < float(second["BLEU"]) < 100
    assert 50 < float(second["chrF2"]) < 100


def test_all_files_of_a_direction_have_a_line_for_each_segment(drawn: Draw, folder: Path) -> None:
    for languages in ("zh-en", "en-zh"):
        for field in ("src", "ref", "docid", "origlang", "domain", "id"):
            content = lines(folder / f"river.{languages}.{field}")
            assert len(content) == drawn.size
            assert all(content)
    assert (folder / "river.zh-en.src").read_bytes() == (folder / "river.en-zh.ref").read_bytes()
    assert len(lines(folder / "river.jsonl")) == drawn.size


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\u2028b", "a\x85b", " a  b ", "a\rb"])
def test_a_text_is_one_line(text: str) -> None:
    assert line(text) == "a b"


# What is held out


def test_held_out_are_all_documents_of_the_drawn_families(corpus: Corpus, drawn: Draw, folder: Path) -> None:
    held = lines(folder / HELD_OUT)
    assert held == sorted(held)
    assert {side for one in drawn.documents for side in (one.source_document, one.target_document)} <= set(held)
    families = {key for one in drawn.documents for key in family_keys(one.symbols, one.docid)}
    expected = {one.id for one in corpus.headers() if families & set(family_keys(one.meta.symbols, one.id))}
    assert set(held) == expected
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    assert summary["held_out"] == held
    assert summary["corpus_sha256"] == corpus.sha256
    assert summary["documents"] == [document.symbol for document in drawn.documents]


def test_near_duplicates_of_other_documents_are_not_drawn(tmp_path: Path) -> None:
    whole = tmp_path / "corpus"
    texts = [LINES[number * 40 :][:40] for number in range(4)]
    for number, text in enumerate([*texts, [*texts[0][:39], texts[1][0]]]):
        write_pair(whole, number, text)
    list_again(whole)
    corpus = unbitext.open(whole)
    relatives = Relatives(corpus)
    doubled = {name for name in corpus.document_ids() if relatives.has_double(name)}
    assert doubled == {f"SPECIMEN_{number}.{language}" for number in (0, 4) for language in ("zh", "en")}
    drawn = draw(corpus, "x", DrawOptions(documents=5))
    assert {document.docid for document in drawn.documents} == {f"SPECIMEN_{number}.zh-en" for number in (1, 2, 3)}
    assert drawn.passed_over == {"nearly the same as a document of another family": 2}


ROW = {
    "symbol": "SPECIMEN/1", "id": "SPECIMEN_1.zh-en.l1", "pair": "SPECIMEN_1.zh-en", "order": 1, "type": "1-1",
    "kinds": ("paragraph",), "source_document": "SPECIMEN_1.zh", "target_document": "SPECIMEN_1.en",
    "source_language": "zh", "target_language": "en", "source_ids": ("p1.s1",), "target_ids": ("p1.s1",),
    "source_text": "灯船岛", "target_text": "lamp ferry island", "score": 0.95, "method": "invented|version:1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fit"),
    [
        ({}, True),
        ({"score": 0.89}, False),
        ({"score": 0.1, "method": CONFIRMED}, True),
        ({"target_text": "", "target_ids": (), "type": "1-0"}, False),
        ({"target_text": "17."}, False),
        ({"findings": (Finding.warning("link-length-outlier", "one side is long").code,)}, False),
    ],
)
def test_what_may_be_in_a_test_set(change: dict[str, object], fit: bool) -> None:
    assert is_fit(Segment.model_validate({**ROW, **change}), 0.9) is fit


def test_a_set_is_written_whole_or_not_at_all(drawn: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "set").mkdir()
    assert write_test_set(drawn, tmp_path / "set")
    before = {path.name: path.read_bytes() for path in (tmp_path / "set").iterdir()}
    with pytest.raises(DrawError, match="is there already"):
        write_test_set(drawn, tmp_path / "set")

    def fail(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fail)
        with pytest.raises(OSError, match="No space left"):
            write_test_set(drawn, tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir() if path.name != "state"] == ["set"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "set").iterdir()} == before


@pytest.mark.parametrize("options", [{}, {"documents": 2, "segments": 3}, {"documents": 0}])
def test_a_size_is_one_thing(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"number of documents|greater than or equal"):
        DrawOptions.model_validate(options)
