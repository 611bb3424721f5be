"""Find all hits where they are few; where they are many, reckon from a sample how many there are.

Decisions are in a sample by their id, so that it is the same every time and knows no date.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from minutes_miner.store.hits import read_numbers, select_hits
from minutes_miner.store.matching import Match
from minutes_miner.store.tags import SAMPLES, sample_tag

FEW = 5_000
"""Up to so many hits are found all at once: what is asked next need not ask the index again."""

SAMPLED = 400
"""Of more, at least about so many are looked at: a share of a tenth is then right to within a sixth of itself or so."""

_FIRST = {"sqlite": 3, "postgresql": SAMPLES}
"""Level of the sample that is drawn first: a thick one saves SQLite another, a thin one PostgreSQL many rows."""


@dataclass(frozen=True, slots=True)
class Total:
    """Tell how many there are; an estimate from a sample unless ``is_exact``."""

    count: int
    is_exact: bool

    def __str__(self) -> str:
        return f"{self.count:,}" if self.is_exact else f"about {self.count:,}"


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold the numbers of some hits, each of which stands for ``times`` hits: for itself alone where all are there."""

    times: int
    numbers: tuple[int, ...]

    @property
    def guess(self) -> int:
        """How many hits it tells of."""
        return len(self.numbers) * self.times

    def thinned(self) -> Sample:
        """Leave out all but every n-th number, so that about twice SAMPLED remain."""
        step = max(1, len(self.numbers) // (2 * SAMPLED))
        return Sample(self.times * step, tuple(sorted(self.numbers)[::step]))


def settle(connection: Connection, match: Match) -> Match:
    """Find all hits at once where they are no more than FEW; the index is then asked no more."""
    if match.is_hopeless:
        return match
    numbers = _find_few(connection, match)
    return match if numbers is None else match.settled(numbers)


def count_hits(connection: Connection, match: Match) -> tuple[Match, Total, Sample]:
    """Count the decisions that match.

    Returns:
        The match, settled if its hits are few; the count; and the hits that it was reckoned from.
    """
    match = settle(connection, match)
    if match.is_hopeless or match.numbers is not None:
        numbers = match.numbers or ()
        return match, Total(len(numbers), True), Sample(1, numbers)
    sample = _draw(connection, match, _FIRST[connection.dialect.name])
    level = _level(max(sample.guess, FEW))
    if len(sample.numbers) < SAMPLED and 4**level < sample.times:
        sample = _draw(connection, match, level)
    return match, Total(max(_round(sample.guess), FEW), False), sample.thinned()


def _find_few(connection: Connection, match: Match) -> tuple[int, ...] | None:
    """Find all hits; None where there are more than FEW."""
    numbers = read_numbers(connection, select_hits(connection, match).limit(FEW + 1))
    return numbers if len(numbers) <= FEW else None


def _draw(connection: Connection, match: Match, level: int) -> Sample:
    """Find the hits that are in a sample."""
    return Sample(4**level, read_numbers(connection, select_hits(connection, match.narrowed(sample_tag(level)))))


def _level(guess: int) -> int:
    """Give the level of the smallest sample that SAMPLED of so many hits are in; the largest where none is."""
    return max(1, *(level for level in range(SAMPLES + 1) if guess / 4**level >= SAMPLED or level == 0))


def _round(count: int) -> int:
    """Keep three digits: a sample tells no more."""
    return round(count, 3 - len(str(count)))
