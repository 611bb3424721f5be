"""Write a record as its document has it, and as the trail of corrections changes that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from minutes_miner.store.correctable import Facts, get_correctable
from minutes_miner.store.deciding import decide_anew
from minutes_miner.store.keeping import as_columns, held_of, pick
from minutes_miner.store.partyqueue import queue_names
from minutes_miner.store.recordkey import record_keys
from minutes_miner.store.rewriting import read_clause, read_owners, read_sums_of, write_document, write_record
from minutes_miner.store.sumrows import SUM_ROWS, Row, place_sums
from minutes_miner.store.tables import actions, decisions, documents
from minutes_miner.store.tagging import retag

TABLES: Mapping[str, Table] = {"decision": decisions, "action": actions}
"""The tables of records, by what a record is called."""

_VOTES = frozenset({"votes_for", "votes_against", "abstentions"})


def settle(
    connection: Connection, noun: str, record_id: str, undone: Facts | None = None, *, field: str | None = None
) -> None:
    """Write a record, and what its document shares, as the trail has them.

    Args:
        connection: inside a transaction that writes.
        noun: decision or action.
        record_id: of the record.
        undone: columns that have just lost their correction, as the document has them.
        field: that they belong to.
    """
    table = TABLES[noun]
    document_id = str(connection.scalar(select(table.c.document_id).where(table.c.id == record_id)))
    held = held_of(connection, document_id)
    own = [one for one in held if (one.noun, one.record_id) == (noun, record_id) and not one.is_of_document]
    shared = [one for one in held if one.is_of_document]
    is_shared = field is not None and get_correctable(field, noun).is_of_document
    values: Facts = {} if is_shared else {**(undone or {})}
    of_document: Facts = {**(undone or {})} if is_shared else {}
    for one in own:
        values |= one.new_facts
    for one in shared:
        of_document |= one.new_facts
    if SUM_ROWS in values:
        said: list[Row] = next((one.source_facts[SUM_ROWS] for one in own if SUM_ROWS in one.source_facts), [])
        values[SUM_ROWS] = place_sums(values[SUM_ROWS], said, read_clause(connection, record_id))
    write_document(connection, document_id, as_columns(of_document), [str(one.field) for one in shared])
    fields = [one.field for one in (*shared, *own) if one.field]
    is_suppressed = any(one.act == "suppress" for one in own)
    kept = {"corrected": "; ".join(dict.fromkeys(fields)) or None, "is_suppressed": is_suppressed}
    write_record(connection, noun, record_id, values, kept)
    decide_anew(connection, document_id)
    queue_names(connection, [document_id])
    retag(connection, [document_id])


def same_records(connection: Connection, noun: str, record_id: str, *, only: bool = False) -> list[str]:
    """List a record, and those of the same council and day that state the same words under the same title."""
    key, document = key_of(connection, noun, record_id)
    if only:
        return [record_id]
    table = TABLES[noun]
    stated = connection.scalar(select(table.c.text).where(table.c.id == record_id))
    rivals = (
        select(table.c.id)
        .join(documents, documents.c.id == table.c.document_id)
        .where(documents.c.authority.is_not_distinct_from(document["authority"]))
        .where(documents.c.meeting_date.is_not_distinct_from(document["meeting_date"]))
        .where(table.c.text == stated, table.c.id != record_id)
        .order_by(table.c.id)
    )
    found = connection.scalars(rivals).all()
    return [record_id, *(one for one in found if key_of(connection, noun, one)[0] == key)]


def key_of(connection: Connection, noun: str, record_id: str) -> tuple[str, dict[str, Any]]:
    """Give a record's key by what its document says, and the document's council and day as they stand."""
    table = TABLES[noun]
    named = select(table.c.document_id).where(table.c.id == record_id).scalar_subquery()
    columns = (documents.c.id, documents.c.authority, documents.c.meeting_date)
    document = dict(connection.execute(select(*columns).where(documents.c.id == named)).one()._mapping)
    of_it = select(table.c.id, table.c.text, table.c.item_title).where(table.c.document_id == document["id"])
    rows = {row.id: dict(row._mapping) for row in connection.execute(of_it.order_by(table.c.position))}
    said = dict(document)
    for one in reversed(held_of(connection, document["id"])):
        if one.is_of_document:
            said |= as_columns(one.source_facts)
        elif one.noun == noun and one.field == "item_title" and one.record_id in rows:
            rows[one.record_id] |= one.source_facts
    return record_keys(noun, said, rows.values())[record_id], document


def read_values(connection: Connection, noun: str, record_id: str, columns: tuple[str, ...]) -> tuple[Facts, Facts]:
    """Give some columns of a record as they are, and as the document has them."""
    table = TABLES[noun]
    shared = (documents.c[name] for name in ("authority", "territory", "committee", "meeting_date"))
    joined = select(table, *shared).join(documents)
    row = dict(connection.execute(joined.where(table.c.id == record_id)).one()._mapping)
    row[SUM_ROWS] = read_sums_of(connection, record_id)
    now = pick(row, columns, read_owners(connection, noun, record_id))
    said = dict(now)
    for one in reversed(held_of(connection, row["document_id"])):
        if one.is_of_document or (one.noun, one.record_id) == (noun, record_id):
            said |= {name: value for name, value in one.source_facts.items() if name in said}
    return now, said


def with_manner(connection: Connection, noun: str, record_id: str, facts: Facts) -> Facts:
    """Call a vote counted where somebody gives its counts and nothing else is known of it."""
    if not _VOTES & facts.keys() or all(facts[name] is None for name in _VOTES & facts.keys()):
        return facts
    manner = connection.scalar(select(decisions.c.vote_manner).where(decisions.c.id == record_id))
    return facts if manner else {**facts, "vote_manner": "counted"}
