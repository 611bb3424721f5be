"""A CMIS site's lists are found and read, and what can't be read is never taken for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cmis_site import (
    BASE,
    GUID,
    ROOT,
    TODAY,
    answer,
    entry,
    make_platform,
    meeting_href,
    month_page,
    site,
)

from minutes_miner.domain.gathering import OccasionKind, Request, Standing, Window
from minutes_miner.domain.vocabulary import Coverage

CALENDAR = site('<input name="dnn$ctr397$MeetingCalendarPublicNew$txtDate" /><div class="RadScheduler"></div>')
JUNE = f"{ROOT}/ctl/MeetingCalendarPublicNoJava/mid/397/Date/2026-06-01/Default.aspx"


def start(name: str = "calendar") -> Request:
    return next(request for request in make_platform().start() if request.page == name)


def month(day: date = date(2026, 6, 30)) -> Request:
    """Give the request for a month as the platform makes it."""
    platform = make_platform(day.replace(day=1), day)
    return platform.read(answer(start(), CALENDAR)).requests[0]


def test_the_first_requests_are_for_the_calendar_and_the_decisions() -> None:
    assert [(request.url, request.is_list) for request in make_platform().start()] == [
        (f"{BASE}/Meetings.aspx", True),
        (f"{BASE}/Decisions.aspx", True),
    ]


def test_a_calendar_is_asked_for_each_month_of_the_scope() -> None:
    platform = make_platform(date(2025, 11, 15), date(2026, 2, 3))
    asked = platform.read(answer(start(), CALENDAR)).requests
    assert [request.url for request in asked] == [
        f"{ROOT}/ctl/MeetingCalendarPublicNoJava/mid/397/Date/{first}/Default.aspx"
        for first in ("2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01")
    ]
    assert [request.day for request in asked] == [
        date(2025, 11, 30),
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
    ]
    assert all(request.is_list for request in asked)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            site('<input name="dnn%24ctr529%24MeetingCalendarPublic%24x">').replace("tabid/70", "tabid/140"),
            f"{BASE}/Meetings/tabid/140/ctl/MeetingCalendarPublicNoJava/mid/529/Date/2026-06-01/Default.aspx",
        ),
        (
            '<a href="/ccc/CTL/ViewMeetingPublic/MID/381/Meeting/7/Committee/2/Default.aspx">8 Jun 2026 10:00</a>',
            f"{BASE[:-6]}/ccc/ctl/MeetingCalendarPublicNoJava/mid/381/Date/2026-06-01/Default.aspx",
        ),
        (
            '<div id="dnn_ctr41_MeetingCalendarPublicNew_x"></div>',
            f"{BASE}/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/41/Date/2026-06-01/Default.aspx",
        ),
    ],
)
def test_tab_and_module_are_read_from_the_page(body: str, expected: str) -> None:
    assert [request.url for request in make_platform().read(answer(start(), body)).requests] == [expected]


def test_other_names_are_tried_and_the_usual_numbers_last() -> None:
    platform, request, tried = make_platform(), start(), []
    while request.page == "calendar":
        tried.append(request.url.rpartition("/")[2])
        (request,) = platform.read(answer(request, "", state=Coverage.FAILED)).requests
    assert tried == ["Meetings.aspx", "MeetingsCalendar.aspx", "MeetingCalendar.aspx", "CalendarofMeetings.aspx"]
    assert request.url == f"{BASE}/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/397/Date/2026-06-01/Default.aspx"


def test_the_usual_numbers_are_tried_on_one_month_before_the_others() -> None:
    platform = make_platform(date(2026, 4, 1))
    last = replace(start(), facts=(("candidate", "3"),))
    (trial,) = platform.read(answer(last, "", state=Coverage.FAILED)).requests
    assert trial.day == date(2026, 6, 30)
    found = platform.read(answer(trial, month_page(2026, 6, {})))
    assert [request.day for request in found.requests] == [date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]
    failed = platform.read(answer(trial, "", state=Coverage.FAILED))
    assert [request.page for request in failed.requests] == ["committees", "listing"]


def test_months_far_ahead_are_left_for_later_runs() -> None:
    platform = make_platform(date(2026, 6, 1), date(2027, 5, 31))
    assert [request.day for request in platform.read(answer(start(), CALENDAR)).requests] == [
        date(2026, 6, 30),
        date(2026, 7, 31),
        date(2026, 8, 31),
        date(2026, 9, 30),
    ]


def test_a_page_without_a_calendar_is_an_obstacle_and_the_next_name_is_tried() -> None:
    found = make_platform().read(answer(start(), site("<p>Welcome to Netherby.</p>")))
    assert found.obstacle is not None
    assert found.obstacle.state is Coverage.BLOCKED
    assert [request.url for request in found.requests] == [f"{BASE}/MeetingsCalendar.aspx"]


@pytest.mark.parametrize("state", [Coverage.REFUSED, Coverage.BLOCKED])
def test_a_site_that_refuses_is_left_alone(state: Coverage) -> None:
    assert make_platform().read(answer(start(), "", state=state)).requests == ()


def test_a_month_gives_its_meetings_with_the_year_of_the_month() -> None:
    links = {8: [entry(7101, 12, "10:00 Licensing Sub-Committee A")], 22: [entry(7102, 3, "18.30 Cabinet")]}
    body = month_page(2026, 6, links)
    found = make_platform().read(answer(month(), body))
    assert [(one.key, one.committee, one.committee_name, one.day, one.standing) for one in found.occasions] == [
        ("meeting/7101", "12", "Licensing Sub-Committee A", date(2026, 6, 8), None),
        ("meeting/7102", "3", "Cabinet", date(2026, 6, 22), Standing.SCHEDULED),
    ]
    assert [(one.key, one.name) for one in found.committees] == [("12", "Licensing Sub-Committee A"), ("3", "Cabinet")]
    assert [(one.url, one.page, one.occasion, one.day) for one in found.requests] == [
        (BASE[:-6] + meeting_href(7101, 12), "meeting", "meeting/7101", date(2026, 6, 8)),
        (BASE[:-6] + meeting_href(7102, 3), "meeting", "meeting/7102", date(2026, 6, 22)),
    ]
    assert found.window == Window(OccasionKind.MEETING, None, date(2026, 6, 1), date(2026, 6, 30))
    assert found.obstacle is None


def test_days_at_the_edge_of_a_year_are_of_the_right_year() -> None:
    body = month_page(2026, 1, {5: [entry(1, 1, "10:00 Cabinet")]})
    cell = "Wednesday, 31 December</div><ul>"
    edge = body.replace(cell, f"{cell}<li>{entry(2, 1, '09:00 Cabinet')}</li>")
    assert edge != body
    platform = make_platform(date(2025, 12, 1), date(2026, 1, 31))
    found = platform.read(answer(month(date(2026, 1, 31)), edge))
    assert {one.key: one.day for one in found.occasions} == {
        "meeting/1": date(2026, 1, 5),
        "meeting/2": date(2025, 12, 31),
    }


def test_a_month_without_meetings_is_complete_and_empty() -> None:
    found = make_platform().read(answer(month(), month_page(2026, 6, {})))
    assert (found.occasions, found.requests, found.obstacle) == ((), (), None)
    assert found.window is not None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (month_page(2025, 6, {8: [entry(1, 1, "10:00 Cabinet")]}), "another month than June 2026"),
        (month_page(2026, 7, {8: [entry(1, 1, "10:00 Cabinet")]}), "another month than June 2026"),
        (site("<p>Something went wrong.</p>"), "no calendar on the page"),
        (
            month_page(2026, 6, {8: ['<div class="rsApt" title="14:00 Cabinet : Hall"><span>Cabinet</span></div>']}),
            "the calendar names 1 meetings without their addresses",
        ),
    ],
)
def test_a_month_that_is_not_what_was_asked_for_is_an_obstacle_with_ways_round(body: str, reason: str) -> None:
    found = make_platform().read(answer(month(), body))
    assert found.obstacle is not None
    assert reason in found.obstacle.reason
    assert (found.occasions, found.window) == ((), None)
    assert [request.url for request in found.requests] == [
        f"{BASE}/Committees.aspx",
        f"{BASE}/Meetings.aspx?ctl=MeetingCalendarListView&mid=397",
    ]


def test_a_month_that_fails_has_ways_round_and_the_list_is_of_the_current_month_only() -> None:
    asked = make_platform(date(2026, 4, 1)).read(answer(month(date(2026, 4, 30)), "", state=Coverage.FAILED)).requests
    assert [request.url for request in asked] == [f"{BASE}/Committees.aspx"]


def test_the_calendar_with_scripts_tells_days_by_anchors_and_meetings_by_titles() -> None:
    apt = f"""<td><a class="rsDateHeader" href="#2026-06-11">11</a>
 <div class="rsApt" title="14:00 Planning Committee : The
 Moot Hall"><a href="{meeting_href(5, 6)}"> </a></div></td><td><a class="rsDateHeader" href="#2026-06-12">12</a></td>"""
    found = make_platform().read(answer(month(), site(f"<table><tr>{apt}</tr></table>")))
    assert [(one.key, one.committee_name, one.day) for one in found.occasions] == [
        ("meeting/5", "Planning Committee", date(2026, 6, 11))
    ]


