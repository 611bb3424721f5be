"""Answers of an invented council's site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from minutes_miner.domain.gathering import Exchange

SITE = "https://democracy.marlowe-vale.example"


def page(number: int, *, size: int = 2_000) -> bytes:
    """Make a page that no other number's is like, and that does not pack to nothing."""
    words = " ".join(f"{(number * 7_919 + place * 104_729) % 1_000_003:x}" for place in range(size // 6))
    return f"<html><title>Meeting {number}</title><p>RESOLVED: {words}</p></html>".encode()


def exchange(number: int, *, body: bytes | None = None, status: int = 200) -> Exchange:
    """Make the answer to one address."""
    return Exchange(
        asked=f"{SITE}/meeting?id={number}",
        url=f"{SITE}/meeting?id={number}",
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Server", "Quill/2")),
        body=page(number) if body is None else body,
        fetched_at=datetime(2024, 5, 1, 9, tzinfo=UTC) + timedelta(seconds=number),
        sent=(("Host", "democracy.marlowe-vale.example"), ("User-Agent", "minutes-miner (clerk@marlowe-vale.example)")),
    )
