"""Write the rows of many documents at once: indexes are taken down first and built in one go at the end.

What is loaded must be rows as a store keeps them, such as those of another store. While it lasts, the database bears
the revision LOADING, so that one whose loading was cut off is not taken for a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Table, text
from sqlalchemy.schema import CreateIndex, DropIndex

from minutes_miner.store.columns import Amount
from minutes_miner.store.migrations import HEAD, LOADING, VERSION_TABLE
from minutes_miner.store.tables import metadata

Put = Callable[[Table, Sequence[str], Iterable[Sequence[Any]]], None]
"""Adds rows to a table: the table, the names of the columns, and the values."""

_INDEXED = ("decisions", "actions")
"""Tables whose words are indexed."""

_HASH_BYTES = 256_000_000
"""Memory for FTS5 while it builds an index; with the megabyte that is usual it writes and merges all the time."""


@contextmanager
def bulk_load(connection: Connection) -> Iterator[Put]:
    """Take indexes down, lend a function that adds rows, and build the indexes again.

    Args:
        connection: outside a transaction; what is put is committed as it goes. It is of no use afterwards.
    """
    _set_pragmas(connection)
    _set_revision(connection, LOADING)
    indexes = [index for table in metadata.sorted_tables for index in table.indexes]
    with without_words(connection, _INDEXED):
        for index in indexes:
            connection.execute(DropIndex(index))
        connection.commit()
        yield _put_sqlite(connection) if connection.dialect.name == "sqlite" else _put_postgresql(connection)
        for index in sorted(indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    _set_revision(connection, HEAD)
    connection.commit()
    _tidy_up(connection)


@contextmanager
def without_words(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Take the full-text indexes of some tables down while many rows change, and build them again."""
    triggers = [made for table in tables for made in _drop_words(connection, table)]
    yield
    for table in tables:
        _build_words(connection, table)
    for made in triggers:
        connection.exec_driver_sql(made)


def _set_pragmas(connection: Connection) -> None:
    """Let SQLite write without a journal: a load that is cut off leaves nothing that is worth its journal."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -500000", "journal_mode = OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _tidy_up(connection: Connection) -> None:
    """Turn the journal on again, and let the planner count."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -2000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        return
    for table in metadata.sorted_tables:
        if "number" in table.primary_key and table.name != "decisions":  # the server goes on counting from there
            highest = f"(SELECT max(number) FROM {table.name})"
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'), {highest})")
    connection.exec_driver_sql("ANALYZE")
    connection.commit()


def _set_revision(connection: Connection, revision: str) -> None:
    connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = :revision"), {"revision": revision})


def _drop_words(connection: Connection, table: str) -> list[str]:
    """Stop a full-text index from following every row; give what makes the triggers again."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"DROP INDEX ix_{table}_search_vector")
        return []
    known = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    found = connection.exec_driver_sql(known, (table,)).all()
    for name, _ in found:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [made for _, made in found]


def _build_words(connection: Connection, table: str) -> None:
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"CREATE INDEX ix_{table}_search_vector ON {table} USING gin (search_vector)")
        return
    config = f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('hashsize', {{}})"
    connection.exec_driver_sql(config.format(_HASH_BYTES))
    connection.exec_driver_sql(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
    connection.exec_driver_sql(config.format(1_048_576))


def _put_sqlite(connection: Connection) -> Put:
    def put(table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        if not connection.in_transaction():
            connection.begin()
        cursor = connection.connection.cursor()
        places = ", ".join("?" * len(names))
        values: Any = _convert(table, names, rows)  # any iterable, whatever the DBAPI's types say
        cursor.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})", values)
        cursor.close()
        connection.commit()

    return put


def _convert(table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """Give values as SQLite keeps them: days as text, sums as floats."""
    ways: dict[type, Callable[[Any], Any]] = {Date: date.isoformat, Amount: float, Boolean: int}
    kinds = [type(table.c[name].type) for name in names]
    odd = [(place, ways[kind]) for place, kind in enumerate(kinds) if kind in ways]
    return (_changed(row, odd) for row in rows) if odd else rows


def _changed(row: Sequence[Any], odd: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, way in odd:
        if values[place] is not None:
            values[place] = way(values[place])
    return values


def _put_postgresql(connection: Connection) -> Put:
    def put(table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        cursor: Any = connection.connection.cursor()
        with cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.close()
        connection.commit()

    return put
