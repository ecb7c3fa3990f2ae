"""Connecting to no address that was not checked, and reading no answer beyond its deadline.

A name is resolved once for each connection, every address it has is checked, and the connection goes to an address that
was checked: a name that answers otherwise the second time (DNS rebinding) gains nothing. httpcore is used as it is, and
not through httpx, for httpx gives no place to say which address to connect to, nor to bound the time of the headers.
"""

import ipaddress
import socket
import typing
from collections.abc import Callable, Iterable

import httpcore

from unbitext.sources.clock import Clock

Resolve = Callable[[str, int], list[str]]
"""Gives the addresses of a host for a port, as text. Raises `OSError` where the name is not known."""


class ForbiddenAddressError(Exception):
    """A host's address is none of the public internet; the message names both."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet: none of a private network, of this machine, or of a tunnel."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        # Addresses that hold an IPv4 address are as good as that one; tunnels hide where they lead.
        inner = found.ipv4_mapped or (ipaddress.IPv4Address(found.packed[12:]) if found in _NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
        if found.sixtofour is not None or found.teredo is not None or found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_unspecified and not found.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to checked addresses, and stops reading at a deadline.

    Set `deadline` (by the clock's `monotonic`) and `encrypted` before each request: without encryption only this
    machine is talked to. Raises `ForbiddenAddressError` where a host has an address that is not public and private ones
    are not allowed; `httpcore.ConnectError` where it cannot be reached.
    """

    def __init__(self, clock: Clock, *, allow_private: bool, resolve: Resolve = resolve) -> None:
        self.deadline = float("inf")
        self.encrypted = True
        self._clock = clock
        self._allow_private = allow_private
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known: {error}") from error
        for address in addresses:
            if not self._allow_private and not is_public(address):
                named = host if host == address else f"{host} is {address}, which"
                named = f"{named} is no address of the public internet"
                raise ForbiddenAddressError(f"{named}; UNBITEXT_ALLOW_PRIVATE_HOSTS=1 allows it")
            if not self.encrypted and not is_loopback(address):
                raise ForbiddenAddressError(f"{host} is {address}, and only this machine is asked without encryption")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._plain.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self)
        raise failure

    def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks between tries to connect (it is told to try once)."""
        self._clock.sleep(seconds)

    def left(self, timeout: float | None) -> float:
        """Seconds that the next step may take. Raises `httpcore.ReadTimeout` once the deadline is over."""
        left = self.deadline - self._clock.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return min(left, timeout) if timeout is not None else left


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline at the latest: a host cannot hold us by single bytes."""

    def __init__(self, stream: httpcore.NetworkStream, network: CheckedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: typing.Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        return _TimedStream(stream, self._network)

    def get_extra_info(self, info: str) -> typing.Any:
        return self._stream.get_extra_info(info)
