"""Write values that readers corrected into the rows of records and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from minutes_miner.store.correctable import OWNER_ROWS, Facts
from minutes_miner.store.keeping import as_columns, owner_rows
from minutes_miner.store.numbers import find_slot, number_of
from minutes_miner.store.sumrows import SUM_ROWS, sum_rows
from minutes_miner.store.tables import (
    actions,
    decided_sums,
    decision_sums,
    decisions,
    documents,
    mentions,
    owners,
    sums,
)

_TABLES = {"decision": decisions, "action": actions}


def read_owners(connection: Connection, noun: str, record_id: str) -> list[Mapping[str, Any]]:
    """Give the rows of ``owners`` that belong to a record."""
    wanted = select(owners).where(owners.c[f"{noun}_id"] == record_id).order_by(owners.c.position)
    return [dict(row._mapping) for row in connection.execute(wanted)]


def write_record(connection: Connection, noun: str, record_id: str, facts: Facts, kept: Mapping[str, Any]) -> None:
    """Set columns of a record, and put owners and sums in the place of those that it has.

    Args:
        connection: inside a transaction that writes.
        noun: decision or action.
        record_id: of the record.
        facts: columns as JSON holds them.
        kept: whether it is corrected, and whether it is suppressed.
    """
    table = _TABLES[noun]
    values = {**as_columns(facts), **kept}
    connection.execute(update(table).where(table.c.id == record_id).values(values))
    if SUM_ROWS in facts:
        _write_sums(connection, record_id, facts[SUM_ROWS])
    if OWNER_ROWS in facts:
        _write_owners(connection, noun, record_id, facts)


def _write_owners(connection: Connection, noun: str, record_id: str, facts: Facts) -> None:
    table, key = _TABLES[noun], f"{noun}_id"
    connection.execute(delete(owners).where(owners.c[key] == record_id))
    document_id = connection.scalar(select(table.c.document_id).where(table.c.id == record_id))
    highest = select(func.coalesce(func.max(owners.c.position), -1)).where(owners.c.document_id == document_id)
    first = int(connection.scalar(highest) or 0) + 1
    rows = owner_rows(facts, {key: record_id, "document_id": document_id})
    if rows:
        connection.execute(insert(owners), [{**row, "position": first + place} for place, row in enumerate(rows)])


def read_sums_of(connection: Connection, decision: str) -> list[dict[str, Any]]:
    """Give the rows of ``sums`` that belong to a decision."""
    tied = select(sums).join(decision_sums).where(decision_sums.c.decision_id == decision).order_by(sums.c.position)
    return [dict(row._mapping) for row in connection.execute(tied)]


def read_clause(connection: Connection, decision: str) -> Mapping[str, Any]:
    """Give the first mention of a decision."""
    told = select(mentions).where(mentions.c.decision_id == decision).order_by(mentions.c.position).limit(1)
    return dict(connection.execute(told).one()._mapping)


def _write_sums(connection: Connection, decision: str, placed: Sequence[dict[str, Any]]) -> None:
    """Put sums in the place of those that a decision has; one that another decision names stays."""
    document = connection.scalar(select(decisions.c.document_id).where(decisions.c.id == decision))
    in_document = sums.c.document_id == document
    highest = select(func.coalesce(func.max(sums.c.position), -1)).where(in_document)
    first = int(connection.scalar(highest) or 0) + 1
    own = [row["position"] for row in read_sums_of(connection, decision)]
    connection.execute(delete(decision_sums).where(decision_sums.c.decision_id == decision))
    tied = select(decision_sums.c.sum_position).where(decision_sums.c.document_id == document)
    connection.execute(delete(sums).where(in_document, sums.c.position.in_(own), sums.c.position.not_in(tied)))
    rows, links = sum_rows(placed, {"id": decision, "document_id": str(document)}, first)
    if rows:
        connection.execute(insert(sums), rows)
        connection.execute(insert(decision_sums), links)


def write_document(connection: Connection, document_id: str, values: Mapping[str, Any], fields: Sequence[str]) -> None:
    """Set columns that all records of a document share, and tell so in each record.

    Args:
        connection: inside a transaction that writes.
        document_id: of the document.
        values: columns of ``documents``.
        fields: that are corrected of the document now.
    """
    if not values:
        return
    before = connection.scalar(select(documents.c.meeting_date).where(documents.c.id == document_id))
    connection.execute(update(documents).where(documents.c.id == document_id).values(dict(values)))
    if "meeting_date" in values and values["meeting_date"] != before:
        _number_anew(connection, document_id, values["meeting_date"])
    for table in (decisions, actions):
        wanted = select(table.c.id, table.c.corrected).where(table.c.document_id == document_id)
        for row in connection.execute(wanted).all():
            own = [name for name in (row.corrected or "").split("; ") if name and name not in documents.c]
            told = "; ".join(dict.fromkeys((*fields, *own))) or None
            connection.execute(update(table).where(table.c.id == row.id).values(corrected=told))


def _number_anew(connection: Connection, document_id: str, day: date | None) -> None:
    """Give decisions the numbers of another day; negative ones are in nobody's way meanwhile."""
    mine = decisions.c.document_id == document_id
    ordered = select(decisions.c.id, decisions.c.number).where(mine).order_by(decisions.c.position)
    rows = connection.execute(ordered).all()
    slot = find_slot(connection, document_id, day, len(rows))
    new = {row.number: number_of(day, slot, place) for place, row in enumerate(rows)}
    of_it = decided_sums.c.document_id == document_id
    decided = [dict(row._mapping) for row in connection.execute(select(decided_sums).where(of_it))]
    connection.execute(delete(decided_sums).where(of_it))
    connection.execute(update(decisions).where(mine).values(number=-decisions.c.number))
    for row in rows:
        connection.execute(update(decisions).where(decisions.c.id == row.id).values(number=new[row.number]))
    if decided:
        connection.execute(insert(decided_sums), [{**row, "number": new[row["number"]]} for row in decided])
