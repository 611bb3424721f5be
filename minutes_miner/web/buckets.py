"""Count what each client asks for, so that some can be asked to wait."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil

MOST_CLIENTS = 10_000
"""Clients that are remembered; the one that has not asked for longest is forgotten first."""


class Buckets:
    """Hold a bucket of tokens for each client; every question takes one, and they drip in evenly.

    Args:
        rate: tokens that drip in a minute.
        most: tokens that a bucket holds; None for half a minute's.
    """

    def __init__(self, rate: float, *, most: float | None = None) -> None:
        self._drip, self._most = rate / 60, most or max(1.0, rate / 2)
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> int:
        """Take a token.

        Returns:
            0, or the seconds until there is one again.
        """
        tokens, since = self._held.pop(client, (self._most, now))
        tokens = min(self._most, tokens + (now - since) * self._drip)
        wait = 0 if tokens >= 1 else ceil((1 - tokens) / self._drip)
        self._held[client] = (tokens if wait else tokens - 1, now)
        if len(self._held) > MOST_CLIENTS:
            self._held.popitem(last=False)
        return wait
