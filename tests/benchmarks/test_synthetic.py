"""Corpora of any size are valid, and no two of their documents say the same."""

from pathlib import Path

import unbitext
from benchmarks.reading import HEAD, MEASURED, row_of
from benchmarks.synthetic import make_corpus
from unbitext.corpus import Corpus
from unbitext.tei.validate import validate_paths
from unbitext.testset.relatives import Relatives


def texts(corpus: Corpus, prefix: str) -> list[tuple[str, str]]:
    return [(row.source_text, row.target_text) for row in corpus.filter(symbol=f"{prefix}/PV.7").segments()]


def test_copies_are_valid_and_differ(specimen_corpus: Path, tmp_path: Path) -> None:
    made = make_corpus(specimen_corpus, tmp_path / "made", 30)
    corpus, specimens = unbitext.open(made), unbitext.open(specimen_corpus)
    assert len(list(corpus.document_ids())) == 30
    assert len(list(corpus.pair_ids())) == 14  # six of each whole copy; of the third four documents
    whole = texts(specimens, "SPECIMEN")
    for prefix in ("SPECIMEN/1", "SPECIMEN/2"):
        copied = texts(corpus, prefix)
        assert len(copied) == len(whole)
        assert sum(one == other for one, other in zip(copied, whole, strict=True)) < len(whole) / 5
    relatives = Relatives(corpus)
    assert not any(relatives.has_double(name) for name in corpus.document_ids())
    assert validate_paths([made / "tei" / "documents" / "SPECIMEN_2_PV.7.zh.xml"]) == []
    again = make_corpus(specimen_corpus, tmp_path / "again", 30, jobs=1)
    assert unbitext.open(again).sha256 == corpus.sha256


def test_every_measurement_is_in_the_table(specimen_corpus: Path, tmp_path: Path) -> None:
    counts = {name: measure(specimen_corpus, tmp_path) for name, measure in MEASURED.items()}
    assert counts["ids"] == counts["headers"] == 13
    assert counts["index"] == 7
    assert counts["pair"] == 6
    found = {name: {"count": float(count), "seconds": 0.5, "megabytes": 40.0} for name, count in counts.items()}
    assert len(row_of(13, found)) == len(HEAD)
