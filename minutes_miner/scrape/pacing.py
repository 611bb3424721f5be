"""Keep requests to one host apart and in order."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SLACK = 0.05
"""Share of the interval that a request which left late does not cost the next: busy programs wake up late."""


class Queue:
    """Let one request at a time through to a host, each a while after the last.

    Requests keep to a timetable: one that leaves a little late does not put off all that follow. So ``n`` requests
    take ``n - 1`` intervals at least, less SLACK of one.

    The first waits for a part of the interval, of a second at most, so that many hosts are not all asked at the same
    moments.

    Args:
        interval: seconds from the start of one request to the start of the next.
    """

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self._turns = asyncio.Lock()
        self._due = time.monotonic() + random.uniform(0.0, min(interval, 1.0))
        self._is_closed = False
        self._last = self._slot = self._planned = float("-inf")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for those before, and until the next request is due; the host is ours until the block ends."""
        async with self._turns:
            while not self._is_closed and (wait := self._wait()) > 0:
                await asyncio.sleep(wait)
            self._planned = self._slot + self.interval
            yield

    def depart(self) -> None:
        """Count the interval from now: the request has left."""
        self._last = time.monotonic()
        self._slot = take_slot(self._planned, self._last, self.interval)

    def rest(self, seconds: float) -> None:
        """Let nothing through for so many seconds from now."""
        self._due = max(self._due, time.monotonic() + seconds)

    def is_idle(self, seconds: float) -> bool:
        """Tell whether nobody has asked for so many seconds, nor waits to."""
        return not self._turns.locked() and self._last + seconds < time.monotonic()

    def close(self) -> None:
        """Let those who wait through at once: there is nothing to be asked any more."""
        self._is_closed = True

    def _wait(self) -> float:
        return max(self._due, self._slot + self.interval) - time.monotonic()


def take_slot(planned: float, left: float, interval: float) -> float:
    """Give the moment from which the next interval counts.

    Args:
        planned: when the request should have left, by the timetable.
        left: when it left.
        interval: seconds between two requests.
    """
    return max(planned, left - SLACK * interval)


def backoff(attempt: int, interval: float) -> float:
    """Give the seconds to wait after a failed try: twice as long each time, and never the same for two programs.

    Args:
        attempt: 1 after the first try.
        interval: seconds between two requests to the host.
    """
    return interval * 2.0**attempt * random.uniform(1.0, 1.5)


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Read a ``Retry-After`` header (RFC 9110, 10.2.3): seconds from now, or None where there is none to be read."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        day = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (day.replace(tzinfo=day.tzinfo or UTC) - now).total_seconds())
