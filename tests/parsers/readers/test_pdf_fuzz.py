"""Mutated PDFs end in a document or a refusal, soon and in little memory; none ends the process that parses them."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parsers.parse import parse_bytes
from tests.parsers.readers.pdf_mutations import assembled, objects_of, tagged_pdf
from tests.parsers.readers.pdf_trials import SPECIMENS, Trial, run_trials

SECONDS_A_PAGE = 1.0
MEGABYTES = 300


def check(trials: Sequence[Trial]) -> Counter[str]:
    outcomes = Counter(trial.outcome for trial in trials)
    assert not [trial for trial in trials if trial.outcome.startswith("error")]
    assert not [trial for trial in trials if trial.seconds > 20 * SECONDS_A_PAGE * max(1, trial.pages / 20)]
    assert not [trial for trial in trials if trial.megabytes > MEGABYTES]
    return outcomes


def test_a_file_put_together_anew_is_read_as_before() -> None:
    assert len(parse_bytes(tagged_pdf(), "0001.pdf").blocks) > 10
    original = (SPECIMENS / "SPECIMEN_RES_9_4.en.pdf").read_bytes()
    anew = parse_bytes(assembled(objects_of(original)), "0001.pdf")
    assert anew.blocks == parse_bytes(original, "0001.pdf").blocks


def test_some_mutations() -> None:
    outcomes = check(run_trials(range(0, 60)))
    assert outcomes.total() == 60
    assert outcomes["read"] > 20


def try_many(folder: Path | None, count: int) -> Counter[str]:
    with ThreadPoolExecutor(2) as pool:
        parts = pool.map(lambda first: run_trials(range(first, first + 100), folder), range(0, count, 100))
        outcomes = check([trial for part in parts for trial in part])
    assert outcomes.total() == count
    assert outcomes["read"] > 0.3 * count
    return outcomes


@pytest.mark.slow
def test_two_thousand_mutations() -> None:
    assert {"pdf-damaged", "pdf-truncated", "pdf-no-unicode-map", "pdf-no-text"} < set(try_many(None, 2000))


@pytest.mark.slow
def test_mutations_of_real_files(shared: Path) -> None:
    assert {"pdf-damaged", "pdf-truncated"} < set(try_many(shared / "un-pdfs", 1000))
