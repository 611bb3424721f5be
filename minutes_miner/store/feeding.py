"""Give the newest decisions of a search as a feed tells them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from minutes_miner.domain.alert import Alert
from minutes_miner.store.cursor import numbers_of
from minutes_miner.store.filters import DecisionFilter, Sort
from minutes_miner.store.hitlist import read_alerts
from minutes_miner.store.matching import match_decisions
from minutes_miner.store.ordering import next_places
from minutes_miner.store.repository import Store
from minutes_miner.store.sampling import settle
from minutes_miner.store.tables import decisions, documents


def find_newest(store: Store, wanted: DecisionFilter, *, most: int) -> list[Alert]:
    """Give the decisions of the newest meetings, each with the moment when its document was mined.

    Args:
        store: an open store.
        wanted: the filter; its limit, offset and order don't matter.
        most: decisions at most.

    Raises:
        StoreError: the database can't be read, or the query can't be understood.
    """
    with store.read() as connection:
        match = settle(connection, match_decisions(connection, replace(wanted, sort=Sort.NEWEST)))
        places = [] if match.is_hopeless else next_places(connection, match, Sort.NEWEST, None, most)
        joined = select(decisions.c.number, decisions.c.id, documents.c.mined_at).join(documents)
        rows = connection.execute(joined.where(decisions.c.number.in_(numbers_of(places)))).all()
        rows = sorted(rows, key=lambda row: -row.number)
        found = read_alerts(connection, False, [row.id for row in rows])
    told = ((found[row.id], row.mined_at) for row in rows if row.id in found)
    return [replace(alert, key=alert.record_id, change="new", told_at=moment) for alert, moment in told]
