"""Keep every answer as it came, in WARC files in a folder, and give it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from minutes_miner.domain.gathering import Exchange, Place
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape import packing
from minutes_miner.scrape.catalogue import Catalogue, Entry
from minutes_miner.scrape.packing import digest_of
from minutes_miner.scrape.reading import read_exchange, read_payload
from minutes_miner.scrape.stocktaking import Problem, catch_up, find_problems
from minutes_miner.scrape.volume import MAX_BYTES, PATTERN, Writer

CATALOGUE = ".catalogue.sqlite"
"""Name of the file beside the WARC files that lists their records; it may be deleted, and is made anew."""


def utc_now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


class Archive:
    """Hold a folder of WARC files, open for reading and for one program for writing.

    What is kept has been handed to the system before ``keep`` returns: a program killed at any moment loses at most
    the record that it was writing. A power cut may cost what was kept last.

    Args:
        folder: of the files; it is made where it is missing and may be written.
        writable: whether anything will be kept.
        clock: tells the time, in UTC.
        contact: how to reach the person who gathers; it stands at the top of each file.
        max_bytes: size at which a file is closed and the next one begun.

    Raises:
        ScrapeError: another program writes to the folder, or it can't be used.
    """

    def __init__(
        self,
        folder: Path,
        *,
        writable: bool = True,
        clock: Callable[[], datetime] = utc_now,
        contact: str | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self.folder = folder
        self._clock, self._guard = clock, RLock()
        self._writer: Writer | None = None
        self._lists: tuple[Catalogue, ...] = ()
        try:
            if writable:
                self._writer = Writer(folder, clock=clock, contact=contact, max_bytes=max_bytes)
                self._lists = (_open_catalogue(folder),)
                catch_up(folder, self._lists, cut=True)
            elif not folder.is_dir():
                raise ScrapeError("there is no such folder", where=str(folder), advice="check the path")
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise ScrapeError(f"the archive can't be opened: {error}", where=str(folder)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Finish what is written, and let another program write."""
        with self._guard:
            for catalogue in self._lists:
                catalogue.close()
            if self._writer:
                self._writer.close()
            self._lists, self._writer = (), None

    def keep(self, exchange: Exchange) -> Place:
        """Write down one answer with what was sent for it.

        A body that the archive holds already is not written again; the record then names the one that holds it.

        Returns:
            Where the answer's record is.

        Raises:
            ScrapeError: it can't be written.
        """
        with self._guard:
            writer, digest = self._writable(), digest_of(exchange.body)
            known = self._first(lambda catalogue: catalogue.body(digest)) if exchange.body else None
            origin = _name_origin(known) if known else None
            info = writer.begin()
            record, name = packing.pack_response(exchange, digest=digest, info=info, origin=origin)
            place, end = writer.append(record, packing.pack_request(exchange, response=name, info=info))
            url, asked = packing.tidy_url(exchange.url), packing.tidy_url(exchange.asked)
            kind = "revisit" if known else "response"
            media_type = (exchange.header("content-type") or "").split(";")[0].strip().lower()
            date = packing.format_date(exchange.fetched_at)
            size = len(exchange.body)
            entry = Entry(*place, kind, name, url, asked, date, exchange.status, media_type, digest, size)
            return self._list(entry, end)

    def keep_conversion(self, url: str, body: bytes, *, media_type: str, made_from: Sequence[Place]) -> Place:
        """Write down a document that was composed from answers.

        Args:
            url: its address.
            body: its bytes.
            media_type: their type.
            made_from: where the answers are that it was made of.

        Returns:
            Where its record is; where the same bytes were kept for the address before, where that is.

        Raises:
            ScrapeError: it can't be written, or an answer is not in the archive.
        """
        with self._guard:
            writer, digest, url = self._writable(), digest_of(body), packing.tidy_url(url)
            if known := self._first(lambda catalogue: catalogue.conversion(url, digest)):
                return known.place
            names, now, info = [self._get(place).name for place in made_from], self._clock(), writer.begin()
            record, name = packing.pack_conversion(url, body, media_type, made_from=names, info=info, at=now)
            place, end = writer.append(record)
            date = packing.format_date(now)
            return self._list(Entry(*place, "conversion", name, url, url, date, 0, media_type, digest, len(body)), end)

    def read(self, place: Place) -> bytes:
        """Give a record's payload, decoded.

        Raises:
            ScrapeError: no such record is there, or it is damaged.
        """
        return read_payload(self.folder, place, self._find_body)

    def read_exchange(self, place: Place) -> Exchange:
        """Give an answer as it was kept.

        Raises:
            ScrapeError: no record of an answer is there, or it is damaged.
        """
        return read_exchange(self.folder, place, self._find_body)

    def recover(self, known: Mapping[str, int], since: datetime | None = None) -> Iterator[tuple[Exchange, Place]]:
        """Give the answers that were kept but not noted down when a program was killed.

        What the killed program had not finished writing was cut off when the archive was opened for writing.

        Args:
            known: the end of the last record noted down (``offset + length``), by file; all of other files is given.
            since: answers that came before are left out.
        """
        earliest = packing.format_date(since) if since else ""
        for entry in self._entries(known):
            if entry.kind != "conversion" and entry.date >= earliest:
                yield self.read_exchange(entry.place), entry.place

    def iter_records(self) -> Iterator[Entry]:
        """List the archive's answers and conversions in the order in which they were kept."""
        yield from self._entries({})

    def find(self, url: str) -> list[Entry]:
        """List the records of an address, or that it led to, the oldest first."""
        with self._guard:
            found = [entry for catalogue in self._ready() for entry in catalogue.of_url(packing.tidy_url(url))]
        return sorted(found, key=lambda entry: (entry.date, entry.file, entry.start))

    def verify(self) -> Iterator[Problem]:
        """Read everything, and tell what is damaged or missing."""
        yield from find_problems(self.folder, self.files(), self._named, self._find_body)

    def files(self) -> list[str]:
        """List the names of the WARC files, the oldest first."""
        return sorted(path.name for path in self.folder.glob(PATTERN))

    def _writable(self) -> Writer:
        if self._writer is None:
            raise ScrapeError("the archive is not open for writing", where=str(self.folder))
        return self._writer

    def _list(self, entry: Entry, end: int) -> Place:
        try:
            self._lists[0].add(entry, entry.file, end)
        except sqlite3.Error as error:
            where = str(self.folder / CATALOGUE)
            raise ScrapeError(f"it can't be written: {error}", where=where) from error
        return entry.place

    def _ready(self) -> tuple[Catalogue, ...]:
        """Give the lists of the records, which a reader needs only to look for some."""
        if not self._lists:
            try:
                self._lists = _open_lists(self.folder)
            except (OSError, sqlite3.Error) as error:
                raise ScrapeError(f"the archive can't be read: {error}", where=str(self.folder)) from error
        return self._lists

    def _first(self, ask: Callable[[Catalogue], Entry | None]) -> Entry | None:
        with self._guard:
            return next((entry for catalogue in self._ready() if (entry := ask(catalogue))), None)

    def _find_body(self, digest: str) -> Place | None:
        entry = self._first(lambda catalogue: catalogue.body(digest))
        return entry.place if entry else None

    def _named(self, name: str) -> bool:
        return self._first(lambda catalogue: catalogue.named(name)) is not None

    def _get(self, place: Place) -> Entry:
        if entry := self._first(lambda catalogue: catalogue.at(place)):
            return entry
        raise ScrapeError(f"no record begins at byte {place.offset}", where=str(self.folder / place.file))

    def _entries(self, known: Mapping[str, int]) -> Iterator[Entry]:
        for file in self.files():
            with self._guard:
                found = [entry for catalogue in self._ready() for entry in catalogue.entries(file, known.get(file, 0))]
            yield from sorted(found, key=lambda entry: entry.start)


def _name_origin(entry: Entry) -> dict[str, str]:
    return {
        "WARC-Refers-To": entry.name,
        "WARC-Refers-To-Target-URI": entry.url,
        "WARC-Refers-To-Date": entry.date,
        packing.ORIGIN: f"{entry.file} {entry.start} {entry.length}",
    }


def _open_catalogue(folder: Path) -> Catalogue:
    """Open the list for writing; one that is broken is begun anew."""
    path = folder / CATALOGUE
    try:
        return Catalogue(path, writable=True)
    except sqlite3.DatabaseError:
        for part in _parts(path):
            part.unlink(missing_ok=True)
        return Catalogue(path, writable=True)


def _open_lists(folder: Path) -> tuple[Catalogue, ...]:
    """Give a reader the list as it is and, in memory, what it lacks."""
    lists: tuple[Catalogue, ...] = (Catalogue(None, writable=True),)
    try:
        lists = (Catalogue(folder / CATALOGUE, writable=False), *lists)
    except sqlite3.Error:
        pass
    return catch_up(folder, lists)


def _parts(path: Path) -> Iterable[Path]:
    return (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))
