"""Read whole tables of records for export, a few rows at a time and all of one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, FromClause, Select
from sqlalchemy import Table as Relation
from sqlalchemy import and_, func, select

from minutes_miner.domain.dataset import ACTIONS, DECISIONS, MEMBERS, PARTIES, SUMS, VOTES, FieldType, Row, Table
from minutes_miner.store.filters import ActionFilter, DecisionFilter
from minutes_miner.store.hits import select_decisions
from minutes_miner.store.listing import SOURCE, select_actions
from minutes_miner.store.partyreading import count_parties, read_parties
from minutes_miner.store.partytables import appearances
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import (
    actions,
    decision_sums,
    decisions,
    documents,
    mentions,
    named_votes,
    owners,
    sources,
    sums,
)

CHUNK = 1_000
"""Rows that are held at a time."""

URL = (
    select(func.min(sources.c.url))
    .where(sources.c.document_id == documents.c.id)
    .correlate(documents)
    .scalar_subquery()
    .label("url")
)
"""Where a document was published; the first in the alphabet where several are known."""

_LISTS: dict[FieldType, Relation] = {
    FieldType.OWNERS: owners,
    FieldType.BALLOTS: named_votes,
    FieldType.PARTS: appearances,
}


class Selection:
    """Read the records that a filter chooses, through one connection; made by :func:`open_selection`."""

    def __init__(self, connection: Connection, wanted: DecisionFilter) -> None:
        self._connection = connection
        self._wanted = wanted

    def count(self, table: Table) -> int:
        """Count the rows of a table."""
        if table is PARTIES:
            return count_parties(self._connection)
        counted = select(func.count()).select_from(self._select(table, ()).order_by(None).subquery())
        return self._connection.scalar(counted) or 0

    def rows(self, table: Table) -> Iterator[Row]:
        """Read the rows of a table, ordered by authority, meeting and place in the document; parties by their ids."""
        if table is PARTIES:
            yield from read_parties(self._connection)
            return
        for _, row in self._read(table, None):
            yield row

    def rows_of(self, table: Table, numbers: Sequence[int]) -> list[Row]:
        """Read the rows of some decisions or actions, CHUNK at most, in the order in which their numbers are given."""
        found = dict(self._read(table, numbers))
        return [found[number] for number in numbers if number in found]

    def _read(self, table: Table, numbers: Sequence[int] | None) -> Iterator[tuple[int, Row]]:
        plain = [field.name for field in table.fields if field.type not in MEMBERS]
        listed = [field for field in table.fields if field.type in MEMBERS]
        key, record = _identity(table)
        statement = self._select(table, plain, numbers).add_columns(key.label("record_id"), key.table.c.number)
        found = self._connection.execute(statement.execution_options(yield_per=CHUNK))
        for chunk in found.mappings().partitions():
            ids = [str(row["record_id"]) for row in chunk]
            lists = {field.name: self._read_lists(field.type, record, ids) for field in listed}
            for row in chunk:
                held = {name: parts[row["record_id"]] for name, parts in lists.items()}
                yield row["number"], {name: held[name] if name in held else row[name] for name in table.columns}

    def pipelines(self) -> dict[str, int]:
        """Count the decisions that are chosen by the version of the pipeline that found them."""
        chosen = self._select(DECISIONS, ("pipeline",)).order_by(None).subquery()
        counted = select(chosen.c.pipeline, func.count()).group_by(chosen.c.pipeline).order_by(chosen.c.pipeline)
        return {row[0]: int(row[1]) for row in self._connection.execute(counted)}

    def _select(self, table: Table, names: Sequence[str], numbers: Sequence[int] | None = None) -> Select[Any]:
        """Select columns by name, of what the filter or what numbers choose; a count needs none but its own."""
        relation = actions if table is ACTIONS else decisions
        chosen: Any = numbers
        if numbers is None:
            chosen = self._actions() if table is ACTIONS else self._decisions()
        columns = [_column(table, relation, name) for name in names] or [relation.c.number]
        statement = select(*columns).select_from(_relations(table, relation)).where(relation.c.number.in_(chosen))
        if table.name == VOTES.name:
            statement = statement.where(decisions.c.vote_manner.is_not(None))
        meeting = (documents.c.authority.asc().nulls_first(), documents.c.meeting_date.asc().nulls_last())
        places = (relation.c.position, sums.c.position) if table is SUMS else (relation.c.position,)
        return statement.order_by(*meeting, documents.c.id, *places)

    def _decisions(self) -> Select[Any]:
        return select_decisions(self._connection, replace(self._wanted, include_copies=True))

    def _actions(self) -> Select[Any]:
        """Select actions by the conditions that they share with decisions, or by the decisions they rest on."""
        wanted = self._wanted
        of_decisions = (wanted.kind, wanted.outcome, wanted.topic)
        if any(of_decisions) or wanted.min_amount is not None or wanted.max_amount is not None:
            numbers = self._decisions()
            ids = select(decisions.c.id).where(decisions.c.number.in_(numbers))
            return select(actions.c.number).where(actions.c.decision_id.in_(ids), ~actions.c.is_suppressed)
        shared = ActionFilter(
            query=wanted.query,
            authority=wanted.authority,
            committee=wanted.committee,
            territory=wanted.territory,
            owner=wanted.owner,
            since=wanted.since,
            until=wanted.until,
        )
        chosen = select_actions(self._connection, shared).order_by(None)
        return chosen.with_only_columns(actions.c.number, maintain_column_froms=True)

    def _read_lists(self, kind: FieldType, record: str, ids: Sequence[str]) -> dict[str, list[dict[str, str | None]]]:
        """Read the lists that belong to some records, in their order."""
        relation = _LISTS[kind]
        owner = relation.c[record]
        parts = [relation.c[name] for name in MEMBERS[kind]]
        statement = select(owner.label("record_id"), *parts).where(owner.in_(ids)).order_by(relation.c.position)
        found: dict[str, list[dict[str, str | None]]] = defaultdict(list)
        for row in self._connection.execute(statement).mappings():
            found[row["record_id"]].append({name: row[name] for name in MEMBERS[kind]})
        return found


@contextmanager
def open_selection(store: Store, wanted: DecisionFilter) -> Iterator[Selection]:
    """Lend a reader of what a filter chooses; however long it is read, nobody else's writing shows.

    Args:
        store: where to read.
        wanted: which decisions; its order, limit and offset count for nothing.

    Raises:
        StoreError: the database can't be read, or the query is too long.
    """
    with store.read() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's readers see one moment in any case
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield Selection(connection, wanted)


def _identity(table: Table) -> tuple[Column[Any], str]:
    """Give the column that names a row's record, and that of its lists that points there."""
    return (actions.c.id, "action_id") if table is ACTIONS else (decisions.c.id, "decision_id")


