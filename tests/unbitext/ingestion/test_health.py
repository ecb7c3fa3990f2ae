"""What monitors see of ingestion: health, and the metrics of a cycle, after real cycles and real faults."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from prometheus_client.parser import text_string_to_metric_families

from schemas.settings import Value
from tests.loopback import behaviour
from tests.unbitext.ingestion.conftest import Pond
from unbitext.cycle_record import read_record, recorded
from unbitext.health import Health, check_health, describe_health
from unbitext.ingest import Cycle, CycleOutcome, cycle_lock, run_cycle
from unbitext.mirror.errors import MirrorError
from unbitext.mirror.mirroring import mirror_to
from unbitext.sources.fetching import open_fetcher
from unbitext.sources.hosts import HostRecord, host_file
from unbitext.sources.oai import Oai
from unbitext.sources.source import Batch, KnownSymbols, Source
from unbitext.store import FolderLockedError, State
from unbitext.verification import verify

A = "POND/2026/1"


def run(pond: Pond, **changes: Value) -> CycleOutcome:
    """Run a cycle that is recorded, as the commands do."""
    with recorded(Cycle(pond.settings(**changes), pond.clock.now)) as record:
        outcome = pond.cycle(**changes)
        record(outcome)
    return outcome


def health(pond: Pond, **changes: Value) -> Health:
    return check_health(pond.settings(**changes), pond.clock.now())


def failed(found: Health) -> dict[str, str]:
    """What is not healthy, by the check's name."""
    return {one.name: one.message for one in found.checks if not one.healthy}


