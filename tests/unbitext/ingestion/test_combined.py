"""Whole cycles with the real sources, and several troubles at once: in the end all is there, and nothing twice."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from lxml import etree

from schemas.fetching import Claim
from tests.flows.trees import tree
from tests.loopback import behaviour
from tests.loopback.oai import LibraryRecord
from tests.loopback.pond import pond_paper
from tests.unbitext.ingestion.conftest import Pond, record
from unbitext.ingest import Cycle, CycleOutcome, run_cycle
from unbitext.ingest_run import CycleRequest, open_doors
from unbitext.store import CorpusFolder
from unbitext.tei.names import NAMESPACES
from unbitext.tei.validate import validate_paths


def cycle(pond: Pond, *kinds: str, requests_a_day: int = 1_000_000) -> CycleOutcome:
    settings = pond.settings(requests_a_day=requests_a_day)
    wanted = CycleRequest(kinds=kinds or ("enumeration", "changes", "reissues", "oai"), series=("POND/PV",))
    with open_doors(wanted, settings, pond.clock) as (sources, fetcher):
        return run_cycle(Cycle(settings, pond.clock.now), sources, fetcher, build=pond.build)


def journal(pond: Pond, symbol: str, language: str) -> list[str]:
    with Cycle(pond.settings(), pond.clock.now).catalogue() as catalogue:
        return [f"{line.state.value} {line.note}".strip() for line in catalogue.history(symbol, language)]


def enter(pond: Pond, number: int, symbol: str, *, deleted: bool = False) -> None:
    """Let the library enter a record, or delete it, a minute ago."""
    stamp = datetime.fromtimestamp(pond.clock.at - 60, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    pond.server.oai.records = [one for one in pond.server.oai.records if one.number != number]
    pond.server.oai.records.append(LibraryRecord(number, stamp, () if deleted else (symbol,), deleted=deleted))


@pytest.fixture
def series(pond: Pond) -> Pond:
    """Four documents in two languages, which nobody has asked for yet."""
    for number in range(1, 5):
        for language in ("en", "zh"):
            symbol = f"POND/PV.{number}"
            pond.server.publish(symbol, language, "pdf", pond_paper(symbol, language, number))
    return pond


ALL = {f"POND/PV.{number} {language}": "aligned" for number in range(1, 5) for language in ("en", "zh")}


def there(pond: Pond) -> dict[str, str]:
    return {name: state for name, state in pond.states().items() if state != "absent"}


def asked_days(pond: Pond, run: Callable[[], CycleOutcome], most: int = 12) -> int:
    """Run a cycle a day until all is there; return how many it took."""
    for days in range(1, most):
        run()
        if there(pond) == ALL:
            return days
        pond.clock.pass_days(1.1)
    pytest.fail(f"not there after {most} cycles: {there(pond)}")


def test_a_budget_that_ends_in_the_middle_is_gone_on_with_day_by_day(series: Pond) -> None:
    whole = asked_days(series, lambda: cycle(series, "enumeration", requests_a_day=11))
    assert whole > 1
    # A document that the budget's end cut off is asked for again, and no file comes twice.
    files = [
        one for one in series.server.requests if one.path.startswith("/doc/") and "if-none-match" not in one.headers
    ]
    assert len(files) == len({one.path for one in files}) == len(ALL)
    assert validate_paths([series.folder / "corpus"]) == []


def test_robots_txt_that_disallows_or_fails_stops_all_and_nothing_is_lost(series: Pond) -> None:
    series.server.robots = "User-agent: *\nDisallow: /\n"
    refused = cycle(series)
    assert {one.code for one in refused.taken} <= {"robots-disallowed"}
    assert series.server.asked("/api") + series.server.asked("/oai2d") == 0
    assert there(series) == {"POND/PV.1 en": "wanted"}
    assert set(refused.failed_sources) == {"enumeration:POND/PV", "oai"}
    series.clock.pass_days(2)
    series.server.robots = ""
    series.server.fault_at("/robots.txt", behaviour.status(500))
    series.server.forget_requests()
    cycle(series)
    assert series.server.asked() == series.server.asked("/robots.txt") == series.settings().attempts  # once a cycle
    series.server.heal()
    series.clock.pass_days(2)
    cycle(series)
    assert there(series) == ALL


DATES = [-3600.0, 0.0, 1800.0, 90_000.0]


@pytest.mark.parametrize("seconds", DATES)
def test_retry_after_as_a_date_is_waited_for_past_and_to_come(series: Pond, seconds: float) -> None:
    when = format_datetime(datetime.fromtimestamp(series.clock.at + seconds, UTC), usegmt=True)
    series.server.fault_at("/api/symbol/access", behaviour.status(503, {"Retry-After": when}), times=1)
    cycle(series, "enumeration")
    is_long = seconds > 0
    assert series.server.asked("/api/symbol/access") == 1 if is_long else there(series) == ALL
    if is_long:
        series.clock.at += seconds - 10
        cycle(series, "enumeration")
        assert series.server.asked("/api/symbol/access") == 1
        series.clock.at += 3700
        cycle(series, "enumeration")
        assert there(series) == ALL


@pytest.mark.parametrize("value", ["Fri, 31 Dec 9999 23:59:59 -1200", "999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_rest_of_a_lifetime_is_a_month(series: Pond, value: str) -> None:
    series.server.fault_at("/api/symbol/access", behaviour.status(429, {"Retry-After": value}), times=1)
    cycle(series, "enumeration")
    series.clock.pass_days(29)
    cycle(series, "enumeration")
    assert series.server.asked("/api/symbol/access") == 1
    series.clock.pass_days(2)
    cycle(series, "enumeration")
    assert there(series) == ALL


def test_a_record_that_the_library_deletes_while_tokens_expire(series: Pond) -> None:
    for number in range(1, 5):
        enter(series, number, f"POND/PV.{number}")
    cycle(series, "oai")
    assert there(series) == ALL
    before = tree(series.folder / "corpus")
    for number in (1, 2, 3):
        enter(series, number, f"POND/PV.{number}", deleted=True)
    document = series.server.oai.document
    left = [2]

    def expiring(query: dict[str, str]) -> str:
        if "resumptionToken" in query and left[0]:
            left[0] -= 1
            series.server.oai.expire()
        return document(query)

    series.server.oai.document = expiring  # type: ignore[method-assign]
    series.clock.pass_days(2)
    outcome = cycle(series, "oai")
    assert (len(outcome.notes), left) == (6, [0])
    assert all("which stays aligned" in note for note in outcome.notes)
    assert there(series) == ALL
    assert tree(series.folder / "corpus") == before
    for number in (1, 2, 3):
        for language in ("en", "zh"):
            lines = journal(series, f"POND/PV.{number}", language)
            assert sum("has deleted its record" in line for line in lines) == 1


def test_tokens_that_lead_in_a_circle_end_the_harvest_with_a_note(series: Pond) -> None:
    for number in range(1, 5):
        enter(series, number, f"POND/PV.{number}")
    service = series.server.oai
    document = service.document

    def circling(query: dict[str, str]) -> str:
        token = {"a": "b", "b": "a"}.get(query.get("resumptionToken", ""), "a")
        whole = {"verb": "ListRecords", "metadataPrefix": "marcxml", "from": "2026", "until": "2027"}
        return document(whole).replace("</ListRecords>", f"<resumptionToken>{token}</resumptionToken></ListRecords>")

    service.page_size = 10
    service.document = circling  # type: ignore[method-assign]
    outcome = cycle(series, "oai")
    assert "they lead in a circle" in outcome.notes[0]
    assert series.server.asked("/oai2d") == 3
    assert there(series) == ALL


def test_a_corrigendum_and_a_revision_that_come_before_their_document(pond: Pond) -> None:
    symbol = "POND/2026/1"
    pond.publish(f"{symbol}/Corr.1", number=7)
    pond.publish(f"{symbol}/Rev.1", number=8)
    pond.cycle()
    header = etree.parse(pond.folder / "corpus" / CorpusFolder.document("POND_2026_1_Corr.1.zh"))
    (corrected,) = header.iterfind(".//tei:relatedItem[@type='corrects']/tei:bibl/tei:idno", NAMESPACES)
    assert corrected.text == symbol
    root = pond.folder / "corpus" / CorpusFolder.CORPUS
    assert list(etree.parse(root).iterfind(".//tei:relation", NAMESPACES)) == []
    assert set(pond.states().values()) == {"aligned"}

    pond.publish(symbol, number=1)
    pond.cycle()
    names = {one.get("name") for one in etree.parse(root).iterfind(".//tei:relation", NAMESPACES)}
    assert names == {"corrects", "supersedes"}
    states = pond.states()
    assert (states[f"{symbol} zh"], states[f"{symbol}/Corr.1 zh"]) == ("superseded", "aligned")
    assert validate_paths([pond.folder / "corpus"]) == []


def test_a_host_that_turns_away_in_the_middle_leaves_what_came(pond: Pond) -> None:
    pond.publish("POND/2026/1")
    pond.publish("POND/2026/2", "zh")
    pond.records.append(record("POND/2026/2", "en"))
    pond.server.fault("POND/2026/2", "en", "pdf", behaviour.waf)
    pond.cycle()
    assert pond.states() == {
        "POND/2026/1 en": "aligned",
        "POND/2026/1 zh": "aligned",
        "POND/2026/2 en": "wanted",
        "POND/2026/2 zh": "waiting",
    }


def test_a_host_that_is_down_is_left_alone_and_asked_again_later(pond: Pond) -> None:
    for number in range(1, 9):
        pond.publish(f"POND/2026/{number}", "en", number=number)
    pond.server.fault("POND/2026/1", "en", "pdf", behaviour.status(500))
    pond.cycle()
    for number in range(1, 9):
        pond.server.publish(f"POND/2026/{number}", "en", "pdf", pond_paper(f"POND/2026/{number}", "en", number + 10))
        pond.records.append(record(f"POND/2026/{number}", "en", Claim.CHANGED))
    pond.server.fault_at("/api/symbol/access", behaviour.resets)
    pond.server.forget_requests()
    pond.clock.pass_days(1)
    outcome = pond.cycle()
    assert len(outcome.unsettled) == 9
    assert pond.server.asked("/api") == 5 * pond.settings().attempts
    assert "is left alone" in outcome.unsettled[-1].message
    pond.server.heal()
    pond.clock.pass_days(1)
    pond.cycle()
    assert pond.states()["POND/2026/1 en"] == "structured"