def _relations(table: Table, relation: Relation) -> FromClause:
    """Join a table of records with its documents, and decisions with their sums where these are the rows."""
    joined = relation.join(documents, documents.c.id == relation.c.document_id)
    if table is not SUMS:
        return joined
    is_same = and_(decision_sums.c.document_id == sums.c.document_id, decision_sums.c.sum_position == sums.c.position)
    return joined.join(decision_sums, decision_sums.c.decision_id == decisions.c.id).join(sums, is_same)


def _column(table: Table, relation: Relation, name: str) -> ColumnElement[Any]:
    """Find a column by the name under which it is exported."""
    if name in {"source", "url"}:
        return SOURCE if name == "source" else URL
    if name in {"quote", "position", "amount", "currency", "role"} and table is SUMS:
        return sums.c[name]
    if name in {"page_number", "start_offset", "end_offset"}:
        return sums.c[name] if table is SUMS else _first_mention(relation, name)
    if name == "decision_id" and table is not ACTIONS:
        return decisions.c.id.label(name)
    if table.name == VOTES.name and name in {"manner", "quote"}:
        return decisions.c[f"vote_{name}"].label(name)
    return (relation.c[name] if name in relation.c else documents.c[name]).label(name)


def _first_mention(relation: Relation, name: str) -> ColumnElement[Any]:
    record = mentions.c.action_id if relation is actions else mentions.c.decision_id
    first = select(mentions.c[name]).where(record == relation.c.id).order_by(mentions.c.position).limit(1)
    return first.correlate(relation).scalar_subquery().label(name)
