"""Cycles of ingestion: what arrives when, what becomes of it, and what a cycle without news costs."""

import os
import threading

import pytest
from lxml import etree

from schemas.fetching import Claim, FetchStatus
from tests.flows.trees import times, tree
from tests.loopback import behaviour
from tests.loopback.pond import pond_paper
from tests.unbitext.ingestion.conftest import Pond, record
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.ingest import Cycle, cycle_lock, run_cycle
from unbitext.ingest_report import render_cycle
from unbitext.ingest_run import CycleRequest, open_doors, preview
from unbitext.status import relatives
from unbitext.store import CorpusFolder, FolderLockedError, folder_lock
from unbitext.tei.names import NAMESPACES
from unbitext.tei.validate import validate_paths
from unbitext.verification import FETCHED_AGAIN, FORMER, WRITTEN_AGAIN, verify

A, B = "POND/2026/1", "POND/2026/2"


def report(pond: Pond) -> str:
    return (pond.folder / "corpus" / CorpusFolder.REPORT).read_text(encoding="utf-8")


def document(pond: Pond, stem: str, language: str) -> etree._Element:
    return etree.parse(pond.folder / "corpus" / CorpusFolder.document(f"{stem}.{language}")).getroot()


def relations(pond: Pond) -> list[tuple[str, str, str]]:
    root = etree.parse(pond.folder / "corpus" / CorpusFolder.CORPUS).getroot()
    return [
        (each.get("active", ""), each.get("name", ""), each.get("passive", ""))
        for each in root.iterfind(".//tei:relation", NAMESPACES)
    ]


def journal(pond: Pond, symbol: str, language: str) -> list[str]:
    with Cycle(pond.settings(), pond.clock.now).catalogue() as catalogue:
        return [f"{line.state.value} {line.note}".strip() for line in catalogue.history(symbol, language)]


def test_a_pair_arrives_and_the_next_cycle_has_nothing_to_do(pond: Pond) -> None:
    pond.publish(A)
    outcome = pond.cycle()
    assert len(outcome.new) == 2
    assert pond.states() == {f"{A} en": "aligned", f"{A} zh": "aligned"}
    assert validate_paths([pond.folder / "corpus"]) == []
    source = document(pond, "POND_2026_1", "zh").find(".//tei:bibl[@type='source']", NAMESPACES)
    assert source is not None
    assert source.findtext("tei:idno[@type='URI']", namespaces=NAMESPACES, default="").startswith(pond.server.base)
    assert source.find("tei:date[@type='retrieved'][@when='2026-11-21T14:00:00+00:00']", NAMESPACES) is not None

    before, builds = times(pond.folder / "corpus"), pond.builds
    pond.server.forget_requests()
    again = pond.cycle()
    assert (again.taken, again.changed) == ((), ())
    assert again.build is not None
    assert again.build.up_to_date
    assert pond.server.asked() == 0
    assert (times(pond.folder / "corpus"), pond.builds) == (before, builds)


def test_an_original_that_arrives_a_year_later_completes_its_pair(pond: Pond) -> None:
    pond.publish(A, "zh")
    pond.records.append(record(A, "en"))
    pond.cycle()
    assert pond.states() == {f"{A} en": "absent", f"{A} zh": "waiting"}
    assert f"- {A} (POND_2026_1.zh)" in report(pond)
    pond.cycle()
    assert pond.server.asked_for()[A, "en", "pdf"] == 1  # not again before its next look
    for _ in range(12):
        pond.clock.pass_days(30)
        pond.cycle()
    asked = pond.server.asked_for()[A, "en", "pdf"]
    assert 4 < asked < 13  # more and more rarely
    pond.server.publish(A, "en", "pdf", pond_paper(A, "en", 1))
    pond.clock.pass_days(70)
    pond.cycle()
    assert pond.states() == {f"{A} en": "aligned", f"{A} zh": "aligned"}
    assert journal(pond, A, "zh") == ["fetched", "waiting", "aligned"]
    assert [line.split()[0] for line in journal(pond, A, "en")] == ["absent", "fetched", "aligned"]


