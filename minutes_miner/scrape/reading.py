"""Read what an archive's record holds, and follow it to the one that holds its body."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from minutes_miner.domain.gathering import Exchange, Place
from minutes_miner.errors import ScrapeError
from minutes_miner.scrape.packing import ASKED, ORIGIN, show_headers
from minutes_miner.scrape.record import Fields, Record, has_digest, read_record

FindBody = Callable[[str], Place | None]
"""Finds the record that holds a body, by the body's digest."""

MAX_PAYLOAD = 2_000_000_000
"""Bytes of the largest payload that is read of an archive's own."""


def read_payload(folder: Path, place: Place, find_body: FindBody) -> bytes:
    """Give a record's payload, decoded.

    Raises:
        ScrapeError: no such record is there, or it is damaged.
    """
    return follow(folder, read_sound(folder, place), find_body)


def read_exchange(folder: Path, place: Place, find_body: FindBody) -> Exchange:
    """Give an answer as it was kept.

    Raises:
        ScrapeError: no record of an answer is there, or it is damaged.
    """
    record = read_sound(folder, place)
    if record.kind not in {"response", "revisit"}:
        raise ScrapeError("this record holds no answer", where=_where(folder, place))
    return Exchange(
        asked=record.field(ASKED) or record.url,
        url=record.url,
        status=record.status,
        headers=show_headers(record.headers),
        body=follow(folder, record, find_body),
        fetched_at=record.date or datetime.min.replace(tzinfo=UTC),
        sent=_read_sent(folder, place, record),
    )


def read_sound(folder: Path, place: Place, *, limit: int = MAX_PAYLOAD) -> Record:
    """Read a record whose digests are right.

    Raises:
        ScrapeError: there is none at the place.
    """
    where = _where(folder, place)
    if Path(place.file).name != place.file:
        raise ScrapeError("this is no file of the archive", where=where)
    try:
        with (folder / place.file).open("rb") as stream:
            record = read_record(stream, place.offset, limit=limit)
    except FileNotFoundError:
        raise ScrapeError("the archive's file is gone", where=where) from None
    except OSError as error:
        raise ScrapeError(f"it can't be read: {error.strerror}", where=where) from error
    except ScrapeError as error:
        raise ScrapeError(error.reason, where=where, advice=error.advice) from None
    if record.problem:
        raise ScrapeError(record.problem, where=where)
    return record


def follow(folder: Path, record: Record, find_body: FindBody, *, limit: int = MAX_PAYLOAD) -> bytes:
    """Give a record's body, from the record that holds it.

    Args:
        folder: of the files.
        record: of any kind.
        find_body: asked where the record does not tell the place itself, or another body is there.
        limit: the most bytes that the body may have.

    Raises:
        ScrapeError: the body is nowhere.
    """
    if record.kind != "revisit":
        return record.body(limit)
    digest = record.field("WARC-Payload-Digest") or ""
    for place in (_tell_origin(record), find_body(digest) if digest else None):
        try:
            holder = read_sound(folder, place, limit=limit) if place else None
            body = holder.body(limit) if holder else b""
        except ScrapeError:
            continue
        # Some programs reckon the digest before they unpack the body.
        if holder and (has_digest(digest, body) or has_digest(digest, holder.payload)):
            return body
    raise ScrapeError("the record that holds the same body is gone or damaged", where=f"the answer of {record.url}")


def _tell_origin(record: Record) -> Place | None:
    parts = (record.field(ORIGIN) or "").rsplit(" ", 2)
    if len(parts) == 3 and parts[1].isdecimal() and parts[2].isdecimal():
        return Place(parts[0], int(parts[1]), int(parts[2]))
    return None


def _read_sent(folder: Path, place: Place, record: Record) -> Fields:
    """Give what was sent, which the next record tells; nothing where that is another answer's or was cut off."""
    try:
        beside = read_sound(folder, Place(place.file, place.offset + record.length, 0))
    except ScrapeError:
        return ()
    name = record.field("WARC-Record-ID")
    return beside.headers if beside.kind == "request" and beside.field("WARC-Concurrent-To") == name else ()


def _where(folder: Path, place: Place) -> str:
    return f"{folder / place.file}, byte {place.offset}"
