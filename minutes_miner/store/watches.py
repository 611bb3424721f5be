"""Save searches, and tell what each of them finds that it has not told yet, exactly once.

A search is saved as the filter that it is: its language and its conditions are those of
:mod:`minutes_miner.store.search`. What was told is remembered by record, and by what a record states
(:mod:`minutes_miner.store.recordkey`), so that a new version of a document tells only what changed. The order of a run
is :func:`claiming`, :func:`find_news`, delivery, :func:`mark_told`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args, get_type_hints

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from minutes_miner.domain.alert import Alert
from minutes_miner.domain.subscriber import Subscriber
from minutes_miner.errors import StoreError
from minutes_miner.store.filters import ActionFilter, DecisionFilter
from minutes_miner.store.hitlist import iter_alerts, read_alerts
from minutes_miner.store.keepingtables import watch_hits, watches
from minutes_miner.store.repository import Store
from minutes_miner.store.saving import upsert

CLAIM = timedelta(minutes=15)
"""How long a run may take before another one takes it for dead."""

_LONGEST = 100
"""Characters of a name."""

_UNSAVED = frozenset({"limit", "offset", "sort"})

Wanted = DecisionFilter | ActionFilter


@dataclass(frozen=True, slots=True)
class Watch:
    """Hold a saved search.

    Attributes:
        name: what it is called.
        wanted: the decisions, or the actions, that it looks for.
        made_at: when it was saved, in UTC.
        ran_at: when it last told something or found nothing to tell; None before its first run.
        subscriber: the reader that it is mailed to; None where it is an own one.
    """

    name: str
    wanted: Wanted
    made_at: str
    ran_at: str | None = None
    subscriber: Subscriber | None = None


class BusyWatchError(StoreError):
    """A saved search that another run is just telling."""


def add_watch(store: Store, name: str, wanted: Wanted, *, tells_existing: bool = False) -> Watch:
    """Save a search.

    Args:
        store: an open store.
        name: not taken yet.
        wanted: its limit, offset and order count for nothing.
        tells_existing: whether the first run tells what is there already.

    Raises:
        StoreError: the name is empty, too long or taken, or the query can't be understood.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise StoreError(f"a saved search can't be called {name[:80]!r}", advice=f"give 1 to {_LONGEST} characters")
    watch = Watch(name, wanted, store.now())
    with store.read() as connection:
        if connection.scalar(select(watches.c.name).where(watches.c.name == name)):
            raise StoreError(f"there is a saved search called {name!r} already", advice="remove it, or name another")
        known = [] if tells_existing else list(iter_alerts(connection, wanted, {}))
    with store.write() as connection:
        put_watch(connection, watch, known)
    return watch


def put_watch(connection: Connection, watch: Watch, known: Sequence[Alert]) -> None:
    """Write a saved search, and what is there already."""
    row = {"name": watch.name, "is_for_actions": isinstance(watch.wanted, ActionFilter), "made_at": watch.made_at}
    reader = {}
    if of := watch.subscriber:
        reader = {"subscriber": of.address, "title": of.title, "site": of.site}
        reader |= {"path": of.path, "stop_key": of.stop_key}
    connection.execute(insert(watches).values(**row, **reader, filters=write_filter(watch.wanted)))
    for alert in known:
        _put(connection, watch.name, replace(alert, change="known"), None)


def find_watches(store: Store) -> list[Watch]:
    """List the saved searches by name.

    Raises:
        StoreError: the database can't be read.
    """
    with store.read() as connection:
        return [read_watch(row) for row in connection.execute(select(watches).order_by(watches.c.name))]


def get_watch(store: Store, name: str) -> Watch:
    """Give a saved search.

    Raises:
        StoreError: there is none of that name.
    """
    with store.read() as connection:
        row = connection.execute(select(watches).where(watches.c.name == name)).one_or_none()
    if row is None:
        raise StoreError(f"there is no saved search called {name!r}", advice="watch list shows them")
    return read_watch(row)


def remove_watch(store: Store, name: str) -> None:
    """Forget a saved search and what it told.

    Raises:
        StoreError: there is none of that name.
    """
    get_watch(store, name)
    with store.write() as connection:
        drop_watch(connection, name)


def drop_watch(connection: Connection, name: str) -> None:
    """Delete a saved search and what it told; a run that is just telling it is waited for."""
    connection.execute(select(watches.c.name).where(watches.c.name == name).with_for_update())
    connection.execute(delete(watch_hits).where(watch_hits.c.watch == name))
    connection.execute(delete(watches).where(watches.c.name == name))


@contextmanager
def claiming(store: Store, watch: Watch) -> Iterator[None]:
    """Keep other runs from telling the same at the same time; one that died holds nobody up for long.

    Raises:
        BusyWatchError: another run is telling it.
    """
    now = datetime.fromisoformat(store.now())
    until = (now + CLAIM).astimezone(UTC).isoformat(timespec="seconds")
    is_free = or_(watches.c.claimed_until.is_(None), watches.c.claimed_until < store.now())
    with store.write() as connection:
        taking = update(watches).where(watches.c.name == watch.name, is_free).values(claimed_until=until)
        if not connection.execute(taking).rowcount:
            raise BusyWatchError(f"another run is telling {watch.name!r}", advice="wait until it has finished")
    try:
        yield
    finally:
        with store.write() as connection:
            connection.execute(update(watches).where(watches.c.name == watch.name).values(claimed_until=None))


