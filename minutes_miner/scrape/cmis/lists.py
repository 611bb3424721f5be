"""Read the lists of a CMIS site: the calendar's months, the list of this month, committees and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from minutes_miner.domain.gathering import (
    Committee,
    Findings,
    Obstacle,
    Occasion,
    OccasionKind,
    Request,
    Response,
    Scope,
    Standing,
    Window,
)
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.cmis.day import last_of_month
from minutes_miner.scrape.cmis.detail import find_pane, find_title, read_labels
from minutes_miner.scrape.cmis.entry import (
    DecisionEntry,
    MeetingEntry,
    count_listed,
    find_committees,
    find_decisions,
    find_links,
    find_meetings,
    read_soup,
)
from minutes_miner.scrape.cmis.month import count_headings, count_unlinked


def read_month(response: Response, scope: Scope) -> Findings:
    """Read the calendar of a month, whose last day is the request's."""
    last = response.request.day or scope.until
    first = last.replace(day=1)
    page = read_soup(response.body)
    entries, unlinked = find_meetings(page, response.url, first), count_unlinked(page)
    fitting, headings = count_headings(page, first)
    if not headings and not entries and count_listed(page) != 0:
        return _fault("no calendar on the page")
    if fitting < headings / 2:
        return _fault(f"the calendar is of another month than {first:%B %Y}")
    if unlinked and not entries:
        return _fault(f"the calendar names {unlinked} meetings without their addresses")
    is_whole = scope.committee is None and not unlinked and all(entry.day for entry in entries)
    window = Window(OccasionKind.MEETING, None, max(first, scope.since), min(last_of_month(first), scope.until))
    return _meetings(entries, scope, window if is_whole else None)


def read_listing(response: Response, scope: Scope) -> Findings:
    """Read the list of this month's meetings."""
    page = read_soup(response.body)
    entries = find_meetings(page, response.url)
    if not entries and count_listed(page) != 0:
        return _fault("no list of meetings on the page")
    return _meetings(entries, scope)


def read_committees(response: Response, scope: Scope) -> Findings:
    """Read the list of committees, and ask for the page of each."""
    found = find_committees(read_soup(response.body), response.url)
    if not found:
        return _fault("no committees on the page")
    wanted = [(key, name, url) for key, (name, url) in found.items() if _wants(scope, name)]
    requests = [
        Request(url, "committee", day=scope.today, is_list=True, facts=(("committee", key), ("name", name)))
        for key, name, url in wanted
    ]
    return Findings(tuple(requests), committees=tuple(Committee(key, name, url) for key, name, url in wanted if name))


def read_committee(response: Response, scope: Scope) -> Findings:
    """Read the meetings of one committee."""
    page = read_soup(response.body)
    entries = find_meetings(page, response.url)
    if not entries and not read_labels(find_pane(page)) and count_listed(page) is None:
        return _fault("no committee on the page")
    name = response.request.fact("name") or find_title(find_pane(page))
    own = response.request.fact("committee")
    return _meetings([entry._replace(name=name, committee=entry.committee or own) for entry in entries], scope)


def read_decisions(response: Response, scope: Scope) -> Findings:
    """Read the list of decisions; what is only proposed is left until it is taken."""
    page = read_soup(response.body)
    entries, listed = find_decisions(page, response.url), count_listed(page)
    if not entries and listed != 0:
        return _fault("no list of decisions on the page")
    pages = {link for link in find_links(page, response.url) if "changepage=" in link.lower()}
    taken = [entry for entry in entries if not entry.is_proposed]
    wanted = [entry for entry in taken if scope.holds(entry.day) and _wants(scope, entry.text)]
    asked = [_decision_request(entry) for entry in wanted]
    more = [Request(link, "decisions", is_list=True) for link in sorted(pages)]
    lack = (listed or 0) - len(entries)
    reason = f"{lack} of {listed} decisions are on pages that only a form leads to" if lack > 0 and not pages else None
    return Findings(
        tuple([*more, *asked]),
        occasions=tuple(_notice(entry) for entry in wanted),
        obstacle=Obstacle(Coverage.FAILED, reason) if reason else None,
    )


def _meetings(entries: Iterable[MeetingEntry], scope: Scope, window: Window | None = None) -> Findings:
    """Give the meetings of a list that are wanted, and ask for their pages."""
    wanted = [entry for entry in entries if scope.holds(entry.day) and _wants(scope, entry.name)]
    bodies = {one.committee: Committee(one.committee, one.name) for one in wanted if one.committee and one.name}
    return Findings(
        tuple(_meeting_request(entry) for entry in wanted),
        committees=tuple(bodies.values()),
        occasions=tuple(_meeting(entry, scope.today) for entry in wanted),
        window=window,
    )


def _meeting_request(entry: MeetingEntry) -> Request:
    facts = (("documents", entry.documents), ("name", entry.name or ""))
    return Request(entry.url, "meeting", f"meeting/{entry.meeting}", entry.day, facts=facts)


def _meeting(entry: MeetingEntry, today: date) -> Occasion:
    coming = Standing.SCHEDULED if entry.day and entry.day > today else None
    return Occasion(
        f"meeting/{entry.meeting}",
        OccasionKind.MEETING,
        entry.committee,
        entry.name,
        entry.day,
        standing=entry.standing or coming,
        url=entry.url,
    )


def _decision_request(entry: DecisionEntry) -> Request:
    return Request(entry.url, "decision", f"decision/{entry.key}", facts=(("title", entry.title),))


def _notice(entry: DecisionEntry) -> Occasion:
    key, standing = f"decision/{entry.key}", Standing.HELD
    return Occasion(key, OccasionKind.NOTICE, day=entry.day, title=entry.title, standing=standing, url=entry.url)


def _wants(scope: Scope, name: str | None) -> bool:
    return not scope.committee or name is None or scope.committee.casefold() in name.casefold()


def _fault(reason: str) -> Findings:
    return Findings(obstacle=Obstacle(Coverage.BLOCKED, reason))
