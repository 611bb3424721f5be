"""Build extractions of invented councils by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

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
from minutes_miner.domain.source import Block, Document, DocumentRef, Notice, Page
from minutes_miner.domain.vocabulary import (
    Ballot,
    BlockRole,
    Kind,
    Manner,
    Outcome,
    Precision,
    Presence,
    Status,
    SumRole,
    WarningCode,
)
from minutes_miner.store import Store
from minutes_miner.store.tables import metadata

PIPELINE = "rules-1"

ASHCOMBE = """Ashcombe Town Council
Minutes of the Amenities Committee held on 14 March 2024

Present: Councillor I. Marrow (Chair). Apologies: Councillor T. Oddie.
Councillor P. Quill declared an interest in item 5 and left the room.

4. Minutes
RESOLVED that the minutes of the last meeting be approved.

5. Play area at Linden Green
The committee looked at three designs.

RESOLVED, by 5 votes to 2 with 1 abstention, that the potholes in the car park be filled and the play area be \
renewed at a cost of £784,000.00, of which £12,500 is a grant, by 30 June 2024.

It was agreed that the Clerk would write to the contractor by 30 June 2024.

6. Grants
RESOLVED that £2,500.10 be awarded to Linden Band. Voting for: Marrow; against: Quill.
"""


def at(hour: int) -> Callable[[], datetime]:
    """Give a clock that stands still."""
    return lambda: datetime(2026, 1, 5, hour, 30, tzinfo=UTC)


def evidence(text: str, quote: str, nth: int = 0) -> Evidence:
    """Find a quote in a text; it must be there."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Evidence(start, start + len(quote), quote, 1)


def within(text: str, words: str, quote: str) -> Evidence:
    """Find a quote in the words of a text that it belongs to."""
    return evidence(text, quote, text[: text.index(words)].count(quote) if quote in words else 0)


def money(text: str, quote: str, amount: str, currency: str = "GBP", role: SumRole | None = None) -> MoneyAmount:
    return MoneyAmount(evidence(text, quote), Decimal(amount), currency, role)


def ref_to(source: str, text: str, authority: str | None = None) -> DocumentRef:
    data = text.encode("utf-8", "surrogatepass")
    return DocumentRef(source, hashlib.sha256(data).hexdigest(), len(data), "text/plain", authority)