def test_headings_that_stand_before_their_lists_are_read_too() -> None:
    flat = f"<h3>Monday, 8 June</h3>{entry(1, 1, '10:00 Cabinet')}"
    flat += f"<h3>Tuesday, 9 June</h3>{entry(2, 2, '11:00 Council')}"
    found = make_platform().read(answer(month(), site(flat)))
    assert {one.key: one.day for one in found.occasions} == {
        "meeting/1": date(2026, 6, 8),
        "meeting/2": date(2026, 6, 9),
    }


def test_a_cancelled_meeting_is_marked_in_the_calendar() -> None:
    body = month_page(2026, 6, {8: [entry(1, 1, "10:00 Cabinet - CANCELLED")]})
    found = make_platform().read(answer(month(), body))
    assert [(one.committee_name, one.standing) for one in found.occasions] == [("Cabinet", Standing.CANCELLED)]


def test_one_committee_can_be_wished_for_and_nothing_has_vanished_then() -> None:
    body = month_page(2026, 6, {8: [entry(1, 1, "10:00 Cabinet"), entry(2, 2, "11:00 Licensing Committee")]})
    found = make_platform(committee="licensing").read(answer(month(), body))
    assert [one.key for one in found.occasions] == ["meeting/2"]
    assert [request.occasion for request in found.requests] == ["meeting/2"]
    assert found.window is None


