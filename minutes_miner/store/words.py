"""Turn a full-text query into conditions for SQLite's FTS5 or PostgreSQL's text search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, column, false, func, literal_column, or_, select
from sqlalchemy import table as named_table

from minutes_miner.store.query import Query, fts5_any, fts5_query, parse_query, tsquery


def match_words(
    connection: Connection, statement: Select[Any], table: Table, query: str
) -> tuple[Select[Any], ColumnElement[Any] | None]:
    """Narrow a statement to the rows of a table whose words match.

    Args:
        connection: tells which database it is.
        statement: selects from the table.
        table: ``decisions`` or ``actions``.
        query: see :mod:`minutes_miner.store.query`.

    Returns:
        The statement, and what to sort by so that the best match comes first; None where nothing can be ranked.

    Raises:
        StoreError: the query is too long.
    """
    groups = parse_query(query)
    if not groups:
        return statement.where(false()), None
    if connection.dialect.name == "sqlite":
        return _match_sqlite(statement, table, groups)
    return _match_postgresql(statement, table, groups)


def _match_sqlite(statement: Select[Any], table: Table, query: Query) -> tuple[Select[Any], ColumnElement[Any] | None]:
    """Join the index; what is only unwanted has no rows there, so it is asked for by its absence."""
    index = named_table(f"{table.name}_fts", column("rowid"), column("rank"))
    is_match: ColumnElement[Any] = column(f"{table.name}_fts")
    absences = [
        table.c.number.not_in(select(index.c.rowid).where(is_match.op("MATCH")(fts5_any(group.unwanted))))
        for group in query
        if not group.wanted
    ]
    wanted = fts5_query(query)
    if wanted is None:
        return statement.where(or_(*absences)), None
    hits = select(index.c.rowid, index.c.rank).where(is_match.op("MATCH")(wanted)).subquery("hits")
    if absences:
        statement = statement.outerjoin(hits, hits.c.rowid == table.c.number)
        return statement.where(or_(hits.c.rowid.is_not(None), *absences)), hits.c.rank.asc().nulls_last()
    return statement.join(hits, hits.c.rowid == table.c.number), hits.c.rank


def _match_postgresql(
    statement: Select[Any], table: Table, query: Query
) -> tuple[Select[Any], ColumnElement[Any] | None]:
    vector: ColumnElement[Any] = literal_column(f"{table.name}.search_vector")
    wanted = func.to_tsquery(literal_column("'minutes'"), tsquery(query))
    return statement.where(vector.op("@@")(wanted)), func.ts_rank(vector, wanted).desc()
