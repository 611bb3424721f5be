"""Ask the full-text index of SQLite (FTS5) or PostgreSQL (tsvector) for decisions that match."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    cast,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import table as named_table
from sqlalchemy import true, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.types import TypeEngine

from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.matching import Match, match_decisions
from minutes_miner.store.numbers import DATED, HIGHEST
from minutes_miner.store.query import Group, fts5_any, fts5_query, tsquery
from minutes_miner.store.tables import decisions
from minutes_miner.store.tags import SAMPLES, sample_tag

_WIDE = 0.25
"""A larger share of all days than this is a wide range."""

_DAYS = "known days"
"""Where a connection keeps them."""

_INDEX = named_table("decisions_fts", column("rowid"))
_VECTOR: ColumnElement[Any] = literal_column("decisions.search_vector")


def select_decisions(connection: Connection, wanted: DecisionFilter) -> Select[Any]:
    """Select the numbers of the decisions that a filter chooses; its order, limit and offset count for nothing.

    Raises:
        StoreError: the query can't be understood.
    """
    match = match_decisions(connection, wanted)
    return select(decisions.c.number).where(false()) if match.is_hopeless else select_hits(connection, match)


def select_hits(connection: Connection, match: Match, *columns: Column[Any]) -> Select[Any]:
    """Select the numbers of the decisions that match, and columns of ``decisions``; unsorted.

    Args:
        connection: tells which database it is.
        match: not hopeless.
        columns: more columns wanted; without any, and without conditions on rows, SQLite reads no row at all.

    Returns:
        A statement whose first column is called ``number``.
    """
    if match.numbers is not None:
        known = among(connection, match.numbers)
        return select(decisions.c.number.label("number"), *columns).where(known, *hold_rows(connection, match))
    number = number_column(connection)
    statement = select(number.label("number"), *columns).where(*(number.not_in(wrong) for wrong in match.misses))
    if connection.dialect.name != "sqlite":
        is_asked = (_VECTOR.op("@@")(part) for part in _tsqueries(match))
        return statement.where(_in_range(connection, match), *is_asked, *match.rows)
    statement = statement.where(number.between(match.low, match.high))
    statement = statement.where(literal_column("decisions_fts").op("MATCH")(_fts5(match)))
    if columns or match.rows:
        # the plus sign keeps SQLite from walking all decisions and asking the index about each
        joined = decisions.c.number == literal_column("+decisions_fts.rowid")
        statement = statement.select_from(_INDEX.join(decisions, joined)).where(*match.rows)
    return statement


def _in_range(connection: Connection, match: Match) -> ColumnElement[bool]:
    """Ask PostgreSQL for a range of numbers.

    It would rather read a wide range in the index of numbers too than look at the few rows that the other index gives
    it, which takes longer; the sum keeps it from that.
    """
    number = decisions.c.number
    if (match.low, match.high) == (0, HIGHEST):
        return true()
    if (sample_tag(SAMPLES),) in match.tags:
        return (number + 0).between(match.low, match.high)
    lowest, highest = _known_days(connection)
    is_wide = min(match.high, highest) - max(match.low, lowest) > _WIDE * (highest - lowest)
    return (number + 0 if is_wide else number).between(match.low, match.high)


def read_numbers(connection: Connection, hits: Select[Any]) -> tuple[int, ...]:
    """Read the numbers of hits, in any order; in one row, which is quicker than many."""
    found = hits.subquery()
    joined = connection.scalar(select(func.aggregate_strings(cast(found.c.number, Text), " ")))
    return tuple(map(int, (joined or "").split()))


def _known_days(connection: Connection) -> tuple[int, int]:
    """Give the lowest and the highest number that tells a day, as they were when the connection first found any."""
    if not any(connection.info.get(_DAYS, ())):
        number = decisions.c.number
        known = select(func.min(number), func.max(number)).where(number >= DATED)
        connection.info[_DAYS] = tuple(value or 0 for value in connection.execute(known).one())
    lowest, highest = connection.info[_DAYS]
    return lowest, highest


def find_newest(connection: Connection, match: Match, count: int) -> list[int]:
    """Give the highest numbers of the hits, the highest first."""
    if match.numbers is not None:
        return list(match.within()[: -count - 1 : -1])
    number = number_column(connection)
    return list(connection.scalars(_in_order(connection, match).order_by(number.desc()).limit(count)))


def find_lowest(connection: Connection, match: Match, count: int | None = None) -> list[int]:
    """Give the lowest numbers of the hits, the lowest first."""
    if match.numbers is not None:
        return list(match.within()[:count])
    return list(connection.scalars(_in_order(connection, match).order_by(number_column(connection)).limit(count)))


def _in_order(connection: Connection, match: Match) -> Select[Any]:
    """Select the numbers of hits so that the database can go along the range of numbers."""
    within = number_column(connection).between(match.low, match.high)
    return select_hits(connection, replace(match, low=0, high=HIGHEST)).where(within)


def number_column(connection: Connection) -> ColumnElement[int]:
    """Give the column that holds a decision's number: the index's own on SQLite."""
    return _INDEX.c.rowid if connection.dialect.name == "sqlite" else decisions.c.number


def among(connection: Connection, numbers: Sequence[int]) -> ColumnElement[bool]:
    """Ask that a decision be one of some; all their numbers are one parameter, however many they are."""
    dialect, kind = connection.dialect.name, _list_of(connection.dialect.name, BigInteger())
    return _is_listed(dialect, decisions.c.number, bindparam(None, listed(dialect, numbers), kind))


def is_listed(dialect: str, wanted: Column[Any], kind: TypeEngine[Any]) -> ColumnElement[bool]:
    """Ask that a column be one of the parameter ``listed``, in a statement that is written once for many questions."""
    return _is_listed(dialect, wanted, bindparam("listed", type_=_list_of(dialect, kind)))


def listed(dialect: str, values: Sequence[object]) -> object:
    """Give values, which JSON can hold, as the one parameter that :func:`is_listed` wants."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)


