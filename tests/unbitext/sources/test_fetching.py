"""Fetching documents from a server that behaves, and from one that does not."""

import gzip
from pathlib import Path

import pytest

from parsers.errors import Refusal
from schemas.document import Document
from schemas.fetching import Claim, FetchOutcome, FetchStatus, SourceRecord
from schemas.ids import symbol_to_stem
from tests.loopback import behaviour
from tests.loopback.papers import chinese_word, paper
from tests.loopback.server import LoopbackServer
from tests.parsers.readers.docx_files import docx, p
from tests.parsers.readers.pdf_files import make_pdf
from tests.unbitext.sources.conftest import Open, QuickClock
from unbitext.sources import asking

SYMBOL = "SPECIMEN/PV.7"


def wanted(symbol: str = SYMBOL, language: str = "en", **more: object) -> SourceRecord:
    return SourceRecord.model_validate(
        {"origin": "test", "claim": Claim.EXISTS, "symbol": symbol, "language": language, **more}
    )


def specimen(root: Path, form: str = "pdf", symbol: str = SYMBOL, language: str = "en") -> bytes:
    return (root / form / f"{symbol_to_stem(symbol)}.{language}.{form}").read_bytes()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pdf_and_word_of_each_language_are_fetched_once(
    server: LoopbackServer, fetcher: Open, specimens: Path, tmp_path: Path
) -> None:
    server.publish_specimens(specimens)
    with fetcher() as one:
        outcomes = [one.fetch(wanted(language=language)) for language in ("en", "zh")]
    assert [outcome.status for outcome in outcomes] == [FetchStatus.FETCHED] * 2
    for outcome, language in zip(outcomes, ("en", "zh"), strict=True):
        assert outcome.file
        assert outcome.word
        assert one.store.read(outcome.file) == specimen(specimens, "pdf", language=language)
        assert one.store.read(outcome.word) == specimen(specimens, "docx", language=language)
        assert outcome.findings == ()
    before = files(tmp_path / "data")
    assert list(one.store.verify()) == []
    server.forget_requests()
    with fetcher() as one:
        outcomes = [one.fetch(wanted(language=language)) for language in ("en", "zh")]
    assert [outcome.status for outcome in outcomes] == [FetchStatus.UNCHANGED] * 2
    assert files(tmp_path / "data") == before
    # The address by symbol, and the conditional request where it leads: nothing for robots.txt, nothing for Word.
    assert server.asked() == 4


def fetch(fetcher: Open, record: SourceRecord | None = None, **settings: object) -> FetchOutcome:
    with fetcher(**settings) as one:
        return one.fetch(record or wanted())


PDF = paper(SYMBOL)
OTHER_LANGUAGE = (
    "El Comité toma nota del informe de la secretaría y da las gracias a los miembros del grupo por su trabajo. "
)

