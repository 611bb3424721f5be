"""Fill a store with invented meetings, and tell how fast that went beside a bare insert of the same rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from rich.table import Table
from sqlalchemy import Engine, create_engine, insert, text
from store_rows import write_meetings

from minutes_miner.store import Store, open_store
from minutes_miner.store.connection import connect
from minutes_miner.store.deciding import decide
from minutes_miner.store.numbers import number_of, slot_of
from minutes_miner.store.rows import Row
from minutes_miner.store.tables import metadata
from minutes_miner.store.tagging import subjects, tag_subjects

BATCH = 500
"""Meetings that are written at a time."""

BARE = 200_000
"""After so many decisions the bare insert has shown how fast it is."""

_TEXTS = (
    ("documents", "text"),
    ("decisions", "text"),
    ("decisions", "item_title"),
    ("actions", "text"),
    ("mentions", "quote"),
)

Rows = dict[str, list[Row]]


@dataclass
class Loaded:
    """Hold what a load took.

    Attributes:
        rows: rows of all tables.
        seconds: that numbers, tags, rows, indexes and the full-text index took.
        bare_rows: rows that the bare insert wrote.
        bare_seconds: that it took.
        text_bytes: of the documents' texts and the records' words in UTF-8.
        size: bytes of the database.
    """

    rows: int = 0
    seconds: float = 0.0
    bare_rows: int = 0
    bare_seconds: float = 0.0
    text_bytes: int = 0
    size: int = 0
    taken: set[tuple[date | None, int]] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    parties: dict[str, Row] = field(default_factory=dict)

    def table(self) -> Table:
        """Write the figures."""
        speed, bare = self.rows / self.seconds, self.bare_rows / max(self.bare_seconds, 1e-9)
        table = Table("load", "figure")
        table.add_row("rows", f"{self.rows:,}")
        table.add_row("bulk load, rows a second", f"{speed:,.0f}")
        table.add_row("bare executemany, rows a second", f"{bare:,.0f}")
        table.add_row("ratio", f"{speed / bare:.2f}")
        table.add_row("text, GB", f"{self.text_bytes / 1e9:.2f}")
        table.add_row("database / text", f"{self.size / self.text_bytes:.2f}")
        return table


def load(store: Store, decisions: int, *, seed: int) -> Loaded:
    """Fill an empty store, and beside it, for a while, a bare copy of its tables."""
    loaded = Loaded()
    meetings = write_meetings(decisions, seed=seed)
    with bare_tables(store) as bare, store.load() as put:
        written = 0
        while batch := list(islice(meetings, BATCH)):
            began = time.perf_counter()
            rows = _join([_mark(loaded, meeting) for meeting in batch])
            for table in metadata.sorted_tables:
                if found := rows.get(table.name):
                    put(table, list(found[0]), [list(row.values()) for row in found])
            loaded.seconds += time.perf_counter() - began
            loaded.rows += sum(map(len, rows.values()))
            texts = (row.get(name) or "" for table, name in _TEXTS for row in rows[table])
            loaded.text_bytes += sum(len(words.encode()) for words in texts)
            if written < BARE:
                _insert_bare(bare, rows, loaded)
            written += len(rows["decisions"])
        began = time.perf_counter()
    loaded.seconds += time.perf_counter() - began
    loaded.size = store.info().size
    return loaded


def _mark(loaded: Loaded, rows: Rows) -> Rows:
    """Give decisions their numbers and tags."""
    document = rows["documents"][0]
    day, slot = document["meeting_date"], slot_of(document["id"])
    while (day, slot) in loaded.taken:
        slot -= 1
    loaded.taken.add((day, slot))
    told, decided = decide(document, rows["decisions"], rows["sums"], rows["decision_sums"])
    loaded.parties |= {row["id"]: row for row in rows["parties"]}
    parts = [{**loaded.parties[row["party_id"]], **row} for row in rows["appearances"] if row["decision_id"]]
    marked, values = tag_subjects(subjects(document, told, rows["owners"], parts))
    new = [value for value in values if value["tag"] not in loaded.known]
    loaded.known.update(value["tag"] for value in new)
    numbered = [{**row, "number": number_of(day, slot, place)} for place, row in enumerate(marked)]
    numbers = {row["id"]: row["number"] for row in numbered}
    found = [{"number": numbers[row.pop("decision_id")], **row} for row in decided]
    return {**rows, "decisions": numbered, "decided_sums": found, "facet_values": new}


def _join(batch: list[Rows]) -> Rows:
    return {name: [row for rows in batch for row in rows[name]] for name in batch[0]}


def _insert_bare(engine: Engine, rows: Rows, loaded: Loaded) -> None:
    began = time.perf_counter()
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if found := rows.get(table.name):
                connection.execute(insert(table), found)
    loaded.bare_seconds += time.perf_counter() - began
    loaded.bare_rows += sum(map(len, rows.values()))


@contextmanager
def bare_tables(store: Store) -> Iterator[Engine]:
    """Make the store's tables a second time, without full-text indexes, and remove them at the end."""
    engine = connect(store.url, wait_s=1)
    with engine.connect() as connection:
        address = connection.engine.url
    engine.dispose()  # a connection that stays open keeps SQLite from changing its journal
    twin = address.set(database=f"{address.database}_bare")
    is_sqlite = address.get_backend_name() == "sqlite"
    server = None if is_sqlite else create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    if server:
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{twin.database}"'))
    open_store(twin.render_as_string(hide_password=False)).close()
    engine = create_engine(twin)
    with engine.begin() as connection:
        for statement in _without_words(is_sqlite=is_sqlite):
            connection.execute(text(statement))
    yield engine
    engine.dispose()
    if server:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{twin.database}"'))
    for suffix in ("", "-wal", "-shm") if is_sqlite else ():
        Path(f"{twin.database}{suffix}").unlink(missing_ok=True)


def _without_words(*, is_sqlite: bool) -> Iterator[str]:
    for table in ("decisions", "actions"):
        if is_sqlite:
            yield from (f"DROP TRIGGER {table}_fts_{event}" for event in ("insert", "delete", "update"))
        else:
            yield f"ALTER TABLE {table} DROP COLUMN search_vector"
