"""Read a council's CMIS site: calendar, meetings, documents and decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from minutes_miner.domain.gathering import (
    Authority,
    Composition,
    Findings,
    Obstacle,
    Occasion,
    OccasionKind,
    Request,
    Response,
    Scope,
)
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.cmis.address import (
    COMMITTEE_PAGES,
    DECISION_PAGE,
    MEETING_PAGES,
    Calendar,
    find_calendar,
    usual_calendar,
)
from minutes_miner.scrape.cmis.composing import compose_meeting, compose_notice
from minutes_miner.scrape.cmis.day import iter_months, last_of_month
from minutes_miner.scrape.cmis.entry import find_forms, find_links, read_soup
from minutes_miner.scrape.cmis.lists import read_committee, read_committees, read_decisions, read_listing, read_month
from minutes_miner.scrape.cmis.occasions import find_fault, read_decision, read_documents, read_meeting

LISTS: dict[str, Callable[[Response, Scope], Findings]] = {
    "month": read_month,
    "listing": read_listing,
    "committees": read_committees,
    "committee": read_committee,
    "decisions": read_decisions,
}
"""What reads each kind of list."""

PAGES: dict[str, Callable[[Response], Findings]] = {
    "meeting": read_meeting,
    "documents": read_documents,
    "decision": read_decision,
    "document": lambda _response: Findings(),
}
"""What reads each kind of page that belongs to one meeting or decision."""

AHEAD = timedelta(days=92)
"""Months that begin later are not asked for: one takes an install up to 40 seconds, and only lists what is planned."""


class Cmis:
    """Read the site of one council.

    The way in is the calendar, one page a month. Where a month can't be read, the committees' pages are asked for,
    which list their meetings, and for the current month the calendar's list.
    """

    def __init__(self, authority: Authority, scope: Scope) -> None:
        self._base = (authority.base_url or "").rstrip("/")
        self._scope = scope

    def start(self) -> Iterable[Request]:
        """Ask for the page of the calendar and for the decisions."""
        yield self._candidate("calendar", MEETING_PAGES, 0)
        yield Request(f"{self._base}/{DECISION_PAGE}", "decisions", is_list=True)

    def read(self, response: Response) -> Findings:
        """Read one answer."""
        page = response.request.page
        if page == "calendar":
            return self._read_calendar(response)
        if page in PAGES:
            fault = find_fault(response)
            return PAGES[page](response) if fault is None else _told(response, Findings(obstacle=fault))
        found = Findings(obstacle=response.obstacle) if response.obstacle else LISTS[page](response, self._scope)
        if found.obstacle is None:
            others = self._months(_calendar_of(response.request)) if response.request.fact("trial") else ()
            return replace(found, requests=(*others, *found.requests))
        return _told(response, replace(found, requests=(*found.requests, *self._ways_round(response, found.obstacle))))

    def compose(self, occasion: Occasion, responses: Sequence[Response]) -> Composition:
        """Make the papers of a meeting or notice."""
        if occasion.kind is OccasionKind.NOTICE:
            return compose_notice(occasion, responses)
        return compose_meeting(occasion, responses, self._scope.today)

    def _candidate(self, page: str, names: Sequence[str], index: int) -> Request:
        return Request(f"{self._base}/{names[index]}", page, is_list=True, facts=(("candidate", str(index)),))

    def _read_calendar(self, response: Response) -> Findings:
        """Find where the calendar's months are served, or look under the next name."""
        if response.obstacle and response.obstacle.state is not Coverage.FAILED:
            return Findings()
        if not response.obstacle:
            page, text = read_soup(response.body), response.body.decode("utf-8", "replace")
            links, forms = find_links(page, response.url), find_forms(page, response.url)
            if calendar := find_calendar(text, response.url, links, forms):
                return Findings(tuple(self._months(calendar)))
        fault = Findings(obstacle=Obstacle(Coverage.BLOCKED, "no calendar on the page"))
        following = int(response.request.fact("candidate") or 0) + 1
        if following < len(MEETING_PAGES):
            return _told(response, replace(fault, requests=(self._candidate("calendar", MEETING_PAGES, following),)))
        usual = usual_calendar(self._base)
        *_, trial = self._months(usual, is_trial=True)
        return _told(response, replace(fault, requests=(trial,)))

    def _months(self, calendar: Calendar, *, is_trial: bool = False) -> Iterable[Request]:
        """Ask for each month of the scope, but those that are far ahead: no decisions are taken in them yet."""
        facts = (*calendar._asdict().items(), *((("trial", "yes"),) if is_trial else ()))
        until = min(self._scope.until, max(self._scope.since, self._scope.today + AHEAD))
        for first in iter_months(self._scope.since, until):
            yield Request(calendar.month(first), "month", day=last_of_month(first), is_list=True, facts=facts)

    def _ways_round(self, response: Response, obstacle: Obstacle) -> Iterable[Request]:
        """Give the other ways to what a list that can't be read would have told."""
        request = response.request
        following = int(request.fact("candidate") or 0) + 1
        if request.page == "committees" and following < len(COMMITTEE_PAGES):
            yield self._candidate("committees", COMMITTEE_PAGES, following)
        if request.page != "month" or obstacle.state is Coverage.REFUSED:
            return
        yield self._candidate("committees", COMMITTEE_PAGES, 0)
        if request.day and _is_same_month(request.day, self._scope.today):
            yield Request(_calendar_of(request).listing(), "listing", day=request.day, is_list=True)


def _told(response: Response, found: Findings) -> Findings:
    """Leave out the obstacle where the answer itself tells it."""
    return replace(found, obstacle=None) if response.obstacle else found


def _calendar_of(request: Request) -> Calendar:
    """Give the calendar that a month's request remembers."""
    return Calendar(*(request.fact(name) or "" for name in Calendar._fields))


def _is_same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)
