"""Say what the answers of the web service tell and call for: lists of committees and meetings, and meetings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
from minutes_miner.scrape.moderngov.answer import is_refusal, open_xml
from minutes_miner.scrape.moderngov.asking import Asking, name_meeting, read_slice
from minutes_miner.scrape.moderngov.period import Slice, find_horizon, slice_years
from minutes_miner.scrape.moderngov.record import MeetingRecord, read_record
from minutes_miner.scrape.moderngov.service import ListedMeeting, read_committees, read_meetings

_CANCELLED = re.compile(r"cancel|postpon", re.IGNORECASE)
_RECORDED_VOTE = re.compile(
    r"\b(?:recorded|named)\s+(?:vote|division)|\bvote\s+(?:was|be|being)\s+recorded|\broll[\s-]*call"
    r"|\bdivision\s+(?:list|was)",
    re.IGNORECASE,
)
_VOTERS = re.compile(
    r"\b(?i:for|favour|ayes?|against|noes)\b[^:.]{0,40}[:\u2013-]\s*"
    r"(?:Councillors?\b|Cllrs?\b|[A-Z][\w'\u2019-]+\s+[A-Z])"
)
"""The names of one side of a vote at least."""
_TAG = re.compile(r"<[^<>]*>|&nbsp;")
_MONTH = 31
"""Days of the shortest list of meetings that is asked for again in halves no more."""


def read_committee_list(response: Response, asking: Asking) -> Findings:
    """Ask for the meetings of each committee year by year; where the service is closed, ask the pages."""
    root = open_xml(response)
    listed = [] if isinstance(root, Obstacle) else read_committees(root)
    if not listed:
        obstacle = root if isinstance(root, Obstacle) else Obstacle(Coverage.FAILED, "a list of no committees")
        again = not response.request.fact("bare") and not is_refusal(response, obstacle)
        return Findings((asking.committees(bare=True) if again else asking.committee_page(),), obstacle=obstacle)
    wanted = [one for one in listed if is_wanted(one.name, asking.scope)]
    years = slice_years(asking.scope)
    requests = [asking.meetings(one.key, one.name, days, is_ended=one.has_ended) for one in wanted for days in years]
    return Findings(tuple(requests), tuple(Committee(one.key, one.name) for one in wanted))


def read_meeting_list(response: Response, asking: Asking) -> Findings:
    """Take the meetings of a slice that are in the scope; a slice that could not be read is asked for in halves."""
    request, days = response.request, read_slice(response.request)
    root = open_xml(response)
    listed = None if isinstance(root, Obstacle) else read_meetings(root)
    if isinstance(root, Obstacle) or listed is None or (listed.told and not listed.meetings):
        obstacle = (
            root
            if isinstance(root, Obstacle)
            else Obstacle(Coverage.FAILED, "a list that lacks the meetings it counts")
        )
        return Findings(tuple(_ask_otherwise(response, asking, obstacle)), obstacle=obstacle)
    committee, name = request.fact("committee") or "", request.fact("name") or ""
    meetings = [one for one in listed.meetings if one.committee in {"", committee}]
    return find_meetings(
        [one._replace(committee=committee, committee_name=one.committee_name or name) for one in meetings],
        asking,
        make_window(committee, days, asking.scope),
        by_page=False,
    )


def read_meeting(response: Response, asking: Asking) -> Findings:
    """Ask for what the record of a meeting lacks: votes by name, or minutes that stand elsewhere."""
    request = response.request
    key, committee = request.fact("meeting") or "", request.fact("committee") or ""
    root = open_xml(response)
    record = None if isinstance(root, Obstacle) else read_record(root)
    if record is None or record.key != key:
        obstacle = (
            root if isinstance(root, Obstacle) else Obstacle(Coverage.FAILED, "the record of another meeting, or none")
        )
        return Findings((asking.meeting_page(key, committee, request.day),), obstacle=obstacle)
    day = record.day or request.day
    standing = find_standing(record.status, day, asking.scope)
    requests = [asking.votes_of_day(key, day)] if day and any(map(lacks_voters, _read_texts(record))) else []
    if _lacks_minutes(record, standing):
        requests.append(asking.meeting_page(key, committee, day, agenda=record.agenda))
    return Findings(
        tuple(requests), occasions=(Occasion(request.occasion or "", OccasionKind.MEETING, day=day, standing=standing),)
    )


def find_meetings(
    meetings: Iterable[ListedMeeting], asking: Asking, window: Window | None, *, by_page: bool
) -> Findings:
    """Name the meetings of a list that are wanted, and ask for those that were held.

    Args:
        meetings: as listed.
        asking: words the requests.
        window: what the list was complete for.
        by_page: whether their pages are asked for, and not the web service.
    """
    horizon, scope = find_horizon(asking.scope), asking.scope
    wanted = [one for one in meetings if scope.holds(one.day) or (one.day and scope.today < one.day <= horizon)]
    ask = asking.meeting_page if by_page else asking.meeting
    held = [one for one in wanted if find_standing(one.status, one.day, scope) is Standing.HELD]
    requests = [ask(one.key, one.committee, one.day) for one in held]
    return Findings(tuple(requests), occasions=tuple(_name(one, asking) for one in wanted), window=window)


def make_window(committee: str, days: Slice, scope: Scope) -> Window | None:
    """Say what a list was complete for; None where that is nothing of the scope."""
    first, last = max(days.first, scope.since), min(days.last, find_horizon(scope))
    return Window(OccasionKind.MEETING, committee, first, last) if first <= last else None


def find_standing(status: str, day: date | None, scope: Scope) -> Standing:
    """Judge a meeting by the words said of it and its day."""
    if _CANCELLED.search(status):
        return Standing.CANCELLED
    return Standing.SCHEDULED if day and day > scope.today else Standing.HELD


def speaks_of_votes(text: str) -> bool:
    """Tell whether minutes tell of a vote by name."""
    return _RECORDED_VOTE.search(text) is not None


def lacks_voters(text: str) -> bool:
    """Tell whether minutes tell of a vote by name without the names of the voters, which stand elsewhere then."""
    return speaks_of_votes(text) and not _VOTERS.search(_TAG.sub(" ", text))


def is_wanted(name: str, scope: Scope) -> bool:
    """Tell whether a committee is one of those asked for."""
    return scope.committee is None or scope.committee.casefold() in name.casefold()


def _ask_otherwise(response: Response, asking: Asking, obstacle: Obstacle) -> Iterator[Request]:
    request, days = response.request, read_slice(response.request)
    committee, name = request.fact("committee") or "", request.fact("name") or ""
    if is_refusal(response, obstacle):
        yield asking.meeting_list(committee, name)
    elif days.days > _MONTH:
        is_ended = request.day == days.first
        for half in reversed(days.halve()):
            yield asking.meetings(committee, name, half, is_ended=is_ended)


def _name(meeting: ListedMeeting, asking: Asking) -> Occasion:
    return Occasion(
        name_meeting(meeting.key),
        OccasionKind.MEETING,
        meeting.committee,
        meeting.committee_name or None,
        meeting.day,
        standing=find_standing(meeting.status, meeting.day, asking.scope),
        url=asking.meeting_url(meeting.key, meeting.committee),
    )


def _read_texts(record: MeetingRecord) -> list[str]:
    return [item.decision + item.minutes for item in record.items]


def _lacks_minutes(record: MeetingRecord, standing: Standing) -> bool:
    """Tell whether minutes may stand elsewhere: published, or nothing said of it, and the record has none."""
    if standing is not Standing.HELD or any(item.minutes for item in record.items):
        return False
    unsaid = record.has_minutes is None and bool(record.items)
    return bool(record.has_minutes) or (not record.told and (bool(record.has_decisions) or unsaid))
