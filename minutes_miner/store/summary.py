"""Turn a database into the counts that describe it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from minutes_miner.domain.vocabulary import Status
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, decision_sums, decisions, documents, sources, sums

UNKNOWN = "unknown"
"""Stands for an authority that no document names."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Count the records of the documents that are current.

    Attributes:
        documents: documents that a source holds now.
        superseded: documents that no source holds any more.
        failures: sources that could not be mined when they were last tried.
        decisions: all, routine business included.
        by_kind: decisions by kind, the most frequent first; so are the next two.
        by_outcome: decisions by outcome.
        by_authority: decisions by authority.
        actions: all.
        actions_open: still to be done.
        actions_with_due: with a deadline that is a calendar day.
        actions_with_owner: with somebody who must do it.
        sums: mentions of sums.
        totals: what the sums that stand in decisions add up to, by currency. A sum that two decisions name counts
            twice, so this tells a database's size, not what a council spends.
    """

    documents: int
    superseded: int
    failures: int
    decisions: int
    by_kind: dict[str, int]
    by_outcome: dict[str, int]
    by_authority: dict[str, int]
    actions: int
    actions_open: int
    actions_with_due: int
    actions_with_owner: int
    sums: int
    totals: dict[str, Decimal]


def count_records(store: Store) -> Statistics:
    """Count what the database holds.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        return Statistics(
            documents=_count(connection, documents, documents.c.is_current),
            superseded=_count(connection, documents, ~documents.c.is_current),
            failures=_count(connection, sources, sources.c.state == "failed"),
            decisions=_count_current(connection, decisions),
            by_kind=_count_by(connection, decisions.c.kind),
            by_outcome=_count_by(connection, decisions.c.outcome),
            by_authority=_count_by(connection, documents.c.authority),
            actions=_count_current(connection, actions),
            actions_open=_count_current(connection, actions, actions.c.status == Status.OPEN.value),
            actions_with_due=_count_current(connection, actions, actions.c.due_to.is_not(None)),
            actions_with_owner=_count_current(connection, actions, actions.c.owners.is_not(None)),
            sums=_count_current(connection, sums),
            totals=_totals(connection),
        )


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _count_current(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(table).join(documents, table.c.document_id == documents.c.id)
    if "is_suppressed" in table.c:
        counted = counted.where(~table.c.is_suppressed)
    return connection.scalar(counted.where(documents.c.is_current, *conditions)) or 0


def _count_by(connection: Connection, column: ColumnElement[Any]) -> dict[str, int]:
    counted = (
        select(column, func.count().label("many"))
        .select_from(decisions)
        .join(documents, decisions.c.document_id == documents.c.id)
        .where(documents.c.is_current, ~decisions.c.is_suppressed)
        .group_by(column)
    )
    found = {row[0] or UNKNOWN: int(row.many) for row in connection.execute(counted)}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _totals(connection: Connection) -> dict[str, Decimal]:
    is_linked = and_(decision_sums.c.document_id == sums.c.document_id, decision_sums.c.sum_position == sums.c.position)
    added = (
        select(sums.c.currency, func.sum(sums.c.amount, type_=sums.c.amount.type).label("total"))
        .select_from(sums)
        .select_from(decision_sums)
        .join(sums, is_linked)
        .join(documents, documents.c.id == sums.c.document_id)
        .join(decisions, decisions.c.id == decision_sums.c.decision_id)
        .where(documents.c.is_current, ~decisions.c.is_suppressed)
        .group_by(sums.c.currency)
        .order_by(sums.c.currency)
    )
    return {row.currency: row.total for row in connection.execute(added)}
