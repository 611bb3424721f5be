"""Turn a database into the list of files that could not be mined."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from minutes_miner.store.repository import Store
from minutes_miner.store.tables import sources


@dataclass(frozen=True, slots=True)
class FailedSource:
    """Name a file that could not be mined when it was last tried, and why."""

    source: str
    reason: str


def find_failures(store: Store, *, limit: int | None = None) -> list[FailedSource]:
    """List what could not be mined, in the order of the sources.

    Args:
        store: an open store.
        limit: the most rows; None for all.

    Raises:
        StoreError: the database can't be read.
    """
    wanted = select(sources.c.source, sources.c.failure).where(sources.c.state == "failed").order_by(sources.c.source)
    with store.read() as connection:
        return [FailedSource(row.source, row.failure or "") for row in connection.execute(wanted.limit(limit))]


def count_failures(store: Store) -> int:
    """Count what could not be mined when it was last tried.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        counted = select(func.count()).select_from(sources).where(sources.c.state == "failed")
        return connection.scalar(counted) or 0
