"""A database of three invented decisions and two actions, built by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from click.testing import Result

from minutes_miner.domain.record import Action, DateRange, Decision, Evidence, Extraction, MoneyAmount, Party, VoteEvent
from minutes_miner.domain.source import Document, DocumentRef
from minutes_miner.domain.vocabulary import Kind, Manner, Outcome, Precision, Status
from minutes_miner.store import open_store

Run = Callable[..., Result]
"""Run a command and give its answer."""

TEXT = """Quarrendon Town Council, 6 May 2024

RESOLVED: that the quotation of £12,500.00 for the lido's boiler be accepted.
The Clerk will order it by 31 May 2024.

A motion to sell the lido for £900,000 was put and LOST, 3 for and 8 against.

The minutes of 8 April were approved. The Mayor will thank the volunteers in due course.
"""
BOILER, SALE, EARLIER = "b01e0000000000aa", "5a1e0000000000bb", "ea11000000000cc0"
ORDER, THANKS = "0bde0000000000dd", "7a0000000000000e"


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(start, start + len(quote), quote, 1)


def decision(record_id: str, quote: str, kind: Kind, sums: tuple[MoneyAmount, ...] = (), **facts: object) -> Decision:
    wanted: dict[str, object] = {"outcome": Outcome.CARRIED, "procedural": False, "confidence": 0.9, **facts}
    return Decision(record_id, quote, (evidence(quote),), kind, money=sums, **wanted)  # type: ignore[arg-type]


def build() -> Extraction:
    ref = DocumentRef("minutes/may.txt", "ab" * 32, len(TEXT), "text/plain")
    council, day = "Quarrendon Town Council", date(2024, 5, 6)
    document = Document(ref, TEXT, (), title="Minutes", authority=council, meeting_date=day)
    price = MoneyAmount(evidence("£12,500.00"), Decimal("12500"), "GBP")
    value = MoneyAmount(evidence("£900,000"), Decimal("900000"), "GBP")
    due = DateRange(evidence("31 May 2024"), date(2024, 5, 31), date(2024, 5, 31), Precision.DAY)
    vote = VoteEvent(Manner.COUNTED, 3, 8, evidence=evidence("3 for and 8 against"))
    boiler = "that the quotation of £12,500.00 for the lido's boiler be accepted"
    order, thanks = "The Clerk will order it by 31 May 2024", "The Mayor will thank the volunteers in due course"
    return Extraction(
        document,
        decisions=(
            decision(BOILER, boiler, Kind.AGREE, (price,)),
            decision(SALE, "to sell the lido for £900,000", Kind.AGREE, (value,), outcome=Outcome.LOST, vote=vote),
            decision(EARLIER, "The minutes of 8 April were approved", Kind.APPROVE, procedural=True),
        ),
        actions=(
            Action(ORDER, order, (evidence(order),), 0.8, (Party("The Clerk", role="Clerk"),), due, BOILER),
            Action(THANKS, thanks, (evidence(thanks),), 0.7, (Party("The Mayor"),), status=Status.OPEN),
        ),
        money=(price, value),
        dates=(due,),
    )


def fill_database(path: Path) -> None:
    """Make a database that holds the extraction and one file that failed."""
    with open_store(f"sqlite:///{path}") as store:
        store.save(build(), pipeline="en_test 1.0")
        store.record_failure("minutes/scan.pdf", "the pages have no text layer", size=10, sha256=None)
