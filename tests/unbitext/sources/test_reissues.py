"""Documents that are here are asked for again, once in a round, some in each cycle."""

import pytest

from schemas.fetching import Claim, FetchStatus
from schemas.series import parse_series
from tests.loopback.papers import paper
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import Open, QuickClock
from tests.unbitext.sources.cycle import Catalogue, cycle
from unbitext.sources.enumeration import Enumeration
from unbitext.sources.reissues import Reissues

DAY = 86_400.0
SERIES = parse_series("CD/PV")


@pytest.fixture
def catalogue(server: LoopbackServer, fetcher: Open) -> Catalogue:
    found = Catalogue()
    for number in range(1, 6):
        server.publish(f"CD/PV.{number}", "en", "pdf", paper(f"CD/PV.{number}"))
    with fetcher() as one:
        cycle(Enumeration(SERIES, found, ["en"], misses=1), one, found)
    server.forget_requests()
    return found


def again(catalogue: Catalogue, clock: QuickClock, most: int = 2) -> list[str | None]:
    """One cycle, which fetches nothing by itself: the symbols that it names."""
    source = Reissues(SERIES, catalogue, ["en", "zh"], most=most, clock=clock)
    named = []
    for batch in source.discover(catalogue.cursors.get(source.name)):
        catalogue.cursors[source.name] = batch.cursor
        named += [record.symbol for record in batch.records]
        assert {record.claim for record in batch.records} <= {Claim.CHANGED}
        assert {record.language for record in batch.records} <= {"en"}
    return named


def test_each_document_has_its_turn_once_in_a_round(catalogue: Catalogue, clock: QuickClock) -> None:
    assert again(catalogue, clock) == []
    clock.jump(89 * DAY)
    assert again(catalogue, clock) == []
    clock.jump(2 * DAY)
    rounds = [again(catalogue, clock) for _ in range(5)]
    assert rounds == [["CD/PV.1", "CD/PV.2"], ["CD/PV.3", "CD/PV.4"], ["CD/PV.5"], [], []]
    clock.jump(-60 * DAY)
    assert again(catalogue, clock) == []
    clock.jump(91 * DAY)
    assert again(catalogue, clock, most=0) == []
    clock.jump(91 * DAY)
    assert again(catalogue, clock, most=9) == [f"CD/PV.{number}" for number in range(1, 6)]


def test_a_reissue_is_found_and_what_has_not_changed_is_not_sent(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, clock: QuickClock
) -> None:
    again(catalogue, clock)
    clock.jump(91 * DAY)
    server.publish("CD/PV.3", "en", "pdf", paper("CD/PV.3", 2))
    source = Reissues(SERIES, catalogue, ["en"], clock=clock)
    with fetcher() as one:
        batches = source.discover(catalogue.cursors[source.name])
        found = {record.symbol: one.fetch(record).status for batch in batches for record in batch.records}
    assert found.pop("CD/PV.3") is FetchStatus.FETCHED
    assert set(found.values()) == {FetchStatus.UNCHANGED}
