"""Send mails one after the other, while readers go on."""

from __future__ import annotations

import logging
from email.message import EmailMessage
from queue import Full, Queue
from threading import Lock, Thread

from minutes_miner.export.postbox import MailError, Postbox, send_mail

MOST_WAITING = 200
"""Mails that wait at most; then no more are taken."""

_LOG = logging.getLogger("minutes_miner.web")
_LAST_SECONDS = 10.0


class Outbox:
    """Hold mails until the server has taken them; whoever asked for one need not wait, and learns nothing by waiting.

    Args:
        postbox: says how mail is sent.
    """

    def __init__(self, postbox: Postbox) -> None:
        self._postbox = postbox
        self._waiting: Queue[EmailMessage | None] = Queue(MOST_WAITING)
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, mail: EmailMessage) -> bool:
        """Take a mail to send, and tell whether there was room for it."""
        try:
            self._waiting.put_nowait(mail)
        except Full:
            return False
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._send, name="outbox", daemon=True)
                self._thread.start()
        return True

    def close(self) -> None:
        """Send what still waits, for a few seconds at most."""
        if self._thread is None:
            return
        try:
            self._waiting.put_nowait(None)
        except Full:
            return
        self._thread.join(_LAST_SECONDS)

    def _send(self) -> None:
        while (mail := self._waiting.get()) is not None:
            try:
                send_mail(mail, self._postbox)
            except MailError as error:  # the address stands in no log
                reason = error.reason.replace(str(mail["To"]), "ADDRESS")
                _LOG.error("a mail that asks for a confirmation was not sent: %s: %s", error.where, reason)
