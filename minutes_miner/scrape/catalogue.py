"""Keep a list of an archive's records beside its files, so that none need be read to find one.

The list holds nothing that the files do not: where it is lost, damaged or behind, it is made anew from them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from minutes_miner.domain.gathering import Place

_VERSION = 1
_BATCH = 64
"""Records that are listed before the list is written out; those of a killed program are found in the files again."""
_TABLES = """
    CREATE TABLE files (name TEXT PRIMARY KEY, reach INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE records (
        file TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
        url TEXT NOT NULL, asked TEXT NOT NULL, date TEXT NOT NULL, status INTEGER NOT NULL, media_type TEXT NOT NULL,
        digest TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (file, start)
    ) WITHOUT ROWID;
    CREATE INDEX records_by_digest ON records (digest);
    CREATE INDEX records_by_url ON records (url);
    CREATE INDEX records_by_asked ON records (asked) WHERE asked <> url;
    CREATE INDEX records_by_name ON records (name);
"""
_COLUMNS = "file, start, length, kind, name, url, asked, date, status, media_type, digest, size"
_MARKS = ", ".join("?" * len(_COLUMNS.split(", ")))
_values = attrgetter(*_COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class Entry:
    """Describe a record without its bytes.

    Attributes:
        file, start, length: where it is.
        kind: ``response``, ``revisit`` or ``conversion``.
        name: the record's id.
        url: the address that answered, or the conversion's.
        asked: the address first asked for.
        date: when it was taken, as the record has it.
        status: HTTP status; 0 of a conversion.
        media_type: in lower case without parameters; empty where nobody said.
        digest: of its body, as the record has it.
        size: bytes of the body.
    """

    file: str
    start: int
    length: int
    kind: str
    name: str
    url: str
    asked: str
    date: str
    status: int
    media_type: str
    digest: str
    size: int

    @property
    def place(self) -> Place:
        """Where the record is."""
        return Place(self.file, self.start, self.length)


class Catalogue:
    """Hold an archive's list of records, a SQLite file.

    Args:
        path: of the file; None keeps the list in memory.
        writable: whether it may be made and changed.

    Raises:
        sqlite3.Error: it can't be opened, or is none.
    """

    def __init__(self, path: Path | None, *, writable: bool) -> None:
        self._base, self._pending = _open(path, writable), 0
        try:
            self._prepare(writable)
        except sqlite3.Error:
            self._base.close()
            raise

    def close(self) -> None:
        """Write out what is listed, and close the file."""
        self._base.commit()
        self._base.close()

    def reach(self, file: str) -> int:
        """Give the offset up to which a file's records are listed."""
        row = self._base.execute("SELECT reach FROM files WHERE name = ?", (file,)).fetchone()
        return int(row[0]) if row else 0

    def add(self, entry: Entry | None, file: str, reach: int) -> None:
        """List a record, and say up to which offset its file is listed now."""
        self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, reach))
        if entry:
            self._base.execute(f"INSERT OR REPLACE INTO records VALUES ({_MARKS})", _values(entry))
        self._pending += 1
        if self._pending % _BATCH == 0:
            self._base.commit()

    def forget(self, file: str) -> None:
        """Strike a file off the list."""
        with self._base:
            self._base.execute("DELETE FROM files WHERE name = ?", (file,))
            self._base.execute("DELETE FROM records WHERE file = ?", (file,))

    def files(self) -> list[str]:
        """List the files that are known."""
        return [name for (name,) in self._base.execute("SELECT name FROM files ORDER BY name")]

    def entries(self, file: str, start: int = 0) -> Iterator[Entry]:
        """Give a file's records from an offset on, in their order."""
        yield from self._find("file = ? AND start >= ? ORDER BY start", file, start)

    def of_url(self, url: str) -> list[Entry]:
        """Give the records of an address, or that it led to, the oldest first."""
        return list(self._find("(url = ? OR asked = ? AND asked <> url) ORDER BY date, file, start", url, url))

    def body(self, digest: str) -> Entry | None:
        """Find the answer that holds a body of this digest."""
        return next(self._find("digest = ? AND kind = 'response' LIMIT 1", digest), None)

    def conversion(self, url: str, digest: str) -> Entry | None:
        """Find what was composed for an address before, with the same bytes."""
        return next(self._find("digest = ? AND url = ? AND kind = 'conversion' LIMIT 1", digest, url), None)

    def named(self, name: str) -> Entry | None:
        """Find a record by its id."""
        return next(self._find("name = ? LIMIT 1", name), None)

    def at(self, place: Place) -> Entry | None:
        """Find the record of a place."""
        return next(self._find("file = ? AND start = ?", place.file, place.offset), None)

    def _find(self, where: str, *values: str | int) -> Iterator[Entry]:
        for row in self._base.execute(f"SELECT {_COLUMNS} FROM records WHERE {where}", values).fetchall():
            yield Entry(*row)

    def _prepare(self, writable: bool) -> None:
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        if version == 0 and writable:
            self._base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
        elif version != _VERSION:
            raise sqlite3.DatabaseError("the list is of another version")
        self._base.execute("SELECT * FROM records LIMIT 1").fetchone()


def _open(path: Path | None, writable: bool) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect(":memory:", check_same_thread=False)
    address = f"{path.absolute().as_uri()}?mode={'rwc' if writable else 'ro'}"
    base = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=30)
    if writable:
        # Killed programs lose nothing that was committed; after a power cut the list may lag behind the files.
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
    return base
