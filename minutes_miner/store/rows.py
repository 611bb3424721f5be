"""Turn an extraction into the rows of each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from minutes_miner.domain.record import Action, DateRange, Decision, Evidence, Extraction, MoneyAmount, Party, VoteEvent
from minutes_miner.store.columns import LARGEST_AMOUNT, tidy_amount
from minutes_miner.store.connection import UnstorableError
from minutes_miner.store.query import fold

Row = dict[str, Any]

_LONGEST_NAME = 300
"""Characters of an authority's or committee's name: more is a misread page, and too long for an index."""


def document_id(sha256: str) -> str:
    """Give the id of the document with a digest."""
    return sha256[:16]


def document_row(extraction: Extraction, *, pipeline: str, mined_at: str) -> Row:
    """Give the row of ``documents``."""
    document = extraction.document
    return {
        "id": document_id(document.ref.sha256),
        "sha256": document.ref.sha256,
        "media_type": document.ref.media_type,
        "size": document.ref.size,
        "title": document.title,
        "authority": cut_name(document.authority),
        "committee": cut_name(document.committee),
        "territory": document.territory,
        "meeting_date": document.meeting_date,
        "character_count": len(document.text),
        "page_count": len(document.pages),
        "pipeline": pipeline,
        "mined_at": mined_at,
        "is_current": True,
        "text": document.text,
    }


def record_rows(extraction: Extraction) -> dict[str, list[Row]]:
    """Give the rows of every table of records, by the table's name, but for what decisions decide.

    Raises:
        UnstorableError: a sum is no number, or larger than any real one.
    """
    sums = _distinct_sums(extraction)
    notices = dict.fromkeys((*extraction.document.notices, *extraction.notices))
    tables: dict[str, Iterable[Row]] = {
        "decisions": map(_decision, extraction.decisions),
        "actions": map(_action, extraction.actions),
        "mentions": _mentions(extraction),
        "owners": _owners(extraction),
        "named_votes": _named_votes(extraction),
        "decision_topics": _topics(extraction),
        "sums": map(_sum, sums),
        "decision_sums": _decision_sums(extraction, sums),
        "dates": map(_date, extraction.dates),
        "interests": (
            {"person": found.person, "withdrew": found.withdrew, **_evidence(found.evidence)}
            for found in extraction.interests
        ),
        "attendance": (
            {"person": found.person, "role": found.role, "status": found.status.value, **_evidence(found.evidence)}
            for found in extraction.attendance
        ),
        "warnings": ({"code": notice.code.value, "message": notice.message} for notice in notices),
    }
    owner = {"document_id": document_id(extraction.document.ref.sha256)}
    return {name: [{"position": n, **row, **owner} for n, row in enumerate(rows)] for name, rows in tables.items()}


def _decision(decision: Decision) -> Row:
    largest = max(decision.money, key=_amount, default=None)
    smallest = min((money.amount for money in decision.money), default=None)
    return {
        "id": decision.id,
        "item_number": decision.item_number,
        "item_title": decision.item_title,
        "text": decision.text,
        "kind": decision.kind.value,
        "outcome": decision.outcome.value,
        "procedural": decision.procedural,
        "decision_maker": decision.decision_maker,
        **_vote(decision.vote),
        "mover": decision.mover.text if decision.mover else None,
        "seconder": decision.seconder.text if decision.seconder else None,
        "reason": decision.reason,
        "alternatives": decision.alternatives,
        "call_in": decision.call_in,
        "portfolio_holder": decision.portfolio_holder,
        "owners": _join(party.text for party in decision.owners),
        **_due(decision.due),
        "sums": _join(f"{tidy_amount(money.amount):f} {money.currency}" for money in decision.money),
        "largest_amount": largest.amount if largest else None,
        "smallest_amount": smallest,
        "currency": largest.currency if largest else None,
        "confidence": decision.confidence,
        "topics": _join(score.code for score in decision.topics),
    }


def _amount(money: MoneyAmount) -> Decimal:
    return money.amount


def _action(action: Action) -> Row:
    return {
        "id": action.id,
        "item_number": action.item_number,
        "item_title": action.item_title,
        "text": action.text,
        "owners": _join(party.text for party in action.owners),
        **_due(action.due),
        "status": action.status.value,
        "decision_id": action.decision_id,
        "confidence": action.confidence,
    }


def _vote(vote: VoteEvent | None) -> Row:
    evidence = vote.evidence if vote else None
    return {
        "vote_manner": vote.manner.value if vote else None,
        "votes_for": vote.votes_for if vote else None,
        "votes_against": vote.votes_against if vote else None,
        "abstentions": vote.abstentions if vote else None,
        "vote_quote": evidence.quote if evidence else None,
        "vote_start": evidence.start if evidence else None,
        "vote_end": evidence.end if evidence else None,
    }


def _due(due: DateRange | None) -> Row:
    return {
        "due_text": due.evidence.quote if due else None,
        "due_from": due.first if due else None,
        "due_to": due.last if due else None,
        "due_start": due.evidence.start if due else None,
        "due_end": due.evidence.end if due else None,
    }


def _records(extraction: Extraction) -> Iterator[tuple[Row, Decision | Action]]:
    for decision in extraction.decisions:
        yield {"decision_id": decision.id, "action_id": None}, decision
    for action in extraction.actions:
        yield {"decision_id": None, "action_id": action.id}, action


def _mentions(extraction: Extraction) -> Iterator[Row]:
    for key, record in _records(extraction):
        for evidence in record.mentions:
            yield {**key, **_evidence(evidence)}


def _owners(extraction: Extraction) -> Iterator[Row]:
    for key, record in _records(extraction):
        for party in record.owners:
            yield {**key, "text": party.text, "name": party.name, "role": party.role, "search_key": _search_key(party)}


def _search_key(party: Party) -> str:
    return fold(" | ".join(part for part in (party.text, party.name, party.role) if part))


def _named_votes(extraction: Extraction) -> Iterator[Row]:
    for decision in extraction.decisions:
        for vote in decision.vote.named if decision.vote else ():
            yield {"decision_id": decision.id, "person": vote.person, "ballot": vote.ballot.value}


def _topics(extraction: Extraction) -> Iterator[Row]:
    for decision in extraction.decisions:
        for score in decision.topics:
            yield {"decision_id": decision.id, "topic": score.code, "confidence": score.confidence}


def _distinct_sums(extraction: Extraction) -> list[MoneyAmount]:
    """List every mention of a sum once, in the document's order."""
    found = (*extraction.money, *(money for decision in extraction.decisions for money in decision.money))
    known: dict[tuple[Evidence, Decimal, str], MoneyAmount] = {}
    for money in found:
        key = (money.evidence, money.amount, money.currency)
        known[key] = money if money.role else known.get(key, money)
    distinct = sorted(known.values(), key=lambda money: money.evidence)
    for money in distinct:
        if not money.amount.is_finite() or abs(money.amount) > LARGEST_AMOUNT:
            raise UnstorableError(
                f"{money.evidence.quote[:80]!r} is no sum that can be stored",
                where=extraction.document.ref.source,
                advice="nothing of this document was stored",
            )
    return distinct


def _sum(money: MoneyAmount) -> Row:
    role = money.role.value if money.role else None
    return {**_evidence(money.evidence), "amount": money.amount, "currency": money.currency, "role": role}


def _decision_sums(extraction: Extraction, sums: list[MoneyAmount]) -> Iterator[Row]:
    places = {(money.evidence, money.amount, money.currency): place for place, money in enumerate(sums)}
    for decision in extraction.decisions:
        for key in dict.fromkeys((money.evidence, money.amount, money.currency) for money in decision.money):
            yield {"decision_id": decision.id, "sum_position": places[key]}


def _date(found: DateRange) -> Row:
    precision = found.precision.value if found.precision else None
    return {**_evidence(found.evidence), "date_from": found.first, "date_to": found.last, "precision": precision}


def _evidence(evidence: Evidence) -> Row:
    return {
        "start_offset": evidence.start,
        "end_offset": evidence.end,
        "page_number": evidence.page_number,
        "quote": evidence.quote,
    }


def _join(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None


def cut_name(value: str | None) -> str | None:
    """Give as much of an authority's or committee's name as is stored."""
    return value[:_LONGEST_NAME] if value else None
