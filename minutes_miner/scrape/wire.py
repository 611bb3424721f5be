"""Ask one host over connections to the very addresses that were checked."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx2

from minutes_miner.config import Courtesy
from minutes_miner.domain.gathering import Exchange
from minutes_miner.scrape.guard import Guard
from minutes_miner.scrape.trouble import Trouble, name_trouble
from minutes_miner.scrape.unpacking import read_body

MAX_CONNECT_SECONDS = 30.0
KEEP_SECONDS = 30.0
"""How long an idle connection is used again; servers keep theirs for a minute or more."""

RESOLVE_SECONDS = 300.0
"""How long a host's addresses are used before its name is looked up again."""

MAX_ADDRESSES = 3
"""Addresses of one host that are tried, one after the other, where it takes no connections."""


class Wire:
    """Hold the connections to one host.

    It connects to an address, not to a name, so that what the guard has checked is what is asked; the name stands in
    the ``Host`` header and in the TLS handshake, and certificates are checked against it.

    Args:
        guard: which addresses may be connected to.
        courtesy: the limits of one answer.
        trust: gives the certificates that are trusted; called when https is first asked, for they take long to read.
    """

    def __init__(self, guard: Guard, courtesy: Courtesy, trust: Callable[[], ssl.SSLContext]) -> None:
        self._guard = guard
        self._courtesy = courtesy
        self._trust = trust
        self._transports: dict[str, httpx2.AsyncHTTPTransport] = {}
        connect = min(MAX_CONNECT_SECONDS, courtesy.max_seconds)
        self._timeout = httpx2.Timeout(courtesy.max_seconds, connect=connect).as_dict()
        self._addresses: tuple[str, ...] = ()
        self._resolved_at = 0.0

    async def ask(
        self, url: httpx2.URL, headers: list[tuple[str, str]], *, asked: str, depart: Callable[[], None]
    ) -> Exchange:
        """Send one request and read the whole answer.

        Args:
            url: checked by the guard.
            headers: of the request, without ``Host``.
            asked: the address first asked for, before redirects.
            depart: called when the request has been sent.

        Raises:
            Trouble: no answer came, or one that can't be used.
        """
        sent = [("Host", url.netloc.decode("ascii")), *headers]
        try:
            async with asyncio.timeout(self._courtesy.max_seconds):
                response = await self._send(url, sent, depart)
                try:
                    body = await self._read(response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            reason = f"the answer took longer than {self._courtesy.max_seconds:g} seconds"
            raise Trouble(reason, is_passing=True) from error
        except (httpx2.HTTPError, httpx2.StreamError, OSError) as error:
            self._addresses = ()
            raise name_trouble(error) from error
        received = _decode(response.headers.raw)
        return Exchange(asked, str(url), response.status_code, received, body, datetime.now(UTC), tuple(sent))

    async def close(self) -> None:
        """Close the connections; asking again opens new ones."""
        transports, self._transports = list(self._transports.values()), {}
        for transport in transports:
            await transport.aclose()

    async def _send(
        self, url: httpx2.URL, headers: list[tuple[str, str]], depart: Callable[[], None]
    ) -> httpx2.Response:
        addresses, transport = await self._resolve(url), self._transport(url.scheme)
        for address in addresses[:-1]:
            try:
                return await transport.handle_async_request(self._request(url, address, headers, depart))
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                if not name_trouble(error).is_passing:
                    raise
        return await transport.handle_async_request(self._request(url, addresses[-1], headers, depart))

    def _transport(self, scheme: str) -> httpx2.AsyncHTTPTransport:
        if scheme not in self._transports:
            trust = self._trust() if scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            limits = httpx2.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=KEEP_SECONDS)
            self._transports[scheme] = httpx2.AsyncHTTPTransport(verify=trust, trust_env=False, limits=limits)
        return self._transports[scheme]

    def _request(
        self, url: httpx2.URL, address: str, headers: list[tuple[str, str]], depart: Callable[[], None]
    ) -> httpx2.Request:
        extensions: dict[str, object] = {"timeout": self._timeout}
        if not _is_address(url.host):
            extensions["sni_hostname"] = url.raw_host.decode("ascii").rstrip(".")
        pinned = url if url.host == address else url.copy_with(host=address)
        return httpx2.Request("GET", pinned, headers=headers, stream=_Departure(depart), extensions=extensions)

    async def _resolve(self, url: httpx2.URL) -> tuple[str, ...]:
        if not self._addresses or time.monotonic() > self._resolved_at + RESOLVE_SECONDS:
            self._addresses = (await self._guard.resolve(url))[:MAX_ADDRESSES]
            self._resolved_at = time.monotonic()
        return self._addresses

    async def _read(self, response: httpx2.Response) -> bytes:
        length = response.headers.get("content-length", "")
        if length.isdigit() and int(length[:18]) > self._courtesy.max_bytes:
            raise Trouble(f"the answer is larger than {self._courtesy.max_bytes:,} bytes", status=response.status_code)
        encoding = response.headers.get("content-encoding", "")
        try:
            return await read_body(response.aiter_raw(), encoding, self._courtesy.max_bytes)
        except Trouble as trouble:
            trouble.status = response.status_code
            raise


class _Departure(httpx2.AsyncByteStream):
    """Be the empty body of a request, and tell when it is sent: its headers have left by then."""

    def __init__(self, depart: Callable[[], None]) -> None:
        self._depart = depart

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._depart()
        yield b""


def _decode(raw: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in raw)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
