"""Former versions that go by policy, after whole cycles: what goes, what stays, what is said, what comes back."""

import json
import logging
import os
from pathlib import Path

import pytest

from parsers.parse import parse_file
from schemas.catalogue import KeptDocument
from schemas.fetching import Claim, FetchedFile
from schemas.settings import Value
from tests.flows.trees import tree
from tests.loopback.papers import chinese_word, paper
from tests.loopback.pond import pond_paper
from tests.unbitext.ingestion.conftest import Pond, record
from unbitext.catalogue.catalogue import Catalogue
from unbitext.cycle_record import recorded
from unbitext.ingest import Cycle, CycleOutcome
from unbitext.ingest_report import render_cycle
from unbitext.retention.errors import UncertainError
from unbitext.retention.policy import Policy, Pruned
from unbitext.retention.releases import note_release
from unbitext.status import describe_document
from unbitext.verification import FETCHED_AGAIN, FORMER, verify

A, B = "POND/2026/1", "POND/2026/2"
KEEP: dict[str, Value] = {"keep_versions_days": 30}


def run(pond: Pond, **changes: Value) -> CycleOutcome:
    with recorded(Cycle(pond.settings(**changes), pond.clock.now)) as told:
        outcome = pond.cycle(**changes)
        told(outcome)
    return outcome


def days(pond: Pond, number: float, **changes: Value) -> list[CycleOutcome]:
    """Let days pass, with a cycle each week and one at the end."""
    outcomes = []
    while number > 0:
        pond.clock.pass_days(min(number, 7))
        number -= 7
        outcomes.append(run(pond, **(changes or KEEP)))
    return outcomes


def removed(outcomes: list[CycleOutcome]) -> list[str]:
    return [one.file.sha256 for outcome in outcomes if outcome.pruned for one in outcome.pruned.removed]


def reissue(pond: Pond, symbol: str, language: str, number: int) -> None:
    pond.server.publish(symbol, language, "pdf", pond_paper(symbol, language, number))
    pond.records.append(record(symbol, language, Claim.CHANGED))


def kept(pond: Pond, symbol: str, language: str) -> KeptDocument:
    note = Cycle(pond.settings()).kept.get(symbol, language)
    assert note is not None
    return note


def holds(pond: Pond, file: FetchedFile) -> bool:
    return Cycle(pond.settings()).files.holds(file)


def apply(pond: Pond, *, dry_run: bool = False, trust_clock: bool = False, **changes: Value) -> Pruned:
    settings = pond.settings(**(changes or KEEP))
    cycle = Cycle(settings, pond.clock.now)
    with cycle.catalogue() as catalogue:
        return Policy(settings, catalogue, cycle.kept, cycle.files).apply(dry_run=dry_run, trust_clock=trust_clock)


def faults(pond: Pond) -> list[str]:
    cycle = Cycle(pond.settings(), pond.clock.now)
    with cycle.catalogue() as catalogue:
        return [f"{fault.message}; {fault.done}" for fault in verify(catalogue, cycle.kept, cycle.files)]


@pytest.fixture
def reissued(pond: Pond) -> Pond:
    """A pair whose translation was issued again; a cycle ago."""
    pond.publish(A)
    run(pond)
    reissue(pond, A, "zh", 30)
    run(pond)
    return pond


def test_without_a_policy_everything_is_kept_for_ever(reissued: Pond) -> None:
    outcomes = days(reissued, 28, misses=5)
    reissued.clock.pass_days(4000)
    outcomes += days(reissued, 28, misses=5)
    assert {outcome.pruned for outcome in outcomes} == {None}
    assert holds(reissued, kept(reissued, A, "zh").earlier[0])


