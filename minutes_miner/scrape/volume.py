"""Write an archive's files one after the other, never two programs at once."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from minutes_miner import __version__
from minutes_miner.domain.gathering import Place
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.packing import pack_information

PATTERN = "gather-*.warc.gz"
"""Names of the files, which sort in the order in which they were begun."""

MAX_BYTES = 1_000_000_000
"""Size at which a file is closed and the next one begun."""

_LOCK = ".writer.lock"


class Writer:
    """Append records to the files of one folder; each file is begun with its first record.

    Args:
        folder: of the files; it is made where it is missing.
        clock: tells the time, in UTC.
        contact: how to reach the person who gathers.
        max_bytes: size at which the next file is begun.

    Raises:
        ScrapeError: another program writes there.
    """

    def __init__(
        self, folder: Path, *, clock: Callable[[], datetime], contact: str | None, max_bytes: int = MAX_BYTES
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._clock, self._contact, self._max_bytes = folder, clock, contact, max_bytes
        self._lock = _take_lock(folder / _LOCK)
        self._file: FileIO | None = None
        self._name = self._info = ""
        self._end = 0

    def close(self) -> None:
        """Finish the file, make sure that the disk holds it, and let others write."""
        self._finish()
        self._lock.close()

    def begin(self) -> str:
        """Give the id of the information record of the file that comes next, begun now where it must be."""
        if self._file is None or self._end >= self._max_bytes:
            self._finish()
            self._begin()
        return self._info

    def append(self, record: bytes, beside: bytes = b"") -> tuple[Place, int]:
        """Write a record, and one that belongs to it, to the system before returning.

        Returns:
            Where the first record is, and the file's size.

        Raises:
            ScrapeError: they can't be written, such as on a full disk; the file is left as it was.
        """
        assert self._file is not None, "begin() comes first"
        place = Place(self._name, self._end, len(record))
        try:
            _write(self._file, record + beside)
        except OSError as error:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            where = str(self._folder / self._name)
            raise ScrapeError(f"it can't be written: {error.strerror}", where=where) from error
        self._end += len(record) + len(beside)
        return place, self._end

    def _begin(self) -> None:
        now = self._clock().astimezone(UTC)
        self._name = f"gather-{now:%Y%m%dT%H%M%SZ}-{self._next_number():05}.warc.gz"
        self._file = open(self._folder / self._name, "xb", buffering=0)
        info = {
            "software": f"minutes-miner/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "classic",
            "operator": self._contact or "",
        }
        record, self._info = pack_information({key: info[key] for key in info if info[key]}, name=self._name, at=now)
        self._end = 0
        self.append(record)

    def _next_number(self) -> int:
        numbers = [path.name.split(".")[0].rsplit("-", 1)[-1] for path in self._folder.glob(PATTERN)]
        return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1

    def _finish(self) -> None:
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None


def _take_lock(path: Path) -> FileIO:
    """Lock a file until it is closed or the program ends, however it ends."""
    file = open(path, "ab", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        advice = "wait until it is done, or choose another folder"
        raise ScrapeError("another program writes to this archive", where=str(path.parent), advice=advice) from None
    return file


def _write(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]
