"""Add up the money that decisions decide, each sum once, in all and by what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from math import fsum
from statistics import median
from typing import Any

from sqlalchemy import Connection, Numeric, Row, Select, literal_column, select, type_coerce

from minutes_miner.domain.vocabulary import Kind, Outcome
from minutes_miner.store.columns import tidy_amount
from minutes_miner.store.fields import split_query
from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.hits import select_hits
from minutes_miner.store.matching import Match, match_decisions
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import decided_sums, documents, facet_values
from minutes_miner.store.tags import FACETS, HAS_SUM, Facet, tag_of, value_of

UNKNOWN = "unknown"
"""Stands for a group that nothing names: no authority, no day, a role that the words do not tell."""

_UNSETTLED = (Kind.REFUSE, Kind.DEFER, Kind.REFER, Kind.RECOMMEND)
"""What decisions of these kinds name is not spent by them; they are counted only if a reader asks for the kind."""


class Grouping(StrEnum):
    """What sums can be added up by."""

    AUTHORITY = "authority"
    TERRITORY = "territory"
    COMMITTEE = "committee"
    YEAR = "year"
    KIND = "kind"
    TOPIC = "topic"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """Tell what some sums of one currency come to.

    Attributes:
        group: what they have in common; None for all of them.
        currency: after ISO 4217.
        count: how many sums, each counted once.
        total: what they add up to.
        median: half of them are no larger than this.
        largest: the largest of them.
    """

    group: str | None
    currency: str
    count: int
    total: Decimal
    median: Decimal
    largest: Decimal


@dataclass(frozen=True, slots=True)
class MoneyTotals:
    """Tell what the decisions that match decide.

    Attributes:
        overall: one for each currency, the largest total first.
        groups: one for each group and currency, the largest total first; none unless asked for. A decision with two
            topics counts in both.
    """

    overall: tuple[MoneyTotal, ...]
    groups: tuple[MoneyTotal, ...] = ()


def total_money(store: Store, wanted: DecisionFilter, *, by: Grouping | None = None) -> MoneyTotals:
    """Add up the sums that decisions decide and that are money to be spent, see :mod:`minutes_miner.domain.decided`.

    A sum that an agenda item names several times counts once, and so does a decision that several papers of a meeting
    tell. What is refused, put off, referred, recommended, lost or withdrawn counts only if the filter names that kind
    or outcome. By role, savings, income and charges are told too, which are in no other total.

    Args:
        store: an open store.
        wanted: the filter; its limit, offset and order don't matter, and copies are never counted.
        by: what the groups have in common.

    Raises:
        StoreError: the database can't be read, or the query can't be understood.
    """
    with store.read() as connection:
        match = _settled(match_decisions(connection, replace(wanted, include_copies=False)), wanted)
        if match.is_hopeless:
            return MoneyTotals(())
        rows = connection.execute(_select_sums(connection, match)).all()
        spent = [row for row in rows if row.is_spent]
        counted = rows if by is Grouping.ROLE else spent
        names = _namer(connection, match, by) if by else None
    return MoneyTotals(_add_up((None, row) for row in spent), _add_up(_grouped(counted, names)) if names else ())


def _settled(match: Match, wanted: DecisionFilter) -> Match:
    """Leave out what settles nothing, unless the reader asks for it."""
    _, conditions = split_query(wanted.query or "")
    match = match.narrowed(HAS_SUM)
    if not wanted.kind and "kind" not in conditions.wanted:
        match = match.excluding(*(_tag("kind", kind) for kind in _UNSETTLED))
    if not wanted.outcome and "outcome" not in conditions.wanted:
        match = match.narrowed(_tag("outcome", Outcome.CARRIED))
    return match


def _facet(name: str) -> Facet:
    return next(facet for facet in FACETS if facet.field == name)


def _tag(name: str, value: str) -> str:
    return tag_of(_facet(name).letter, value_of(str(value), str(value)))


def _select_sums(connection: Connection, match: Match) -> Select[Any]:
    """Select the sums of the hits, those of one item beside each other, in the same order every time."""
    hits = select_hits(connection, match).subquery("hits")
    # the plus sign keeps SQLite from walking all sums and asking the index about each
    is_hit = decided_sums.c.number == literal_column("+hits.number")
    amount = type_coerce(decided_sums.c.amount, Numeric(asdecimal=False)) if _is_sqlite(connection) else None
    columns = [decided_sums.c[name] for name in ("number", "document_id", "item", "currency", "role", "is_spent")]
    chosen = decided_sums.c.amount if amount is None else amount.label("amount")
    return select(*columns, chosen).select_from(hits.join(decided_sums, is_hit))


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


_Names = Callable[[Row[Any]], Iterable[str]]
"""Gives the groups of a sum."""


def _grouped(rows: Iterable[Row[Any]], names: _Names) -> Iterator[tuple[str, Row[Any]]]:
    for row in rows:
        for name in names(row):
            yield name, row


def _namer(connection: Connection, match: Match, by: Grouping) -> _Names:
    """Give what tells the groups of a sum."""
    if by is Grouping.ROLE:
        return lambda row: (row.role or UNKNOWN,)
    if by in {Grouping.AUTHORITY, Grouping.COMMITTEE, Grouping.TERRITORY, Grouping.YEAR}:
        name = "meeting_date" if by is Grouping.YEAR else by.value
        wanted = select(documents.c.id, documents.c[name])
        known = (row for row in connection.execute(wanted) if row[1])
        read = {row[0]: str(row[1].year if by is Grouping.YEAR else row[1]) for row in known}
        return lambda row: (read.get(row.document_id, UNKNOWN),)
    named: dict[int, list[str]] = {}
    labels = select(facet_values.c.tag, facet_values.c.label).where(facet_values.c.field == by.value)
    for tag, label in connection.execute(labels.order_by(facet_values.c.label)).all():
        for number in connection.scalars(select_hits(connection, match.narrowed(tag))):
            named.setdefault(number, []).append(label)
    return lambda row: named.get(row.number, (UNKNOWN,))


def _add_up(found: Iterable[tuple[str | None, Row[Any]]]) -> tuple[MoneyTotal, ...]:
    """Add up sums by group and currency, those that an item repeats once."""
    seen = set()
    values: dict[tuple[str | None, str], list[Any]] = {}
    for group, row in found:
        key = (group, row.document_id, row.item, row.currency, row.amount)
        if key not in seen:
            seen.add(key)
            values.setdefault((group, row.currency), []).append(row.amount)
    totals = [_describe(group, currency, amounts) for (group, currency), amounts in values.items()]
    return tuple(sorted(totals, key=lambda one: (-one.total, one.group or "", one.currency)))


def _describe(group: str | None, currency: str, amounts: Sequence[Any]) -> MoneyTotal:
    """Give the figures of some sums: decimals from PostgreSQL, floats and whole numbers from SQLite."""
    total = sum(amounts, Decimal(0)) if isinstance(amounts[0], Decimal) else fsum(amounts)
    figures = (tidy_amount(Decimal(str(figure))) for figure in (total, median(amounts), max(amounts)))
    return MoneyTotal(group, currency, len(amounts), *figures)
