"""Count what is right, spurious and missed, and give precision, recall, F1 and accuracy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minutes_miner.evaluate.compare import Comparison, RecordMatch, ValueMatch, match_owners
from minutes_miner.evaluate.judge import FACTS, judge

LABELS = ("decisions", "actions", "money", "dates", "owners")
"""What is counted, in the order of the tables."""

Row = dict[str, float | int | None]
"""Figures by name, shares rounded to four decimals."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Count what was found rightly, what was found without being there, and what was missed."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there is no gold."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_row(self) -> Row:
        """Give the figures: shares ``p``, ``r``, ``f1`` and the counts ``tp``, ``fp``, ``fn``."""
        shares = {"p": round(self.precision, 4), "r": round(self.recall, 4), "f1": round(self.f1, 4)}
        return {**shares, "tp": self.right, "fp": self.spurious, "fn": self.missed}


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Count how many facts of those judged are right."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """Share of right facts; None where none was judged."""
        return self.right / self.of if self.of else None

    def as_row(self) -> Row:
        """Give the figures: the share ``accuracy``, and the counts ``right`` and ``of``."""
        share = self.share
        return {"accuracy": None if share is None else round(share, 4), "right": self.right, "of": self.of}


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold a tally for each of ``LABELS`` and an accuracy for each of ``FACTS``, over so many documents."""

    documents: int
    tallies: Mapping[str, Tally]
    accuracies: Mapping[str, Accuracy]

    def as_rows(self) -> dict[str, Row]:
        """Give the figures of every field by its name."""
        rows = {label: tally.as_row() for label, tally in self.tallies.items()}
        return rows | {fact: accuracy.as_row() for fact, accuracy in self.accuracies.items()}


def score(comparisons: Iterable[Comparison]) -> Scores:
    """Score documents together: every record weighs the same, whichever document it is of."""
    comparisons = list(comparisons)
    tallied = [_tally(comparison) for comparison in comparisons]
    judgements = [judgement for comparison in comparisons for judgement in judge(comparison)]
    rights = {fact: [found.right for found in judgements if found.fact == fact] for fact in FACTS}
    return Scores(
        documents=len(comparisons),
        tallies={label: sum((tallies[label] for tallies in tallied), Tally()) for label in LABELS},
        accuracies={fact: Accuracy(sum(right), len(right)) for fact, right in rights.items()},
    )


def _tally(comparison: Comparison) -> dict[str, Tally]:
    owners = Tally()
    for pair in comparison.actions.pairs:
        match = match_owners(pair.wanted.owners, pair.found.owners)
        owners += Tally(match.right, len(match.spurious), len(match.missed))
    return {
        "decisions": _tally_match(comparison.decisions),
        "actions": _tally_match(comparison.actions),
        "money": _tally_match(comparison.money),
        "dates": _tally_match(comparison.dates),
        "owners": owners,
    }


def _tally_match(match: RecordMatch | ValueMatch) -> Tally:
    right = match.right if isinstance(match, ValueMatch) else len(match.pairs)
    return Tally(right, len(match.spurious), len(match.missed))