def test_the_list_of_the_current_month_is_read() -> None:
    row = f'<tr class="rgAltRow"><td>{entry(9, 4, "9 Jun 2026 11:00 - Planning Committee")}</td></tr>'
    found = make_platform().read(answer(Request(f"{BASE}/x", "listing"), site(f"<table>{row}</table>")))
    assert [(one.key, one.committee_name, one.day) for one in found.occasions] == [
        ("meeting/9", "Planning Committee", date(2026, 6, 9))
    ]


COMMITTEES = site(
    '<a href="/cmis5/Committees/tabid/62/ctl/ViewCMIS_CommitteeDetails/mid/381/id/12/Default.aspx">Licensing</a>'
    '<a href="/cmis5/Committees/tabid/62/ctl/ViewCMIS_CommitteeDetails/mid/381/id/14/Default.aspx">Cabinet</a>'
)


def test_committees_are_asked_for_their_meetings() -> None:
    found = make_platform().read(answer(Request(f"{BASE}/Committees.aspx", "committees"), COMMITTEES))
    assert [(one.key, one.name) for one in found.committees] == [("12", "Licensing"), ("14", "Cabinet")]
    assert [(one.page, one.fact("committee"), one.is_list) for one in found.requests] == [
        ("committee", "12", True),
        ("committee", "14", True),
    ]


@pytest.mark.parametrize("state", [None, Coverage.FAILED])
def test_the_usual_page_of_committees_is_tried_where_the_named_one_is_none(state: Coverage | None) -> None:
    asked = Request(f"{BASE}/Committees.aspx", "committees")
    found = make_platform().read(answer(asked, site("<p>Hm</p>"), state=state))
    assert [request.url for request in found.requests] == [f"{BASE}/tabid/62/Default.aspx"]
    again = make_platform().read(answer(found.requests[0], site("<p>Hm</p>"), state=state))
    assert again.requests == ()
    assert (again.obstacle is None) is (state is not None)


