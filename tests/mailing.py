"""Take mails as a mail server does, on loopback."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from time import monotonic, sleep
from typing import Any

from aiosmtpd.controller import Controller

from minutes_miner.export.postbox import Postbox


class Inbox:
    """Keep the mails that came, and give them in turn."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"

    def wait(self, count: int) -> list[EmailMessage]:
        """Wait until so many mails have come."""
        until = monotonic() + 60
        while len(self.mails) < count:
            assert monotonic() < until, f"{len(self.mails)} mails came, not {count}"
            sleep(0.01)
        return self.mails


class _Server(Controller):
    def _trigger_server(self) -> None:
        with socket.create_connection(("127.0.0.1", self.number), 60) as connection:
            connection.recv(1024)

    @property
    def number(self) -> int:
        return int(self.server.sockets[0].getsockname()[1])  # type: ignore[union-attr, attr-defined]


@contextmanager
def receive() -> Iterator[tuple[Inbox, Postbox]]:
    """Serve SMTP on a free port; give what comes, and how to send there."""
    inbox = Inbox()
    server = _Server(inbox, hostname="127.0.0.1", port=0, ready_timeout=60)
    server.start()
    try:
        yield inbox, Postbox("127.0.0.1", server.number, "none", "it@tarn.example", ())
    finally:
        server.stop()
