"""Say what the page of a meeting tells and calls for."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup

from minutes_miner.domain.gathering import Findings, Obstacle, Occasion, OccasionKind, Request, Response
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.moderngov.address import read_query
from minutes_miner.scrape.moderngov.answer import open_file, open_html
from minutes_miner.scrape.moderngov.asking import Asking, name_decision
from minutes_miner.scrape.moderngov.calls import find_standing, lacks_voters
from minutes_miner.scrape.moderngov.meetingpage import MeetingPage, Printed, read_page


def open_meeting_page(response: Response) -> tuple[BeautifulSoup, MeetingPage] | Obstacle:
    """Open the page of a meeting; gives it whole, and what it tells."""
    page = open_html(response)
    if isinstance(page, Obstacle):
        return page
    told = read_page(page, response.url)
    return (page, told) if told else Obstacle(Coverage.BLOCKED, "a page of no meeting")


def read_meeting_page(response: Response, asking: Asking) -> Findings:
    """Ask for the texts that a meeting's page only begins, its votes by name, and printed minutes where it has none."""
    opened, request = open_meeting_page(response), response.request
    if isinstance(opened, Obstacle):
        return Findings(obstacle=opened)
    page = opened[1]
    day = page.day or request.day
    standing = find_standing(page.title, day, asking.scope)
    key = request.occasion or ""
    notices = dict(_iter_notices(page, asking))
    occasions = [
        Occasion(request.occasion, OccasionKind.NOTICE, url=request.url, within=key)
        for request in notices.values()
        if request.occasion
    ]
    occasion = Occasion(key, OccasionKind.MEETING, day=day, standing=standing)
    return Findings((*_iter_parts(page, request, asking), *notices.values()), occasions=(occasion, *occasions))


def read_file(response: Response, asking: Asking) -> Findings:
    """Tell whether a printed document is one."""
    return Findings(obstacle=open_file(response))


def read_part(response: Response, asking: Asking) -> Findings:
    """Tell whether a page that belongs to a meeting can be read."""
    page = open_html(response)
    return Findings(obstacle=page if isinstance(page, Obstacle) else None)


def choose_printed(page: MeetingPage, agenda: str) -> list[Printed]:
    """Choose the printed minutes, or else printed decisions where the page states none.

    What bears another meeting's number is left out.
    """
    own = [one for one in page.printed if not (agenda and one.agenda) or one.agenda == agenda]
    for kind in ("minutes",) if page.told else ("minutes", "decisions"):
        if found := [one for one in own if one.kind == kind]:
            return found[:1]
    return []


def _iter_parts(page: MeetingPage, request: Request, asking: Asking) -> Iterator[Request]:
    """Ask for what belongs to the meeting itself."""
    meeting, day = request.fact("meeting") or "", page.day or request.day
    for item in page.shortened:
        yield asking.item_page(item, meeting, day)
    for item in page.voted:
        yield asking.votes_of_item(item, meeting, day)
    if not page.voted and day and lacks_voters(page.text) and page.told:
        yield asking.votes_of_day(meeting, day)
    if not page.minuted:
        for one in choose_printed(page, request.fact("agenda") or ""):
            yield asking.printed(one.url, meeting, day, kind=one.kind, is_draft=one.is_draft)


def _iter_notices(page: MeetingPage, asking: Asking) -> Iterator[tuple[str, Request]]:
    """Ask for the decisions that have pages of their own."""
    for url in page.decided:
        query = read_query(url)
        item, number = query.get("aiid", ""), query.get("id", "")
        if item.isdecimal() or number.isdecimal():
            of_item = not number.isdecimal()
            yield name_decision(number or item, of_item=of_item), asking.decision(number or item, of_item=of_item)