def find_news(store: Store, watch: Watch) -> list[Alert]:
    """Give what a saved search finds that it has not told as it is now, the newest meetings first.

    Those that are ``known`` are not to be told, but to be marked: they have another id in a new version of a document.

    Raises:
        StoreError: the database can't be read, or the query can't be understood any more.
    """
    with store.read() as connection:
        told = {}
        held = select(watch_hits.c.record_id, watch_hits.c.subject_key, watch_hits.c.facts)
        for row in connection.execute(held.where(watch_hits.c.watch == watch.name)):
            told[row.record_id] = told[row.subject_key] = (row.subject_key, row.facts)
        found = {alert.key: alert for alert in iter_alerts(connection, watch.wanted, told)}  # two papers may state it
    now = store.now()
    stamped = (alert if alert.change == "known" else replace(alert, told_at=now) for alert in found.values())
    return sorted(stamped, key=lambda alert: (-(alert.meeting_date or date.min).toordinal(), alert.key))


def mark_told(store: Store, watch: Watch, alerts: Sequence[Alert]) -> None:
    """Remember what was told; it is not told again unless it changes. A search that was removed meanwhile stays so.

    Raises:
        StoreError: the database can't be written.
    """
    now = store.now()
    with store.write() as connection:
        if not connection.execute(update(watches).where(watches.c.name == watch.name).values(ran_at=now)).rowcount:
            return
        for alert in alerts:
            _put(connection, watch.name, alert, alert.told_at or now)


def find_told(store: Store, watch: Watch, *, limit: int) -> list[Alert]:
    """Give what a saved search told last, the newest first, with the words and values that records have now.

    Raises:
        StoreError: the database can't be read.
    """
    wanted = select(watch_hits).where(watch_hits.c.watch == watch.name, watch_hits.c.told_at.is_not(None))
    ordered = wanted.order_by(watch_hits.c.told_at.desc(), watch_hits.c.subject_key).limit(limit)
    with store.read() as connection:
        rows = connection.execute(ordered).all()
        found = read_alerts(connection, isinstance(watch.wanted, ActionFilter), [row.record_id for row in rows])
    told = []
    for row in rows:
        if row.record_id in found:
            facts = {"key": row.subject_key, "change": row.change, "told_at": row.told_at}
            told.append(replace(found[row.record_id], **facts, details=json.loads(row.details or "{}")))
    return told


def count_hits(store: Store, watch: Watch) -> int:
    """Count the records that a saved search has told or knows."""
    with store.read() as connection:
        return connection.scalar(select(func.count()).where(watch_hits.c.watch == watch.name)) or 0


def describe_wanted(wanted: Wanted) -> dict[str, Any]:
    """Give what a filter asks for, of plain values; what it leaves open is not there."""
    plain = type(wanted)()
    told = {}
    for field in fields(wanted):
        value = getattr(wanted, field.name)
        if field.name not in _UNSAVED and value != getattr(plain, field.name):
            told[field.name] = value if isinstance(value, bool) else str(value)
    return told


def _put(connection: Any, name: str, alert: Alert, now: str | None) -> None:
    facts: dict[str, Any] = {"record_id": alert.record_id, "document_id": alert.document_id}
    facts |= {"facts": _json(dict(alert.facts))}
    if alert.change != "known" or now is None:
        facts |= {"change": alert.change, "told_at": now, "details": _json(dict(alert.details))}
    row = {"watch": name, "subject_key": alert.key, "change": "known", **facts}
    upsert(connection, watch_hits, row, facts)


def read_watch(row: Any) -> Watch:
    """Turn a row into the saved search that it holds."""
    of = Subscriber(row.subscriber, row.title, row.site, row.path, row.stop_key) if row.subscriber else None
    return Watch(row.name, _load(row.filters, is_for_actions=row.is_for_actions), row.made_at, row.ran_at, of)


def write_filter(wanted: Wanted) -> str:
    """Write a filter as it is kept: the same for the same search, whatever its limit, offset and order are."""
    return _json(describe_wanted(wanted))


def _load(filters: str, *, is_for_actions: bool) -> Wanted:
    """Read a filter; conditions that this version does not know are refused, not passed over."""
    kind: type[Any] = ActionFilter if is_for_actions else DecisionFilter
    hints = get_type_hints(kind)
    held = json.loads(filters)
    unknown = held.keys() - hints.keys()
    if unknown:
        raise StoreError(f"a saved search asks for {', '.join(sorted(unknown))}", advice="use a newer version")
    wanted: Wanted = kind(**{name: _read(hints[name], value) for name, value in held.items()})
    return wanted


def _read(hint: Any, value: Any) -> Any:
    """Turn a plain value into what a field of a filter holds."""
    kind = next((part for part in get_args(hint) if part is not type(None)), hint)
    if kind is date:
        return date.fromisoformat(value)
    return value if kind in (str, bool) else kind(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