def test_a_former_version_goes_when_its_days_are_over_and_leaves_a_tombstone(
    reissued: Pond, caplog: pytest.LogCaptureFixture
) -> None:
    former = kept(reissued, A, "zh").earlier[0]
    assert removed(days(reissued, 29)) == []
    corpus = tree(reissued.folder / "corpus")
    with caplog.at_level(logging.INFO, "unbitext"):
        (last,) = days(reissued, 1)
    assert removed([last]) == [former.sha256]
    assert not Cycle(reissued.settings()).files.has_traces(former)
    assert holds(reissued, kept(reissued, A, "zh").file)
    assert tree(reissued.folder / "corpus") == corpus
    assert kept(reissued, A, "zh").earlier == (former,)  # that there was one is not forgotten

    with Cycle(reissued.settings(), reissued.clock.now).catalogue() as catalogue:
        (tombstone,) = catalogue.former.removals(former.sha256)
        entry = catalogue.entry(A, "zh")
        assert entry is not None
        said = "\n".join(describe_document(catalogue, entry))
        report = render_cycle(last, catalogue.counts(), reissued.clock.now())
    assert tombstone.file == former
    assert (tombstone.file.size_bytes, tombstone.file.url is None) == (len(pond_paper(A, "zh", 1)), False)
    assert (tombstone.removed_at, tombstone.documents) == (reissued.clock.now(), (f"{A} (zh)",))
    assert "30 days (keep_versions_days)" in tombstone.reason
    assert f"former   {former.sha256[:12]}" in said
    assert "removed 2026-12-21" in said
    assert f"the former file {former.sha256[:12]} is removed" in said
    assert "## Former files removed" in report
    assert former.sha256 in report
    assert any(former.sha256 in message and "removed" in message for message in caplog.messages)
    assert faults(reissued) == []


def test_nothing_is_done_twice_and_cycles_of_one_day_take_stock_once(reissued: Pond) -> None:
    days(reissued, 31)
    assert run(reissued, **KEEP).pruned is None
    reissued.clock.pass_days(1)
    assert run(reissued, **KEEP).pruned == Pruned()


def test_a_dry_run_lists_what_would_go_and_writes_nothing(reissued: Pond) -> None:
    days(reissued, 28)
    reissued.clock.pass_days(5)
    before = tree(reissued.folder / "data")
    for _ in range(2):
        assert [one.file.sha256 for one in apply(reissued, dry_run=True).removed] == [
            kept(reissued, A, "zh").earlier[0].sha256
        ]
    assert tree(reissued.folder / "data") == before
    assert len(apply(reissued).removed) == 1
    assert apply(reissued, dry_run=True).removed == ()


def test_on_the_first_look_the_dates_of_the_files_count_where_a_cycle_vouches_for_the_clock(reissued: Pond) -> None:
    days(reissued, 100, misses=5)  # without a policy
    assert [one.file.sha256 for one in apply(reissued).removed] == [kept(reissued, A, "zh").earlier[0].sha256]


@pytest.mark.parametrize("lost", ["cycle.json", "clock"])
def test_on_the_first_look_nothing_goes_where_nothing_vouches_for_the_clock(reissued: Pond, lost: str) -> None:
    if lost == "clock":
        reissued.clock.pass_days(4000)
    else:
        days(reissued, 100, misses=5)
        (reissued.folder / "state" / lost).unlink()
    found = apply(reissued)
    assert (found.removed, found.waiting) == ((), 1)
    assert found.note
    assert removed(days(reissued, 29)) == []
    assert len(removed(days(reissued, 2))) == 1


def test_a_clock_that_jumps_forwards_and_back_removes_nothing_too_early(reissued: Pond) -> None:
    assert removed(days(reissued, 10)) == []
    reissued.clock.pass_days(3650)
    jumped = run(reissued, **KEEP)
    assert jumped.pruned is not None
    assert jumped.pruned.note is not None
    assert "3650 days have passed" in jumped.pruned.note
    assert removed([jumped]) == []
    assert removed(days(reissued, 10)) == []  # the wrong clock goes on: ten days are ten days
    reissued.clock.pass_days(-3650)
    assert removed([run(reissued, **KEEP)]) == []
    assert removed(days(reissued, 9)) == []
    assert len(removed(days(reissued, 1))) == 1
    assert faults(reissued) == []


def test_a_person_can_vouch_for_the_clock(reissued: Pond) -> None:
    days(reissued, 10)
    reissued.clock.pass_days(100)
    assert apply(reissued, dry_run=True).removed == ()
    assert len(apply(reissued, trust_clock=True).removed) == 1


