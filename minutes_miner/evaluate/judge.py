"""Judge the single facts of records that were found: kind, outcome, vote and due date, and the day of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutes_miner.evaluate.annotation import Due, Vote
from minutes_miner.evaluate.compare import Comparison, Pair
from minutes_miner.evaluate.likeness import MATCH, token_f1

FACTS = ("kind", "outcome", "vote", "due", "meeting_date")
"""What is judged, in the order of the tables."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Tell whether one fact is right; ``wanted`` and ``found`` are for reading, ``pair`` is whose fact it is."""

    fact: str
    right: bool
    wanted: str
    found: str
    pair: Pair | None = None


def judge(comparison: Comparison) -> Iterator[Judgement]:
    """Judge every fact that gold states of the records that have a pair."""
    for pair in comparison.decisions.pairs:
        yield from _judge_decision(pair)
    for pair in comparison.actions.pairs:
        due = pair.wanted.due
        if due:
            right = is_same_due(due, pair.found.due)
            yield Judgement("due", right, describe_due(due), describe_due(pair.found.due), pair)
    day, found = comparison.gold.wanted.meeting_date, comparison.answer.found.meeting_date
    if day:
        yield Judgement("meeting_date", found == day, day, found or "none")


def _judge_decision(pair: Pair) -> Iterator[Judgement]:
    wanted, found = pair.wanted, pair.found
    for fact, want, have in (("kind", wanted.kind, found.kind), ("outcome", wanted.outcome, found.outcome)):
        if want:
            yield Judgement(fact, have == want, want, have or "none", pair)
    if wanted.vote:
        right = is_same_vote(wanted.vote, found.vote)
        yield Judgement("vote", right, describe_vote(wanted.vote), describe_vote(found.vote), pair)


def is_same_vote(wanted: Vote, found: Vote | None) -> bool:
    """Tell whether manner and counts agree; a count that gold does not state may be anything."""
    if found is None or found.manner != wanted.manner:
        return False
    counts = zip(_counts(wanted), _counts(found), strict=True)
    return all(want is None or have == want for want, have in counts)


def is_same_due(wanted: Due, found: Due | None) -> bool:
    """Tell whether two due dates are the same range, or, where gold could not resolve it, nearly the same words."""
    if found is None:
        return False
    if wanted.first:
        return (found.first, found.last) == (wanted.first, wanted.last)
    return token_f1(wanted.text, found.text) >= MATCH


def describe_vote(vote: Vote | None) -> str:
    """Give a vote as words, such as ``counted, 5 for, 2 abstained``."""
    if vote is None:
        return "none"
    counts = zip(_counts(vote), ("for", "against", "abstained"), strict=True)
    return ", ".join([vote.manner or "no manner", *(f"{count} {name}" for count, name in counts if count is not None)])


def describe_due(due: Due | None) -> str:
    """Give a due date as words, such as ``by the end of March (2024-03-01 to 2024-03-31)``."""
    if due is None:
        return "none"
    days = " to ".join(dict.fromkeys(day for day in (due.first, due.last) if day))
    return f"{due.text} ({days})" if days else due.text


def _counts(vote: Vote) -> tuple[int | None, int | None, int | None]:
    return vote.votes_for, vote.votes_against, vote.abstentions
