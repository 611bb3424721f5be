"""Settle motions by recorded votes, and tell what a lost amendment only repeats."""

from __future__ import annotations

import re
from itertools import pairwise

from minutes_miner.annotate.ballots import find_ballots
from minutes_miner.annotate.drafts import Draft, Drafts
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.rollcalls import find_rollcalls
from minutes_miner.annotate.sections import Layout
from minutes_miner.annotate.tally import is_bare
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Label, Outcome

_RIVALS = ("motion", "amendment")
_SIDE = 40
"""Characters at the start of a recorded vote that name its first side."""
_AT_ONCE = 80
"""Characters between a sentence on what was carried and the first clause of the resolution that tells it."""
_PASSED = ("AGREED_PASSIVE", "RESULT", "STUB")
_OPENS = re.compile(r"\W*(?:\d+(?:\.\d+)*\W+)?(?:(?:it|this)\s+was\s+(?:\w+\s+)?)?(?:RESOLVED|[Rr]esolved)\b")
_BESIDE = 200
"""Characters between a recorded vote and the words of the decision that it settled."""


def settle_recorded(layout: Layout, drafts: Drafts) -> None:
    """Settle by recorded votes the proposals whose outcome no sentence tells.

    Where an item has a resolution, that is what was carried, and a motion carried there would be told twice.
    """
    if not any(draft.label is Label.MOTION for draft in drafts):
        return
    for vote in sorted([*find_rollcalls(layout), *find_ballots(layout.text)], key=lambda vote: vote.start):
        item = layout.find_item(vote.start)
        settled = [draft for draft in drafts if draft.label is Label.DECISION and draft.item == item]
        if any(_is_told_of(vote, draft) for draft in settled):
            continue
        waiting = [draft for draft in drafts.waiting(item) if draft.end <= vote.start]
        for draft, outcome in _read_outcomes(layout.text, vote, waiting):
            if outcome is Outcome.LOST or not settled:
                draft.settle(outcome)


def drop_repeats(layout: Layout, drafts: Drafts) -> None:
    """Forget the clauses of a lost amendment that the resolution has as well: it fell for what else it said.

    A resolution that only points to the motion that was carried is another mention of it, and so is a sentence that
    only says, right before the resolution, that what was put was carried.
    """
    decided = [draft for draft in drafts if draft.label is Label.DECISION]
    carried = {_key(layout, draft) for draft in decided if draft.outcome is Outcome.CARRIED}
    for draft in decided:
        is_lost_amendment = draft.outcome is not Outcome.CARRIED and draft.name == "amendment"
        if is_lost_amendment and _key(layout, draft) in carried:
            drafts.remove(draft)

    for draft in [draft for draft in drafts if draft.label is Label.DECISION]:
        told = load_phrases("resolutions")["ONLY_THE_MOTION"].match(layout.text[draft.start : draft.end])
        if told and (carried_motion := _find_carried(drafts, draft, told["name"].lower())):
            carried_motion.mentions.append((draft.start, draft.end))
            drafts.remove(draft)

    _drop_carried(layout, drafts)


def _drop_carried(layout: Layout, drafts: Drafts) -> None:
    """Join the sentences that only say that something was carried to the resolutions that follow at once."""
    said = load_phrases("resolutions")["ONLY_CARRIED"]
    ordered = sorted((draft for draft in drafts if draft.label is Label.DECISION), key=lambda draft: draft.start)
    for draft, after in pairwise(ordered):
        if draft.group == after.group or draft.item != after.item or after.start - draft.end > _AT_ONCE:
            continue
        if draft.trigger in _PASSED and is_bare(words := Words(layout.text[draft.start : draft.end])):
            if said.match(words) and _OPENS.match(layout.text, draft.end):
                after.mentions.append((draft.start, draft.end))
                drafts.remove(draft)


def _find_carried(drafts: Drafts, draft: Draft, name: str) -> Draft | None:
    """Give the motion or amendment before a draft, in its item, that was carried."""
    before = [other for other in drafts if other.item == draft.item and other.end <= draft.start and other.name == name]
    return next((other for other in reversed(before) if other.outcome is Outcome.CARRIED), None)


def _key(layout: Layout, draft: Draft) -> tuple[int, str]:
    return draft.item, " ".join(re.findall(r"\w+", layout.text[draft.start : draft.end].lower()))


def _read_outcomes(text: str, vote: Vote, waiting: list[Draft]) -> list[tuple[Draft, Outcome]]:
    """Give what a recorded vote tells of the motion, of the amendment, or of both; nothing of a tie."""
    if not waiting or not vote.votes_for or not vote.votes_against or vote.votes_for == vote.votes_against:
        return []
    is_first = vote.votes_for > vote.votes_against
    if vote.unsided:
        rivals = _RIVALS if "motion" in text[vote.start : vote.start + _SIDE].lower() else _RIVALS[::-1]
        won = rivals[0] if is_first else rivals[1]
        both = {draft.name for draft in waiting} == set(_RIVALS)
        return [(draft, Outcome.CARRIED if draft.name == won else Outcome.LOST) for draft in waiting if both]
    last = waiting[-1]
    if last.name != "amendment" and "amend" in text[last.end : vote.start].lower():
        return []
    outcome = Outcome.CARRIED if is_first else Outcome.LOST
    return [(draft, outcome) for draft in waiting if draft.group == last.group]


def _is_told_of(vote: Vote, draft: Draft) -> bool:
    """Tell whether a recorded vote stands beside what a decision is already told in, so that it is that decision's."""
    spots = [(draft.start, draft.end), *draft.mentions]
    return any(vote.start - _BESIDE < end and start < vote.end + _BESIDE for start, end in spots)