def test_a_revision_supersedes_a_corrigendum_and_an_addendum_stand_beside(pond: Pond) -> None:
    pond.publish(A)
    pond.cycle()
    for change, number in (("Rev.1", 5), ("Corr.1", 7), ("Add.1", 9)):
        pond.publish(f"{A}/{change}", number=number)
    pond.cycle()
    states = pond.states()
    assert {states[f"{A} {language}"] for language in ("en", "zh")} == {"superseded"}
    assert {states[f"{A}/{change} zh"] for change in ("Rev.1", "Corr.1", "Add.1")} == {"aligned"}
    assert relations(pond) == [
        (f"documents/POND_2026_1_{change}.{language}.xml", verb, f"documents/POND_2026_1.{language}.xml")
        for change, verb in (("Add.1", "supplements"), ("Corr.1", "corrects"), ("Rev.1", "supersedes"))
        for language in ("en", "zh")
    ]
    header = document(pond, "POND_2026_1_Corr.1", "zh")
    related = header.find(".//tei:relatedItem[@type='corrects']/tei:bibl/tei:idno", NAMESPACES)
    assert related is not None
    assert related.text == A
    assert "- POND_2026_1_Rev.1.zh supersedes POND_2026_1.zh" in report(pond)
    assert validate_paths([pond.folder / "corpus"]) == []
    assert journal(pond, A, "zh")[-1] == f"superseded by {A}/Rev.1"

    pond.publish(f"{A}/Rev.2", "zh", number=6)
    pond.cycle()
    states = pond.states()
    assert (states[f"{A}/Rev.1 zh"], states[f"{A}/Rev.1 en"]) == ("superseded", "aligned")
    assert states[f"{A}/Rev.2 zh"] == "waiting"


def test_a_reissue_replaces_and_nothing_is_forgotten(pond: Pond) -> None:
    pond.publish(A)
    pond.cycle()
    first = Cycle(pond.settings()).kept.get(A, "zh")
    assert first is not None
    pond.server.publish(A, "zh", "pdf", pond_paper(A, "zh", 30))
    pond.records.append(record(A, "zh", Claim.CHANGED))
    outcome = pond.cycle()
    assert [one.is_replaced for one in outcome.taken] == [True]
    kept = Cycle(pond.settings()).kept.get(A, "zh")
    assert kept is not None
    assert [file.sha256 for file in kept.earlier] == [first.file.sha256]
    assert Cycle(pond.settings()).files.holds(first.file)
    former = document(pond, "POND_2026_1", "zh").find(".//tei:relatedItem[@type='replaces']//tei:idno", NAMESPACES)
    assert former is not None
    assert former.text == first.file.sha256
    assert "POND_2026_1.zh was issued again: its file replaces" in report(pond)
    assert journal(pond, A, "zh")[-2:] == [f"fetched replaces the file {first.file.sha256[:12]}", "aligned"]
    assert validate_paths([pond.folder / "corpus"]) == []


def test_what_the_host_no_longer_has_or_now_spoils_stays(pond: Pond) -> None:
    pond.publish(A)
    pond.cycle()
    before = tree(pond.folder / "corpus")
    pond.records += [record(A, "en", Claim.CHANGED), record(A, "zh", Claim.CHANGED)]
    pond.server.withdraw(A, "en")
    pond.server.publish(A, "zh", "pdf", pond_paper(B, "zh", 1))
    outcome = pond.cycle()
    assert [one.status for one in outcome.taken] == [FetchStatus.ABSENT, FetchStatus.REFUSED]
    assert tree(pond.folder / "corpus") == before
    assert set(pond.states().values()) == {"aligned"}
    assert journal(pond, A, "en")[-1].startswith("aligned document-absent: ")
    assert journal(pond, A, "zh")[-1].startswith("aligned wrong-document: ")


def test_a_record_that_is_deleted_is_told_and_the_document_stays(pond: Pond) -> None:
    pond.publish(A, "en")
    pond.records = [record(A, "en", identifier="oai:1", version="1")]
    pond.cycle()
    pond.records.append(record(A, "en", Claim.DELETED, identifier="oai:1").model_copy(update={"symbol": None}))
    outcome = pond.cycle()
    assert pond.states() == {f"{A} en": "structured"}
    assert outcome.notes == (f"listed has deleted its record oai:1 of {A} (en), which stays structured",)
    assert pond.cycle().notes == ()
    assert journal(pond, A, "en")[-1] == "structured listed has deleted its record oai:1"


def test_a_record_with_a_new_version_is_asked_for_again(pond: Pond) -> None:
    pond.publish(A, "en")
    pond.records = [record(A, "en", identifier="oai:1", version=version) for version in ("1", "1", "2")]
    for _ in range(2):
        pond.cycle()
    assert pond.server.asked_for()[A, "en", "pdf"] == 2


def test_one_file_under_two_symbols_is_one_document_of_both(pond: Pond) -> None:
    joint = pond_paper(f"{A}-{B}", "zh", 1)
    for symbol in (A, B):
        pond.server.publish(symbol, "zh", "pdf", joint)
        pond.records.append(record(symbol, "zh"))
    pond.cycle()
    assert pond.states() == {f"{A} zh": "waiting", f"{B} zh": "waiting"}
    assert len(list((pond.folder / "corpus/tei/documents").iterdir())) == 1


