"""Servers that break the rules of HTTP: whatever they do, a response says what became of the request."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback import PAGE, QUICK, Answer, Folder, fetch, serve

from minutes_miner.domain.vocabulary import Coverage

ONCE = replace(QUICK, tries=1, max_seconds=2.0)

GARBAGE = {
    "nothing": b"",
    "no HTTP": b"220 mail.example ESMTP\r\n",
    "no status": b"HTTP/1.1\r\n\r\n",
    "a status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status of five digits": b"HTTP/1.1 20000 OK\r\nContent-Length: 0\r\n\r\n",
    "a page without headers": PAGE,
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a NUL in a header": b"HTTP/1.1 200 OK\r\nX: \x00\r\nContent-Length: 1\r\n\r\nx",
    "a header without a name": b"HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 1\r\n\r\nx",
    "a negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "a length beyond numbers": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx",
    "a length of letters": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx",
    "a bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    "a chunk that is cut off": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
    "an unknown transfer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\nnop",
    "an unknown packing": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
    "a switch of protocols": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "a redirect to nowhere": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
    "a redirect to nonsense": b"HTTP/1.1 302 Found\r\nLocation: http://[::\r\nContent-Length: 0\r\n\r\n",
    "a redirect to a bad port": b"HTTP/1.1 302 Found\r\nLocation: http://h.example:x/\r\nContent-Length: 0\r\n\r\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def say(data: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Send just these bytes, and hang up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return answer


@pytest.mark.parametrize("name", GARBAGE)
def test_what_is_no_answer_is_recorded_as_one_that_failed(folder: Folder, name: str) -> None:
    # A second try is for the page after: its request may cross with the server's hanging up on the first.
    with serve({"/": say(GARBAGE[name]), "/after": Answer()}) as site:
        garbage, after = fetch(folder, f"{site.base}/", f"{site.base}/after", courtesy=replace(ONCE, tries=2))
    assert garbage.obstacle is not None and garbage.obstacle.state is Coverage.FAILED
    assert garbage.obstacle.reason and "\n" not in garbage.obstacle.reason
    assert after.body == PAGE and list(dict.fromkeys(site.paths())) == ["/robots.txt", "/", "/after"]


def test_headers_of_old_letters_are_kept_as_they_came(folder: Folder) -> None:
    data = b"HTTP/1.1 200 OK\r\nX-Town: Caf\xe9\r\nContent-Type: text/html; charset=\xff\r\nContent-Length: 1\r\n\r\nx"
    with serve({"/": say(data)}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=ONCE)
    assert (response.obstacle, response.body, response.media_type) == (None, b"x", "text/html")
    assert folder.kept[-1].header("x-town") == "Caf\xe9"


def test_a_redirect_in_old_letters_is_followed(folder: Folder) -> None:
    data = b"HTTP/1.1 302 Found\r\nLocation: /caf\xc3\xa9\r\nContent-Length: 0\r\n\r\n"
    with serve({"/": say(data), "/caf%C3%A9": Answer()}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=ONCE)
    assert (response.url, response.body) == (f"{site.base}/caf%C3%A9", PAGE)


def test_endless_promises_are_given_up(folder: Folder) -> None:
    def promise(handler: BaseHTTPRequestHandler) -> None:
        while True:
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    with serve({"/": promise}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=replace(ONCE, max_seconds=0.5))
    assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED


def test_a_connection_that_is_cut_is_named(folder: Folder) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        handler.close_connection = True

    with serve({"/": cut}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=ONCE)
    assert response.obstacle is not None and response.obstacle.state is Coverage.FAILED


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), head=st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"]))
def test_any_bytes_come_to_a_response(folder: Folder, data: bytes, head: bytes) -> None:
    with serve({"/": say(head + data)}) as site:
        [response] = fetch(folder, f"{site.base}/", courtesy=ONCE)
    assert site.paths() == ["/robots.txt", "/"] and response.request.url == f"{site.base}/"
    if response.obstacle is None:
        assert response.status in (200, 203) and response.body
    else:
        assert response.obstacle.reason.isprintable()
