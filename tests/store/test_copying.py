"""A store that moves between databases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from council import PIPELINE, ashcombe, at, dump
from sqlalchemy import text

from minutes_miner.errors import StoreError
from minutes_miner.store import Store, open_store
from minutes_miner.store.copying import copy_store
from minutes_miner.store.search import ActionFilter, DecisionFilter, find_actions, find_decisions, search_decisions


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name another empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'copy.db'}"
    address: str = request.getfixturevalue("other_postgresql_url")
    return address


def test_a_copy_is_the_same_store(shire: Store, target: str) -> None:
    shire.save(replace(ashcombe(extra="Corrected.\n"), decisions=(), actions=()), pipeline=PIPELINE)
    shire.record_failure("scan.pdf", "needs OCR")
    wanted = DecisionFilter(query="be", limit=2)
    first = search_decisions(shire, wanted)
    assert first.next_token
    with open_store(target, clock=at(9)) as copy:
        counts = copy_store(shire, copy)
        assert counts["decisions"] == 8 and counts["documents"] == 5
        assert dump(copy) == dump(shire)
        assert copy.check() == []
        second = search_decisions(copy, wanted, after=first.next_token)
        assert second == search_decisions(shire, wanted, after=first.next_token) and second.rows


def test_a_copy_can_be_written_to(shire: Store, target: str) -> None:
    with open_store(target, clock=at(9)) as copy:
        copy_store(shire, copy)
        copy.save(ashcombe("minutes/again.txt", extra="Draft.\n"), pipeline=PIPELINE)
        assert len(find_decisions(copy, DecisionFilter(query="potholes"))) == 2
        assert len(find_actions(copy, ActionFilter(query="contractor"))) == 2
        assert copy.check() == []


def test_what_holds_something_is_not_copied_over(shire: Store, target: str) -> None:
    with open_store(target) as copy:
        copy.record_failure("scan.pdf", "needs OCR")
        with pytest.raises(StoreError, match="the database is not empty; name one that is not there yet"):
            copy_store(shire, copy)
        assert copy.info().rows["documents"] == 0 and copy.info().rows["sources"] == 1


def test_a_copy_that_was_cut_off_is_not_taken_for_a_whole_one(target: str) -> None:
    with pytest.raises(KeyboardInterrupt), open_store(target) as copy, copy.load():
        raise KeyboardInterrupt
    with pytest.raises(StoreError, match="a copy into this database was not finished; delete the database and copy"):
        open_store(target)


def test_loading_leaves_the_layout_as_it_was(store: Store) -> None:
    catalogue = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    if "postgresql" in store.address:
        catalogue = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    with store.read() as connection:
        before = connection.execute(text(catalogue)).all()
    with store.load():
        pass
    with store.read() as connection:
        assert connection.execute(text(catalogue)).all() == before and len(before) > 20
