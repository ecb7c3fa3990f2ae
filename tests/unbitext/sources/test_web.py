"""The client towards hosts: where it goes and where not, how long it waits, what it remembers."""

import gzip
import json
import multiprocessing
import random
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from schemas.fetching import FetchStatus
from tests.loopback import behaviour
from tests.loopback.behaviour import Behaviour
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import QuickClock
from unbitext.sources.addresses import ForbiddenAddressError, is_public
from unbitext.sources.answers import NoAnswerError, retry_after
from unbitext.sources.manners import Manners
from unbitext.sources.urls import Allowed, ForbiddenUrlError, split_url
from unbitext.sources.web import Client

Open = Callable[..., Client]
DAY = 86_400.0


@pytest.fixture
def client(server: LoopbackServer, clock: QuickClock, tmp_path: Path) -> Open:
    """A client of the server; keywords change its manners."""

    def make(*, resolve: object = None, allowed: Allowed | None = None, **changes: object) -> Client:
        usual = {"delay": 0.0, "backoff": 1.0, "backoff_most": 8.0, "attempts": 3, "allow_private_hosts": True}
        manners = Manners.model_validate({"contact": "tests@example.org", **usual, **changes})
        more = {"resolve": resolve} if resolve else {}
        hosts = allowed or Allowed((server.base,))
        return Client(manners, hosts, tmp_path / "hosts", clock=clock, chance=random.Random(1), **more)  # type: ignore[arg-type]

    return make


def refusal(client: Client, url: str) -> NoAnswerError:
    with client, pytest.raises(NoAnswerError) as caught:
        client.get(url)
    return caught.value


def test_requests_say_who_asks(server: LoopbackServer, client: Open) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"x"
    assert [request.path for request in server.requests] == ["/robots.txt", "/x"]
    agent = server.requests[1].headers["user-agent"]
    assert agent.startswith("unbitext/")
    assert "contact: tests@example.org" in agent


# Where it goes.


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
def test_redirects_elsewhere_are_refused(server: LoopbackServer, client: Open, target: str) -> None:
    location = target.encode().decode("latin-1")
    server.pages["/x"] = behaviour.redirects(location)
    error = refusal(client(), f"{server.base}/x")
    assert (error.status, error.code) == (FetchStatus.REFUSED, "address-refused")
    assert server.asked("/x") == 1


def test_redirects_in_circles_and_without_end_are_refused(server: LoopbackServer, client: Open) -> None:
    server.pages["/a"] = behaviour.redirects("/b")
    server.pages["/b"] = behaviour.redirects("/a")
    assert "circle" in refusal(client(), f"{server.base}/a").message
    assert server.asked("/a") == 1
    for number in range(20):
        server.pages[f"/{number}"] = behaviour.redirects(f"/{number + 1}")
    assert "more than 5 times" in refusal(client(), f"{server.base}/0").message


