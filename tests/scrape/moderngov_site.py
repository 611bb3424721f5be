"""Answers of an invented council's ModernGov site, made as real installations make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from html import escape

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
from minutes_miner.scrape.moderngov import ModernGov

BASE = "https://democracy.tarnmouth.example.org/modern.gov"
TODAY = date(2026, 5, 20)
AUTHORITY = Authority("TRN", "Tarnmouth Borough Council", platform="moderngov", base_url=f"{BASE}/")
COUNT_OF_NONE = " 0"


def make_platform(
    since: date = date(2025, 1, 1),
    until: date = TODAY,
    committee: str | None = None,
    today: date = TODAY,
) -> ModernGov:
    return ModernGov(AUTHORITY, Scope(since, until, today, committee))


def answer(
    request: Request,
    body: str | bytes,
    *,
    status: int = 200,
    url: str | None = None,
    obstacle: Obstacle | None = None,
) -> Response:
    """Give the answer to a request."""
    data = body.encode() if isinstance(body, str) else body
    return Response(request, url or request.url, status, data, "text/html", datetime.now(UTC), obstacle)


def page(content: str, *, head: str = "", title: str = "Tarnmouth") -> str:
    """Put content into the frame of the site, whose menu links to what is none of a page's own."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">{head}<title>{title}</title></head><body>
<ul class="menu-list"><li><a href="ieListMeetings.aspx?CId=900&info=1&MD=Constitution">Constitution</a></li>
<li><a href="mgDelegatedDecisions.aspx?bcr=1&amp;DM=0&amp;DS=2&amp;K=0&amp;DR=&amp;V=0">Decisions</a></li></ul>
<div id="modgov">{content}</div></body></html>"""


def committees_xml(rows: Sequence[tuple[int, str, bool]]) -> str:
    """Give an answer to ``GetCommittees``: number, title and whether it has been deleted."""
    listed = "".join(
        f"<committee><committeeid>{key}</committeeid><committeetitle>{twice(name)}</committeetitle>"
        f"<committeedeleted>{gone}</committeedeleted><committeeexpired>\n</committeeexpired>"
        "<committeecategory>\n</committeecategory></committee>"
        for key, name, gone in rows
    )
    return f"{HEAD}<committees><committeescount> {len(rows)}</committeescount>{listed}</committees>"


def meetings_xml(committee: int, name: str, rows: Sequence[tuple[int, str, str]], count: str | None = None) -> str:
    """Give an answer to ``GetMeetings``: number, day as dd/mm/yyyy, and status of each meeting."""
    listed = "".join(
        f"<meeting><meetingid>{key}</meetingid><meetingdate>{day}</meetingdate><meetingstatus>{status}</meetingstatus>"
        "<meetingtime>6.30 pm</meetingtime><iswebcast>False</iswebcast></meeting>"
        for key, day, status in rows
    )
    return (
        f"{HEAD}<getmeetings><meetingscount>{count or f' {len(rows)}'}</meetingscount>"
        "<committeescount> 1</committeescount>"
        f"<committee><committeeid>{committee}</committeeid><committeetitle>{twice(name)}</committeetitle>"
        f"<committeemeetingcount> {len(rows)}</committeemeetingcount>"
        f"<committeemeetings>{listed}</committeemeetings></committee></getmeetings>"
    )


def item_xml(key: int, title: str, **given: str) -> str:
    """Give an agenda item of ``GetMeeting``; HTML is escaped here, other text is taken as escaped twice."""
    values = {
        "agendaitemid": str(key),
        "agendaitemtitle": twice(title),
        "agendaitemnumber": "1",
        "agendaitemsubnumber": "\n  ",
        "fulldisplaynumberformat": "1.",
        "commentlabel1": "Presented By",
        "commenttext1": "\n  ",
        "commentlabel2": "Actions",
        "commenttext2": "\n  ",
        "isrestricted": "False",
        "isdisplayallowed": "True",
        "linkeddocuments": "\n  ",
    } | {name: escape(value, quote=False) if value.startswith("<") else value for name, value in given.items()}
    return "<agendaitem>" + "".join(f"<{name}>{value}</{name}>" for name, value in values.items()) + "</agendaitem>"


def meeting_xml(key: int, items: Sequence[str], attendees: str = "", **given: str) -> str:
    """Give an answer to ``GetMeeting``."""
    values = {
        "meetingid": str(key),
        "meetingdate": "12/03/2026",
        "meetingstatus": "Confirmed",
        "isdisplayallowed": "True",
        "meetingtime": "6.30 pm",
        "meetinglocation": "Old Customs House",
        "agendaid": str(key + 9),
        "agendapublished": "True",
        "decisionpublished": "False",
        "minutepublished": "True",
        "meetingroom": "\n",
    } | given
    told = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    return (
        f"{HEAD}<meeting>{told}<agendaitems>{''.join(items)}</agendaitems><attendees>{attendees}</attendees></meeting>"
    )


def twice(text: str) -> str:
    """Escape text twice, as the service does."""
    return escape(escape(text), quote=False)


def item_row(key: int, number: str, title: str, parts: str = "") -> str:
    """Give the row of an item on a meeting's page."""
    return f"""<tr>
<td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" ><a name="AI{key}" aria-disabled="true"></a>{number}</p></td>
<td ><p  class="mgAiTitleTxt" >{title}</p>
{parts}</td></tr>"""


