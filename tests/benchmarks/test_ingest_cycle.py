"""The benchmark of a cycle: it brings all documents, and its table adds up."""

import re

import pytest

from benchmarks.ingest import measure, told
from benchmarks.tables import replace_part


def test_a_cycle_is_measured_and_told() -> None:
    new, nothing = measure(4)
    assert (len(new.outcome.new), nothing.requests) == (4, 0)
    assert 0 < sum(new.stages.values()) < new.whole
    text = told(new, nothing, "on a small machine")
    assert "takes in 4 documents" in text
    assert "s on a small machine: " in text
    shares = [int(found) for found in re.findall(r"^\| .* \| [0-9.]+ \| ([0-9]+) \| [0-9]+ \|$", text, re.MULTILINE)]
    assert len(shares) == 7
    assert sum(shares) == pytest.approx(100, abs=5)
    page = "<!-- ingestion cycle -->\n<!-- end of ingestion cycle -->"
    assert text in replace_part(page, "ingestion cycle", text)
