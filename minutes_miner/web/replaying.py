"""Give an answer once more that was given a moment ago, while the database is the same."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minutes_miner.store import Store
from minutes_miner.store.freshness import Freshness
from minutes_miner.web.shelf import Kept, Shelf

LARGEST = 250_000
"""Bytes of an answer that is kept."""

NEVER = ("/healthz", "/metrics", "/static/", "/watch")
"""Beginnings of paths whose answers are always made anew."""


class Noted:
    """Take down the messages of an answer while they are sent."""

    def __init__(self) -> None:
        self._start: Message = {}
        self._body = b""
        self._parts = 0

    def note(self, message: Message) -> None:
        """Take a message; the body of an answer that comes in parts is not wanted."""
        if message["type"] == "http.response.start":
            self._start = {**message, "headers": tuple(map(tuple, message["headers"]))}
        elif message["type"] == "http.response.body":
            self._parts += 1
            self._body = b"" if self._parts > 1 or message.get("more_body") else message.get("body", b"")

    def answer(self, route: str | None) -> Kept | None:
        """Give the answer, if it is a good one, whole and for everybody.

        Args:
            route: the path of its route.
        """
        if self._start.get("status") != 200 or not 0 < len(self._body) <= LARGEST:
            return None
        headers = Headers(raw=list(self._start["headers"]))
        if "set-cookie" in headers or "no-store" in headers.get("cache-control", ""):
            return None
        return Kept(route, self._start["headers"], self._body)


class Replay:
    """Give whole answers to GET again, as they were sent, while neither the day nor the database is another.

    Args:
        app: what answers, compressed where the client wants that.
        store: of the answers.
        shelf: where they are kept.
    """

    def __init__(self, app: ASGIApp, *, store: Store, shelf: Shelf) -> None:
        self._app, self._freshness, self._shelf = app, Freshness(store), shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(NEVER):
            await self._app(scope, receive, send)
            return
        key, state = _key(scope), await self._look()
        kept = self._shelf.find(key, state)
        if kept is not None:
            scope["kept_route"] = kept.route
            for message in _messages(kept, Headers(scope=scope).get("if-none-match", "")):
                await send(message)
            return
        noted = Noted()

        async def send_noted(message: Message) -> None:
            noted.note(message)
            await send(message)

        await self._app(scope, receive, send_noted)
        made = noted.answer(route_of(scope))
        if made is not None:
            self._shelf.keep(key, state, made)

    async def _look(self) -> str:
        read = self._freshness.read
        return read() if self._freshness.is_known() else await run_in_threadpool(read)


def route_of(scope: Scope) -> str | None:
    """Give the path of the route that answers, or that answered when the answer was made."""
    route: Any = scope.get("route")
    path: str | None = scope.get("kept_route") or getattr(route, "path", None)
    return path


def _messages(kept: Kept, known: str) -> tuple[Message, Message]:
    """Give an answer again, or status 304 where the client knows it already.

    Args:
        kept: the answer.
        known: tags of the answers that the client has, as ``If-None-Match`` lists them.
    """
    headers = list(kept.headers)
    tag = Headers(raw=headers).get("etag")
    is_known = tag is not None and tag.removeprefix("W/") in known
    if is_known:
        headers = [(name, value) for name, value in headers if not name.lower().startswith(b"content-")]
    start = {"type": "http.response.start", "status": 304 if is_known else 200, "headers": headers}
    return start, {"type": "http.response.body", "body": b"" if is_known else kept.body}


def _key(scope: Scope) -> str:
    """Write down all that an answer depends on."""
    headers = Headers(scope=scope)
    told = [headers.get(name, "") for name in ("host", "accept-encoding", "accept", "hx-request")]
    day = date.today().isoformat()  # by which tasks are due
    return json.dumps([day, scope["scheme"], scope["path"], scope["query_string"].decode("latin-1"), *told])
