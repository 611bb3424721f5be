"""Ctrl-C in the moments in which a transaction begins and ends: nothing stays locked, nothing is half done."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from council import PIPELINE, ashcombe
from sqlalchemy import Connection, event, func, select

from minutes_miner.store import Store
from minutes_miner.store.interrupts import HeldInterrupts
from minutes_miner.store.tables import documents


def press(*_: Any) -> None:
    """Press Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


@pytest.fixture(autouse=True)
def mind_interrupts() -> Iterator[None]:
    """Have Ctrl-C raise even where the tests run in the background, which leaves it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press_within(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    """Have SQLite take a while to write a document, and another program press Ctrl-C meanwhile."""
    if statement.startswith("INSERT INTO documents"):
        raw: Any = connection.connection.dbapi_connection
        raw.set_progress_handler(partial(next, map(min, [range(10_000_000)]), 0), 1)
        subprocess.Popen(["kill", "-INT", str(os.getpid())])


@contextmanager
def pressed_at(moment: str, store: Store) -> Iterator[None]:
    """Press Ctrl-C at a moment of a transaction."""
    name, listener = ("before_cursor_execute", press_within) if moment == "insert" else (moment, press)
    event.listen(store._engine, name, listener)
    try:
        yield
    finally:
        event.remove(store._engine, name, listener)


def count_documents(store: Store) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(documents)) or 0


@pytest.mark.parametrize(("dialect", "moment", "kept"), [
    ("sqlite", "begin", 0), ("sqlite", "insert", 0), ("sqlite", "commit", 1),
    ("postgresql", "begin", 0), ("postgresql", "commit", 1),
], indirect=["dialect"])  # fmt: skip
def test_nothing_stays_locked_by_an_interruption(store: Store, moment: str, kept: int) -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt) as caught, pressed_at(moment, store):
        store.save(ashcombe(), pipeline=PIPELINE)
    assert count_documents(store) == kept
    store.save(ashcombe("minutes/another.txt"), pipeline=PIPELINE)  # the traceback keeps what was interrupted alive
    assert caught.tb and time.monotonic() - began < 30
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interruption_of_the_work_itself_ends_it_before_its_next_statement(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.write() as connection:
        connection.execute(documents.delete())
        press()
        connection.execute(documents.select())
        pytest.fail("the work went on")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_second_interruption_is_not_held_back() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt), HeldInterrupts():
        press()
        steps.append("first")
        press()
        steps.append("second")
    assert steps == ["first"]


def test_a_programs_own_handler_stays() -> None:
    seen: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    with HeldInterrupts():
        press()
    assert seen == [signal.SIGINT]
