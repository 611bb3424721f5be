"""How often hosts are asked, seen from the servers' side."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from statistics import median

import pytest
from loopback import PAGE, QUICK, Answer, Folder, fetch, fetch_at_once, send, serve

from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.pacing import Queue, read_retry_after, take_slot

LEAST = 0.6
"""Share of a gap that a server must see: it may log the first of two requests late, on a busy machine by much."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def robots(text: str) -> Answer:
    return Answer(text.encode(), headers={"Content-Type": "text/plain"})


def test_requests_to_one_host_are_kept_apart(folder: Folder) -> None:
    with serve({f"/{n}": Answer() for n in range(8)}) as site:
        responses = fetch_at_once(folder, *(f"{site.base}/{n}" for n in range(8)), courtesy=replace(QUICK, rate=10.0))
    assert {response.body for response in responses} == {PAGE}
    assert len(site.gaps()) == 8
    assert median(site.gaps()) > 0.1 * LEAST and sum(site.gaps()) > 8 * 0.1 * LEAST  # one may be logged late


def test_requests_to_one_host_keep_their_order(folder: Folder) -> None:
    with serve({f"/{n}": Answer() for n in range(20)}) as site:
        fetch_at_once(folder, *(f"{site.base}/{n}" for n in range(20)))
    assert site.paths() == ["/robots.txt", *(f"/{n}" for n in range(20))]


def test_a_host_is_never_asked_twice_at_once(folder: Folder) -> None:
    def slowly(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.05)
        send(handler, Answer())

    with serve({f"/{n}": slowly for n in range(8)}) as site:
        fetch_at_once(folder, *(f"{site.base}/{n}" for n in range(8)))
    assert len(site.visits) == 9 and {visit.others for visit in site.visits} == {0}


def test_hosts_do_not_wait_for_each_other_but_only_so_many_are_asked_at_once(folder: Folder) -> None:
    asked: list[int] = []

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        asked.append(1)
        most.append(len(asked))
        time.sleep(0.1)
        asked.pop()
        send(handler, Answer())

    for hosts in (3, 1):
        most: list[int] = []
        with serve({"/": slowly}) as one, serve({"/": slowly}) as two, serve({"/": slowly}) as three:
            urls = [f"{site.base}/" for site in (one, two, three)]
            responses = fetch_at_once(folder, *urls, courtesy=replace(QUICK, hosts=hosts))
        assert [response.body for response in responses] == [PAGE] * 3
        assert max(most) <= hosts


