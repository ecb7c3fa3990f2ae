"""The watched folder: what is dropped there is taken once, and never lost."""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from schemas.fetching import FetchStatus
from tests.loopback.papers import chinese_word, paper
from tests.unbitext.sources.conftest import Open, QuickClock
from unbitext.sources.inbox import Inbox
from unbitext.sources.inbox_folder import Patience
from unbitext.sources.source import Batch

PATIENCE = Patience(still=5, unfinished=600, largest_bytes=1_000_000)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "inbox"
    folder.mkdir(parents=True)
    return folder


def watch(folder: Path, clock: QuickClock, patience: Patience = PATIENCE, *, is_dry_run: bool = False) -> Inbox:
    return Inbox(folder, patience, clock=clock, is_dry_run=is_dry_run)


def stays(batches: Iterable[Batch]) -> dict[str, str]:
    """What is left, and why; nothing else may come."""
    found = list(batches)
    assert [batch.records for batch in found] == [()] * len(found)
    return {one.name: one.reason for batch in found for one in batch.left}


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_dropped_files_are_taken_known_by_their_text_and_moved(
    inbox: Path, fetcher: Open, clock: QuickClock, specimens: Path
) -> None:
    (inbox / "some name.pdf").write_bytes((specimens / "pdf" / "SPECIMEN_PV.7.zh.pdf").read_bytes())
    (inbox / "SPECIMEN_2026_12.en.txt").write_bytes((specimens / "SPECIMEN_2026_12.en.txt").read_bytes())
    (inbox / "notes.odt").write_bytes(b"x")
    clock.jump(60)
    with fetcher() as one:
        outcomes = [one.fetch(record) for batch in watch(inbox, clock).discover(None) for record in batch.records]
        assert [(found.symbol, found.language, found.status) for found in outcomes] == [
            ("SPECIMEN/2026/12", "en", FetchStatus.FETCHED),
            ("SPECIMEN/PV.7", "zh", FetchStatus.FETCHED),
        ]
        assert names(inbox) == ["notes.odt", "taken/SPECIMEN_2026_12.en.txt", "taken/some name.pdf"]
        assert [one.store.holds(found.file) for found in outcomes if found.file] == [True, True]
        assert outcomes[1].file
        assert (outcomes[1].file.name, outcomes[1].file.url) == ("some name.pdf", None)
        assert list(stays(watch(inbox, clock).discover(None))) == ["notes.odt"]


