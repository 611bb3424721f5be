"""Turn a database into the list of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, exists, select
from sqlalchemy.exc import DatabaseError

from minutes_miner.store.migrations import HEAD
from minutes_miner.store.partytables import appearances
from minutes_miner.store.schema import read_revision
from minutes_miner.store.tables import (
    actions,
    attendance,
    dates,
    decisions,
    documents,
    interests,
    mentions,
    sources,
    sums,
)

_EVIDENCE: tuple[tuple[Table, str, str, str], ...] = (
    *((table, "start_offset", "end_offset", "quote") for table in (mentions, sums, dates, interests, attendance)),
    (decisions, "due_start", "due_end", "due_text"),
    (decisions, "vote_start", "vote_end", "vote_quote"),
    (actions, "due_start", "due_end", "due_text"),
)


def find_problems(connection: Connection) -> list[str]:
    """List what is wrong, one line a problem.

    Args:
        connection: inside a transaction that may write, although nothing is written.
    """
    problems = list(_check_file(connection)) if connection.dialect.name == "sqlite" else []
    if problems:
        return problems  # nothing else can be believed
    revision = read_revision(connection)
    if revision != HEAD:
        problems.append(f"the tables are of revision {revision}, not {HEAD}")
    problems += [*_check_currency(connection), *_check_names(connection)]
    for document, text, count in connection.execute(
        select(documents.c.id, documents.c.text, documents.c.character_count).execution_options(yield_per=20)
    ):
        if len(text) != count:
            problems.append(f"documents {document}: the text has {len(text)} characters, not {count}")
        problems += _check_quotes(connection, document, text)
    return problems


def _check_file(connection: Connection) -> Iterator[str]:
    """Check the pages of a SQLite file, its foreign keys, and that the full-text indexes are in step."""
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, number, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} row {number}: names a row of {parent} that is not there"
    for table in ("decisions", "actions"):
        try:
            # rank = 1 compares the index with the table, not only with itself
            connection.exec_driver_sql(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            yield f"{table}_fts: the full-text index is out of step with the table {table}"


def _check_currency(connection: Connection) -> Iterator[str]:
    """Check that exactly the documents that a source holds are marked as current."""
    is_held = exists().where(sources.c.document_id == documents.c.id)
    for row in connection.execute(
        select(documents.c.id, documents.c.is_current).where(documents.c.is_current != is_held)
    ):
        told = "current, but no source holds it" if row.is_current else "superseded, but a source holds it"
        yield f"documents {row.id}: marked as {told}"


def _check_names(connection: Connection) -> Iterator[str]:
    """Check that who appears does so in records of the same document."""
    for name, table in (("decision_id", decisions), ("action_id", actions)):
        column = appearances.c[name]
        is_there = exists().where(table.c.id == column, table.c.document_id == appearances.c.document_id)
        lost = select(appearances.c.document_id, appearances.c.position, column).where(column.is_not(None), ~is_there)
        for document, position, record in connection.execute(lost.order_by(*appearances.primary_key)):
            yield f"appearances {document}/{position}: names a record that is not there ({record})"


def _check_quotes(connection: Connection, document: str, text: str) -> Iterator[str]:
    for table, start, end, quote in _EVIDENCE:
        columns = (table.c.position, table.c[start], table.c[end], table.c[quote])
        found = select(*columns).where(table.c.document_id == document, table.c[start].is_not(None))
        for position, first, last, words in connection.execute(found.order_by(table.c.position)):
            if text[first:last] != words:
                yield f"{table.name} {document}/{position}: {quote} is not what the text says at {first}:{last}"
