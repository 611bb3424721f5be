"""Compare the confidence of records with how often they are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from minutes_miner.evaluate.compare import Comparison

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Ends of the bins; a confidence on an edge belongs to the upper bin, 1 to the last."""

RECORDS = ("decisions", "actions")
"""What has a confidence."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Count records whose confidence is at least ``low`` and less than ``high``, or 1 in the last bin.

    Attributes:
        records: how many there are.
        right: how many of them are in the gold.
        confidence: the mean of their confidence; None without records.
    """

    low: float
    high: float
    records: int = 0
    right: int = 0
    confidence: float | None = None

    @property
    def share(self) -> float | None:
        """Share of right records; None without records."""
        return self.right / self.records if self.records else None

    @property
    def name(self) -> str:
        """Give the bin's ends, such as ``0.9–0.95``."""
        return f"{self.low:g}–{self.high:g}"


def measure_reliability(comparisons: Iterable[Comparison]) -> dict[str, list[Bin]]:
    """Put found records into bins of confidence; optional ones, and those without a confidence, are left out.

    Returns:
        The bins in order for each of ``RECORDS``, empty ones included.
    """
    comparisons = list(comparisons)
    return {label: _fill([entry for one in comparisons for entry in _judged(one, label)]) for label in RECORDS}


def _judged(comparison: Comparison, label: str) -> list[tuple[float, bool]]:
    """Give the confidence of each record and whether it is right."""
    match = comparison.decisions if label == "decisions" else comparison.actions
    found = [(pair.found.confidence, True) for pair in match.pairs]
    found += [(have.confidence, False) for have in match.spurious]
    return [(confidence, right) for confidence, right in found if confidence is not None]


def _fill(entries: list[tuple[float, bool]]) -> list[Bin]:
    bins = []
    for low, high in pairwise(EDGES):
        inside = [
            (confidence, right)
            for confidence, right in entries
            if low <= confidence < high or confidence == high == EDGES[-1]
        ]
        mean = sum(confidence for confidence, _ in inside) / len(inside) if inside else None
        bins.append(Bin(low, high, len(inside), sum(right for _, right in inside), mean))
    return bins
