"""Give an answer once more that was given a moment ago, while the database is the same."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minutes_miner.store import Store
from minutes_miner.store.freshness import Freshness

SECONDS = 3600.0
"""How long an answer is given again, if the day and the database are the same."""

MOST_BYTES = 24_000_000
"""Of all answers that are kept; the ones that nobody has asked for longest go first."""

LARGEST = 250_000
"""Bytes of an answer that is kept."""

NEVER = ("/healthz", "/metrics", "/static/", "/watch")
"""Beginnings of paths whose answers are always made anew."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Answer:
    """Hold the messages of an answer, and of which state of the database it tells."""

    state: str
    since: float
    route: Any = None
    start: Message = field(default_factory=dict)
    body: bytes = b""
    parts: int = 0

    def note(self, message: Message) -> None:
        """Take a message of the answer; one that comes in parts is not kept."""
        if message["type"] == "http.response.start":
            self.start = {**message, "headers": list(message["headers"])}
        elif message["type"] == "http.response.body":
            self.parts += 1
            self.body = b"" if self.parts > 1 or message.get("more_body") else message.get("body", b"")

    def messages(self, known: str) -> tuple[Message, Message]:
        """Give the answer again, or status 304 where the client knows it already.

        Args:
            known: tags of the answers that the client has, as ``If-None-Match`` lists them.
        """
        headers = list(self.start["headers"])
        tag = Headers(raw=headers).get("etag")
        if tag is None or tag.removeprefix("W/") not in known:
            return {**self.start, "headers": headers}, {"type": "http.response.body", "body": self.body}
        told = [(name, value) for name, value in headers if not name.lower().startswith(b"content-")]
        return {**self.start, "status": 304, "headers": told}, {"type": "http.response.body", "body": b""}

    def may_be_kept(self) -> bool:
        """Tell whether the answer is a good one, whole and for everybody."""
        if self.start.get("status") != 200 or not 0 < len(self.body) <= LARGEST:
            return False
        headers = Headers(raw=self.start["headers"])
        return "set-cookie" not in headers and "no-store" not in headers.get("cache-control", "")


class Replay:
    """Keep whole answers to GET for an hour, as they are sent, and drop them when the database is written to.

    Args:
        app: what answers, compressed where the client wants that.
        store: of the answers.
    """

    def __init__(self, app: ASGIApp, *, store: Store) -> None:
        self._app, self._freshness = app, Freshness(store)
        self._held: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(NEVER):
            await self._app(scope, receive, send)
            return
        key, state, now = _key(scope), await self._look(), monotonic()
        held = self._held.get(key)
        if held is not None and held.state == state and now - held.since < SECONDS:
            self._held.move_to_end(key)
            scope["route"] = held.route
            for message in held.messages(Headers(scope=scope).get("if-none-match", "")):
                await send(message)
            return
        answer = Answer(state, now)

        async def send_noted(message: Message) -> None:
            answer.note(message)
            await send(message)

        await self._app(scope, receive, send_noted)
        if answer.may_be_kept():
            answer.route = scope.get("route")
            self._keep(key, answer)

    async def _look(self) -> str:
        read = self._freshness.read
        return read() if self._freshness.is_known() else await run_in_threadpool(read)

    def _keep(self, key: Key, answer: Answer) -> None:
        before = self._held.pop(key, None)
        self._bytes += len(answer.body) - (len(before.body) if before else 0)
        self._held[key] = answer
        while self._bytes > MOST_BYTES:
            _, oldest = self._held.popitem(last=False)
            self._bytes -= len(oldest.body)


def _key(scope: Scope) -> Key:
    """Give all that an answer depends on."""
    headers = Headers(scope=scope)
    told = ("host", "accept-encoding", "accept", "hx-request")
    query = scope["query_string"].decode("latin-1")
    day = date.today().isoformat()  # by which tasks are due
    return (day, scope["scheme"], scope["path"], query, *(headers.get(name, "") for name in told))
