"""Whatever a host sends ends in an answer of the program's own: nothing else is raised, whatever the bytes."""

from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from parsers.errors import Refusal
from schemas.document import Document
from schemas.series import SeriesError, parse_series
from tests.loopback.oai import LibraryRecord
from unbitext.sources.acceptance import judge, sniff
from unbitext.sources.answers import Answer, is_challenge, retry_after
from unbitext.sources.library import read_note
from unbitext.sources.oai_xml import OaiAnswerError, parse_page
from unbitext.sources.urls import Allowed, ForbiddenUrlError, join_url, split_url
from unbitext.sources.wholeness import is_whole

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BEGINNINGS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xffWPC"]
)
BODIES = st.builds(lambda start, rest: start + rest, BEGINNINGS, st.binary(max_size=200))
URLS = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["https", "http", "ftp", "HTTPS", ""]),
        st.text("aun.rog@:[]/\\%#?0159 \t\u0661", max_size=25),
        st.sampled_from(["", ":443", ":0", ":99999", ":x"]),
        st.text("/?#.\\%2e ", max_size=8),
    ),
)


def refuses(data: bytes, name: str, language: str | None) -> Document:
    raise Refusal("pdf-damaged", "no", "no")


@given(BODIES)
def test_bytes(body: bytes) -> None:
    assert judge(body, "CD/PV.1", "en", refuses).code is not None
    assert isinstance(sniff(body), str)
    assert isinstance(is_whole(body), bool)
    assert isinstance(is_challenge(Answer(200, "https://x.test/", {}, body)), bool)


@given(st.text(max_size=60))
def test_headers(value: str) -> None:
    seconds = retry_after({"retry-after": value}, NOW)
    assert seconds is None or seconds >= 0


@given(URLS, URLS)
def test_addresses(base: str, other: str) -> None:
    allowed = Allowed((), ("un.org",))
    for url in (base, other):
        with suppress(ForbiddenUrlError):
            place = allowed.check(url)
            assert place.scheme == "https"
            assert place.host == "un.org" or place.host.endswith(".un.org")
            assert split_url(place.url) == place
    with suppress(ForbiddenUrlError):
        join_url("https://un.org/x", other)


@given(st.text(max_size=40))
def test_series(text: str) -> None:
    with suppress(SeriesError):
        assert parse_series(text).prefixes


ENVELOPE = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>'
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).filter(
    lambda text: "\ufffe" not in text and "\uffff" not in text
)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: ENVELOPE.format(text).encode("utf-8", "replace")),
    )
)
def test_xml(data: bytes) -> None:
    with suppress(OaiAnswerError):
        page = parse_page(data)
        assert page.token is None or page.token


@given(st.lists(WORDS, max_size=4), WORDS, WORDS, st.lists(WORDS, max_size=3), st.sampled_from(["marcxml", "oai_dc"]))
def test_notes_of_the_library(symbols: list[str], title: str, issued: str, files: list[str], prefix: str) -> None:
    record = LibraryRecord(
        1, "x", tuple(symbols), title, issued if prefix == "marcxml" else "2026", tuple(files), tuple(symbols)
    )
    (found,) = parse_page(ENVELOPE.format(record.xml(prefix)).encode()).records
    assert found.metadata is not None
    note = read_note(found.metadata)
    assert all("/" in symbol for symbol in note.symbols)
    assert isinstance(etree.tostring(found.metadata), bytes)
