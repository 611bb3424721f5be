"""What a client makes of the answers of real servers."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import tracemalloc
import zlib
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback import PAGE, QUICK, Answer, Folder, fetch, fetch_at_once, send, serve

from minutes_miner import __version__
from minutes_miner.domain.gathering import Place, Request
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.errors import ConfigError
from minutes_miner.scrape import messenger
from minutes_miner.scrape.archive import Archive
from minutes_miner.scrape.client import Client, Known, name_agent

DAY = "Mon, 02 Mar 2026 10:00:00 GMT"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_an_answer_comes_whole_and_is_kept_as_it_came(folder: Folder) -> None:
    headers = {"Content-Type": "Text/HTML; charset=utf-8", "ETag": '"7"', "Last-Modified": DAY}
    with serve({"/page?x=01/02/2026&y=a%2fb": Answer(headers=headers)}) as site:
        url = f"{site.base}/page?x=01/02/2026&y=a%2fb"
        [response] = fetch(folder, url)
    assert (response.status, response.body, response.media_type) == (200, PAGE, "text/html")
    assert (response.url, response.obstacle, response.is_unchanged) == (url, None, False)
    assert (response.etag, response.last_modified) == ('"7"', DAY)
    assert response.place is not None and folder.read(response.place) == PAGE
    kept = folder.kept[-1]
    assert (kept.asked, kept.url, kept.status, kept.header("etag")) == (url, url, 200, '"7"')
    assert dict(kept.sent).items() <= site.visits[-1].headers.items() and len(kept.sent) == 4
    assert site.visits[-1].headers["Host"] == f"127.0.0.1:{site.port}"


def test_the_program_says_who_it_is(folder: Folder) -> None:
    with serve({"/": Answer()}) as site:
        fetch(folder, f"{site.base}/")
        fetch(folder, f"{site.base}/", courtesy=replace(QUICK, contact=None))
    agents = {visit.headers["User-Agent"] for visit in site.visits}
    assert agents == {f"minutes-miner/{__version__} (+gatherer@example.org)", f"minutes-miner/{__version__}"}


@pytest.mark.parametrize("contact", ["a\r\nX-Other: b", "jos\N{LATIN SMALL LETTER E WITH ACUTE}@example.org", "a) b"])
def test_a_contact_that_a_header_cannot_hold_is_not_taken(contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        name_agent(contact)


def test_redirects_are_followed_and_kept(folder: Folder) -> None:
    routes = {
        "/old": Answer(b"", 301, {"Location": "middle"}),
        "/middle": Answer(b"", 302, {"Location": "/new page?a=b c"}),
        "/new%20page?a=b%20c": Answer(),
    }
    with serve(routes) as site:
        [response] = fetch(folder, f"{site.base}/old")
    assert (response.url, response.body, response.obstacle) == (f"{site.base}/new%20page?a=b%20c", PAGE, None)
    assert [exchange.status for exchange in folder.kept] == [404, 301, 302, 200]
    assert {exchange.asked for exchange in folder.kept[1:]} == {f"{site.base}/old"}


def test_redirects_without_end_are_given_up(folder: Folder) -> None:
    routes = {f"/{n}": Answer(b"", 302, {"Location": f"/{n + 1}"}) for n in range(20)}
    routes["/circle"] = Answer(b"", 302, {"Location": "/circle"})
    with serve(routes) as site:
        chain, circle = fetch(folder, f"{site.base}/0", f"{site.base}/circle")
    for response in (chain, circle):
        assert response.obstacle is not None
        assert (response.obstacle.state, response.obstacle.reason) == (
            Coverage.FAILED,
            "the server redirects without end",
        )
    assert site.paths() == ["/robots.txt", "/0", "/1", "/2", "/3", "/4", "/5", "/circle"]


def test_what_has_not_changed_is_read_from_the_archive(folder: Folder) -> None:
    with serve({"/": [Answer(headers={"ETag": '"7"', "Content-Type": "text/xml"}), Answer(status=304)]}) as site:
        [first] = fetch(folder, f"{site.base}/")
        assert first.place is not None
        known = Known('"7"', None, first.place, "text/xml")
        [second] = fetch(folder, f"{site.base}/", known=known)
    assert site.visits[-1].headers["If-None-Match"] == '"7"'
    assert (second.status, second.is_unchanged, second.obstacle) == (304, True, None)
    assert (second.body, second.place, second.etag, second.media_type) == (PAGE, first.place, '"7"', "text/html")


def test_what_the_archive_has_lost_is_asked_for_anew(folder: Folder) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, Answer(status=304) if handler.headers["If-Modified-Since"] else Answer())

    with serve({"/": answer}) as site:
        [response] = fetch(folder, f"{site.base}/", known=Known(None, DAY, Place("lost.bin", 0, 1)))
    assert (response.status, response.body, response.is_unchanged) == (200, PAGE, False)
    assert site.paths() == ["/robots.txt", "/", "/"]


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_refusal_is_final(folder: Folder, status: int) -> None:
    with serve({"/": Answer(status=status)}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.REFUSED
    assert response.obstacle.reason == f"status {status}"
    assert response.status == status and response.place is not None
    assert site.paths() == ["/robots.txt", "/"]


@pytest.mark.parametrize("status", [202, 206, 400, 404, 410])
def test_what_is_not_there_is_asked_for_once(folder: Folder, status: int) -> None:
    with serve({"/": Answer(status=status)}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED
    assert response.obstacle.reason == f"status {status}"
    assert site.paths() == ["/robots.txt", "/"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(folder: Folder, status: int) -> None:
    with serve({"/": [Answer(b"busy", status), Answer(b"busy", status), Answer()]}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert (response.status, response.body, response.obstacle) == (200, PAGE, None)
    assert [exchange.status for exchange in folder.kept] == [404, status, status, 200]


def test_tries_come_to_an_end(folder: Folder) -> None:
    with serve({"/": Answer(b"busy", 503)}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None
    assert (response.obstacle.state, response.obstacle.reason) == (Coverage.FAILED, "status 503")
    assert site.paths() == ["/robots.txt", "/", "/", "/"]


def test_a_large_answer_is_refused(folder: Folder) -> None:
    courtesy = replace(QUICK, max_bytes=1000)
    with serve({"/": Answer(b"x" * 1001), "/just": Answer(b"x" * 1000)}) as site:
        large, just = fetch(folder, f"{site.base}/", f"{site.base}/just", courtesy=courtesy)
    assert large.obstacle is not None and large.obstacle.reason == "the answer is larger than 1,000 bytes"
    assert (just.obstacle, len(just.body)) == (None, 1000)


def test_a_large_answer_without_a_length_is_refused(folder: Folder) -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(100_000):
            handler.wfile.write(b"x" * 65536)

    with serve({"/": pour}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=replace(QUICK, max_bytes=1_000_000))
    assert response.obstacle is not None and response.obstacle.reason == "the answer is larger than 1,000,000 bytes"


def test_packed_answers_are_unpacked(folder: Folder) -> None:
    bare = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    text = PAGE * 50_000
    packed = {
        "/gzip": ("gzip", gzip.compress(text)),
        "/deflate": ("deflate", zlib.compress(text)),
        "/bare": ("deflate", bare.compress(text) + bare.flush()),
        "/none": ("identity", text),
    }
    routes = {path: Answer(body, headers={"Content-Encoding": name}) for path, (name, body) in packed.items()}
    with serve(routes) as site:
        responses = fetch(folder, *(f"{site.base}{path}" for path in packed))
    assert [response.obstacle for response in responses] == [None] * 4
    assert {response.body for response in responses} == {text}


def test_a_bomb_does_not_go_off(folder: Folder) -> None:
    bomb = gzip.compress(bytes(80_000_000), 1)
    nested = gzip.compress(bomb, 1)
    routes = {
        "/bomb": Answer(bomb, headers={"Content-Encoding": "gzip"}),
        "/nested": Answer(nested, headers={"Content-Encoding": "gzip, gzip"}),
    }
    with serve(routes) as site:
        tracemalloc.start()
        courtesy = replace(QUICK, max_bytes=5_000_000)
        one, two = fetch(folder, f"{site.base}/bomb", f"{site.base}/nested", courtesy=courtesy)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert one.obstacle is not None and one.obstacle.reason == "the answer is larger than 5,000,000 bytes"
    assert two.obstacle is not None and "packed in a way that was not asked for" in two.obstacle.reason
    assert 5_000_000 < peak < 20_000_000


@pytest.mark.parametrize("body", [b"not packed at all", gzip.compress(PAGE * 1000)[:-20]])
def test_what_cannot_be_unpacked_is_no_answer(folder: Folder, body: bytes) -> None:
    with serve({"/": Answer(body, headers={"Content-Encoding": "gzip"})}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED
    assert site.paths().count("/") == QUICK.tries


def test_an_answer_that_breaks_off_is_tried_again(folder: Folder) -> None:
    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half")
        handler.close_connection = True

    with serve({"/": break_off}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and "not whole" in response.obstacle.reason
    assert site.paths().count("/") == QUICK.tries


def test_an_answer_that_only_drips_is_given_up(folder: Folder) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b".")
            time.sleep(0.1)

    with serve({"/": drip}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=replace(QUICK, tries=1, max_seconds=0.5))
    assert response.obstacle is not None
    assert (response.obstacle.state, response.obstacle.reason) == (
        Coverage.FAILED,
        "the answer took longer than 0.5 seconds",
    )


def test_endless_headers_are_not_read(folder: Folder) -> None:
    def send_headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(100_000):
            handler.wfile.write(b"X-%d: %s\r\n" % (n, b"y" * 1000))

    with serve({"/": send_headers}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=replace(QUICK, tries=1))
    assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED


def test_nothing_is_not_an_answer(folder: Folder) -> None:
    with serve({"/": Answer(b"")}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None
    assert (response.obstacle.state, response.obstacle.reason) == (Coverage.FAILED, "the answer is empty")


def test_a_refused_connection_is_named(folder: Folder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    [response] = fetch(folder, f"http://127.0.0.1:{port}/")
    assert response.obstacle is not None and response.status == 0 and response.place is None
    assert response.obstacle.state is Coverage.FAILED
    assert response.obstacle.reason == "robots.txt could not be read: the connection was refused"


def test_a_host_that_is_not_there_is_named(folder: Folder) -> None:
    [response] = fetch(folder, "http://council.invalid/")
    assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED
    assert "there is no such host" in response.obstacle.reason or "name server" in response.obstacle.reason


def test_a_host_that_fails_over_and_over_is_left_alone(folder: Folder) -> None:
    async def run() -> None:
        async with Client(replace(QUICK, patience=2, tries=1), folder) as client:
            reasons = []
            for n in range(4):
                response = await client.fetch(Request(f"{site.base}/{n}", "page"))
                assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED
                reasons.append((response.obstacle.reason, client.has_given_up(f"{site.base}/other")))
            alone = f"127.0.0.1:{site.port} is left alone after 2 failures in a row"
            assert reasons == [("status 500", False), ("status 500", True), (alone, True), (alone, True)]
            assert not client.has_given_up("http://council.example/")

    with serve({f"/{n}": Answer(b"oh", 500) for n in range(4)}) as site:
        asyncio.run(run())
    assert site.paths() == ["/robots.txt", "/0", "/1"]


def test_failures_are_counted_in_a_row_only(folder: Folder) -> None:
    routes = {f"/{n}": Answer(b"oh", 500) if n % 2 else Answer(status=404) for n in range(8)}
    with serve(routes) as site:
        courtesy = replace(QUICK, patience=2, tries=1)
        responses = fetch(folder, *(f"{site.base}/{n}" for n in range(8)), courtesy=courtesy)
    assert [response.status for response in responses] == [404, 500] * 4


def test_a_host_that_only_refuses_is_left_alone_in_the_end(folder: Folder) -> None:
    with serve({f"/{n}": Answer(status=403) for n in range(10)}) as site:
        courtesy = replace(QUICK, patience=2, tries=1)
        responses = fetch(folder, *(f"{site.base}/{n}" for n in range(10)), courtesy=courtesy)
    assert [response.status for response in responses] == [403] * 8 + [0] * 2
    assert responses[-1].obstacle is not None and "after 8 refusals in a row" in responses[-1].obstacle.reason


def test_a_page_of_a_firewall_is_no_answer(folder: Folder) -> None:
    page = b"<html><title>Just a moment...</title><body><script>window._cf_chl_opt={};</script></body></html>"
    moved = Answer(b"", 302, {"Location": "/mgError.aspx"})
    with serve({"/": Answer(page), "/mgError.aspx": Answer(), "/x": moved}) as site:
        challenge, error = fetch(folder, f"{site.base}/", f"{site.base}/x")
    assert challenge.obstacle is not None and challenge.obstacle.state is Coverage.BLOCKED
    assert "Cloudflare" in challenge.obstacle.reason and challenge.body == page
    assert error.obstacle is not None and error.obstacle.state is Coverage.BLOCKED
    assert "mgError.aspx" in error.obstacle.reason


def test_a_fetch_that_is_cancelled_leaves_the_host_open_to_others(folder: Folder) -> None:
    def hang(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(1)

    async def run() -> None:
        async with Client(QUICK, folder) as client:
            task = asyncio.create_task(client.fetch(Request(f"{site.base}/hang", "page")))
            while "/hang" not in site.paths():
                await asyncio.sleep(0.01)
            waiting = asyncio.create_task(client.fetch(Request(f"{site.base}/page", "page")))
            await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await waiting).body == PAGE

    with serve({"/hang": hang, "/page": Answer()}) as site:
        asyncio.run(run())


def test_closing_leaves_no_sockets(folder: Folder) -> None:
    async def run() -> None:
        async with Client(QUICK, folder) as client:
            for site in (one, two):
                await client.fetch(Request(f"{site.base}/", "page"))
            assert (one.open_connections, two.open_connections) == (1, 1)

    with serve({"/": Answer()}) as one, serve({"/": Answer()}) as two:
        asyncio.run(run())
        patience = time.monotonic() + 30
        while one.open_connections + two.open_connections and time.monotonic() < patience:
            time.sleep(0.01)
        assert (one.open_connections, two.open_connections) == (0, 0)


def test_one_connection_serves_many_requests(folder: Folder) -> None:
    with serve({f"/{n}": Answer() for n in range(10)}) as site:
        responses = fetch_at_once(folder, *(f"{site.base}/{n}" for n in range(10)))
    assert {response.body for response in responses} == {PAGE}
    assert site.connections == 1


def test_the_archive_gives_back_what_has_not_changed(tmp_path: Path) -> None:
    async def run() -> None:
        with Archive(tmp_path) as archive:
            async with Client(QUICK, archive) as client:
                first = await client.fetch(Request(f"{site.base}/", "page"))
                assert first.place is not None and archive.read(first.place) == PAGE
                known = Known(first.etag, None, first.place, first.media_type)
                second = await client.fetch(Request(f"{site.base}/", "page"), known=known)
            assert (second.body, second.media_type, second.is_unchanged) == (PAGE, "text/html", True)

    with serve({"/": [Answer(headers={"ETag": '"7"', "Content-Type": "text/html"}), Answer(status=304)]}) as site:
        asyncio.run(run())
    assert site.paths() == ["/robots.txt", "/", "/"]


def test_a_host_that_was_long_idle_is_asked_over_a_new_connection(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        async with Client(QUICK, folder) as client:
            for site in (one, two, one):
                response = await client.fetch(Request(f"{site.base}/", "page"))
                assert response.body == PAGE
                await asyncio.sleep(0.05)

    monkeypatch.setattr(messenger, "KEEP_SECONDS", 0.02)
    with serve({"/": Answer()}) as one, serve({"/": Answer()}) as two:
        asyncio.run(run())
    assert (one.connections, two.connections) == (2, 1)
