"""Serve made-up sites on loopback, log what is asked and when, and keep answers in a folder."""

from __future__ import annotations

import asyncio
import itertools
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from minutes_miner.config import Courtesy
from minutes_miner.domain.gathering import Exchange, Place, Request, Response
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.client import Client, Known

QUICK = Courtesy(contact="gatherer@example.org", rate=200.0, tries=3, max_seconds=10.0, allow_loopback=True)
PAGE = b"<!DOCTYPE html><html><head><title>Meeting</title></head><body><p>Resolved to plant a tree.</p></body></html>"


@dataclass(frozen=True)
class Answer:
    """One answer of a site."""

    body: bytes = PAGE
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


Route = Answer | list[Answer] | Callable[[BaseHTTPRequestHandler], None]
"""What a path answers: always the same, one after the other (the last stays), or whatever a function sends."""


@dataclass(frozen=True)
class Visit:
    """What the server saw of one request."""

    path: str
    headers: dict[str, str]
    at: float
    others: int
    port: int


class Site:
    """A server on loopback."""

    def __init__(self, routes: Mapping[str, Route], *, certificate: Path | None, host: str) -> None:
        self.routes = dict(routes)
        self.visits: list[Visit] = []
        self.connections = 0
        self.open_connections = 0
        self._now_asked = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self._server.daemon_threads = True
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            scheme = "https"
        self.port = self._server.server_address[1]
        self.base = f"{scheme}://{host}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [visit.path for visit in self.visits]

    def gaps(self) -> list[float]:
        """The seconds between one request and the next."""
        return [later.at - earlier.at for earlier, later in itertools.pairwise(self.visits)]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                with site._lock:
                    site.connections += 1
                    site.open_connections += 1

            def finish(self) -> None:
                with site._lock:
                    site.open_connections -= 1
                super().finish()

            def do_GET(self) -> None:
                at = time.monotonic()
                with site._lock:
                    visit = Visit(self.path, dict(self.headers), at, site._now_asked, self.client_address[1])
                    site.visits.append(visit)
                    site._now_asked += 1
                try:
                    site._answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True
                finally:
                    with site._lock:
                        site._now_asked -= 1

            def log_message(self, *args: object) -> None:
                pass

        return Handler

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        route = self.routes.get(handler.path, Answer(b"nothing here", 404))
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        if isinstance(route, Answer):
            send(handler, route)
        else:
            route(handler)


def send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    """Send a whole answer."""
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.status != 304:
        handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    if answer.status != 304:
        handler.wfile.write(answer.body)


@contextmanager
def serve(routes: Mapping[str, Route], *, certificate: Path | None = None, host: str = "127.0.0.1") -> Iterator[Site]:
    """Run a site for the length of a block."""
    site = Site(routes, certificate=certificate, host=host)
    try:
        yield site
    finally:
        site.close()


class Folder:
    """Keep answers in a folder, one file each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept: list[Exchange] = []

    def keep(self, exchange: Exchange) -> Place:
        name = f"{len(self.kept)}.bin"
        (self.path / name).write_bytes(exchange.body)
        self.kept.append(exchange)
        return Place(name, 0, len(exchange.body))

    def read(self, place: Place) -> bytes:
        try:
            return (self.path / place.file).read_bytes()
        except FileNotFoundError as error:
            raise ScrapeError("the archive lacks it", where=place.file) from error


def fetch(folder: Folder, *urls: str, courtesy: Courtesy = QUICK, known: Known | None = None) -> list[Response]:
    """Ask one client for addresses, one after the other."""

    async def run() -> list[Response]:
        async with Client(courtesy, folder) as client:
            return [await client.fetch(Request(url, "page"), known=known) for url in urls]

    return asyncio.run(run())


def fetch_at_once(folder: Folder, *urls: str, courtesy: Courtesy = QUICK) -> list[Response]:
    """Ask one client for addresses from as many tasks."""

    async def run() -> list[Response]:
        async with Client(courtesy, folder) as client:
            return await asyncio.gather(*(client.fetch(Request(url, "page")) for url in urls))

    return asyncio.run(run())