def test_a_committee_lists_its_meetings_but_its_term_is_none() -> None:
    def row(meeting: int, day: str, status: str) -> str:
        return f"<tr><td><a href='{meeting_href(meeting, 12)}'>{day} 10:00</a></td><td>{status}</td></tr>"

    rows = row(1, "1 Jun 2026", "Occurred") + row(2, "29 June 2026", "Scheduled") + row(3, "15/06/2026", "Cancelled")
    rows += row(4, "4 May 2026", "Occurred")
    page = site(f"<h2>Licensing Committee</h2><div>Active: 06 May 2022 - onwards</div><table>{rows}</table>")
    request = Request(f"{BASE}/x", "committee", facts=(("committee", "12"), ("name", "Licensing Committee")))
    found = make_platform().read(answer(request, page))
    assert [(one.key, one.day, one.standing, one.committee_name) for one in found.occasions] == [
        ("meeting/1", date(2026, 6, 1), Standing.HELD, "Licensing Committee"),
        ("meeting/2", date(2026, 6, 29), Standing.SCHEDULED, "Licensing Committee"),
        ("meeting/3", date(2026, 6, 15), Standing.CANCELLED, "Licensing Committee"),
    ]


def decision_row(guid: str, title: str, status: str, day: str = "3 June 2026") -> str:
    href = f"/cmis5/Decisions/tabid/76/ctl/ViewCMIS_DecisionDetails/mid/390/Id/{{{guid.upper()}}}/Default.aspx"
    return f'<tr class="rgRow"><td><a href="{href}">{title}</a></td><td>{day}</td><td>{status}</td></tr>'


def test_decisions_are_asked_for_and_proposals_left_until_they_are_taken() -> None:
    other = GUID.replace("5f", "6a")
    rows = decision_row(GUID, "Proposed lease of the mill", "Decision Taken")
    rows += decision_row(other, "Car park charges", "Decision Proposed")
    rows += decision_row(GUID.replace("5f", "7a"), "Of another year", "Decision Taken", "3 June 2019")
    found = make_platform().read(answer(start("decisions"), site(f"<table>{rows}</table>")))
    assert [(one.key, one.kind, one.day, one.title, one.standing) for one in found.occasions] == [
        (f"decision/{GUID}", OccasionKind.NOTICE, date(2026, 6, 3), "Proposed lease of the mill", Standing.HELD),
    ]
    assert [request.occasion for request in found.requests] == [f"decision/{GUID}"]
    assert found.obstacle is None


def test_decisions_behind_a_form_are_told() -> None:
    body = site(f"<table>{decision_row(GUID, 'Mill', 'Decision Taken')}</table><div>72 items in 5 pages</div>")
    found = make_platform().read(answer(start("decisions"), body))
    assert len(found.requests) == 1
    assert found.obstacle is not None
    assert found.obstacle.reason == "71 of 72 decisions are on pages that only a form leads to"


def test_pages_of_decisions_that_links_lead_to_are_asked_for() -> None:
    pager = '<a href="/cmis5/Decisions.aspx?dnn$ctr390$grdChangePage=2">2</a> 72 items in 5 pages'
    found = make_platform().read(answer(start("decisions"), site(decision_row(GUID, "Mill", "Taken") + pager)))
    assert [request.page for request in found.requests] == ["decisions", "decision"]
    assert found.obstacle is None


@pytest.mark.parametrize(("text", "is_fault"), [("No records to display.", False), ("Welcome", True)])
def test_no_decisions_are_told_from_no_list(text: str, is_fault: bool) -> None:
    found = make_platform().read(answer(start("decisions"), site(f"<p>{text}</p>")))
    assert (found.obstacle is not None) is is_fault


def test_the_year_of_today_has_no_part_in_a_month_long_past() -> None:
    body = month_page(2019, 12, {2: [entry(1, 1, "10:00 Cabinet")]})
    platform = make_platform(date(2019, 12, 1), TODAY)
    asked = replace(month(), day=date(2019, 12, 31), url=JUNE.replace("2026-06", "2019-12"))
    assert [one.day for one in platform.read(answer(asked, body)).occasions] == [date(2019, 12, 2)]