def metrics(pond: Pond) -> dict[str, float]:
    """What Prometheus would read: each sample with its labels, by name."""
    text = State(pond.settings().state).metrics.read_text(encoding="utf-8")
    return {
        " ".join([sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def healthy(pond: Pond) -> Pond:
    """After a cycle that brought a document."""
    pond.publish(A, "en")
    run(pond)
    return pond


def test_before_the_first_cycle_nothing_is_healthy(pond: Pond) -> None:
    assert set(failed(health(pond))) == {"cycle", "catalogue"}
    assert not pond.settings().state.exists()  # looking leaves no trace


def test_after_a_cycle_all_is_healthy(healthy: Pond) -> None:
    found = health(healthy)
    assert (found.healthy, failed(found)) == (True, {})
    assert [one.name for one in found.checks] == ["cycle", "sources", "catalogue", "files", "disk", "hosts"]
    assert next(describe_health(found)) == "ok      cycle      ended 2026-11-21 14:00 UTC"


def zero_page(pond: Pond) -> None:
    """Overwrite what lies in the middle of the catalogue."""
    path = State(pond.settings().state).catalogue
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)


def flip_bit(pond: Pond) -> None:
    path = next((pond.folder / "data/fetched").glob("??/*.pdf"))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    cycle = Cycle(pond.settings(), pond.clock.now)
    with cycle.catalogue() as catalogue:
        assert verify(catalogue, cycle.kept, cycle.files)


def ask_to_be_left_alone(pond: Pond) -> None:
    path = State(pond.settings().state).hosts / f"{host_file(pond.server.base.removeprefix('http://'))}.json"
    now = pond.clock.seconds()
    record = HostRecord.model_validate_json(path.read_bytes())
    path.write_text(record.model_copy(update={"not_before": now + 3600, "noted": now}).model_dump_json())


FAULTS: list[tuple[Callable[[Pond], object], dict[str, Value], str, str]] = [
    (lambda pond: pond.clock.pass_days(2.1), {}, "cycle", "more than 48 hours ago"),
    (lambda pond: pond.clock.pass_days(0.1), {"stale_hours": 2}, "cycle", "more than 2 hours ago"),
    (lambda pond: pond.clock.pass_days(-1), {}, "cycle", "still to come"),
    (lambda pond: State(pond.settings().state).last_cycle.write_text("{"), {}, "cycle", "none is recorded"),
    (lambda pond: State(pond.settings().state).catalogue.unlink(), {}, "catalogue", "there is none"),
    (lambda pond: State(pond.settings().state).catalogue.write_text("x" * 5000), {}, "catalogue", "makes it anew"),
    (zero_page, {}, "catalogue", "makes it anew"),
    (flip_bit, {}, "files", "1 found damaged"),
    (lambda pond: None, {"least_free_megabytes": 10**12}, "disk", "free some space"),
    (lambda pond: None, {"requests_a_day": 1}, "hosts", "are spent"),
    (ask_to_be_left_alone, {}, "hosts", "left alone until 2026-11-21 15:00 UTC"),
]


def mirror(pond: Pond) -> str:
    """Where the mirror is."""
    return f"file://{pond.folder}/mirror"


def copy(pond: Pond) -> None:
    with suppress(MirrorError):
        mirror_to(mirror(pond), pond.settings(mirror=mirror(pond)), clock=pond.clock.now)


def block(pond: Pond) -> None:
    """A file is in the mirror's way."""
    (pond.folder / "mirror").write_text("in the way")
    copy(pond)


def copy_then_fail(pond: Pond) -> None:
    copy(pond)
    pond.clock.pass_days(1)
    shutil.rmtree(pond.folder / "mirror")
    block(pond)


def copy_damaged(pond: Pond) -> None:
    path = next((pond.folder / "data/fetched").glob("??/*.pdf"))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    copy(pond)


def copy_and_go_on(pond: Pond) -> None:
    """Cycles go on, and nobody copies."""
    copy(pond)
    pond.clock.pass_days(3)
    run(pond)


def copy_ahead(pond: Pond) -> None:
    pond.clock.pass_days(1)
    copy(pond)
    pond.clock.pass_days(-1)


def copy_under_lock(pond: Pond) -> None:
    """One that did not begin is no copy: the one before counts."""
    block(pond)
    (pond.folder / "mirror").unlink()
    with cycle_lock(pond.settings()), suppress(FolderLockedError):
        mirror_to(mirror(pond), pond.settings(mirror=mirror(pond)), clock=pond.clock.now)


MIRROR_FAULTS: list[tuple[Callable[[Pond], object], str, float | None]] = [
    (lambda pond: None, "nothing has been copied there yet", None),
    (block, "and failed: ", 0),
    (copy_then_fail, "; one last came through 2026-11-21 14:00 UTC", 0),
    (copy_damaged, "without 1 damaged files", 0),
    (copy_and_go_on, "more than 48 hours ago", 1),
    (copy_ahead, "still to come", 1),
    (copy_under_lock, "and failed: ", 0),
]


@pytest.mark.parametrize(("fault", "said", "succeeded"), MIRROR_FAULTS)
def test_a_mirror_that_failed_or_is_overdue_is_seen(
    healthy: Pond, fault: Callable[[Pond], object], said: str, succeeded: float | None
) -> None:
    fault(healthy)
    assert failed(health(healthy)) == {}  # who has no mirror misses none
    found = failed(health(healthy, mirror=mirror(healthy)))
    assert list(found) == ["mirror"]
    assert said in found["mirror"]
    assert metrics(healthy).get("unbitext_mirror_succeeded") == (None if fault is copy_and_go_on else succeeded)


def test_a_mirror_that_is_up_to_date_is_healthy_and_mended_again(healthy: Pond) -> None:
    block(healthy)
    (healthy.folder / "mirror").unlink()
    copy(healthy)
    found = health(healthy, mirror=mirror(healthy))
    assert (found.healthy, failed(found)) == (True, {})
    (check,) = [one for one in found.checks if one.name == "mirror"]
    assert check.message.startswith("last copied 2026-11-21 14:00 UTC, ")
    seen = metrics(healthy)
    assert seen["unbitext_mirror_succeeded"] == 1
    assert seen["unbitext_mirror_last_success_timestamp_seconds"] == healthy.clock.at
    assert seen["unbitext_mirror_files"] > 3
    assert seen["unbitext_cycle_succeeded"] == 1  # those of the cycle are there still


@pytest.mark.parametrize(("fault", "changes", "name", "said"), FAULTS)
def test_each_fault_is_seen_and_named(
    healthy: Pond, fault: Callable[[Pond], object], changes: dict[str, Value], name: str, said: str
) -> None:
    fault(healthy)
    found = failed(health(healthy, **changes))
    assert list(found) == [name]
    assert said in found[name]


def test_damage_that_is_mended_is_healthy_again(healthy: Pond) -> None:
    flip_bit(healthy)
    run(healthy)
    assert failed(health(healthy)) == {}


def test_a_harvest_that_fails_is_seen_until_one_succeeds(pond: Pond) -> None:
    pond.publish(A, "en")
    settings = pond.settings(attempts=1)
    pond.server.fault_at("/oai2d", behaviour.status(500))

    def harvest() -> None:
        with open_fetcher(settings, clock=pond.clock) as fetcher, recorded(cycle) as record:

            def sources(_: KnownSymbols) -> list[Source]:
                return [Oai(fetcher.client, str(settings.oai_url))]

            record(run_cycle(cycle, sources, fetcher))

    cycle = Cycle(settings, pond.clock.now)
    harvest()
    assert failed(health(pond))["sources"].startswith("oai: ")
    assert metrics(pond)["unbitext_cycle_source_failed source=oai"] == 1
    assert metrics(pond)["unbitext_cycle_succeeded"] == 1
    pond.server.heal()
    pond.clock.pass_days(1)
    harvest()
    assert failed(health(pond)) == {}
    assert "unbitext_cycle_source_failed source=oai" not in metrics(pond)


def test_a_cycle_that_is_broken_off_is_told_with_the_last_that_was_not(healthy: Pond) -> None:
    before = healthy.clock.now()
    healthy.clock.pass_days(1)
    with pytest.raises(ZeroDivisionError), recorded(Cycle(healthy.settings(), healthy.clock.now)):
        _ = 1 // 0
    assert failed(health(healthy)) == {"cycle": failed(health(healthy))["cycle"]}
    assert "broken off: ZeroDivisionError: " in failed(health(healthy))["cycle"]
    found = metrics(healthy)
    assert found["unbitext_cycle_succeeded"] == 0
    assert found["unbitext_last_success_timestamp_seconds"] == before.timestamp()
    assert found["unbitext_cycle_end_timestamp_seconds"] == healthy.clock.seconds()


def test_a_cycle_that_finds_another_at_work_is_none(healthy: Pond) -> None:
    record = read_record(State(healthy.settings().state).last_cycle)
    healthy.clock.pass_days(1)
    with cycle_lock(healthy.settings()), pytest.raises(FolderLockedError):
        run(healthy)
    assert read_record(State(healthy.settings().state).last_cycle) == record


def test_a_record_that_cannot_be_written_ends_no_cycle(pond: Pond, caplog: pytest.LogCaptureFixture) -> None:
    State(pond.settings().state).last_cycle.mkdir(parents=True)
    run(pond)
    assert "cannot be recorded" in caplog.text
    assert failed(health(pond))["cycle"].startswith("cannot be checked: ")


def test_metrics_are_those_of_the_cycle(pond: Pond) -> None:
    pond.publish(A)
    pond.records.append(pond.records[0].model_copy(update={"symbol": "POND/2026/2"}))

    class Slow:
        name = "slow"

        def discover(self, cursor: str | None) -> Iterator[Batch]:
            pond.clock.at += 90
            yield Batch(records=tuple(pond.records), cursor=None)

    pond.sources = lambda known: [Slow()]  # type: ignore[method-assign]
    run(pond)
    found = metrics(pond)
    host = pond.server.base.removeprefix("http://")
    expected = {
        "unbitext_cycle_duration_seconds": 90,
        "unbitext_cycle_asked outcome=fetched": 2,
        "unbitext_cycle_asked outcome=absent": 1,
        "unbitext_cycle_asked outcome=refused": 0,
        "unbitext_cycle_new_files": 2,
        "unbitext_documents language=en state=aligned": 1,
        "unbitext_documents language=zh state=aligned": 1,
        "unbitext_documents language=en state=absent": 1,
        "unbitext_last_success_timestamp_seconds": pond.clock.seconds(),
        f"unbitext_requests_today host={host}": pond.server.asked(),
        "unbitext_requests_allowed_a_day": pond.settings().requests_a_day,
    }
    assert {name: found.get(name) for name in expected} == expected


def test_health_is_one_json_object(healthy: Pond) -> None:
    found = health(healthy)
    assert Health.model_validate_json(found.model_dump_json()) == found
    assert json.loads(found.model_dump_json())["checks"][0]["name"] == "cycle"


def test_a_later_day_has_requests_of_its_own(healthy: Pond) -> None:
    healthy.clock.pass_days(1)
    assert failed(health(healthy, requests_a_day=1)) == {}
