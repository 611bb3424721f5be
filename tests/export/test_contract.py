"""The extraction contract, key by key, on an extraction built by hand."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import pytest

from minutes_miner.domain.record import (
    Action,
    Attendance,
    DateRange,
    Decision,
    Evidence,
    Extraction,
    Interest,
    MoneyAmount,
    NamedVote,
    Party,
    VoteEvent,
)
from minutes_miner.domain.source import Document, DocumentRef, Notice
from minutes_miner.domain.vocabulary import Ballot, Kind, Manner, Outcome, Precision, Presence, WarningCode
from minutes_miner.export.contract import JsonlWriter, JsonWriter, as_contract, failure_as_contract

TEXT = (
    "RESOLVED: that £1,250.5 be paid for the bandstand roof. The Clerk will write to the builder by June 2031. "
    "For: 4, against: 1. Cllr Pennyfeather declared an interest and left. Present: Cllr Oduya (Chair)."
)


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(start, start + len(quote), quote, page_number=2)


@pytest.fixture
def extraction() -> Extraction:
    ref = DocumentRef("minutes/£.txt", "ab" * 32, len(TEXT), "text/plain", "Vale of Thorne")
    notice = Notice(WarningCode.ENCODING, "two bytes were no UTF-8")
    money = MoneyAmount(evidence("£1,250.5"), Decimal("1250.5"), "GBP")
    due = DateRange(evidence("June 2031"), date(2031, 6, 1), date(2031, 6, 30), Precision.MONTH)
    named = (NamedVote("Cllr Oduya", Ballot.FOR), NamedVote("Cllr Pennyfeather", Ballot.ABSTAIN))
    decision = Decision(
        id="0123456789abcdef",
        text="that £1,250.5 be paid for the bandstand roof",
        mentions=(evidence("that £1,250.5 be paid for the bandstand roof"),),
        kind=Kind.APPROVE,
        outcome=Outcome.CARRIED,
        procedural=False,
        confidence=0.9,
        item_number="7",
        item_title="Bandstand",
        decision_maker="Council",
        vote=VoteEvent(Manner.COUNTED, 4, 1, None, named, evidence("For: 4, against: 1")),
        mover=Party("Cllr Oduya"),
        money=(money,),
    )
    return Extraction(
        Document(ref, TEXT, (), title="Minutes", meeting_date=date(2031, 5, 7), notices=(notice,)),
        (decision,),
        (
            Action(
                "fedcba9876543210",
                "The Clerk will write to the builder by June 2031",
                (evidence("The Clerk will write to the builder by June 2031"),),
                0.8,
                (Party("The Clerk", role="Clerk"),),
                due,
                decision.id,
            ),
        ),
        (money,),
        (due,),
        (Interest("Cllr Pennyfeather", evidence("Cllr Pennyfeather declared an interest and left"), True),),
        (Attendance("Cllr Oduya", "Chair", Presence.PRESENT, evidence("Cllr Oduya (Chair)")),),
        (notice,),
    )


def test_a_document_and_its_meeting(extraction: Extraction) -> None:
    found = as_contract(extraction)
    assert found["document"] == {
        "source": "minutes/£.txt",
        "sha256": "ab" * 32,
        "media_type": "text/plain",
        "title": "Minutes",
    }
    assert (found["authority"], found["committee"], found["meeting_date"]) == ("Vale of Thorne", None, "2031-05-07")


def test_a_decision(extraction: Extraction) -> None:
    (decision,) = as_contract(extraction)["decisions"]  # type: ignore[misc, attr-defined]
    assert decision == {
        "id": "0123456789abcdef",
        "text": "that £1,250.5 be paid for the bandstand roof",
        "mentions": [
            {"start": 10, "end": 54, "text": "that £1,250.5 be paid for the bandstand roof", "page_number": 2}
        ],
        "item_number": "7",
        "item_title": "Bandstand",
        "kind": "approve",
        "outcome": "carried",
        "procedural": False,
        "decision_maker": "Council",
        "vote": {
            "manner": "counted",
            "for": 4,
            "against": 1,
            "abstain": None,
            "named": [{"person": "Cllr Oduya", "ballot": "for"}, {"person": "Cllr Pennyfeather", "ballot": "abstain"}],
            "text": "For: 4, against: 1",
        },
        "mover": "Cllr Oduya",
        "seconder": None,
        "reason": None,
        "alternatives": None,
        "call_in": None,
        "portfolio_holder": None,
        "owners": [],
        "due": None,
        "money": ["1250.50"],
        "confidence": 0.9,
    }


def test_an_action(extraction: Extraction) -> None:
    (action,) = as_contract(extraction)["actions"]  # type: ignore[misc, attr-defined]
    assert action["owners"] == [{"text": "The Clerk", "name": None, "role": "Clerk"}]
    assert action["due"] == {"text": "June 2031", "from": "2031-06-01", "to": "2031-06-30", "precision": "month"}
    assert (action["decision_id"], action["status"]) == ("0123456789abcdef", "open")


def test_sums_dates_interests_and_attendance(extraction: Extraction) -> None:
    found = json.loads(json.dumps(as_contract(extraction)))
    assert [(m["text"], m["amount"], m["currency"]) for m in found["money"]] == [("£1,250.5", "1250.50", "GBP")]
    assert [(d["text"], d["from"], d["to"]) for d in found["dates"]] == [("June 2031", "2031-06-01", "2031-06-30")]
    assert all(TEXT[m["start"] : m["end"]] == m["text"] for m in found["money"] + found["dates"])
    assert [(i["person"], i["withdrew"]) for i in found["interests"]] == [("Cllr Pennyfeather", True)]
    assert found["attendance"] == [{"person": "Cllr Oduya", "role": "Chair", "status": "present"}]


def test_a_warning_of_document_and_extraction_is_given_once(extraction: Extraction) -> None:
    assert as_contract(extraction)["warnings"] == [{"code": "encoding", "message": "two bytes were no UTF-8"}]


def test_json_lines_hold_one_object_each(extraction: Extraction) -> None:
    stream = io.StringIO()
    JsonlWriter().write([extraction, extraction], stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(as_contract(extraction)))] * 2
    assert "£" in lines[0]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(extraction: Extraction, count: int) -> None:
    stream = io.StringIO()
    JsonWriter().write([extraction] * count, stream)
    assert json.loads(stream.getvalue()) == [json.loads(json.dumps(as_contract(extraction)))] * count


def test_a_failure_names_its_document() -> None:
    assert failure_as_contract("a.pdf", "broken") == {"document": {"source": "a.pdf"}, "error": "broken"}