def test_what_was_removed_is_fetched_again_when_the_un_goes_back_to_it(reissued: Pond) -> None:
    former = kept(reissued, A, "zh").earlier[0]
    days(reissued, 31)
    reissue(reissued, A, "zh", 1)  # the first edition once more
    run(reissued, **KEEP)
    assert kept(reissued, A, "zh").file.sha256 == former.sha256
    assert holds(reissued, former)
    assert Cycle(reissued.settings()).files.removal(former.sha256) is None
    assert faults(reissued) == []
    assert removed(days(reissued, 33)) == [kept(reissued, A, "zh").earlier[-1].sha256]
    # Lost now, it is a fault: that it was removed once is no excuse.
    Cycle(reissued.settings()).files.path(former).unlink()
    assert any(FETCHED_AGAIN in fault for fault in faults(reissued))


def test_a_former_version_that_is_lost_otherwise_is_a_fault(reissued: Pond) -> None:
    path = Cycle(reissued.settings()).files.path(kept(reissued, A, "zh").earlier[0])
    path.unlink()
    path.with_suffix(".json").unlink()
    assert faults(reissued) == [f"the file is lost; {FORMER}"]


def test_tombstones_outlive_the_catalogue_and_torn_ones_are_mended(reissued: Pond) -> None:
    former = kept(reissued, A, "zh").earlier[0]
    days(reissued, 31)
    (tombstone,) = (reissued.folder / "data/fetched/removed").glob("*/*.json")
    whole = tombstone.read_bytes()
    tombstone.write_bytes(whole[:20])
    assert len(faults(reissued)) == 1
    assert tombstone.read_bytes() == whole
    (reissued.folder / "state/catalogue/catalogue.sqlite").unlink()
    with Cycle(reissued.settings(), reissued.clock.now).catalogue() as catalogue:
        assert len(catalogue.former.removals(former.sha256)) == 1
    assert faults(reissued) == []


def test_a_catalogue_without_these_tables_gets_them_and_can_be_read(reissued: Pond) -> None:
    path = reissued.folder / "state/catalogue/catalogue.sqlite"
    with Catalogue(path) as catalogue:
        for table in ("former", "removals", "retention"):
            catalogue._connection.execute(f"DROP TABLE {table}")
    with Catalogue(path, read_only=True) as catalogue:
        entry = catalogue.entry(A, "zh")
        assert entry is not None
        assert any("former" in line for line in describe_document(catalogue, entry))
    assert len(removed(days(reissued, 31))) == 1


def word_beside(pond: Pond) -> FetchedFile:
    """A former Word file beside a PDF that stayed."""
    pond.server.publish(B, "zh", "pdf", pond_paper(B, "zh", 1))
    pond.server.publish(B, "zh", "docx", chinese_word(B))
    pond.records.append(record(B, "zh"))
    run(pond)
    former = kept(pond, B, "zh").word
    assert former is not None
    pond.server.publish(B, "zh", "docx", chinese_word(f"{B} "))
    reissue(pond, B, "zh", 2)
    run(pond)
    assert kept(pond, B, "zh").word != former
    return former


def refused_before(pond: Pond) -> FetchedFile:
    """A file that was put aside, and then replaced by one that was accepted."""
    pond.server.publish(B, "en", "pdf", paper("POND/2026/77"))
    pond.records.append(record(B, "en"))
    (aside,) = [one for one in run(pond).taken if one.code == "wrong-document"]
    assert aside.symbol == B
    (path,) = (pond.folder / "data/fetched/aside").glob("??/*.pdf")
    former = FetchedFile.model_validate_json(path.with_suffix(".json").read_bytes())
    reissue(pond, B, "en", 2)
    run(pond)
    assert path.is_file()
    return former


@pytest.mark.parametrize(("make", "aside"), [(word_beside, False), (refused_before, True)])
def test_other_files_that_an_address_no_longer_gives_go_too(pond: Pond, make: object, aside: bool) -> None:
    former = make(pond)  # type: ignore[operator]
    days(pond, 33)
    files = Cycle(pond.settings()).files
    assert not files.has_traces(former, aside=aside)
    assert files.removal(former.sha256, aside=aside) is not None
    assert faults(pond) == []


def released(pond: Pond) -> None:
    note_release(pond.folder / "data", pond.folder / "releases/1.0", [kept(pond, A, "zh").earlier[0].sha256])