def test_a_crawl_delay_is_kept(folder: Folder) -> None:
    with serve({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.3\n"), "/": Answer(), "/b": Answer()}) as site:
        fetch(folder, f"{site.base}/", f"{site.base}/b")
    assert len(site.gaps()) == 2 and min(site.gaps()) > 0.3 * LEAST


def test_a_crawl_delay_shorter_than_our_own_changes_nothing(folder: Folder) -> None:
    with serve({"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.01\n"), "/": Answer()}) as site:
        fetch(folder, f"{site.base}/", courtesy=replace(QUICK, rate=5.0))
    assert len(site.gaps()) == 1 and min(site.gaps()) > 0.2 * LEAST


def test_a_request_rate_is_kept(folder: Folder) -> None:
    with serve({"/robots.txt": robots("User-agent: minutes-miner\nRequest-rate: 2/1\n"), "/": Answer()}) as site:
        fetch(folder, f"{site.base}/")
    assert len(site.gaps()) == 1 and min(site.gaps()) > 0.5 * LEAST


def test_a_host_that_wants_days_between_requests_is_not_waited_for(folder: Folder) -> None:
    with serve({"/robots.txt": robots("User-agent: *\nCrawl-delay: 86400\n"), "/": Answer()}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.REFUSED
    assert response.obstacle.reason.startswith("robots.txt wants 86400 seconds between two requests")
    assert site.paths() == ["/robots.txt"]


def test_tries_wait_longer_each_time(folder: Folder) -> None:
    with serve({"/": Answer(b"busy", 503)}) as site:
        fetch(folder, f"{site.base}/", courtesy=replace(QUICK, rate=20.0, tries=4))
    assert site.paths() == ["/robots.txt", "/", "/", "/", "/"]
    for gap, least in zip(site.gaps(), (0.05, 0.1, 0.2, 0.4), strict=True):
        assert gap > least * LEAST


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_the_host_is_left_in_peace_for_as_long_as_it_asks(folder: Folder, form: str) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        # A date is told in whole seconds, so that one 3 seconds away is at least 2 away.
        value = "2" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
        first = len([path for path in site.paths() if path == "/"]) == 1
        send(handler, Answer(b"busy", 429, {"Retry-After": value}) if first else Answer())

    with serve({"/": busy, "/other": Answer()}) as site:
        responses = fetch_at_once(folder, f"{site.base}/", f"{site.base}/other")
    assert [response.body for response in responses] == [PAGE, PAGE]
    assert site.paths()[:2] == ["/robots.txt", "/"] and sorted(site.paths()[2:]) == ["/", "/other"]
    assert site.gaps()[1] > 2 * LEAST


def test_a_host_that_wants_a_long_rest_is_not_asked_again(folder: Folder) -> None:
    with serve({"/": Answer(b"busy", 503, {"Retry-After": "86400"}), "/other": Answer()}) as site:
        one, two = fetch(folder, f"{site.base}/", f"{site.base}/other")
    assert site.paths() == ["/robots.txt", "/"]
    then = folder.kept[-1].fetched_at + timedelta(days=1)
    for response in (one, two):
        assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED
        reason = f"status 503; the server asks to come back after {then:%Y-%m-%d %H:%M} UTC"
        assert response.obstacle.reason == reason


@pytest.mark.parametrize(("headers", "asked"), [({}, 1), ({"Retry-After": "1"}, 2)])
def test_a_firewall_is_asked_again_only_where_it_says_when(folder: Folder, headers: dict[str, str], asked: int) -> None:
    page = b"<html><title>Access denied | h.example used Cloudflare to restrict access</title></html>"
    busy = Answer(page, 429, {"Content-Type": "text/html", **headers})
    with serve({"/": busy}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=replace(QUICK, tries=2))
    assert response.obstacle is not None and response.obstacle.state is Coverage.BLOCKED
    assert site.paths() == ["/robots.txt", *["/"] * asked]
    assert asked == 1 or site.gaps()[-1] > 1 * LEAST


def test_http_and_https_of_one_host_are_one_queue(folder: Folder) -> None:
    with serve({"/a": Answer(), "/b": Answer()}) as site:
        # The second goes to a port that speaks no TLS: it fails, in its turn.
        responses = fetch_at_once(
            folder, f"{site.base}/a", f"https://127.0.0.1:{site.port}/b", courtesy=replace(QUICK, tries=1)
        )
    assert responses[0].body == PAGE and responses[1].obstacle is not None
    assert site.paths() == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("Sun, 01 Mar 2026 10:02:00 GMT", 120.0),
        ("Sun, 01 Mar 2026 09:00:00 GMT", 0.0),
        ("\N{SUPERSCRIPT TWO}", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, datetime(2026, 3, 1, 10, tzinfo=UTC)) == seconds


def test_a_closed_queue_lets_all_who_wait_through() -> None:
    async def run() -> list[int]:
        queue, passed = Queue(3600.0), []

        async def wait(n: int) -> None:
            async with queue.turn():
                queue.depart()
                passed.append(n)

        await wait(0)
        queue.close()
        await asyncio.gather(wait(1), wait(2))
        return passed

    assert asyncio.run(run()) == [0, 1, 2]


def test_a_queue_knows_when_nobody_needs_it() -> None:
    async def run() -> list[bool]:
        queue = Queue(0.0)
        seen = [queue.is_idle(3600.0)]
        async with queue.turn():
            queue.depart()
            seen.append(queue.is_idle(0.0))
        seen.append(queue.is_idle(3600.0))
        await asyncio.sleep(0.02)
        return [*seen, queue.is_idle(0.01)]

    assert asyncio.run(run()) == [True, False, False, True]


def test_a_request_that_leaves_late_puts_off_the_next_by_no_more_than_the_slack_allows() -> None:
    assert take_slot(planned=100.0, left=100.0, interval=2.0) == 100.0
    assert take_slot(planned=100.0, left=100.04, interval=2.0) == 100.0, "a little late: the timetable holds"
    assert take_slot(planned=100.0, left=101.0, interval=2.0) == 100.9, "very late: the timetable begins anew"
