"""Move a store from one database to another, of the same kind or of the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select

from minutes_miner.errors import StoreError
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import metadata

_BATCH = 1_000


def copy_store(source: Store, target: Store) -> dict[str, int]:
    """Copy every row, and build the indexes of the copy.

    Ids, numbers and page tokens stay what they are. What is written to the source meanwhile is not copied.

    Args:
        source: what to copy.
        target: an empty store.

    Returns:
        The number of rows by table.

    Raises:
        StoreError: the target holds something already, or one of the two can't be read or written.
    """
    counts: dict[str, int] = {}
    with source.read() as connection, target.load() as put:
        if connection.dialect.name == "postgresql":  # SQLite's readers see one moment in any case
            connection.execution_options(isolation_level="REPEATABLE READ")
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            counts[table.name] = connection.scalar(select(func.count()).select_from(table)) or 0
            put(table, names, _rows(connection, table))
    arrived = target.info().rows
    if arrived != counts:
        raise StoreError(f"not every row arrived ({arrived} of {counts})", where=target.address)
    return counts


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Read a table a batch at a time, in the order of its key, which is quickest to insert."""
    wanted = select(table).order_by(*table.primary_key).execution_options(yield_per=_BATCH)
    for row in connection.execute(wanted):
        yield tuple(row)