def test_a_file_that_a_build_refuses_is_named_and_costs_nothing_else(pond: Pond) -> None:
    pond.publish(A)
    pond.publish(B, "zh")
    pond.cycle()
    kept = Cycle(pond.settings()).kept.get(B, "zh")
    assert kept is not None
    path = Cycle(pond.settings()).files.path(kept.file)
    path.write_bytes(b"%PDF-1.7 no more")
    for cached in (pond.folder / "state/cache").rglob("*"):
        if cached.is_file():
            cached.unlink()
    pond.publish("POND/2026/3", "en")
    pond.cycle()
    states = pond.states()
    assert (states[f"{A} zh"], states["POND/2026/3 en"], states[f"{B} zh"]) == ("aligned", "structured", "refused")


def test_a_failing_host_is_asked_again_and_costs_its_documents_only(pond: Pond) -> None:
    pond.publish(A)
    pond.publish(B)
    pond.server.fault(A, "en", "pdf", behaviour.status(500))
    outcome = pond.cycle()
    assert [(one.symbol, one.code) for one in outcome.unsettled] == [(A, "fetch-failed")]
    assert pond.states() == {f"{A} en": "wanted", f"{A} zh": "waiting", f"{B} en": "aligned", f"{B} zh": "aligned"}
    pond.server.heal()
    pond.clock.pass_days(1)
    assert len(pond.cycle().new) == 1
    assert set(pond.states().values()) == {"aligned"}


def test_a_clock_that_jumps_back_keeps_nothing_waiting(pond: Pond) -> None:
    pond.publish(A, "zh")
    pond.records.append(record(A, "en"))
    pond.clock.pass_days(4000)
    pond.cycle()
    pond.clock.pass_days(-4000)
    pond.server.publish(A, "en", "pdf", pond_paper(A, "en", 1))
    pond.cycle()
    assert set(pond.states().values()) == {"aligned"}
    assert pond.cycle().taken == ()


def test_two_cycles_at_once_the_second_leaves(pond: Pond) -> None:
    pond.publish(A, "en")
    with (
        folder_lock(Cycle(pond.settings()).state.catalogue.parent),
        pytest.raises(FolderLockedError, match="another ingestion is writing"),
    ):
        pond.cycle()
    assert pond.server.asked() == 0
    assert len(pond.cycle().new) == 1


def test_a_second_cycle_waits_where_it_is_told_to(pond: Pond) -> None:
    pond.publish(A, "en")
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with cycle_lock(pond.settings()):
            held.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    threading.Timer(0.1, release.set).start()
    assert len(pond.cycle(wait=True).new) == 1
    assert release.is_set()
    holder.join()


def test_a_preview_asks_for_no_document_and_notes_nothing(pond: Pond) -> None:
    pond.publish(A)
    found, _ = Cycle(pond.settings(), pond.clock.now).preview(pond.sources)
    assert [(one.symbol, one.language) for one in found] == [(A, "en"), (A, "zh")]
    assert pond.server.asked() == 0
    assert pond.states() == {}


def test_a_lost_catalogue_loses_no_document(pond: Pond) -> None:
    pond.publish(A)
    pond.publish(B, "zh")
    pond.cycle()
    states, before = pond.states(), times(pond.folder / "corpus")
    cycle = Cycle(pond.settings(), pond.clock.now)
    cycle.state.catalogue.unlink()
    assert cycle.rebuild() == 3
    assert pond.states() == states
    cycle.state.catalogue.write_bytes(b"damaged")
    pond.server.forget_requests()
    pond.records = []
    pond.cycle()
    assert pond.states() == states
    assert (pond.server.asked(), times(pond.folder / "corpus")) == (0, before)


def test_a_catalogue_that_is_damaged_inside_is_made_anew(pond: Pond) -> None:
    for number in range(1, 30):
        pond.publish(f"POND/2026/{number}", "zh", number=number)
    pond.cycle()
    states = pond.states()
    path = Cycle(pond.settings()).state.catalogue
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))  # the first page says that all is well
    with pytest.raises(CatalogueDamagedError):
        pond.states()
    pond.cycle()
    assert pond.states() == states


def test_a_preview_leaves_dropped_files_where_they_are(pond: Pond) -> None:
    settings = pond.settings(still_seconds=0)
    dropped = settings.data / "inbox" / "a.pdf"
    dropped.parent.mkdir(parents=True)
    dropped.write_bytes(pond_paper(A, "en", 1))
    for _ in range(2):
        records, _ = preview(CycleRequest(kinds=("inbox",)), settings)
        assert [record.symbol for record in records] == [A]
    assert dropped.is_file()


