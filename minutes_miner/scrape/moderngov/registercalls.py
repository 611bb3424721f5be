"""Say what the register of decisions tells and calls for."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup

from minutes_miner.domain.gathering import Findings, Obstacle, Occasion, OccasionKind, Request, Response, Standing
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.moderngov.answer import is_refusal, open_html
from minutes_miner.scrape.moderngov.asking import Asking, name_meeting, read_slice
from minutes_miner.scrape.moderngov.period import slice_quarters
from minutes_miner.scrape.moderngov.register import DecisionPage, Entry, read_decision, read_entries, read_meetings

_WEEK = 7
"""Days of the shortest list of decisions that is asked for again in halves no more."""


def read_register(response: Response, asking: Asking) -> Findings:
    """Ask for each decision that was published in the scope; the first list leads on to the older ones.

    Lists are by the day of publication, often long after the decision, so none says which decisions have vanished.
    """
    page = open_html(response)
    if isinstance(page, Obstacle):
        return Findings(tuple(_ask_otherwise(response, asking, page)), obstacle=page)
    entries = read_entries(page, response.url)
    if entries is None:
        obstacle = Obstacle(Coverage.FAILED, "a list of no decisions that does not say that there are none")
        return Findings(tuple(_lead_on(response, asking)), obstacle=obstacle)
    wanted = [entry for entry in entries if asking.scope.holds(entry.day)]
    requests = [asking.decision(entry.number, of_item=entry.of_item) for entry in wanted]
    return Findings((*requests, *_lead_on(response, asking)), occasions=tuple(_name(one, asking) for one in wanted))


def open_decision(response: Response) -> tuple[BeautifulSoup, DecisionPage] | Obstacle:
    """Open the page of a decision; gives it whole, and what it tells."""
    page = open_html(response)
    if isinstance(page, Obstacle):
        return page
    told = read_decision(page, response.url)
    return (page, told) if told else Obstacle(Coverage.BLOCKED, "a page of no decision")


def read_decision_page(response: Response, asking: Asking) -> Findings:
    """Take who decided what, when and at which meeting, and ask for the history of its issue."""
    opened, key = open_decision(response), response.request.occasion or ""
    if isinstance(opened, Obstacle):
        return Findings(obstacle=opened)
    page = opened[1]
    within = name_meeting(page.meeting) if page.meeting else None
    occasion = Occasion(
        key,
        OccasionKind.NOTICE,
        committee_name=page.maker or None,
        day=page.day,
        title=page.title or None,
        standing=Standing.HELD if page.is_taken else Standing.SCHEDULED,
        url=response.request.url,
        within=within,
    )
    issues = () if asking.scope.committee else tuple(asking.issue(number, key) for number in page.issues)
    return Findings(issues, occasions=(occasion,))


def read_issue(response: Response, asking: Asking) -> Findings:
    """Ask for the decisions and meetings in the history of an issue, as far as they are in the scope."""
    page = open_html(response)
    if isinstance(page, Obstacle):
        return Findings(obstacle=page)
    decisions = [one for one in read_entries(page, response.url) or [] if asking.scope.holds(one.day)]
    meetings = [one for one in read_meetings(page, response.url) if one.day and asking.scope.holds(one.day)]
    requests = [asking.decision(one.number, of_item=one.of_item) for one in decisions]
    requests += [asking.meeting(one.meeting, one.committee, one.day) for one in meetings]
    named = [_name(one._replace(title=""), asking) for one in decisions]  # a history writes the day before the title
    named += [
        Occasion(
            name_meeting(one.meeting),
            OccasionKind.MEETING,
            day=one.day,
            url=asking.meeting_url(one.meeting, one.committee),
        )
        for one in meetings
    ]
    return Findings(tuple(requests), occasions=tuple(named))


def _ask_otherwise(response: Response, asking: Asking, obstacle: Obstacle) -> Iterator[Request]:
    """Ask for a list that failed in halves; where the register is closed, for nothing more of it."""
    days = read_slice(response.request)
    if is_refusal(response, obstacle):
        return
    if days.days > _WEEK:
        for half in reversed(days.halve()):
            yield asking.register(half)
    yield from _lead_on(response, asking)


def _lead_on(response: Response, asking: Asking) -> list[Request]:
    if not response.request.fact("leads"):
        return []
    return [asking.register(days) for days in slice_quarters(asking.scope)[1:]]


def _name(entry: Entry, asking: Asking) -> Occasion:
    request = asking.decision(entry.number, of_item=entry.of_item)
    return Occasion(request.occasion or "", OccasionKind.NOTICE, title=entry.title or None, url=request.url)
