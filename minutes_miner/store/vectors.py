"""Turn the decisions of a store into vectors: all of them once, then those of documents mined or corrected since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, func, or_, select

from minutes_miner.store.embedding import Encoder, describe
from minutes_miner.store.keepingtables import corrections
from minutes_miner.store.nearest import (
    Nearest,
    Numbers,
    Signs,
    empty,
    find_path,
    load_nearest,
    load_state,
    save_nearest,
    sign_bits,
)
from minutes_miner.store.repository import Store
from minutes_miner.store.tables import decisions, documents

Listener = Callable[[int, int], None]
"""Is told how many decisions are done, and of how many."""

_BATCH = 2_000
_READ = (decisions.c.number, decisions.c.item_title, decisions.c.text)


def update_vectors(
    store: Store, encode: Encoder, *, listener: Listener | None = None, anew: bool = False, most: int | None = None
) -> Nearest | None:
    """Bring the file beside a store up to date and read it.

    Args:
        store: an open store.
        encode: turns texts into vectors.
        listener: is told how far it is.
        anew: whether to make all vectors again, also those that are there.
        most: where more documents than this wait, the file is left as it is; None for no such bound.

    Returns:
        What is in the file; None where there is none and ``most`` keeps it from being made.

    Raises:
        StoreError: the database can't be read.
        OSError: the file can't be written, and ``most`` is None.
    """
    path = find_path(store.url)
    held = None if anew else load_nearest(path)
    with store.read() as connection:
        state = _read_state(connection)
        if held is not None and (held.documents, held.latest, held.corrected) == state:
            return held
        if held is not None and _has_removed(connection, held):
            held = None
        waiting = _waiting(connection, held)
        if most is not None and len(waiting) > most:
            return held
        numbers, signs = _make(connection, encode, held, waiting, listener or _ignore)
    nearest = replace((held or empty()).replaced(numbers, signs), **state._asdict())
    with suppress(OSError) if most is not None else nullcontext():  # who may only read the store gets answers, too
        save_nearest(path, nearest)
    return nearest


def is_behind(store: Store) -> bool:
    """Tell whether documents were mined or corrected since the file beside a store was made.

    Raises:
        StoreError: the database can't be read.
    """
    held = load_state(find_path(store.url))
    with store.read() as connection:
        return held is not None and held != tuple(_read_state(connection))


class _State(NamedTuple):
    """Tell what a store holds, from ends of indexes: where it is as it was, the vectors are, too."""

    documents: int
    latest: str
    corrected: tuple[int, str]


def _read_state(connection: Connection) -> _State:
    count = connection.scalar(select(func.count()).select_from(documents))
    ends = (documents.c.mined_at, corrections.c.number, corrections.c.undone_at)
    latest, number, undone = (connection.scalar(select(func.max(column))) for column in ends)
    return _State(count or 0, latest or "", (number or 0, undone or ""))


def _has_removed(connection: Connection, held: Nearest) -> bool:
    """Tell whether words were removed from documents since: no vector is kept that was made of them."""
    later = select(corrections.c.number).where(corrections.c.number > held.corrected[0])
    return connection.scalar(later.where(corrections.c.act == "redact").limit(1)) is not None


def _waiting(connection: Connection, held: Nearest | None) -> Sequence[str]:
    """List the documents that were mined or corrected since; those of the very second are looked at again."""
    wanted = select(documents.c.id).order_by(documents.c.id)
    if held is not None:
        number, undone = held.corrected
        is_changed = or_(corrections.c.number > number, corrections.c.undone_at >= undone)
        changed = select(corrections.c.document_id).where(is_changed)
        wanted = wanted.where(or_(documents.c.mined_at >= held.latest, documents.c.id.in_(changed)))
    return connection.scalars(wanted).all()


def _make(
    connection: Connection, encode: Encoder, held: Nearest | None, waiting: Sequence[str], listener: Listener
) -> tuple[Numbers, Signs]:
    """Give numbers and bits of the decisions of some documents; of all where nothing is held."""
    made = empty()
    numbers, signs = [made.numbers], [made.signs]
    total = connection.scalar(select(func.count()).select_from(decisions)) or 0 if held is None else 0
    done = 0
    for rows in _all_rows(connection) if held is None else _rows_of(connection, waiting):
        numbers.append(np.array([row.number for row in rows], dtype=np.int64))
        signs.append(sign_bits(encode([describe(row.item_title, row.text) for row in rows])))
        done += len(rows)
        listener(done, max(total, done))
    return np.concatenate(numbers), np.concatenate(signs, axis=1)


def _all_rows(connection: Connection) -> Iterator[Sequence[Any]]:
    """Read all decisions, as they lie in the database."""
    last = -1
    while True:
        wanted = select(*_READ).where(decisions.c.number > last).order_by(decisions.c.number).limit(_BATCH)
        rows = connection.execute(wanted).all()
        if not rows:
            return
        yield rows
        last = rows[-1].number


def _rows_of(connection: Connection, waiting: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Read the decisions of some documents."""
    step = _BATCH // 10
    for begun in range(0, len(waiting), step):
        wanted = select(*_READ).where(decisions.c.document_id.in_(waiting[begun : begun + step]))
        if rows := connection.execute(wanted).all():
            yield rows


def _ignore(_done: int, _total: int) -> None:
    """Tell nobody."""
