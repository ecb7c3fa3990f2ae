"""Whether ingestion is healthy: a few checks that read little, for monitors that ask often."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.base import Model
from schemas.catalogue import DocumentState
from schemas.settings import Settings
from unbitext.catalogue.catalogue import Catalogue
from unbitext.catalogue.errors import CatalogueDamagedError
from unbitext.cycle_record import read_record
from unbitext.mirror.record import read_mirror_record
from unbitext.sources.hosts import host_records
from unbitext.store import State

_CLOCK_MINUTES = 10
"""How far ahead the end of a cycle may lie: clocks are set."""


class HealthCheck(Model):
    """One check; `message` says what was found."""

    name: str
    healthy: bool
    message: str


class Health(Model):
    """What `unbitext status --health` prints; healthy where every check is."""

    healthy: bool
    checks: tuple[HealthCheck, ...]


def check_health(settings: Settings, now: datetime | None = None) -> Health:
    """Check the last cycle, its sources, the catalogue, the files, the disks, the hosts and the mirror.

    Nothing is written. A check that cannot be made (a folder that may not be read) is not healthy.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    state = State(settings.state)
    steps: tuple[tuple[str, Callable[[], Iterator[HealthCheck]]], ...] = (
        ("cycle", lambda: _check_cycle(state, settings.stale_hours, now)),
        ("catalogue", lambda: _check_catalogue(state)),
        ("disk", lambda: _check_disks(settings)),
        ("hosts", lambda: _check_hosts(state, settings.requests_a_day, now)),
        ("mirror", lambda: _check_mirror(state, settings, now)),
    )
    checks: list[HealthCheck] = []
    for name, step in steps:
        try:
            checks += step()
        except OSError as error:
            checks.append(HealthCheck(name=name, healthy=False, message=f"cannot be checked: {error}"))
    return Health(healthy=all(one.healthy for one in checks), checks=tuple(checks))


def describe_health(health: Health) -> Iterator[str]:
    """Tell of each check, in a line, and at last of all."""
    for one in health.checks:
        yield f"{'ok' if one.healthy else 'FAILED':<7} {one.name:<10} {one.message}"
    yield "healthy" if health.healthy else "not healthy"


def _check_cycle(state: State, stale_hours: float, now: datetime) -> Iterator[HealthCheck]:
    record = read_record(state.last_cycle)
    if record is None:
        yield HealthCheck(name="cycle", healthy=False, message="none is recorded in this state folder")
        return
    ended = f"ended {record.ended:%Y-%m-%d %H:%M} UTC"
    if record.error is not None:
        yield HealthCheck(name="cycle", healthy=False, message=f"{ended}, broken off: {record.error}")
        return
    trouble = _trouble_of_age(now - record.ended, stale_hours)
    yield HealthCheck(name="cycle", healthy=not trouble, message=f"{ended}{trouble}")
    failed = record.failed_sources
    why = [note for note in record.notes if note.startswith(tuple(f"{name}: " for name in failed))]
    message = "; ".join(why or failed) or "all did their work"
    yield HealthCheck(name="sources", healthy=not failed, message=message)


def _trouble_of_age(age: timedelta, stale_hours: float) -> str:
    """What is wrong with the time at which something ended; empty where nothing is."""
    if age > timedelta(hours=stale_hours):
        return f", more than {stale_hours:g} hours ago: is the schedule running?"
    if age < -timedelta(minutes=_CLOCK_MINUTES):
        return ", which is still to come: see to the clock"
    return ""


def _check_catalogue(state: State) -> Iterator[HealthCheck]:
    try:
        with Catalogue(state.catalogue, read_only=True) as catalogue:
            catalogue.check()
            documents = sum(count.documents for count in catalogue.counts())
            damaged = catalogue.count_code(DocumentState.WANTED, "stored-file-damaged")
    except FileNotFoundError:
        message = "there is none: the next cycle makes it, or unbitext status --rebuild"
        yield HealthCheck(name="catalogue", healthy=False, message=message)
        return
    except CatalogueDamagedError as error:
        message = f"{error}: the next cycle makes it anew, or unbitext status --rebuild"
        yield HealthCheck(name="catalogue", healthy=False, message=message)
        return
    yield HealthCheck(name="catalogue", healthy=True, message=f"{documents} documents")
    message = f"{damaged} found damaged and not yet fetched again" if damaged else "none known to be damaged"
    yield HealthCheck(name="files", healthy=not damaged, message=message)


def _check_disks(settings: Settings) -> Iterator[HealthCheck]:
    """The disks of what cycles write, each once."""
    seen: set[int] = set()
    for folder in (settings.state, settings.data, settings.out):
        place = _nearest(folder)
        if (disk := place.stat().st_dev) in seen:
            continue
        seen.add(disk)
        free = shutil.disk_usage(place).free / 1e6
        least = settings.least_free_megabytes
        is_enough = free >= least
        wanted = "" if is_enough else f", less than {least}: free some space"
        yield HealthCheck(name="disk", healthy=is_enough, message=f"{free:.0f} MB free for {folder}{wanted}")


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())


def _check_mirror(state: State, settings: Settings, now: datetime) -> Iterator[HealthCheck]:
    """The mirror of the settings, if there is one: its last copy, and when one last left nothing out."""
    if settings.mirror is None:
        return

    def check(message: str, *, healthy: bool = False) -> HealthCheck:
        return HealthCheck(name="mirror", healthy=healthy, message=message)

    record = read_mirror_record(state.mirror_record(settings.mirror))
    if record is None:
        yield check("nothing has been copied there yet: the next cycle does it, or unbitext mirror")
        return
    ended = f"last copied {record.ended:%Y-%m-%d %H:%M} UTC"
    last = f"; one last came through {record.succeeded:%Y-%m-%d %H:%M} UTC" if record.succeeded else "; none ever did"
    if record.error is not None:
        yield check(f"{ended} and failed: {record.error}{last}")
    elif record.damaged:
        yield check(f"{ended}, without {record.damaged} damaged files: see unbitext status --verify{last}")
    elif trouble := _trouble_of_age(now - record.ended, settings.stale_hours):
        yield check(f"{ended}{trouble}")
    else:
        yield check(f"{ended}, {record.files} files", healthy=True)


def _check_hosts(state: State, requests_a_day: int, now: datetime) -> Iterator[HealthCheck]:
    troubles = []
    records = host_records(state.hosts)
    for record in records:
        requests = record.counts.get(now.date().isoformat(), 0)
        if (wish := record.wish(now.timestamp())) > 0:
            until = now + timedelta(seconds=wish)
            troubles.append(f"{record.host} asks to be left alone until {until:%Y-%m-%d %H:%M} UTC")
        if requests >= requests_a_day:
            troubles.append(f"the {requests_a_day} requests of the day to {record.host} are spent")
    message = "; ".join(troubles) or f"{len(records)} asked so far, none asks to be left alone"
    yield HealthCheck(name="hosts", healthy=not troubles, message=message)
