"""Turn a filter into a page of decisions, with the words that were found marked, and the way to the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Select

from minutes_miner.store.counting import Facets, read_facets
from minutes_miner.store.cursor import Place, numbers_of, read_token, write_token
from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.hits import is_listed, listed
from minutes_miner.store.listing import DecisionRow, decision_row, select_rows
from minutes_miner.store.matching import Match, match_decisions
from minutes_miner.store.ordering import next_places
from minutes_miner.store.repository import Store
from minutes_miner.store.sampling import Total, count_hits, settle
from minutes_miner.store.snippets import Snippet, cut_snippets
from minutes_miner.store.tables import decisions

PAGE = 20
"""Rows of a page where the filter has no limit."""

_BATCH = 1_000
"""Rows that are read at a time where all are wanted."""


@dataclass(frozen=True, slots=True)
class Page:
    """Hold part of a list of decisions.

    Attributes:
        rows: the decisions, in order.
        snippets: for each row, the part of its text that shows why it was found.
        total: how many there are in the whole list.
        next_token: gives the next page to :func:`search_decisions`; None on the last page.
    """

    rows: tuple[DecisionRow, ...]
    snippets: tuple[Snippet, ...]
    total: Total
    next_token: str | None


def search_decisions(store: Store, wanted: DecisionFilter, *, after: str | None = None) -> Page:
    """Give a page of the decisions that match.

    A page costs the same wherever it stands in the list. Decisions that come in meanwhile shift no row from one page
    to the next.

    Args:
        store: an open store.
        wanted: the filter; its limit is the number of rows of the page, its offset counts for the first page alone.
        after: the token of the page before; None for the first.

    Raises:
        StoreError: the database can't be read, the query can't be understood, or the token is of another search.
    """
    with store.read() as connection:
        match, total, _ = count_hits(connection, match_decisions(connection, wanted))
        return _read_page(connection, match, total, wanted, after)


def search_with_facets(
    store: Store, wanted: DecisionFilter, *, limit: int, after: str | None = None
) -> tuple[Page, Facets]:
    """Give a page of the decisions that match and what all of them have in common, for less than each by itself.

    Args:
        store: an open store.
        wanted, after: see :func:`search_decisions`.
        limit: the most values of each facet.

    Raises:
        StoreError: see there.
    """
    with store.read() as connection:
        match, total, sample = count_hits(connection, match_decisions(connection, wanted))
        page = _read_page(connection, match, total, wanted, after)
        return page, read_facets(connection, total, sample, limit=limit)


def find_decisions(store: Store, wanted: DecisionFilter) -> list[DecisionRow]:
    """List decisions: all, or as many as the filter's limit says.

    Raises:
        StoreError: the database can't be read, or the query can't be understood.
    """
    rows: list[DecisionRow] = []
    start, skipped = None, wanted.offset
    with store.read() as connection:
        match = settle(connection, match_decisions(connection, wanted))
        while wanted.limit is None or len(rows) < wanted.limit:
            count = skipped + min(_BATCH, wanted.limit - len(rows) if wanted.limit is not None else _BATCH)
            places = _find_places(connection, match, wanted, start, count)
            rows += read_rows(connection, numbers_of(places[skipped:])).values()
            if len(places) < count:
                break
            start, skipped = places[-1], 0
    return rows


def _read_page(
    connection: Connection, match: Match, total: Total, wanted: DecisionFilter, after: str | None
) -> Page:
    count = wanted.limit or PAGE
    start = read_token(wanted, after) if after else None
    skipped = 0 if start else wanted.offset
    places = _find_places(connection, match, wanted, start, skipped + count + 1)[skipped:]
    found = read_rows(connection, numbers_of(places[:count]))
    snippets = cut_snippets(connection, match, {number: row.text for number, row in found.items()})
    token = write_token(wanted, places[count - 1]) if len(places) > count else None
    return Page(tuple(found.values()), tuple(snippets[number] for number in found), total, token)


def _find_places(
    connection: Connection, match: Match, wanted: DecisionFilter, start: Place | None, count: int
) -> list[Place]:
    return [] if match.is_hopeless else next_places(connection, match, wanted.sort, start, count)


def read_rows(connection: Connection, numbers: Sequence[int]) -> dict[int, DecisionRow]:
    """Read decisions by their numbers, in the order of these."""
    dialect = connection.dialect.name
    found = connection.execute(_select_listed(dialect), {"listed": listed(dialect, numbers)})
    rows = {row.number: decision_row(row) for row in found}
    return {number: rows[number] for number in numbers}


@cache
def _select_listed(dialect: str) -> Select[Any]:
    """Select decisions by their numbers."""
    is_wanted = is_listed(dialect, decisions.c.number, BigInteger())
    return select_rows(decisions).add_columns(decisions.c.number).where(is_wanted)
