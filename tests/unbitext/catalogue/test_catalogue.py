"""The catalogue: what is told is known, in the right order, whole or not at all."""

import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.catalogue import DocumentState, Entry, KeptDocument
from schemas.fetching import Claim, FetchedFile, SourceRecord
from unbitext.catalogue.catalogue import Catalogue, Selection
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.catalogue.order import in_series, sort_key
from unbitext.catalogue.rebuild import open_catalogue, rebuild
from unbitext.kept_documents import KeptDocuments
from unbitext.sources.source import Known, Presence

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


class Times:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def catalogue(tmp_path: Path, times: Times) -> Catalogue:
    return Catalogue(tmp_path / "catalogue" / "catalogue.sqlite", times)


def fetched(digit: str) -> FetchedFile:
    return FetchedFile(sha256=digit * 64, size_bytes=1, media_type="application/pdf", retrieved_at=NOW)


def entry(symbol: str, state: DocumentState = DocumentState.WANTED, language: str = "zh", **more: object) -> Entry:
    values = {"symbol": symbol, "language": language, "state": state, "origin": "test", **more}
    return Entry.model_validate(values)


def kept(symbol: str, digit: str = "a", language: str = "zh") -> KeptDocument:
    return KeptDocument.model_validate(
        {"symbol": symbol, "language": language, "origin": "test", "file": fetched(digit)}
    )


def put(catalogue: Catalogue, *entries: Entry) -> list[bool]:
    with catalogue.changes():
        return [catalogue.put(one) for one in entries]


def symbols(entries: object) -> list[str]:
    return [one.symbol for one in entries]  # type: ignore[attr-defined]


def test_an_entry_comes_back_as_it_was_told(catalogue: Catalogue) -> None:
    told = entry(
        "CD/PV.1511",
        DocumentState.REFUSED,
        looked_at=NOW,
        next_look=NOW + timedelta(days=1),
        misses=2,
        urls=("https://a.example/1", "https://a.example/2"),
        kept=kept("CD/PV.1511"),
        code="pdf-truncated",
        message="it ends in the middle",
        by="CD/PV.1511/Rev.1",
    )
    assert put(catalogue, told) == [True]
    assert catalogue.entry("CD/PV.1511", "zh") == told.model_copy(update={"since": NOW})
    assert catalogue.entry("CD/PV.1511", "en") is None


def test_what_is_told_twice_is_news_once(catalogue: Catalogue, times: Times) -> None:
    assert put(catalogue, entry("A/79/1"), entry("A/79/1")) == [True, False]
    times.now += timedelta(days=1)
    looked = entry("A/79/1", looked_at=times.now)
    assert put(catalogue, looked, looked) == [False, False]
    found = catalogue.entry("A/79/1", "zh")
    assert found is not None
    assert (found.since, found.looked_at) == (NOW, times.now)
    assert put(catalogue, entry("A/79/1", DocumentState.ABSENT)) == [True]
    assert [(line.at, line.before, line.state) for line in catalogue.history("A/79/1", "zh")] == [
        (NOW, None, DocumentState.WANTED),
        (times.now, DocumentState.WANTED, DocumentState.ABSENT),
    ]


