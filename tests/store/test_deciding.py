"""Which sums of a document are one sum told again: only what the words tell, and otherwise once an item."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from council import PIPELINE, meeting

from minutes_miner.domain.vocabulary import Kind, SumRole
from minutes_miner.store import Store
from minutes_miner.store.search import DecisionFilter, Grouping, total_money

BAND = "that a grant of £500 be made to the town band"
CHOIR = "that a grant of £500 be made to the choir"
PLAYERS = "that £500 be given to the Band for new music"
AGAIN = "that the £500 be paid to the Treasurer in May"
ONCE_MORE = "that the budget provide £500"
REPORT = "that £500 be spent as report CAB/24/017 proposes"
LATER = "that the Clerk spend the £500 of report CAB/24/017"
OTHER = "that £500 be spent as report CAB/24/018 proposes"

CASES: dict[str, tuple[int, list[tuple[str, str | None, str | None]]]] = {
    "one item": (1, [(BAND, "7", "Grants"), (ONCE_MORE, "7", "Grants")]),
    "two recipients": (2, [(BAND, "7", "Grants"), (CHOIR, "7", "Grants")]),
    "one recipient in other words": (1, [(BAND, "7", "Grants"), (PLAYERS, "7", "Grants")]),
    "told before": (1, [(BAND, "7", "Grants"), (AGAIN, "7", "Grants")]),
    "told before beside two": (2, [(BAND, "7", "Grants"), (CHOIR, "7", "Grants"), (AGAIN, "7", "Grants")]),
    "two items": (2, [(BAND, "7", "Grants"), (ONCE_MORE, "8", "Budget")]),
    "two items of one title": (1, [(BAND, "7", "The band's hut"), (ONCE_MORE, "12", "The Band’s Hut")]),
    "two items of one report": (1, [(REPORT, "7", "Paths"), (LATER, "9", "Finance")]),
    "two reports": (2, [(REPORT, "7", "Paths"), (OTHER, "9", "Finance")]),
    "no item": (1, [(BAND, None, None), (ONCE_MORE, None, None)]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_sum_counts_as_often_as_the_words_tell(store: Store, case: str) -> None:
    count, told = CASES[case]
    found: list[tuple[str, dict[str, Any]]] = [
        (words, {"sums": [("£500", "500", SumRole.APPROVED)], "item_number": number, "item_title": title})
        for words, number, title in told
    ]
    store.save(meeting("Ashcombe Town Council", date(2024, 5, 1), *found), pipeline=PIPELINE)
    for by in Grouping:
        totals = total_money(store, DecisionFilter(), by=by)
        assert [(one.count, one.total) for one in totals.overall] == [(count, Decimal(500 * count))]
        assert sum(one.count for one in totals.groups) == count


def test_what_a_filter_leaves_out_hides_no_other(store: Store) -> None:
    facts = {"sums": [("£500", "500", SumRole.GRANT)], "item_number": "7"}
    refused = ("that a grant of £500 be refused", {**facts, "kind": Kind.REFUSE})
    made = ("that a grant of £500 be made", {**facts, "kind": Kind.APPROVE})
    store.save(meeting("Ashcombe Town Council", date(2024, 5, 1), refused, made), pipeline=PIPELINE)
    for query, count in (("", 1), ("kind:refuse", 1), ("made", 1), ("kind:refuse kind:approve", 1), ("music", 0)):
        totals = total_money(store, DecisionFilter(query=query or None)).overall
        assert sum(one.count for one in totals) == count, query
