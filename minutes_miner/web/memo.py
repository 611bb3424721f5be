"""Keep answers for a short while, so that the same question costs once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Memo(Generic[Answer]):
    """Hold the newest answers; any number of threads may ask.

    Args:
        seconds: how old an answer may be.
        most: answers that are kept.
    """

    def __init__(self, *, seconds: float, most: int) -> None:
        self._seconds, self._most = seconds, most
        self._held: OrderedDict[Hashable, tuple[float, Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, find: Callable[[], Answer]) -> Answer:
        """Give the answer that is held for a key, or find it and hold it."""
        now = monotonic()
        with self._lock:
            held = self._held.get(key)
            if held is not None and now - held[0] < self._seconds:
                return held[1]
        answer = find()
        with self._lock:
            self._held[key] = (now, answer)
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return answer
