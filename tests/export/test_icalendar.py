"""Calendars: their lines, their escapes, and what has no day."""

from __future__ import annotations

from datetime import date
from typing import Any

from icalendar import Calendar

from minutes_miner.export.icalendar import stream_calendar


def row(**facts: Any) -> dict[str, Any]:
    held = {"id": "00aa", "text": "Paint the gate", "owners": [], "due_text": None, "due_to": date(2024, 6, 30)}
    held |= {"status": "open", "authority": "Osier", "committee": None, "page": "https://osier.example/actions/00aa"}
    return held | facts


def write(*rows: dict[str, Any]) -> bytes:
    return b"".join(stream_calendar("Osier; gates, and more", [list(rows)], moment="20240601T120000Z"))


def test_signs_of_the_format_and_long_lines_come_back_as_they_were() -> None:
    words = "Paint; the, gate\\fence “naïve” — " + "café 🏛 " * 40
    written = write(row(text=words, due_text="by\r\nJune"))
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    calendar = Calendar.from_ical(written)
    assert rb"NAME:Osier\; gates\, and more" in written
    entry = calendar.walk("VEVENT")[0]
    assert entry["DESCRIPTION"].split("\n")[0] == " ".join(words.split())
    assert "Due: by\nJune" in entry["DESCRIPTION"]
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2024, 6, 30), date(2024, 7, 1))


def test_nothing_in_a_document_ends_a_line() -> None:
    written = write(row(text="x\r\nEND:VEVENT\nBEGIN:VALARM\x00\x0b", owners=[{"text": "A\rB"}]))
    assert written.count(b"END:VEVENT\r\n") == 1
    assert b"\nBEGIN:VALARM" not in written
    assert len(Calendar.from_ical(written).walk("VEVENT")) == 1


def test_days_at_the_ends_of_the_calendar_are_written() -> None:
    entries = Calendar.from_ical(write(row(due_to=date.max), row(id="00bb", due_to=None))).walk("VEVENT")
    assert [str(entry["UID"]) for entry in entries] == ["00aa@actions.minutes-miner.invalid"]
    assert b"DTSTART;VALUE=DATE:09870102" in write(row(due_to=date(987, 1, 2)))
