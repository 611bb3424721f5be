"""List actions by deadline, a page at a time, and count them by month; nothing is read that a page does not show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select

from minutes_miner.domain.vocabulary import Status
from minutes_miner.errors import StoreError
from minutes_miner.store.filters import ActionFilter
from minutes_miner.store.listing import ActionRow, action_conditions, select_rows
from minutes_miner.store.repository import Store
from minutes_miner.store.sampling import Total
from minutes_miner.store.tables import actions, documents
from minutes_miner.store.words import match_words

MOST = 10_000
"""Actions are counted up to so many."""

_TOKEN = re.compile(r"(\d{4}-\d\d-\d\d|undated)\.(\d{1,18})")
_UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Hold part of a list of actions; ``next_token`` gives the next page, None on the last."""

    rows: tuple[ActionRow, ...]
    next_token: str | None


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Count the actions whose deadline lies in a month.

    Attributes:
        month: its first day.
        overdue: still open on the day that was asked for, which is later than their deadline.
        coming: open, and due on that day or later.
        done: no longer open.
    """

    month: date
    overdue: int
    coming: int
    done: int


def list_deadlines(
    store: Store, wanted: ActionFilter, *, after: str | None = None, latest_first: bool = False
) -> ActionPage:
    """Give a page of actions by deadline; those without a calendar day come last, the newest first.

    Args:
        store: an open store.
        wanted: the filter; its limit is the number of rows, its order and offset don't matter.
        after: the token of the page before; None for the first.
        latest_first: whether the latest deadline comes first.

    Raises:
        StoreError: the database can't be read, the query is too long, or the token is none.
    """
    count = wanted.limit or 50
    due, number = _read_token(after)
    rows: list[Any] = []
    with store.read() as connection:
        if due != _UNDATED and wanted.has_due is not False:
            dated = _select(connection, replace(wanted, has_due=True))
            if due is not None:
                dated = dated.where(_beyond(date.fromisoformat(due), number, latest_first=latest_first))
            rows += connection.execute(dated.order_by(*_order(latest_first=latest_first)).limit(count + 1))
        if len(rows) <= count and wanted.has_due is not True:
            undated = _select(connection, replace(wanted, has_due=False))
            if due == _UNDATED:
                undated = undated.where(actions.c.number < number)
            rows += connection.execute(undated.order_by(actions.c.number.desc()).limit(count + 1 - len(rows)))
    shown = rows[:count]
    return ActionPage(tuple(_row(row) for row in shown), _write_token(shown[-1]) if len(rows) > count else None)


def count_actions(store: Store, wanted: ActionFilter) -> Total:
    """Count the actions that match, up to MOST; a total that is not exact is larger than its count.

    Raises:
        StoreError: the database can't be read, or the query is too long.
    """
    with store.read() as connection:
        some = _narrow(connection, select(literal(1).label("one")), wanted).limit(MOST + 1).subquery()
        found = connection.scalar(select(func.count()).select_from(some)) or 0
    return Total(min(found, MOST), found <= MOST)


def count_months(store: Store, wanted: ActionFilter, *, on: date) -> tuple[MonthCount, ...]:
    """Count actions by the month of their deadline, the earliest first; months without any are left out.

    Args:
        store: an open store.
        wanted: the filter; give it ``due_after`` and ``due_before``, for each action between is looked at.
        on: the day that overdue is told from coming by.

    Raises:
        StoreError: the database can't be read, or the query is too long.
    """
    counted: Counter[tuple[date, str]] = Counter()
    days = select(actions.c.due_to, actions.c.status, func.count().label("many"))
    with store.read() as connection:
        narrowed = _narrow(connection, days, replace(wanted, has_due=True))
        for day, status, many in connection.execute(narrowed.group_by(actions.c.due_to, actions.c.status)):
            state = "done" if status != Status.OPEN.value else "overdue" if day < on else "coming"
            counted[day.replace(day=1), state] += many
    states = ("overdue", "coming", "done")
    months = sorted({month for month, _ in counted})
    return tuple(MonthCount(month, *(counted[month, state] for state in states)) for month in months)


def _select(connection: Connection, wanted: ActionFilter) -> Select[Any]:
    return _narrow(connection, select_rows(actions).add_columns(actions.c.number), wanted, is_joined=True)


def _narrow(
    connection: Connection, statement: Select[Any], wanted: ActionFilter, *, is_joined: bool = False
) -> Select[Any]:
    if not is_joined:
        statement = statement.select_from(actions.join(documents, actions.c.document_id == documents.c.id))
    statement = statement.where(*action_conditions(connection, wanted))
    if wanted.query and wanted.query.strip():
        statement, _ = match_words(connection, statement, actions, wanted.query)
    return statement


def _order(*, latest_first: bool) -> Iterator[ColumnElement[Any]]:
    for key in (actions.c.due_to, actions.c.number):
        yield key.desc() if latest_first else key.asc()


def _beyond(due: date, number: int, *, latest_first: bool) -> ColumnElement[bool]:
    """Ask for what follows a row in the order of deadlines; the first bound lets the index begin there."""
    day, key = actions.c.due_to, actions.c.number
    if latest_first:
        return and_(day <= due, or_(day < due, key < number))
    return and_(day >= due, or_(day > due, key > number))


def _row(row: Any) -> ActionRow:
    values = {name: value for name, value in row._mapping.items() if name != "number"}
    return ActionRow(status=Status(values.pop("status")), **values)


def _write_token(row: Any) -> str:
    return f"{row.due_to.isoformat() if row.due_to else _UNDATED}.{row.number}"


def _read_token(token: str | None) -> tuple[str | None, int]:
    if token is None:
        return None, 0
    match = _TOKEN.fullmatch(token)
    try:
        if match is None or (match[1] != _UNDATED and not date.fromisoformat(match[1])):
            raise ValueError
    except ValueError:
        raise StoreError("the page token is none", advice="begin at the first page again") from None
    return match[1], int(match[2])
