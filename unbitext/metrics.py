"""What monitors read of the last cycle, in Prometheus's text format, for the textfile collector of node_exporter."""

from contextlib import suppress

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from unbitext.catalogue.catalogue import Catalogue
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.cycle_record import CycleRecord
from unbitext.sources.hosts import host_records
from unbitext.store import State


def render_metrics(record: CycleRecord, state: State, requests_a_day: int) -> bytes:
    """Write the metrics after a cycle; where the catalogue cannot be read, those of documents are left out.

    Names begin with `unbitext_`; times are seconds since 1970, durations seconds. docs/schedule.md lists them. Raises
    `OSError` where the records of hosts cannot be read.
    """
    registry = CollectorRegistry()

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
    gauge("requests_allowed_a_day", "Most requests to one host in a day.").set(requests_a_day)
    return generate_latest(registry)