def test_a_file_stays_until_what_came_of_it_is_noted(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    clock.jump(60)
    with fetcher() as one:
        batches = watch(inbox, clock).discover(None)
        assert one.fetch(next(batches).records[0]).status is FetchStatus.FETCHED
        batches.close()  # the kill: nobody asks for the next batch
        assert names(inbox) == ["a.pdf"]
        (again,) = list(watch(inbox, clock).discover(None))
        assert one.fetch(again.records[0]).is_there is False  # it was moved meanwhile
        assert names(inbox) == ["taken/a.pdf"]


def test_a_file_that_has_just_come_is_looked_at_twice(inbox: Path, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    assert "changed a moment ago" in stays(watch(inbox, clock, is_dry_run=True).discover(None))["a.pdf"]
    assert clock.slept == []
    (batch,) = watch(inbox, clock).discover(None)
    assert [record.symbol for record in batch.records] == ["CD/PV.1"]
    assert (clock.slept, names(inbox)) == ([5], ["taken/a.pdf"])


def test_a_file_that_grows_between_the_two_looks_stays(inbox: Path, clock: QuickClock) -> None:
    data = paper("CD/PV.1")
    (inbox / "a.pdf").write_bytes(data[:300])

    class Copying(QuickClock):
        def sleep(self, seconds: float) -> None:
            (inbox / "a.pdf").write_bytes(data)
            super().sleep(seconds)

    assert "changed a moment ago" in stays(watch(inbox, Copying()).discover(None))["a.pdf"]
    (batch,) = watch(inbox, clock).discover(None)
    assert len(batch.records) == 1


def test_a_file_whose_end_is_missing_is_waited_for(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1")[:300])
    (inbox / "b.docx").write_bytes(chinese_word("CD/PV.2")[:-40])
    for _ in range(3):
        clock.jump(100)
        left = stays(watch(inbox, clock).discover(None))
        assert set(left) == {"a.pdf", "b.docx"}
        assert "UNBITEXT_UNFINISHED_SECONDS" in left["a.pdf"]
    (inbox / "b.docx").write_bytes(chinese_word("CD/PV.2"))
    with fetcher() as one:
        outcomes = [one.fetch(record) for batch in watch(inbox, clock).discover(None) for record in batch.records]
        assert [(found.symbol, found.status) for found in outcomes] == [("CD/PV.2", FetchStatus.FETCHED)]
        clock.jump(400)  # nobody will finish it any more
        outcomes = [one.fetch(record) for batch in watch(inbox, clock).discover(None) for record in batch.records]
    assert [(found.status, found.code) for found in outcomes] == [(FetchStatus.REFUSED, "pdf-truncated")]


@pytest.mark.skipif(not hasattr(fcntl, "F_SETLEASE"), reason="the system does not tell who writes")
def test_a_file_that_somebody_holds_open_for_writing_stays(inbox: Path, clock: QuickClock) -> None:
    with (inbox / "a.txt").open("w", encoding="utf-8") as stream:
        stream.write("The members of the panel thank the secretariat for the paper.")
        stream.flush()
        clock.jump(60)
        assert "changed a moment ago" in stays(watch(inbox, clock).discover(None))["a.txt"]
    assert len(list(watch(inbox, clock).discover(None))) == 1


def test_a_file_from_a_clock_that_runs_ahead_is_taken(inbox: Path, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    os.utime(inbox / "a.pdf", (clock.seconds() + 10_000,) * 2)
    (batch,) = watch(inbox, clock).discover(None)
    assert len(batch.records) == 1


def test_a_file_that_changes_between_the_looks_is_not_taken(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    clock.jump(60)
    with fetcher() as one:
        batch = next(iter(watch(inbox, clock).discover(None)))
        (inbox / "a.pdf").write_bytes(paper("CD/PV.2"))
        outcome = one.fetch(batch.records[0])
    assert (outcome.status, outcome.code) == (FetchStatus.FAILED, "file-changed")


def test_the_text_wins_over_the_name_and_the_name_helps_out(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    text = "The members of the panel thank the secretariat for the paper on the costs of the register. " * 20
    (inbox / "CD_PV.8.zh.txt").write_text(text)
    (inbox / "CD_PV.9.en.pdf").write_bytes(paper("CD/PV.1"))
    (inbox / "nothing.txt").write_text(text + " Again.")
    clock.jump(60)
    with fetcher() as one:
        outcomes = [one.fetch(batch.records[0]) for batch in watch(inbox, clock).discover(None)]
    told = [(found.symbol, found.language, found.code, [one.code for one in found.findings]) for found in outcomes]
    assert told == [
        ("CD/PV.8", "en", None, ["symbol-from-name", "language-differs"]),
        ("CD/PV.1", "en", None, ["symbol-differs"]),
        (None, "en", "symbol-needed", []),
    ]


def test_what_cannot_be_used_is_refused_and_put_aside(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    (inbox / "page.pdf").write_bytes(b"<!DOCTYPE html><html></html>")
    clock.jump(60)
    with fetcher() as one:
        (outcome,) = [one.fetch(batch.records[0]) for batch in watch(inbox, clock).discover(None)]
        assert (outcome.status, outcome.code) == (FetchStatus.REFUSED, "html-page")
        assert one.store.holds(outcome.aside[0], aside=True)
    assert names(inbox) == ["taken/page.pdf"]


def test_names_that_are_taken_get_a_number(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    with fetcher() as one:
        for edition in (1, 2, 3):
            (inbox / "a.pdf").write_bytes(paper("CD/PV.1", edition))
            for batch in watch(inbox, clock).discover(None):
                one.fetch(batch.records[0])
    assert names(inbox) == ["taken/a (2).pdf", "taken/a (3).pdf", "taken/a.pdf"]


def test_what_is_not_taken_is_named_with_the_reason(inbox: Path, tmp_path: Path, clock: QuickClock) -> None:
    (inbox / "large.pdf").write_bytes(b"x" * 2000)
    (inbox / "folder.pdf").mkdir()
    (inbox / "nowhere.pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "secret.txt").write_text("nobody's business")
    (inbox / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "notes.odt").write_bytes(b"x")
    (inbox / "README").write_bytes(b"x")
    (inbox / "a.pdf.crdownload").write_bytes(b"x")
    os.mkfifo(inbox / "pipe.pdf")
    (inbox / ".hidden.pdf").write_bytes(b"x")
    (inbox / "taken").mkdir()
    clock.jump(60)
    before = names(inbox)
    left = stays(watch(inbox, clock, PATIENCE._replace(largest_bytes=1000)).discover(None))
    assert {name: next(word for word in WORDS if word in reason) for name, reason in left.items()} == {
        "README": "no ending",
        "a.pdf.crdownload": "being downloaded",
        "folder.pdf": "a folder",
        "large.pdf": "larger than",
        "link.txt": "a link",
        "notes.odt": ".odt files are not read",
        "nowhere.pdf": "a link",
        "pipe.pdf": "a pipe",
    }
    assert names(inbox) == before
    assert list(watch(tmp_path / "absent", clock).discover(None)) == []
    (batch,) = watch(tmp_path / "secret.txt", clock).discover(None)
    assert (batch.failed, "cannot be read" in str(batch.note)) == (True, True)


WORDS = ("no ending", "being downloaded", "a folder", "larger than", "a link", ".odt files are not read", "a pipe")


def test_a_name_that_is_no_symbol_is_told_and_what_to_do(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    (inbox / "X_8.zh.txt").write_text("12")
    (inbox / "POND_8.zh.txt").write_text("12")
    (inbox / "german.txt").write_text("Die Delegation dankt dem Sekretariat und ist einverstanden. " * 20)
    clock.jump(60)
    with fetcher() as one:
        found = [one.fetch(batch.records[0]) for batch in watch(inbox, clock).discover(None)]
    assert [(each.symbol, each.language, each.code) for each in found] == [
        ("POND/8", "zh", None),  # too little text to tell the language: the name does
        (None, "zh", "symbol-needed"),
        (None, None, "language-unsupported"),
    ]
    assert "X/8, as the file is named, is none" in found[1].message
    assert all("CD_PV.1511.zh.pdf" in each.remedy and "--" not in each.remedy for each in found[1:])


def test_a_file_that_cannot_be_moved_costs_no_cycle(inbox: Path, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    clock.jump(60)
    (inbox / "taken").write_text("in the way")
    taken, moved = watch(inbox, clock).discover(None)
    assert len(taken.records) == 1
    assert (moved.failed, "cannot be moved" in str(moved.note)) == (True, True)


def test_a_file_that_changes_while_it_is_taken_is_not_moved(inbox: Path, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    clock.jump(60)
    batches = watch(inbox, clock).discover(None)
    assert len(next(batches).records) == 1
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1", 2))
    assert "changed while it was taken" in str(next(batches).note)
    assert names(inbox) == ["a.pdf"]
