"""One turn at a time for each host, across all processes: the delay, the day's budget and the host's own wishes.

The state folder holds a lock file and a small record for each host. The lock is held from before the delay to after the
answer, so that there is one connection a host, and a crash releases it. A request is counted before it is made.
"""

import fcntl
import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from pydantic import Field, ValidationError

from schemas.base import Model
from unbitext.sources.answers import NoAnswerError, no_answer
from unbitext.sources.clock import Clock
from unbitext.sources.manners import Manners
from unbitext.store import write_file

_DAYS_KEPT = 8
_TURNS_AHEAD = 4


class HostRecord(Model):
    """What is remembered of a host. Times are seconds since 1970; `counts` are requests by day (UTC, ISO 8601).

    `host` is its name, with a port where it has one; `not_before` is when the host said to come back, noted at `noted`.
    """

    host: str = ""
    last_request: float = 0.0
    not_before: float = 0.0
    noted: float = 0.0
    counts: dict[str, int] = Field(default_factory=dict)

    def wish(self, now: float) -> float:
        """Seconds until the host wants to be asked again; never more than it said, wherever the clock has gone."""
        return max(0.0, min(self.not_before - now, self.not_before - self.noted))


class Hosts:
    """The gate to all hosts; its records are in `folder`."""

    def __init__(self, folder: Path, manners: Manners, clock: Clock, chance: random.Random) -> None:
        self._folder = folder
        self._manners = manners
        self._clock = clock
        self._chance = chance

    @contextmanager
    def turn(self, host: str, delay: float = 0.0, longest_wait: float = 0.0) -> Iterator[None]:
        """Wait for the turn of a request to a host, count it, and hold the host until the request is over.

        `delay` is what the host asks for between requests, where that is more than our own. Raises `NoAnswerError`
        where the day's budget is spent, or the host said to come back later than `longest_wait` seconds from now.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{host_file(host)}.lock").open("ab") as handle:
            self._wait_for(handle, host)
            record = self.record(host)
            counts = self._counts(record)
            today = max(counts)
            if counts[today] >= self._manners.requests_a_day:
                raise self._spent(host, today)
            wish = self._wish(record)
            if wish > longest_wait:
                later = self._clock.now() + timedelta(seconds=wish)
                raise no_answer("host-busy", f"{host} asks not to be asked before {later:%Y-%m-%d %H:%M} UTC", later)
            self._clock.sleep(max(wish, self._pause(record, delay)))
            counts[today] += 1
            record = record.model_copy(update={"last_request": self._clock.seconds(), "counts": counts})
            self._write(host, record)
            try:
                yield
            finally:
                # The delay counts from the end of an answer: a slow host gets its rest.
                ended = self.record(host).model_copy(update={"last_request": self._clock.seconds()})
                self._write(host, ended)

    def _wait_for(self, handle: BinaryIO, host: str) -> None:
        """Take the lock; when its holder ends, in whatever way, the system gives it on.

        A holder that hangs is not waited for without end. Waits by the real clock: it is other processes that work.
        """
        end = time.monotonic() + _TURNS_AHEAD * (self._manners.answer + self._manners.delay)
        pause = 0.001
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > end:
                    message = f"other processes have been asking {host} for too long"
                    raise no_answer("host-busy", message, self._clock.now() + timedelta(hours=1)) from None
                time.sleep(pause)
                pause = min(2 * pause, 0.05)

    def come_back(self, host: str, seconds: float) -> None:
        """Remember that a host wants to be left alone for so long. Only inside its turn."""
        now = self._clock.seconds()
        record = self.record(host)
        self._write(host, record.model_copy(update={"not_before": now + seconds, "noted": now}))

    def record(self, host: str) -> HostRecord:
        """What is remembered of a host; nothing where the record is lost or damaged."""
        try:
            return HostRecord.model_validate_json((self._folder / f"{host_file(host)}.json").read_bytes())
        except (FileNotFoundError, ValidationError):
            return HostRecord()

    def _write(self, host: str, record: HostRecord) -> None:
        named = record.model_copy(update={"host": host})
        # Not flushed to the disk: a power cut costs the count of some requests, a flush would cost more than they do.
        write_file(self._folder / f"{host_file(host)}.json", named.model_dump_json().encode(), durable=False)

    def _counts(self, record: HostRecord) -> dict[str, int]:
        """Requests by day, today's among them. A clock that went back buys no new budget: the count comes along."""
        today = self._clock.now().date()
        counts = {day: count for day, count in record.counts.items() if _is_day(day)}
        ahead = [count for day, count in counts.items() if day > today.isoformat()]
        kept = {
            day: count
            for day, count in counts.items()
            if (today - timedelta(days=_DAYS_KEPT)).isoformat() < day <= today.isoformat()
        }
        kept[today.isoformat()] = max([kept.get(today.isoformat(), 0), *ahead])
        return kept

    def _wish(self, record: HostRecord) -> float:
        """Seconds until the host wants to be asked again; never more than it said, wherever the clock has gone."""
        return record.wish(self._clock.seconds())

    def _pause(self, record: HostRecord, delay: float) -> float:
        """Seconds to wait: the delay and up to half as much by chance, less what has passed."""
        least = max(self._manners.delay, delay)
        wanted = least * (1 + 0.5 * self._chance.random())
        passed = self._clock.seconds() - record.last_request
        # Passed is below nought where the clock went back.
        return wanted - passed if 0 <= passed < wanted else (wanted if passed < 0 else 0.0)

    def _spent(self, host: str, today: str) -> NoAnswerError:
        tomorrow = datetime.fromisoformat(today).replace(tzinfo=UTC) + timedelta(days=1)
        message = f"the {self._manners.requests_a_day} requests to {host} that a day allows are spent"
        return no_answer("budget-spent", message, tomorrow)


def host_records(folder: Path) -> list[HostRecord]:
    """What is remembered of all hosts that were ever asked, sorted by name; damaged records do not count."""
    found = []
    for path in sorted(folder.glob("*.json")):
        with suppress(FileNotFoundError, ValidationError):
            record = HostRecord.model_validate_json(path.read_bytes())
            found.append(record if record.host else record.model_copy(update={"host": path.stem}))
    return sorted(found, key=lambda one: one.host)


def host_file(host: str) -> str:
    """A host and port as the name of a file; the lock must not be shared by two hosts, so nothing is cut off."""
    return re.sub(r"[^a-z0-9.-]", lambda found: f"_{ord(found[0]):x}", host.lower())


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
