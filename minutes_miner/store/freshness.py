"""Tell whether a database is as it was a moment ago."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from sqlalchemy import text

from minutes_miner.store.connection import find_file
from minutes_miner.store.repository import Store

BELIEVED = 1.0
"""Seconds for which the state of a PostgreSQL database is not asked for again."""

_POSITION = text(
    "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END"
)
"""Where PostgreSQL's journal ends; a replica tells how far it has followed."""


class Freshness:
    """Tell the state of a database: another one whenever it has been written to, and now and then without that.

    With SQLite it is that of its files, of this very moment; with PostgreSQL the end of the server's journal, and up to
    ``BELIEVED`` seconds old.

    Args:
        store: an open store.

    Raises:
        StoreError: the database can't be read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.read() as connection:
            path = find_file(connection.engine)
        self._files = (path, path.with_name(f"{path.name}-wal")) if path else ()
        self._state, self._asked = "", float("-inf")

    def is_known(self) -> bool:
        """Tell whether the state can be given without waiting for a server."""
        return bool(self._files) or monotonic() - self._asked < BELIEVED

    def read(self) -> str:
        """Give the state.

        Raises:
            StoreError: the database can't be read.
        """
        if self._files:
            return " ".join(map(_describe, self._files))
        if not self.is_known():
            with self._store.read() as connection:
                self._state, self._asked = str(connection.scalar(_POSITION)), monotonic()
        return self._state


def _describe(path: Path) -> str:
    try:
        facts = path.stat()
    except FileNotFoundError:
        return "none"
    return f"{facts.st_ino}.{facts.st_mtime_ns}.{facts.st_size}"
