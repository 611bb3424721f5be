"""Telling whether a database has been written to, on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from minutes_miner.store import Store, freshness, open_store
from minutes_miner.store.freshness import Freshness


def test_the_state_changes_when_one_writes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "BELIEVED", 0.0)
    watched = Freshness(store)
    before = watched.read()
    assert before
    with store.write() as connection:
        connection.execute(text("INSERT INTO party_queue (scope) VALUES ('ashcombe')"))
    assert watched.read() != before


def test_the_state_of_a_file_stays_while_one_reads(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        watched = Freshness(store)
        before = watched.read()
        with store.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM documents")) == 0
        assert watched.read() == before


def test_a_server_is_not_asked_anew_at_once(store: Store) -> None:
    if store.url.startswith("sqlite"):
        assert Freshness(store).is_known()
        return
    watched = Freshness(store)
    assert not watched.is_known()
    watched.read()
    assert watched.is_known()
