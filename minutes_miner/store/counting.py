"""Count hits, in all and by what they have in common; exactly where they are few, by a sample where they are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Text, func, select

from minutes_miner.store.filters import DecisionFilter
from minutes_miner.store.hits import FEW, one_of, select_hits, settle
from minutes_miner.store.matching import Match, match_decisions
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import decisions, facet_values
from minutes_miner.store.tags import FACETS, SAMPLES, sample_tag

SAMPLED = 1_000
"""Of more, at least about so many are counted: a share of a tenth is then right to within a tenth of itself or so."""

_FIRST = 3
"""Level of the sample that is drawn first: one hit in 64."""

_TELLING = 300
"""A sample of so many tells the total to within a twentieth or so, one time in three a little more."""

_MOST_VALUES = 60
"""Values of a facet whose names are looked up at least: more than are shown, for one name may stand for two."""


@dataclass(frozen=True, slots=True)
class Total:
    """Tell how many there are; an estimate from a sample unless ``is_exact``."""

    count: int
    is_exact: bool

    def __str__(self) -> str:
        return f"{self.count:,}" if self.is_exact else f"about {self.count:,}"


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

    Up to FEW hits are counted one by one. Of more, a sample is counted and multiplied: decisions are in it by their
    id, so that it is the same every time and knows no date.

    Args:
        store: an open store.
        wanted: the filter; its limit, offset and order don't matter.
        limit: the most values of each facet.

    Raises:
        StoreError: the database can't be read, or the query can't be understood.
    """
    with store.read() as connection:
        match = settle(connection, match_decisions(connection, wanted))
        return read_facets(connection, match, *count_hits(connection, match), limit=limit)


def read_facets(connection: Connection, match: Match, total: Total, level: int, *, limit: int) -> Facets:
    """Count what hits have in common.

    Args:
        connection: to read with.
        match: settled, if its hits are few.
        total, level: as :func:`count_hits` gives them.
        limit: the most values of each facet.
    """
    looked_at = match.narrowed(sample_tag(level)) if level else match
    sampled, joined = _read_tags(connection, looked_at) if total.count else (0, "")
    by_letter: dict[str, Counter[str]] = defaultdict(Counter)
    for tag, count in Counter(joined.split()).items():
        by_letter[tag[1]][tag] = count
    looked_up = max(_MOST_VALUES, 2 * limit)
    commonest = {
        facet.field: by_letter[facet.letter].most_common(looked_up) for facet in FACETS if facet.is_counted
    }
    labels = _read_labels(connection, [tag for counted in commonest.values() for tag, _ in counted])
    times = 4**level
    return Facets(total, sampled, {field: _name(found, labels, times)[:limit] for field, found in commonest.items()})


def count_hits(connection: Connection, match: Match) -> tuple[Total, int]:
    """Count the decisions that match.

    Args:
        connection: to read with.
        match: settled, if its hits are few.

    Returns:
        The count, and the level of a sample that is large enough for facets; 0 where the count is exact.
    """
    if match.is_hopeless:
        return Total(0, True), 0
    if match.numbers is not None:
        return Total(len(match.numbers), True), 0
    drawn = _count(connection, match.narrowed(sample_tag(_FIRST)))
    guess = drawn * 4**_FIRST
    if drawn < _TELLING:
        finer = _level(guess, 2 * _TELLING)
        guess = _count(connection, match.narrowed(sample_tag(finer))) * 4**finer
    return Total(max(_round(guess), FEW), False), _level(guess, SAMPLED)


def _level(guess: int, needed: int) -> int:
    """Give the level of the smallest sample that about so many of the hits are in; the largest where none is."""
    return max(1, *(level for level in range(SAMPLES + 1) if guess / 4**level >= needed or level == 0))


def _count(connection: Connection, match: Match) -> int:
    """Count hits one by one."""
    some = select_hits(connection, match).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def _round(count: int) -> int:
    """Keep three digits: a sample tells no more."""
    return round(count, 3 - len(str(count)))


def _read_tags(connection: Connection, match: Match) -> tuple[int, str]:
    """Count hits and read their tags, joined by blanks; one row is quicker than many."""
    found = select_hits(connection, match, decisions.c.tags).subquery()
    row = connection.execute(select(func.count(), func.aggregate_strings(found.c.tags, " "))).one()
    return row[0], row[1] or ""


def _read_labels(connection: Connection, tags: Sequence[str]) -> dict[str, str]:
    """Read what a reader sees of the values that some tags stand for."""
    known = select(facet_values).where(one_of(connection, facet_values.c.tag, tags, Text()))
    return {row.tag: row.label for row in connection.execute(known)}


def _name(found: Sequence[tuple[str, int]], labels: Mapping[str, str], times: int) -> tuple[Counted, ...]:
    """Turn the counts of one facet's tags into counts of the values that a reader sees, the most frequent first."""
    by_label: Counter[str] = Counter()
    for tag, count in found:
        by_label[labels.get(tag, "")] += count * times
    ordered = sorted(by_label.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Counted(label, count) for label, count in ordered if label)
