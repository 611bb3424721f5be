"""Let readers of the web application save searches, each for a mail address, in tables where they may write.

The application reads by a store that can write nothing. What is written goes through a store of its own here that
changes the tables of saved searches alone, whatever it is asked for.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Select, UpdateBase, event, func, select, update

from minutes_miner.domain.alert import Alert
from minutes_miner.domain.subscriber import Subscriber
from minutes_miner.errors import StoreError
from minutes_miner.store.connection import connect
from minutes_miner.store.hitlist import iter_alerts
from minutes_miner.store.keepingtables import watch_hits, watches
from minutes_miner.store.repository import Store, utc_now
from minutes_miner.store.watches import Wanted, Watch, drop_watch, put_watch, read_watch, write_filter

MOST_FOUND = 5_000
"""Records that a search may find when it is saved: all are remembered, so that only later ones are told."""

MOST_OF_ONE = 20
"""Searches of one address."""

MOST_IN_ALL = 2_000
"""Searches of all readers."""

PATIENCE = 5.0
"""Seconds to wait for another program that writes to a SQLite file: a reader is waiting."""


class Subscriptions:
    """Save and forget searches of readers.

    Args:
        reader: what they search, within its limits of time.
        writer: of the same database, confined to the tables of saved searches.
    """

    def __init__(self, reader: Store, writer: Store) -> None:
        self._reader, self._writer = reader, writer

    def close(self) -> None:
        """Close what is written by; the reader stays open."""
        self._writer.close()

    def check(self) -> None:
        """Make sure that it can be written.

        Raises:
            StoreError: it can't.
        """
        with self._writer.write() as connection:
            connection.execute(update(watches).where(watches.c.name == "").values(ran_at=None))

    @property
    def is_full(self) -> bool:
        """Whether no more searches are taken, of whomever."""
        with self._reader.read() as connection:
            return _count(connection) >= MOST_IN_ALL

    def add(self, wanted: Wanted, *, address: str, title: str, site: str, path: str) -> Watch:
        """Save a search for an address; one that is saved for it already is given as it is.

        Args:
            wanted: its limit, offset and order count for nothing.
            address: of the reader, known to be theirs.
            title: what the mails are called.
            site, path: where the search's page is.

        Raises:
            StoreError: the address or the site has as many as it may, the search finds too much, or it can't be
                understood.
        """
        name = _name(wanted, address)
        watch = Watch(name, wanted, self._reader.now())
        watch = replace(watch, subscriber=Subscriber(address, title, site, path, secrets.token_urlsafe(24)))
        with self._reader.read() as connection:
            held = connection.execute(select(watches).where(watches.c.name == name)).one_or_none()
            if held is None:
                _check_room(connection, address)
                known = _find_known(connection, wanted)
        if held is None:
            held = self._put(watch, known)
        return watch if held is None else read_watch(held)

    def remove(self, stop_key: str) -> bool:
        """Forget the search with this key, its address and what it told; tell whether there was one."""
        with self._writer.write() as connection:
            name = connection.scalar(select(watches.c.name).where(watches.c.stop_key == stop_key))
            if name is not None:
                drop_watch(connection, name)
        return name is not None

    def find(self, stop_key: str) -> Watch | None:
        """Give the search with this key."""
        with self._reader.read() as connection:
            row = connection.execute(select(watches).where(watches.c.stop_key == stop_key)).one_or_none()
        return read_watch(row) if row else None

    def _put(self, watch: Watch, known: list[Alert]) -> Any:
        """Write a search, unless somebody was quicker: then give theirs."""
        with self._writer.write() as connection:
            held = connection.execute(select(watches).where(watches.c.name == watch.name)).one_or_none()
            if held is None:
                put_watch(connection, watch, known)
        return held


def open_subscriptions(reader: Store) -> Subscriptions:
    """Open the database of a reader for saving searches, and nothing else.

    Raises:
        StoreError: it can't be written.
    """
    engine = connect(reader.url, wait_s=PATIENCE)
    event.listen(engine, "before_execute", _confine)
    opened = Subscriptions(reader, Store(engine, utc_now))
    try:
        opened.check()
    except StoreError:
        opened.close()
        raise
    return opened


def _confine(_engine: Connection | Engine, statement: Any, *_values: Any) -> None:
    """Refuse whatever changes other tables."""
    is_reading = isinstance(statement, Select)
    if not is_reading and not (isinstance(statement, UpdateBase) and statement.table in (watches, watch_hits)):
        raise StoreError("only saved searches may be written here")


def _name(wanted: Wanted, address: str) -> str:
    """Name a reader's search, so that nobody has one twice."""
    told = "\n".join((address.lower(), type(wanted).__name__, write_filter(wanted)))
    return f"reader-{sha256(told.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _count(connection: Connection, address: str | None = None) -> int:
    counted = select(func.count()).select_from(watches).where(watches.c.subscriber.is_not(None))
    if address is not None:
        counted = counted.where(func.lower(watches.c.subscriber) == address.lower())
    return connection.scalar(counted) or 0


def _check_room(connection: Connection, address: str) -> None:
    if _count(connection, address) >= MOST_OF_ONE:
        reason = f"an address may watch {MOST_OF_ONE} searches"
        raise StoreError(reason, advice="end one of them by the link in its mails")
    if _count(connection) >= MOST_IN_ALL:
        raise StoreError("no more searches can be watched here", advice="follow the search by its feed instead")


def _find_known(connection: Connection, wanted: Wanted) -> list[Alert]:
    known = list(islice(iter_alerts(connection, wanted, {}), MOST_FOUND + 1))
    if len(known) > MOST_FOUND:
        reason = f"the search finds more than {MOST_FOUND:,} decisions"
        raise StoreError(reason, advice="add conditions, or follow the search by its feed")
    return known
