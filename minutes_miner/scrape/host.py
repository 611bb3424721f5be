"""Keep what is known of one host during a run: its queue, its rules, and whether it has had enough."""

from __future__ import annotations

import asyncio

import httpx2

from minutes_miner.domain.gathering import Obstacle
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.pacing import Queue
from minutes_miner.scrape.robots import Rules
from minutes_miner.scrape.wire import Wire

REFUSALS = 4
"""A host that answers, but refuses, is left alone after so many times as many refusals as failures."""


class Host:
    """Hold the state of one host.

    Attributes:
        name: host and port, the port only where the scheme does not say it.
        queue: the order and pace of requests.
        wire: the connections.
        opening: held while robots.txt is read.
        rules: of robots.txt; None until it has been read.
        left_alone: why nothing is asked any more in this run; None while it is asked.
    """

    def __init__(self, name: str, *, queue: Queue, wire: Wire, patience: int) -> None:
        self.name = name
        self.queue = queue
        self.wire = wire
        self.opening = asyncio.Lock()
        self.rules: Rules | None = None
        self.left_alone: Obstacle | None = None
        self._patience = patience
        self._failures = 0
        self._refusals = 0
        self._is_secure: bool | None = None

    def count(self, obstacle: Obstacle | None, status: int) -> None:
        """Count failures in a row and refusals in a row; too many, and the host is left alone.

        Args:
            obstacle: to the last request; None where it went well.
            status: of the answer, 0 where none came.
        """
        if obstacle is None or (obstacle.state is Coverage.FAILED and 0 < status < 500 and status != 429):
            self._failures = self._refusals = 0
        elif obstacle.state is Coverage.FAILED:
            self._failures += 1
        else:
            self._failures, self._refusals = 0, self._refusals + 1
        if self._failures >= self._patience:
            self.leave(Obstacle(Coverage.FAILED, f"{self.name} is left alone after {self._failures} failures in a row"))
        elif self._refusals >= self._patience * REFUSALS:
            self.leave(Obstacle(Coverage.FAILED, f"{self.name} is left alone after {self._refusals} refusals in a row"))

    def upgrade(self, url: httpx2.URL) -> httpx2.URL:
        """Give the https address for an http one where the host has moved there for good."""
        return url.copy_with(scheme="https") if self._is_secure and url.scheme == "http" else url

    def note_redirect(self, url: httpx2.URL, target: httpx2.URL, status: int) -> None:
        """Remember a lasting move of the host from http to https, unless it sends anybody back."""
        if url.scheme == "https" and target == url.copy_with(scheme="http"):
            self._is_secure = False
        elif self._is_secure is None and status in (301, 308) and target == url.copy_with(scheme="https"):
            self._is_secure = True

    def leave(self, obstacle: Obstacle) -> None:
        """Ask nothing more in this run; the first reason stays."""
        self.left_alone = self.left_alone or obstacle
        self.queue.close()
