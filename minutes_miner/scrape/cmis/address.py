"""Read and make the addresses of CMIS pages, which carry their parameters in the path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

MEETING_PAGES = ("Meetings.aspx", "MeetingsCalendar.aspx", "MeetingCalendar.aspx", "CalendarofMeetings.aspx")
"""Names under which councils keep their calendar, the usual one first."""

COMMITTEE_PAGES = ("Committees.aspx", "tabid/62/Default.aspx")
"""Where councils list their committees: by name, and by the number of the page that an unchanged install gives it."""

DECISION_PAGE = "Decisions.aspx"

USUAL_TAB, USUAL_MODULE = "70", "397"
"""Number of the calendar's page, and of the module on it, unless an install was changed."""

_KEYS = frozenset({"tabid", "ctl", "mid", "meeting", "committee", "id", "selectedtab"})
_MODULE = re.compile(r"dnn(?:\$|_|%24)ctr(\d+)(?:\$|_|%24)MeetingCalendarPublic", re.IGNORECASE)
_CONTROL = re.compile(r"([^?]*?)/ctl/", re.IGNORECASE)
_TAB = re.compile(r"([^?]*?/tabid/\d+)(?:/|$)", re.IGNORECASE)
_SELECTED = re.compile(r"/SelectedTab/[^/]+", re.IGNORECASE)
_DEFAULT = re.compile(r"/+(?:Default\.aspx)?$", re.IGNORECASE)


class Calendar(NamedTuple):
    """Say where an install keeps its calendar.

    Attributes:
        page: address of the page that it stands on.
        root: what the addresses of its months begin with, such as ``https://x.example/cmis5/Meetings/tabid/70``.
        module: its number on that page, such as ``397``.
    """

    page: str
    root: str
    module: str

    def month(self, first: date) -> str:
        """Give the address of the calendar without scripts that shows the month of a day."""
        day = f"{first:%Y-%m}-01"
        return f"{self.root}/ctl/MeetingCalendarPublicNoJava/mid/{self.module}/Date/{day}/Default.aspx"

    def listing(self) -> str:
        """Give the address of the list of this month's meetings; it knows no other month."""
        return f"{self.page}?ctl=MeetingCalendarListView&mid={self.module}"


def resolve(base: str, href: str) -> str | None:
    """Give the absolute, percent-encoded address of a link, or None where it leads to no page."""
    cleaned = re.sub(r"[\x00-\x1f]+", "", href).strip()
    if not cleaned or cleaned.startswith("#"):
        return None
    try:
        url = urljoin(base, cleaned)
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(url.partition("#")[0], safe="%/:=&?~+!$,;'@()*[]-._")


def read_parts(url: str) -> dict[str, str]:
    """Give the parameters that an address carries in its path or its query, names in lower case."""
    return dict(_iter_parts(url))


def find_calendar(text: str, url: str, links: Sequence[str], forms: Sequence[str]) -> Calendar | None:
    """Find where a page's calendar is served, or give None where the page has no calendar.

    Args:
        text: the page as it came.
        url: its address.
        links: absolute addresses that it links to.
        forms: those that its forms are sent to.
    """
    ways = [link for link in links if read_parts(link).get("ctl", "").lower() in _CONTROLS]
    named = _MODULE.search(text)
    module = named[1] if named else next((read_parts(way)["mid"] for way in ways if "mid" in read_parts(way)), None)
    if module is None:
        return None
    own = [way for way in ways if read_parts(way).get("mid") == module]
    roots = [*(_CONTROL.match(way) for way in own), *(_TAB.match(place) for place in (url, *forms, *ways))]
    tabs = (read_parts(place).get("tabid") for place in (url, *forms, *own))
    usual = f"{urljoin(url, '.').rstrip('/')}/tabid/{next(filter(None, tabs), USUAL_TAB)}"
    root = next((found[1] for found in roots if found), usual)
    return Calendar(url.partition("?")[0], root, module)


def usual_calendar(base_url: str) -> Calendar:
    """Give where the calendar of an unchanged install is served."""
    return Calendar(f"{base_url}/{MEETING_PAGES[0]}", f"{base_url}/tabid/{USUAL_TAB}", USUAL_MODULE)


def meeting_pages(url: str) -> tuple[str, str]:
    """Give the addresses of a meeting's page and of its documents, from a link to either."""
    if "?" in url:
        bare = re.sub(r"[?&]SelectedTab=[^&]*", "", url, flags=re.IGNORECASE)
        return bare, f"{bare}&SelectedTab=Documents"
    core = _DEFAULT.sub("", _SELECTED.sub("", url))
    return f"{core}/Default.aspx", f"{core}/SelectedTab/Documents/Default.aspx"


_CONTROLS = frozenset(
    {"meetingcalendarpublicnojava", "meetingcalendarpublic", "meetingcalendarlistview", "viewmeetingpublic"}
)


def _iter_parts(url: str) -> Iterator[tuple[str, str]]:
    parts = urlsplit(url)
    for key, value in parse_qsl(parts.query):
        if key.lower() in _KEYS:
            yield key.lower(), value.strip("{}")
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    for key, value in zip(segments, segments[1:], strict=False):
        if key.lower() in _KEYS:
            yield key.lower(), value.strip("{}")
