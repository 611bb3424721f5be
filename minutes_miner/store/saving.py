"""Turn rows into what the tables hold: insert, replace or leave alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from minutes_miner.domain.source import DocumentRef, part_source
from minutes_miner.store.connection import UnstorableError
from minutes_miner.store.deciding import decide
from minutes_miner.store.partyqueue import forget_names, queue_names
from minutes_miner.store.rows import Row, document_id
from minutes_miner.store.tables import RECORD_TABLES, documents, source_versions, sources
from minutes_miner.store.tagging import mark_decisions, retag


class Change(StrEnum):
    """What saving a document did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


def put_document(connection: Connection, row: Row, *, replace: bool) -> Change:
    """Insert a document or lock the one that is there, and tell whether its records must be written."""
    inserting = insert_into(connection, documents).values(row).on_conflict_do_nothing().returning(documents.c.id)
    if connection.scalar(inserting) is not None:
        return Change.ADDED
    stored = connection.execute(
        select(documents.c.sha256, documents.c.pipeline, documents.c.authority)
        .where(documents.c.id == row["id"])
        .with_for_update()
    ).one()
    if stored.sha256 != row["sha256"]:
        raise UnstorableError(f"two documents share the id {row['id']}", advice="report it: it should never happen")
    if not replace and (stored.pipeline, stored.authority) == (row["pipeline"], row["authority"]):
        return Change.UNCHANGED
    facts = {name: value for name, value in row.items() if name != "is_current"}
    connection.execute(update(documents).where(documents.c.id == row["id"]).values(facts))
    return Change.REPLACED


def has_other_facts(connection: Connection, ref: DocumentRef, row: Row) -> bool:
    """Tell whether a source holds the very document already, with another committee, day or address than now."""
    statement = select(documents.c.committee, documents.c.meeting_date, sources.c.url).where(
        documents.c.id == row["id"], sources.c.document_id == documents.c.id, sources.c.source == ref.source
    )
    stored = connection.execute(statement).one_or_none()
    return stored is not None and tuple(stored) != (row["committee"], row["meeting_date"], ref.url or stored.url)


def put_records(
    connection: Connection, document: Row, records: dict[str, list[Row]], *, is_new: bool = False
) -> None:
    """Put a document's records in the place of those that it has.

    Args:
        connection: inside a transaction that writes.
        document: the document's row.
        records: rows by table, see :func:`minutes_miner.store.rows.record_rows`.
        is_new: whether the document was added in this very transaction, and so has none.
    """
    forget_names(connection, document["id"])
    for table in () if is_new else reversed(RECORD_TABLES):
        connection.execute(delete(table).where(table.c.document_id == document["id"]))
    is_current = is_new or connection.scalar(select(documents.c.is_current).where(documents.c.id == document["id"]))
    described = {**document, "is_current": is_current}
    told, decided = decide(described, records["decisions"], records["sums"], records["decision_sums"])
    marked = mark_decisions(connection, described, told, records["owners"])
    numbers = {row["id"]: row["number"] for row in marked}
    numbered = [{**row, "number": numbers[row["decision_id"]]} for row in decided]
    written = {**records, "decisions": marked, "decided_sums": numbered}
    for table in RECORD_TABLES:
        found = written[table.name]
        rows = [{name: value for name, value in row.items() if name in table.c} for row in found]
        if rows:
            connection.execute(insert(table), rows)


def put_source(connection: Connection, ref: DocumentRef, now: str) -> str | None:
    """Point a source at its document; give the id of the document that is now superseded, if any."""
    new = document_id(ref.sha256)
    facts: Row = {
        "document_id": new,
        "state": "mined",
        "failure": None,
        "failed_sha256": None,
        "size": ref.size,
        "authority_given": ref.authority,
        "last_seen": now,
    }
    if ref.url:
        facts["url"] = ref.url
    old = connection.scalar(select(sources.c.document_id).where(sources.c.source == ref.source).with_for_update())
    upsert(connection, sources, {"source": ref.source, **facts}, facts)
    if old == new:
        return None
    versions = select(func.count()).where(source_versions.c.source == ref.source).scalar_subquery()
    entry = {"source": ref.source, "document_id": new, "first_seen": now, "version": versions + 1}
    connection.execute(insert(source_versions).values(entry))
    is_back = update(documents).where(documents.c.id == new, ~documents.c.is_current).values(is_current=True)
    if connection.execute(is_back).rowcount:
        retag(connection, [new])
        queue_names(connection, [new])
    return old if old and _retire(connection, old) else None


def release_parts(connection: Connection, source: str, count: int, now: str) -> None:
    """Let go of the documents that a file held as its further parts, where it has fewer parts now."""
    number = count + 1
    while True:
        part = part_source(source, number)
        held = connection.execute(select(sources.c.document_id).where(sources.c.source == part)).one_or_none()
        if held is None:
            return
        if held.document_id:
            connection.execute(
                update(sources).where(sources.c.source == part).values(document_id=None, last_seen=now)
            )
            _retire(connection, held.document_id)
        number += 1


def _retire(connection: Connection, document: str) -> bool:
    """Mark a document as superseded unless a source still holds it."""
    connection.execute(select(documents.c.id).where(documents.c.id == document).with_for_update())
    is_held = exists().where(sources.c.document_id == document)
    retired = connection.execute(update(documents).where(documents.c.id == document, ~is_held).values(is_current=False))
    if retired.rowcount:
        retag(connection, [document])
        queue_names(connection, [document])
    return bool(retired.rowcount)


def upsert(connection: Connection, table: Table, row: Row, facts: Row) -> None:
    """Insert a row; where one with its key is there, set only the facts."""
    statement = insert_into(connection, table).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=facts))


def insert_into(connection: Connection, table: Table) -> Any:
    """Begin an INSERT of the database's own kind, which knows ON CONFLICT."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Any:
    """Begin an INSERT as a kind of database has it, which knows ON CONFLICT."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)