def test_the_journal_says_what_replaced_what_and_cannot_be_changed(catalogue: Catalogue) -> None:
    for digit in "ab":
        put(catalogue, entry("A/79/1", DocumentState.FETCHED, kept=kept("A/79/1", digit)))
    assert [line.note for line in catalogue.history("A/79/1")] == ["", f"replaces the file {'a' * 12}"]
    with sqlite3.connect(catalogue.path) as other:
        for change in ("DELETE FROM journal", "UPDATE journal SET note = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                other.execute(change)


def test_changes_are_kept_as_a_whole_or_not_at_all(catalogue: Catalogue) -> None:
    def fail_in_the_middle() -> None:
        with catalogue.changes():
            catalogue.put(entry("A/79/1"))
            catalogue.set_cursor("oai", "1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    assert catalogue.entry("A/79/1", "zh") is None
    assert catalogue.cursor("oai") is None
    assert list(catalogue.journal()) == []


def test_a_remark_is_not_repeated(catalogue: Catalogue) -> None:
    one = entry("A/79/1", DocumentState.ALIGNED)
    put(catalogue, one)
    with catalogue.changes():
        assert [catalogue.tell(one, note) for note in ("gone", "gone", "back", "gone")] == [True, False, True, True]


SERIES = [
    ("CD/PV", ["CD/PV.9", "CD/PV.10", "CD/PV.10/Corr.1"]),
    ("CD", ["CD/7", "CD/PV.9", "CD/PV.10", "CD/PV.10/Corr.1", "CD/PVX.1"]),
    ("CD/PV.1", []),
    ("CD/PV.10", ["CD/PV.10", "CD/PV.10/Corr.1"]),
    ("CD/PV.", ["CD/PV.9", "CD/PV.10", "CD/PV.10/Corr.1"]),
    ("A/79/6", ["A/79/6 (Sect. 1)", "A/79/6(I)", "A/79/6[A]"]),
]


@pytest.mark.parametrize(("series", "expected"), SERIES)
def test_a_series_holds_what_goes_on_from_it(catalogue: Catalogue, series: str, expected: list[str]) -> None:
    names = ["CD/PV.10", "CD/PV.9", "CD/7", "CD/PVX.1", "CD/PV.10/Corr.1", "A/79/6 (Sect. 1)", "A/79/6(I)", "A/79/6[A]"]
    put(catalogue, *map(entry, names))
    assert symbols(catalogue.select(Selection(series=(series,)))) == expected


def test_two_series_and_a_limit(catalogue: Catalogue) -> None:
    put(catalogue, *(entry(f"CD/PV.{number}", language=language) for number in (9, 10) for language in ("zh", "en")))
    both = Selection(series=("CD/PV", "CD"), languages=("zh",))
    assert symbols(catalogue.select(both)) == ["CD/PV.9", "CD/PV.10"]
    assert len(list(catalogue.select(Selection(series=("CD",), limit=3)))) == 3
    assert [count.documents for count in catalogue.counts(both)] == [2]


components = st.sampled_from(["A", "AC", "CD", "PV", "PVX", "79", "9", "10", "Corr.1", "6 (Sect. 1)"])
names = st.lists(components, min_size=1, max_size=4).map("/".join)


@given(st.lists(st.tuples(names, st.sampled_from(DocumentState)), max_size=12), st.lists(names, max_size=3))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_selections_and_counts_agree_with_a_plain_search(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, DocumentState]], series: list[str]
) -> None:
    latest = dict(told)
    with Catalogue(tmp_path_factory.mktemp("any") / "catalogue.sqlite", lambda: NOW) as catalogue:
        put(catalogue, *(entry(symbol, state) for symbol, state in told))
        assert Counter({one.state: one.documents for one in catalogue.counts()}) == Counter(latest.values())
        expected = sorted(
            (name for name in latest if any(in_series(sort_key(name), sort_key(one)) for one in series)), key=sort_key
        )
        if series:
            found = catalogue.select(Selection(series=tuple(series)))
            assert symbols(found) == expected
        states = (DocumentState.ALIGNED, DocumentState.ABSENT)
        assert {one.symbol for one in catalogue.select(Selection(states=states))} == {
            name for name, state in latest.items() if state in states
        }


def test_what_is_due(catalogue: Catalogue, times: Times) -> None:
    day = timedelta(days=1)
    absent, failed = DocumentState.ABSENT, DocumentState.WANTED
    put(
        catalogue,
        entry("A/1"),
        entry("A/2", absent, looked_at=NOW, next_look=NOW + day),
        entry("A/3", failed, looked_at=NOW, next_look=NOW + day),
        entry("A/4", DocumentState.ALIGNED, looked_at=NOW),
        entry("A/5", DocumentState.REFUSED, looked_at=NOW, next_look=NOW + 3 * day),
    )
    assert symbols(catalogue.due()) == ["A/1"]
    times.now += day
    assert symbols(catalogue.due()) == ["A/1", "A/2", "A/3"]
    assert symbols(catalogue.due(("A/2", "B"))) == ["A/2"]
    times.now += 2 * day
    assert symbols(catalogue.due()) == ["A/1", "A/2", "A/3", "A/5"]


