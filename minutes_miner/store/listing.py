"""Turn filters into lists of actions, and rows into decisions and actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, exists, func, select

from minutes_miner.domain.vocabulary import Kind, Manner, Outcome, Status, find_territories
from minutes_miner.store.filters import ActionFilter, Sort
from minutes_miner.store.query import fold
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, decisions, documents, owners, sources
from minutes_miner.store.words import match_words

SOURCE = (
    select(func.min(sources.c.source))
    .where(sources.c.document_id == documents.c.id)
    .correlate(documents)
    .scalar_subquery()
    .label("source")
)
"""The place a document was read from; the first in the alphabet where several hold it."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """Hold a decision as a list shows it; ``owners``, ``sums`` and ``topics`` are joined by ``"; "``.

    ``decided_amount`` is the sum that lists show, sort and filter by: the largest that the decision decides;
    ``largest_amount`` is the largest that it names. ``corrected`` names the fields that somebody corrected, joined
    likewise.
    """

    id: str
    authority: str | None
    committee: str | None
    meeting_date: date | None
    item_number: str | None
    item_title: str | None
    text: str
    kind: Kind
    outcome: Outcome
    procedural: bool
    decision_maker: str | None
    vote_manner: Manner | None
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    mover: str | None
    seconder: str | None
    reason: str | None
    alternatives: str | None
    call_in: str | None
    portfolio_holder: str | None
    sums: str | None
    decided_amount: Decimal | None
    decided_currency: str | None
    largest_amount: Decimal | None
    currency: str | None
    owners: str | None
    due_text: str | None
    due_from: date | None
    due_to: date | None
    topics: str | None
    confidence: float
    source: str | None
    document_id: str
    is_current: bool
    corrected: str | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Hold an action as a list shows it."""

    id: str
    authority: str | None
    committee: str | None
    meeting_date: date | None
    item_number: str | None
    item_title: str | None
    text: str
    owners: str | None
    due_text: str | None
    due_from: date | None
    due_to: date | None
    status: Status
    decision_id: str | None
    confidence: float
    source: str | None
    document_id: str
    is_current: bool
    corrected: str | None


def find_actions(store: Store, wanted: ActionFilter) -> list[ActionRow]:
    """List actions.

    Raises:
        StoreError: the database can't be read, or the query is too long.
    """
    with store.read() as connection:
        return [action_row(row) for row in connection.execute(select_actions(connection, wanted))]


def select_actions(connection: Connection, wanted: ActionFilter) -> Select[Any]:
    """Select the actions that are wanted, in their order, with the columns of an :class:`ActionRow`.

    Raises:
        StoreError: the query is too long.
    """
    statement = select_rows(actions).where(*action_conditions(connection, wanted))
    return _arrange(connection, statement, wanted)


def select_rows(table: Table) -> Select[Any]:
    """Select the columns of a row's class, by name, from ``decisions`` or ``actions`` and their documents."""
    kind = DecisionRow if table is decisions else ActionRow
    names = [name for name in kind.__dataclass_fields__ if name != "source"]
    columns = [table.c[name] if name in table.c else documents.c[name] for name in names]
    return select(*columns, SOURCE).join_from(table, documents)


def decision_row(row: Row[Any]) -> DecisionRow:
    """Turn a row of :func:`select_rows` into a decision."""
    values = {name: value for name, value in row._mapping.items() if name != "number"}
    manner = Manner(values.pop("vote_manner")) if values["vote_manner"] else values.pop("vote_manner")
    kind, outcome = Kind(values.pop("kind")), Outcome(values.pop("outcome"))
    return DecisionRow(**values, kind=kind, outcome=outcome, vote_manner=manner)


def action_row(row: Row[Any]) -> ActionRow:
    """Turn a row of :func:`select_rows` into an action."""
    values = dict(row._mapping)
    return ActionRow(status=Status(values.pop("status")), **values)


def action_conditions(connection: Connection, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    """Write what a filter asks of actions and their documents, but for its words."""
    conditions: list[ColumnElement[bool]] = [~actions.c.is_suppressed]
    if not wanted.include_superseded:
        conditions.append(documents.c.is_current)
    for part, column in ((wanted.authority, documents.c.authority), (wanted.committee, documents.c.committee)):
        if part and part.strip():
            conditions.append(column.in_(_find_names(connection, column, part)))
    if wanted.territory and wanted.territory.strip():
        conditions.append(documents.c.territory.in_(find_territories(wanted.territory)))
    if wanted.owner and wanted.owner.strip():
        named = owners.c.search_key.contains(fold(wanted.owner.strip()), autoescape=True)
        conditions.append(exists().where(owners.c.action_id == actions.c.id, named))
    if wanted.since:
        conditions.append(documents.c.meeting_date >= wanted.since)
    if wanted.until:
        conditions.append(documents.c.meeting_date <= wanted.until)
    return [*conditions, *_own_conditions(wanted)]


def _own_conditions(wanted: ActionFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.status:
        yield actions.c.status == wanted.status.value
    if wanted.due_before:
        yield actions.c.due_to < wanted.due_before
    if wanted.due_after:
        yield actions.c.due_to > wanted.due_after
    if wanted.has_due is not None:
        yield actions.c.due_to.is_not(None) if wanted.has_due else actions.c.due_to.is_(None)
    if wanted.overdue_on:
        yield and_(actions.c.due_to < wanted.overdue_on, actions.c.status == Status.OPEN.value)


def _find_names(connection: Connection, column: ColumnElement[Any], part: str) -> Sequence[str]:
    """List the names that hold a part; names are few, and databases disagree on capitals beyond ASCII."""
    names = connection.scalars(select(column).distinct().where(column.is_not(None)))
    return [name for name in names if fold(part.strip()) in fold(name)]


def _arrange(connection: Connection, statement: Select[Any], wanted: ActionFilter) -> Select[Any]:
    """Match the words, sort, and cut."""
    rank = None
    if wanted.query and wanted.query.strip():
        statement, rank = match_words(connection, statement, actions, wanted.query)
    newest = documents.c.meeting_date.desc().nulls_last()
    orders: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.RELEVANCE: [newest] if rank is None else [rank, newest],
        Sort.OLDEST: [documents.c.meeting_date.asc().nulls_last()],
        Sort.DUE: [actions.c.due_to.asc().nulls_last(), newest],
    }
    order = (*orders.get(wanted.sort, [newest]), documents.c.id, actions.c.position)
    return statement.order_by(*order).limit(wanted.limit).offset(wanted.offset or None)
