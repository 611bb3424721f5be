"""Turn an address into an engine, and what a database complains of into one line."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from minutes_miner.errors import StoreError
from minutes_miner.store.interrupts import HeldInterrupts

WRITES = "minutes_miner_writes"
"""Execution option: the transaction will write, so SQLite must take the write lock when it begins."""

HELD = "minutes_miner_held"
"""Execution option: the interruptions held back during the transaction, to be raised between its statements."""


class UnstorableError(StoreError):
    """A document whose own values can't be stored; the database is well."""


class SlowQueryError(StoreError):
    """A question that was given up because it took too long."""


_COMPLAINTS = (
    ("database is locked", "another program holds the database", "try again when that program has finished"),
    (
        "disk is full|No space left|could not extend file",
        "the disk is full",
        "free some space and run the same command again; what is stored stays",
    ),
    (
        "readonly database|read-only transaction|permission denied",
        "the database can't be written",
        "give yourself the right to write the file and its folder, or name another database",
    ),
    (
        "unable to open database file",
        "the database can't be opened",
        "check that its folder exists and that you may read and write it",
    ),
    ("file is not a database", "the file is no SQLite database", "name another file"),
    ("malformed", "the database is damaged", "restore a copy, or mine the documents again into a new file"),
    (
        "connection refused|connection failed|connection is bad|could not translate|failed to resolve|timeout expired",
        "the database server can't be reached",
        "check the address and that the server is running",
    ),
    (
        "password authentication failed|no password supplied|role .* does not exist",
        "the database server refuses the user",
        "check the user and the password in the address",
    ),
    (
        "database .* does not exist",
        "the server has no database of that name",
        "create it first (createdb), or name another one",
    ),
)


def connect(url: str, *, wait_s: float) -> Engine:
    """Make an engine for SQLite or PostgreSQL; nothing is opened yet.

    Args:
        url: ``sqlite:///minutes.db`` or ``postgresql://user@host/name``.
        wait_s: seconds to wait for another program that writes.

    Raises:
        StoreError: the address is malformed, names another kind of database, or its driver is not installed.
    """
    address = _parse_address(url)
    try:
        if address.get_backend_name() == "sqlite":
            engine = _set_up(create_engine(address, connect_args={"timeout": wait_s}))
        else:
            engine = create_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"the database driver {error.name} is not installed",
            where=address.render_as_string(),
            advice="install it with: pip install 'minutes-miner[postgresql]'",
        ) from error
    except (SQLAlchemyError, TypeError) as error:
        raise StoreError(
            f"the address can't be used ({_first_line(error)})", where=address.render_as_string()
        ) from error
    event.listen(engine, "before_cursor_execute", _raise_held)
    return engine


def _raise_held(connection: Connection, *_: object) -> None:
    held: HeldInterrupts | None = connection.get_execution_options().get(HELD)
    if held:
        held.raise_held()


def find_file(engine: Engine) -> Path | None:
    """Give the path of a SQLite database, or None for one in memory, an URI or a server."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(name)


@contextmanager
def store_errors(engine: Engine) -> Iterator[None]:
    """Turn the database's errors into :class:`StoreError`.

    Raises:
        StoreError: with the address, its password hidden.
    """
    try:
        yield
    except (StatementError, sqlite3.Error, OverflowError) as error:
        raise _explain(error, engine.url.render_as_string(hide_password=True)) from error


def _parse_address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "this is not the address of a database", where=url, advice="write sqlite:///minutes.db, or a file's path"
        ) from error
    backend = address.get_backend_name()
    if backend == "postgres" or address.drivername == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if backend not in {"sqlite", "postgresql"}:
        raise StoreError(
            f"{backend!r} is a kind of database that can't be used",
            where=address.render_as_string(),
            advice="write an address that begins with sqlite:/// or postgresql://",
        )
    return address


def _set_up(engine: Engine) -> Engine:
    """Set SQLite up: foreign keys hold, and a writer waits for its turn before it reads."""

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


def _explain(error: Exception, where: str) -> StoreError:
    said = _first_line(getattr(error, "orig", None) or error)
    if re.search("^interrupted|statement timeout", said):
        return SlowQueryError("the question takes too long", where=where, advice="ask for less, with more conditions")
    for pattern, reason, advice in _COMPLAINTS:
        if re.search(pattern, said, re.IGNORECASE):
            return StoreError(reason, where=where, advice=advice)
    if isinstance(error, IntegrityError):
        reason = f"the records contradict each other ({said})"
        return UnstorableError(reason, where=where, advice="nothing was stored of them")
    if isinstance(error, (DataError, OverflowError)) or not isinstance(error, (DBAPIError, sqlite3.Error)):
        reason = f"a value can't be stored ({said})"
        return UnstorableError(reason, where=where, advice="nothing was stored of the document")
    return StoreError(f"the database reports: {said}", where=where)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
