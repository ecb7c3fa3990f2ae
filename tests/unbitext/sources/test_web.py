"""The client towards hosts: where it goes and where not, how long it waits, what it remembers."""

import gzip
import json
import multiprocessing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from schemas.fetching import FetchStatus
from tests.loopback import behaviour
from tests.loopback.behaviour import Behaviour
from tests.loopback.server import LoopbackServer
from tests.unbitext.sources.conftest import OpenClient, QuickClock, refusal
from unbitext.sources.answers import NoAnswerError, retry_after
from unbitext.sources.manners import Manners
from unbitext.sources.urls import Allowed
from unbitext.sources.web import Client

DAY = 86_400.0


def test_requests_say_who_asks(server: LoopbackServer, client: OpenClient) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"x"
    assert [request.path for request in server.requests] == ["/robots.txt", "/x"]
    agent = server.requests[1].headers["user-agent"]
    assert agent.startswith("unbitext/")
    assert "contact: tests@example.org" in agent


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
def test_sizes_are_bounded(server: LoopbackServer, client: OpenClient, large: Behaviour) -> None:
    server.pages["/x"] = large
    error = refusal(client(largest_bytes=500_000), f"{server.base}/x")
    assert (error.status, error.code) == (FetchStatus.REFUSED, "file-too-large")
    assert server.asked("/x") == 1


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_packed_answers_are_unpacked(server: LoopbackServer, client: OpenClient, encoding: str) -> None:
    server.pages["/x"] = behaviour.sends(gzip.compress(b"text" * 1000), headers={"Content-Encoding": encoding})
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"text" * 1000


# How it waits.


def test_requests_to_a_host_are_apart(server: LoopbackServer, client: OpenClient, clock: QuickClock) -> None:
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


def test_a_clock_that_jumps_back_costs_one_delay(server: LoopbackServer, client: OpenClient, clock: QuickClock) -> None:
    server.pages["/x"] = behaviour.sends(b"x")
    with client(delay=5.0) as one:
        one.get(f"{server.base}/x")
        clock.jump(-400 * DAY)
        clock.slept.clear()
        one.get(f"{server.base}/x")
    assert len(clock.slept) == 1
    assert clock.slept[0] <= 7.5


def test_the_delay_that_robots_txt_asks_for_is_kept(
    server: LoopbackServer, client: OpenClient, clock: QuickClock
) -> None:
    server.robots = "User-agent: *\nCrawl-delay: 20\n"
    server.pages["/x"] = behaviour.sends(b"x")
    with client(delay=1.0) as one:
        one.get(f"{server.base}/x")
        one.get(f"{server.base}/x")
    assert [round(wait) >= 19 for wait in clock.slept] == [True, True]


def test_pauses_between_tries_grow_up_to_a_bound(server: LoopbackServer, client: OpenClient, clock: QuickClock) -> None:
    server.fault_at("/x", behaviour.status(500))
    error = refusal(client(attempts=7, backoff=1.0, backoff_most=8.0), f"{server.base}/x")
    assert error.code == "fetch-failed"
    assert [low <= wait <= 2 * low for wait, low in zip(clock.slept, (0.5, 1, 2, 4, 4, 4), strict=True)] == [True] * 6


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_the_least_wait(
    server: LoopbackServer, client: OpenClient, clock: QuickClock, as_date: bool
) -> None:
    when = format_datetime(clock.now() + timedelta(seconds=7), usegmt=True)
    server.fault_at("/x", behaviour.status(429, {"Retry-After": when if as_date else "7"}), times=1)
    server.pages["/x"] = behaviour.sends(b"x")
    with client() as one:
        assert one.get(f"{server.base}/x").body == b"x"
    assert 5.9 <= sum(clock.slept) <= 8


def test_a_host_that_asks_for_a_long_rest_gets_it(
    server: LoopbackServer, client: OpenClient, clock: QuickClock
) -> None:
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
    server: LoopbackServer, client: OpenClient, clock: QuickClock, tmp_path: Path
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


def test_tries_count_before_they_are_made(server: LoopbackServer, client: OpenClient, tmp_path: Path) -> None:
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
    server: LoopbackServer, client: OpenClient, gate: Behaviour, status: int
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


def test_files_denied_in_a_row_are_a_gate_and_one_is_not(server: LoopbackServer, client: OpenClient) -> None:
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
def test_robots_txt_is_obeyed(
    server: LoopbackServer, client: OpenClient, robots: str, path: str, is_allowed: bool
) -> None:
    server.robots = robots
    server.pages[path.partition("?")[0]] = behaviour.sends(b"x")
    if is_allowed:
        with client() as one:
            assert one.get(f"{server.base}{path}").body == b"x"
    else:
        error = refusal(client(), f"{server.base}{path}")
        assert (error.status, error.code) == (FetchStatus.BLOCKED, "robots-disallowed")
        assert server.asked(path.partition("?")[0]) == 0


def test_robots_txt_holds_for_where_a_redirect_leads(server: LoopbackServer, client: OpenClient) -> None:
    server.pages["/x"] = behaviour.redirects("/private/x")
    assert refusal(client(), f"{server.base}/x").code == "robots-disallowed"


@pytest.mark.parametrize(
    ("answer", "code"),
    [(behaviour.status(404), None), (behaviour.status(401), None), (behaviour.status(503), "fetch-failed")],
)
def test_without_robots_txt_all_is_allowed_and_with_one_that_cannot_be_had_nothing(
    server: LoopbackServer, client: OpenClient, answer: Behaviour, code: str | None
) -> None:
    server.fault_at("/robots.txt", answer)
    server.pages["/x"] = behaviour.sends(b"x")
    if code is None:
        with client() as one:
            assert one.get(f"{server.base}/x").body == b"x"
    else:
        assert refusal(client(), f"{server.base}/x").code == code
        assert server.asked("/x") == 0


def test_robots_txt_is_asked_for_once_a_day(server: LoopbackServer, client: OpenClient, clock: QuickClock) -> None:
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