def _is_listed(dialect: str, wanted: Column[Any], values: BindParameter[Any]) -> ColumnElement[bool]:
    if dialect == "sqlite":
        return wanted.in_(select(func.json_each(values).table_valued("value").c.value))
    return wanted == func.any(values)


def _list_of(dialect: str, kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return Text() if dialect == "sqlite" else ARRAY(kind)


def hold_rows(connection: Connection, match: Match) -> Iterator[ColumnElement[bool]]:
    """Ask the rows themselves for all of a match but its words."""
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos
    for tags in match.tags:
        yield or_(*(find(decisions.c.tags + " ", f"{tag} ") > 0 for tag in tags))
    for tag in match.unwanted:
        yield find(decisions.c.tags + " ", f"{tag} ") == 0
    yield decisions.c.number.between(match.low, match.high)
    yield from match.rows
    yield from (decisions.c.number.not_in(wrong) for wrong in match.misses)


def words_tsquery(match: Match) -> ColumnElement[Any]:
    """Give the words alone for PostgreSQL."""
    return func.to_tsquery(literal_column("'minutes'"), tsquery(match.words or ()))


def words_fts5(match: Match) -> str | None:
    """Give the words that are wanted for FTS5; None where there are none."""
    return fts5_query(tuple(Group(group.wanted) for group in match.words or () if group.wanted))


def _fts5(match: Match) -> str:
    """Write all of a match for FTS5; what is unwanted is taken from something, so one of tags and words is there."""
    base = " AND ".join(_any_tag(tags) for tags in match.tags)
    if match.words is not None:
        base = " OR ".join(f"({_fts5_group(base, group)})" for group in match.words)
    return f"({base}) NOT {_any_tag(match.unwanted)}" if match.unwanted else base


def _fts5_group(base: str, group: Group) -> str:
    wanted = fts5_query((Group(group.wanted),))
    narrowed = " AND ".join(part for part in (wanted, base) if part)
    return f"({narrowed}) NOT {fts5_any(group.unwanted)}" if group.unwanted else narrowed


def _any_tag(tags: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'"{tag}"' for tag in tags) + ")"


def _tsqueries(match: Match) -> Iterator[ColumnElement[Any]]:
    """Write a match for PostgreSQL, each part by itself: its index is quicker with many small queries than with one."""
    if match.words is not None:
        yield words_tsquery(match)
    for tags in match.tags:
        yield _tags_tsquery(tags)
    if match.unwanted:
        yield func.tsquery_not(_tags_tsquery(match.unwanted))


def _tags_tsquery(tags: tuple[str, ...]) -> ColumnElement[Any]:
    return cast(type_coerce(" | ".join(f"'{tag}'" for tag in tags), Text), TSQUERY)
