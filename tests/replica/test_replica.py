"""Test that every decision of the model is reached by each way in, and that what is sent is well-formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

import pytest
from lxml import etree

from .council import Council
from .model import Meeting, Stage, Truth
from .server import Replica, serve
from .visiting import Visit, visit

MODERN = Council("TST", "Testbeck Council", years=2, committees=8)
OTHER = Council("TCM", "Testcombe Council", platform="cmis", years=1, committees=4, seed=3)
DATES = "sFromDate=01/01/2000&sToDate=31/12/2030"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    """Both councils, well behaved."""
    with serve([MODERN, OTHER]) as running:
        yield running


@pytest.fixture(scope="module")
def modern(replica: Replica) -> str:
    """Base address of the ModernGov site."""
    return replica.urls["TST"]


@pytest.fixture(scope="module")
def other(replica: Replica) -> str:
    """Base address of the CMIS site."""
    return replica.urls["TCM"]


@cache
def truths(council: Council) -> dict[str, list[Truth]]:
    """Give the truth by occasion, of meetings and of notices."""
    found: dict[str, list[Truth]] = {}
    for truth in council.truth():
        found.setdefault(truth.occasion, []).append(truth)
    return found


def held(council: Council) -> list[Meeting]:
    """Give the meetings whose minutes are published."""
    return [one for one in council.meetings if one.key in truths(council)]


def missing(council: Council, meeting: Meeting, words: str) -> list[str]:
    """Give the decisions of a meeting that words lack."""
    texts = [truth.text for truth in truths(council)[meeting.key]]
    assert len(texts) > 1
    return [text for text in texts if text not in words]


def read_xml(answer: Visit) -> etree._Element:
    """Parse XML, which must be well-formed."""
    assert (answer.status, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    return etree.fromstring(answer.body)


def test_the_web_service_leads_to_every_decision(modern: str) -> None:
    service = f"{modern}/mgWebService.asmx"
    bodies = read_xml(visit(f"{service}/GetCommittees?lDummy=0")).findall("committee")
    assert len(bodies) == 8
    assert "True" in {body.findtext("committeeexpired") for body in bodies}
    found = set()
    for body in bodies:
        answer = read_xml(visit(f"{service}/GetMeetings?lCommitteeId={body.findtext('committeeid')}&{DATES}"))
        ids = [meeting.findtext("meetingid") for meeting in answer.iter("meeting")]
        assert answer.findtext("meetingscount") == f" {len(ids)}"
        found |= set(ids)
    assert {str(meeting.id) for meeting in held(MODERN)} <= found
    for meeting in held(MODERN):
        told = visit(f"{service}/GetMeeting?lMeetingId={meeting.id}")
        assert read_xml(told).findtext("minutepublished") == "True"
        assert not missing(MODERN, meeting, told.words)


def test_all_meetings_by_date_are_the_same_whatever_the_order(modern: str) -> None:
    asked = f"{modern}/mgwebservice.asmx/GetAllMeetingsByDate?lCommitteeId=0&{DATES}&bIsAscendingDateOrder"
    answers = [read_xml(visit(f"{asked}={order}")) for order in ("true", "false")]
    up, down = ([meeting.findtext("meetingid") for meeting in answer.iter("meeting")] for answer in answers)
    assert up == down[::-1]
    assert {str(meeting.id) for meeting in held(MODERN)} <= set(up)


def test_dates_of_another_form_are_ignored(modern: str) -> None:
    asked = "lCommitteeId=0&sFromDate=2026-01-01&sToDate=2026-01-31&bIsAscendingDateOrder=true"
    answer = read_xml(visit(f"{modern}/mgWebService.asmx/GetAllMeetingsByDate?{asked}"))
    assert len(list(answer.iter("meeting"))) > len(held(MODERN))


def test_operations_that_are_not_there_say_so(modern: str) -> None:
    answer = visit(f"{modern}/mgWebService.asmx/GetDecisions?x=1")
    assert (answer.status, "method name is not valid" in answer.text) == (500, True)


def test_the_pages_lead_to_every_decision(modern: str) -> None:
    seen: dict[str, str] = {}
    for body in visit(f"{modern}/mgListCommittees.aspx?bcr=1").links("mgCommitteeDetails"):
        turns = visit(body).links("ieListMeetings.aspx.CommitteeId")
        while turns:
            listing = visit(turns.pop())
            turns += listing.links("Act=earlier")
            seen |= {re.findall(r"MId=(\d+)", link)[0]: link for link in listing.links("ieListDocuments")}
    assert {str(meeting.id) for meeting in held(MODERN)} <= set(seen)
    for meeting in held(MODERN):
        answer = visit(seen[str(meeting.id)].replace("MId=", "mid="))
        assert f'content="{meeting.day.isoformat()}"' in answer.text
        assert not missing(MODERN, meeting, answer.words)


def test_the_month_calendar_names_every_meeting(modern: str) -> None:
    for meeting in held(MODERN)[::20]:
        answer = visit(f"{modern}/mgCalendarMonthView.aspx?GL=1&M={meeting.day.month}&DD={meeting.day.year}")
        assert answer.links(f"MId={meeting.id}$")


def test_printed_minutes_hold_every_decision(modern: str) -> None:
    for meeting in held(MODERN)[::6]:
        page = visit(f"{modern}/ieListDocuments.aspx?MId={meeting.id}")
        (link,) = page.links(r"T=1$")
        answer = visit(link)
        assert answer.headers["content-type"] == "application/pdf"
        assert not missing(MODERN, meeting, answer.words)


def test_the_register_leads_to_officers_decisions_by_the_day_of_publication(modern: str) -> None:
    span = quote(f"{MODERN.first:%d/%m/%Y}-{MODERN.today:%d/%m/%Y}", safe="")
    listing = visit(f"{modern}/mgDelegatedDecisions.aspx?bcr=1&DM=0&DS=2&K=0&DR={span}&V=0")
    pages = {link: visit(link) for link in listing.links("ieDecisionDetails")}
    words = "\n".join(page.words for page in pages.values())
    notices = [truth for truth in MODERN.truth() if truth.occasion.startswith("decision/")]
    assert len(notices) > 20
    assert not [truth for truth in notices if truth.text not in words]
    officers = visit(f"{modern}/mgListOfficerDecisions.aspx?DR={span}").links("ieDecisionDetails")
    assert len(officers) == len(notices)
    assert set(officers) < set(pages)
    assert any("AIId=" in link for link in pages)
    at_meetings = [page for page in pages.values() if "Decided at meeting" in page.text]
    assert len(at_meetings) == len(pages) - len(notices)
    assert all(page.links("ieListDocuments.aspx.CId=.*MID=") for page in at_meetings)


def test_attachments_and_packs_are_files(modern: str) -> None:
    meeting = held(MODERN)[-1]
    page = visit(f"{modern}/ieListDocuments.aspx?MId={meeting.id}")
    for link in page.links(r"documents/s\d+"):
        assert visit(link).body.startswith(b"%PDF")
    (choice,) = page.links("mgChooseDocPack")
    (pack,) = visit(choice).links(r"T=10$")
    assert not [text for text in missing(MODERN, meeting, visit(pack).words) if text in visit(pack).words]
    assert len(missing(MODERN, meeting, visit(pack).words)) == len(truths(MODERN)[meeting.key])


def test_attendance_and_recorded_votes_are_told(modern: str) -> None:
    item = next(
        (meeting, one) for meeting in held(MODERN) for one in MODERN.items(meeting) if one.vote and one.vote.is_named
    )
    meeting, voted = item
    page = visit(f"{modern}/mgListRecordedVotesShort.aspx?AIID={voted.id}&MID={meeting.id}")
    assert voted.vote
    for name in (*voted.vote.ayes, *voted.vote.noes, *voted.vote.abstained):
        assert f"Councillor {name}" in page.words
    assert "</td></td>" in page.text
    attendance = visit(f"{modern}/mgMeetingAttendance.aspx?ID={meeting.id}").words
    assert all(member.name in attendance for member in MODERN.committee_members(meeting.committee))


def test_unknown_ids_lead_to_the_error_page(modern: str) -> None:
    for page in ("ieListDocuments.aspx?MId=1", "ieDecisionDetails.aspx?ID=1", "mgAi.aspx?ID=1"):
        answer = visit(f"{modern}/{page}")
        assert (answer.status, answer.url) == (200, f"{modern}/mgError.aspx")
    assert visit(f"{modern}/mgNoSuchPage.aspx").status == 404


def test_cmis_months_lead_to_every_decision(other: str) -> None:
    base = visit(f"{other}/Meetings.aspx").text
    (module,) = set(re.findall(r"dnn\$ctr(\d+)\$MeetingCalendarPublic\w*\$", base))
    months = sorted({meeting.day.replace(day=1) for meeting in OTHER.meetings})
    view = f"{other}/Meetings/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/{module}/Date"
    links = [link for day in months for link in visit(f"{view}/{day}/Default.aspx").links("ViewMeetingPublic")]
    by_id = {re.findall(r"Meeting/(\d+)/", link)[0]: link for link in links}
    assert len(by_id) == len(links) > 20
    for meeting in held(OTHER):
        page = visit(by_id[str(meeting.id)])
        minutes = page.links("Document.ashx")[0]
        assert len(minutes) > 600
        assert f"{meeting.committee.name} Minutes {meeting.day:%d%m%Y}" in page.words
        assert not missing(OTHER, meeting, visit(minutes).words)


def test_cmis_permalinks_and_register_state_decisions(other: str) -> None:
    meeting = held(OTHER)[0]
    base = f"{other}/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/{meeting.id}/Committee/1/Default.aspx"
    pages = [visit(link) for link in visit(base).links("ViewCMIS_DecisionDetails")]
    assert not missing(OTHER, meeting, "\n".join(page.words for page in pages))
    listing = visit(f"{other}/Decisions.aspx")
    words = "\n".join(visit(link).words for link in listing.links("ViewCMIS_DecisionDetails"))
    notices = [truth for truth in OTHER.truth() if truth.occasion.startswith("decision/")]
    assert len(notices) > 10
    assert not [truth for truth in notices if truth.text not in words]


def test_cmis_committees_list_their_meetings_with_a_status(other: str) -> None:
    links = visit(f"{other}/Committees.aspx").links("ViewCMIS_CommitteeDetails")
    assert len(links) == 4
    found = [link for body in links for link in visit(body).links("ViewMeetingPublic")]
    assert len(found) == len([one for one in OTHER.meetings if (one.day - OTHER.today).days <= 60])
    assert "Occurred" in visit(links[0]).words and "Scheduled" in visit(links[0]).words


def test_cmis_list_view_shows_the_current_month_whatever_is_asked(other: str) -> None:
    answer = visit(f"{other}/Meetings.aspx?ctl=MeetingCalendarListView&mid=397&Date=2025-01-01")
    month = [one for one in OTHER.meetings if (one.day.year, one.day.month) == (OTHER.today.year, OTHER.today.month)]
    assert len(answer.links("ViewMeetingPublic")) == len(month) > 0


def test_stages_show_on_pages(modern: str) -> None:
    for stage, heading in (
        (Stage.AGENDA, "Agenda"),
        (Stage.DRAFT, "draft minutes"),
        (Stage.APPROVED, "minutes"),
        (Stage.NOTHING, "No documents are available"),
    ):
        standing = (one for one in MODERN.meetings if not one.is_cancelled)
        meeting = next(one for one in standing if MODERN.stage(one, MODERN.today) is stage)
        page = visit(f"{modern}/ieListDocuments.aspx?MId={meeting.id}")
        assert heading in page.words
        assert ("Printed draft minutes" in page.words) == (stage is Stage.DRAFT)
