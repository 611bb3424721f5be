"""Leave nothing of what was removed in the free space of a database."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing

from sqlalchemy import Connection

from minutes_miner.store.connection import connect, store_errors
from minutes_miner.store.repository import Store

_PATIENCE = 60.0
"""Seconds to wait for other programs before the file is rewritten."""


def scrub(store: Store, tables: Collection[str]) -> bool:
    """Rewrite where a database keeps its text, so that nothing of what was removed is left in free space.

    Args:
        store: an open store, with no transaction under way.
        tables: in which something was removed.

    Returns:
        Whether it could be done: on SQLite not while another program reads.

    Raises:
        StoreError: the database can't be written, or the disk is full.
    """
    engine = connect(store.url, wait_s=_PATIENCE)
    try:
        with store_errors(engine):
            if engine.dialect.name == "sqlite":
                with closing(engine.raw_connection()) as connection:
                    connection.cursor().execute("VACUUM")
                    busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                return not busy
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
                for table in sorted(tables):
                    server.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table}")
            return True
    finally:
        engine.dispose()


def rebuild_words(connection: Connection) -> None:
    """Build SQLite's full-text indexes anew: they keep words that were taken out until they are merged."""
    if connection.dialect.name != "sqlite":
        return
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'"
    for (name,) in connection.exec_driver_sql(named).all():
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
