"""Turn filters into lists of decisions and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, select

from minutes_miner.domain.vocabulary import Kind, Manner, Outcome, Status
from minutes_miner.store.filters import ActionFilter, DecisionFilter, Sort
from minutes_miner.store.query import fold
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import actions, decision_sums, decisions, documents, owners, sources, sums
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
    """Hold a decision as a list shows it; ``owners`` and ``sums`` are joined by ``"; "``."""

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
    largest_amount: Decimal | None
    currency: str | None
    owners: str | None
    due_text: str | None
    due_from: date | None
    due_to: date | None
    confidence: float
    source: str | None
    document_id: str
    is_current: bool


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


def find_decisions(store: Store, wanted: DecisionFilter) -> list[DecisionRow]:
    """List decisions.

    Raises:
        StoreError: the database can't be read, or the query is too long.
    """
    with store.read() as connection:
        return [decision_row(row) for row in connection.execute(select_decisions(connection, wanted))]


def find_actions(store: Store, wanted: ActionFilter) -> list[ActionRow]:
    """List actions.

    Raises:
        StoreError: the database can't be read, or the query is too long.
    """
    with store.read() as connection:
        return [action_row(row) for row in connection.execute(select_actions(connection, wanted))]


def select_decisions(connection: Connection, wanted: DecisionFilter) -> Select[Any]:
    """Select the decisions that are wanted, in their order, with the columns of a :class:`DecisionRow`.

    Raises:
        StoreError: the query is too long.
    """
    statement = select_rows(DecisionRow, decisions).where(*_decision_conditions(connection, wanted))
    return _arrange(connection, statement, decisions, wanted)


def select_actions(connection: Connection, wanted: ActionFilter) -> Select[Any]:
    """Select the actions that are wanted, in their order, with the columns of an :class:`ActionRow`.

    Raises:
        StoreError: the query is too long.
    """
    statement = select_rows(ActionRow, actions).where(*_action_conditions(connection, wanted))
    return _arrange(connection, statement, actions, wanted)


def select_rows(kind: type[DecisionRow | ActionRow], table: Any) -> Select[Any]:
    """Select the columns of a row's class, by name, from a table of records and its documents."""
    names = [name for name in kind.__dataclass_fields__ if name != "source"]
    columns = [table.c[name] if name in table.c else documents.c[name] for name in names]
    return select(*columns, SOURCE).join_from(table, documents)


def decision_row(row: Row[Any]) -> DecisionRow:
    """Turn a row of :func:`select_rows` into a decision."""
    values = dict(row._mapping)
    manner = Manner(values.pop("vote_manner")) if values["vote_manner"] else values.pop("vote_manner")
    kind, outcome = Kind(values.pop("kind")), Outcome(values.pop("outcome"))
    return DecisionRow(**values, kind=kind, outcome=outcome, vote_manner=manner)


def action_row(row: Row[Any]) -> ActionRow:
    """Turn a row of :func:`select_rows` into an action."""
    values = dict(row._mapping)
    return ActionRow(status=Status(values.pop("status")), **values)


def _decision_conditions(connection: Connection, wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    conditions = _shared_conditions(connection, wanted, decisions, owners.c.decision_id)
    if not wanted.include_procedural:
        conditions.append(~decisions.c.procedural)
    if wanted.kind:
        conditions.append(decisions.c.kind == wanted.kind.value)
    if wanted.outcome:
        conditions.append(decisions.c.outcome == wanted.outcome.value)
    if wanted.min_amount is not None:
        conditions.append(decisions.c.largest_amount >= wanted.min_amount)  # what the index is for
    if wanted.min_amount is not None or wanted.max_amount is not None:
        conditions.append(_has_sum_between(wanted.min_amount, wanted.max_amount))
    return conditions


def _action_conditions(connection: Connection, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    conditions = _shared_conditions(connection, wanted, actions, owners.c.action_id)
    if wanted.status:
        conditions.append(actions.c.status == wanted.status.value)
    if wanted.due_before:
        conditions.append(actions.c.due_to < wanted.due_before)
    if wanted.due_after:
        conditions.append(actions.c.due_to > wanted.due_after)
    if wanted.overdue_on:
        conditions.append(and_(actions.c.due_to < wanted.overdue_on, actions.c.status == Status.OPEN.value))
    return conditions


def _shared_conditions(
    connection: Connection, wanted: DecisionFilter | ActionFilter, table: Any, owned: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [] if wanted.include_superseded else [documents.c.is_current]
    for part, column in ((wanted.authority, documents.c.authority), (wanted.committee, documents.c.committee)):
        if part and part.strip():
            conditions.append(column.in_(_find_names(connection, column, part)))
    if wanted.owner and wanted.owner.strip():
        named = owners.c.search_key.contains(fold(wanted.owner.strip()), autoescape=True)
        conditions.append(exists().where(owned == table.c.id, named))
    if wanted.since:
        conditions.append(documents.c.meeting_date >= wanted.since)
    if wanted.until:
        conditions.append(documents.c.meeting_date <= wanted.until)
    return conditions


def _find_names(connection: Connection, column: ColumnElement[Any], part: str) -> Sequence[str]:
    """List the names that hold a part; names are few, and databases disagree on capitals beyond ASCII."""
    names = connection.scalars(select(column).distinct().where(column.is_not(None)))
    return [name for name in names if fold(part.strip()) in fold(name)]


def _has_sum_between(least: Decimal | None, most: Decimal | None) -> ColumnElement[bool]:
    conditions = [sums.c.amount >= least] if least is not None else []
    conditions += [sums.c.amount <= most] if most is not None else []
    is_linked = and_(decision_sums.c.document_id == sums.c.document_id, decision_sums.c.sum_position == sums.c.position)
    return exists().where(decision_sums.c.decision_id == decisions.c.id, is_linked, *conditions)


def _arrange(
    connection: Connection, statement: Select[Any], table: Any, wanted: DecisionFilter | ActionFilter
) -> Select[Any]:
    """Match the words, sort, and cut."""
    rank = None
    if wanted.query and wanted.query.strip():
        statement, rank = match_words(connection, statement, table, wanted.query)
    newest = documents.c.meeting_date.desc().nulls_last()
    orders: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.RELEVANCE: [newest] if rank is None else [rank, newest],
        Sort.NEWEST: [newest],
        Sort.OLDEST: [documents.c.meeting_date.asc().nulls_last()],
        Sort.AMOUNT: [table.c.largest_amount.desc().nulls_last(), newest] if table is decisions else [newest],
        Sort.DUE: [table.c.due_to.asc().nulls_last(), newest],
    }
    order = (*orders[wanted.sort], documents.c.id, table.c.position)
    return statement.order_by(*order).limit(wanted.limit).offset(wanted.offset or None)
