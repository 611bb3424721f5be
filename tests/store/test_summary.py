"""The counts that describe a database."""

from __future__ import annotations

from decimal import Decimal

from council import PIPELINE, ashcombe

from minutes_miner.store import Store
from minutes_miner.store.failures import FailedSource, find_failures
from minutes_miner.store.search import count_records


def test_counts(shire: Store) -> None:
    shire.record_failure("scan.pdf", "needs OCR", size=10)
    shire.save(ashcombe("old.txt", extra="Draft.\n"), pipeline=PIPELINE)
    shire.save(ashcombe("old.txt"), pipeline=PIPELINE)
    counts = count_records(shire)
    assert (counts.documents, counts.superseded, counts.failures) == (4, 1, 1)
    assert counts.decisions == 8
    assert counts.by_kind == {"approve": 6, "agree": 1, "defer": 1}
    assert counts.by_outcome == {"carried": 7, "lost": 1}
    assert counts.by_authority == {"Northmere County Council": 4, "Ashcombe Town Council": 3, "Cyngor Ynys Wen": 1}
    assert (counts.actions, counts.actions_open, counts.actions_with_due, counts.actions_with_owner) == (1, 1, 1, 1)
    assert counts.sums == 5
    assert counts.totals == {"GBP": Decimal("1799000.09")}


def test_counts_of_an_empty_database(store: Store) -> None:
    counts = count_records(store)
    assert (counts.documents, counts.decisions, counts.by_kind, counts.totals) == (0, 0, {}, {})


def test_failures_are_listed_by_source(store: Store) -> None:
    assert find_failures(store) == []
    store.record_failure("scan.pdf", "needs OCR", size=10)
    store.record_failure("empty.pdf", "the file is empty", size=0)
    store.save(ashcombe(), pipeline=PIPELINE)
    assert find_failures(store) == [
        FailedSource("empty.pdf", "the file is empty"),
        FailedSource("scan.pdf", "needs OCR"),
    ]
    assert len(find_failures(store, limit=1)) == 1
