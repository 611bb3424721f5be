"""Let in whoever has the token or the password, where the site is private."""

from __future__ import annotations

import base64
import binascii
import hmac
from hashlib import sha256
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from minutes_miner.errors import ConfigError

OPEN = frozenset({"/healthz", "/robots.txt"})
"""Paths that need no access."""

OPEN_TO_MAIL = "/watch/stop/"
"""Where mail programs end a reader's mails by one click; who knows the rest of the path is that reader."""

_MOST_KNOWN = 1_000
_ASK = {"WWW-Authenticate": 'Basic realm="minutes", charset="UTF-8"', "Cache-Control": "no-store"}


def hash_password(password: str) -> str:
    """Give the argon2 digest of a password, which tells nothing of it."""
    return PasswordHasher().hash(password)


def check_digest(password_hash: str) -> None:
    """Make sure that a digest is one of argon2's.

    Raises:
        ConfigError: it is not.
    """
    try:
        PasswordHasher().check_needs_rehash(password_hash)
    except InvalidHashError as error:
        advice = "make one with: minutes-miner serve --hash-password"
        raise ConfigError("the password's digest is none of argon2's", advice=advice) from error


class Access:
    """Ask for a token, or for a password under any name, before anything is shown.

    Passwords are checked one after the other, for argon2 is slow on purpose: whoever tries many waits long. What was
    right once is remembered as a digest, so that a page does not cost as much again.

    Args:
        app: what answers.
        token: is let in as ``Authorization: Bearer TOKEN``.
        password_hash: argon2 digest of the password.
    """

    def __init__(self, app: ASGIApp, *, token: str | None, password_hash: str | None) -> None:
        self._app, self._token, self._hash = app, token, password_hash
        self._hasher, self._lock = PasswordHasher(), Lock()
        self._known: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or ask for the password."""
        is_ending = scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(OPEN_TO_MAIL)
        if scope["type"] != "http" or scope["path"] in OPEN or is_ending:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("authorization", "")
        is_right: bool = await run_in_threadpool(self._is_right, given)
        if is_right:
            await self._app(scope, receive, send)
            return
        refusal = PlainTextResponse("This site is private: a password or a token is needed.\n", 401, _ASK)
        await refusal(scope, receive, send)

    def _is_right(self, given: str) -> bool:
        scheme, _, value = given.partition(" ")
        if scheme.lower() == "bearer":
            return self._token is not None and hmac.compare_digest(value.strip().encode(), self._token.encode())
        if scheme.lower() != "basic" or self._hash is None:
            return False
        digest = sha256(given.encode()).digest()
        with self._lock:
            if digest not in self._known and self._verify(value):
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                self._known.add(digest)
            return digest in self._known

    def _verify(self, value: str) -> bool:
        try:
            password = base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
            return self._hasher.verify(self._hash or "", password)
        except (binascii.Error, UnicodeDecodeError, VerificationError):
            return False
