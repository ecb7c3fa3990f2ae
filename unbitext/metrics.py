"""What monitors read of the last cycle, in Prometheus's text format, for the textfile collector of node_exporter."""

from contextlib import suppress

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from schemas.settings import Settings
from unbitext.catalogue.catalogue import Catalogue
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.cycle_record import CycleRecord
from unbitext.mirror.record import read_mirror_record
from unbitext.sources.hosts import host_records
from unbitext.store import State


def render_metrics(record: CycleRecord, settings: Settings) -> bytes:
    """Write the metrics after a cycle, and after the copy to the mirror that follows.

    Where the catalogue cannot be read, those of documents are left out. Names begin with `unbitext_`; times are seconds
    since 1970, durations seconds. docs/schedule.md lists them. Raises `OSError` where the records of hosts or of the
    mirror cannot be read.
    """
    registry = CollectorRegistry()
    state = State(settings.state)

    def gauge(name: str, told: str, labels: tuple[str, ...] = ()) -> Gauge:
        return Gauge(f"unbitext_{name}", told, labels, registry=registry)

    ended = record.ended.timestamp()
    gauge("cycle_end_timestamp_seconds", "When the last cycle ended.").set(ended)
    gauge("cycle_duration_seconds", "How long the last cycle took.").set(ended - record.began.timestamp())
    gauge("cycle_succeeded", "Whether the last cycle came to its end.").set(record.error is None)
    if record.succeeded is not None:
        told = "When a cycle last came to its end."
        gauge("last_success_timestamp_seconds", told).set(record.succeeded.timestamp())
    asked = gauge("cycle_asked", "Documents that the last cycle asked for, by what came of it.", ("outcome",))
    for outcome, number in record.asked.items():
        asked.labels(outcome).set(number)
    gauge("cycle_new_files", "Files that the last cycle brought.").set(record.new)
    failed = gauge("cycle_source_failed", "Sources that could not do their work in the last cycle.", ("source",))
    for name in record.failed_sources:
        failed.labels(name).set(1)

    with suppress(OSError, CatalogueDamagedError), Catalogue(state.catalogue, read_only=True) as catalogue:
        counts = catalogue.counts()
        documents = gauge("documents", "Documents in the catalogue.", ("state", "language"))
        for count in counts:
            documents.labels(count.state.value, count.language).set(count.documents)

    day = record.ended.date().isoformat()
    requests = gauge("requests_today", "Requests to a host on the day (UTC) that the last cycle ended.", ("host",))
    for host in host_records(state.hosts):
        requests.labels(host.host).set(host.counts.get(day, 0))
    gauge("requests_allowed_a_day", "Most requests to one host in a day.").set(settings.requests_a_day)

    mirrored = None if settings.mirror is None else read_mirror_record(state.mirror_record(settings.mirror))
    if mirrored is not None:
        ended = mirrored.ended.timestamp()
        gauge("mirror_end_timestamp_seconds", "When the last copy to the mirror ended.").set(ended)
        is_whole = mirrored.error is None and not mirrored.damaged
        gauge("mirror_succeeded", "Whether the last copy to the mirror left nothing out.").set(is_whole)
        gauge("mirror_files", "Files that the mirror held after the last copy; 0 where it failed.").set(mirrored.files)
        gauge("mirror_damaged_files", "Damaged files that the last copy left out.").set(mirrored.damaged)
        if mirrored.succeeded is not None:
            told = "When a copy to the mirror last left nothing out."
            gauge("mirror_last_success_timestamp_seconds", told).set(mirrored.succeeded.timestamp())
    return generate_latest(registry)