def built_elsewhere(pond: Pond) -> None:
    """Another corpus of this state folder was built from it."""
    record_path = next((pond.folder / "state/builds").glob("*.json"))
    found = json.loads(record_path.read_bytes())
    sources = {kept(pond, A, "zh").earlier[0].sha256: "somewhere"}
    other = {**found, "out": "other", "sources": sources, "of_a_later_version": True}
    (record_path.parent / "other.json").write_text(json.dumps(other))


def test_what_another_document_refers_to_stays(pond: Pond) -> None:
    joint = pond_paper(f"{A}-{B}", "zh", 1)
    pond.server.publish(A, "zh", "pdf", joint)
    pond.server.publish(B, "zh", "pdf", joint)
    pond.records += [record(A, "zh"), record(B, "zh")]
    run(pond)
    reissue(pond, A, "zh", 30)
    run(pond)
    former = kept(pond, A, "zh").earlier[0]
    assert removed(days(pond, 60)) == []
    assert holds(pond, former)
    reissue(pond, B, "zh", 40)
    assert removed(days(pond, 29)) == []  # the days count from when the last one had gone
    assert removed(days(pond, 10)) == [former.sha256]


@pytest.mark.parametrize("refer", [released, built_elsewhere])
def test_what_a_release_or_another_corpus_rests_on_stays(reissued: Pond, refer: object) -> None:
    refer(reissued)  # type: ignore[operator]
    assert removed(days(reissued, 60)) == []
    assert holds(reissued, kept(reissued, A, "zh").earlier[0])


def test_a_file_that_is_refused_now_leaves_the_one_before_it_in_use(reissued: Pond) -> None:
    present = kept(reissued, A, "zh").file
    reissued.server.publish(A, "zh", "pdf", paper(B))
    reissued.records.append(record(A, "zh", Claim.CHANGED))
    run(reissued)
    days(reissued, 60)
    assert holds(reissued, present)
    assert reissued.states()[f"{A} zh"] == "aligned"


def tear_note(pond: Pond) -> None:
    next((pond.folder / "data/kept").glob("*/*.json")).write_text("{")


def tear_receipt(pond: Pond) -> None:
    next((pond.folder / "data/fetched/receipts").glob("*/*.json")).write_text("{")


def tear_release(pond: Pond) -> None:
    released(pond)
    next((pond.folder / "data/kept/released").glob("*.txt")).write_text("")


def change_corpus(pond: Pond) -> None:
    path = pond.folder / "corpus/tei/corpus.xml"
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize("fault", [tear_note, tear_receipt, tear_release, change_corpus])
def test_where_it_is_not_certain_what_is_needed_nothing_goes(reissued: Pond, fault: object) -> None:
    days(reissued, 28)
    reissued.clock.pass_days(5)
    former = kept(reissued, A, "zh").earlier[0]
    fault(reissued)  # type: ignore[operator]
    with pytest.raises(UncertainError):
        apply(reissued)
    assert holds(reissued, former)


def test_results_of_former_versions_go_and_those_in_use_stay(reissued: Pond, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = reissued.folder / "state/cache"
    now = reissued.clock.at + 31 * 86_400
    for path in cache.rglob("*"):
        os.utime(path, (0, 0))
    before = sum(path.is_file() for path in cache.rglob("*"))
    outcomes = days(reissued, 31)
    gone = sum(outcome.pruned.results for outcome in outcomes if outcome.pruned)
    assert reissued.clock.at == now
    # Of the former version: parsed, corrected, encoded, its record, the pair and its alignment.
    assert gone == 6
    assert sum(path.is_file() for path in cache.rglob("*")) == before - gone
    # What the corpus rests on is there: another document is all that is parsed.
    reissued.publish(B, "en")
    parsed: list[Path] = []

    def count(path: Path, **more: object) -> object:
        parsed.append(path)
        return parse_file(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("unbitext.build.parse_file", count)
    assert len(run(reissued, **KEEP).new) == 1
    assert len(parsed) <= 1


def test_without_a_policy_there_is_none_to_apply(reissued: Pond) -> None:
    with pytest.raises(ValueError, match="no policy"):
        apply(reissued, misses=5)