PASSING = {
    "reset": behaviour.resets,
    "stall": behaviour.stalls,
    "stall inside": behaviour.stalls_inside(PDF),
    "drip": behaviour.drips(PDF),
    "drip of headers": behaviour.drips_headers(),
    "cut, length told": behaviour.cuts(PDF, declared=len(PDF)),
    "cut, length unknown": behaviour.cuts(PDF, declared=None),
    "cut, length of the half": behaviour.cuts(PDF, declared=len(PDF) // 2),
    "cut in chunks": behaviour.cuts_chunked(PDF),
    "length too small": behaviour.understates(PDF),
    "length too large": behaviour.cuts(PDF, declared=len(PDF) * 2),
    "no HTTP": behaviour.garbage,
    "202": behaviour.status(202),
    "408": behaviour.status(408),
    "429": behaviour.status(429),
    "429 for a second": behaviour.status(429, {"Retry-After": "0"}),
    "500": behaviour.status(500, body=b"oops"),
    "502": behaviour.status(502, body=behaviour.PAGE),
    "503": behaviour.status(503),
    "503 with a date": behaviour.status(503, {"Retry-After": "Mon, 05 Jan 2026 00:00:00 GMT"}),
    "504": behaviour.status(504),
    "half a gzip": behaviour.sends(gzip.compress(PDF)[:-20], headers={"Content-Encoding": "gzip"}),
}


SLOW = ("stall", "stall inside", "drip", "drip of headers")
"""Those that are ended by patience running out."""


@pytest.mark.parametrize("fault", PASSING)
def test_what_fails_for_now_is_tried_again_and_then_given_up(
    server: LoopbackServer, fetcher: Open, clock: QuickClock, tmp_path: Path, fault: str
) -> None:
    server.publish(SYMBOL, "en", "pdf", PDF)
    quick = {"read_seconds": 0.1, "answer_seconds": 0.4} if fault in SLOW else {}
    # Once is got over.
    server.fault(SYMBOL, "en", "pdf", PASSING[fault], times=1)
    outcome = fetch(fetcher, **quick, attempts=10)
    assert (outcome.status, outcome.code) == (FetchStatus.FETCHED, None)
    # For ever is given up, as nothing that is known of the document, and what is there stays.
    server.publish(SYMBOL, "en", "pdf", paper(SYMBOL, 2))
    before = files(tmp_path / "data")
    server.fault(SYMBOL, "en", "pdf", PASSING[fault])
    outcome = fetch(fetcher, **quick, attempts=2)
    assert (outcome.status, outcome.code) == (FetchStatus.FAILED, "fetch-failed")
    assert outcome.next_look is not None
    assert outcome.next_look > clock.now()
    assert files(tmp_path / "data") == before
    # Better times come.
    server.heal()
    assert fetch(fetcher).status is FetchStatus.FETCHED


@pytest.mark.parametrize(
    "fault",
    [
        behaviour.status(404),
        behaviour.status(410),
        behaviour.status(204),
        behaviour.empty,
        behaviour.page,
        behaviour.status(404, body=behaviour.PAGE),
    ],
    ids=["404", "410", "204", "empty", "page", "404 page"],
)
def test_what_is_not_there_is_absent_and_looked_for_ever_more_rarely(
    server: LoopbackServer, fetcher: Open, clock: QuickClock, tmp_path: Path, fault: behaviour.Behaviour
) -> None:
    server.fault(SYMBOL, "en", "pdf", fault)
    with fetcher() as one:
        outcomes = [one.fetch(wanted(), absences=absences) for absences in (0, 1, 5, 20)]
        patient = one.fetch(wanted(recheck_days=7))
    assert {(found.status, found.code) for found in outcomes} == {(FetchStatus.ABSENT, "document-absent")}
    days = [round((found.next_look - clock.now()).total_seconds() / 86_400) for found in outcomes if found.next_look]
    assert days == [1, 2, 32, 64]
    assert patient.next_look
    assert round((patient.next_look - clock.now()).total_seconds() / 86_400) == 7
    assert not (tmp_path / "data").exists()


def test_each_language_stands_for_itself(server: LoopbackServer, fetcher: Open) -> None:
    server.publish(SYMBOL, "en", "pdf", PDF)
    with fetcher() as one:
        found = {language: one.fetch(wanted(language=language)).status for language in ("en", "zh", "fr")}
    assert found == {"en": FetchStatus.FETCHED, "zh": FetchStatus.ABSENT, "fr": FetchStatus.ABSENT}


@pytest.mark.parametrize(
    ("body", "language", "code"),
    [
        (paper("SPECIMEN/PV.8"), "en", "wrong-document"),
        (PDF, "zh", "wrong-language"),
        (chinese_word(SYMBOL), "en", "wrong-language"),
        (docx([p(SYMBOL), *(p(OTHER_LANGUAGE) for _ in range(9))]), "en", "wrong-language"),
        (b"\xffWPC" + b"\0" * 500, "en", "unsupported-format"),
        (b"{\\rtf1 The report.}", "en", "unsupported-format"),
        (b"Symbol not found", "en", "unsupported-format"),
        (b"\x89PNG" + b"\0" * 99, "en", "unsupported-format"),
        (b"%PDF-1.7 nothing of a PDF\n%%EOF", "en", "pdf-damaged"),
        (make_pdf([[]]), "en", "pdf-no-text"),
        (b"PK\x03\x04 nothing of a zip PK\x05\x06", "en", "word-damaged"),
    ],
)
def test_what_was_not_asked_for_is_refused_and_put_aside(
    server: LoopbackServer, fetcher: Open, tmp_path: Path, body: bytes, language: str, code: str
) -> None:
    server.publish(SYMBOL, language, "pdf", body, "application/pdf")
    with fetcher() as one:
        outcome = one.fetch(wanted(language=language))
        assert (outcome.status, outcome.code, outcome.file) == (FetchStatus.REFUSED, code, None)
        assert outcome.remedy
        assert outcome.next_look
        assert one.store.read(outcome.aside[0], aside=True) == body
        kept = files(tmp_path / "data")
        assert all(name.startswith(("fetched/aside/", "fetched/receipts/")) for name in kept)
        # It is not loaded again to be refused again.
        server.forget_requests()
        again = one.fetch(wanted(language=language))
        assert (again.status, again.code) == (FetchStatus.REFUSED, code)
        assert files(tmp_path / "data") == kept
        # The right one, once it is there, is taken.
        server.publish(SYMBOL, language, "pdf", PDF if language == "en" else chinese_word(SYMBOL))
        assert one.fetch(wanted(language=language)).status is FetchStatus.FETCHED


def test_word_takes_over_where_the_pdf_cannot_be_used_and_says_so(
    server: LoopbackServer, fetcher: Open, specimens: Path
) -> None:
    server.publish(SYMBOL, "zh", "pdf", make_pdf([[]]))
    server.publish(SYMBOL, "zh", "docx", specimen(specimens, "docx", language="zh"))
    with fetcher() as one:
        outcome = one.fetch(wanted(language="zh"))
        assert outcome.status is FetchStatus.FETCHED
        assert outcome.file
        assert outcome.file.media_type.endswith("wordprocessingml.document")
        assert [found.code for found in outcome.findings] == ["word-takes-over"]
        assert "pdf-no-text" in outcome.findings[0].message
        assert [file.media_type for file in outcome.aside] == ["application/pdf"]
        assert one.store.read(outcome.file) == specimen(specimens, "docx", language="zh")
        again = one.fetch(wanted(language="zh"))
        assert (again.status, again.file) == (FetchStatus.UNCHANGED, outcome.file)
        # A PDF that can be read takes its place again.
        server.publish(SYMBOL, "zh", "pdf", specimen(specimens, "pdf", language="zh"))
        better = one.fetch(wanted(language="zh"))
    assert better.status is FetchStatus.FETCHED
    assert better.file
    assert better.file.media_type == "application/pdf"
    assert better.word == outcome.file


def test_a_chinese_pdf_without_a_map_of_its_characters_gives_way_to_word(
    server: LoopbackServer, fetcher: Open, shared: Path, specimens: Path
) -> None:
    server.publish(SYMBOL, "zh", "pdf", (shared / "un-pdfs" / "BBNJ-zh.pdf").read_bytes())
    server.publish(SYMBOL, "zh", "docx", specimen(specimens, "docx", language="zh"))
    outcome = fetch(fetcher, wanted(language="zh"))
    assert (outcome.status, [found.code for found in outcome.findings]) == (FetchStatus.FETCHED, ["word-takes-over"])
    assert "pdf-no-unicode-map" in outcome.findings[0].message


@pytest.mark.parametrize(
    ("word", "findings"),
    [
        (paper("SPECIMEN/PV.8"), ["word-unusable"]),
        (paper(SYMBOL, 2), ["word-unusable"]),
        (b"\xffWPC" + b"\0" * 500, ["word-unusable"]),
        (behaviour.status(500), ["word-unusable"]),
        (behaviour.page, []),
    ],
)
def test_a_word_file_that_is_none_does_not_hurt_the_pdf(
    server: LoopbackServer, fetcher: Open, word: bytes | behaviour.Behaviour, findings: list[str]
) -> None:
    server.publish(SYMBOL, "en", "pdf", PDF)
    if isinstance(word, bytes):
        server.publish(SYMBOL, "en", "doc", word)
    else:
        server.fault(SYMBOL, "en", "doc", word)
    outcome = fetch(fetcher)
    assert (outcome.status, outcome.word) == (FetchStatus.FETCHED, None)
    assert [found.code for found in outcome.findings] == findings


def test_a_document_needs_its_word_file_when_the_pdf_is_refused(server: LoopbackServer, fetcher: Open) -> None:
    server.publish(SYMBOL, "en", "pdf", make_pdf([[]]))
    server.fault(SYMBOL, "en", "doc", behaviour.status(503))
    assert fetch(fetcher).status is FetchStatus.FAILED


def test_a_reissue_replaces_and_what_it_replaced_is_remembered(server: LoopbackServer, fetcher: Open) -> None:
    server.publish(SYMBOL, "en", "pdf", PDF)
    with fetcher() as one:
        first = one.fetch(wanted())
        server.publish(SYMBOL, "en", "pdf", paper(SYMBOL, 2))
        second = one.fetch(wanted())
        assert (first.status, second.status) == (FetchStatus.FETCHED, FetchStatus.FETCHED)
        assert first.file
        assert one.store.read(first.file) == PDF
        receipt = one.store.receipt(one.services.document_url(SYMBOL, "en", "pdf"))
        assert receipt
        assert (receipt.file, receipt.earlier) == (second.file, (first.file,))
        # Withdrawn, it is absent; what came before stays.
        server.withdraw(SYMBOL, "en")
        assert one.fetch(wanted()).status is FetchStatus.ABSENT
        assert list(one.store.verify()) == []


def test_a_document_with_two_symbols_is_found_under_both(server: LoopbackServer, fetcher: Open) -> None:
    for symbol in ("A/81/9", "S/2026/5"):
        server.publish(symbol, "en", "pdf", paper("A/81/9-S/2026/5"))
        assert fetch(fetcher, wanted(symbol)).status is FetchStatus.FETCHED


def test_symbols_travel_as_they_are_written(server: LoopbackServer, fetcher: Open) -> None:
    symbol = "S/PV.9123 (Resumption 1)"
    server.publish(symbol, "en", "pdf", paper(symbol))
    assert fetch(fetcher, wanted(symbol)).status is FetchStatus.FETCHED
    assert server.asked_for()[symbol, "en", "pdf"] == 1


@pytest.mark.parametrize("symbol", ["[E/ECE/]TRANS/SC.2/2001/20", "A/RES/33[A-X]", "A/^1"])
def test_symbols_that_the_service_cannot_be_asked_for_are_told(
    server: LoopbackServer, fetcher: Open, symbol: str
) -> None:
    outcome = fetch(fetcher, wanted(symbol))
    assert (outcome.status, outcome.code) == (FetchStatus.REFUSED, "symbol-unaskable")
    assert server.asked() == 0


def test_addresses_of_the_library_are_asked_where_the_service_has_nothing(
    server: LoopbackServer, fetcher: Open
) -> None:
    url = f"{server.base}/record/7/files/x-EN.pdf"
    server.pages["/record/7/files/x-EN.pdf"] = behaviour.sends(PDF)
    outcome = fetch(fetcher, wanted(urls=(url,)))
    assert outcome.status is FetchStatus.FETCHED
    assert outcome.file
    assert outcome.file.url == url
    symbol = "[E/ECE/]TRANS/SC.2/2001/20"
    server.pages["/y-EN.pdf"] = behaviour.sends(paper(symbol))
    assert fetch(fetcher, wanted(symbol, urls=(f"{server.base}/y-EN.pdf",))).is_there
    elsewhere = ("https://example.org/x-EN.pdf", f"{server.base}/none.pdf")
    assert fetch(fetcher, wanted("A/81/2", urls=elsewhere)).status is FetchStatus.ABSENT
    assert fetch(fetcher, wanted(symbol, urls=elsewhere[:1])).status is FetchStatus.ABSENT


def test_an_address_that_is_asked_as_another_document_is_judged_anew(server: LoopbackServer, fetcher: Open) -> None:
    server.pages["/x-EN.pdf"] = behaviour.sends(PDF)
    urls = (f"{server.base}/x-EN.pdf",)
    with fetcher() as one:
        assert one.fetch(wanted(urls=urls)).status is FetchStatus.FETCHED
        assert one.fetch(wanted("A/81/2", urls=urls)).code == "wrong-document"
        assert one.fetch(wanted(urls=urls)).status is FetchStatus.FETCHED
        assert one.fetch(wanted(urls=urls)).status is FetchStatus.UNCHANGED


def test_what_the_server_calls_a_file_does_not_count(server: LoopbackServer, fetcher: Open) -> None:
    server.publish(SYMBOL, "en", "pdf", PDF, "image/png")
    outcome = fetch(fetcher)
    assert (outcome.status, [found.code for found in outcome.findings]) == (
        FetchStatus.FETCHED,
        ["content-type-differs"],
    )


def test_a_file_lost_or_refused_by_other_code_is_looked_at_again(
    server: LoopbackServer, fetcher: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.publish(SYMBOL, "en", "pdf", PDF)
    with fetcher() as one:
        first = one.fetch(wanted())
        assert first.file
        one.store.path(first.file).unlink()
        assert one.fetch(wanted()).status is FetchStatus.FETCHED
        assert one.store.read(first.file) == PDF
        one.store.path(first.file).write_bytes(bytes([PDF[0] ^ 1]) + PDF[1:])
        assert [damage.code for damage in one.store.verify()] == ["stored-file-damaged"]
        assert one.fetch(wanted()).status is FetchStatus.FETCHED
        assert list(one.store.verify()) == []

    def refuse(data: bytes, name: str, language: str | None) -> Document:
        raise Refusal("pdf-damaged", "it is not understood yet", "wait")

    server.publish("A/81/1", "en", "pdf", paper("A/81/1"))
    monkeypatch.setattr(asking, "_judge", lambda: "older")
    with fetcher(parse=refuse) as one:
        assert one.fetch(wanted("A/81/1")).code == "pdf-damaged"
    monkeypatch.undo()
    server.forget_requests()
    assert fetch(fetcher, wanted("A/81/1")).status is FetchStatus.FETCHED
    assert fetch(fetcher, wanted("A/81/1")).status is FetchStatus.UNCHANGED


def test_deleted_records_and_records_without_a_name_ask_for_nothing(server: LoopbackServer, fetcher: Open) -> None:
    with fetcher() as one:
        deleted = one.fetch(wanted(claim=Claim.DELETED))
        nameless = one.fetch(wanted().model_copy(update={"symbol": None}))
        speechless = one.fetch(wanted().model_copy(update={"language": None}))
    assert deleted.status is FetchStatus.ABSENT
    assert (nameless.code, speechless.code) == ("symbol-needed", "language-needed")
    assert server.asked() == 0


def test_old_word_files_are_opened_only_where_the_document_depends_on_them(
    server: LoopbackServer, fetcher: Open
) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    server.publish(SYMBOL, "en", "pdf", PDF)
    server.publish(SYMBOL, "en", "doc", ole)
    with fetcher() as one:
        outcome = one.fetch(wanted())
        assert outcome.word
        assert outcome.findings == ()
        server.publish(SYMBOL, "en", "pdf", make_pdf([[]]))
        outcome = one.fetch(wanted())
    assert (outcome.status, outcome.code) == (FetchStatus.REFUSED, "pdf-no-text")
