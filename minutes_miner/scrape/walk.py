"""Go through a WARC file record by record, past what is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.record import PACKED, PLAIN, Record, read_record

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Damage:
    """Say where in a file no record can be read.

    Attributes:
        offset: where it begins, in bytes.
        length: bytes up to the next whole record, or to the end of the file.
        reason: what is wrong.
    """

    offset: int
    length: int
    reason: str


def iter_records(stream: IO[bytes], start: int = 0, *, limit: int) -> Iterator[Record | Damage]:
    """Read a file's records one after the other; what is damaged between them is told and passed over.

    Args:
        stream: of the file.
        start: offset of the first record wanted.
        limit: the most bytes that a payload may have.
    """
    end = stream.seek(0, 2)
    while (start := _skip_blank(stream, start)) < end:
        try:
            record = read_record(stream, start, limit=limit)
        except ScrapeError as error:
            after = _find_next(stream, start + 1, limit=limit)
            yield Damage(start, (after or end) - start, error.reason)
            start = after or end
        else:
            yield record
            start += record.length


def _skip_blank(stream: IO[bytes], start: int) -> int:
    """Give the offset of the next byte that is no line's end: two of them follow a record that is not packed."""
    stream.seek(start)
    while piece := stream.read(_PIECE):
        if rest := piece.lstrip(b"\r\n"):
            return start + len(piece) - len(rest)
        start += len(piece)
    return start


def _find_next(stream: IO[bytes], start: int, *, limit: int) -> int | None:
    """Find the next offset at which a whole record begins; None where there is none."""
    marks = (PACKED, PLAIN)
    keep = max(map(len, marks)) - 1
    stream.seek(start)
    while piece := stream.read(_PIECE):
        spots = sorted(spot for mark in marks for spot in _iter_spots(piece, mark))
        for spot in spots:
            try:
                read_record(stream, start + spot, limit=limit)
            except ScrapeError:
                continue
            return start + spot
        if len(piece) <= keep:
            break
        start += len(piece) - keep
        stream.seek(start)
    return None


def _iter_spots(piece: bytes, mark: bytes) -> Iterator[int]:
    spot = piece.find(mark)
    while spot >= 0:
        yield spot
        spot = piece.find(mark, spot + 1)
