"""Find meetings, committees and decisions in the lists of a CMIS site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from minutes_miner.domain.gathering import Standing
from minutes_miner.scrape.cmis.address import meeting_pages, read_parts, resolve
from minutes_miner.scrape.cmis.day import find_days
from minutes_miner.scrape.cmis.month import find_days_of_links

_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\b\.?)?"
_NAME = re.compile(rf"^(?:.*?\b{_CLOCK})?\W*(.*?)(?:\s+:\s.*)?$", re.IGNORECASE | re.DOTALL)
_TERM = re.compile(r"Active\b|.*\bonwards$", re.IGNORECASE)
_CANCELLED = re.compile(r"\b(?:cancell?ed|abandoned|postponed)\b", re.IGNORECASE)
_STANDINGS = {
    Standing.HELD: ("occurred", "held", "complete", "completed", "concluded"),
    Standing.SCHEDULED: ("scheduled", "planned", "provisional", "confirmed"),
}
_PROPOSED = re.compile(r"(?:decision\s+)?(?:proposed|forthcoming|pending|not\s+yet\s+taken)", re.IGNORECASE)
_LISTED = re.compile(r"ViewMeetingPublic|ViewCMIS_DecisionDetails", re.IGNORECASE)
_PAGER = re.compile(r"\b(\d+)\s+items?\s+in\s+(\d+)\s+pages?", re.IGNORECASE)
_NONE = re.compile(r"\bno\s+(?:\w+\s+)?(?:records?|decisions?|items?|meetings?|results?)\b", re.IGNORECASE)


class MeetingEntry(NamedTuple):
    """Hold what a list tells of one meeting; ``url`` is that of its page, ``documents`` that of its documents."""

    meeting: str
    committee: str | None
    name: str | None
    day: date | None
    standing: Standing | None
    url: str
    documents: str


class DecisionEntry(NamedTuple):
    """Hold what a list tells of one decision: ``text`` is its whole row."""

    key: str
    title: str
    text: str
    day: date | None
    is_proposed: bool
    url: str


def read_soup(body: bytes) -> BeautifulSoup:
    """Read a page, whatever its mark-up."""
    return BeautifulSoup(body, "lxml")


def find_links(page: Tag, url: str) -> list[str]:
    """Give the absolute addresses that a page links to."""
    return [found for link in page.find_all("a", href=True) if (found := resolve(url, str(link["href"])))]


def find_forms(page: Tag, url: str) -> list[str]:
    """Give the absolute addresses that a page's forms are sent to."""
    return [found for form in page.find_all("form", action=True) if (found := resolve(url, str(form["action"])))]


def find_meetings(page: BeautifulSoup, url: str, first: date | None = None) -> list[MeetingEntry]:
    """Give the meetings that a page links to, each once.

    Args:
        page: a calendar, a list or a committee's page.
        url: its address.
        first: of the month that the calendar was asked for; None where days are written with their year.
    """
    found: dict[str, MeetingEntry] = {}
    days = find_days_of_links(page, first) if first else None
    for link, target, parts in _iter_controls(page, url, "viewmeetingpublic"):
        if "meeting" in parts:
            entry = _read_meeting(link, parts, target, days)
            known = found.get(entry.meeting)
            found[entry.meeting] = _merge(known, entry) if known else entry
    return list(found.values())


def find_standing(text: str) -> Standing | None:
    """Read what a text says of a meeting, such as ``Occurred``; None where it says nothing.

    A note that it is cancelled may stand in a longer text; the other words are common ones, and count alone.
    """
    if _CANCELLED.search(text):
        return Standing.CANCELLED
    word = text.strip(" .:()").lower()
    return next((standing for standing, words in _STANDINGS.items() if word in words), None)


def find_committees(page: BeautifulSoup, url: str) -> dict[str, tuple[str, str]]:
    """Give name and address of each committee that a page links to, by its number."""
    found: dict[str, tuple[str, str]] = {}
    for link, target, parts in _iter_controls(page, url, "viewcmis_committeedetails"):
        if "id" in parts and not found.get(parts["id"], ("", ""))[0]:
            found[parts["id"]] = (_words(link), target)
    return found


def find_decisions(page: BeautifulSoup, url: str) -> list[DecisionEntry]:
    """Give the decisions that a page links to, each once."""
    found: dict[str, DecisionEntry] = {}
    for link, target, parts in _iter_controls(page, url, "viewcmis_decisiondetails"):
        key, title = parts.get("id", "").lower(), _words(link)
        if key and (key not in found or len(title) > len(found[key].title)):
            row = _row_strings(link)
            days = find_days(" ".join(row))
            is_proposed = any(_PROPOSED.fullmatch(words) for words in row)
            found[key] = DecisionEntry(key, title, " ".join(row), days[0] if days else None, is_proposed, target)
    return list(found.values())


def count_listed(page: BeautifulSoup) -> int | None:
    """Give the number of rows that a list says it has; None where it doesn't say, 0 where it says that it has none."""
    text = page.get_text(" ", strip=True)
    if pager := _PAGER.search(text):
        return int(pager[1])
    return 0 if _NONE.search(text) else None


def _iter_controls(page: BeautifulSoup, url: str, control: str) -> Iterator[tuple[Tag, str, dict[str, str]]]:
    """Give the links to one kind of page, with their addresses and what these carry."""
    for link in page.find_all("a", href=True):
        target = resolve(url, str(link["href"]))
        parts = read_parts(target) if target else {}
        if target and parts.get("ctl", "").lower() == control:
            yield link, target, parts


def _read_meeting(link: Tag, parts: dict[str, str], target: str, days: dict[int, date] | None) -> MeetingEntry:
    shown, title = _words(link), _title(link)
    words = shown if re.search(r"[^\W\d]{3}", shown) else title or shown
    row = _row_strings(link)
    told = [shown, title, *row]
    standing = next((standing for text in told if (standing := find_standing(text))), None)
    written = find_days(f"{words} {title}") or (find_days(" ".join(row)) if days is None else [])
    day = written[0] if written else (days or {}).get(id(link))
    return MeetingEntry(parts["meeting"], parts.get("committee"), _name(words), day, standing, *meeting_pages(target))


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _title(link: Tag) -> str:
    """Give the title of a link, or of the calendar's box around or inside it."""
    around = (link, *link.find_all(attrs={"title": True}), link.find_parent("div", class_="rsApt"))
    return next((" ".join(str(tag["title"]).split()) for tag in around if tag is not None and tag.get("title")), "")


def _row_strings(link: Tag) -> list[str]:
    """Give the texts of the row in which a link is the only one of its kind, but a committee's term of office."""
    row = link.find_parent(("tr", "li"))
    if row is None or len({str(other["href"]) for other in row.find_all("a", href=_LISTED)}) > 1:
        return []
    return [" ".join(text.split()) for text in row.stripped_strings if not _TERM.match(text.strip())]


def _name(words: str) -> str | None:
    """Take the time before and the room after a committee's name away, and the note that it is cancelled."""
    bare = re.sub(rf"\W*{_CANCELLED.pattern}\W*", " ", words, flags=re.IGNORECASE).strip()
    match = _NAME.match(bare)
    name = (match[1] if match else bare).strip(" -\u2013,:")
    return None if not re.search(r"[^\W\d]{3}", name) or find_days(name) else name


def _merge(known: MeetingEntry, other: MeetingEntry) -> MeetingEntry:
    """Put together what two links to one meeting tell."""
    return known._replace(
        committee=known.committee or other.committee,
        name=known.name or other.name,
        day=known.day or other.day,
        standing=known.standing or other.standing,
    )
