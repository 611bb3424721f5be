"""Count meetings of a council by year, so that what they decided can be told as a rate, and find councils by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from minutes_miner.store.columns import clean_text
from minutes_miner.store.query import fold
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import documents, facet_values

_MOST = 500


@dataclass(frozen=True, slots=True)
class MeetingYears:
    """Count the meetings that were read of a council.

    Attributes:
        by_year: meetings of each year, the earliest first; several papers of one meeting count once.
        undated: papers that tell no day, each of which counts as a meeting.
    """

    by_year: Mapping[int, int]
    undated: int = 0

    @property
    def total(self) -> int:
        """All meetings."""
        return sum(self.by_year.values()) + self.undated


def count_meetings(
    store: Store, authority: str, *, since: date | None = None, until: date | None = None
) -> MeetingYears:
    """Count the meetings of a council whose papers are current, whether anything was found in them or not.

    Args:
        store: an open store.
        authority: its whole name; capitals and accents make no difference.
        since: first day of the meetings; with it, or with ``until``, what has no day is left out.
        until: last day of the meetings.

    Raises:
        StoreError: the database can't be read.
    """
    day = documents.c.meeting_date
    bounds: list[ColumnElement[bool]] = [day >= since] if since else []
    bounds += [day <= until] if until else []
    with store.read() as connection:
        spellings = find_spellings(connection, authority)
        is_it = documents.c.authority.in_(spellings), documents.c.is_current
        met = select(func.lower(documents.c.committee), day).where(*is_it, day.is_not(None), *bounds).distinct()
        days = [row[1] for row in connection.execute(met)]
        lost = select(func.count()).select_from(documents).where(*is_it, day.is_(None))
        undated = 0 if bounds else connection.scalar(lost) or 0
    by_year: dict[int, int] = {}
    for one in sorted(days):
        by_year[one.year] = by_year.get(one.year, 0) + 1
    return MeetingYears(by_year, undated)


def find_authorities(store: Store, part: str = "", *, limit: int = _MOST) -> list[str]:
    """List the councils whose name holds a part; the one that is called so comes first, then the shortest.

    Args:
        store: an open store.
        part: of a name; capitals and accents make no difference; blank for all, by the alphabet.
        limit: the most names.

    Raises:
        StoreError: the database can't be read.
    """
    wanted = clean_text(fold(part.strip()))
    named = select(facet_values.c.label, facet_values.c.search_key).where(facet_values.c.field == "authority")
    with store.read() as connection:
        if wanted:
            named = named.where(_holds(connection, facet_values.c.search_key, wanted))
        first = (facet_values.c.search_key != wanted, func.length(facet_values.c.label)) if wanted else ()
        rows = connection.execute(named.order_by(*first, facet_values.c.label).limit(limit)).all()
    by_key = {row.search_key: row.label for row in reversed(rows)}
    return [by_key[key] for key in dict.fromkeys(row.search_key for row in rows)]


def find_spellings(connection: Connection, authority: str) -> Sequence[str]:
    """List the spellings of a council's whole name that papers have."""
    is_it = facet_values.c.search_key == clean_text(fold(authority.strip()))
    known: Any = select(facet_values.c.label).where(facet_values.c.field == "authority", is_it)
    return connection.scalars(known).all()


def _holds(connection: Connection, column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos
    return find(column, part) > 0