def test_a_look_noted_by_a_clock_that_was_ahead_binds_nobody(catalogue: Catalogue, times: Times) -> None:
    times.now += timedelta(days=4000)
    look = {"looked_at": times.now, "next_look": times.now + timedelta(days=30)}
    put(catalogue, entry("A/1", DocumentState.ABSENT, **look), entry("A/2", DocumentState.ALIGNED, looked_at=times.now))
    assert symbols(catalogue.due()) == []
    times.now = NOW
    assert symbols(catalogue.due()) == ["A/1"]
    known = catalogue.look_up("A/1", "zh")
    assert (known.presence, known.next_look) == (Presence.ABSENT, None)


def test_what_sources_see(catalogue: Catalogue) -> None:
    absent = entry("CD/PV.2", DocumentState.ABSENT, looked_at=NOW, next_look=NOW)
    refused = entry("CD/PV.3", DocumentState.REFUSED, code="pdf-truncated")
    lied = entry("CD/PV.5", DocumentState.REFUSED, code="answer-unexpected", next_look=NOW)
    put(catalogue, entry("CD/PV.1"), absent, refused, entry("CD/PV.4", DocumentState.ALIGNED, "en"), lied)
    assert catalogue.look_up("CD/PV.5", "zh") == Known(presence=Presence.ABSENT, next_look=NOW, is_refused=True)
    seen = [catalogue.look_up(f"CD/PV.{number}", "zh").presence for number in range(1, 5)]
    assert seen == [Presence.UNKNOWN, Presence.ABSENT, Presence.PRESENT, Presence.UNKNOWN]
    assert sorted(catalogue.symbols("CD/PV.")) == ["CD/PV.3", "CD/PV.4"]


def test_records_of_sources_and_their_versions(catalogue: Catalogue) -> None:
    record = SourceRecord(
        origin="oai", claim=Claim.EXISTS, symbol="A/79/1", language="zh", identifier="oai:1", version="1"
    )
    assert catalogue.version(record) is None
    with catalogue.changes():
        catalogue.set_version(record)
    assert catalogue.version(record) == "1"
    assert catalogue.documents_of("oai", "oai:1") == [("A/79/1", "zh")]


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_lost_or_damaged_catalogue_is_made_anew_and_loses_no_document(tmp_path: Path, damage: bytes) -> None:
    notes = KeptDocuments(tmp_path / "kept")
    for number in range(3):
        notes.keep(f"CD/PV.{number}", "zh", "test", fetched(str(number)))
    path = tmp_path / "catalogue" / "catalogue.sqlite"
    path.parent.mkdir()
    if damage:
        path.write_bytes(damage)
    with open_catalogue(path, notes, lambda: NOW) as catalogue:
        found = list(catalogue.select(Selection()))
    assert [(one.symbol, one.state, one.kept) for one in found] == [
        (f"CD/PV.{number}", DocumentState.FETCHED, notes.get(f"CD/PV.{number}", "zh")) for number in range(3)
    ]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_catalogue_of_another_version_is_made_anew(tmp_path: Path) -> None:
    notes = KeptDocuments(tmp_path / "kept")
    path = tmp_path / "catalogue.sqlite"
    rebuild(path, notes)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(CatalogueDamagedError):
        Catalogue(path, read_only=True)
    with open_catalogue(path, notes) as catalogue:
        assert list(catalogue.journal()) == []


def test_a_reader_needs_no_permission_to_write(catalogue: Catalogue) -> None:
    put(catalogue, entry("A/79/1"))
    with catalogue:
        pass
    catalogue.path.parent.chmod(0o500)
    try:
        with Catalogue(catalogue.path, read_only=True) as reader:
            assert symbols(reader.select(Selection())) == ["A/79/1"]
    finally:
        catalogue.path.parent.chmod(0o700)


def test_notes_of_kept_files_remember_what_was_replaced(tmp_path: Path) -> None:
    notes = KeptDocuments(tmp_path)
    first, second = fetched("a"), fetched("b")
    for file in (first, first, second, second, first):
        notes.keep("A/79/1", "zh", "oai", file)
    note = notes.get("A/79/1", "zh")
    assert note is not None
    assert (note.file, note.earlier) == (first, (first, second))
    assert list(notes.all()) == [note]
    notes.path("A/79/1", "zh").write_bytes(b"{")
    assert (list(notes.all()), len(list(notes.damaged()))) == ([], 1)
