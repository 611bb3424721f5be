"""Assemble records from the spans of an annotated document."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from minutes_miner.domain.finding import Resolution, Task, Time
from minutes_miner.domain.record import Action, DateRange, Decision, Extraction, MoneyAmount, TopicScore
from minutes_miner.domain.source import Document, Notice
from minutes_miner.domain.vocabulary import Label, Outcome, WarningCode
from minutes_miner.extract.context import Context
from minutes_miner.extract.deduplicate import Merged, merge_statements
from minutes_miner.extract.identity import Identities
from minutes_miner.extract.people import find_attendance, find_interests
from minutes_miner.extract.roster import Roster
from minutes_miner.extract.statements import Statements
from minutes_miner.extract.tallies import check_tally, find_conflicts, pick_votes
from minutes_miner.extract.topics import find_topics

_LIMIT = re.compile(r"by\b|before\b|no later than\b|within\b", re.IGNORECASE)
_LOW = 0.15
"""Taken off the confidence of a record whose statements disagree."""


def extract(document: Document, doc: Doc) -> Extraction:
    """Make records of everything that a pipeline marked.

    Args:
        document: what was parsed.
        doc: the same text, annotated.

    Returns:
        Records in the order of the text. Repeated statements of one decision are one record with several mentions;
        statements that contradict each other are kept and reported among the notices.
    """
    context = Context(document, doc)
    attendance = find_attendance(context)
    context.roster = Roster(attendance)
    notices = list(document.notices)
    identities = Identities(document.ref.sha256)
    resolutions = merge_statements(context.resolutions, document.text, context.find_item)
    said = Statements(context)
    decisions = [_decision(context, merged, identities, said, notices) for merged in resolutions]
    tasks = merge_statements(context.tasks, document.text, context.find_item)
    actions = [_action(context, merged, decisions, identities) for merged in tasks]
    notices += [
        Notice(WarningCode.DATE_IMPOSSIBLE, f"{words} is in no calendar") for words in context.impossible_dates()
    ]
    return Extraction(
        document,
        tuple(decisions),
        tuple(actions),
        tuple(context.money(item) for item in context.sums),
        tuple(context.date_range(item) for item in context.times if item.label is Label.DATE),
        find_interests(context),
        attendance,
        tuple(dict.fromkeys(notices)),
    )


def _decision(
    context: Context, merged: Merged[Resolution], identities: Identities, said: Statements, notices: list[Notice]
) -> Decision:
    main = merged.main
    evidence = tuple(context.evidence(*spot) for spot in merged.spots)
    votes = pick_votes(context, merged)
    vote = votes[0] if votes else None
    conflict = find_conflicts(votes) + (check_tally(vote) if vote else [])
    notices += [Notice(code, f"“{evidence[0].quote[:80]}”: {message}") for code, message in conflict]
    item = context.item_of(main.start)
    mover, seconder = context.find_proposers(main, merged.region)
    return Decision(
        identities.make("decision", evidence[0].quote),
        evidence[0].quote,
        evidence,
        main.kind,
        main.outcome,
        main.procedural,
        round(max(0.05, main.confidence - (_LOW if conflict else 0)) * context.legibility(evidence), 2),
        item_number=item.number if item else None,
        item_title=item.title if item else None,
        decision_maker=context.find_maker(evidence[0].quote),
        vote=vote,
        mover=mover,
        seconder=seconder,
        reason=said.find_reason(main),
        alternatives=said.find_alternatives(main),
        call_in=said.find_call_in(main),
        portfolio_holder=said.find_portfolio_holder(main),
        owners=tuple(context.party(spot) for spot in context.owners_within(merged.spots)),
        due=_due(context, merged.spots[:1]),
        money=tuple(_money_within(context, merged)),
        topics=_topics(context, main, item.title if item else None, evidence[0].quote),
    )


def _topics(context: Context, main: Resolution, title: str | None, words: str) -> tuple[TopicScore, ...]:
    """Tell what a decision is about; routine business is about nothing."""
    return () if main.procedural else find_topics(title, words, context.document.committee)


def _money_within(context: Context, merged: Merged[Resolution]) -> list[MoneyAmount]:
    """Give each sum of a decision once: those of its own words, or else of the words that they answer."""
    for start, end in merged.spots:
        found: dict[tuple[object, str], MoneyAmount] = {}
        for item in context.sums:
            if start <= item.start and item.end <= end:
                known = found.setdefault((item.amount, item.currency), context.money(item))
                found[item.amount, item.currency] = replace(known, role=known.role or item.role)
        if found:
            return list(found.values())
    return []


def _action(context: Context, merged: Merged[Task], decisions: list[Decision], identities: Identities) -> Action:
    evidence = tuple(context.evidence(*spot) for spot in merged.spots)
    item = context.item_of(merged.main.start)
    parties = (
        tuple(dict.fromkeys(context.party(spot) for found in merged.statements for spot in found.owners))
        if not merged.main.owners
        else tuple(dict.fromkeys(context.party(spot) for spot in merged.main.owners))
    )
    rests_on = next(
        (
            d.id
            for d in decisions
            if d.outcome is Outcome.CARRIED
            and any(_share(d_spot.start, d_spot.end, e.start, e.end) > 0.6 for d_spot in d.mentions for e in evidence)
        ),
        None,
    )
    told = context.due_at(merged.main.due) if merged.main.due else None
    due = told or _due(context, merged.spots) or _last_day(context, merged)
    return Action(
        identities.make("action", evidence[0].quote),
        evidence[0].quote,
        evidence,
        round(merged.main.confidence * context.legibility(evidence), 2),
        parties,
        due,
        rests_on,
        merged.main.status,
        item.number if item else None,
        item.title if item else None,
    )


def _share(start: int, end: int, other_start: int, other_end: int) -> float:
    """Give the share of the shorter of two ranges that both cover."""
    common = min(end, other_end) - max(start, other_start)
    return max(0, common) / max(1, min(end - start, other_end - other_start))


def _due(context: Context, spots: tuple[tuple[int, int], ...]) -> DateRange | None:
    """Give when it is due: words that set a limit come first, "by the end of the year" before "next year"."""
    found: list[Time] = [
        time
        for start, end in spots
        for time in context.times
        if time.label is Label.DUE and start <= time.start and time.end <= end
    ]
    limits = [time for time in found if _LIMIT.match(context.text, time.start)] or found
    return context.date_range(limits[0]) if limits else None


def _last_day(context: Context, merged: Merged[Task]) -> DateRange | None:
    """Give the day to come that a task's words end with, as in "JS to lay the wreath – 11 November"."""
    meeting = context.document.meeting_date
    start, end = merged.main.start, merged.main.end
    found = [
        time
        for time in context.times
        if time.label is Label.DATE and start <= time.start and time.end <= end and meeting and time.first
        if time.last and time.last >= meeting and (end - time.end < 3 or context.text[time.end : time.end + 1] == ")")
    ]
    return context.date_range(found[-1]) if found else None
