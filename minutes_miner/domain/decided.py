"""Tell which of the sums that a decision names are the money that it decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from minutes_miner.domain.vocabulary import Kind, SumRole


class Named(Protocol):
    """Be a sum that a decision names."""

    @property
    def role(self) -> SumRole | None:
        """What it is; None where the words do not tell."""


T = TypeVar("T", bound=Named)

SETTLING = frozenset({Kind.APPROVE, Kind.AGREE, Kind.AUTHORISE})
"""Decisions that decide a sum even where the words do not tell what it is."""

SILENT = frozenset({Kind.NOTE, Kind.COMMENT})
"""Decisions that decide no sum: what is noted was decided elsewhere, and what is commented on will be."""

BESIDE = frozenset({SumRole.THRESHOLD, SumRole.BALANCE, SumRole.RATE, SumRole.GAP, SumRole.PART})
"""What is named beside the sum that is decided: a limit, what is in the bank, a price of one, a part."""

MAIN = frozenset({SumRole.APPROVED, SumRole.CONTRACT, SumRole.GRANT, SumRole.PAYMENT, SumRole.TOTAL})
"""What is decided before all else: beside it a budget is where the money comes from, and a cost the reason."""

BEHIND = frozenset({SumRole.BUDGET, SumRole.COST, SumRole.INCOME})
"""What is decided only where nothing of MAIN is."""

SPENT = frozenset(
    {None, SumRole.APPROVED, SumRole.CONTRACT, SumRole.GRANT, SumRole.PAYMENT, SumRole.BUDGET, SumRole.COST}
)
"""What can be added up as money to be spent."""


def find_decided(kind: Kind, sums: Sequence[T]) -> tuple[T, ...]:
    """Give the sums that a decision decides, or, where it refuses or puts off, would have decided.

    Args:
        kind: what the decision does.
        sums: all that it names.
    """
    if kind in SILENT:
        return ()
    told = [item for item in sums if item.role not in BESIDE and (item.role or kind in SETTLING)]
    has_main = any(item.role in MAIN for item in told)
    return tuple(item for item in told if not (has_main and item.role in BEHIND))


def find_spent(decided: Iterable[T]) -> tuple[T, ...]:
    """Give of the sums that a decision decides those that can be added up: no total beside what it is the total of."""
    found = tuple(decided)
    spent = tuple(item for item in found if item.role in SPENT)
    return spent or tuple(item for item in found if item.role is SumRole.TOTAL)
