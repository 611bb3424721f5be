"""Make databases on the PostgreSQL server that the tests start, and copies of databases of either kind."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from minutes_miner.store import Store, open_store
from minutes_miner.store.repository import Clock

_NUMBERS = itertools.count()

Fill = Callable[[Store], object]


def make_database(server_url: str, template: str = "template1") -> str:
    """Make a database on a server, empty or a copy of another; the address is of the short form that users write.

    Args:
        server_url: address of the server's own database.
        template: name of the database that is copied.
    """
    name = f"minutes{next(_NUMBERS)}"
    engine = create_engine(server_url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return server_url.replace("/postgres?", f"/{name}?")


@dataclass
class Copies:
    """Fill a database of each kind once and copy it for each test: that takes a tenth of filling it anew.

    Attributes:
        request: gives the server, if PostgreSQL is wanted.
        folder: for the SQLite files that are copied.
        clock: of the stores that are filled.
        filled: addresses of what was filled, by kind and by what filled it.
    """

    request: pytest.FixtureRequest
    folder: Path
    clock: Clock
    filled: dict[tuple[str, Fill], str] = field(default_factory=dict)

    def make(self, kind: str, fill: Fill, folder: Path) -> str:
        """Give the address of a copy of a filled database.

        Args:
            kind: sqlite or postgresql.
            fill: puts into an empty store what is wanted.
            folder: for a SQLite file.
        """
        if (kind, fill) not in self.filled:
            self.filled[kind, fill] = self._fill(kind, fill)
        source = make_url(self.filled[kind, fill]).database
        if kind == "postgresql":
            return make_database(self.request.getfixturevalue("server_url"), str(source))
        shutil.copy(str(source), folder / "minutes.db")
        return f"sqlite:///{folder / 'minutes.db'}"

    def _fill(self, kind: str, fill: Fill) -> str:
        if kind == "postgresql":
            url = make_database(self.request.getfixturevalue("server_url"))
        else:
            url = f"sqlite:///{self.folder / f'{next(_NUMBERS)}.db'}"
        with open_store(url, clock=self.clock) as store:
            fill(store)
        return url
