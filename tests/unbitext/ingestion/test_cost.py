"""What cycles with the real sources cost: what is new is fetched once, and nothing new costs a request a series."""

import pytest

from parsers.readers.read import read
from parsers.readers.reading import Reading
from schemas.fetching import FetchStatus
from tests.flows.trees import times
from tests.loopback.pond import pond_paper, pond_text
from tests.unbitext.ingestion.conftest import Pond, record
from unbitext.ingest import Cycle, CycleOutcome, run_cycle
from unbitext.ingest_report import render_cycle
from unbitext.ingest_run import CycleRequest, open_doors


def cycle(pond: Pond, contact: str = "tests@example.org", **request: object) -> CycleOutcome:
    settings = pond.settings(still_seconds=0, contact=contact)
    wanted = CycleRequest.model_validate({"kinds": ("enumeration", "changes"), **request})
    with open_doors(wanted, settings, pond.clock) as (sources, fetcher):
        return run_cycle(Cycle(settings, pond.clock.now), sources, fetcher, build=pond.build)


@pytest.fixture
def two_series(pond: Pond) -> Pond:
    for body in ("POND", "MERE"):
        for number in (1, 2, 4):
            for language in ("en", "zh"):
                symbol = f"{body}/PV.{number}"
                pond.server.publish(symbol, language, "pdf", pond_paper(symbol, language, number))
    return pond


SERIES = ("POND/PV", "MERE/PV")


def test_nothing_new_costs_one_request_a_series_and_no_parsing(
    two_series: Pond, monkeypatch: pytest.MonkeyPatch
) -> None:
    pond = two_series
    assert len(cycle(pond, series=SERIES).new) == 12
    before, builds = times(pond.folder / "corpus"), pond.builds
    pond.server.forget_requests()
    monkeypatch.setattr("parsers.parse.read", lambda *_, **__: pytest.fail("a file was parsed"))
    outcome = cycle(pond, series=SERIES)
    assert pond.server.asked_for() == {(f"{body}/PV.5", "en", "pdf"): 1 for body in ("POND", "MERE")}
    assert pond.server.asked() == 2
    assert [one.status for one in outcome.taken] == [FetchStatus.ABSENT] * 2
    assert (times(pond.folder / "corpus"), pond.builds) == (before, builds)


def test_what_is_new_is_fetched_and_what_is_old_is_not_parsed_again(
    two_series: Pond, monkeypatch: pytest.MonkeyPatch
) -> None:
    pond = two_series
    cycle(pond, series=SERIES)
    pond.server.publish("POND/PV.5", "en", "pdf", pond_paper("POND/PV.5", "en", 5))
    parsed = []

    def count(data: bytes, *, recover: bool = False) -> Reading:
        parsed.append(data)
        return read(data, recover=recover)

    monkeypatch.setattr("parsers.parse.read", count)
    assert [(one.symbol, one.language) for one in cycle(pond, series=SERIES).new] == [("POND/PV.5", "en")]
    assert len(parsed) == 1
    assert pond.states()["POND/PV.5 zh"] == "absent"
    pond.server.publish("POND/PV.5", "zh", "pdf", pond_paper("POND/PV.5", "zh", 5))
    pond.clock.pass_days(2)
    cycle(pond, series=SERIES)
    assert pond.states()["POND/PV.5 zh"] == "aligned"


def test_a_document_in_the_second_language_alone_is_found_and_waits_for_its_original(pond: Pond) -> None:
    pond.server.publish("POND/PV.1", "en", "pdf", pond_paper("POND/PV.1", "en", 1))
    pond.server.publish("POND/PV.3", "zh", "pdf", pond_paper("POND/PV.3", "zh", 3))
    outcome = cycle(pond, series=("POND/PV",), kinds=("enumeration",))
    assert [(one.symbol, one.language) for one in outcome.new] == [("POND/PV.1", "en"), ("POND/PV.3", "zh")]
    assert {pond.states()[f"POND/PV.3 {language}"] for language in ("en", "zh")} == {"absent", "waiting"}
    pond.server.publish("POND/PV.3", "en", "pdf", pond_paper("POND/PV.3", "en", 3))
    pond.clock.pass_days(8)
    cycle(pond, series=("POND/PV",), kinds=("enumeration",))
    assert {pond.states()[f"POND/PV.3 {language}"] for language in ("en", "zh")} == {"aligned"}


def test_a_dropped_file_enters_the_same_path(pond: Pond) -> None:
    inbox = pond.folder / "data/inbox"
    (inbox / "below").mkdir(parents=True)
    for language in ("en", "zh"):
        lines = pond_text("POND/PV.7", language, 7)
        (inbox / f"{language}.txt").write_text("\n".join(lines), encoding="utf-8")
    (inbox / "nameless.txt").write_text("The frogs of the pond sing at night, and nobody counts them.\n" * 20)
    outcome = cycle(pond, kinds=("inbox",), contact="")
    assert "| below | it is a folder, and folders are not looked into" in render_cycle(outcome, [], pond.clock.now())
    assert [(one.status, one.code) for one in outcome.unsettled] == [(FetchStatus.REFUSED, "symbol-needed")]
    assert pond.states() == {"POND/PV.7 en": "aligned", "POND/PV.7 zh": "aligned"}
    assert list(inbox.glob("*.txt")) == []
    assert cycle(pond, kinds=("inbox",)).taken == ()
    assert pond.server.asked() == 0


def test_without_a_contact_what_is_due_waits_and_the_inbox_is_taken(pond: Pond) -> None:
    pond.publish("POND/PV.1", "zh")
    pond.records.append(record("POND/PV.1", "en"))
    pond.cycle()
    pond.clock.pass_days(100)
    pond.server.forget_requests()
    inbox = pond.folder / "data/inbox"
    inbox.mkdir(parents=True)
    (inbox / "a.pdf").write_bytes(pond_paper("POND/PV.1", "en", 1))
    outcome = cycle(pond, kinds=("inbox",), contact="")
    assert [one.symbol for one in outcome.new] == ["POND/PV.1"]
    assert "no host is asked without UNBITEXT_CONTACT" in outcome.notes[0]
    assert pond.server.asked() == 0
