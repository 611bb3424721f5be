"""Ask the full-text index of SQLite (FTS5) or PostgreSQL (tsvector) for decisions that match."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Text,
    cast,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import table as named_table
from sqlalchemy import type_coerce
from sqlalchemy.dialects.postgresql import TSQUERY

from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.matching import Match, match_decisions
from minutes_miner.store.query import Group, fts5_any, fts5_query, tsquery
from minutes_miner.store.tables import decisions

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
    number = number_column(connection, match)
    statement = select(number.label("number"), *columns).where(number.between(match.low, match.high))
    if match.numbers is not None:
        return statement.where(number.in_(match.numbers), *_tags_in_rows(connection, match))
    if connection.dialect.name != "sqlite":
        conditions = [_VECTOR.op("@@")(part) for part in _tsqueries(match)]
        return statement.where(*conditions, *match.rows)
    statement = statement.where(literal_column("decisions_fts").op("MATCH")(_fts5(match)))
    if columns or match.rows:
        # the plus sign keeps SQLite from walking all decisions and asking the index about each
        joined = decisions.c.number == literal_column("+decisions_fts.rowid")
        statement = statement.select_from(_INDEX.join(decisions, joined)).where(*match.rows)
    return statement


def number_column(connection: Connection, match: Match) -> ColumnElement[int]:
    """Give the column that holds a decision's number: the index's own on SQLite."""
    is_index = connection.dialect.name == "sqlite" and match.numbers is None
    return _INDEX.c.rowid if is_index else decisions.c.number


def _tags_in_rows(connection: Connection, match: Match) -> Iterator[ColumnElement[bool]]:
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos
    for tags in match.tags:
        yield or_(*(find(decisions.c.tags + " ", f"{tag} ") > 0 for tag in tags))
    for tag in match.unwanted:
        yield find(decisions.c.tags + " ", f"{tag} ") == 0


def words_tsquery(match: Match) -> ColumnElement[Any]:
    """Give the words alone for PostgreSQL."""
    return func.to_tsquery(literal_column("'minutes'"), tsquery(match.words or ()))


def words_fts5(match: Match) -> str | None:
    """Give the words that are wanted for FTS5; None where there are none."""
    return fts5_query(tuple(Group(group.wanted) for group in match.words or () if group.wanted))


def _fts5(match: Match) -> str:
    """Write all of a match for FTS5; tags first, so that there always is something to take the unwanted from."""
    base = " AND ".join(_any_tag(tags) for tags in match.tags)
    if match.words is not None:
        base = " OR ".join(f"({_fts5_group(base, group)})" for group in match.words)
    return f"({base}) NOT {_any_tag(match.unwanted)}" if match.unwanted else base


def _fts5_group(base: str, group: Group) -> str:
    wanted = fts5_query((Group(group.wanted),))
    narrowed = f"{wanted} AND {base}" if wanted else base
    return f"({narrowed}) NOT {fts5_any(group.unwanted)}" if group.unwanted else narrowed


def _any_tag(tags: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'"{tag}"' for tag in tags) + ")"


def _tsqueries(match: Match) -> list[ColumnElement[Any]]:
    """Write a match for PostgreSQL, words apart from tags."""
    parts = ["(" + " | ".join(f"'{tag}'" for tag in tags) + ")" for tags in match.tags]
    if match.unwanted:
        parts.append("!(" + " | ".join(f"'{tag}'" for tag in match.unwanted) + ")")
    tags: ColumnElement[Any] = cast(type_coerce(" & ".join(parts), Text), TSQUERY)
    return [tags] if match.words is None else [words_tsquery(match), tags]
