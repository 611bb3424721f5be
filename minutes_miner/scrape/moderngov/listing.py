"""Read the pages that list committees and their meetings, where the web service is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from minutes_miner.domain.gathering import Committee, Findings, Obstacle, Request, Response
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.moderngov.address import read_name, read_query, resolve
from minutes_miner.scrape.moderngov.answer import open_html, read_href, read_text
from minutes_miner.scrape.moderngov.asking import MEETING_LIST, Asking, find_meeting
from minutes_miner.scrape.moderngov.calls import find_meetings, is_wanted, make_window
from minutes_miner.scrape.moderngov.period import Slice, find_day, find_horizon
from minutes_miner.scrape.moderngov.service import ListedMeeting

_NONE = re.compile(
    r"\b(?:there\s+(?:are|were)\s+(?:currently\s+)?no"
    r"|no\s+(?:\w+\s+){0,3}(?:meetings?|decisions?|found|available|listed))\b",
    re.IGNORECASE,
)
_CANCELLED = re.compile(r"\b(?:cancelled|postponed)\b", re.IGNORECASE)
_COMMITTEE_KEYS = {"mgcommitteedetails.aspx": ("id",), "ielistmeetings.aspx": ("cid", "committeeid")}


def read_committee_page(response: Response, asking: Asking) -> Findings:
    """Ask for the list of meetings of each committee; where they are not listed, ask the home page for them."""
    page = open_html(response)
    found = {} if isinstance(page, Obstacle) else dict(_iter_committees(find_body(page), response.url))
    if not found:
        obstacle = page if isinstance(page, Obstacle) else Obstacle(Coverage.FAILED, "a list of no committees")
        others = () if response.request.fact("home") else (asking.committee_page(is_home=True),)
        return Findings(others, obstacle=obstacle)
    wanted = {key: name for key, name in found.items() if is_wanted(name, asking.scope)}
    requests = tuple(asking.meeting_list(key, name) for key, name in wanted.items())
    return Findings(requests, tuple(Committee(key, name) for key, name in wanted.items()))


def read_meeting_list_page(response: Response, asking: Asking) -> Findings:
    """Ask for the page of each meeting in the scope, and for earlier and later lists."""
    page = open_html(response)
    if isinstance(page, Obstacle):
        return Findings(obstacle=page)
    body = find_body(page)
    meetings = list(_iter_meetings(body, response))
    turns = tuple(_iter_turns(body, response, asking))
    days = sorted(meeting.day for meeting in meetings if meeting.day)
    if not meetings and not turns and not says_none(body):
        return Findings(
            obstacle=Obstacle(Coverage.FAILED, "a list of no meetings that does not say that there are none")
        )
    committee = response.request.fact("committee") or ""
    window = make_window(committee, Slice(days[0], days[-1]), asking.scope) if days else None
    found = find_meetings(meetings, asking, window, by_page=True)
    return Findings((*found.requests, *turns), occasions=found.occasions, window=window)


def find_body(page: BeautifulSoup) -> Tag:
    """Give the part of a page that is ModernGov's, without the council's menus."""
    return page.select_one("#modgov") or page.select_one("[role=main], main") or page.body or page


def says_none(body: Tag) -> bool:
    """Tell whether a list says that it is empty."""
    return _NONE.search(read_text(body)) is not None


def _iter_committees(body: Tag, url: str) -> Iterator[tuple[str, str]]:
    for link in body.find_all("a", href=True):
        address = resolve(read_href(link), url)
        query, keys = read_query(address), _COMMITTEE_KEYS.get(read_name(address), ())
        key = next((query[name] for name in keys if query.get(name, "").isdecimal()), "")
        if key and read_text(link) and "info" not in query and "act" not in query:
            yield key, read_text(link)


def _iter_meetings(body: Tag, response: Response) -> Iterator[ListedMeeting]:
    """Give the meetings that a list links to, each once."""
    committee, name = response.request.fact("committee") or "", response.request.fact("name") or ""
    seen = set()
    for link in body.find_all("a", href=True):
        address = resolve(read_href(link), response.url)
        found = find_meeting(address) if read_name(address) == "ielistdocuments.aspx" else None
        if found is None or found[1] not in {"", committee} or found[0] in seen:
            continue
        seen.add(found[0])
        row = link.find_parent(["tr", "li", "p"])
        words = read_text(link) + " " + (read_text(row) if row is not None else "")
        cancelled = "Cancelled" if _CANCELLED.search(words) else ""
        yield ListedMeeting(found[0], find_day(words), cancelled, committee, name)


def _iter_turns(body: Tag, response: Response, asking: Asking) -> Iterator[Request]:
    """Ask for earlier and later lists, as far as the scope reaches."""
    for link in body.find_all("a", href=True):
        address = resolve(read_href(link), response.url)
        query = read_query(address)
        act, told = query.get("act", "").lower(), query.get("d", "")
        day = find_day(f"{told[:4]}-{told[4:6]}-{told[6:8]}") if told else None
        if read_name(address) != "ielistmeetings.aspx" or day is None:
            continue
        if (act == "earlier" and day > asking.scope.since) or (act == "later" and day < find_horizon(asking.scope)):
            facts = response.request.facts
            last = day if act == "earlier" else find_horizon(asking.scope)
            yield Request(address, MEETING_LIST, day=last, is_list=True, facts=facts)
