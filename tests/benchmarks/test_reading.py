"""The corpora that reading is measured on, and the table of it."""

from pathlib import Path

import unbitext
from benchmarks.copies import WordExchange, write_copies
from benchmarks.reading import HEAD, MEASURED, row_of
from unbitext.concordance.folding import fold, tokens
from unbitext.corpus import Corpus
from unbitext.tei.validate import validate_paths
from unbitext.testset.relatives import Relatives


def vocabulary(corpus: Corpus) -> set[str]:
    return {token for row in corpus.sentences() for token in tokens(fold(row.text)) if token.isalpha()}


def test_copies_by_words_are_valid_and_differ(specimen_corpus: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    write_copies(specimen_corpus, made, 3, WordExchange(specimen_corpus))
    corpus, specimens = unbitext.open(made), unbitext.open(specimen_corpus)
    assert len(list(corpus.document_ids())) == 3 * len(list(specimens.document_ids()))
    whole = [(row.source_text, row.target_text) for row in specimens.segments()]
    for copy in range(3):
        own = [(row.source_text, row.target_text) for row in corpus.filter(symbol=f"SPECIMEN/{copy:06}/*").segments()]
        assert len(own) == len(whole)
        assert sum(one == other for one, other in zip(own, whole, strict=True)) < len(whole) / 4
    relatives = Relatives(corpus)
    assert not any(relatives.has_double(name) for name in corpus.document_ids())
    words = vocabulary(specimens)
    assert len(vocabulary(corpus) - words) < len(words) / 10
    assert validate_paths([made / "tei" / "documents" / "SPECIMEN_000002_PV.7.zh.xml"]) == []


def test_every_measurement_is_in_the_table(specimen_corpus: Path, tmp_path: Path) -> None:
    counts = {name: measure(specimen_corpus, tmp_path) for name, measure in MEASURED.items()}
    assert counts["ids"] == counts["headers"] == 13
    assert counts["index"] == 7
    assert counts["pair"] == 6
    assert counts["word"] > 0
    found = {name: {"count": float(count), "seconds": 0.5, "megabytes": 40.0} for name, count in counts.items()}
    assert len(row_of(found)) == len(HEAD)
