"""Read the web service's record of a meeting: XML to items, attendance and what is published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape

from lxml import etree

from minutes_miner.scrape.moderngov.period import find_day
from minutes_miner.scrape.moderngov.service import find_all, find_child, is_true, read_body, read_field

_WORDS = re.compile(r"<[^>]*>|\s+|&nbsp;|&#160;|\xa0")
_LABELLED = tuple((f"commentlabel{number}", f"commenttext{number}") for number in range(1, 5))
_ACTIONS = re.compile(r"actions?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comment:
    """Hold a labelled note of an item; each installation chooses its labels, such as "Actions"."""

    label: str
    text: str

    @property
    def is_action(self) -> bool:
        """Tell whether it says what is to be done."""
        return _ACTIONS.match(self.label) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """Hold an item of business.

    Attributes:
        key: its number in the installation.
        number: as the minutes number it, or else the agenda; empty for a section's heading.
        title: its words.
        agenda, decision, minutes: HTML; empty where there is none.
        comments: labelled notes that have text.
    """

    key: str
    number: str
    title: str
    agenda: str
    decision: str
    minutes: str
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """Hold somebody who was expected, with what is said of their attendance."""

    name: str
    role: str
    attendance: str


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Hold a meeting as the web service tells it; what is published is None where it does not say."""

    key: str
    day: date | None
    status: str
    time: str
    place: str
    agenda: str
    committee: str
    items: tuple[Item, ...]
    attendees: tuple[Attendee, ...]
    has_agenda: bool | None
    has_minutes: bool | None
    has_decisions: bool | None

    @property
    def told(self) -> list[Item]:
        """Give the items of which there are minutes or a decision."""
        return [item for item in self.items if item.minutes or item.decision]


def read_record(root: etree._Element) -> MeetingRecord | None:
    """Read the answer to ``GetMeeting``; None where it tells of no meeting."""
    top = root if find_child(root, "meetingid") is not None else next(iter(find_all(root, "meeting")), root)
    key = read_field(top, "meetingid")
    if not key:
        return None
    return MeetingRecord(
        key,
        find_day(read_field(top, "meetingdate")),
        read_field(top, "meetingstatus"),
        read_field(top, "meetingactualstarttime") or read_field(top, "meetingtime"),
        ", ".join(filter(None, (read_field(top, "meetingroom"), read_field(top, "meetinglocation")))),
        read_field(top, "agendaid"),
        next((name for one in find_all(top, "linkeddoc") if (name := read_field(one, "committeetitle"))), ""),
        tuple(_read_item(element) for element in find_all(top, "agendaitem")),
        tuple(_read_attendee(element) for element in find_all(top, "attendee")),
        has_agenda=is_true(top, "agendapublished"),
        has_minutes=is_true(top, "minutepublished"),
        has_decisions=is_true(top, "decisionpublished"),
    )


def has_words(text: str) -> bool:
    """Tell whether HTML shows any words."""
    return bool(_WORDS.sub("", text))


def _read_item(element: etree._Element) -> Item:
    hidden = bool(is_true(element, "isrestricted")) and is_true(element, "isdisplayallowed") is False
    tags = ("agendatext", "decisionnonemptyhtmlbody", "minutesnonemptyhtmlbody")
    agenda, decision, minutes = ("" if hidden else _read_html(element, tag) for tag in tags)
    number = _find_number(element, is_told=bool(decision or minutes))
    comments = () if hidden else tuple(_read_comments(element))
    key, title = read_field(element, "agendaitemid"), read_field(element, "agendaitemtitle")
    return Item(key, number, title, agenda, decision, minutes, comments)


def _find_number(element: etree._Element, *, is_told: bool) -> str:
    """Give an item's number in the minutes, or else on the agenda; the heading of a section has none."""
    agenda = _read_number(element, "agendaitem")
    if not agenda and not is_told:
        return ""
    shown = read_field(element, "fulldisplaynumberformat").strip(" .:") if agenda else ""
    return _read_number(element, "minutesitem") or shown or agenda


def _read_number(element: etree._Element, kind: str) -> str:
    """Read a number with the letter of its part; 0 stands for none."""
    number, part = read_field(element, f"{kind}number"), read_field(element, f"{kind}subnumber")
    if not number.strip("0"):
        return ""
    letter = chr(ord("a") + int(part) - 1) if part.isdecimal() and 0 < int(part) <= 26 else ""
    return number + letter


def _read_html(element: etree._Element, tag: str) -> str:
    text = read_body(element, tag)
    return text if has_words(text) else ""


def _read_comments(element: etree._Element) -> list[Comment]:
    """Read the labelled notes: what a note is stands in its label, not in its place."""
    found = []
    for label, text in _LABELLED:
        body = _read_html(element, text)
        if body and (words := read_field(element, label).rstrip(" :")):
            found.append(Comment(words, body))
    return found


def _read_attendee(element: etree._Element) -> Attendee:
    told = {str(key).lower(): " ".join(unescape(str(value)).split()) for key, value in element.attrib.items()}
    return Attendee(told.get("name", ""), told.get("roledescription", ""), told.get("attendance", ""))