def test_redirects_on_the_same_host_are_followed_and_conditions_go_where_they_belong(
    server: LoopbackServer, client: Open
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


def test_private_addresses_are_refused_unless_they_are_allowed(server: LoopbackServer, client: Open) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    error = refusal(client(allow_private_hosts=False), f"{server.base}/x")
    assert (error.status, error.code) == (FetchStatus.REFUSED, "address-refused")
    assert "127.0.0.1" in error.message
    assert server.asked() == 0


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:10.0.0.1"]])
def test_a_public_name_with_a_private_address_is_refused(client: Open, answers: list[str]) -> None:
    allowed = Allowed(("https://documents.un.org/",))
    one = client(resolve=lambda host, port: answers, allowed=allowed, allow_private_hosts=False)
    assert refusal(one, "https://documents.un.org/x").code == "address-refused"


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(server: LoopbackServer, client: Open) -> None:
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


def test_a_name_that_nobody_knows_is_a_failure_for_now(client: Open) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror("unknown")

    error = refusal(client(resolve=resolve, allowed=Allowed(("https://a.test/",))), "https://a.test/x")
    assert (error.status, error.code) == (FetchStatus.FAILED, "fetch-failed")


def test_forbidden_addresses_are_errors_of_their_own() -> None:
    assert not issubclass(ForbiddenAddressError, OSError)  # or it would be tried again


# How much it takes.


@pytest.mark.parametrize(
    "large",
    [
        behaviour.sends(b"x" * 2_000_000),
        behaviour.status(200, {"Content-Length": "999999999999"}),
        behaviour.gzip_bomb(8),
        behaviour.sends(gzip.compress(gzip.compress(b"\0" * 2_000_000) * 400), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["large", "said to be large", "bomb", "bomb of bombs"],
)
def test_sizes_are_bounded(server: LoopbackServer, client: Open, large: Behaviour) -> None:
    server.pages["/x"] = large
    error = refusal(client(largest_bytes=500_000), f"{server.base}/x")
    assert (error.status, error.code) == (FetchStatus.REFUSED, "file-too-large")
    assert server.asked("/x") == 1


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_packed_answers_are_unpacked(server: LoopbackServer, client: Open, encoding: str) -> None:
    server.pages["/x"] = behaviour.sends(gzip.compress(b"text" * 1000), headers={"Content-Encoding": encoding})
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"text" * 1000


# How it waits.


def test_requests_to_a_host_are_apart(server: LoopbackServer, client: Open, clock: QuickClock) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    with client(delay=5.0) as one:
        for _ in range(4):
            one.get(f"{server.base}/x")
    assert len(clock.slept) == 4  # before all requests but the first, robots.txt
    assert all(4.9 <= wait <= 7.5 for wait in clock.slept)
    assert len(set(clock.slept)) == 4
    # Another client, as in another process, keeps the distance too.
    clock.slept.clear()
    with client(delay=5.0) as other:
        other.get(f"{server.base}/x")
    assert len(clock.slept) == 1


def test_a_clock_that_jumps_back_costs_one_delay(server: LoopbackServer, client: Open, clock: QuickClock) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    with client(delay=5.0) as one:
        one.get(f"{server.base}/x")
        clock.jump(-400 * DAY)
        clock.slept.clear()
        one.get(f"{server.base}/x")
    assert len(clock.slept) == 1
    assert clock.slept[0] <= 7.5


def test_the_delay_that_robots_txt_asks_for_is_kept(server: LoopbackServer, client: Open, clock: QuickClock) -> None:
    server.robots = "User-agent: *\nCrawl-delay: 20\n"
    server.pages["/x"] = behaviour.sends(b"x")
    with client(delay=1.0) as one:
        one.get(f"{server.base}/x")
        one.get(f"{server.base}/x")
    assert [round(wait) >= 19 for wait in clock.slept] == [True, True]


def test_pauses_between_tries_grow_up_to_a_bound(server: LoopbackServer, client: Open, clock: QuickClock) -> None:
    server.fault_at("/x", behaviour.status(500))
    error = refusal(client(attempts=7, backoff=1.0, backoff_most=8.0), f"{server.base}/x")
    assert error.code == "fetch-failed"
    assert [low <= wait <= 2 * low for wait, low in zip(clock.slept, (0.5, 1, 2, 4, 4, 4), strict=True)] == [True] * 6


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_the_least_wait(server: LoopbackServer, client: Open, clock: QuickClock, as_date: bool) -> None:
    when = format_datetime(clock.now() + timedelta(seconds=7), usegmt=True)
    server.fault_at("/x", behaviour.status(429, {"Retry-After": when if as_date else "7"}), times=1)
    server.pages["/x"] = behaviour.sends(b"x")
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"x"
    assert 5.9 <= sum(clock.slept) <= 8


def test_a_host_that_asks_for_a_long_rest_gets_it(server: LoopbackServer, client: Open, clock: QuickClock) -> None:
    server.fault_at("/x", behaviour.status(503, {"Retry-After": "86400"}), times=1)
    server.pages["/x"] = behaviour.sends(b"x")
    error = refusal(client(), f"{server.base}/x")
    assert (error.status, error.code) == (FetchStatus.FAILED, "host-busy")
    assert error.next_look is not None
    assert abs((error.next_look - clock.now()).total_seconds() - DAY) < 10
    assert sum(clock.slept) < 10
    # Nor does another process ask, nor one after a crash; nor for longer when the clock goes back.
    assert refusal(client(), f"{server.base}/x").code == "host-busy"
    clock.jump(-1000 * DAY)
    later = refusal(client(), f"{server.base}/x").next_look
    assert later is not None
    assert (later - clock.now()).total_seconds() <= DAY + 1
    assert server.asked("/x") == 1
    clock.jump(1001 * DAY + 1)
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"x"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Sat, 21 Nov 2026 14:00:30 GMT", 30.0),
        ("Saturday, 21-Nov-26 14:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 13:00:00 GMT", 0.0),
        ("Sat, 21 Nov 2026 15:00:30 +0100", 30.0),
        ("soon", None),
        ("-5", None),
        ("99999999999999999999", None),
        ("", None),
    ],
)
def test_retry_after_is_read(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, datetime(2026, 11, 21, 14, tzinfo=UTC)) == seconds


# What it remembers.


def test_the_budget_of_a_day_holds_over_crashes_and_clocks(
    server: LoopbackServer, client: Open, clock: QuickClock, tmp_path: Path
) -> None:
    clock.jump((12 - clock.now().hour) * 3600)  # noon
    server.pages["/x"] = behaviour.sends(b"x")
    with client(requests_a_day=3) as one:
        one.get(f"{server.base}/x")
        one.get(f"{server.base}/x")
        with pytest.raises(NoAnswerError) as caught:
            one.get(f"{server.base}/x")
    assert (caught.value.status, caught.value.code) == (FetchStatus.FAILED, "budget-spent")
    assert caught.value.next_look is not None
    assert caught.value.next_look.date() == (clock.now() + timedelta(days=1)).date()
    assert refusal(client(requests_a_day=3), f"{server.base}/x").code == "budget-spent"
    # A clock that goes back buys nothing; the next day does.
    clock.jump(-2 * DAY)
    assert refusal(client(requests_a_day=3), f"{server.base}/x").code == "budget-spent"
    clock.jump(2 * DAY)
    assert refusal(client(requests_a_day=3), f"{server.base}/x").code == "budget-spent"
    assert server.asked() == 3
    clock.jump(DAY)
    with client(requests_a_day=3) as one:
        assert one.get(f"{server.base}/x").body == b"x"
    # A record that is damaged counts as none: the budget is a courtesy, and no reason to stop for good.
    for path in (tmp_path / "hosts").glob("*.json"):
        path.write_bytes(b"{")
    with client(requests_a_day=3) as one:
        assert one.get(f"{server.base}/x").body == b"x"


def test_tries_count_before_they_are_made(server: LoopbackServer, client: Open, tmp_path: Path) -> None:
    server.fault_at("/x", behaviour.resets)
    refusal(client(attempts=3), f"{server.base}/x")
    record = json.loads(next((tmp_path / "hosts").glob("127*[0-9].json")).read_text())
    assert sum(record["counts"].values()) == server.asked() == 4


@pytest.mark.parametrize(
    ("gate", "status"),
    [
        (behaviour.waf, 202),
        (behaviour.challenge, 403),
        (behaviour.status(405, {"x-amzn-waf-action": "captcha"}), 405),
        (behaviour.sends(behaviour.WAF_PAGE, "text/html"), 200),
        (behaviour.status(503, {"cf-mitigated": "challenge"}), 503),
        (behaviour.status(403, {}, b"<html><body>Forbidden</body></html>"), 403),
    ],
)
def test_anti_bot_pages_are_known_and_the_host_is_left_alone(
    server: LoopbackServer, client: Open, gate: Behaviour, status: int
) -> None:
    server.fault_at("/x", gate)
    with client() as one:
        for path in ("/x", "/y", "/z"):
            with pytest.raises(NoAnswerError) as caught:
                one.get(f"{server.base}{path}")
            assert (caught.value.status, caught.value.code) == (FetchStatus.BLOCKED, "host-blocked")
            assert f"status {status}" in caught.value.message
    assert server.asked() == 2
    # The next cycle tries again.
    server.heal()
    server.pages["/x"] = behaviour.sends(b"x")
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"x"


def test_files_denied_in_a_row_are_a_gate_and_one_is_not(server: LoopbackServer, client: Open) -> None:
    server.fault_at("/x", behaviour.status(403, {"Content-Type": "application/json"}, b"{}"))
    server.pages["/y"] = behaviour.sends(b"y")
    with client() as one:
        for _ in range(4):
            assert one.get(f"{server.base}/x").status == 403
            one.get(f"{server.base}/y")
        assert [one.get(f"{server.base}/x").status for _ in range(2)] == [403, 403]
        with pytest.raises(NoAnswerError) as caught:
            one.get(f"{server.base}/x")
    assert caught.value.status is FetchStatus.BLOCKED


# robots.txt.


@pytest.mark.parametrize(
    ("robots", "path", "is_allowed"),
    [
        ("User-agent: *\nDisallow: /private/", "/x", True),
        ("User-agent: *\nDisallow: /private/", "/private/x", False),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /\nUser-agent: unbitext\nAllow: /", "/x", True),
        ("User-agent: *\nDisallow: /*?s=", "/x?s=1", False),
        ("User-agent: *\nDisallow: /x$", "/xy", True),
        ("User-agent: *\nDisallow: /\nAllow: /x", "/x", True),
        ("", "/x", True),
        ("\x00\xff nonsense", "/x", True),
        ("<!doctype html><html></html>", "/x", True),
    ],
)
def test_robots_txt_is_obeyed(server: LoopbackServer, client: Open, robots: str, path: str, is_allowed: bool) -> None:
    server.robots = robots
    server.pages[path.partition("?")[0]] = behaviour.sends(b"x")
    if is_allowed:
        with client() as one:
            assert one.get(f"{server.base}{path}").body == b"x"
    else:
        error = refusal(client(), f"{server.base}{path}")
        assert (error.status, error.code) == (FetchStatus.BLOCKED, "robots-disallowed")
        assert server.asked(path.partition("?")[0]) == 0


def test_robots_txt_holds_for_where_a_redirect_leads(server: LoopbackServer, client: Open) -> None:
    server.pages["/x"] = behaviour.redirects("/private/x")
    assert refusal(client(), f"{server.base}/x").code == "robots-disallowed"


@pytest.mark.parametrize(
    ("answer", "code"),
    [(behaviour.status(404), None), (behaviour.status(401), None), (behaviour.status(503), "fetch-failed")],
)
def test_without_robots_txt_all_is_allowed_and_with_one_that_cannot_be_had_nothing(
    server: LoopbackServer, client: Open, answer: Behaviour, code: str | None
) -> None:
    server.fault_at("/robots.txt", answer)
    server.pages["/x"] = behaviour.sends(b"x")
    if code is None:
        with client() as one:
            assert one.get(f"{server.base}/x").body == b"x"
    else:
        assert refusal(client(), f"{server.base}/x").code == code
        assert server.asked("/x") == 0


def test_robots_txt_is_asked_for_once_a_day(server: LoopbackServer, client: Open, clock: QuickClock) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    for _ in range(3):
        with client() as one:
            one.get(f"{server.base}/x")
    assert server.asked("/robots.txt") == 1
    clock.jump(DAY + 1)
    with client() as one:
        one.get(f"{server.base}/x")
    assert server.asked("/robots.txt") == 2


# One connection a host.


def _ask(base: str, state: str, times: int) -> None:
    manners = Manners(contact="tests@example.org", delay=0.0, allow_private_hosts=True)
    with Client(manners, Allowed((base,)), Path(state)) as one:
        for _ in range(times):
            one.get(f"{base}/x")


def test_processes_take_turns(server: LoopbackServer, tmp_path: Path) -> None:
    server.pages["/x"] = behaviour.sends(b"x" * 100_000)
    start = multiprocessing.get_context("fork").Process
    asking = [start(target=_ask, args=(server.base, str(tmp_path / "hosts"), 15)) for _ in range(3)]
    for process in asking:
        process.start()
    for process in asking:
        process.join(60)
    assert [process.exitcode for process in asking] == [0, 0, 0]
    assert server.asked("/x") == 45
    assert server.most_open == 1
    record = json.loads(next((tmp_path / "hosts").glob("127*[0-9].json")).read_text())
    assert sum(record["counts"].values()) == server.asked()


def test_a_process_that_is_killed_gives_its_turn_on(server: LoopbackServer, tmp_path: Path) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    server.fault_at("/x", behaviour.stalls, times=1)
    held = multiprocessing.get_context("fork").Process(target=_ask, args=(server.base, str(tmp_path / "hosts"), 1))
    held.start()
    while not server.asked("/x") and held.is_alive():
        held.join(0.01)
    held.kill()
    held.join(10)
    _ask(server.base, str(tmp_path / "hosts"), 1)
    assert server.asked("/x") == 2
