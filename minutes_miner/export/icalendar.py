"""Write actions as a calendar, after RFC 5545: an entry of a whole day for each deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from minutes_miner.domain.dataset import Row

LONGEST = 75
"""Octets of a line, its end not counted."""

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPECIAL = re.compile(r"[\\;,]")


def stream_calendar(name: str, rows: Iterable[list[Row]], *, moment: str) -> Iterator[bytes]:
    """Give a calendar piece by piece.

    An entry's UID is made of the action's id, which is the same on every machine: programs that fetch the calendar
    again change what they hold, and double nothing. Actions without a day are left out.

    Args:
        name: of the calendar.
        rows: of the table actions, each with ``page``, the address of its page, in chunks.
        moment: of the answer, in UTC, as ``20240331T120000Z``.
    """
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//minutes_miner//actions//EN", "CALSCALE:GREGORIAN")
    yield _fold(*head, "METHOD:PUBLISH", f"NAME:{_escape(name)}", f"X-WR-CALNAME:{_escape(name)}")
    for chunk in rows:
        yield b"".join(_fold(*_entry(row, moment)) for row in chunk if isinstance(row["due_to"], date))
    yield _fold("END:VCALENDAR")


def _entry(row: Row, moment: str) -> Iterator[str]:
    """Give the lines of an entry; a task of an open end would be VTODO, which few calendars show."""
    day = row["due_to"]
    assert isinstance(day, date)
    owners = row["owners"]
    names = "; ".join(owner["text"] for owner in owners) if isinstance(owners, list) else ""
    words = " ".join(str(row["text"]).split())
    where = ", ".join(str(row[part]) for part in ("authority", "committee") if row[part])
    told = [words, f"Who: {names}" if names else "", where, f"Due: {row['due_text'] or day.isoformat()}", row["page"]]
    yield "BEGIN:VEVENT"
    yield f"UID:{row['id']}@actions.minutes-miner.invalid"
    yield f"DTSTAMP:{moment}"
    yield f"DTSTART;VALUE=DATE:{_day(day)}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{_day(day + timedelta(days=1))}"
    yield f"SUMMARY:{_escape(_shorten(f'{names}: {words}' if names else words))}"
    yield f"DESCRIPTION:{_escape(chr(10).join(str(part) for part in told if part))}"
    yield f"URL:{row['page']}"
    yield f"CATEGORIES:{'DONE' if row['status'] == 'done' else 'OPEN'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _shorten(text: str, most: int = 140) -> str:
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)].rstrip() + " …"


def _escape(text: str) -> str:
    """Write a text so that no sign of it is taken for the format's own."""
    clean = _UNSAFE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPECIAL.sub(r"\\\g<0>", clean).replace("\n", "\\n")


def _fold(*lines: str) -> bytes:
    """Part lines that are too long between characters; what follows begins with a space."""
    return b"".join(piece for line in lines for piece in _pieces(line))


def _pieces(line: str) -> Iterator[bytes]:
    held = b""
    for sign in line:
        code = sign.encode()
        if len(held) + len(code) > LONGEST:
            yield held + b"\r\n"
            held = b" "
        held += code
    yield held + b"\r\n"
