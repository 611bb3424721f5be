"""Go through lists as rows of the exported tables, a page or a chunk at a time, however long they are.

Each chunk is read through a connection of its own, from the place where the last one ended: a reader who takes hours
holds nothing open meanwhile, and what comes in shifts no row from one chunk to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from minutes_miner.domain.dataset import ACTIONS, DECISIONS, Row, Table
from minutes_miner.store.cursor import Place, numbers_of, read_token, write_token
from minutes_miner.store.deadlines import list_deadlines
from minutes_miner.store.export import CHUNK, Selection
from minutes_miner.store.filters import ActionFilter, DecisionFilter
from minutes_miner.store.matching import match_decisions
from minutes_miner.store.ordering import next_places
from minutes_miner.store.repository import Store
from minutes_miner.store.results import PAGE
from minutes_miner.store.sampling import Total, count_hits, settle
from minutes_miner.store.tables import actions, decisions


@dataclass(frozen=True, slots=True)
class RowPage:
    """Hold part of a list.

    Attributes:
        rows: of the table decisions or actions, in order, see :mod:`minutes_miner.domain.dataset`.
        total: how many there are in the whole list; None where they are not counted.
        next_token: gives the next page; None on the last one.
    """

    rows: tuple[Row, ...]
    total: Total | None
    next_token: str | None


def page_decisions(store: Store, wanted: DecisionFilter, *, after: str | None = None) -> RowPage:
    """Give a page of the decisions that match, see :func:`minutes_miner.store.results.search_decisions`.

    Raises:
        StoreError: the database can't be read, the query can't be understood, or the token is of another search.
    """
    count = wanted.limit or PAGE
    start = read_token(wanted, after) if after else None
    with store.read() as connection:
        match, total, _ = count_hits(connection, match_decisions(connection, wanted))
        places = [] if match.is_hopeless else next_places(connection, match, wanted.sort, start, count + 1)
        rows = Selection(connection, wanted).rows_of(DECISIONS, numbers_of(places[:count]))
    return RowPage(tuple(rows), total, write_token(wanted, places[count - 1]) if len(places) > count else None)


def page_actions(store: Store, wanted: ActionFilter, *, after: str | None = None) -> RowPage:
    """Give a page of the actions that match, see :func:`minutes_miner.store.deadlines.list_deadlines`.

    Raises:
        StoreError: the database can't be read, the query is too long, or the token is none.
    """
    found = list_deadlines(store, wanted, after=after)
    rows = read_records(store, ACTIONS, [row.id for row in found.rows])
    return RowPage(tuple(rows), None, found.next_token)


def walk_decisions(store: Store, wanted: DecisionFilter, *, most: int) -> Iterator[list[Row]]:
    """Give all decisions that match in chunks, in their order; ``most`` at most, whatever the filter's limit is."""
    start: Place | None = None
    while most > 0:
        count = min(CHUNK, most)
        with store.read() as connection:
            match = settle(connection, match_decisions(connection, wanted))
            places = [] if match.is_hopeless else next_places(connection, match, wanted.sort, start, count)
            rows = Selection(connection, wanted).rows_of(DECISIONS, numbers_of(places))
        if rows:
            yield rows
        if len(places) < count:
            return
        start, most = places[-1], most - count


def walk_actions(store: Store, wanted: ActionFilter, *, most: int) -> Iterator[list[Row]]:
    """Give all actions that match in chunks, by deadline; ``most`` at most, whatever the filter's limit is."""
    token: str | None = None
    while most > 0:
        page = page_actions(store, replace(wanted, limit=min(CHUNK, most)), after=token)
        if page.rows:
            yield list(page.rows)
        if page.next_token is None:
            return
        token, most = page.next_token, most - CHUNK


def read_records(store: Store, table: Table, ids: Sequence[str]) -> list[Row]:
    """Give the rows of some decisions or actions, CHUNK at most, in the order of their ids as given.

    Raises:
        StoreError: the database can't be read.
    """
    relation = actions if table is ACTIONS else decisions
    with store.read() as connection:
        named = select(relation.c.id, relation.c.number).where(relation.c.id.in_(ids))
        numbers = {row.id: row.number for row in connection.execute(named)}
        ordered = [numbers[one] for one in ids if one in numbers]
        return Selection(connection, DecisionFilter()).rows_of(table, ordered)
