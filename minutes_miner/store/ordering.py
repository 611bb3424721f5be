"""Go through hits in a reader's order, from any place on, without reading what went before.

Each order is a chain of parts, and a part gives the keys of its rows from a given key on:

- newest and oldest go by number, as the full-text index does, and through a document in its own order; those without a
  day come last in both;
- the largest sums that are decided go bucket by bucket (see :mod:`minutes_miner.store.tags`) where hits are many;
  those that decide none come last, the newest first;
- relevance ranks the newest RANKED hits, and then goes on with the others, the newest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, func, or_, select

from minutes_miner.store.cursor import Key, Place
from minutes_miner.store.filters import Sort
from minutes_miner.store.hits import find_lowest, find_newest, hold_rows, is_listed, listed, select_hits
from minutes_miner.store.matching import Match
from minutes_miner.store.numbers import DATED, document_numbers
from minutes_miner.store.ranking import Ranking
from minutes_miner.store.tables import decisions
from minutes_miner.store.tags import HAS_SUM, bucket_of, bucket_tag

RANKED = 1_000
"""So many of the newest hits are ranked: who finds more than that should rather narrow the search."""

WALKED = 3_000
"""So many of the largest sums of all decisions are looked at for hits before buckets are asked for."""

_SUM = decisions.c.decided_amount
_LARGEST = (_SUM.desc(), decisions.c.number.desc())

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


def _parts(connection: Connection, match: Match, sort: Sort) -> dict[str, _Fetch]:
    newest = partial(_newest, connection)
    if sort is Sort.RELEVANCE and match.words is not None:
        boundary = _Boundary(connection, match)
        return {"ranked": boundary.ranked, "rest": boundary.rest}
    if sort is Sort.AMOUNT and match.numbers is not None:
        priced = _sort_sums(connection, match)
        others = match.settled([*set(match.numbers).difference(int(key[-1]) for key in priced)])
        return {"sums": partial(_follow, priced), "none": partial(newest, others)}
    if sort is Sort.AMOUNT:
        without = match.excluding(HAS_SUM)
        return {"sums": partial(_largest, connection, match), "none": partial(newest, without)}
    if sort is Sort.OLDEST:
        dated, undated = match.narrowed(low=DATED), match.narrowed(high=DATED - 1)
        return {"dated": partial(_oldest, connection, dated), "undated": partial(_oldest, connection, undated)}
    return {"newest": partial(newest, match)}


def _newest(connection: Connection, match: Match, key: Key, count: int) -> list[Key]:
    after = match.narrowed(high=int(key[-1]) - 1) if key else match
    return [(number,) for number in find_newest(connection, after, count)]


def _oldest(connection: Connection, match: Match, key: Key, count: int) -> list[Key]:
    """Go up by documents, yet through each document in its own order."""
    first, last = document_numbers(int(key[-1])) if key else (0, -1)
    begun = _newest(connection, match.narrowed(low=first, high=last), key, count) if key else []
    found = set(find_lowest(connection, match.narrowed(low=last + 1), count - len(begun)))
    if found:  # of the last document, those that come first have the highest numbers
        first, last = document_numbers(max(found))
        found.update(find_lowest(connection, match.narrowed(low=first, high=last)))
    ordered = sorted(found, key=lambda one: (document_numbers(one), -one))
    return [*begun, *((one,) for one in ordered)][:count]


def _follow(ordered: Sequence[Key], key: Key, count: int) -> list[Key]:
    """Give what follows a key in a list that is sorted downwards."""
    return [found for found in ordered if not key or found < key][:count]


def _sort_sums(connection: Connection, match: Match) -> list[Key]:
    """Read the sums of all hits, the largest first."""
    wanted = select_hits(connection, match, _SUM).where(_SUM.is_not(None))
    return sorted(((float(amount), number) for number, amount in connection.execute(wanted)), reverse=True)


def _largest(connection: Connection, match: Match, key: Key, count: int) -> list[Key]:
    """Look at the largest sums of all, and where too few of them are hits, ask bucket after bucket."""
    found = _walk_sums(connection, match, key, count) if match.words is None else []
    if len(found) >= count:
        return found
    largest = connection.scalar(select(func.max(_SUM, type_=_SUM.type)))
    first = bucket_of(Decimal(repr(key[0])) if key else largest or Decimal(0))
    found = []
    for bucket in range(first, -1, -1):
        wanted = select_hits(connection, match.narrowed(bucket_tag(bucket)), _SUM)
        found += _read_sums(connection, wanted.where(*_smaller(key)).order_by(*_LARGEST).limit(count - len(found)))
        if len(found) >= count:
            break
    return found


def _walk_sums(connection: Connection, match: Match, key: Key, count: int) -> list[Key]:
    """Go down the index of sums for a while, and read in the rows which are hits."""
    walked = select(decisions.c.number).where(_SUM.is_not(None), *_smaller(key))
    lately = walked.order_by(*_LARGEST).limit(max(WALKED, count))
    wanted = select(decisions.c.number, _SUM).where(decisions.c.number.in_(lately), *hold_rows(connection, match))
    return _read_sums(connection, wanted.order_by(*_LARGEST).limit(count))


def _smaller(key: Key) -> Iterator[ColumnElement[bool]]:
    """Ask for what comes after a key in the order of sums."""
    if key:
        amount, number = Decimal(repr(key[0])), int(key[1])
        yield _SUM <= amount
        yield or_(_SUM < amount, decisions.c.number < number)


def _read_sums(connection: Connection, wanted: Select[Any]) -> list[Key]:
    return [(float(amount), number) for number, amount in connection.execute(wanted)]


class _Boundary:
    """Part the hits that are ranked from the older ones that are not."""

    def __init__(self, connection: Connection, match: Match) -> None:
        self._connection = connection
        self._match = match
        self._lowest: int | None = None

    def ranked(self, key: Key, count: int) -> list[Key]:
        """Give score, lowest number that is ranked, and number, from the best score down."""
        if key:
            lowest = int(key[1])
            numbers = find_lowest(self._connection, self._match.narrowed(low=lowest))
        else:
            numbers = find_newest(self._connection, self._match, RANKED + 1)
            lowest = numbers[RANKED - 1] if len(numbers) > RANKED else 0
        self._lowest = lowest
        return _follow(self._score([number for number in numbers if number >= lowest], lowest), key, count)

    def rest(self, key: Key, count: int) -> list[Key]:
        """Give the lowest number that is ranked, and number, from there down."""
        lowest = int(key[0]) if key else self._lowest or 0
        older = _newest(self._connection, self._match.narrowed(high=lowest - 1), key, count) if lowest else []
        return [(lowest, *row) for row in older]

    def _score(self, numbers: Sequence[int], lowest: int) -> list[Key]:
        dialect = self._connection.dialect.name
        rows = self._connection.execute(_select_words(dialect), {"listed": listed(dialect, numbers)}).all()
        score = Ranking(self._match.words or ()).score
        return sorted(((score(text, title), lowest, number) for number, text, title in rows), reverse=True)


@cache
def _select_words(dialect: str) -> Select[Any]:
    """Select the words of decisions by their numbers."""
    words = select(decisions.c.number, decisions.c.text, decisions.c.item_title)
    return words.where(is_listed(dialect, decisions.c.number, BigInteger()))
