"""Serve sites in a process of their own: HTTP/1.1 on loopback, commands on standard input, a log on disk."""

from __future__ import annotations

import asyncio
import base64
import json
import pickle
import socket
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any, TextIO

from .server import Site
from .site import Answer, State, refusal
from .transport import Gate


class Connection(asyncio.Protocol):
    """Read requests from one connection and answer them in turn, logging what became of each."""

    def __init__(self, code: str, gate: Gate, log: TextIO) -> None:
        """Take the site's code and gate, and the log that is written a line for each request."""
        self.code, self.gate, self.log = code, gate, log
        self.received = b""
        self.entry: dict[str, Any] | None = None
        self.is_closing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask to be told as soon as not everything written has gone."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(high=0)

    def data_received(self, data: bytes) -> None:
        """Take what came; answer when a request's head is whole."""
        self.received += data
        if self.entry is None:
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Log a request whose answer the client did not wait for."""
        self._finish(False)

    def resume_writing(self) -> None:
        """Log an answer of which the last byte has gone."""
        self._finish(True)

    def _next(self) -> None:
        head, found, rest = self.received.partition(b"\r\n\r\n")
        if not found:
            return
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = int(fields.get("content-length") or 0)
        if len(rest) < length:
            return
        self.received = rest[length:]
        method, target, *_ = [*lines[0].split(" "), "/"]
        self.is_closing = fields.get("connection", "").lower() == "close"
        self.entry = {
            "time": time.time(),
            "site": self.code,
            "host": fields.get("host", ""),
            "method": method,
            "target": target,
            "agent": fields.get("user-agent", ""),
        }
        answer, is_cut = self.gate.answer(target, fields) if method in ("GET", "HEAD") else (refusal(405), False)
        if answer.seconds:
            asyncio.get_running_loop().call_later(answer.seconds, self._send, method, answer, is_cut)
        else:
            self._send(method, answer, is_cut)

    def _send(self, method: str, answer: Answer, is_cut: bool) -> None:
        if self.entry is None or self.transport.is_closing():
            return
        self.entry["status"] = answer.status
        reason = HTTPStatus(answer.status).phrase
        head = [
            f"HTTP/1.1 {answer.status} {reason}",
            "Cache-Control: private",
            f"Content-Type: {answer.media_type}",
            *(f"{name}: {value}" for name, value in answer.headers),
            "Server: Microsoft-IIS/10.0",
            "X-AspNet-Version: 4.0.30319",
            f"Content-Length: {len(answer.body)}",
            *(["Connection: close"] if self.is_closing else []),
        ]
        body = b"" if method == "HEAD" else answer.body[: len(answer.body) // 2] if is_cut else answer.body
        self.transport.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)
        if is_cut:
            self._finish(False)
            self.transport.close()
        elif self.transport.get_write_buffer_size() == 0:
            self._finish(True)

    def _finish(self, is_complete: bool) -> None:
        if self.entry is None:
            return
        self.entry |= {"answered": time.time(), "completed": is_complete}
        self.log.write(json.dumps(self.entry) + "\n")
        self.entry = None
        if self.is_closing:
            self.transport.close()
        elif is_complete and self.received:
            self._next()


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address of loopback, or on 127.0.0.1 where the machine lacks it; port 0 takes a free one."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError:
        sock.bind(("127.0.0.1", port))
    sock.listen(256)
    return sock


def _address(sock: socket.socket) -> str:
    host, port = sock.getsockname()
    return f"http://{host}:{port}"


async def _open(site: Site, at: int, log: TextIO, port: int) -> tuple[Gate, str]:
    loop = asyncio.get_running_loop()
    sock = listen(f"127.0.0.{at + 2}", port)
    root = _address(sock)
    gate = Gate(State(site.council, site.quirks, root + site.quirks.path))
    await loop.create_server(lambda: Connection(site.council.code, gate, log), sock=sock)
    if not site.quirks.moved:
        return gate, root + site.quirks.path
    old = listen(f"127.0.0.{at + 130}", 0)
    sign = Gate(gate.state, moved_to=root)
    await loop.create_server(lambda: Connection(site.council.code, sign, log), sock=old)
    return gate, _address(old) + site.quirks.path


async def serve_forever(sites: tuple[Site, ...], log: TextIO, port: int = 0) -> None:
    """Serve until standard input ends; tell the addresses in one line, then answer one line to each command."""
    opened = [await _open(site, at, log, port + at if port else 0) for at, site in enumerate(sites)]
    gates = {site.council.code: gate for site, (gate, _) in zip(sites, opened, strict=True)}
    urls = {site.council.code: url for site, (_, url) in zip(sites, opened, strict=True)}
    print(json.dumps(urls), flush=True)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        command = json.loads(line)
        for code, gate in gates.items():
            if command.get("code") in (None, code):
                gate.state.advance(command["advance"])
                gate.forget()
        print("done", flush=True)


def main() -> None:
    """Take the sites from the first line of standard input and serve them."""
    order = pickle.loads(base64.b64decode(sys.stdin.readline()))
    with Path(order["log"]).open("a", buffering=1, encoding="utf-8") as log:
        asyncio.run(serve_forever(order["sites"], log, order["port"]))


if __name__ == "__main__":
    main()
