"""Enumeration of series against a server: start, gaps, the end of a series, and what a cycle without news costs."""

from datetime import date, timedelta

import pytest

from schemas.fetching import Claim
from schemas.series import Scope, SeriesError, parse_series
from tests.loopback import behaviour
from tests.loopback.papers import chinese_word, paper
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import Open, QuickClock
from tests.unbitext.sources.cycle import Catalogue, cycle
from unbitext.sources.changes import Changes
from unbitext.sources.enumeration import Enumeration
from unbitext.sources.source import Presence

DAY = 86_400.0


def publish(server: LoopbackServer, *symbols: str, language: str = "en") -> None:
    for symbol in symbols:
        server.publish(symbol, language, "pdf", paper(symbol))


def english(catalogue: Catalogue) -> list[str]:
    return [found.removesuffix(" en") for found in catalogue.there() if found.endswith(" en")]


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("CD/PV", ("CD/PV.",)),
        ("CD/PV.{1500}", ("CD/PV.",)),
        ("A/79", ("A/79/", "A/79/L.", "A/79/WP.", "A/79/INF/", "A/79/PV.", "A/79/SR.")),
        ("S/PV", ("S/PV.",)),
        ("TPNW/MSP", ("TPNW/MSP/",)),
        ("SPECIMEN/WP", ("SPECIMEN/WP.",)),
        ("NPT/CONF.2026/WP.{n}", ("NPT/CONF.2026/WP.",)),
    ],
)
def test_series_are_read(text: str, prefixes: tuple[str, ...]) -> None:
    assert parse_series(text).prefixes == prefixes


@pytest.mark.parametrize(
    "text", ["", "cd/pv", "CD/PV.{x}", "CD/PV.{n}/1", "{n}", "CD PV", "../../etc/{n}", "A/{n}/{n}"]
)
def test_what_names_no_series_is_an_error(text: str) -> None:
    with pytest.raises(SeriesError):
        parse_series(text)


@pytest.mark.parametrize(
    ("series", "symbol", "held"),
    [
        ("CD/PV", "CD/PV.1511", True),
        ("CD/PV", "CD/PV.1511/Corr.1", True),
        ("CD/PV", "CD/1511", False),
        ("TPNW/MSP", "TPNW/MSP/2025/WP.4", True),
        ("NPT/CONF", "NPT/CONF.2020/PC.II/WP.1/Rev.1", True),
        ("A/79", "A/791/1", False),
        ("A/79", "A/79/L.1", True),
    ],
)
def test_series_know_their_symbols(series: str, symbol: str, held: bool) -> None:
    assert parse_series(series).holds(symbol) is held


def test_years_sessions_and_roman_numbers_are_filled_in() -> None:
    def scopes(text: str, today: str, *begun: str) -> list[str]:
        return [
            scope.before
            for scope in parse_series(text).scopes(date.fromisoformat(today), lambda prefix: prefix in begun)
        ]

    assert scopes("E/{year}/{n}", "2026-02-01") == ["E/2025/", "E/2026/", "E/2027/"]
    assert scopes("A/{session}/{n}", "2026-08-31") == ["A/79/", "A/80/", "A/81/"]
    assert scopes("A/{session}/{n}", "2026-09-01") == ["A/80/", "A/81/", "A/82/"]
    assert scopes("XAB/PC.{roman}/WP.{n}", "2026-01-01", "XAB/PC.I/") == ["XAB/PC.I/WP.", "XAB/PC.II/WP."]


def test_numbers_of_a_scope() -> None:
    scope = Scope("CD/PV.")
    cases = {"CD/PV.15": 15, "CD/PV.15/Corr.1": None, "CD/PV.015": None, "CD/PV.": None, "CD/15": None}
    assert {symbol: scope.number(symbol) for symbol in cases} == cases


def test_a_series_is_fetched_to_its_end_and_gaps_are_passed(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue
) -> None:
    publish(server, *(f"CD/PV.{number}" for number in (3, 4, 6, 9)))
    server.publish("CD/PV.3", "zh", "pdf", chinese_word("CD/PV.3"))
    with fetcher() as one:
        cycle(Enumeration(parse_series("CD/PV.{3}"), catalogue, misses=3), one, catalogue)
    assert english(catalogue) == ["CD/PV.3", "CD/PV.4", "CD/PV.6", "CD/PV.9"]
    assert "CD/PV.3 zh" in catalogue.there()
    assert ("CD/PV.12", "en") in catalogue.asked
    assert ("CD/PV.13", "en") not in catalogue.asked
    # A number that is missing in the first language is asked for in the other, and nothing more.
    assert {key: count for key, count in server.asked_for().items() if key[0] == "CD/PV.5"} == {
        ("CD/PV.5", "en", "pdf"): 1,
        ("CD/PV.5", "zh", "pdf"): 1,
    }


