"""Encrypted connections: to an address that was checked, with the certificate of the name that was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from schemas.fetching import FetchStatus
from tests.unbitext.sources.conftest import OpenClient, refusal
from unbitext.sources.urls import Allowed
from unbitext.sources.web import Client

NAME = "documents.test"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"" if self.path == "/robots.txt" else self.headers["Host"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that do not trust the certificate go away."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of `documents.test`, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    server = _Quiet(("127.0.0.1", 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


Secure = Callable[[str, Path | None], tuple[Client, str]]


@pytest.fixture
def secure(client: OpenClient, port: int) -> Secure:
    """A client that finds a name at the server, and trusts these certificates (or the usual ones)."""

    def make(name: str, trusted: Path | None) -> tuple[Client, str]:
        base = f"https://{name}:{port}/"
        tls = ssl.create_default_context(cafile=str(trusted)) if trusted else None
        return client(resolve=lambda host, port: ["127.0.0.1"], tls=tls, allowed=Allowed((base,))), base

    return make


def test_the_name_is_checked_though_the_address_is_connected_to(secure: Secure, certificate: Path, port: int) -> None:
    one, base = secure(NAME, certificate)
    with one:
        assert one.get(f"{base}x").body.decode() == f"{NAME}:{port}"


@pytest.mark.parametrize(("name", "is_trusted"), [("other.test", True), (NAME, False)])
def test_a_certificate_of_another_name_or_of_nobody_is_no_answer(
    secure: Secure, certificate: Path, name: str, is_trusted: bool
) -> None:
    one, base = secure(name, certificate if is_trusted else None)
    error = refusal(one, f"{base}x")
    assert (error.status, error.code) == (FetchStatus.FAILED, "fetch-failed")
    assert "certificate verify failed" in error.message
