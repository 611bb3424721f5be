"""Turn the beginning of a name into the values of facets that it may mean."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from minutes_miner.store.columns import clean_text
from minutes_miner.store.query import fold
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import facet_values

SUGGESTED = ("authority", "committee", "owner")
"""Facets whose names are too many to list."""

_MOST = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Name a value of a facet."""

    field: str
    value: str


def find_suggestions(store: Store, part: str, *, limit: int = 6) -> list[Suggestion]:
    """Give councils, committees and owners with a word that begins so, the shortest first.

    Args:
        store: an open store.
        part: of a name; capitals and accents make no difference.
        limit: the most suggestions.

    Raises:
        StoreError: the database can't be read.
    """
    wanted = clean_text(fold(part.strip()))
    if not wanted:
        return []
    find = func.instr if store.address.startswith("sqlite") else func.strpos
    holds = find(" " + facet_values.c.search_key, " " + wanted) > 0
    found = (
        select(facet_values.c.field, facet_values.c.label)
        .where(facet_values.c.field.in_(SUGGESTED), holds)
        .group_by(facet_values.c.field, facet_values.c.label)
        .order_by(func.length(facet_values.c.label), facet_values.c.label)
        .limit(_MOST)
    )
    with store.read() as connection:
        rows = [Suggestion(row.field, row.label) for row in connection.execute(found)]
    return sorted(rows, key=lambda row: SUGGESTED.index(row.field))[:limit]