@pytest.mark.parametrize(
    ("english_ones", "chinese_ones", "asked_last"),
    [
        ((), (1,), 3),  # nothing in the first language at all
        ((1,), (2, 4), 6),  # the series goes on in the other alone, over a gap
        ((1, 6), (2, 3, 5), 8),  # and back again
        ((1, 2), (2,), 4),
        ((1,), (1, 4), 3),  # two missing in both end it
    ],
)
def test_a_document_in_the_second_language_alone_is_found_and_the_series_goes_on(
    server: LoopbackServer,
    fetcher: Open,
    catalogue: Catalogue,
    english_ones: tuple[int, ...],
    chinese_ones: tuple[int, ...],
    asked_last: int,
) -> None:
    publish(server, *(f"CD/PV.{number}" for number in english_ones))
    for number in chinese_ones:
        server.publish(f"CD/PV.{number}", "zh", "pdf", chinese_word(f"CD/PV.{number}"))
    with fetcher() as one:
        cycle(Enumeration(parse_series("CD/PV"), catalogue, ["en", "zh"], misses=2), one, catalogue)
    expected = [f"CD/PV.{number} en" for number in english_ones]
    expected += [f"CD/PV.{number} zh" for number in chinese_ones if number < asked_last]
    assert catalogue.there() == sorted(expected)
    assert len(catalogue.asked) == len(set(catalogue.asked))
    assert set(catalogue.asked) == {
        (f"CD/PV.{number}", language) for number in range(1, asked_last + 1) for language in ("en", "zh")
    }


def test_the_second_language_is_looked_at_weekly_and_at_once_where_the_first_comes(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, clock: QuickClock
) -> None:
    publish(server, "CD/PV.1")
    source = Enumeration(parse_series("CD/PV"), catalogue, ["en", "zh"], misses=2, clock=clock)

    def asked(days: float) -> set[tuple[str, str]]:
        clock.jump(days * DAY)
        catalogue.asked.clear()
        cycle(source, one, catalogue)
        return set(catalogue.asked)

    with fetcher() as one:
        cycle(source, one, catalogue)
        assert asked(0) == {("CD/PV.2", "en")}  # a cycle without news is one request
        assert asked(3) == {("CD/PV.2", "en")}
        assert {("CD/PV.2", "en"), ("CD/PV.2", "zh")} <= asked(5)
        for _ in range(8):
            assert ("CD/PV.2", "zh") in asked(8)
        publish(server, "CD/PV.2")
        assert {("CD/PV.2", "en"), ("CD/PV.2", "zh")} <= asked(1)
        # That it was absent ten times makes the next look no later: now there is reason to expect it.
        next_look = catalogue.look_up("CD/PV.2", "zh").next_look
        assert next_look is not None
        assert next_look - clock.now() <= timedelta(days=1)
        server.publish("CD/PV.3", "zh", "pdf", chinese_word("CD/PV.3"))
        asked(8)
    assert catalogue.there() == ["CD/PV.1 en", "CD/PV.2 en", "CD/PV.3 zh"]


def test_a_language_that_could_not_be_asked_for_is_no_miss(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue
) -> None:
    publish(server, "CD/PV.1")
    source = Enumeration(parse_series("CD/PV"), catalogue, ["en", "zh"], misses=2)
    with fetcher(requests_a_day=7) as one:  # robots.txt; number 1 in two languages with its redirect and Word file
        cycle(source, one, catalogue)
    number = int(catalogue.asked[-1][0].removeprefix("CD/PV."))
    assert catalogue.look_up(*catalogue.asked[-1]).presence is Presence.UNKNOWN
    assert f"CD/PV.{number} could not be asked for" in catalogue.notes[-1]
    server.publish(f"CD/PV.{number}", "zh", "pdf", chinese_word(f"CD/PV.{number}"))
    with fetcher(requests_a_day=1000) as one:
        cycle(source, one, catalogue)
    assert f"CD/PV.{number} zh" in catalogue.there()


@pytest.mark.parametrize("batches", range(1, 9))
@pytest.mark.parametrize("keeps_cursor", [True, False])
def test_a_cycle_that_is_killed_between_two_languages_loses_none(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, batches: int, keeps_cursor: bool
) -> None:
    for number in (1, 2, 4):
        publish(server, f"CD/PV.{number}")
        server.publish(f"CD/PV.{number}", "zh", "pdf", chinese_word(f"CD/PV.{number}"))
    source = Enumeration(parse_series("CD/PV"), catalogue, misses=2)
    with fetcher() as one:
        cycle(source, one, catalogue, most=batches)
        if not keeps_cursor:
            catalogue.cursors.clear()
        cycle(source, one, catalogue)
    assert catalogue.there() == [f"CD/PV.{number} {language}" for number in (1, 2, 4) for language in ("en", "zh")]


