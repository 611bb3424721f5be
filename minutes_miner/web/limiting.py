"""Keep one program from asking so much that others must wait."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from time import monotonic

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minutes_miner.web.buckets import Buckets
from minutes_miner.web.failures import is_for_programs, problem


class RateLimit:
    """Refuse programs that ask too often: with status 429, and the seconds to wait. Pages for readers are not counted.

    Args:
        app: what answers.
        rate: questions that one client may ask a minute.
    """

    def __init__(self, app: ASGIApp, *, rate: int) -> None:
        self._app, self._rate, self._buckets = app, rate, Buckets(rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http" or not is_for_programs(scope["path"]):
            await self._app(scope, receive, send)
            return
        wait = self._buckets.take(client_of(scope), monotonic())
        if not wait:
            await self._app(scope, receive, send)
            return
        reason = f"a client may ask {self._rate} times a minute"
        refusal: JSONResponse = problem(429, reason, f"wait {wait} s, then ask again")
        refusal.headers["Retry-After"] = str(wait)
        await refusal(scope, receive, send)


def client_of(scope: Scope) -> str:
    """Tell clients apart by their address; of IPv6, where everybody has many, by its network."""
    host = str((scope.get("client") or ("unknown", 0))[0])
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or address.exploded[:19])
    return str(address)


class OpenToScripts:
    """Let scripts of other sites read what is made for programs, where the site is public.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the header that tells browsers so."""

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"access-control-allow-origin", b"*")]
            await send(message)

        is_open = scope["type"] == "http" and is_for_programs(scope["path"])
        await self._app(scope, receive, send_open if is_open else send)
