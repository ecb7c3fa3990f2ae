"""Where the client goes and where not: redirects, hosts, private addresses, names that change their answers."""

import socket

import pytest

from schemas.fetching import FetchStatus
from tests.loopback import behaviour
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import OpenClient, refusal
from unbitext.sources.addresses import ForbiddenAddressError, is_public
from unbitext.sources.answers import NoAnswerError
from unbitext.sources.urls import Allowed, ForbiddenUrlError, split_url


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "https://example.org/x",
        "http://example.org/x",
        "http://127.0.0.1:1/x",
        "//example.org/x",
        "http://user:password@127.0.0.1/x",
        "gopher://127.0.0.1/",
        "http://127.0.0.1.example.org/",
        "http://[::1]/",
        "javascript:alert(1)",
        "http://\u0661.org/",
        "http://127.0.0.1:99999/",
        "/" + "x" * 5000,
        "http://[broken",
    ],
)
def test_redirects_elsewhere_are_refused(server: LoopbackServer, client: OpenClient, target: str) -> None:
    location = target.encode().decode("latin-1")
    server.pages["/x"] = behaviour.redirects(location)
    error = refusal(client(), f"{server.base}/x")
    assert (error.status, error.code) == (FetchStatus.REFUSED, "address-refused")
    assert server.asked("/x") == 1


def test_redirects_in_circles_and_without_end_are_refused(server: LoopbackServer, client: OpenClient) -> None:
    server.pages["/a"] = behaviour.redirects("/b")
    server.pages["/b"] = behaviour.redirects("/a")
    assert "circle" in refusal(client(), f"{server.base}/a").message
    assert server.asked("/a") == 1
    for number in range(20):
        server.pages[f"/{number}"] = behaviour.redirects(f"/{number + 1}")
    assert "more than 5 times" in refusal(client(), f"{server.base}/0").message


def test_redirects_on_the_same_host_are_followed_and_conditions_go_where_they_belong(
    server: LoopbackServer, client: OpenClient
) -> None:
    server.pages["/a"] = behaviour.redirects("b?x=1#part", code=307)
    server.pages["/b"] = behaviour.sends(b"x")
    with client() as one:
        answer = one.get(f"{server.base}/a", headers={"If-None-Match": '"1"'}, headers_for=f"{server.base}/b?x=1")
    assert answer.url == f"{server.base}/b?x=1"
    assert [request.headers.get("if-none-match") for request in server.requests[1:]] == [None, '"1"']


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://documents.un.org/x", True),
        ("https://UN.ORG/x", True),
        ("https://daccess-ods.un.org:443/x", True),
        ("https://documents.un.org:8443/x", False),
        ("http://documents.un.org/x", False),
        ("https://un.org.example.org/x", False),
        ("https://notun.org/x", False),
        ("https://documents.un.org./x", True),
        ("http://127.0.0.1:8000/x", True),
        ("http://127.0.0.1:8001/x", False),
        ("https://127.0.0.1:8000/x", False),
        ("https://example.org\\@documents.un.org/", False),
        ("https://documents.un.org\\@example.org/", False),
        ("https://a b.un.org/", False),
        ("https:///x", False),
    ],
)
def test_hosts_are_those_that_were_named(url: str, is_allowed: bool) -> None:
    allowed = Allowed(("http://127.0.0.1:8000/api",), ("un.org",))
    if is_allowed:
        assert allowed.check(url) == split_url(url)
    else:
        with pytest.raises(ForbiddenUrlError):
            allowed.check(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("::127.0.0.1", False),
    ],
)
def test_private_addresses_are_told_from_public_ones(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_private_addresses_are_refused_unless_they_are_allowed(server: LoopbackServer, client: OpenClient) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    error = refusal(client(allow_private_hosts=False), f"{server.base}/x")
    assert (error.status, error.code) == (FetchStatus.REFUSED, "address-refused")
    assert "127.0.0.1" in error.message
    assert server.asked() == 0


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:10.0.0.1"]])
def test_a_public_name_with_a_private_address_is_refused(client: OpenClient, answers: list[str]) -> None:
    allowed = Allowed(("https://documents.un.org/",))
    one = client(resolve=lambda host, port: answers, allowed=allowed, allow_private_hosts=False)
    assert refusal(one, "https://documents.un.org/x").code == "address-refused"


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(
    server: LoopbackServer, client: OpenClient
) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to, and each connection checks anew."""
    port = split_url(server.base).port
    asked: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 2 else ["8.8.8.8"]

    server.pages["/x"] = behaviour.sends(b"x")
    with client(resolve=resolve, allowed=Allowed((f"http://rebinding.test:{port}/",))) as one:
        # The system knows no such name: that the server answers shows that what was resolved is what was used.
        assert one.get(f"http://rebinding.test:{port}/x").body == b"x"
        assert asked == ["rebinding.test"] * 2
        with pytest.raises(NoAnswerError) as caught:
            one.get(f"http://rebinding.test:{port}/x")
        # And by http nothing but this machine is talked to.
        assert caught.value.code == "address-refused"


def test_a_name_that_nobody_knows_is_a_failure_for_now(client: OpenClient) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror("unknown")

    error = refusal(client(resolve=resolve, allowed=Allowed(("https://a.test/",))), "https://a.test/x")
    assert (error.status, error.code) == (FetchStatus.FAILED, "fetch-failed")


def test_forbidden_addresses_are_errors_of_their_own() -> None:
    assert not issubclass(ForbiddenAddressError, OSError)  # or it would be tried again
