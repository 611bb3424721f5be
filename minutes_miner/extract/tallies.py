"""Give decisions their votes, and tell where statements of a vote disagree."""

from __future__ import annotations

from collections import Counter

from minutes_miner.domain.finding import Resolution, Vote
from minutes_miner.domain.record import NamedVote, VoteEvent
from minutes_miner.domain.vocabulary import Ballot, Manner, WarningCode
from minutes_miner.extract.attachment import find_minuted_votes, find_votes_of
from minutes_miner.extract.context import Context
from minutes_miner.extract.deduplicate import Merged


def pick_votes(context: Context, merged: Merged[Resolution]) -> list[VoteEvent]:
    """Give the votes stated for a decision, the most telling first.

    A vote belongs to a decision when it stands inside one of its statements, follows the clauses it was taken on before
    anything else is decided, or leads straight to them.

    Args:
        context: the document.
        merged: the decision with its statements.

    Returns:
        One event a differing statement; empty where no vote is told.
    """
    found: list[Vote] = []
    for statement in merged.statements:
        found += find_votes_of(context, statement)
    found = list(dict.fromkeys(found)) or _table_votes(context, merged.main)
    found = found or find_minuted_votes(context, merged.main)
    found.sort(key=lambda vote: (vote.manner is not Manner.NAMED, vote.manner is not Manner.COUNTED, -_told(vote)))
    return [_event(context, vote) for vote in found]


def _table_votes(context: Context, main: Resolution) -> list[Vote]:
    """Give the vote that a table of the same item records with the same outcome, where there is just one."""
    item = context.find_item(main.start)
    told = [vote for vote in context.votes if vote.in_table and vote.outcome is main.outcome]
    found = [vote for vote in told if context.find_item(vote.start) == item]
    return found if len(found) == 1 else []


def _told(vote: Vote) -> int:
    return sum(count is not None for count in (vote.votes_for, vote.votes_against, vote.abstentions))


def _event(context: Context, vote: Vote) -> VoteEvent:
    named = tuple(NamedVote(name, Ballot(ballot)) for name, ballot in vote.named)
    return VoteEvent(
        vote.manner,
        vote.votes_for,
        vote.votes_against,
        vote.abstentions,
        named,
        context.evidence(vote.start, vote.end),
    )


def find_conflicts(votes: list[VoteEvent]) -> list[tuple[WarningCode, str]]:
    """Tell where two statements of one decision give different votes."""
    told = list(dict.fromkeys(_words(vote) for vote in votes))
    manners = {vote.manner for vote in votes}
    counts = {(v.votes_for, v.votes_against) for v in votes if v.votes_for is not None and v.votes_against is not None}
    clash = len(manners & {Manner.UNANIMOUS, Manner.NEM_CON}) > 1 or len(counts) > 1
    clash = clash or (Manner.UNANIMOUS in manners and any(vote.votes_against for vote in votes))
    return [(WarningCode.VOTE_CONFLICT, "its vote is told as " + " and as ".join(told))] if clash else []


def check_tally(vote: VoteEvent) -> list[tuple[WarningCode, str]]:
    """Tell where the count of a recorded vote and its names do not agree."""
    names = Counter(item.ballot for item in vote.named)
    stated = {Ballot.FOR: vote.votes_for, Ballot.AGAINST: vote.votes_against, Ballot.ABSTAIN: vote.abstentions}
    wrong = [
        f"{count} {side.value} but {names[side]} names"
        for side, count in stated.items()
        if count is not None and names and names[side] != count
    ]
    return [(WarningCode.VOTE_MISMATCH, ", ".join(wrong))] if wrong else []


def _words(vote: VoteEvent) -> str:
    counts = [
        f"{count} {name}"
        for count, name in ((vote.votes_for, "for"), (vote.votes_against, "against"), (vote.abstentions, "abstaining"))
        if count is not None
    ]
    return " ".join([vote.manner.value.replace("_", " "), f"({', '.join(counts)})" if counts else ""]).strip()
