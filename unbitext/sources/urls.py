"""Which addresses may be asked: hosts that were named beforehand, by https, and nothing that an answer makes up."""

from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

LONGEST_URL = 4096


class ForbiddenUrlError(ValueError):
    """An address that is not asked; the message says why."""


class Place(NamedTuple):
    """An address taken apart: scheme, host in small letters, port, and what stands behind (path and query)."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port, the port only where it is not the scheme's own."""
        usual = {"https": 443, "http": 80}[self.scheme]
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == usual else f"{name}:{self.port}"

    @property
    def url(self) -> str:
        """The address as one text, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"


class Allowed:
    """The hosts that may be asked: those of given addresses, and domains with all that is below them by https.

    By http only the very host and port of a given http address is asked, which must be this machine (a test server):
    `unbitext.sources.addresses` sees to that.
    """

    def __init__(self, addresses: tuple[str, ...], domains: tuple[str, ...] = ()) -> None:
        self._places = {(place.scheme, place.authority) for place in map(split_url, addresses)}
        self._domains = domains

    def check(self, url: str) -> Place:
        """Take an address apart. Raises `ForbiddenUrlError` where it may not be asked."""
        place = split_url(url)
        if (place.scheme, place.authority) in self._places:
            return place
        below = any(place.host == domain or place.host.endswith(f".{domain}") for domain in self._domains)
        if place.scheme != "https":
            raise ForbiddenUrlError(f"{place.scheme}://{place.authority} is not asked without encryption")
        if not below or place.port != 443:
            raise ForbiddenUrlError(f"{place.authority} is none of the hosts that are asked")
        return place


def split_url(url: str) -> Place:
    """Take an address apart. Raises `ForbiddenUrlError` for what is no plain http or https address."""
    if len(url) > LONGEST_URL:
        raise ForbiddenUrlError("the address is longer than any that is needed")
    if not url.isascii() or any(not character.isprintable() or character == " " for character in url):
        raise ForbiddenUrlError("the address has characters that addresses do not have")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ForbiddenUrlError(f"this is no address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise ForbiddenUrlError(f"addresses with the scheme {parts.scheme or '(none)'!r} are not asked")
    if not host or parts.username is not None or parts.password is not None:
        raise ForbiddenUrlError("an address needs a host, and names no user")
    target = urlunsplit(SplitResult("", "", parts.path or "/", parts.query, ""))
    return Place(parts.scheme, host.rstrip("."), port or {"https": 443, "http": 80}[parts.scheme], target)


def join_url(base: str, location: str) -> str:
    """Where a redirect from `base` leads. Raises `ForbiddenUrlError` where that is no address."""
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise ForbiddenUrlError(f"the redirect leads to no address: {error}") from error