def test_the_report_of_a_cycle_names_what_waits(pond: Pond) -> None:
    pond.publish(A)
    pond.publish(B, "zh")
    report = render_cycle(pond.cycle(), [], pond.clock.now())
    waiting = report.partition("## Waiting for their original")[2].partition("##")[0]
    assert "POND_2026_2.zh.pdf" in waiting
    assert "POND_2026_1" not in waiting


def test_names_that_are_no_text_cost_no_cycle(pond: Pond) -> None:
    inbox = pond.settings().data / "inbox"
    inbox.mkdir(parents=True)
    names = {b"bad\xff.pdf": pond_paper(A, "en", 1), b"a\nb.pdf": pond_paper(B, "en", 2), b"junk\xfe.pdf": b"junk"}
    for name, data in names.items():
        path = inbox / os.fsdecode(name)
        path.write_bytes(data)
    settings = pond.settings(still_seconds=0)
    cycle = Cycle(settings)
    with open_doors(CycleRequest(kinds=("inbox",)), settings) as (sources, fetcher):
        outcome = run_cycle(cycle, sources, fetcher, build=pond.build)
    assert pond.states() == {f"{A} en": "structured", f"{B} en": "structured"}
    assert [path.name for path in inbox.iterdir()] == ["taken"]
    assert [one.symbol for one in outcome.unsettled] == ["junk\ufffd.pdf"]
    cycle.write_report(render_cycle(outcome, [], pond.clock.now()))


def test_what_was_never_seen_is_no_relative(pond: Pond) -> None:
    pond.publish(A, "en")
    pond.publish(f"{A}/Add.1", "en")
    pond.records.append(record(f"{A}/Corr.1", "en"))
    pond.cycle()
    with Cycle(pond.settings(), pond.clock.now).catalogue() as catalogue:
        entry = catalogue.entry(A, "en")
        assert entry is not None
        assert [(name, other.symbol) for name, other in relatives(catalogue, entry)] == [
            ("supplemented by", f"{A}/Add.1")
        ]


def check(pond: Pond) -> list[str]:
    cycle = Cycle(pond.settings(), pond.clock.now)
    with cycle.catalogue() as catalogue:
        return [fault.done for fault in verify(catalogue, cycle.kept, cycle.files)]


def test_a_flipped_bit_is_found_and_fetched_again(pond: Pond) -> None:
    pond.publish(A)
    pond.cycle()
    before = tree(pond.folder / "corpus")
    assert check(pond) == []
    cycle = Cycle(pond.settings())
    kept = cycle.kept.get(A, "zh")
    assert kept is not None
    path = cycle.files.path(kept.file)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert check(pond) == [FETCHED_AGAIN]
    assert pond.states()[f"{A} zh"] == "wanted"
    assert tree(pond.folder / "corpus") == before
    outcome = pond.cycle()
    assert [(one.symbol, one.language) for one in outcome.taken] == [(A, "zh")]
    assert check(pond) == []
    assert set(pond.states().values()) == {"aligned"}
    assert tree(pond.folder / "corpus") == before


@pytest.mark.parametrize("victim", ["file", "note", "both", "receipt", "whose", "former"])
def test_whatever_is_lost_from_the_store_is_found_and_mended(pond: Pond, victim: str) -> None:
    pond.publish(A, "zh")
    pond.cycle()
    pond.server.publish(A, "zh", "pdf", pond_paper(A, "zh", 30))
    pond.records.append(record(A, "zh", Claim.CHANGED))
    pond.cycle()
    cycle = Cycle(pond.settings())
    kept = cycle.kept.get(A, "zh")
    assert kept is not None
    path = cycle.files.path(kept.file)
    former = cycle.files.path(kept.earlier[0])
    receipts = sorted((cycle.files.root / "receipts").rglob("*.json"))
    receipt = next(one for one in receipts if kept.file.sha256 in one.read_text())
    lost = {
        "file": [path],
        "note": [path.with_suffix(".json")],
        "both": [path, path.with_suffix(".json")],
        "receipt": [receipt],
        "whose": [cycle.kept.path(A, "zh")],
        "former": [former],
    }[victim]
    for one in lost:
        if victim in ("receipt", "note"):
            one.write_bytes(b"{")
        else:
            one.unlink()
    found = check(pond)
    if victim == "former":
        assert found == [FORMER]
        return
    assert WRITTEN_AGAIN in found if victim == "whose" else found
    pond.cycle()
    assert check(pond) == []
    assert pond.states() == {f"{A} zh": "waiting"}
