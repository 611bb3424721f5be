"""Make databases on the PostgreSQL server that the tests start."""

from __future__ import annotations

import itertools

from sqlalchemy import create_engine, text

_NUMBERS = itertools.count()


def make_database(server_url: str) -> str:
    """Make an empty database on a server; the address is of the short form that users write."""
    name = f"minutes{next(_NUMBERS)}"
    engine = create_engine(server_url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server_url.replace("/postgres?", f"/{name}?")
