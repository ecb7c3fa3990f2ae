"""How a web host misbehaves, one function a fault: each gives what to do with one request.

No fault waits for long by itself: those that stall wait until the client goes away or the server is closed.
"""

import gzip
import socket
import struct
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler

Behaviour = Callable[["Exchange"], None]
"""Deals with one request."""

WAF_PAGE = b"<!DOCTYPE html><html><head><script src='https://x.awswaf.com/challenge.js'></script></head></html>"
PAGE = b"<!DOCTYPE html><html><head><title>Official Document System</title></head><body>Not found</body></html>"


class Exchange(BaseHTTPRequestHandler):
    """One request being answered, with the few words that behaviours use."""

    protocol_version = "HTTP/1.1"

    def reply(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        """A whole and honest answer, closed afterwards."""
        given = {"Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
        self.start(status, given)
        self.wfile.write(body)

    def start(self, status: int, headers: Mapping[str, str]) -> None:
        """Status and headers, no body."""
        self.close_connection = True
        self.answered()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def answered(self) -> None:
        """Called before the first byte of an answer."""

    def wait_for_the_end(self) -> None:
        """Keep silent until the client has gone or the server closes."""
        self.connection.settimeout(0.02)
        while not self.server.closing.is_set():  # type: ignore[attr-defined]
            try:
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return


def status(code: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Behaviour:
    """An answer with this status."""
    return lambda exchange: exchange.reply(code, body, headers)


def sends(body: bytes, content_type: str = "application/pdf", headers: Mapping[str, str] | None = None) -> Behaviour:
    """200 with these bytes."""
    return status(200, {"Content-Type": content_type, **(headers or {})}, body)


def redirects(to: str, code: int = 302) -> Behaviour:
    """A redirect."""
    return status(code, {"Location": to})


def resets(exchange: Exchange) -> None:
    """The connection is reset before an answer."""
    exchange.close_connection = True
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.connection.close()


def stalls(exchange: Exchange) -> None:
    """No answer at all, on an open connection."""
    exchange.close_connection = True
    exchange.wait_for_the_end()


def stalls_inside(body: bytes) -> Behaviour:
    """Half a body, then silence."""

    def behave(exchange: Exchange) -> None:
        exchange.start(200, {"Content-Type": "application/pdf", "Content-Length": str(len(body))})
        exchange.wfile.write(body[: len(body) // 2])
        exchange.wait_for_the_end()

    return behave


def drips(body: bytes, pause: float = 0.005) -> Behaviour:
    """A body byte by byte: never silent for long, and never done."""

    def behave(exchange: Exchange) -> None:
        exchange.start(200, {"Content-Type": "application/pdf", "Content-Length": str(len(body))})
        _drip(exchange, body, pause)

    return behave


def drips_headers(pause: float = 0.005) -> Behaviour:
    """Headers byte by byte, without end."""
    return lambda exchange: _drip(exchange, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 60_000, pause)


def _drip(exchange: Exchange, body: bytes, pause: float) -> None:
    exchange.close_connection = True
    try:
        for byte in body:
            if exchange.server.closing.is_set():  # type: ignore[attr-defined]
                return
            exchange.wfile.write(bytes([byte]))
            exchange.wfile.flush()
            time.sleep(pause)
    except OSError:
        return


def cuts(body: bytes, *, declared: int | None) -> Behaviour:
    """Half a body, then the end of the connection; `declared` is the Content-Length, None for none."""

    def behave(exchange: Exchange) -> None:
        headers = {"Content-Type": "application/pdf", "Connection": "close"}
        if declared is not None:
            headers["Content-Length"] = str(declared)
        exchange.start(200, headers)
        exchange.wfile.write(body[: len(body) // 2])

    return behave


def cuts_chunked(body: bytes) -> Behaviour:
    """Half a body in chunks, and no last one."""

    def behave(exchange: Exchange) -> None:
        exchange.start(200, {"Content-Type": "application/pdf", "Transfer-Encoding": "chunked"})
        exchange.wfile.write(b"%x\r\n%s\r\n" % (len(body) // 2, body[: len(body) // 2]))

    return behave


def understates(body: bytes) -> Behaviour:
    """A whole body under a Content-Length that is too small."""

    def behave(exchange: Exchange) -> None:
        exchange.start(200, {"Content-Type": "application/pdf", "Content-Length": str(len(body) // 2)})
        exchange.wfile.write(body)

    return behave


def gzip_bomb(megabytes: int) -> Behaviour:
    """A small answer that unpacks to a large one."""
    packed = gzip.compress(b"\0" * (megabytes * 1024 * 1024))
    return sends(packed, headers={"Content-Encoding": "gzip"})


def garbage(exchange: Exchange) -> None:
    """What is no HTTP at all."""
    exchange.close_connection = True
    exchange.wfile.write(b"\x00\xff\x00 this is no answer\r\n\r\n")


empty = sends(b"")
"""200 with an empty body, as for a document that is not published yet."""

page = sends(PAGE, "text/html")
"""200 with a web page."""

waf = status(202, {"x-amzn-waf-action": "challenge", "Content-Type": "text/html"})
"""AWS's anti-bot answer."""

challenge = status(403, {"Content-Type": "text/html"}, b"<html><title>Just a moment...</title></html>")
"""An anti-bot page with 403."""
