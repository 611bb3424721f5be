"""Correct records, leave them out, and tell who did so when and why.

A corrected value stands in the record's own row, so that search, lists, counts and exports show it; the trail holds
what the document itself says. See :mod:`minutes_miner.store.keeping` for how it lasts when documents are mined again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from minutes_miner.errors import StoreError
from minutes_miner.store.correctable import CORRECTABLE, Facts, describe, get_correctable, read_value
from minutes_miner.store.detail import get_record
from minutes_miner.store.keepingtables import corrections
from minutes_miner.store.listing import ActionRow, DecisionRow
from minutes_miner.store.nearest import find_path
from minutes_miner.store.repository import Store
from minutes_miner.store.settling import TABLES, key_of, read_values, same_records, settle, with_manner


@dataclass(frozen=True, slots=True)
class Author:
    """Say who changes something, and why.

    Attributes:
        reason: in words; it is shown beside the record.
        name: of the person; None where they do not say.
    """

    reason: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold one entry of the trail.

    Attributes:
        number: names it.
        act: correct, suppress or redact.
        noun: decision or action; None where words were removed wherever they stand.
        record_id: of the record; None where words were removed wherever they stand.
        document_id: of its document.
        field: what was corrected.
        old: the value before; None of words that were removed.
        new: the value since.
        source: what the document itself says.
        reason, made_by, made_at: why, who and when, in UTC.
        undone_at, undone_by, undone_reason: None while it is in force.
        is_found: whether the store has the record now.
    """

    number: int
    act: str
    noun: str | None
    record_id: str | None
    document_id: str | None
    field: str | None
    old: str | None
    new: str | None
    source: str | None
    reason: str
    made_by: str | None
    made_at: str
    undone_at: str | None
    undone_by: str | None
    undone_reason: str | None
    is_found: bool


FindTerritory = Callable[[str | None], str | None]
"""Gives the territory of an authority by its name."""


def correct(
    store: Store,
    record_id: str,
    field: str,
    value: str,
    *,
    author: Author,
    find_territory: FindTerritory = lambda name: None,
) -> list[Correction]:
    """Correct a field of a record, and of records of other papers that state the same words.

    Args:
        store: an open store.
        record_id: its id, or as much of its beginning as no other record has.
        field: see :data:`minutes_miner.store.correctable.CORRECTABLE`.
        value: as it is typed; ``none`` where nothing is known.
        author: who and why.
        find_territory: tells where a corrected authority lies.

    Returns:
        What was added to the trail, the record itself first.

    Raises:
        StoreError: there is no such record, it has no such field, the field can't be that or is that already, or no
            reason is given.
    """
    noun, full_id = _resolve(store, record_id)
    with store.write() as connection:
        known = get_correctable(field, noun)
        facts = read_value(known, value)
        if known.name == "authority":
            facts["territory"] = find_territory(facts["authority"])
        shown = describe(known.name, facts)
        numbers = []
        for one in same_records(connection, noun, full_id, only=known.is_of_document):
            row, source = read_values(connection, noun, one, known.columns)
            if one == full_id and describe(known.name, row) == shown:
                raise StoreError(f"{known.name} of {full_id} is {shown or 'none'} already")
            told = with_manner(connection, noun, one, {**facts})
            _, source = read_values(connection, noun, one, tuple(told))
            entry = {"act": "correct", "noun": noun, "record_id": one, "field": known.name, "new": shown}
            entry |= {"old": describe(known.name, row), "source_facts": _dump(source), "new_facts": _dump(told)}
            numbers.append(_add(store, connection, entry, author))
            settle(connection, noun, one)
        if known.name == "meeting_date":
            find_path(store.url).unlink(missing_ok=True)  # it knows decisions by numbers, which go by the day
        return _entries(connection, corrections.c.number.in_(numbers))


def suppress(store: Store, record_id: str, *, author: Author) -> list[Correction]:
    """Leave a record out of every list, search, count and export, with those of other papers that state the same.

    Raises:
        StoreError: there is no such record, it is left out already, or no reason is given.
    """
    noun, full_id = _resolve(store, record_id)
    table = TABLES[noun]
    with store.write() as connection:
        if connection.scalar(select(table.c.is_suppressed).where(table.c.id == full_id)):
            raise StoreError(f"{full_id} is left out already")
        numbers = []
        for one in same_records(connection, noun, full_id):
            numbers.append(_add(store, connection, {"act": "suppress", "noun": noun, "record_id": one}, author))
            settle(connection, noun, one)
        return _entries(connection, corrections.c.number.in_(numbers))


