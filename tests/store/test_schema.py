"""What the tables, views and migrations are, and what is said of a database that can't be used."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from council import PIPELINE, ashcombe, meeting
from sqlalchemy import create_engine, event, inspect, text

from minutes_miner.errors import StoreError
from minutes_miner.store import Store, open_store
from minutes_miner.store.connection import WRITES, connect
from minutes_miner.store.migrations import HEAD, VERSION_TABLE
from minutes_miner.store.search import DecisionFilter, find_decisions
from minutes_miner.store.tables import metadata

DECISIONS_OVERVIEW = (
    "authority committee meeting_date item_number item_title decision kind outcome procedural decision_maker vote "
    "mover seconder sums decided_amount decided_currency largest_amount currency owners due due_from due_to reason "
    "topics corrected confidence source decision_id document_id"
).split()
ACTIONS_OVERVIEW = (
    "authority committee meeting_date item_number item_title action owners due due_from due_to status decision "
    "corrected confidence source action_id decision_id document_id"
).split()


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
        return not (kind == "table" and name and ("_fts" in name or name == VERSION_TABLE))

    def is_portable(item: Any, name: str | None, _kind: str, _reflected: bool, _other: Any) -> bool:
        return "search_vector" not in (name or "")  # the full-text index of PostgreSQL

    with store.read() as connection:
        options = {"compare_type": True, "include_name": is_ours, "include_object": is_portable}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert len(inspect(connection).get_table_names()) >= 15


def test_the_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "minutes_miner.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_filled_database_of_an_older_layout_is_brought_up_and_found_in(url: str) -> None:
    from alembic import command

    wanted = DecisionFilter(query="grant OR area OR minutes", include_procedural=True)
    with open_store(url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
        before = find_decisions(store, wanted)
    engine = connect(url, wait_s=1)
    config = Config()
    config.set_main_option("script_location", "minutes_miner.store:migrations")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
    engine.dispose()
    with open_store(url) as store:
        assert before
        assert find_decisions(store, wanted) == before
        assert find_decisions(store, DecisionFilter(authority="ashcombe", include_procedural=True))
        assert store.check() == []


def test_the_migrations_can_be_undone(url: str) -> None:
    from alembic import command

    with open_store(url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
    engine = connect(url, wait_s=1)
    config = Config()
    config.set_main_option("script_location", "minutes_miner.store:migrations")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == [VERSION_TABLE]
        assert inspect(connection).get_view_names() == []
    engine.dispose()


def test_the_columns_of_the_views(store: Store) -> None:
    with store.read() as connection:
        columns = {
            name: [column["name"] for column in inspect(connection).get_columns(name)]
            for name in inspect(connection).get_view_names()
        }
    assert columns["decisions_overview"] == DECISIONS_OVERVIEW
    assert columns["actions_overview"] == ACTIONS_OVERVIEW
    assert columns["sums_overview"][:5] == ["amount", "currency", "quote", "page_number", "role"]


def test_the_views_read_well(store: Store) -> None:
    store.save(ashcombe("draft.txt", extra="Draft.\n"), pipeline=PIPELINE)
    store.save(ashcombe("draft.txt"), pipeline=PIPELINE)
    with store.read() as connection:
        decisions = connection.execute(text("SELECT * FROM decisions_overview ORDER BY largest_amount DESC")).all()
        actions = connection.execute(text("SELECT * FROM actions_overview")).all()
        sums = connection.execute(text("SELECT amount, decision_id FROM sums_overview ORDER BY amount")).all()
    assert len(decisions) == 3
    by_item = {row.item_title: row for row in decisions}
    assert by_item["Play area at Linden Green"].vote == "counted; 5 for; 2 against; 1 abstained"
    assert by_item["Grants"].vote == "recorded vote"
    assert by_item["Minutes"].vote is None
    assert {row.source for row in decisions} == {"draft.txt"}
    assert len(actions) == 1 and actions[0].decision == by_item["Play area at Linden Green"].decision
    assert [float(row.amount) for row in sums] == [2500.10, 12500.0, 784000.0]


def test_sums_sort_and_add_up_for_a_reader_of_the_file(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        clauses = [(f"pay £{amount}", {"sums": [(f"£{amount}", amount)]}) for amount in ("9.5", "100", "20.25")]
        store.save(meeting("Bramley Parish", None, *clauses), pipeline=PIPELINE)
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    assert connection.execute("SELECT amount FROM sums ORDER BY amount DESC").fetchall() == [(100,), (20.25,), (9.5,)]
    assert connection.execute("SELECT sum(amount) FROM sums").fetchone() == (129.75,)
    connection.close()


def test_importing_the_nouns_loads_no_database() -> None:
    code = (
        "import sys, minutes_miner.config, minutes_miner.registry, minutes_miner.domain.record, minutes_miner.cli\n"
        "print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])\n"
        "import minutes_miner.store\n"
        "print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['sqlalchemy']"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://localhost/minutes", "'mysql' is a kind of database that can't be used; write an address that begins"),
        ("sqlite:/minutes.db", "this is not the address of a database"),
        ("postgresql+nosuchdriver://localhost/minutes", "the address can't be used"),
        ("postgresql+pg8000://localhost/minutes", "the database driver pg8000 is not installed; install it with"),
        ("postgresql://nobody:secret@127.0.0.1:9/minutes", "the database server can't be reached; check the address"),
    ],
)
def test_an_address_that_is_of_no_use(url: str, says: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    line = str(caught.value)
    assert says in line
    assert "\n" not in line and "secret" not in line


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be opened; check that its folder exists"):
        open_store(f"sqlite:///{tmp_path}/no/minutes.db")


def test_a_reader_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    with pytest.raises(StoreError, match="there is no such database"):
        open_store(f"sqlite:///{path}", create=False)
    assert not path.exists()


def test_a_reader_makes_no_tables(url: str) -> None:
    if url.startswith("sqlite"):
        sqlite3.connect(url.removeprefix("sqlite:///")).execute("VACUUM").connection.close()
    with pytest.raises(StoreError, match="holds no minutes yet"):
        open_store(url, create=False)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    path.write_bytes(b"%PDF-1.7 " * 1000)
    with pytest.raises(StoreError, match="the file is no SQLite database; name another file"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"%PDF")


def test_another_programs_tables_are_left_alone(url: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE documents (title TEXT)"))
    engine.dispose()
    with pytest.raises(StoreError, match="the tables are another program's"):
        open_store(url)


def test_a_newer_programs_tables_are_left_alone(url: str) -> None:
    with open_store(url) as store, store.write() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"does not know \(9999\); install a newer minutes-miner"):
        open_store(url)


def test_upgrading_what_is_up_to_date_changes_nothing(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    before = store.info().rows
    assert store.upgrade() == HEAD
    assert store.info().rows == before


def test_a_database_that_another_program_holds(sqlite_url: str) -> None:
    with open_store(sqlite_url, wait_s=0.1) as store:
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program holds the database; try again"):
            store.save(ashcombe(), pipeline=PIPELINE)
        assert store.info().rows["documents"] == 0  # a reader does not wait
        other.execute("ROLLBACK")
        other.close()
        store.save(ashcombe(), pipeline=PIPELINE)
        assert store.info().rows["documents"] == 1


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    with open_store(f"sqlite:///{path}") as store:
        store.save(ashcombe(), pipeline=PIPELINE)
    with open_store(f"sqlite:///file:{path}?mode=ro&uri=true", create=False) as store:
        assert store.info().rows["documents"] == 1
        with pytest.raises(StoreError, match="the database can't be written; give yourself the right"):
            store.save(ashcombe(extra="Corrected.\n"), pipeline=PIPELINE)


def test_a_full_disk_loses_nothing_that_was_stored(sqlite_url: str) -> None:
    def fill(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with open_store(sqlite_url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
    with open_store(sqlite_url) as store:
        store._engine.dispose()
        event.listen(store._engine, "connect", fill)
        with pytest.raises(StoreError, match="the disk is full; free some space"):
            store.save(ashcombe("long.txt", extra="Much more was said. " * 20_000), pipeline=PIPELINE)
    with open_store(sqlite_url) as store:
        assert store.info().rows["documents"] == 1
        assert store.check() == []


def test_a_damaged_file_is_reported(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with open_store(sqlite_url) as store:
        for number in range(30):
            store.save(ashcombe(f"{number}.txt", extra=f"{number}"), pipeline=PIPELINE)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8192] = os.urandom(8192)
    path.write_bytes(data)
    try:
        with open_store(sqlite_url) as store:
            problems = store.check()
    except StoreError as error:  # what was hit may be what is read first
        problems = [str(error)]
    assert problems and "damaged" in problems[0]


def test_the_file_opens_in_datasette(sqlite_url: str) -> None:
    pytest.importorskip("datasette")
    with open_store(sqlite_url) as store:
        store.save(ashcombe(), pipeline=PIPELINE)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", sqlite_url.removeprefix("sqlite:///")]
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        base = f"http://127.0.0.1:{port}/minutes"
        rows = _fetch(f"{base}/decisions_overview.json?_shape=objects&_sort_desc=largest_amount")["rows"]
        assert list(rows[0]) == DECISIONS_OVERVIEW
        assert rows[0]["sums"] == "784000.00 GBP; 12500.00 GBP" and rows[0]["authority"] == "Ashcombe Town Council"
        found = _fetch(f"{base}/decisions.json?_shape=objects&_search=potholes")["rows"]
        assert [row["item_number"] for row in found] == ["5"]
        tasks = _fetch(f"{base}/actions_overview.json?_shape=objects&due_to__lt=2024-07-01")["rows"]
        assert [row["owners"] for row in tasks] == ["the Clerk"]
    finally:
        server.terminate()
        server.wait(timeout=10)


def _fetch(address: str) -> dict[str, Any]:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except ConnectionRefusedError:
            time.sleep(0.1)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise AssertionError("Datasette did not start")


def test_another_programs_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = (tmp_path / "other.db").read_bytes()
    for create in (True, False):
        with pytest.raises(StoreError, match="another program's"):
            open_store(f"sqlite:///{tmp_path / 'other.db'}", create=create)
    assert (tmp_path / "other.db").read_bytes() == before
