"""Corrected sums: searched, added up, shown and exported everywhere, beside what the document says, and lasting."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from council import PIPELINE, dump, meeting

from minutes_miner.domain.dataset import SUMS
from minutes_miner.domain.decided import SPENT
from minutes_miner.domain.record import Extraction
from minutes_miner.domain.vocabulary import Kind, SumRole
from minutes_miner.errors import StoreError
from minutes_miner.store import Store
from minutes_miner.store.corrections import Author, correct, find_corrections, find_in_force, undo
from minutes_miner.store.export import open_selection
from minutes_miner.store.search import DecisionFilter, find_decisions, get_record, total_money

ME = Author("the table was misread", "A. Clerk")
HALL, ROOF, PATH = (
    "that £12,500 be granted to the hall, up to a limit of £900",
    "that the roof be mended",
    "that £4,321.50 be paid for the path",
)

Sums = list[tuple[Decimal, str | None]]


def found() -> Extraction:
    return meeting(
        "Ashcombe Town Council",
        date(2024, 5, 1),
        (
            HALL,
            {
                "kind": Kind.APPROVE,
                "item_title": "Hall",
                "sums": [("£12,500", "12500", SumRole.GRANT), ("£900", "900", SumRole.THRESHOLD)],
            },
        ),
        (ROOF, {"kind": Kind.AGREE, "item_title": "Roof"}),
        (PATH, {"kind": Kind.APPROVE, "item_title": "Path", "sums": [("£4,321.50", "4321.50", SumRole.PAYMENT)]}),
    )


HALL_ID, ROOF_ID, PATH_ID = (one.id for one in found().decisions)


@pytest.fixture
def council(store: Store) -> Store:
    store.save(found(), pipeline=PIPELINE)
    return store


def sums_of(store: Store, record: str) -> list[tuple[Decimal, str, str | None, str]]:
    return [(one.amount, one.currency, one.role, one.evidence.quote) for one in get_record(store, record).sums]


def ids(store: Store, query: str) -> set[str]:
    return {row.id for row in find_decisions(store, DecisionFilter(query=query))}


def total(store: Store) -> Decimal:
    return sum((one.total for one in total_money(store, DecisionFilter()).overall), Decimal(0))


def test_an_amount_is_corrected_and_found_by(council: Store) -> None:
    assert HALL_ID in ids(council, "amount:>10000") and total(council) == Decimal("16821.50")
    (entry,) = correct(council, HALL_ID[:9], "sums", "£1,250 grant; £900 threshold", author=ME)
    assert (entry.old, entry.new) == (
        "12500.00 GBP grant; 900.00 GBP threshold",
        "1250.00 GBP grant; 900.00 GBP threshold",
    )
    assert entry.source == entry.old
    assert ids(council, "amount:>10000") == set() and ids(council, "amount:1250") == {HALL_ID}
    assert ids(council, "mentions:>10000") == set() and ids(council, "mentions:900") == {HALL_ID}
    assert total(council) == Decimal("5571.50")
    assert sums_of(council, HALL_ID) == [
        (Decimal("1250.00"), "GBP", SumRole.GRANT, "£12,500"),  # the quote is what the document says
        (Decimal("900.00"), "GBP", SumRole.THRESHOLD, "£900"),
    ]
    (row,) = find_decisions(council, DecisionFilter(query="amount:1250"))
    assert (row.corrected, row.sums, row.largest_amount) == ("sums", "1250.00 GBP; 900.00 GBP", Decimal(1250))
    assert [one.field for one in find_in_force(council, row)] == ["sums"]
    with open_selection(council, DecisionFilter()) as selection:
        told = {(one["decision_id"], one["amount"], one["role"]) for one in selection.rows(SUMS)}
    assert told == {
        (HALL_ID, Decimal("1250.00"), "grant"),
        (HALL_ID, Decimal("900.00"), "threshold"),
        (PATH_ID, Decimal("4321.50"), "payment"),
    }
    assert council.check() == []


def test_a_role_is_corrected(council: Store) -> None:
    correct(council, PATH_ID, "sums", "4321.50 saving", author=ME)
    assert ids(council, "role:saving") == {PATH_ID} and total(council) == Decimal(12500)
    with pytest.raises(StoreError, match="already"):
        correct(council, PATH_ID, "sums", "£4,321.50 saving", author=ME)


def test_sums_are_added_and_removed_and_all_is_undone(council: Store) -> None:
    before = dump(council)
    (added,) = correct(council, ROOF_ID, "sums", "2k contract; 300 EUR", author=ME)
    assert sums_of(council, ROOF_ID) == [
        (Decimal(2000), "GBP", SumRole.CONTRACT, ROOF),
        (Decimal(300), "EUR", None, ROOF),
    ]
    assert {one.currency: one.total for one in total_money(council, DecisionFilter()).overall} == {
        "GBP": Decimal("18821.50"),
        "EUR": Decimal(300),
    }
    (removed,) = correct(council, HALL_ID, "sums", "none", author=ME)
    assert (removed.new, sums_of(council, HALL_ID)) == (None, [])
    assert ids(council, "amount:>0") == {ROOF_ID, PATH_ID}
    for entry in (added, removed):
        undo(council, entry.number, author=ME)
    after = dump(council)
    for table in ("decisions", "decided_sums"):
        assert after[table] == before[table]
    assert sums_of(council, HALL_ID)[0] == (Decimal(12500), "GBP", SumRole.GRANT, "£12,500")
    assert council.check() == [] and all(one.undone_at for one in find_corrections(council))


def test_what_is_mined_again_keeps_its_sums(council: Store) -> None:
    correct(council, HALL_ID, "sums", "£1,250 grant", author=ME)
    correct(council, ROOF_ID, "sums", "2m approved", author=ME)
    shown = [sums_of(council, one) for one in (HALL_ID, ROOF_ID)]
    expected = Decimal("1250") + Decimal(2_000_000) + Decimal("4321.50")
    assert total(council) == expected
    for pipeline in (PIPELINE, "rules-2"):
        council.save(found(), pipeline=pipeline, replace=True)
        assert [sums_of(council, one) for one in (HALL_ID, ROOF_ID)] == shown
        assert total(council) == expected and ids(council, "amount:>1m") == {ROOF_ID}
        assert council.check() == []
    (entry,) = find_corrections(council, record_id=HALL_ID)
    assert entry.source == "12500.00 GBP grant; 900.00 GBP threshold"
    undo(council, entry.number, author=ME)
    assert sums_of(council, HALL_ID)[0] == (Decimal(12500), "GBP", SumRole.GRANT, "£12,500")
    assert council.check() == []


def spent(model: Mapping[str, Sums]) -> Decimal:
    """Add up what is spent, in plain Python: of decisions that settle something, what is no limit and no saving."""
    return sum(
        (amount for told in model.values() for amount, role in told if (SumRole(role) if role else None) in SPENT),
        Decimal(0),
    )


def test_after_any_correction_totals_are_those_of_the_records(council: Store) -> None:
    model: dict[str, Sums] = {
        HALL_ID: [(Decimal(12500), "grant"), (Decimal(900), "threshold")],
        ROOF_ID: [],
        PATH_ID: [(Decimal("4321.50"), "payment")],
    }
    rng = random.Random(7)
    fresh = iter(range(10_001, 99_999, 17))  # no sum twice: sums that are equal count once
    numbers: list[tuple[int, str, Sums]] = []
    for step in range(14):
        record = rng.choice(list(model))
        roles = [rng.choice([None, "grant", "payment", "threshold", "saving", "rate"]) for _ in range(rng.randrange(4))]
        told: Sums = [(Decimal(next(fresh)) / 4, role) for role in roles]
        if told == model[record]:
            continue
        value = "; ".join(f"{amount} {role or ''}" for amount, role in told) or "none"
        (entry, *_) = correct(council, record, "sums", value, author=ME)
        numbers.append((entry.number, record, model[record]))
        model[record] = told
        if step % 5 == 4:
            number, record, earlier = numbers.pop()
            undo(council, number, author=ME)
            model[record] = earlier
        if step % 6 == 5:
            council.save(found(), pipeline=PIPELINE, replace=True)
        assert total(council) == spent(model), (step, record, value)
        for one, expected in model.items():
            assert [(amount, role) for amount, _, role, _ in sums_of(council, one)] == expected
        assert ids(council, "mentions:>0") == {one for one, sums in model.items() if sums}
    assert council.check() == [] and len(numbers) > 5


def test_what_is_no_sum_is_refused(council: Store) -> None:
    for value in ("twelve pounds", "£-5", "£5 gift", "1,00", "£5 EUR", ";", "1e9", "£", "9" * 30, "nan", "5 grant 6"):
        with pytest.raises(StoreError, match="sums can't be .*it takes"):
            correct(council, HALL_ID, "sums", value, author=ME)
    assert find_corrections(council) == []
