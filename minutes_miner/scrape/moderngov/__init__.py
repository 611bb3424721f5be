"""Read ModernGov, the platform that most councils publish their meetings on."""

from minutes_miner.scrape.moderngov.platform import ModernGov

__all__ = ["ModernGov"]
