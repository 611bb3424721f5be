"""Turn extractions into the objects of the extraction contract and write them as JSON or JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO

from minutes_miner.domain.record import (
    Action,
    Attendance,
    DateRange,
    Decision,
    Evidence,
    Extraction,
    Interest,
    MoneyAmount,
    Party,
    VoteEvent,
)
from minutes_miner.domain.source import Notice

Json = dict[str, object]
"""An object of JSON: text, numbers, booleans, None, lists and further objects."""


class JsonlWriter:
    """Write one object a line, each as soon as its extraction is there."""

    name = "jsonl"

    def write(self, extractions: Iterable[Extraction], stream: IO[str]) -> None:
        """Write every extraction to the stream, one at a time."""
        for extraction in extractions:
            stream.write(format_object(as_contract(extraction)) + "\n")


class JsonWriter:
    """Write one array of objects, indented for reading."""

    name = "json"

    def write(self, extractions: Iterable[Extraction], stream: IO[str]) -> None:
        """Write every extraction to the stream, one at a time."""
        stream.write("[")
        for count, extraction in enumerate(extractions):
            stream.write(",\n" if count else "\n")
            stream.write(json.dumps(as_contract(extraction), ensure_ascii=False, indent=2))
        stream.write("\n]\n")


def format_object(value: Json) -> str:
    """Give an object as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


def as_contract(extraction: Extraction) -> Json:
    """Give everything found in one document as an object of the extraction contract.

    Sums are text with two decimals in the currency's main unit, dates are ISO 8601, offsets count Unicode code
    points of the document's text, and what is unknown is None.
    """
    document = extraction.document
    return {
        "document": {
            "source": document.ref.source,
            "sha256": document.ref.sha256,
            "media_type": document.ref.media_type,
            "title": document.title,
        },
        "authority": document.authority or document.ref.authority,
        "committee": document.committee,
        "meeting_date": _day(document.meeting_date),
        "decisions": [_decision(decision) for decision in extraction.decisions],
        "actions": [_action(action) for action in extraction.actions],
        "money": [_money(money) for money in extraction.money],
        "dates": [{**_mention(found.evidence), **_ends(found)} for found in extraction.dates],
        "interests": [_interest(interest) for interest in extraction.interests],
        "attendance": [_attendance(attendance) for attendance in extraction.attendance],
        "warnings": [_warning(notice) for notice in dict.fromkeys(document.notices + extraction.notices)],
    }


def failure_as_contract(source: str, reason: str) -> Json:
    """Give the object that stands in place of a document that could not be mined."""
    return {"document": {"source": source}, "error": reason}


def format_amount(amount: Decimal) -> str:
    """Give a sum as text with two decimals, such as ``784000.00``."""
    return f"{amount:.2f}"


def _decision(decision: Decision) -> Json:
    return {
        "id": decision.id,
        "text": decision.text,
        "mentions": [_mention(mention) for mention in decision.mentions],
        "item_number": decision.item_number,
        "item_title": decision.item_title,
        "kind": decision.kind.value,
        "outcome": decision.outcome.value,
        "procedural": decision.procedural,
        "decision_maker": decision.decision_maker,
        "vote": _vote(decision.vote) if decision.vote else None,
        "mover": decision.mover.text if decision.mover else None,
        "seconder": decision.seconder.text if decision.seconder else None,
        "reason": decision.reason,
        "alternatives": decision.alternatives,
        "call_in": decision.call_in,
        "portfolio_holder": decision.portfolio_holder,
        "owners": [_party(owner) for owner in decision.owners],
        "due": _due(decision.due) if decision.due else None,
        "money": [format_amount(money.amount) for money in decision.money],
        "confidence": decision.confidence,
    }


def _action(action: Action) -> Json:
    return {
        "id": action.id,
        "text": action.text,
        "mentions": [_mention(mention) for mention in action.mentions],
        "item_number": action.item_number,
        "item_title": action.item_title,
        "owners": [_party(owner) for owner in action.owners],
        "due": _due(action.due) if action.due else None,
        "status": action.status.value,
        "decision_id": action.decision_id,
        "confidence": action.confidence,
    }


def _vote(vote: VoteEvent) -> Json:
    return {
        "manner": vote.manner.value,
        "for": vote.votes_for,
        "against": vote.votes_against,
        "abstain": vote.abstentions,
        "named": [{"person": named.person, "ballot": named.ballot.value} for named in vote.named],
        "text": vote.evidence.quote if vote.evidence else None,
    }


def _party(party: Party) -> Json:
    return {"text": party.text, "name": party.name, "role": party.role}


def _mention(evidence: Evidence) -> Json:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.quote,
        "page_number": evidence.page_number,
    }


def _money(money: MoneyAmount) -> Json:
    role = money.role.value if money.role else None
    return {**_mention(money.evidence), "amount": format_amount(money.amount), "currency": money.currency, "role": role}


def _due(due: DateRange) -> Json:
    return {"text": due.evidence.quote, **_ends(due)}


def _ends(found: DateRange) -> Json:
    precision = found.precision.value if found.precision else None
    return {"from": _day(found.first), "to": _day(found.last), "precision": precision}


def _interest(interest: Interest) -> Json:
    return {"person": interest.person, "text": interest.evidence.quote, "withdrew": interest.withdrew}


def _attendance(attendance: Attendance) -> Json:
    return {"person": attendance.person, "role": attendance.role, "status": attendance.status.value}


def _warning(notice: Notice) -> Json:
    return {"code": notice.code.value, "message": notice.message}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
