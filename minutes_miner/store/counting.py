"""Count hits, in all and by what they have in common; exactly where they are few, by a sample where they are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, Text, func, select

from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.hits import is_listed, listed
from minutes_miner.store.matching import match_decisions
from minutes_miner.store.repository import Store
from minutes_miner.store.sampling import Sample, Total, count_hits
from minutes_miner.store.tables import decisions, facet_values
from minutes_miner.store.tags import FACETS

_MOST_VALUES = 60
"""Values of a facet whose names are looked up at least: more than are shown, for one name may stand for two."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Tell how many hits have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Tell what hits have in common.

    Attributes:
        total: how many hits there are.
        sampled: how many of them were looked at; as many as there are, if they are not too many.
        counts: the commonest values by field, the most frequent first; estimates unless ``total.is_exact``.
    """

    total: Total
    sampled: int
    counts: Mapping[str, tuple[Counted, ...]]


def count_facets(store: Store, wanted: DecisionFilter, *, limit: int = 20) -> Facets:
    """Count the decisions that match by authority, committee, kind, outcome, year and owner.

    Up to FEW hits are counted one by one. Of more, a sample is counted and multiplied.

    Args:
        store: an open store.
        wanted: the filter; its limit, offset and order don't matter.
        limit: the most values of each facet.

    Raises:
        StoreError: the database can't be read, or the query can't be understood.
    """
    with store.read() as connection:
        _, total, sample = count_hits(connection, match_decisions(connection, wanted))
        return read_facets(connection, total, sample, limit=limit)


def read_facets(connection: Connection, total: Total, sample: Sample, *, limit: int) -> Facets:
    """Count what hits have in common.

    Args:
        connection: to read with.
        total, sample: as :func:`minutes_miner.store.sampling.count_hits` gives them.
        limit: the most values of each facet.
    """
    by_letter: dict[str, Counter[str]] = defaultdict(Counter)
    for tag, count in Counter(_read_tags(connection, sample.numbers).split()).items():
        by_letter[tag[1]][tag] = count
    looked_up = max(_MOST_VALUES, 2 * limit)
    commonest = {
        facet.field: by_letter[facet.letter].most_common(looked_up) for facet in FACETS if facet.is_counted
    }
    labels = _read_labels(connection, [tag for counted in commonest.values() for tag, _ in counted])
    counts = {field: _name(found, labels, sample.times)[:limit] for field, found in commonest.items()}
    return Facets(total, len(sample.numbers), counts)


def _read_tags(connection: Connection, numbers: Sequence[int]) -> str:
    """Read the tags of some decisions, joined by blanks; one row is quicker than many."""
    dialect = connection.dialect.name
    return (connection.scalar(_select_tags(dialect), {"listed": listed(dialect, numbers)}) or "") if numbers else ""


@cache
def _select_tags(dialect: str) -> Select[Any]:
    """Select the joined tags of decisions by their numbers."""
    joined = select(func.aggregate_strings(decisions.c.tags, " "))
    return joined.where(is_listed(dialect, decisions.c.number, BigInteger()))


def _read_labels(connection: Connection, tags: Sequence[str]) -> dict[str, str]:
    """Read what a reader sees of the values that some tags stand for."""
    dialect = connection.dialect.name
    known = connection.execute(_select_values(dialect), {"listed": listed(dialect, tags)})
    return {row.tag: row.label for row in known}


@cache
def _select_values(dialect: str) -> Select[Any]:
    """Select values of facets by their tags."""
    return select(facet_values.c.tag, facet_values.c.label).where(is_listed(dialect, facet_values.c.tag, Text()))


def _name(found: Sequence[tuple[str, int]], labels: Mapping[str, str], times: int) -> tuple[Counted, ...]:
    """Turn the counts of one facet's tags into counts of the values that a reader sees, the most frequent first."""
    by_label: Counter[str] = Counter()
    for tag, count in found:
        by_label[labels.get(tag, "")] += count * times
    ordered = sorted(by_label.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Counted(label, count) for label, count in ordered if label)
