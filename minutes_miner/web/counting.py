"""Note every request in the metrics."""

from __future__ import annotations

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minutes_miner.web.metrics import Metrics
from minutes_miner.web.replaying import route_of


class CountRequests:
    """Measure the time up to the beginning of each answer.

    Args:
        app: what answers.
        metrics: what is counted into.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.note(route_of(scope) or "other", int(message["status"]), perf_counter() - began)
            await send(message)

        await self._app(scope, receive, send_counted)
