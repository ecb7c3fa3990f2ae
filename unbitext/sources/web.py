"""The HTTP client: polite, bounded, and trusting nothing that comes back.

One request is: robots.txt allows it, the host's turn has come, the address is public, the answer is complete and within
its bounds. Redirects are followed by hand, each as carefully as the first address. What fails for now is tried again
after a pause that grows; a host that turns programs away is left alone for the life of the client, which is one cycle.
"""

import logging
import random
import ssl
import zlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import httpcore

from schemas.fetching import FetchStatus
from unbitext.sources.addresses import CheckedNetwork, ForbiddenAddressError, Resolve, resolve
from unbitext.sources.answers import Answer, NoAnswerError, is_challenge, no_answer, retry_after
from unbitext.sources.clock import Clock
from unbitext.sources.hosts import Hosts
from unbitext.sources.manners import Manners, NoContactError
from unbitext.sources.robots import Robots
from unbitext.sources.urls import Allowed, ForbiddenUrlError, Place, join_url

LOGGER = logging.getLogger("unbitext")

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_NOW = frozenset({202, 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses that say nothing of the document: the server, or what stands before it, cannot answer for now."""

_DENIALS_IN_A_ROW = 3
_SILENCES_IN_A_ROW = 5
"""Addresses of a host that gave no answer of any kind in all tries: it is down, and hours of trying would not help it.

One that has a robots.txt and cannot give it is as good as down: nothing may be asked of it.
"""


class _TryAgainError(Exception):
    """An answer that may be better the next time; `wait` is what the host asks for, in seconds.

    `host` is the one that was asked, `silences` for how many silences of it this counts: for none where the address
    alone may be in trouble.
    """

    def __init__(self, message: str, host: str, wait: float | None = None, *, silences: int = 0) -> None:
        super().__init__(message)
        self.host = host
        self.wait = wait
        self.silences = silences


class Client:
    """Asks web hosts. Use it as a context, from one thread, for one cycle.

    `state` is the folder of its records (`hosts/` below the state folder), `tls` says whose certificates are trusted
    (null: those that the system and certifi trust).
    """

    def __init__(
        self,
        manners: Manners,
        allowed: Allowed,
        state: Path,
        *,
        clock: Clock | None = None,
        chance: random.Random | None = None,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        dry_run: bool = False,
    ) -> None:
        self.manners = manners
        self.clock = clock or Clock()
        self._allowed = allowed
        self._chance = chance or random.Random()
        self._hosts = Hosts(state, manners, self.clock, self._chance)
        self._robots = Robots(state, manners, self.clock)
        self._network = CheckedNetwork(self.clock, allow_private=manners.allow_private_hosts, resolve=resolve)
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=1,
            # Closed after each answer, so that there is never more than one connection a host over all processes.
            max_keepalive_connections=0,
            network_backend=self._network,
        )
        self._left_alone: dict[str, NoAnswerError] = {}
        self._denials: dict[str, int] = {}
        self._silences: dict[str, int] = {}
        self.is_dry_run = dry_run
        self.requests = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        headers_for: str | None = None,
        is_whole: Callable[[bytes], bool] | None = None,
        largest_bytes: int | None = None,
    ) -> Answer:
        """Ask for an address and return the complete answer, whatever its status but for those that pass.

        `headers` are added to the request for `headers_for` (all requests where that is None): what holds for one file
        does not hold for another that a redirect leads to. `is_whole` tells of a body whether its end is there.

        Raises `NoAnswerError`: the host turns us away, or asks for a rest, or cannot be reached in all tries; the
        address, or one that it leads to, may not be asked; the answer is too large.
        """
        largest = self.manners.largest_bytes if largest_bytes is None else largest_bytes
        tries = self.manners.attempts
        for attempt in range(tries):
            try:
                return self._follow(url, headers or {}, headers_for, is_whole, largest)
            except _TryAgainError as trouble:
                if attempt + 1 == tries:
                    raise self._given_up(url, tries, trouble) from trouble
                LOGGER.info("%s: %s; asking again", url, trouble)
                self._back_off(attempt, trouble.wait)
        raise AssertionError("at least one attempt is made")

    def _follow(
        self,
        url: str,
        headers: Mapping[str, str],
        headers_for: str | None,
        is_whole: Callable[[bytes], bool] | None,
        largest: int,
    ) -> Answer:
        seen = {url}
        asked = url
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                place = self._allowed.check(asked)
            except ForbiddenUrlError as error:
                raise self._refused_redirect(url, asked, str(error)) from error
            asked = place.url
            added = headers if headers_for in (None, asked) else {}
            answer = self._ask(place, added, is_whole, largest)
            location = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not location:
                return answer
            try:
                asked = join_url(asked, location)
            except ForbiddenUrlError as error:
                raise self._refused_redirect(url, location, str(error)) from error
            if asked in seen:
                raise self._refused_redirect(url, asked, "it leads in a circle")
            seen.add(asked)
        raise self._refused_redirect(url, asked, f"it is redirected more than {_MOST_REDIRECTS} times")

    def _ask(
        self, place: Place, headers: Mapping[str, str], is_whole: Callable[[bytes], bool] | None, largest: int
    ) -> Answer:
        """One request to an address that is allowed, after robots.txt and in the host's turn."""
        host = place.authority
        if host in self._left_alone:
            raise self._left_alone[host]
        if self.is_dry_run:
            raise no_answer("dry-run", f"would ask for {place.url}")
        if not self.manners.contact:
            raise NoContactError
        rules = self._robots.rules(place, self._robots_answer)
        if not rules.allows(place.url):
            message = f"robots.txt of {host} asks programs not to fetch {place.url}"
            raise NoAnswerError(FetchStatus.BLOCKED, "robots-disallowed", message)
        return self._checked(place, self._exchange(place, headers, largest, rules.delay), is_whole)

    def _robots_answer(self, place: Place) -> Answer:
        try:
            return self._checked(place, self._exchange(place, {}, 512 * 1024, 0.0), None)
        except _TryAgainError as trouble:
            message = f"its robots.txt cannot be had, {trouble}"
            raise _TryAgainError(message, trouble.host, trouble.wait, silences=_SILENCES_IN_A_ROW) from trouble

    def _exchange(self, place: Place, headers: Mapping[str, str], largest: int, delay: float) -> Answer:
        """Send and receive, holding the host's turn. What the host asks of us is remembered before the turn ends."""
        with self._hosts.turn(place.authority, delay, self.manners.backoff_most):
            self.requests += 1
            answer = self._send(place, headers, largest)
            wait = retry_after(answer.headers, self.clock.now()) if answer.status in _FOR_NOW else None
            if wait:
                self._hosts.come_back(place.authority, wait)
            return answer

    def _send(self, place: Place, headers: Mapping[str, str], largest: int) -> Answer:
        manners = self.manners
        self._network.deadline = self.clock.monotonic() + manners.answer
        self._network.encrypted = place.scheme == "https"
        sent: dict[bytes | str, bytes | str] = {
            "Host": place.authority,
            "User-Agent": manners.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        sent.update(headers.items())
        timeouts = {"connect": manners.connect, "read": manners.read, "write": manners.read, "pool": 1.0}
        try:
            with self._pool.stream("GET", place.url, headers=sent, extensions={"timeout": timeouts}) as response:
                received = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                body = _body(response, received, largest)
                return Answer(response.status, place.url, received, body)
        except ForbiddenAddressError as error:
            raise NoAnswerError(FetchStatus.REFUSED, "address-refused", str(error)) from error
        except _TooLargeError as error:
            message = f"{place.url} is larger than the {largest // (1024 * 1024)} MB that are fetched"
            raise NoAnswerError(FetchStatus.REFUSED, "file-too-large", message) from error
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError, zlib.error) as error:
            raise _TryAgainError(_told(error), place.authority, silences=1) from error

    def _checked(self, place: Place, answer: Answer, is_whole: Callable[[bytes], bool] | None) -> Answer:
        """The answer, where it is one. Raises `_TryAgainError` for what passes, `NoAnswerError` for what does not."""
        host = place.authority
        if is_challenge(answer):
            raise self._leave_alone(host, f"{host} answers programs with an anti-bot page (status {answer.status})")
        if answer.status in _FOR_NOW:
            wait = retry_after(answer.headers, self.clock.now())
            self._silences[host] = 0
            raise _TryAgainError(f"{host} answers with status {answer.status}", host, wait)
        if answer.status in (401, 403):
            self._denials[host] = self._denials.get(host, 0) + 1
            if self._denials[host] >= _DENIALS_IN_A_ROW:
                raise self._leave_alone(host, f"{host} denies one file after the other (status {answer.status})")
        else:
            self._denials[host] = 0
        self._silences[host] = 0
        if answer.status == 200 and is_whole and answer.body and not is_whole(answer.body):
            raise _TryAgainError(f"the file ends in the middle after {len(answer.body)} bytes", host)
        return answer

    def _leave_alone(self, host: str, message: str) -> NoAnswerError:
        LOGGER.warning("%s: it is left alone for now", message)
        error = NoAnswerError(FetchStatus.BLOCKED, "host-blocked", message, self.clock.now() + timedelta(days=1))
        self._left_alone[host] = error
        return error

    def _back_off(self, attempt: int, asked: float | None) -> None:
        """Wait before the next try: longer each time, by chance, and never less than the host asks for."""
        manners = self.manners
        grown = min(manners.backoff * 2**attempt, manners.backoff_most)
        wait = grown * (0.5 + 0.5 * self._chance.random())
        if asked is not None:
            wait = max(wait, asked)
            if asked > manners.backoff_most:
                return  # the host's turn says when it can be asked again
        self.clock.sleep(wait)

    def _given_up(self, url: str, tries: int, trouble: _TryAgainError) -> NoAnswerError:
        later = self.clock.now() + timedelta(seconds=max(trouble.wait or 0.0, 3600.0))
        host = trouble.host
        self._silences[host] = self._silences.get(host, 0) + trouble.silences
        if self._silences[host] >= _SILENCES_IN_A_ROW:
            LOGGER.warning("%s: %s: it is left alone for now", host, trouble)
            self._left_alone[host] = no_answer("fetch-failed", f"{host} is left alone: {trouble}", later)
        return no_answer("fetch-failed", f"{url}: {trouble}, {tries} times", later)

    def _refused_redirect(self, url: str, to: str, why: str) -> NoAnswerError:
        shown = to if len(to) <= 200 else f"{to[:200]}..."
        message = f"{url} is not asked: {why}" if to == url else f"{url} leads to {shown!r}, which is not asked: {why}"
        return NoAnswerError(FetchStatus.REFUSED, "address-refused", message)


class _TooLargeError(Exception):
    pass


def _body(response: httpcore.Response, headers: Mapping[str, str], largest: int) -> bytes:
    """The body, read piece by piece and never more than `largest` bytes, unpacked or packed."""
    declared = headers.get("content-length", "")
    if declared.isdigit() and int(declared) > largest:
        raise _TooLargeError
    # It was not asked for, but some servers pack all the same.
    packed = headers.get("content-encoding", "").strip().lower()
    window = {"gzip": 31, "x-gzip": 31, "deflate": 15}.get(packed)
    unpack = zlib.decompressobj(window) if window else None
    parts: list[bytes] = []
    size = received = 0
    for piece in response.iter_stream():
        received += len(piece)
        if unpack is not None:
            piece = unpack.decompress(piece, largest - size + 1)
        size += len(piece)
        if size > largest or received > largest:
            raise _TooLargeError
        parts.append(piece)
    if unpack is not None and not unpack.eof:
        raise httpcore.RemoteProtocolError("the packed answer ends in the middle")
    return b"".join(parts)


def _told(error: BaseException) -> str:
    """What went wrong on the way, in words."""
    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (httpcore.ConnectTimeout, "no connection in time"),
        (httpcore.ReadTimeout, "no answer in time"),
        (httpcore.WriteTimeout, "the request could not be sent in time"),
        (httpcore.ConnectError, "no connection"),
        (httpcore.ReadError, "the connection broke"),
        (httpcore.WriteError, "the connection broke"),
        (httpcore.RemoteProtocolError, "the answer is cut short or damaged"),
    )
    kind = next((words for found, words in kinds if isinstance(error, found)), type(error).__name__)
    return f"{kind} ({error})" if str(error) else kind
