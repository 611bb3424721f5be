"""Open a database for readers alone: nothing can be written, and no question may take too long."""

from __future__ import annotations

from time import monotonic
from typing import Any

from sqlalchemy import Engine, event

from minutes_miner.errors import StoreError
from minutes_miner.store.connection import connect, find_file, store_errors
from minutes_miner.store.migrations import HEAD
from minutes_miner.store.repository import Store, utc_now
from minutes_miner.store.schema import read_revision

_STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: a millisecond or so."""


def open_reader(url: str, *, max_seconds: float) -> Store:
    """Open a database that is there and up to date, for reading alone.

    Each time the store lends a connection, what is asked through it may take ``max_seconds`` in all with SQLite, and
    each statement so long with PostgreSQL.

    Args:
        url: address of a SQLite file or a PostgreSQL database.
        max_seconds: after so long a question is given up with a ``SlowQueryError``.

    Raises:
        StoreError: it can't be opened, is not there, or its tables are not of this version.
    """
    engine = connect(url, wait_s=max_seconds)
    listen = _guard_sqlite if engine.dialect.name == "sqlite" else _guard_postgresql
    listen(engine, max_seconds)
    try:
        _check_revision(engine)
    except StoreError:
        engine.dispose()
        raise
    return Store(engine, utc_now)


def _check_revision(engine: Engine) -> None:
    where, path = engine.url.render_as_string(hide_password=True), find_file(engine)
    if path is not None and not path.exists():  # connecting would make it
        advice = "check the path, or mine some documents first"
        raise StoreError("there is no such database", where=where, advice=advice)
    with store_errors(engine), engine.connect() as connection:
        revision = read_revision(connection)
    if revision is None:
        raise StoreError("the database holds no minutes yet", where=where, advice="mine some documents first")
    if revision != HEAD:
        advice = "run: minutes-miner db upgrade"
        raise StoreError(f"the tables are of version {revision}, not {HEAD}", where=where, advice=advice)


def _guard_sqlite(engine: Engine, max_seconds: float) -> None:
    def on_connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA query_only = ON")

    def on_checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        deadline = monotonic() + max_seconds
        connection.set_progress_handler(lambda: monotonic() > deadline, _STEPS)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "checkout", on_checkout)


def _guard_postgresql(engine: Engine, max_seconds: float) -> None:
    def on_connect(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(max_seconds * 1000)}")
            cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    event.listen(engine, "connect", on_connect)
