"""Every older layout is brought up whole; who is killed on the way leaves one that the next can bring up."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from council import PIPELINE, ashcombe
from sqlalchemy import event, inspect, select, text

from minutes_miner.store import Store, open_store
from minutes_miner.store.connection import WRITES, connect
from minutes_miner.store.migrations import HEAD
from minutes_miner.store.schema import read_revision, upgrade
from minutes_miner.store.search import DecisionFilter, find_decisions, total_money
from minutes_miner.store.tables import decided_sums, decisions, facet_values
from minutes_miner.store.tagging import retag

KILLED = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from minutes_miner.store import open_store

@event.listens_for(Engine, "before_cursor_execute")
def on_statement(connection, cursor, statement, *others):
    if statement.strip().startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

open_store(sys.argv[1])
"""


def take_down(url: str, revision: str) -> None:
    engine = connect(url, wait_s=5)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        command.downgrade(configured(connection), revision)
    engine.dispose()


def configured(connection: Any = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "minutes_miner.store:migrations")
    config.attributes["connection"] = connection
    return config


def older() -> Iterator[str]:
    for script in ScriptDirectory.from_config(configured()).walk_revisions():
        if script.revision != HEAD:
            yield script.revision


def tagged(store: Store) -> dict[str, set[str]]:
    with store.read() as connection:
        return {row.id: set(row.tags.split()) for row in connection.execute(select(decisions.c.id, decisions.c.tags))}


def test_every_older_layout_gets_the_tags_of_the_newest(url: str) -> None:
    words = DecisionFilter(query="potholes OR play")
    with open_store(url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        before = tagged(store)
        first = find_decisions(store, DecisionFilter(include_procedural=True))
        spoken = [row.id for row in find_decisions(store, words)]
        assert spoken and len(before) >= 3 and all(before.values())
    for revision in older():
        take_down(url, revision)
        if revision >= "0004":
            spoil(url)
        with open_store(url) as store:
            assert tagged(store) == before, revision
            assert_whole(store)
            found = find_decisions(store, DecisionFilter(include_procedural=True))
            assert [row.id for row in found] == [row.id for row in first], revision
            assert [row.id for row in find_decisions(store, words)] == spoken, revision


def spoil(url: str) -> None:
    """Leave the tags as a layout has them that knew fewer of them."""
    engine = connect(url, wait_s=5)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if connection.scalar(text("SELECT version_num FROM schema_version")) < "0008":
            connection.execute(text("UPDATE decisions SET tags = 'old'"))
    engine.dispose()


def assert_whole(store: Store) -> None:
    """Writing the tags once more changes nothing, and the index of words has them."""
    assert store.check() == []
    told = select(decided_sums).order_by(decided_sums.c.number, decided_sums.c.position)
    with store.write() as connection:
        before = connection.execute(told).all()
        known = set(connection.scalars(select(facet_values.c.tag)))
        retag(connection)
        assert connection.execute(told).all() == before
        assert before and known and set(connection.scalars(select(facet_values.c.tag))) == known
    assert find_decisions(store, DecisionFilter(authority="ashcombe", include_procedural=True))
    assert total_money(store, DecisionFilter()).overall


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE parties", "UPDATE decisions SET tags", f"UPDATE schema_version SET version_num='{HEAD}'"],
)
def test_who_is_killed_on_the_way_leaves_what_the_next_one_brings_up(url: str, statement: str) -> None:
    with open_store(url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        before = tagged(store)
    take_down(url, "0004")
    spoil(url)
    done = subprocess.run([sys.executable, "-c", KILLED, url, statement], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    engine = connect(url, wait_s=5)
    with engine.connect() as connection:
        assert read_revision(connection) == "0004"
        assert not inspect(connection).has_table("parties")
    engine.dispose()
    with open_store(url) as store:
        assert tagged(store) == before
        assert_whole(store)


def test_tags_are_written_only_where_a_migration_asks(url: str) -> None:
    with open_store(url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
    for revision, times in (("0008", 0), ("0007", 1), ("0003", 1)):
        take_down(url, revision)
        statements: list[str] = []
        engine = connect(url, wait_s=5)
        event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        assert upgrade(engine) == HEAD
        engine.dispose()
        assert len([one for one in statements if one.startswith("SELECT decisions.id, decisions.document_id")]) == times
