"""Go through hits in a reader's order, from any place on, without reading what went before.

Each order is a chain of parts, and a part gives the keys of its rows from a given key on:

- newest and oldest go by number, as the full-text index does, and through a document in its own order; those without a
  day come last in both;
- the largest sums go bucket by bucket (see :mod:`minutes_miner.store.tags`), each sorted by itself; those without a sum
  come last, the newest first;
- relevance ranks the newest RANKED hits, and then goes on with the others, the newest first.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from sqlalchemy import Connection, func, select

from minutes_miner.store.cursor import Key, Place
from minutes_miner.store.filters import Sort
from minutes_miner.store.hits import number_column, select_hits
from minutes_miner.store.matching import Match
from minutes_miner.store.numbers import DATED, document_numbers
from minutes_miner.store.ranking import score_texts
from minutes_miner.store.tables import decisions
from minutes_miner.store.tags import HAS_SUM, bucket_of, bucket_tag

RANKED = 1_000
"""So many of the newest hits are ranked: who finds more than that should rather narrow the search."""

SORTED_AT_ONCE = 3_000
"""Up to so many sums are sorted in one go."""

_Fetch = Callable[[Key, int], list[Key]]
"""Gives the keys of the next rows after a key; the last value of each is the decision's number."""


def next_places(connection: Connection, match: Match, sort: Sort, start: Place | None, count: int) -> list[Place]:
    """Give the places of the next rows of a list; the last value of a place's key is the decision's number.

    Args:
        connection: to read with.
        match: not hopeless.
        sort: the order.
        start: the place of the last row before; None at the beginning.
        count: the most rows.
    """
    parts = _parts(connection, match, sort)
    names = list(parts)
    begun = names.index(start[0]) if start and start[0] in parts else 0
    found: list[Place] = []
    for name in names[begun:]:
        key: Key = start[1] if start and start[0] == name else ()
        found += [(name, row) for row in parts[name](key, count - len(found))]
        if len(found) >= count:
            break
    return found


def settle(connection: Connection, match: Match) -> Match:
    """Find all hits at once where they are no more than RANKED, so that the index is asked but once."""
    numbers = [int(key[-1]) for key in _newest(connection, match, (), RANKED + 1)]
    return match.settled(numbers) if len(numbers) <= RANKED else match


def _parts(connection: Connection, match: Match, sort: Sort) -> dict[str, _Fetch]:
    newest = partial(_newest, connection)
    if sort is Sort.RELEVANCE and match.words is not None:
        boundary = _Boundary(connection, match)
        return {"ranked": boundary.ranked, "rest": boundary.rest}
    if sort is Sort.AMOUNT:
        without = match.excluding(HAS_SUM)
        return {"sums": partial(_largest, connection, match.narrowed(HAS_SUM)), "none": partial(newest, without)}
    if sort is Sort.OLDEST:
        dated, undated = match.narrowed(low=DATED), match.narrowed(high=DATED - 1)
        return {"dated": partial(_oldest, connection, dated), "undated": partial(_oldest, connection, undated)}
    return {"newest": partial(newest, match)}


def _newest(connection: Connection, match: Match, key: Key, count: int) -> list[Key]:
    after = match.narrowed(high=int(key[-1]) - 1) if key else match
    wanted = select_hits(connection, after).order_by(number_column(connection, after).desc()).limit(count)
    return [(number,) for number in connection.scalars(wanted)]


def _oldest(connection: Connection, match: Match, key: Key, count: int) -> list[Key]:
    """Go up by documents, yet through each document in its own order."""
    first, last = document_numbers(int(key[-1])) if key else (0, -1)
    begun = _newest(connection, match.narrowed(low=first, high=last), key, count) if key else []
    number = number_column(connection, match)
    after = select_hits(connection, match.narrowed(low=last + 1)).order_by(number).limit(count - len(begun))
    found = set(connection.scalars(after))
    if found:  # of the last document, those that come first have the highest numbers
        first, last = document_numbers(max(found))
        found.update(connection.scalars(select_hits(connection, match.narrowed(low=first, high=last))))
    ordered = sorted(found, key=lambda one: (document_numbers(one), -one))
    return [*begun, *((one,) for one in ordered)][:count]


def _largest(connection: Connection, match: Match, key: Key, count: int) -> list[Key]:
    """Sort all at once where they are few, else bucket after bucket."""
    some = select_hits(connection, match).limit(SORTED_AT_ONCE + 1).subquery()
    is_few = match.numbers is not None
    if is_few or (connection.scalar(select(func.count()).select_from(some)) or 0) <= SORTED_AT_ONCE:
        return _sort_sums(connection, match, key)[:count]
    largest = connection.scalar(select(func.max(decisions.c.largest_amount, type_=decisions.c.largest_amount.type)))
    first = bucket_of(Decimal(repr(key[0])) if key else largest or Decimal(0))
    found: list[Key] = []
    for bucket in range(first, -1, -1):
        found += _sort_sums(connection, match.narrowed(bucket_tag(bucket)), key)
        if len(found) >= count:
            break
    return found[:count]


def _sort_sums(connection: Connection, match: Match, key: Key) -> list[Key]:
    """Read the sums of all hits, the largest first, from a key on."""
    rows = connection.execute(select_hits(connection, match, decisions.c.largest_amount))
    keys: list[Key] = sorted(((float(row.largest_amount), row.number) for row in rows), reverse=True)
    return [found for found in keys if not key or found < key]


class _Boundary:
    """Part the hits that are ranked from the older ones that are not."""

    def __init__(self, connection: Connection, match: Match) -> None:
        self._connection = connection
        self._match = match
        self._lowest: int | None = None

    def ranked(self, key: Key, count: int) -> list[Key]:
        """Give score, lowest number that is ranked, and number, from the best score down."""
        self._lowest = int(key[1]) if key else self._find_lowest()
        texts = (decisions.c.text, decisions.c.item_title)
        rows = self._connection.execute(select_hits(self._connection, self._match.narrowed(low=self._lowest), *texts))
        words = self._match.words or ()
        found: list[Key] = sorted(
            ((score_texts(words, row.text, row.item_title), self._lowest, row.number) for row in rows), reverse=True
        )
        return [row for row in found if not key or row < key][:count]

    def rest(self, key: Key, count: int) -> list[Key]:
        """Give the lowest number that is ranked, and number, from there down."""
        lowest = int(key[0]) if key else self._lowest or 0
        older = _newest(self._connection, self._match.narrowed(high=lowest - 1), key, count) if lowest else []
        return [(lowest, *row) for row in older]

    def _find_lowest(self) -> int:
        numbers = _newest(self._connection, self._match, (), RANKED + 1)
        return int(numbers[RANKED - 1][-1]) if len(numbers) > RANKED else 0
