"""OAI-PMH: windows, tokens, deletions, late entries; and XML that is not to be trusted."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

from schemas.fetching import Claim, SourceRecord
from schemas.relations import Relation, RelationKind
from schemas.series import parse_series
from tests.loopback import behaviour
from tests.loopback.oai import LibraryRecord
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import Open, QuickClock
from unbitext.sources.library import read_note
from unbitext.sources.oai import MetadataPrefix, Oai
from unbitext.sources.oai_xml import OaiAnswerError, parse_page
from unbitext.sources.source import Batch

DAY = 86_400.0


def stamp(clock: QuickClock, days_ago: float) -> str:
    return (clock.now() - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def record(number: int, when: str, *symbols: str, **more: object) -> LibraryRecord:
    return LibraryRecord(number, when, symbols or (f"A/81/{number}",), title=f"Paper {number}", **more)  # type: ignore[arg-type]


def harvest(
    server: LoopbackServer, fetcher: Open, cursor: str | None = None, *, most: int | None = None, **options: object
) -> tuple[list[SourceRecord], str | None, list[Batch]]:
    """One cycle; `most` batches of it, then the kill."""
    with fetcher() as one:
        batches = []
        for batch in Oai(one.client, server.oai_url, languages=["en"], **options).discover(cursor):  # type: ignore[arg-type]
            batches.append(batch)
            cursor = batch.cursor
            if most is not None and len(batches) >= most:
                break
    return [found for batch in batches for found in batch.records], cursor, batches


def symbols(records: list[SourceRecord]) -> list[str | None]:
    return [found.symbol for found in records]


@pytest.mark.parametrize("prefix", ["marcxml", "oai_dc"])
def test_what_the_library_notes_is_read(
    server: LoopbackServer, fetcher: Open, clock: QuickClock, prefix: MetadataPrefix
) -> None:
    files = tuple(f"{server.base}/record/7/files/A_79_989-{code}.pdf" for code in ("EN", "ZH", "AR"))
    server.oai.records = [
        record(
            7,
            stamp(clock, 1),
            "A/79/989/Rev.1",
            "S/2025/511",
            issued="2025-08-05",
            files=files,
            related=("A/79/1", "no symbol"),
        )
    ]
    (found,), _, _ = harvest(server, fetcher, prefix=prefix)
    assert (found.symbol, found.other_symbols, found.language) == ("A/79/989/Rev.1", ("S/2025/511",), "en")
    assert (found.claim, found.urls) == (Claim.EXISTS, files[:1])
    assert (found.title, found.issued) == ("Paper 7", date(2025, 8, 5))
    assert (found.identifier, found.version) == ("oai:digitallibrary.un.org:7", server.oai.records[0].datestamp)
    revision = Relation(kind=RelationKind.REVISION, of="A/79/989", number=1)
    related = Relation(kind=RelationKind.RELATED, of="A/79/1")
    assert found.relations == ((revision, related) if prefix == "marcxml" else (revision,))


def test_a_record_in_a_collection_is_read() -> None:
    inner = LibraryRecord(1, "x", ("A/81/1",), "Paper")._marc()
    collection = etree.fromstring(f'<collection xmlns="http://www.loc.gov/MARC21/slim">{inner}</collection>')
    assert read_note(collection).symbols == ("A/81/1",)


@pytest.mark.parametrize(
    ("url", "files"),
    [
        ("https://digitallibrary.un.org/record/1/files/A_79_1-EN.pdf", {"en": 0}),
        ("http://digitallibrary.un.org/record/1/files/A_79_1-ZH.pdf", {"zh": "https"}),
        ("http://un.org.example.org/A_79_1-ZH.PDF", {"zh": 0}),
        ("https://digitallibrary.un.org/record/1/files/A_79_1-RU.docx?ln=en", {"ru": 0}),
        ("https://digitallibrary.un.org/record/1/files/A%2F79%2F1-FR.pdf", {"fr": 0}),
        ("https://digitallibrary.un.org/record/1/files/A_79_1.pdf", {}),
        ("https://digitallibrary.un.org/record/1/files/A_79_1-DE.pdf", {}),
    ],
)
def test_files_tell_their_language(url: str, files: dict[str, object]) -> None:
    marc = etree.fromstring(LibraryRecord(1, "x", ("A/79/1",), files=(url,))._marc())
    expected = {code: (url.replace("http:", "https:") if change else url,) for code, change in files.items()}
    assert read_note(marc).files == expected


def test_windows_are_bounded_and_follow_one_another(server: LoopbackServer, fetcher: Open, clock: QuickClock) -> None:
    server.oai.records = [record(number, stamp(clock, 29.5 - number)) for number in range(1, 30)]
    found, cursor, _ = harvest(server, fetcher)
    assert symbols(found) == [f"A/81/{number}" for number in range(1, 30)]
    windows = [*server.oai.windows]
    assert all(since < until for since, until in windows)
    assert [until for _, until in windows[:-1]] == [since for since, _ in windows[1:]]
    # Nothing new: one request, from where it ended.
    server.forget_requests()
    clock.jump(60)
    found, _, _ = harvest(server, fetcher, cursor)
    assert (found, server.asked()) == ([], 1)
    assert server.oai.windows[-1][0] == windows[-1][1]


@pytest.mark.parametrize("most", range(1, 7))
def test_a_harvest_that_is_killed_goes_on_with_its_page(
    server: LoopbackServer, fetcher: Open, clock: QuickClock, most: int
) -> None:
    server.oai.records = [record(number, stamp(clock, 5 - number / 10)) for number in range(1, 12)]
    first, cursor, _ = harvest(server, fetcher, most=most)
    asked = server.asked("/oai2d")
    rest, _, _ = harvest(server, fetcher, cursor)
    assert symbols(first) + symbols(rest) == [f"A/81/{number}" for number in range(1, 12)]
    assert server.asked("/oai2d") - asked <= 12 - asked + 5


def test_a_token_that_expired_begins_the_window_anew(server: LoopbackServer, fetcher: Open, clock: QuickClock) -> None:
    server.oai.records = [record(number, stamp(clock, 3 - number / 10)) for number in range(1, 8)]
    first, cursor, _ = harvest(server, fetcher, most=6)
    assert 0 < len(first) < 7
    server.oai.expire()
    rest, _, batches = harvest(server, fetcher, cursor)
    assert symbols(rest) == [f"A/81/{number}" for number in range(1, 8)]
    assert [batch.note for batch in batches if batch.note] == []


def test_tokens_that_always_expire_end_the_cycle_and_not_the_harvest(
    server: LoopbackServer, fetcher: Open, clock: QuickClock
) -> None:
    class Forgetful(dict[str, tuple[int, str, str, str]]):
        def __contains__(self, token: object) -> bool:
            return False

    server.oai.records = [record(number, stamp(clock, 3)) for number in range(1, 8)]
    honest, server.oai.tokens = server.oai.tokens, Forgetful()
    found, cursor, batches = harvest(server, fetcher)
    assert [note for batch in batches if (note := batch.note)] != []
    server.oai.tokens = honest
    rest, _, _ = harvest(server, fetcher, cursor)
    assert set(symbols(found)) | set(symbols(rest)) == {f"A/81/{number}" for number in range(1, 8)}


def test_deletions_are_told_by_identifier(server: LoopbackServer, fetcher: Open, clock: QuickClock) -> None:
    server.oai.records = [record(4, stamp(clock, 1), deleted=True)]
    (found,), _, _ = harvest(server, fetcher)
    assert (found.claim, found.symbol, found.identifier) == (Claim.DELETED, None, "oai:digitallibrary.un.org:4")


def test_late_entries_are_found_by_reading_the_last_days_again(
    server: LoopbackServer, fetcher: Open, clock: QuickClock
) -> None:
    server.oai.records = [record(1, stamp(clock, 2.5))]
    found, cursor, _ = harvest(server, fetcher)
    assert symbols(found) == ["A/81/1"]
    server.oai.records.append(record(2, stamp(clock, 10)))
    clock.jump(3600)
    found, cursor, _ = harvest(server, fetcher, cursor)
    assert found == []
    clock.jump(DAY)
    found, cursor, _ = harvest(server, fetcher, cursor)
    assert symbols(found) == ["A/81/2", "A/81/1"]
    clock.jump(60)
    server.forget_requests()
    assert harvest(server, fetcher, cursor)[0] == []
    assert server.asked() == 1


def test_a_clock_that_goes_back_loses_nothing(server: LoopbackServer, fetcher: Open, clock: QuickClock) -> None:
    clock.jump(5 * DAY)
    _, cursor, _ = harvest(server, fetcher)
    clock.jump(-5 * DAY)
    server.oai.records = [record(1, stamp(clock, 1))]
    found, _, _ = harvest(server, fetcher, cursor)
    assert symbols(found) == ["A/81/1"]


def test_series_limit_the_harvest(server: LoopbackServer, fetcher: Open, clock: QuickClock) -> None:
    when = stamp(clock, 1)
    named = ["CD/PV.1700", "CD/2300", "A/81/5", "NPT/CONF.2030/PC.I/WP.2/Corr.1"]
    server.oai.records = [record(number, when, symbol) for number, symbol in enumerate(named)]
    found, _, _ = harvest(server, fetcher, series=[parse_series("CD/PV"), parse_series("NPT/CONF")])
    assert symbols(found) == ["CD/PV.1700", "NPT/CONF.2030/PC.I/WP.2/Corr.1"]


def test_the_host_is_given_time_when_it_is_overloaded(server: LoopbackServer, fetcher: Open, clock: QuickClock) -> None:
    server.oai.records = [record(1, stamp(clock, 1))]
    server.fault_at("/oai2d", behaviour.status(503, {"Retry-After": "1"}), times=2)
    with fetcher(backoff_seconds=15, backoff_most_seconds=240) as one:
        batches = list(Oai(one.client, server.oai_url, languages=["en"]).discover(None))
    assert symbols([found for batch in batches for found in batch.records]) == ["A/81/1"]
    # One second is too short, whatever the host says: half of 15 and of 30 at least.
    waits = [wait for wait in clock.slept if wait > 2]
    assert len(waits) == 2
    assert 7.5 <= waits[0] <= 15
    assert 15 <= waits[1] <= 30


@pytest.mark.parametrize(
    ("fault", "note"),
    [
        (behaviour.status(503), "fetch-failed"),
        (behaviour.waf, "host-blocked"),
        (behaviour.challenge, "host-blocked"),
        (behaviour.status(404), "answer-unexpected"),
        (behaviour.sends(b"<OAI-PMH", "text/xml"), "answer-unexpected"),
        (behaviour.sends(b"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'/>", "text/xml"), "answer-unexpected"),
        (behaviour.page, "answer-unexpected"),
        (behaviour.redirects("https://example.org/"), "address-refused"),
    ],
)
def test_trouble_ends_the_cycle_with_a_note_and_the_next_one_reads_all(
    server: LoopbackServer, fetcher: Open, clock: QuickClock, fault: behaviour.Behaviour, note: str
) -> None:
    server.oai.records = [record(number, stamp(clock, 1)) for number in (1, 2, 3)]
    server.fault_at("/oai2d", fault)
    found, cursor, batches = harvest(server, fetcher)
    assert found == []
    assert str(batches[-1].note).startswith(note)
    server.heal()
    found, _, _ = harvest(server, fetcher, cursor)
    assert symbols(found) == ["A/81/1", "A/81/2", "A/81/3"]


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
    b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>&c;</ListRecords></OAI-PMH>'
)
OUTSIDE = (
    b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="x">&f;</error></OAI-PMH>'
)


@pytest.mark.parametrize(
    "xml",
    [
        BOMB,
        OUTSIDE,
        OUTSIDE.decode().replace("<!DOCTYPE", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE').encode("utf-16"),
        b"<a>" * 300_000 + b"</a>" * 300_000,
        b"<a/>" * 1_000_001,
        b"",
        b"\x00\x01",
        b"<html/>",
    ],
    ids=["entities", "outside", "utf-16", "deep", "many", "empty", "binary", "other"],
)
def test_hostile_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(OaiAnswerError):
        parse_page(xml)


def test_a_cursor_of_another_version_begins_anew(server: LoopbackServer, fetcher: Open, clock: QuickClock) -> None:
    server.oai.records = [record(1, stamp(clock, 1))]
    found, cursor, _ = harvest(server, fetcher, '{"other": 1}')
    assert symbols(found) == ["A/81/1"]
    assert cursor is not None
    assert datetime.fromisoformat(json.loads(cursor)["done"]) <= datetime.now(UTC) + timedelta(seconds=5)
