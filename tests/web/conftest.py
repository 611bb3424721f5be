"""Serve a mined database on loopback, and ask it as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from served import mine_papers, serve


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Mine invented minutes; the address of the database that holds them."""
    return mine_papers(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def client(database: str) -> Iterator[httpx2.Client]:
    """Ask a server of the mined database, following no redirect."""
    with serve(database) as address, httpx2.Client(base_url=address, timeout=60) as opened:
        yield opened


@pytest.fixture
def papers(database: str) -> Path:
    """The folder of the minutes that were mined."""
    return Path(database.removeprefix("sqlite:///")).parent / "papers"
