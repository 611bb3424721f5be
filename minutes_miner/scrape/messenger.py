"""Carry a request to its answer: in the host's queue, by its rules, through redirects and after failed tries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

import httpx2

from minutes_miner.config import Courtesy
from minutes_miner.domain.gathering import Exchange, Obstacle, Place
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.errors import ConfigError
from minutes_miner.scrape.guard import Guard
from minutes_miner.scrape.host import Host
from minutes_miner.scrape.pacing import Queue, backoff, read_retry_after
from minutes_miner.scrape.refusal import find_challenge
from minutes_miner.scrape.robots import Rules, read_rules
from minutes_miner.scrape.trouble import Trouble
from minutes_miner.scrape.wire import KEEP_SECONDS, Wire

Headers = list[tuple[str, str]]
Kept = tuple[Exchange, Place]

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({429, 500, 502, 503, 504})
"""Statuses after which another try may do better."""


class Messenger:
    """Ask hosts, each in its own queue.

    Args:
        courtesy: how gently.
        keep: called with every answer, before it is used.

    Raises:
        ConfigError: the settings can't be kept to.
    """

    def __init__(self, courtesy: Courtesy, keep: Callable[[Exchange], Place]) -> None:
        if not (courtesy.rate > 0 and courtesy.hosts > 0 and courtesy.tries > 0):
            raise ConfigError("the rate, the hosts at the same time and the tries must be more than 0")
        self._courtesy = courtesy
        self._keep = keep
        self._guard = Guard(allow_private=courtesy.allow_loopback)
        self._trust = cache(httpx2.create_ssl_context)
        self._at_once = asyncio.Semaphore(courtesy.hosts)
        self._hosts: dict[str, Host] = {}

    async def close(self) -> None:
        """Close every connection."""
        hosts, self._hosts = list(self._hosts.values()), {}
        for host in hosts:
            await host.wire.close()

    def has_given_up(self, address: str) -> bool:
        """Tell whether an address's host is left alone for the rest of the run."""
        try:
            host = self._hosts.get(_name(self._guard.check(address)))
        except Trouble:
            return False
        return host is not None and host.left_alone is not None

    def count(self, address: str, obstacle: Obstacle | None, status: int) -> None:
        """Count an answer for or against the host that gave it, which is left alone when it has had enough.

        Args:
            address: the one that answered.
            obstacle: to reading it; None where it went well.
            status: of the answer.
        """
        if host := self._hosts.get(urlsplit(address).netloc):
            host.count(obstacle, status)

    async def follow(self, address: str, headers: Headers, *, heeds_robots: bool = True) -> Kept:
        """Ask for an address, and go where redirects lead; each is checked, and asked in its own host's queue.

        Args:
            address: first asked for.
            headers: of the requests.
            heeds_robots: False for robots.txt itself.

        Raises:
            Trouble: no answer came that can be used.
        """
        url = self._guard.check(address)
        seen: set[httpx2.URL] = set()
        while True:
            host = await self._host(url)
            if heeds_robots:
                await self._heed_robots(host, url, headers)
            url = host.upgrade(url)
            seen.add(url)
            exchange, place = await self._ask(host, url, headers, asked=address)
            target = _find_target(url, exchange)
            if target is None:
                return exchange, place
            following = self._check_target(target, exchange.status)
            host.note_redirect(url, following, exchange.status)
            if following in seen or len(seen) > MAX_REDIRECTS:
                raise Trouble("the server redirects without end", status=exchange.status)
            url = following

    def _check_target(self, target: str, status: int) -> httpx2.URL:
        try:
            return self._guard.check(target)
        except Trouble as trouble:
            reason = f"it redirects to where nothing is asked: {trouble.reason}"
            raise Trouble(reason, state=trouble.obstacle.state, status=status) from trouble

    async def _ask(self, host: Host, url: httpx2.URL, headers: Headers, *, asked: str) -> Kept:
        """Ask one address, and again after what may pass; every try waits for its turn."""
        attempt = 1
        while True:
            try:
                exchange, place = await self._try(host, url, headers, asked)
            except Trouble as trouble:
                if not trouble.is_passing or attempt >= self._courtesy.tries:
                    host.count(trouble.obstacle, trouble.status)
                    raise
                host.queue.rest(self._pause(host, attempt))
            else:
                if not _may_pass(exchange):
                    return exchange, place
                pause = self._heed_retry_after(host, exchange)
                if attempt >= self._courtesy.tries:
                    return exchange, place
                host.queue.rest(self._pause(host, attempt) if pause is None else pause)
            attempt += 1

    async def _try(self, host: Host, url: httpx2.URL, headers: Headers, asked: str) -> Kept:
        async with host.queue.turn():
            if host.left_alone:
                raise Trouble(host.left_alone.reason, state=host.left_alone.state)
            async with self._at_once:
                host.queue.depart()
                exchange = await host.wire.ask(url, headers, asked=asked, depart=host.queue.depart)
                return exchange, self._keep(exchange)

    def _heed_retry_after(self, host: Host, exchange: Exchange) -> float | None:
        """Leave the host in peace for as long as it asks, and give the seconds; None where it does not say.

        Raises:
            Trouble: it asks for longer than is waited for within a run.
        """
        rest = read_retry_after(exchange.header("retry-after"), exchange.fetched_at)
        if rest is not None and rest > self._courtesy.max_wait:
            until = exchange.fetched_at + timedelta(seconds=min(rest, 1e9))
            reason = f"status {exchange.status}; the server asks to come back after {until:%Y-%m-%d %H:%M} UTC"
            host.leave(Obstacle(Coverage.FAILED, reason))
            raise Trouble(reason, status=exchange.status)
        host.queue.rest(rest or 0.0)
        return rest

    def _pause(self, host: Host, attempt: int) -> float:
        return min(backoff(attempt, host.queue.interval), max(self._courtesy.max_wait, host.queue.interval))

    async def _heed_robots(self, host: Host, url: httpx2.URL, headers: Headers) -> None:
        """Read the host's robots.txt the first time.

        Raises:
            Trouble: it does not allow the address, or could not be had: then nothing is asked for now (RFC 9309).
        """
        async with host.opening:
            if host.rules is None and host.left_alone is None:
                await self._read_robots(host, url, headers)
        if host.left_alone:
            raise Trouble(host.left_alone.reason, state=host.left_alone.state)
        if host.rules is not None and not host.rules.allows(str(url)):
            raise Trouble("robots.txt disallows it", state=Coverage.REFUSED)

    async def _read_robots(self, host: Host, url: httpx2.URL, headers: Headers) -> None:
        plain = [header for header in headers if not header[0].startswith("If-")]
        try:
            exchange, _ = await self.follow(str(url.join("/robots.txt")), plain, heeds_robots=False)
        except Trouble as trouble:
            if trouble.status in REDIRECTS:
                # RFC 9309, 2.3.1.2: one that hides behind redirects may be taken for one that is not there.
                host.rules = Rules()
                return
            reason = f"robots.txt could not be read: {trouble.reason}" if trouble.is_passing else trouble.reason
            host.leave(Obstacle(trouble.obstacle.state, reason))
            return
        if exchange.status == 429 or exchange.status >= 500:
            reason = f"robots.txt could not be read (status {exchange.status}), so that nothing is asked for now"
            host.leave(Obstacle(Coverage.REFUSED, reason))
            return
        host.rules = read_rules(exchange.body) if 200 <= exchange.status < 300 else Rules()
        host.queue.interval = max(host.queue.interval, host.rules.delay)
        if host.rules.delay > self._courtesy.max_wait:
            reason = f"robots.txt wants {host.rules.delay:g} seconds between two requests: too long to wait in a run"
            host.leave(Obstacle(Coverage.REFUSED, reason))

    async def _host(self, url: httpx2.URL) -> Host:
        name = _name(url)
        if name not in self._hosts:
            # Hosts that are done with would otherwise hold a connection each until the end of the run.
            for host in list(self._hosts.values()):
                if host.queue.is_idle(KEEP_SECONDS):
                    await host.wire.close()
        if name not in self._hosts:
            wire = Wire(self._guard, self._courtesy, self._trust)
            queue = Queue(1 / self._courtesy.rate)
            self._hosts[name] = Host(name, queue=queue, wire=wire, patience=self._courtesy.patience)
        return self._hosts[name]


def _may_pass(exchange: Exchange) -> bool:
    """Tell whether to ask again: not where a firewall stands in the way, unless it says when it will not."""
    return exchange.status in PASSING and (not find_challenge(exchange) or bool(exchange.header("retry-after")))


def _name(url: httpx2.URL) -> str:
    """Name a host by its address without the scheme: http and https of one are asked in one queue."""
    return url.netloc.decode("ascii")


def _find_target(url: httpx2.URL, exchange: Exchange) -> str | None:
    """Give the address that an answer sends us to, or None where it is the last."""
    location = exchange.header("location")
    if exchange.status not in REDIRECTS or not location:
        return None
    written = location.encode("latin-1").decode("utf-8", errors="replace").strip()
    try:
        return str(url.join("".join(sign if sign.isprintable() else " " for sign in written)))
    except (httpx2.InvalidURL, ValueError):
        return written
