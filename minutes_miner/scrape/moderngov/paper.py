"""Write a meeting's record as a web page, in the order and with the classes of ModernGov's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from minutes_miner.scrape.moderngov.record import Attendee, Item, MeetingRecord
from minutes_miner.scrape.moderngov.votes import RecordedVote, write_vote
from minutes_miner.scrape.moderngov.wordtext import clean_html

_ROLLS = (
    ("Present", ("present",)),
    ("Apologies", ("apolog",)),
    ("Absent", ("absent", "not present")),
    ("In attendance", ("in attendance", "attend")),
)
"""Titles of the lists of names, with how the words begin that put somebody there; "Expected" tells nothing."""


def write_minutes(
    record: MeetingRecord,
    committee: str,
    day: date | None,
    *,
    title: str = "Minutes",
    votes: Sequence[tuple[str, RecordedVote]] = (),
) -> bytes:
    """Write a page of a meeting.

    Args:
        record: as the web service gives it.
        committee: its name.
        day: of the meeting.
        title: what the page is: ``Minutes``, ``Draft minutes`` or ``Decisions``.
        votes: each with the key of its item.

    Returns:
        HTML in UTF-8.
    """
    written = f"{day:%A} {day.day} {day:%B %Y}" if day else ""
    name = escape(" - ".join(filter(None, (committee, " ".join(filter(None, (written, record.time)))))))
    of = escape(" ".join(filter(None, (f"{title} of", committee, f"on {written}" if written else ""))))
    meta = f'<meta name="DC.date" scheme="W3CDTF" content="{day}">\n' if day else ""
    place = f'<p><span class="mgLabel">Venue: </span>{escape(record.place)}</p>\n' if record.place else ""
    items = "\n".join(_write_item(item, [vote for key, vote in votes if key == item.key]) for item in record.items)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{of}</title>
<meta name="DC.title" content="{of}">
{meta}</head><body><div id="modgov">
<h1 class="mgMainTitleTxt">{escape(title)}</h1>
<h2 class="mgSubTitleTxt">{name}</h2>
{place}{_write_attendance(record.attendees)}
<table class="mgItemTable" id="mgItemTable"><caption class="mgSectionTitle">Items</caption>
<tr><th class="mgHide" scope="col">No.</th><th class="mgHide" scope="col">Item</th></tr>
{items}
</table></div></body></html>
""".encode()


def _write_attendance(attendees: Sequence[Attendee]) -> str:
    lists: dict[str, list[str]] = {title: [] for title, _ in _ROLLS}
    for attendee in attendees:
        told = attendee.attendance.lower()
        title = next((title for title, starts in _ROLLS if told.startswith(starts)), None)
        if title and attendee.name:
            role = f" ({attendee.role})" if attendee.role else ""
            lists[title].append(escape(attendee.name.replace(",", " ") + role.replace(",", " ")))
    rolls = "\n".join(f"<p>{title}: {', '.join(names)}</p>" for title, names in lists.items() if names)
    return f'<h3 class="mgSubSubTitleTxt">Attendance</h3>\n{rolls}' if rolls else ""


def _write_item(item: Item, votes: Sequence[RecordedVote]) -> str:
    number = f"{item.number}." if item.number else ""
    anchor = f'<a name="AI{escape(item.key)}"></a>'
    parts = "\n".join(_write_parts(item, "\n".join(map(write_vote, votes))))
    return f"""<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">{anchor}{escape(number)}</p></td>
<td><p class="mgAiTitleTxt">{escape(item.title)}</p>
{parts}</td></tr>"""


def _write_parts(item: Item, votes: str) -> Iterator[str]:
    """Give an item's parts; votes follow what they were on: the decision where it is stated apart, else the minutes."""
    if item.agenda:
        yield f'<div class="mgWordPara">{clean_html(item.agenda)}</div>'
    for comment in item.comments:
        if not comment.is_action:
            yield _write_part(comment.label, comment.text)
    if item.decision:
        yield _write_part("Decision", item.decision) + votes
    if item.minutes:
        yield _write_part("Minutes", item.minutes)
    if not item.decision:
        yield votes
    for comment in item.comments:
        if comment.is_action:
            yield _write_part(comment.label, comment.text)


def _write_part(label: str, text: str) -> str:
    return f'<p class="mgSubItemTitleTxt">{escape(label)}:</p>\n<div class="mgWordPara">{clean_html(text)}</div>'
