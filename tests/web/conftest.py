"""Serve a mined database on loopback, and ask it as a browser would."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from served import serve


@pytest.fixture(scope="session")
def database(mined: str) -> str:
    """The address of a database that holds invented minutes."""
    return mined


@pytest.fixture(scope="session")
def client(database: str) -> Iterator[httpx2.Client]:
    """Ask a server of the mined database, following no redirect."""
    with serve(database, rate=0) as address, httpx2.Client(base_url=address, timeout=60) as opened:
        yield opened
