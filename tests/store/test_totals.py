"""Totals of the money decided are what adding up the same sums by hand gives; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from council import PIPELINE, meeting
from sqlalchemy import update

from minutes_miner.domain.vocabulary import Kind, Outcome, SumRole
from minutes_miner.store import Store
from minutes_miner.store.search import DecisionFilter, Grouping, MoneyTotal, find_decisions, total_money
from minutes_miner.store.tables import decisions
from minutes_miner.store.tagging import retag

LIDO = "that £30,000 be set aside for the lido"
AGAIN = "that the Treasurer be authorised to spend the £30,000 on the lido"
GRANT = "that a grant of £500 be made to the band"
NOTED = "that the budget of £14,200,000 be noted"
REFUSED = "that a grant of £900 be refused"
SAVED = "that a saving of £7,000 be made"
EURO = "that €250.50 be paid for the ferry"
LOST = "that £4,000 be set aside for flags"


def by_role(words: str, quote: str, role: SumRole | None, **facts: object) -> tuple[str, dict[str, object]]:
    amount = quote.strip("£€").replace(",", "")
    return words, {"sums": [(quote, amount, role)], **facts}


@pytest.fixture
def filled(store: Store) -> Store:
    """Store two meetings of two councils."""
    first = meeting(
        "Ashcombe Town Council",
        date(2023, 5, 1),
        by_role(LIDO, "£30,000", SumRole.APPROVED, kind=Kind.APPROVE, item_number="7"),
        by_role(AGAIN, "£30,000", SumRole.APPROVED, kind=Kind.AUTHORISE, item_number="7"),
        by_role(GRANT, "£500", SumRole.GRANT, kind=Kind.APPROVE, item_number="8"),
        by_role(NOTED, "£14,200,000", SumRole.BUDGET, kind=Kind.NOTE, item_number="9"),
        by_role(REFUSED, "£900", SumRole.GRANT, kind=Kind.REFUSE, item_number="10"),
    )
    second = meeting(
        "Northmere County Council",
        date(2024, 5, 1),
        by_role(LIDO, "£30,000", None, kind=Kind.APPROVE, item_number="7"),
        by_role(SAVED, "£7,000", SumRole.SAVING, kind=Kind.AGREE, item_number="8"),
        by_role(LOST, "£4,000", SumRole.APPROVED, kind=Kind.APPROVE, outcome=Outcome.LOST, item_number="9"),
    )
    for extraction in (first, second):
        store.save(extraction, pipeline=PIPELINE)
    return store


def shown(totals: tuple[MoneyTotal, ...]) -> dict[str | None, tuple[int, Decimal]]:
    return {total.group: (total.count, total.total) for total in totals}


def test_each_sum_counts_once_an_item(filled: Store) -> None:
    (total,) = total_money(filled, DecisionFilter()).overall
    assert total == MoneyTotal(None, "GBP", 3, Decimal("60500.00"), Decimal("30000.00"), Decimal("30000.00"))


GROUPS = {
    "authority": {"Ashcombe Town Council": (2, "30500"), "Northmere County Council": (1, "30000")},
    "year": {"2023": (2, "30500"), "2024": (1, "30000")},
    "kind": {"approve": (3, "60500"), "authorise": (1, "30000")},
    "role": {"approved": (1, "30000"), "grant": (1, "500"), "saving": (1, "7000"), "unknown": (1, "30000")},
    "committee": {"unknown": (3, "60500")},
    "topic": {"unknown": (3, "60500")},
    "territory": {"unknown": (3, "60500")},
}


def test_groups_are_added_up_by_themselves(filled: Store) -> None:
    assert set(GROUPS) == set(Grouping)
    for by, expected in GROUPS.items():
        found = total_money(filled, DecisionFilter(), by=Grouping(by)).groups
        assert shown(found) == {name: (count, Decimal(total)) for name, (count, total) in expected.items()}, by
        assert [total.total for total in found] == sorted((total.total for total in found), reverse=True)


CHOSEN = [
    (DecisionFilter(query="band"), "500"),
    (DecisionFilter(query="authority:northmere"), "30000"),
    (DecisionFilter(kind=Kind.REFUSE), "900"),
    (DecisionFilter(query="kind:refuse kind:approve"), "61400"),
    (DecisionFilter(query="outcome:lost"), "4000"),
    (DecisionFilter(since=date(2024, 1, 1)), "30000"),
    (DecisionFilter(max_amount=Decimal(1000)), "500"),
    (DecisionFilter(query="lido", limit=1, offset=1), "60000"),
]


def test_a_filter_chooses_what_is_added_up(filled: Store) -> None:
    for wanted, total in CHOSEN:
        assert [one.total for one in total_money(filled, wanted).overall] == [Decimal(total)], wanted


def test_what_is_not_decided_adds_up_to_nothing(filled: Store) -> None:
    assert find_decisions(filled, DecisionFilter(query="kind:note mentions:>1m"))
    for query in ("noted", "nobody", "kind:note", "amount:>1m"):
        found = total_money(filled, DecisionFilter(query=query), by=Grouping.KIND)
        assert (found.overall, found.groups) == ((), ()), query


def test_currencies_are_kept_apart(filled: Store) -> None:
    words, facts = by_role(EURO, "€250.50", SumRole.PAYMENT, kind=Kind.APPROVE)
    found = meeting("Rathmore County Council", date(2024, 6, 1), (words, facts))
    paid = tuple(replace(money, currency="EUR") for money in found.money)
    filled.save(replace(found, decisions=(replace(found.decisions[0], money=paid),), money=paid), pipeline=PIPELINE)
    totals = total_money(filled, DecisionFilter()).overall
    assert [(one.currency, one.total) for one in totals] == [("GBP", Decimal(60500)), ("EUR", Decimal("250.50"))]


def test_copies_and_what_is_superseded_count_once(filled: Store) -> None:
    saved = filled.save(
        meeting("Ashcombe Town Council", date(2023, 5, 1), by_role(GRANT, "£500", SumRole.GRANT, kind=Kind.APPROVE)),
        pipeline=PIPELINE,
    )
    band = DecisionFilter(query="band", include_copies=True)
    assert [one.total for one in total_money(filled, band).overall] == [Decimal(500)]  # the source holds this now
    with filled.write() as connection:
        own = decisions.c.document_id == saved.document_id
        connection.execute(update(decisions).where(own).values(same_as="0" * 16))
        retag(connection, [saved.document_id])
    assert len(find_decisions(filled, band)) == 1
    assert total_money(filled, band).overall == ()


BEHIND = [
    ("role:spent", {LIDO, AGAIN, GRANT, REFUSED}),
    ("role:grant", {GRANT, REFUSED}),
    ("role:grant -kind:refuse", {GRANT}),
    ("role:saving", {SAVED}),
    ("role:unknown authority:northmere", {LIDO}),
    ("role:saving role:unknown", {SAVED, LIDO}),
    ("role:saving role:spent", set()),
    ("role:grant role:spent", {GRANT, REFUSED}),
    ("currency:gbp role:grant", {GRANT, REFUSED}),
    ("currency:EUR", set()),
    ('role:spent authority:"=northmere county COUNCIL"', {LIDO}),
    ('role:spent authority:"=Northmere"', set()),
    ('role:spent -authority:"=Northmere County Council"', {LIDO, AGAIN, GRANT, REFUSED}),
]


def test_the_sums_behind_a_total_can_be_searched_for(filled: Store) -> None:
    for query, words in BEHIND:
        found = find_decisions(filled, DecisionFilter(query=f"outcome:carried {query}"))
        assert {row.text for row in found} == words, query
