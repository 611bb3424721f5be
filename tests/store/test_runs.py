"""What is kept of runs, and what is told of the difference between two of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from council import PIPELINE, ashcombe
from sqlalchemy import select

from minutes_miner.domain.record import Extraction
from minutes_miner.domain.vocabulary import Kind
from minutes_miner.errors import StoreError
from minutes_miner.store import Store
from minutes_miner.store.fingerprint import fingerprints, read_fingerprints
from minutes_miner.store.runs import begin_run, compare_runs, end_run, find_run, list_runs
from minutes_miner.store.runtables import run_documents
from minutes_miner.store.tables import documents


def mine(store: Store, extraction: Extraction, pipeline: str = PIPELINE) -> int:
    run = begin_run(store, pipeline, {"jobs": 2})
    store.save_files([[extraction]], pipeline=pipeline, run=run)
    end_run(store, run, "finished", {"mined": 1})
    return run


def test_a_run_is_remembered_with_what_it_was_told(store: Store) -> None:
    first = mine(store, ashcombe(), "rules-1 / weights abc123 / topics 9")
    second = begin_run(store, PIPELINE, {})
    newest, older = list_runs(store)
    assert (older.id, older.state, older.model, older.options, older.counts, older.documents) == (
        first, "finished", "abc123", {"jobs": 2}, {"mined": 1}, 1,
    )  # fmt: skip
    assert (newest.id, newest.state, newest.ended, newest.documents) == (second, "running", None, 0)
    with store.read() as connection:
        assert connection.scalars(select(documents.c.run_id)).all() == [first]


def test_nothing_of_the_words_is_kept_beside_the_document(store: Store) -> None:
    mine(store, ashcombe())
    with store.read() as connection:
        kept = connection.scalars(select(run_documents.c.records)).one()
    assert len(kept.splitlines()) == len(ashcombe().decisions) + len(ashcombe().actions) > 2
    assert not any(word in kept for word in ("Clerk", "Linden", "potholes", "Marrow", "£"))
    assert [one.id for one in read_fingerprints(kept)][0] == ashcombe().decisions[0].id


def test_what_a_later_run_gained_lost_and_altered_is_told(store: Store) -> None:
    old = ashcombe()
    first, second = old.decisions[0], old.decisions[1]
    altered = replace(second, kind=Kind.REFER, owners=())
    new = replace(old, decisions=(altered, replace(first, id="f" * 16)), actions=())
    before = mine(store, old)
    after = mine(store, new, "rules-2")
    comparison, found = compare_runs(store, before, after)
    told = {(one.change, one.noun, one.id): one for one in found}
    assert comparison.documents == 1
    assert {(change, noun) for change, noun, _ in told} == {
        ("gained", "decision"), ("lost", "decision"), ("altered", "decision"), ("lost", "action"),
    }  # fmt: skip
    change = told["altered", "decision", second.id]
    assert change.what[0] == f"kind: {second.kind.value} → refer"
    assert change.quote == " ".join(second.mentions[0].quote.split())[:200]
    assert comparison.counts["decision", "altered"] == 1
    assert comparison.counts["action", "lost"] == len(old.actions)


def test_confidence_alone_is_no_change(store: Store) -> None:
    old = ashcombe()
    new = replace(old, decisions=tuple(replace(one, confidence=0.5) for one in old.decisions))
    assert fingerprints(old) == fingerprints(new)
    before, after = mine(store, old), mine(store, new, "rules-2")
    comparison, found = compare_runs(store, before, after)
    assert list(found) == []
    assert comparison.counts["decision", "same"] == len(old.decisions)


def test_a_run_that_was_stopped_and_the_one_that_went_on_count_as_one(store: Store) -> None:
    before = mine(store, ashcombe())
    begin_run(store, PIPELINE, {})
    going_on = begin_run(store, PIPELINE, {})
    after = mine(store, ashcombe(), "rules-2")
    for run in (before, going_on):
        comparison, found = compare_runs(store, run, after)
        assert list(found) == []
        assert comparison.documents == 1


def test_runs_that_are_not_there_or_the_wrong_way_round_are_refused(store: Store) -> None:
    run = mine(store, ashcombe())
    with pytest.raises(StoreError, match="no run 77"):
        find_run(store, 77)
    with pytest.raises(StoreError, match="not later"):
        compare_runs(store, run, run)