def record_id(text: str, words: str) -> str:
    return hashlib.sha256(f"{text}|{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def ashcombe(source: str = "minutes/ashcombe.txt", extra: str = "", authority: str | None = None) -> Extraction:
    """Build the meeting above with every kind of record; ``extra`` words make other bytes of it."""
    text = ASHCOMBE + extra
    grant, works = money(text, "£12,500", "12500"), money(text, "£784,000.00", "784000.00")
    due = DateRange(evidence(text, "30 June 2024"), date(2024, 6, 30), date(2024, 6, 30), Precision.DAY)
    area = decide(
        text,
        "the potholes in the car park be filled and the play area be renewed at a cost of £784,000.00, of which "
        "£12,500 is a grant, by 30 June 2024",
        item_number="5",
        item_title="Play area at Linden Green",
        vote=VoteEvent(Manner.COUNTED, 5, 2, 1, evidence=evidence(text, "by 5 votes to 2 with 1 abstention")),
        mover=Party("Cllr Marrow"),
        seconder=Party("Cllr Quill"),
        owners=(Party("Town Surveyor", role="Town Surveyor"),),
        due=due,
        money=(works, grant),
    )
    band = decide(
        text,
        "£2,500.10 be awarded to Linden Band",
        item_number="6",
        item_title="Grants",
        vote=VoteEvent(Manner.NAMED, named=(NamedVote("Marrow", Ballot.FOR), NamedVote("Quill", Ballot.AGAINST))),
        money=(money(text, "£2,500.10", "2500.10"),),
    )
    words = "the Clerk would write to the contractor by 30 June 2024"
    letter = Action(
        record_id(text, "action " + words),
        words,
        (evidence(text, words),),
        0.9,
        owners=(Party("the Clerk", role="Clerk"),),
        due=replace(due, evidence=evidence(text, "30 June 2024", 1)),
        decision_id=area.id,
        item_number="5",
        item_title="Play area at Linden Green",
    )
    document = Document(
        ref_to(source, text, authority),
        text,
        (Block(0, len(text), BlockRole.PARAGRAPH),),
        pages=(Page(1, 0, len(text), 595, 842),),
        title="Minutes of the Amenities Committee",
        authority=authority or "Ashcombe Town Council",
        committee="Amenities Committee",
        meeting_date=date(2024, 3, 14),
    )
    return Extraction(
        document,
        decisions=(
            decide(text, "the minutes of the last meeting be approved", item_title="Minutes", procedural=True),
            area,
            band,
        ),
        actions=(letter,),
        money=(works, grant, money(text, "£2,500.10", "2500.10")),
        dates=(DateRange(evidence(text, "14 March 2024"), date(2024, 3, 14), date(2024, 3, 14), Precision.DAY), due),
        interests=(Interest("Councillor P. Quill", evidence(text, "Councillor P. Quill declared an interest"), True),),
        attendance=(
            Attendance("I. Marrow", "Chair", Presence.PRESENT, evidence(text, "I. Marrow")),
            Attendance("T. Oddie", None, Presence.APOLOGIES, evidence(text, "T. Oddie")),
        ),
        notices=(Notice(WarningCode.VOTE_MISMATCH, "the names do not add up"),),
    )


def decide(text: str, words: str, **facts: Any) -> Decision:
    """Build a decision from words of a text."""
    known: dict[str, Any] = {"kind": Kind.APPROVE, "outcome": Outcome.CARRIED, "procedural": False, "confidence": 0.95}
    return Decision(record_id(text, words), words, (evidence(text, words),), **{**known, **facts})


def meeting(name: str, day: date | None, *clauses: str | tuple[str, dict[str, Any]], **facts: Any) -> Extraction:
    """Build a small meeting: each clause is a decision, with facts where it is a pair; sums are given as text."""
    pairs = [(clause, {}) if isinstance(clause, str) else clause for clause in clauses]
    text = f"{name}\n\n" + "\n\n".join(words for words, _ in pairs) + "\n"
    found = []
    for words, known in pairs:
        given = known.get("sums", ())
        sums = tuple(
            replace(money(text, quote, amount, role=next(iter(role), None)), evidence=within(text, words, quote))
            for quote, amount, *role in given
        )
        rest = {key: value for key, value in known.items() if key != "sums"}
        found.append(decide(text, words, money=sums, **rest))
    source = facts.pop("source", f"minutes/{name}-{day}.txt")
    document = Document(ref_to(source, text), text, (), authority=name, meeting_date=day, **facts)
    return Extraction(document, tuple(found), money=tuple(amount for one in found for amount in one.money))


def task(extraction: Extraction, words: str, due: date | None, owner: str, status: Status = Status.OPEN) -> Extraction:
    """Add an action whose words stand in the text already."""
    text = extraction.document.text
    found = evidence(text, words)
    when = DateRange(found, due, due, Precision.DAY) if due else None
    action = Action(record_id(text, "task " + words), words, (found,), 0.8, (Party(owner),), when, status=status)
    return replace(extraction, actions=(*extraction.actions, action))


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Read every table whole, run times included, in the order in which the rows lie."""
    with store.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


HOUSING = "that 12 new houses be built on Mill Lane"
SCHOOL = "that the school transport policy be deferred to the Children's Committee"
CAFE = "that the café on Ynys Môn be let for £500,000"
PENSION = "that £499,999.99 be paid into the pension fund"
LOST = "that the library be closed"
AREA = ashcombe().decisions[1].text
BAND = ashcombe().decisions[2].text
EVERYTHING = {HOUSING, SCHOOL, CAFE, PENSION, LOST, AREA, BAND}
