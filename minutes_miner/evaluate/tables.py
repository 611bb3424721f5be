"""Lay figures out as rows of text, for the terminal and the report alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minutes_miner.evaluate.group import KindScore
from minutes_miner.evaluate.reliability import RECORDS, Bin
from minutes_miner.evaluate.score import Accuracy, Scores, Tally

SCORE_HEADINGS = ("field", "precision", "recall", "F1", "right", "spurious", "missed")
FACT_HEADINGS = ("fact", "accuracy", "right", "wrong")
GROUP_HEADINGS = ("docs", "decisions P", "R", "F1", "actions P", "R", "F1", "owners", "sums", "dates")
"""Of owners, sums and dates F1 alone is given."""

KIND_HEADINGS = ("kind", *SCORE_HEADINGS[1:], "kind right")
RELIABILITY_HEADINGS = ("confidence", *(head for label in RECORDS for head in (label, "mean confidence", "right")))

NOTHING = "–"
"""Stands for a figure where there is nothing to count."""


def score_rows(scores: Scores) -> list[list[str]]:
    """Give a row for each label that is counted."""
    return [[label, *_tally(tally)] for label, tally in scores.tallies.items()]


def fact_rows(scores: Scores) -> list[list[str]]:
    """Give a row for each fact that was judged."""
    return [
        [fact.replace("_", " "), _accuracy(accuracy), str(accuracy.right), str(accuracy.of - accuracy.right)]
        for fact, accuracy in scores.accuracies.items()
        if accuracy.of
    ]


def group_rows(groups: Mapping[str, Scores]) -> list[list[str]]:
    """Give a row for each group of documents."""
    return [
        [
            name,
            str(scores.documents),
            *_shares(scores.tallies["decisions"]),
            *_shares(scores.tallies["actions"]),
            *(_shares(scores.tallies[label])[2] for label in ("owners", "money", "dates")),
        ]
        for name, scores in groups.items()
    ]


def kind_rows(kinds: Mapping[str, KindScore]) -> list[list[str]]:
    """Give a row for each kind of decision."""
    return [[kind, *_tally(found.tally), _accuracy(found.accuracy)] for kind, found in kinds.items()]


def reliability_rows(reliability: Mapping[str, Sequence[Bin]]) -> list[list[str]]:
    """Give a row for each bin of confidence."""
    bins = zip(*(reliability[label] for label in RECORDS), strict=True)
    return [[row[0].name, *(cell for found in row for cell in _bin(found))] for row in bins]


def _tally(tally: Tally) -> list[str]:
    return [*_shares(tally), str(tally.right), str(tally.spurious), str(tally.missed)]


def _shares(tally: Tally) -> list[str]:
    if tally == Tally():
        return [NOTHING] * 3
    row = tally.as_row()
    return [f"{row[share]:.3f}" for share in ("p", "r", "f1")]


def _accuracy(accuracy: Accuracy) -> str:
    share = accuracy.as_row()["accuracy"]
    return NOTHING if share is None else f"{share:.3f}"


def _bin(found: Bin) -> list[str]:
    shares = (NOTHING if share is None else f"{share:.3f}" for share in (found.confidence, found.share))
    return [str(found.records), *shares]
