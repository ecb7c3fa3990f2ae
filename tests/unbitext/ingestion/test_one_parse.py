"""A cycle parses each file once, however many steps look into it, and a corpus is the same for it."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

import parsers.parse
from parsers.readers.reading import Reading
from schemas.fetching import Claim
from tests.flows.trees import tree
from tests.loopback.papers import chinese_word, paper
from tests.loopback.pond import pond_paper, pond_text
from tests.unbitext.ingestion.conftest import Pond, record
from unbitext.ingest import Cycle, CycleOutcome, run_cycle
from unbitext.ingest_run import CycleRequest, open_doors
from unbitext.outcome import BuildOutcome
from unbitext.parse_results import ParseResults
from unbitext.plan import Plan
from unbitext.sources.acceptance import plain_parse
from unbitext.sources.fetching import open_fetcher

A, B = "POND/2026/1", "POND/2026/2"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file was read by a reader, by its sha256: every parse of any step begins there."""
    counts: Counter[str] = Counter()
    read = parsers.parse.read

    def count(data: bytes, *, recover: bool = False) -> Reading:
        counts[sha256(data).hexdigest()] += 1
        return read(data, recover=recover)

    monkeypatch.setattr(parsers.parse, "read", count)
    return counts


def inbox_cycle(pond: Pond) -> CycleOutcome:
    settings = pond.settings(still_seconds=0)
    with open_doors(CycleRequest(kinds=("inbox",)), settings, pond.clock) as (sources, fetcher):
        return run_cycle(Cycle(settings, pond.clock.now), sources, fetcher, build=pond.build)


def waiting_results(pond: Pond) -> int:
    return len(list((pond.folder / "state/cache").glob("*/read/*/*")))


def publish(pond: Pond) -> None:
    """A pair, a PDF with a Word file beside it, and a reissue to come."""
    pond.publish(A)
    pond.publish(B, "zh", number=2)
    pond.server.publish(B, "zh", "docx", chinese_word(B))


def test_each_file_is_parsed_once_in_a_cycle_and_not_again(pond: Pond, reads: Counter[str]) -> None:
    publish(pond)
    pond.cycle()
    assert (len(reads), set(reads.values())) == (4, {1})  # the Word file is looked into, too
    assert waiting_results(pond) == 0
    pond.server.publish(A, "zh", "pdf", pond_paper(A, "zh", 9))
    pond.records += [record(A, "zh", Claim.CHANGED), record(B, "zh", Claim.CHANGED)]
    pond.cycle()
    assert (len(reads), set(reads.values())) == (5, {1})
    assert pond.builds == 2


def test_a_dropped_file_is_parsed_once(pond: Pond, reads: Counter[str]) -> None:
    inbox = pond.folder / "data/inbox"
    inbox.mkdir(parents=True)
    for language in ("en", "zh"):
        lines = pond_text("POND/PV.7", language, 7)
        (inbox / f"dropped in {language}.txt").write_text("\n".join(lines), encoding="utf-8")
    inbox_cycle(pond)
    assert pond.states() == {"POND/PV.7 en": "aligned", "POND/PV.7 zh": "aligned"}
    assert (len(reads), set(reads.values())) == (2, {1})


def test_a_build_that_was_broken_off_takes_over_what_was_fetched(pond: Pond, reads: Counter[str]) -> None:
    def break_off(_: Plan) -> BuildOutcome:
        raise KeyboardInterrupt

    publish(pond)
    with pytest.raises(KeyboardInterrupt):
        pond.cycle(break_off)
    pond.cycle()
    assert (len(reads), set(reads.values())) == (4, {1})


def test_the_corpus_is_the_same_as_with_a_parse_for_each_step(pond: Pond, reads: Counter[str], tmp_path: Path) -> None:
    publish(pond)
    pond.cycle()
    once = tree(pond.folder / "corpus")
    other = Pond(pond.server, tmp_path / "other")
    other.records = pond.records
    settings = other.settings()
    with open_fetcher(settings, clock=other.clock, parse=plain_parse) as fetcher:
        run_cycle(Cycle(settings, other.clock.now), other.sources, fetcher, build=other.build)
    assert tree(other.folder / "corpus") == once
    assert sorted(reads.values()) == [2, 3, 3, 3]  # once before, and twice now but for the Word file


def test_without_a_cache_each_step_parses_by_itself(pond: Pond, reads: Counter[str]) -> None:
    publish(pond)
    (pond.folder / "state").mkdir()
    (pond.folder / "state/cache").write_text("a file in the way")
    settings = pond.settings()
    with open_fetcher(settings, clock=pond.clock) as fetcher:
        outcome = Cycle(settings, pond.clock.now).gather(pond.sources, fetcher)
    assert len(outcome.new) == 3
    (pond.folder / "state/cache").unlink()
    pond.cycle()
    assert sorted(reads.values()) == [1, 2, 2, 2]  # the build does not look into the Word file


def test_a_dry_run_keeps_nothing(pond: Pond) -> None:
    with open_fetcher(pond.settings(), clock=pond.clock, dry_run=True) as fetcher:
        assert fetcher.parse is plain_parse


def test_what_no_build_takes_over_goes_after_a_week(pond: Pond, monkeypatch: pytest.MonkeyPatch) -> None:
    pond.server.publish(A, "en", "pdf", paper(B))
    pond.records.append(record(A, "en"))
    pond.publish(B)
    pond.cycle()
    assert waiting_results(pond) == 1  # what was refused
    results = ParseResults.below(pond.settings().state)
    results.drop_old()
    assert waiting_results(pond) == 1
    monkeypatch.setattr("unbitext.parse_results._LONGEST_DAYS", -1.0)
    results.drop_old()
    assert waiting_results(pond) == 0
