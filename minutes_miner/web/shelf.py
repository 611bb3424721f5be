"""Keep whole answers for a while, where every process of a server finds them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

SECONDS = 3600.0
"""How long an answer is given again, if the day and the database are the same."""

MOST_BYTES = 48_000_000
"""Of all answers that are kept; the ones that were made first go first."""

_GO_AT_ONCE = 100
"""Answers that make room together."""

_WAIT_S = 0.2
"""For another process that is writing; an answer need not be kept."""

_TABLE = """
CREATE TABLE IF NOT EXISTS answers
(key TEXT PRIMARY KEY, state TEXT NOT NULL, since REAL NOT NULL, route TEXT, headers TEXT NOT NULL, body BLOB NOT NULL)
"""
_FIND = "SELECT route, headers, body FROM answers WHERE key = ? AND state = ? AND since > ?"
_KEEP = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)"
_DROP = "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers ORDER BY rowid LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold an answer with status 200: the path of its route, its headers and its body, as they are sent."""

    route: str | None
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Shelf:
    """Hold the answers of a server in a small SQLite database; one that can't be read or written loses nothing.

    Args:
        folder: where the processes of the server share it; None for one process, in its memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = sqlite3.connect(
            folder / "answers.db" if folder else ":memory:",
            timeout=_WAIT_S,
            isolation_level=None,
            check_same_thread=False,
        )
        for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -1000", "temp_store = MEMORY"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute(_TABLE)

    def find(self, key: str, state: str) -> Kept | None:
        """Give the answer to a question, if there is one of this state of the database."""
        with suppress(sqlite3.Error):
            row = self._file.execute(_FIND, (key, state, time() - SECONDS)).fetchone()
            if row:
                headers = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in json.loads(row[1]))
                return Kept(row[0], headers, row[2])
        return None

    def keep(self, key: str, state: str, answer: Kept) -> None:
        """Keep an answer, and drop old ones where there are too many."""
        headers = json.dumps([(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers])
        with suppress(sqlite3.Error):
            self._file.execute(_KEEP, (key, state, time(), answer.route, headers, answer.body))
            while self._bytes() > MOST_BYTES and self._file.execute(_DROP, (_GO_AT_ONCE,)).rowcount > 0:
                pass

    def close(self) -> None:
        """End it."""
        self._file.close()

    def _bytes(self) -> int:
        """Give the size of the database, without what is free in it."""
        pages, free, size = (
            self._file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)
