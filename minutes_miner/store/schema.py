"""Bring a database's tables up to what this version of the program writes."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, Engine, inspect, text

from minutes_miner.errors import StoreError
from minutes_miner.store.bulk import without_words
from minutes_miner.store.connection import WRITES, find_file, store_errors
from minutes_miner.store.migrations import HEAD, LOADING, VERSION_TABLE
from minutes_miner.store.tagging import retag

_LOCK = 0x6D6D  # any number that other programs on the server are unlikely to lock


def prepare(engine: Engine, *, create: bool) -> None:
    """Make the tables, or bring older ones up to date.

    Args:
        engine: the database.
        create: whether a database without tables may get them.

    Raises:
        StoreError: there is none and ``create`` is false; it belongs to another program, or to a newer version of
            this one; it can't be opened or written.
    """
    where = engine.url.render_as_string(hide_password=True)
    path = find_file(engine)
    if path is not None and not create and not path.exists():
        raise StoreError(
            "there is no such database", where=where, advice="check the path, or mine some documents first"
        )
    with store_errors(engine), engine.connect() as connection:
        revision = read_revision(connection)
        is_taken = revision is None and _is_taken(connection)
    if revision is None and (is_taken or not create):
        reason = "the tables are another program's" if is_taken else "the database holds no minutes yet"
        raise StoreError(reason, where=where, advice="name another database, or mine some documents first")
    if revision == LOADING:
        raise StoreError(
            "a copy into this database was not finished", where=where, advice="delete the database and copy again"
        )
    if revision != HEAD:
        upgrade(engine)


def _is_taken(connection: Connection) -> bool:
    """Tell whether another program's tables are there; on a server only such as would stand in the way."""
    names = inspect(connection).get_table_names()
    return bool(names) if connection.dialect.name == "sqlite" else "documents" in names


def read_revision(connection: Connection) -> str | None:
    """Give the revision of the tables, or None where there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def upgrade(engine: Engine) -> str:
    """Run the migrations that are missing, and write tags anew where one asks for it, all in one transaction.

    Who is killed on the way leaves the database as it was.

    Returns:
        The revision that the tables have now.

    Raises:
        StoreError: the tables are of a newer version of the program, or can't be written.
    """
    from alembic import command  # half a second to import, and seldom needed
    from alembic.config import Config
    from alembic.util import CommandError

    from minutes_miner.store.migrations.asking import TAGS

    with store_errors(engine):
        _use_write_ahead_log(engine)
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            config = Config()
            config.set_main_option("script_location", "minutes_miner.store:migrations")
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise StoreError(
                    f"the tables are of a version that this program does not know ({read_revision(connection)})",
                    where=engine.url.render_as_string(hide_password=True),
                    advice="install a newer minutes-miner",
                ) from error
            if config.attributes.get(TAGS):
                _write_tags(connection)
    return HEAD


def _write_tags(connection: Connection) -> None:
    """Write the tags of all decisions: once, whatever the number of migrations that asked, and without the index."""
    with without_words(connection, ["decisions"]):
        retag(connection)


def _use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while somebody writes; the setting stays with the file."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):  # locked: another process is just making the same file, and sets it too
            raise
    finally:
        connection.close()