def part(title: str, text: str) -> str:
    """Give a titled part of an item."""
    body = f'<div class="mgWordPara"><div class="WordSection1">{text}</div></div>'
    return f'<p class="mgSubItemTitleTxt">{title}:</p>\n{body}'


def meeting_html(
    rows: Sequence[str],
    links: Sequence[str] = (),
    *,
    title: str = "Quayside Committee - Thursday 12 March 2026 6:30 pm",
    day: str = "2026-03-12",
) -> str:
    """Give the page of a meeting."""
    listed = "".join(f"<li>{link}</li>" for link in links)
    return page(
        f"""<h1  class="mgMainTitleTxt" >Agenda and minutes</h1>
<h2 class="mgSubTitleTxt"><a  href="mgCommitteeDetails.aspx?ID=31">{title}</a></h2>
<ul  class="mgActionList" >{listed}</ul>
<p><span  class="mgLabel" >Venue: </span>Old Customs House</p>
<table class="mgItemTable"  summary="Table of agenda items" id="mgItemTable">
<caption  class="mgSectionTitle" >Items</caption><tr><th class="mgHide">No.</th><th class="mgHide">Item</th></tr>
{"".join(rows)}</table>""",
        head=f'<meta name="DC.date" scheme="W3CDTF"  content="{day}"/>',
    )


def vote_page(meeting: str, item: str, ballots: Sequence[tuple[str, str]], *, title: str = "Resolution") -> str:
    """Give a page of recorded votes, with the cells nested as installations nest them."""
    rows = "".join(f"<tr><td>{name}<td>{choice}</td></td></tr>" for name, choice in ballots)
    return page(
        f'<h2 class="mgSubTitleTxt">Voting records</h2><h2>{meeting}</h2><h3>{item}</h3><h4>{title}</h4><p>Carried</p>'
        f"<table><tr><th>Member</th><th>Vote</th></tr>{rows}</table>"
    )


def decision_page(*, links: str = "", extra: str = "", text: str = "To let the kiosk on Fish Quay.") -> str:
    """Give the page of a decision in the register."""
    return page(f"""<h1 class="mgMainTitleTxt">Decision details</h1><h2 class="mgSubTitleTxt">Kiosk on Fish Quay</h2>
<ul class="mgActionList">{links}</ul>
<p><span  class="mgLabel" >Decision Maker: </span>Head of Harbours</p>
<p><span  class="mgLabel" >Decision status: </span><span class="mgPlanItemInForce">Recommendations Approved</span></p>
<p><span  class="mgLabel" >Is Key decision?: </span>No</p>
<h3  class="mgSubSubTitleTxt" >Purpose:</h3><div class="mgWordPara"><p>To let a kiosk.</p></div>
<h3  class="mgSubSubTitleTxt" >Decision:</h3><div class="mgWordPara"><p>{text}</p></div>
<p><span  class="mgLabel" >Publication date: </span>22&#47;10&#47;2025</p>
<p><span  class="mgLabel" >Date of decision: </span>19&#47;07&#47;2021</p>{extra}""")


def first(requests: Sequence[Request], kind: str) -> Request:
    """Give the first request of a kind."""
    return next(request for request in requests if request.page == kind)


def chosen(requests: Sequence[Request], kind: str) -> list[Request]:
    """Give the requests of a kind."""
    return [request for request in requests if request.page == kind]


def ask_meeting(platform: ModernGov, key: int = 700, day: str = "12/03/2026", status: str = "Confirmed") -> Request:
    """Give the request for a meeting, as the lists lead to it."""
    committees = platform.read(
        answer(next(iter(platform.start())), committees_xml([(31, "Quayside Committee", False)]))
    )
    lists = platform.read(answer(committees.requests[0], meetings_xml(31, "Quayside Committee", [(key, day, status)])))
    return first(lists.requests, "meeting")


def compose(platform: ModernGov, answers: Sequence[Response], committee: str = "Quayside Committee") -> Composition:
    """Compose the meeting of some answers, with what they told of it."""
    key = answers[0].request.occasion or ""
    occasion = Occasion(key, OccasionKind.MEETING, "31", committee, answers[0].request.day)
    for response in answers:
        for told in platform.read(response).occasions:
            if told.key == key:
                known = {one.name: value for one in fields(told) if (value := getattr(told, one.name)) is not None}
                occasion = replace(occasion, **known)
    return platform.compose(occasion, answers)


def notice(findings: Findings) -> Occasion:
    """Give the one notice that a page told of."""
    [found] = [one for one in findings.occasions if one.kind is OccasionKind.NOTICE]
    return found


HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