def test_a_cycle_without_news_is_one_request_and_news_is_found(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, clock: QuickClock
) -> None:
    publish(server, "CD/PV.1", "CD/PV.2")
    source = Enumeration(parse_series("CD/PV"), catalogue, ["en"], misses=4, clock=clock)
    with fetcher() as one:
        cycle(source, one, catalogue)
        server.forget_requests()
        cycle(source, one, catalogue)
    assert list(server.asked_for()) == [("CD/PV.3", "en", "pdf")]
    assert server.asked() == 1
    # What is published behind a number that is never used is found once the window is due, and not before.
    publish(server, "CD/PV.4")
    with fetcher() as one:
        cycle(source, one, catalogue)
        assert english(catalogue) == ["CD/PV.1", "CD/PV.2"]
        clock.jump(8 * DAY)
        cycle(source, one, catalogue)
        assert english(catalogue) == ["CD/PV.1", "CD/PV.2", "CD/PV.4"]
        # The gap is asked again when it is due, ever more rarely; the next number each time.
        publish(server, "CD/PV.3")
        clock.jump(20 * DAY)
        cycle(source, one, catalogue)
    assert english(catalogue) == ["CD/PV.1", "CD/PV.2", "CD/PV.3", "CD/PV.4"]


def test_a_host_that_turns_us_away_ends_the_series_for_the_cycle(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue
) -> None:
    publish(server, *(f"CD/PV.{number}" for number in (1, 2, 3)))
    server.fault("CD/PV.2", "en", "pdf", behaviour.waf)
    source = Enumeration(parse_series("CD/PV"), catalogue, ["en"], misses=3)
    with fetcher() as one:
        cycle(source, one, catalogue)
    assert catalogue.asked == [("CD/PV.1", "en"), ("CD/PV.2", "en")]
    assert ["CD/PV.2" in note for note in catalogue.notes] == [True]
    server.heal()
    with fetcher() as one:
        cycle(source, one, catalogue)
    assert english(catalogue) == ["CD/PV.1", "CD/PV.2", "CD/PV.3"]


@pytest.mark.parametrize("batches", range(1, 8))
def test_a_cycle_that_is_killed_loses_nothing(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, batches: int
) -> None:
    publish(server, *(f"CD/PV.{number}" for number in (1, 2, 4)))
    source = Enumeration(parse_series("CD/PV"), catalogue, ["en"], misses=2)
    with fetcher() as one:
        cycle(source, one, catalogue, most=batches)
        cycle(source, one, catalogue)
    assert english(catalogue) == ["CD/PV.1", "CD/PV.2", "CD/PV.4"]


def test_yearly_series_roll_over(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, clock: QuickClock
) -> None:
    year = clock.now().year
    publish(server, f"E/{year - 1}/1", f"E/{year}/1", f"E/{year}/2")
    source = Enumeration(parse_series("E/{year}/{n}"), catalogue, ["en"], misses=3, clock=clock)
    with fetcher() as one:
        cycle(source, one, catalogue)
        assert english(catalogue) == [f"E/{year - 1}/1", f"E/{year}/1", f"E/{year}/2"]
        assert (f"E/{year + 1}/1", "en") in catalogue.asked
        assert (f"E/{year + 1}/2", "en") not in catalogue.asked
        catalogue.asked.clear()
        cycle(source, one, catalogue)
        assert catalogue.asked == [(f"E/{year}/3", "en")]
        publish(server, f"E/{year + 1}/1", f"E/{year + 1}/2")
        clock.jump(366 * DAY)
        cycle(source, one, catalogue)
    assert english(catalogue)[-2:] == [f"E/{year + 1}/1", f"E/{year + 1}/2"]


def test_natures_that_a_body_does_not_use_are_asked_when_they_are_due(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, clock: QuickClock
) -> None:
    publish(server, "WCC/44/1", "WCC/44/2")
    source = Enumeration(parse_series("WCC/44"), catalogue, ["en"], misses=2, clock=clock)
    with fetcher() as one:
        cycle(source, one, catalogue)
        first = {("WCC/44/L.1", "en"), ("WCC/44/WP.1", "en"), ("WCC/44/SR.1", "en")}
        assert first <= set(catalogue.asked)
        catalogue.asked.clear()
        cycle(source, one, catalogue)
        assert catalogue.asked == [("WCC/44/3", "en")]
        for _ in range(10):
            clock.jump(8 * DAY)
            catalogue.asked.clear()
            cycle(source, one, catalogue)
            assert first <= set(catalogue.asked)


