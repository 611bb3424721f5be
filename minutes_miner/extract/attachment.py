"""Tell which votes belong to a decision."""

from __future__ import annotations

import re
from dataclasses import replace

from minutes_miner.domain.clausenumbers import read_clause_number
from minutes_miner.domain.finding import Resolution, Vote
from minutes_miner.domain.vocabulary import Ballot, Kind, Label, Manner, Outcome
from minutes_miner.extract.context import Context

_AFTER = 120
"""Characters after the last clause of a resolution within which a sentence on the vote belongs to it."""
_AFTER_LIST = 2500
"""The same where that sentence names who seconded: a list of payments may stand between."""
_NAMED_AFTER = 400
"""The same where the sentence names the clauses by number."""
_BEFORE = 160
_NUMBERING = 12
"""Characters between a lead-in and its first clause: the clause's number."""
_LEADS_IN = re.compile(
    r"\b(?:RESOLVED\b[^;]{0,120}|"
    r"(?:[Rr]esolved|[Aa]greed|AGREED|[Rr]ecommended|RECOMMENDED|[Dd]ecided)\b[^;]{0,120}(?<!\.))$"
)
"""A sentence of voting that leads clauses in, such as "RESOLVED (7 for, 1 against):"."""
_OPENS = re.compile(r"\b(?:resolved|agreed|recommended|decided)\b[^;]{0,120}(?:\bthat|\bto|[:–-])\W*$", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:resolved|agreed|recommended|decided|determined)\b\W*(?:[\w’'-]+\W+){0,6}$", re.IGNORECASE
)
_OTHER = {Ballot.FOR: Ballot.AGAINST, Ballot.AGAINST: Ballot.FOR}
_NEXT = 40
"""Characters between a vote and the decision told right after it."""
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ON_VOTING = re.compile(
    r"vot(?:e|ing)|\bput\b|division|poll|hands|ballot|second|propos|\bmov|motion|amendment|carried|lost|record|count"
    r"|chair|abst|favour|against|declar|nominat|\bnames\b",
    re.IGNORECASE,
)
_ASIDE = 3
"""Words that a sentence between a decision and its vote can have, and still tell of nothing else."""


def find_votes_of(context: Context, statement: Resolution) -> list[Vote]:
    """Give the votes that a statement of a decision was carried or lost by, with the figures on their sides."""
    if statement.trigger == "MOTION":
        found = _motion_votes(context, statement)
    else:
        place = _Place(context, statement)
        found = [vote for vote in context.votes if place.holds(vote)]
    return [_take_sides(vote, statement) for vote in found if _is_consistent(vote, statement)]


def find_minuted_votes(context: Context, statement: Resolution) -> list[Vote]:
    """Give the vote that an item's minutes tell of a decision that is stated apart, in a part of its own above them.

    Only where nothing else is decided in the item and its minutes tell one vote can that vote be the decision's.
    """
    item = context.find_item(statement.start)
    parts = [section for section in context.sections if section.parent == item]
    minutes = next((section for section in parts if section.topic == "MINUTES"), None)
    apart = any(section.topic == "DECISION" and section.start <= statement.start < section.end for section in parts)
    others = [
        one for one in context.resolutions if context.find_item(one.start) == item and one.group != statement.group
    ]
    if minutes is None or not apart or others:
        return []
    found = [vote for vote in context.votes if minutes.start <= vote.start < minutes.end]
    found = [_take_sides(vote, statement) for vote in found if _is_consistent(vote, statement)]
    return found if len(found) == 1 else []


def _motion_votes(context: Context, motion: Resolution) -> list[Vote]:
    """Give the last vote before a motion's outcome was told, or in the sentence that tells it."""
    places = [(motion.start, motion.end), *motion.mentions]
    low = places[-2][0] if len(places) > 2 else motion.start
    high = places[-1][1]
    inside = [v for v in context.votes if low <= v.start < high and _is_consistent(v, motion)]
    if inside:
        return [next((v for v in inside if v.named and _tell_the_same(v, inside[-1])), inside[-1])]
    after = [v for v in context.votes if high <= v.start < high + 80 and v.bare and not v.in_table][:1]
    return [v for v in after if not _tells_other(context.text[high : v.start])]


def _tells_other(between: str) -> bool:
    """Tell whether the words between a decision and a vote tell of something other than voting."""
    return any(
        len(_WORD.findall(sentence)) > _ASIDE and not _ON_VOTING.search(sentence)
        for sentence in _SENTENCE.split(between.strip())
    )


def _tell_the_same(one: Vote, other: Vote) -> bool:
    """Tell whether two votes have the same figures, whichever side they call which."""
    figures = [sorted((v.votes_for or 0, v.votes_against or 0)) for v in (one, other)]
    return figures[0] == figures[1]


def _is_own_refusal(vote: Vote, statement: Resolution) -> bool:
    """Tell whether a vote that failed is what a refusal rests on: "Music service £90,000 – NOT AGREED (3-6)"."""
    inside = statement.start <= vote.at < statement.end
    return inside and statement.kind is Kind.REFUSE and vote.outcome is Outcome.LOST


def _is_consistent(vote: Vote, statement: Resolution) -> bool:
    """Tell whether a vote can have had an outcome: a lost vote settled something else than what was resolved.

    What was withdrawn was not voted on at all.
    """
    outcome = statement.outcome
    if outcome is Outcome.WITHDRAWN:
        return False
    if _is_own_refusal(vote, statement):
        return True
    if vote.outcome is Outcome.LOST and outcome is Outcome.CARRIED:
        return False
    if vote.manner in {Manner.UNANIMOUS, Manner.NEM_CON, Manner.ASSENT}:
        return True
    if vote.unsided or vote.votes_for is None or vote.votes_against is None:
        return True
    return outcome is not Outcome.CARRIED or vote.votes_for >= vote.votes_against


def _take_sides(vote: Vote, statement: Resolution) -> Vote:
    """Give a vote with its figures for and against, where only the outcome tells which is which."""
    outcome = statement.outcome
    if not vote.unsided or _is_own_refusal(vote, statement) or vote.votes_for is None or vote.votes_against is None:
        return vote
    low, high = sorted((vote.votes_for, vote.votes_against))
    votes_for = low if outcome is Outcome.LOST else high
    if votes_for == vote.votes_for:
        return vote
    named = tuple((name, _OTHER.get(Ballot(ballot), ballot)) for name, ballot in vote.named)
    return replace(vote, votes_for=vote.votes_against, votes_against=vote.votes_for, named=named)


class _Place:
    """Hold where a statement and the other clauses of its lead-in stand, and tell which votes belong there."""

    def __init__(self, context: Context, statement: Resolution) -> None:
        self._context = context
        self._statement = statement
        self._group = [other for other in context.resolutions if other.group == statement.group]
        self._others = [other for other in context.resolutions if other.group != statement.group]
        self._item = context.find_item(statement.start)
        spots = [(statement.start, statement.end), *statement.mentions]
        self._low = min(start for start, _ in spots)
        self._own_end = max(end for _, end in spots)
        self._first = min([self._low, *(other.start for other in self._group)])
        self._high = max([self._own_end, *(other.end for other in self._group)])

    def holds(self, vote: Vote) -> bool:
        """Tell whether a vote belongs to the statement."""
        if vote.in_table or self._context.find_item(vote.start) != self._item:
            return False
        if vote.clauses:
            return self._is_named(vote)
        if vote.start <= self._first < vote.end and vote.at < self._first and not self._low < self._first:
            return not self._is_of_other(vote)
        if self._low <= vote.at < self._own_end or self._first <= vote.at < self._high:
            return not self._is_of_other(vote) and self._is_of_clause(vote)
        if vote.at >= self._high:
            return self._follows(vote)
        return self._leads(vote)

    def _is_named(self, vote: Vote) -> bool:
        """Tell whether a vote that names clauses stands in this one, or after a list that has this one's number."""
        if self._low <= vote.at < self._own_end:
            return True
        is_near = self._high <= vote.start < self._high + _NAMED_AFTER
        if not is_near or any(self._high <= other.start and other.end < vote.start for other in self._others):
            return False
        return read_clause_number(self._context.text, self._statement.start) in vote.clauses

    def _is_of_other(self, vote: Vote) -> bool:
        """Tell whether another decision inside the statement's words is the one voted on."""
        return any(
            self._low <= other.start and other.end <= self._high and other.start <= vote.at < other.end
            for other in self._others
        )

    def _is_of_clause(self, vote: Vote) -> bool:
        """Tell whether a vote inside a list is this clause's, or stands at the list's end and is of all."""
        inside = [other for other in self._group if other.start <= vote.at < other.end]
        if not inside:
            above = [other for other in self._group if other.end <= vote.at]
            return self._low <= vote.at < self._own_end or above[-1:] == [self._statement]
        if self._statement in inside:
            return True
        last = inside[-1]
        return last.end == self._high and vote.bare and vote.start > last.start and len(self._group) > 1

    def _follows(self, vote: Vote) -> bool:
        """Tell whether a vote after the clauses was the one taken on them."""
        if not vote.bare or vote.amends:
            return False
        between = self._context.text[self._high : vote.start].strip()
        proposed = self._context.names_proposer(vote)
        if len(between) >= (_AFTER_LIST if proposed else _AFTER) or (_tells_other(between) and not proposed):
            return False
        if _OPENS.search(self._context.text[vote.start : vote.end]):
            return False
        if self._statement.end < self._high and any(self._is_between(other) for other in self._context.votes):
            return False
        return not any(self._high <= other.start <= vote.start for other in self._others)

    def _is_between(self, vote: Vote) -> bool:
        """Tell whether a vote stands between two clauses: each clause was then voted on by itself."""
        inside = any(other.start <= vote.at < other.end for other in self._group)
        return vote.bare and not inside and self._group[0].end <= vote.at < self._high

    def _leads(self, vote: Vote) -> bool:
        """Tell whether a vote stands right before the clauses, or in the sentence that leads them in."""
        if vote.amends or vote.end > self._first or self._first - vote.end >= _BEFORE:
            return False
        if any(vote.start <= other.start < self._first for other in self._others):
            return False
        between = self._context.text[vote.end : self._first]
        if _LEADS_IN.search(self._context.text[vote.start : vote.end]) and len(between.strip()) <= _NUMBERING:
            return True
        if not vote.bare or self._has_mover(vote.end) or _tells_other(between):
            return False
        if _LEADS.search(between):
            return True
        return len(between.strip()) < _NEXT and not any(
            vote.start - _AFTER < other.end <= vote.start for other in self._others
        )

    def _has_mover(self, start: int) -> bool:
        """Tell whether somebody moves something between an offset and the clauses: they were voted on after that."""
        return any(
            label == Label.MOVER and start <= begin < self._first for begin, _, label in self._context.proposers
        )
