"""Read robots.txt into what a host allows and how often it may be asked (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

PRODUCT = "minutes-miner"
"""The product token that a group of rules may name."""

MAX_BYTES = 512_000
"""What is read of a robots.txt; RFC 9309, 2.5 asks for 500 KiB at least."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold what a host's robots.txt says to this program.

    Attributes:
        robots: its rules; None where there are none, so that everything is allowed.
    """

    robots: Protego | None = None

    def allows(self, url: str) -> bool:
        """Tell whether an address may be asked for."""
        return self.robots is None or self.robots.can_fetch(url, PRODUCT)

    @property
    def delay(self) -> float:
        """The seconds that the host wants between two requests, by ``Crawl-delay`` or ``Request-rate``; 0 for none."""
        if self.robots is None:
            return 0.0
        rate = self.robots.request_rate(PRODUCT)
        spread = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(self.robots.crawl_delay(PRODUCT) or 0.0, spread)


def read_rules(body: bytes) -> Rules:
    """Read the bytes of a robots.txt; what is not a rule in it is passed over."""
    return Rules(Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", errors="replace")))
