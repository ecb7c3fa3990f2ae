"""The watched folder: what is dropped there is taken once, and never lost."""

import os
from pathlib import Path

import pytest

from schemas.fetching import FetchStatus
from tests.loopback.papers import paper
from tests.unbitext.sources.conftest import Open, QuickClock
from unbitext.sources.inbox import Inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "inbox"
    folder.mkdir(parents=True)
    return folder


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
        outcomes = [one.fetch(record) for batch in Inbox(inbox, clock=clock).discover(None) for record in batch.records]
        assert [(found.symbol, found.language, found.status) for found in outcomes] == [
            ("SPECIMEN/2026/12", "en", FetchStatus.FETCHED),
            ("SPECIMEN/PV.7", "zh", FetchStatus.FETCHED),
        ]
        assert names(inbox) == ["notes.odt", "taken/SPECIMEN_2026_12.en.txt", "taken/some name.pdf"]
        assert [one.store.holds(found.file) for found in outcomes if found.file] == [True, True]
        assert outcomes[1].file
        assert (outcomes[1].file.name, outcomes[1].file.url) == ("some name.pdf", None)
        assert list(Inbox(inbox, clock=clock).discover(None)) == []


def test_a_file_stays_until_what_came_of_it_is_noted(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    clock.jump(60)
    with fetcher() as one:
        batches = Inbox(inbox, clock=clock).discover(None)
        assert one.fetch(next(batches).records[0]).status is FetchStatus.FETCHED
        batches.close()  # the kill: nobody asks for the next batch
        assert names(inbox) == ["a.pdf"]
        (again,) = list(Inbox(inbox, clock=clock).discover(None))
        assert one.fetch(again.records[0]).is_there is False  # it was moved meanwhile
        assert names(inbox) == ["taken/a.pdf"]


def test_a_file_that_is_still_being_copied_is_left(inbox: Path, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1")[:300])
    (batch,) = list(Inbox(inbox, clock=clock).discover(None))
    assert batch.records == ()
    assert "a moment ago" in str(batch.note)
    assert names(inbox) == ["a.pdf"]


def test_a_file_that_changes_between_the_looks_is_not_taken(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(paper("CD/PV.1"))
    clock.jump(60)
    with fetcher() as one:
        batch = next(iter(Inbox(inbox, clock=clock).discover(None)))
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
        outcomes = [one.fetch(batch.records[0]) for batch in Inbox(inbox, clock=clock).discover(None)]
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
        (outcome,) = [one.fetch(batch.records[0]) for batch in Inbox(inbox, clock=clock).discover(None)]
        assert (outcome.status, outcome.code) == (FetchStatus.REFUSED, "html-page")
        assert one.store.holds(outcome.aside[0], aside=True)
    assert names(inbox) == ["taken/page.pdf"]


def test_names_that_are_taken_get_a_number(inbox: Path, fetcher: Open, clock: QuickClock) -> None:
    with fetcher() as one:
        for edition in (1, 2, 3):
            (inbox / "a.pdf").write_bytes(paper("CD/PV.1", edition))
            os.utime(inbox / "a.pdf", (0, 0))
            for batch in Inbox(inbox, clock=clock).discover(None):
                one.fetch(batch.records[0])
    assert names(inbox) == ["taken/a (2).pdf", "taken/a (3).pdf", "taken/a.pdf"]


def test_large_files_and_other_things_stay(inbox: Path, tmp_path: Path, clock: QuickClock) -> None:
    (inbox / "a.pdf").write_bytes(b"x" * 2000)
    (inbox / "b.pdf").mkdir()
    (inbox / "c.pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "secret.txt").write_text("nobody's business")
    (inbox / "d.txt").symlink_to(tmp_path / "secret.txt")
    clock.jump(60)
    (batch,) = list(Inbox(inbox, largest_bytes=1000, clock=clock).discover(None))
    assert "larger" in str(batch.note)
    assert list(Inbox(tmp_path / "absent", clock=clock).discover(None)) == []
