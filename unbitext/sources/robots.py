"""robots.txt (RFC 9309): what a host asks programs not to fetch, and how long to wait between requests.

Kept in the state folder for a day, so that it costs one request a day. Where it is not there (4xx), all is allowed;
where it cannot be had, nothing is asked of the host.
"""

from collections.abc import Callable
from pathlib import Path

from protego import Protego
from pydantic import ValidationError

from schemas.base import Model
from unbitext.sources.answers import Answer, is_html
from unbitext.sources.clock import Clock
from unbitext.sources.hosts import host_file
from unbitext.sources.manners import Manners
from unbitext.sources.urls import Place
from unbitext.store import write_file

PROGRAM = "unbitext"
"""The name that a robots.txt would use for this program."""

_LONGEST_DELAY = 300.0


class RobotsRecord(Model):
    """A robots.txt as it came at `retrieved` (seconds since 1970); empty text where the host has none."""

    retrieved: float
    text: str


class Rules:
    """What one robots.txt says to this program."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        """Whether an address may be fetched."""
        return bool(self._rules.can_fetch(url, PROGRAM))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for, at most five minutes; 0 where it says nothing."""
        asked = self._rules.crawl_delay(PROGRAM)
        rate = self._rules.request_rate(PROGRAM)
        slow = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return min(max(float(asked or 0.0), float(slow)), _LONGEST_DELAY)


class Robots:
    """The robots.txt of each host."""

    def __init__(self, folder: Path, manners: Manners, clock: Clock) -> None:
        self._folder = folder
        self._manners = manners
        self._clock = clock
        self._known: dict[str, Rules] = {}

    def rules(self, place: Place, ask: Callable[[Place], Answer]) -> Rules:
        """What holds for a host; `ask` gets its robots.txt where none is kept, or too old a one, and may raise."""
        host = place.authority
        if host not in self._known:
            record = self._kept(host)
            if record is None:
                answer = ask(place._replace(target="/robots.txt"))
                # A page in its place is a server that answers anything; a redirect is not followed.
                there = answer.status == 200 and not is_html(answer.body)
                text = answer.body.decode("utf-8", "replace") if there else ""
                record = RobotsRecord(retrieved=self._clock.seconds(), text=text)
                write_file(self._file(host), record.model_dump_json().encode())
            self._known[host] = Rules(record.text)
        return self._known[host]

    def _kept(self, host: str) -> RobotsRecord | None:
        try:
            record = RobotsRecord.model_validate_json(self._file(host).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        age = self._clock.seconds() - record.retrieved
        return record if 0 <= age < self._manners.robots_fresh else None

    def _file(self, host: str) -> Path:
        return self._folder / f"{host_file(host)}.robots.json"
