"""A web server on loopback that behaves as the UN's do: documents by symbol, OAI-PMH, robots.txt - and every fault.

    with LoopbackServer() as server:
        server.publish("CD/PV.1511", "en", "pdf", data)
        server.fault("CD/PV.1511", "en", "pdf", behaviour.resets, times=2)
        ... fetch from server.ods_url, server.oai_url ...
        assert server.asked("/api/symbol/access") == 3

The environment of a process that is to use it is `server.environment()`.
"""

import hashlib
import threading
from collections import Counter
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from tests.loopback.behaviour import Behaviour, Exchange
from tests.loopback.oai import OaiService
from unbitext.file_names import name_claim

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
}

Key = tuple[str, str, str]
"""Symbol, language, `pdf` or `doc`."""


class Published(NamedTuple):
    """A file that the server has."""

    path: str
    data: bytes
    content_type: str
    etag: str
    last_modified: str


class Request(NamedTuple):
    """A request that came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


class LoopbackServer:
    """The server; `ods_url` and `oai_url` are its services."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.loopback = self
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.ods_url = f"{self.base}/api/symbol/access"
        self.oai_url = f"{self.base}/oai2d"
        self.oai = OaiService()
        self.documents: dict[Key, Published] = {}
        self.pages: dict[str, Behaviour] = {}
        self.robots = "User-agent: *\nDisallow: /private/\n"
        self.requests: list[Request] = []
        self.open_now = 0
        self.most_open = 0
        self._faults: dict[Key | str, list[tuple[Behaviour, int | None]]] = {}
        self._files: dict[str, Published] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def environment(self) -> dict[str, str]:
        """What a process needs to fetch from here and nowhere else, without waiting."""
        return {
            "UNBITEXT_ODS_URL": self.ods_url,
            "UNBITEXT_OAI_URL": self.oai_url,
            "UNBITEXT_CONTACT": "tests@example.org",
            "UNBITEXT_ALLOW_PRIVATE_HOSTS": "1",
            "UNBITEXT_DELAY_SECONDS": "0",
            "UNBITEXT_BACKOFF_SECONDS": "0.001",
            "UNBITEXT_BACKOFF_MOST_SECONDS": "0.01",
            "UNBITEXT_REQUESTS_A_DAY": "1000000",
        }

    def publish(self, symbol: str, language: str, form: str, data: bytes, content_type: str | None = None) -> None:
        """Put a file behind a symbol, in place of the one before; `form` is pdf, doc or docx (asked for as doc)."""
        name = hashlib.sha256(data).hexdigest()
        stamp = f"Mon, 05 Jan 2026 00:{len(self._files) // 60 % 60:02}:{len(self._files) % 60:02} GMT"
        path = f"/doc/undoc/gen/{name[:12]}.{form}"
        with self._lock:
            new = Published(path, data, content_type or TYPES[form], f'"{name[:16]}"', stamp)
            published = self._files.setdefault(path, new)
            self.documents[symbol, language, "doc" if form == "docx" else form] = published

    def withdraw(self, symbol: str, language: str, form: str = "pdf") -> None:
        """Take a file away: 404 from now on."""
        with self._lock:
            self.documents.pop((symbol, language, form), None)

    def publish_specimens(self, folder: Path) -> list[tuple[str, str]]:
        """Publish the specimens (data/specimens): PDF and Word file. Return symbol and language of each."""
        found = []
        for path in [*sorted((folder / "pdf").glob("*.pdf")), *sorted((folder / "docx").glob("*.docx"))]:
            claim = name_claim(path.name)
            assert claim.symbol
            assert claim.language
            self.publish(claim.symbol, claim.language, path.suffix[1:], path.read_bytes())
            found.append((claim.symbol, claim.language))
        return sorted(set(found))

    def fault(self, symbol: str, language: str, form: str, behaviour: Behaviour, times: int | None = None) -> None:
        """Misbehave at the next so many requests for a document (None: at all); several faults come in order."""
        with self._lock:
            self._faults.setdefault((symbol, language, form), []).append((behaviour, times))

    def fault_at(self, path: str, behaviour: Behaviour, times: int | None = None) -> None:
        """Misbehave at a path: `/robots.txt`, `/oai2d`, `/doc/undoc/gen/...`."""
        with self._lock:
            self._faults.setdefault(path, []).append((behaviour, times))

    def heal(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._faults.clear()

    def asked(self, path: str = "") -> int:
        """How many requests came for paths that begin so."""
        with self._lock:
            return sum(request.path.startswith(path) for request in self.requests)

    def asked_for(self) -> Counter[Key]:
        """How often each document was asked for."""
        with self._lock:
            return Counter(
                (request.query["s"], request.query["l"], request.query["t"])
                for request in self.requests
                if "s" in request.query
            )

    def forget_requests(self) -> None:
        """Begin counting anew."""
        with self._lock:
            self.requests.clear()
            self.most_open = 0

    def next_fault(self, key: Key | str) -> Behaviour | None:
        """The fault that is due at this request, which thereby has happened."""
        with self._lock:
            waiting = self._faults.get(key, [])
            if not waiting:
                return None
            behaviour, times = waiting[0]
            if times == 1:
                waiting.pop(0)
            elif times is not None:
                waiting[0] = (behaviour, times - 1)
            return behaviour

    def answer(self, exchange: Exchange) -> None:
        """Answer one request."""
        parts = urlsplit(exchange.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        headers = {name.lower(): value for name, value in exchange.headers.items()}
        with self._lock:
            self.requests.append(Request(parts.path, query, headers))
        key = (query.get("s", ""), query.get("l", ""), query.get("t", ""))
        if fault := self.next_fault(parts.path) or (self.next_fault(key) if "s" in query else None):
            fault(exchange)
        elif parts.path in self.pages:
            self.pages[parts.path](exchange)
        elif parts.path == "/robots.txt":
            exchange.reply(200, self.robots.encode(), {"Content-Type": "text/plain"})
        elif parts.path == "/oai2d":
            self.oai.answer(exchange, query)
        elif parts.path == "/api/symbol/access":
            self._by_symbol(exchange, key)
        elif parts.path in self._files:
            self._file(exchange, self._files[parts.path], headers)
        else:
            exchange.reply(404)

    def _by_symbol(self, exchange: Exchange, key: Key) -> None:
        published = self.documents.get(key)
        if published is None:
            exchange.reply(404)
            return
        exchange.reply(302, headers={"Location": published.path})

    def _file(self, exchange: Exchange, published: Published, headers: dict[str, str]) -> None:
        validators = {"ETag": published.etag, "Last-Modified": published.last_modified}
        if headers.get("if-none-match") == published.etag:
            exchange.start(304, {**validators, "Connection": "close"})
        else:
            exchange.reply(200, published.data, {"Content-Type": published.content_type, **validators})

    def count_open(self, step: int) -> None:
        """Count the connections that are open at once."""
        with self._lock:
            self.open_now += step
            self.most_open = max(self.most_open, self.open_now)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[Exchange]) -> None:
        self.closing = threading.Event()
        self.loopback: LoopbackServer
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away in the middle are what these tests are about."""


class _Handler(Exchange):
    def handle(self) -> None:
        self._is_open = True
        self.server.loopback.count_open(1)  # type: ignore[attr-defined]
        try:
            super().handle()
        finally:
            self.answered()

    def answered(self) -> None:
        # Before the answer goes out: the client may come back before this thread has ended.
        if self._is_open:
            self._is_open = False
            self.server.loopback.count_open(-1)  # type: ignore[attr-defined]

    def do_GET(self) -> None:  # noqa: N802 - the name is http.server's
        self.server.loopback.answer(self)  # type: ignore[attr-defined]

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""
