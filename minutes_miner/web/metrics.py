"""Count requests and their times, as Prometheus reads them."""

from __future__ import annotations

from collections import Counter
from threading import Lock

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram's buckets, in seconds."""


class Metrics:
    """Count requests by route and status; changed by every request, so it guards itself with a lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def note(self, route: str, status: int, seconds: float) -> None:
        """Count one request.

        Args:
            route: the pattern of its path, such as ``/decisions/{record_id}``; never the path itself, which is endless.
            status: of the answer.
            seconds: from its arrival to the beginning of its answer.
        """
        with self._lock:
            self._requests[route, status] += 1
            self._seconds += seconds
            for bound in BOUNDS:
                if seconds <= bound:
                    self._buckets[bound] += 1

    def as_text(self) -> str:
        """Write the counts in the text format of Prometheus."""
        with self._lock:
            total = sum(self._requests.values())
            name = "minutes_miner_requests_total"
            lines = [f"# HELP {name} Requests answered.", f"# TYPE {name} counter"]
            for (route, status), count in sorted(self._requests.items()):
                lines.append(f'{name}{{route="{route}",status="{status}"}} {count}')
            name = "minutes_miner_request_seconds"
            lines += [f"# HELP {name} Time to the beginning of an answer.", f"# TYPE {name} histogram"]
            lines += [f'{name}_bucket{{le="{bound:g}"}} {self._buckets[bound]}' for bound in BOUNDS]
            lines += [f'{name}_bucket{{le="+Inf"}} {total}', f"{name}_sum {self._seconds:.6f}", f"{name}_count {total}"]
        return "\n".join((*lines, ""))
