"""Read the lists of the web service: XML to committees and meetings."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import NamedTuple

from lxml import etree

from minutes_miner.scrape.moderngov.period import find_day


class ListedCommittee(NamedTuple):
    """Hold a committee; one that ``has_ended`` still has its meetings."""

    key: str
    name: str
    has_ended: bool


class ListedMeeting(NamedTuple):
    """Hold a meeting as a list tells of it."""

    key: str
    day: date | None
    status: str
    committee: str
    committee_name: str


class MeetingList(NamedTuple):
    """Hold the meetings listed, and how many the list says there are."""

    meetings: list[ListedMeeting]
    told: int | None


def read_committees(root: etree._Element) -> list[ListedCommittee]:
    """Read the answer to ``GetCommittees``."""
    found = []
    for element in find_all(root, "committee"):
        ended = is_true(element, "committeedeleted") or is_true(element, "committeeexpired")
        if key := read_field(element, "committeeid"):
            found.append(ListedCommittee(key, read_field(element, "committeetitle"), bool(ended)))
    return found


def read_meetings(root: etree._Element) -> MeetingList:
    """Read the answer to ``GetMeetings`` or ``GetAllMeetingsByDate``."""
    found = []
    for element in find_all(root, "meeting"):
        if not (key := read_field(element, "meetingid")):
            continue
        around = next((one for one in element.iterancestors() if read_tag(one) == "committee"), element)
        committee, name = read_field(around, "committeeid"), read_field(around, "committeetitle")
        day, status = find_day(read_field(element, "meetingdate")), read_field(element, "meetingstatus")
        found.append(ListedMeeting(key, day, status, committee, name))
    return MeetingList(found, _read_count(root))


def find_all(root: etree._Element, tag: str) -> list[etree._Element]:
    """Give the elements of a name, whatever their namespace and case."""
    return [element for element in root.iter() if read_tag(element) == tag]


def find_child(element: etree._Element, tag: str) -> etree._Element | None:
    """Give the first element of a name directly inside."""
    return next((child for child in element if read_tag(child) == tag), None)


def read_tag(element: etree._Element) -> str:
    """Give an element's name in lower case without its namespace; comments have none."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def read_field(element: etree._Element, tag: str) -> str:
    """Give the words of a field on one line: empty fields hold line breaks, and text is escaped twice."""
    return " ".join(unescape(read_body(element, tag)).split())


def read_body(element: etree._Element, tag: str) -> str:
    """Give a field as it is held: HTML, where it is escaped once more than XML needs, undone."""
    child = find_child(element, tag)
    text = "".join(str(part) for part in child.itertext()).strip() if child is not None else ""
    return unescape(text) if "<" not in text and "&lt;" in text else text


def is_true(element: etree._Element, tag: str) -> bool | None:
    """Tell whether a field says ``True``; None where it is missing or empty."""
    told = read_field(element, tag).lower()
    return told in {"true", "1", "yes"} if told else None


def _read_count(root: etree._Element) -> int | None:
    count = read_field(root, "meetingscount")
    return int(count) if count.isdecimal() else None