def undo(store: Store, number: int, *, author: Author) -> list[Correction]:
    """Take back a correction or suppression wherever it was carried over to.

    Words that were removed come back only when their document is mined again.

    Raises:
        StoreError: there is no such entry, or it is undone already.
    """
    _check(author)
    with store.write() as connection:
        entry = connection.execute(select(corrections).where(corrections.c.number == number)).one_or_none()
        if entry is None:
            raise StoreError(f"there is no correction {number}", advice="corrections lists them")
        if entry.undone_at:
            raise StoreError(f"correction {number} was undone on {entry.undone_at[:10]}")
        same = [corrections.c.number == number]
        if entry.subject_key:
            names = ("act", "subject_key", "made_at", "field", "new_facts")
            same.append(and_(*(corrections.c[name].is_not_distinct_from(getattr(entry, name)) for name in names)))
        rows = connection.execute(select(corrections).where(or_(*same), corrections.c.undone_at.is_(None))).all()
        facts = {"undone_at": store.now(), "undone_by": author.name, "undone_reason": author.reason}
        numbers = [row.number for row in rows]
        connection.execute(update(corrections).where(corrections.c.number.in_(numbers)).values(facts))
        for row in rows:
            if row.act != "redact" and _is_there(connection, row.noun, row.record_id):
                settle(connection, row.noun, row.record_id, json.loads(row.source_facts or "{}"), field=row.field)
        if entry.field == "meeting_date":
            find_path(store.url).unlink(missing_ok=True)
        return _entries(connection, corrections.c.number.in_(numbers))


def find_corrections(
    store: Store, *, record_id: str | None = None, limit: int | None = None, include_undone: bool = True
) -> list[Correction]:
    """List the trail, the newest first.

    Args:
        store: an open store.
        record_id: of a record, or as much of its beginning as no other has; None for all.
        limit: the most rows; None for all.
        include_undone: whether to list what is no longer in force.

    Raises:
        StoreError: there is no such record.
    """
    condition = corrections.c.number > 0
    if record_id:
        condition = corrections.c.record_id == _named(store, record_id)
    with store.read() as connection:
        if not include_undone:
            condition = and_(condition, corrections.c.undone_at.is_(None))
        return _entries(connection, condition, limit=limit, is_newest_first=True)


def find_in_force(store: Store, record: DecisionRow | ActionRow) -> list[Correction]:
    """List what is in force on a record, what was corrected of its whole document among it.

    Raises:
        StoreError: the database can't be read.
    """
    noun = "decision" if isinstance(record, DecisionRow) else "action"
    shared = corrections.c.field.in_([field.name for field in CORRECTABLE if field.is_of_document])
    mine = and_(corrections.c.noun == noun, corrections.c.record_id == record.id)
    of_document = and_(corrections.c.document_id == record.document_id, shared)
    with store.read() as connection:
        return _entries(connection, and_(or_(mine, of_document), corrections.c.undone_at.is_(None)))


def _add(store: Store, connection: Connection, entry: dict[str, Any], author: Author) -> int:
    """Add an entry to the trail; give its number."""
    _check(author)
    noun, record_id = entry["noun"], entry["record_id"]
    table = TABLES[noun]
    key, _ = key_of(connection, noun, record_id)
    document_id = connection.scalar(select(table.c.document_id).where(table.c.id == record_id))
    values = {**entry, "subject_key": key, "document_id": document_id, "made_at": store.now()}
    values |= {"reason": author.reason.strip(), "made_by": author.name}
    adding = insert(corrections).values(values).returning(corrections.c.number)
    return int(connection.execute(adding).scalar_one())


def _check(author: Author) -> None:
    if not author.reason.strip():
        raise StoreError("no reason is given", advice="say why in a few words, for those who read it later")


def _resolve(store: Store, record_id: str) -> tuple[str, str]:
    """Give a record's noun and its whole id."""
    record = get_record(store, record_id).record
    return "decision" if isinstance(record, DecisionRow) else "action", record.id


def _named(store: Store, record_id: str) -> str:
    """Give the id of a record that is there, or was when somebody corrected it."""
    begins = corrections.c.record_id.startswith(record_id.strip().lower(), autoescape=True)
    with store.read() as connection:
        found = connection.scalars(select(corrections.c.record_id).where(begins).distinct().limit(2)).all()
    return str(found[0]) if len(found) == 1 else _resolve(store, record_id)[1]


def _is_there(connection: Connection, noun: str | None, record_id: str | None) -> bool:
    if noun is None or record_id is None:
        return False
    table = TABLES[noun]
    return connection.scalar(select(func.count()).where(table.c.id == record_id)) == 1


def _entries(
    connection: Connection, condition: Any, *, limit: int | None = None, is_newest_first: bool = False
) -> list[Correction]:
    order = corrections.c.number.desc() if is_newest_first else corrections.c.number
    found = []
    for row in connection.execute(select(corrections).where(condition).order_by(order).limit(limit)).all():
        facts = json.loads(row.source_facts or "{}")
        held = {name: getattr(row, name) for name in Correction.__dataclass_fields__ if name in corrections.c}
        source = describe(row.field, facts) if row.field else None
        found.append(Correction(**held, source=source, is_found=_is_there(connection, row.noun, row.record_id)))
    return found


def _dump(facts: Facts) -> str:
    return json.dumps(facts, ensure_ascii=False)