def test_sessions_of_a_committee_are_followed(server: LoopbackServer, fetcher: Open, catalogue: Catalogue) -> None:
    publish(server, "XAB/PC.I/WP.1", "XAB/PC.I/WP.2", "XAB/PC.II/WP.1")
    with fetcher() as one:
        cycle(Enumeration(parse_series("XAB/PC.{roman}/WP.{n}"), catalogue, ["en"], misses=2), one, catalogue)
    assert english(catalogue) == ["XAB/PC.I/WP.1", "XAB/PC.I/WP.2", "XAB/PC.II/WP.1"]
    assert ("XAB/PC.III/WP.1", "en") in catalogue.asked
    assert ("XAB/PC.IV/WP.1", "en") not in catalogue.asked


@pytest.mark.parametrize(
    "lie",
    [
        behaviour.redirects("https://login.example.org/"),
        behaviour.status(400),
        behaviour.sends(b'{"error": "no such document"}', "application/json"),
        behaviour.sends(paper("CD/PV.900")),
    ],
    ids=["redirect", "status", "json", "other"],
)
def test_a_host_that_answers_all_symbols_with_no_document_makes_no_series_endless(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, lie: behaviour.Behaviour
) -> None:
    publish(server, "CD/PV.1", "CD/PV.2")
    series = parse_series("CD/PV")
    with fetcher() as one:
        cycle(Enumeration(series, catalogue, ["en"], misses=3), one, catalogue)
        server.fault_at("/api/symbol/access", lie)
        catalogue.asked.clear()
        cycle(Enumeration(series, catalogue, ["en"], misses=3), one, catalogue)
        assert catalogue.asked == [("CD/PV.3", "en")]
        server.heal()
        publish(server, "CD/PV.3")
        cycle(Enumeration(series, catalogue, ["en"], misses=3), one, catalogue)
    assert english(catalogue) == ["CD/PV.1", "CD/PV.2", "CD/PV.3"]


def test_a_long_row_of_refused_files_goes_on_in_the_next_cycle(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue
) -> None:
    server.fault_at("/api/symbol/access", behaviour.sends(b"%PDF-1.4 a scan %%EOF"))
    with fetcher() as one:
        source = Enumeration(parse_series("CD/PV"), catalogue, ["en"])
        cycle(source, one, catalogue, most=1000)
        assert len(set(catalogue.asked)) == 50
        assert "refused" in catalogue.notes[-1]
        cycle(source, one, catalogue, most=1000)
    assert ("CD/PV.100", "en") in catalogue.asked
    assert ("CD/PV.101", "en") not in catalogue.asked


def test_a_dry_run_names_the_next_document_and_asks_nothing(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue
) -> None:
    with fetcher(dry_run=True) as one:
        seen = cycle(Enumeration(parse_series("CD/PV.{1700}"), catalogue, ["en"]), one, catalogue)
    assert [record.symbol for record in seen] == ["CD/PV.1700"]
    assert seen[0].claim is Claim.EXPECTED
    assert server.asked() == 0


def test_changes_of_known_documents_are_found_language_by_language(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue, clock: QuickClock
) -> None:
    there = ("A/81/1", "A/81/1/Add.1", "A/81/1/Add.2", "A/81/1/Add.1/Rev.1", "A/81/1/Corr.1", "A/81/PV.2")
    publish(server, *there)
    series = parse_series("A/81/{n}")
    with fetcher() as one:
        cycle(Enumeration(series, catalogue, ["en"], misses=1, clock=clock), one, catalogue)
        assert english(catalogue) == ["A/81/1"]
        source = Changes(series, catalogue, ["en", "zh"], most=50, clock=clock)
        for _ in range(4):
            cycle(source, one, catalogue)
        assert english(catalogue) == sorted(set(there) - {"A/81/PV.2"})
        assert ("A/81/1/Corr.1", "zh") in catalogue.asked
        # Nothing is due: nothing is asked.
        server.forget_requests()
        cycle(source, one, catalogue)
        assert server.asked() == 0
        clock.jump(8 * DAY)
        publish(server, "A/81/1/Add.3")
        cycle(source, one, catalogue)
    assert "A/81/1/Add.3 en" in catalogue.there()


def test_records_of_meetings_have_corrigenda_alone_and_all_documents_have_their_turn(
    server: LoopbackServer, fetcher: Open, catalogue: Catalogue
) -> None:
    publish(server, *(f"CD/PV.{number}" for number in range(1, 6)))
    series = parse_series("CD/PV")
    with fetcher() as one:
        cycle(Enumeration(series, catalogue, ["en"], misses=1), one, catalogue)
        catalogue.asked.clear()
        source = Changes(series, catalogue, ["en"], most=2)
        for _ in range(3):
            cycle(source, one, catalogue)
    assert catalogue.asked == [(f"CD/PV.{number}/Corr.1", "en") for number in range(1, 6)]
