"""Add up the money that decisions decide, each sum once, in all and by what they have in common."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import fsum
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Numeric,
    Row,
    Select,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)

from minutes_miner.domain.vocabulary import Kind, Outcome
from minutes_miner.store.columns import tidy_amount
from minutes_miner.store.fields import split_query
from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.hits import select_hits
from minutes_miner.store.matching import Match, match_decisions
from minutes_miner.store.numbers import DATED
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import decided_sums, documents
from minutes_miner.store.tags import HAS_SUM, standing_of

UNKNOWN = "unknown"
"""Stands for a group that nothing names: no authority, no day, a role that the words do not tell."""

UNSETTLED = (Kind.REFUSE, Kind.DEFER, Kind.REFER, Kind.RECOMMEND)
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
        match = match_decisions(connection, _with_all(wanted))
        if match.is_hopeless:
            return MoneyTotals(())
        statement = _select_sums(connection, match, by).where(*_counted(wanted))
        if by is not Grouping.ROLE:
            statement = statement.where(decided_sums.c.is_spent)
        rows = connection.execute(statement).all()
        lots = [_Lot(row.named, row.currency, row.is_spent, row.repeat, _read_amounts(row, connection)) for row in rows]
    overall = _add_up((None, lot) for lot in lots if lot.is_spent)
    return MoneyTotals(overall, _add_up(_grouped(lots, by)) if by else ())


class _Lot(NamedTuple):
    """Hold sums of one currency that have the same in common.

    Attributes:
        named: what they have in common, as the database has it.
        currency: after ISO 4217.
        is_spent: whether they can be added up as money to be spent.
        repeat: names the one sum that all of them tell; blank where each is another.
        amounts: decimals from PostgreSQL, floats and whole numbers from SQLite.
    """

    named: Any
    currency: str
    is_spent: bool
    repeat: str
    amounts: list[Any]


def _with_all(wanted: DecisionFilter) -> DecisionFilter:
    """Let a filter pass what is told apart by the rows of sums, which is quicker than by the index of words."""
    return replace(wanted, include_procedural=True, include_superseded=True, include_copies=True)


def _counted(wanted: DecisionFilter) -> Iterator[ColumnElement[bool]]:
    """Leave out what settles nothing, unless the reader asks for it, and what a list does not show."""
    _, conditions = split_query(wanted.query or "")
    if not wanted.kind and "kind" not in conditions.wanted:
        yield decided_sums.c.kind.not_in([kind.value for kind in UNSETTLED])
    if not wanted.outcome and "outcome" not in conditions.wanted:
        yield decided_sums.c.outcome == Outcome.CARRIED.value
    current = {True, not wanted.include_superseded}
    routine = {False, wanted.include_procedural}
    yield decided_sums.c.standing.in_(
        sorted(standing_of(is_current=one, is_procedural=other) for one in current for other in routine)
    )


def _select_sums(connection: Connection, match: Match, by: Grouping | None) -> Select[Any]:
    """Select the sums of the hits, put together by the database: a row for each would take far longer to read."""
    named = _COLUMNS[by] if by else literal_column("''")
    told = decided_sums.c.document_id.concat("/").concat(cast(decided_sums.c.once, Text))
    repeat = case((decided_sums.c.once.is_(None), ""), else_=told)
    keys = [named.label("named"), decided_sums.c.currency, decided_sums.c.is_spent, repeat.label("repeat")]
    gather = func.json_group_array if connection.dialect.name == "sqlite" else func.json_agg
    amounts = cast(gather(type_coerce(decided_sums.c.amount, Numeric)), Text).label("amounts")
    statement = select(*keys, amounts).group_by("named", "currency", "is_spent", "repeat")
    source: Any = decided_sums
    if _has_only_days(connection, match):
        statement = statement.where(decided_sums.c.number.between(match.low, match.high))
    else:
        hits = select_hits(connection, match.narrowed(HAS_SUM)).subquery("hits")
        # the plus sign keeps SQLite from walking all sums and asking the index about each
        source = hits.join(decided_sums, decided_sums.c.number == literal_column("+hits.number"))
    if by in _OF_DOCUMENTS:
        source = source.join(documents, documents.c.id == decided_sums.c.document_id)
    return statement.select_from(source)


def _read_amounts(row: Row[Any], connection: Connection) -> list[Any]:
    """Read the amounts of a row; of several that tell one sum only one."""
    read = float if connection.dialect.name == "sqlite" else Decimal
    amounts: list[Any] = json.loads(row.amounts, parse_float=read, parse_int=read)
    return amounts[:1] if row.repeat else amounts


def _has_only_days(connection: Connection, match: Match) -> bool:
    """Tell whether a match asks for nothing but days, so that no index of words need be asked."""
    if match.words is not None or match.unwanted or match.rows or match.misses:
        return False
    return match.tags == match_decisions(connection, _with_all(DecisionFilter())).tags


_OF_DOCUMENTS = {Grouping.AUTHORITY, Grouping.COMMITTEE, Grouping.TERRITORY}
_COLUMNS: dict[Grouping, ColumnElement[Any]] = {
    **{by: documents.c[by.value] for by in _OF_DOCUMENTS},
    Grouping.YEAR: decided_sums.c.number // DATED,
    Grouping.KIND: decided_sums.c.kind,
    Grouping.TOPIC: decided_sums.c.topics,
    Grouping.ROLE: decided_sums.c.role,
}


def _grouped(lots: Iterable[_Lot], by: Grouping) -> Iterator[tuple[str, _Lot]]:
    """Give each lot with its group; a decision with two topics is in two."""
    for lot in lots:
        if by is Grouping.YEAR and lot.named:
            yield str(date.fromordinal(lot.named).year), lot
        elif by is Grouping.TOPIC and lot.named:
            yield from ((topic, lot) for topic in lot.named.split("; "))
        else:
            yield lot.named or UNKNOWN, lot


def _add_up(found: Iterable[tuple[str | None, _Lot]]) -> tuple[MoneyTotal, ...]:
    """Add up sums by group and currency, those that a document repeats once."""
    seen = set()
    values: dict[tuple[str | None, str], list[Any]] = defaultdict(list)
    for group, lot in found:
        if not lot.repeat or (group, lot.repeat) not in seen:
            seen.add((group, lot.repeat))
            values[group, lot.currency] += lot.amounts
    totals = [_describe(group, currency, amounts) for (group, currency), amounts in values.items()]
    return tuple(sorted(totals, key=lambda one: (-one.total, one.group or "", one.currency)))


def _describe(group: str | None, currency: str, amounts: Sequence[Any]) -> MoneyTotal:
    """Give the figures of some sums: decimals from PostgreSQL, floats and whole numbers from SQLite."""
    total = sum(amounts, Decimal(0)) if isinstance(amounts[0], Decimal) else fsum(amounts)
    figures = (tidy_amount(Decimal(str(figure))) for figure in (total, median(amounts), max(amounts)))
    return MoneyTotal(group, currency, len(amounts), *figures)
