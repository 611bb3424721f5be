"""Show a ModernGov decision register: lists by the day of publication, single decisions, issues."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import escape
from urllib.parse import quote

from .chrome import bullets, head, label, page
from .markup import entities, tooltip, word_html
from .meetingpage import missing
from .model import Notice
from .site import Answer, Query, State
from .webservice import read_range

RANGE = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s*-\s*(\d{1,2}/\d{1,2}/\d{4})")


def listed_range(state: State, query: Query) -> tuple[date, date]:
    """Read ``DR``; without one, the fourteen days until today."""
    given = RANGE.fullmatch(query.get("dr", "").strip())
    if given:
        first, last = read_range(state, given[1], given[2])
    elif query.get("dr", "").strip():
        first, last = date.min, date.max
    else:
        first, last = state.today - timedelta(days=14), state.today
    earliest = min([state.meetings[0].day, *(one.published for one in state.council.notices())])
    return max(first, earliest), min(last, state.today)


def _published(state: State, query: Query) -> list[Notice]:
    first, last = listed_range(state, query)
    return [
        one for one in state.council.notices() if first <= one.published <= last and one.meeting not in state.gone
    ]


def decisions_list(state: State, query: Query) -> Answer:
    """List what was published in a range of days; ``DS=2`` for published ones, ``K=1`` for key ones alone."""
    found = [one for one in _published(state, query) if query.get("k", "0") != "1" or one.is_key]
    if query.get("ds", "2") == "1":
        found = []
    rows = "\n".join(_row(one) for one in found)
    head_row = (
        "<thead class='mgFilterHeaderRow'><tr>\n<th abbr='Title'  data-placeholder='Enter&#32;text&#32;to&#32;match'  "
        "scope='col'>Title<!--Pending Key Decisions--></th>\n<th abbr='Published' data-placeholder='Enter&#32;date'"
        " scope='col'>Date<!--Date Made/Published--></th>\n<th abbr='Applies'  data-placeholder='Enter&#32;date'"
        " scope='col'>Effective from<!--Date Decision Applies--></th>\n<th abbr='Call-ins' data-placeholder='Call-ins'"
        " scope='col'>Call-ins<!--Status - No. of Call-Ins--></th>\n</tr></thead>"
    )
    table = (
        '<table class="mgTabTable tablesorter"  summary="Table of decision summary data">\n'
        f'<caption  class="mgSectionTitle" >Decisions published</caption>\n{head_row}<tbody>\n{rows}\n</tbody></table>'
    )
    body = f'{head("Decisions", "Decisions published")}\n<div class="mgContent" >{_pager(state, query)}{table}</div>'
    return page(state.council.name, "Decisions", body)


def _pager(state: State, query: Query) -> str:
    first, last = listed_range(state, query)
    days = last - first + timedelta(days=1)
    links = []
    for text, shift in (("Earlier", -days), ("Later", days)):
        span = quote(f"{first + shift:%d/%m/%Y}-{last + shift:%d/%m/%Y}", safe="").lower()
        href = f"mgDelegatedDecisions.aspx?bcr=1&amp;DM=0&amp;DS=2&amp;K=0&amp;DR={span}&amp;V=0"
        links.append(f'<a  href="{href}" >{text}</a>')
    return f"<p>{' - '.join(links)}</p>\n"


def _href(notice: Notice) -> str:
    if notice.item is not None and notice.item % 2 == 0:
        return f"ieDecisionDetails.aspx?AIId={notice.item}"
    return f"ieDecisionDetails.aspx?ID={notice.id}"


def _row(notice: Notice) -> str:
    tip = tooltip(f"decision details for {notice.title} ref: {notice.id}")
    day = entities(f"{notice.published:%d/%m/%Y}")
    cell = '<td  class="mgMainTxt" >'
    return (
        f'<tr>{cell}<a  href="{_href(notice)}"  title="Link&#32;to&#32;{tip}">{entities(notice.title)}'
        f'<span  class="mgHide" > ref&#58; {notice.id}</span></a></td>{cell}{day}</td>{cell}{day}</td>'
        f"{cell}Not for call-in</td></tr>"
    )


def officers_list(state: State, query: Query) -> Answer:
    """List the decisions of officers published in a range of days."""
    rows = "\n".join(
        f'<tr ><td  class="mgMainTxt" ><a  href="{_href(one)}"  title="Link&#32;to&#32;decision&#32;details">'
        f'{entities(one.title)}</a></td>\n<td  class="mgMainTxt" >{entities(f"{one.published:%d/%m/%Y}")}</td>\n'
        '<!--<td  class="mgMainTxt" ></td>-->\n</tr>'
        for one in _published(state, query)
        if one.is_officer
    )
    table = (
        '<table class="mgTabTable tablesorter"  summary="Table of decision summary data">\n'
        '<caption  class="mgSectionTitle" >Officer decisions</caption>\n<thead><tr><th abbr="Title" scope="col">Title'
        '<!--Pending Key Decisions--></th>\n<th abbr="Published" scope="col">Date<!--Date Made/Published--></th>\n'
        f"</tr></thead><tbody>\n{rows}\n</tbody></table>"
    )
    body = f'{head("Officer decisions", "Officer decisions")}\n<div class="mgContent" >{table}</div>'
    return page(state.council.name, "Officer decisions", body)


def find_notice(state: State, query: Query) -> Notice | None:
    """Find an entry of the register by ``ID``, or by the id of its agenda item, ``AIId``."""
    ident = query.get("id") or query.get("aiid") or query.get("iid") or ""
    number = int(ident) if ident.strip().isdecimal() else -1
    by_item = "id" not in query and "iid" not in query
    if "iid" in query:
        number -= ISSUES
    found = (one for one in state.council.notices() if (one.item if by_item else one.id) == number)
    return next((one for one in found if one.published <= state.today and one.meeting not in state.gone), None)


ISSUES = 40_000_000
"""What the ids of issues are above those of their decisions."""


def decision_page(state: State, query: Query) -> Answer:
    """Show one decision."""
    notice = find_notice(state, query)
    if notice is None:
        return missing()
    meeting = state.find_meeting(str(notice.meeting)) if notice.meeting else None
    issue = f"mgIssueHistoryHome.aspx?IId={notice.id + ISSUES}&amp;Opt=0"
    maker = "" if meeting else label("Decision Maker", escape(notice.maker))
    parts = [
        head("Decision details", notice.title),
        f'<div class="mgLinks" >\n<ul  class="mgActionList" >\n<li><a  href="{issue}"  >Find out more about this issue'
        '</a></li>\n</ul>\n</div>\n<div class="mgContent" >',
        maker,
        label("Decision status", '<span  class="mgPlanItemInForce" >Recommendations Approved</span>'),
        label("Is Key decision?", "Yes" if notice.is_key else "No"),
        label("Is subject to call in?", "No"),
        "" if meeting else _section("Purpose", [f"To consider a report on the matter of {notice.title}."]),
        _section("Decision", _stated(notice)),
        label("Publication date", entities(f"{notice.published:%d/%m/%Y}")),
        label("Date of decision", entities(f"{notice.decided:%d/%m/%Y}")),
    ]
    if meeting:
        href = f"ieListDocuments.aspx?CId={meeting.committee.id}&amp;MID={meeting.id}#AI{notice.item}"
        text = f"{entities(f'{meeting.day:%d/%m/%Y}')} - {escape(meeting.committee.name)}"
        parts.append(label("Decided at meeting", f'<a  href="{href}"  >{text}</a>'))
    return page(state.council.name, f"Decision details - {notice.title}", "\n".join(filter(None, parts)) + "</div>")


def _stated(notice: Notice) -> list[str]:
    if len(notice.decisions) == 1:
        return [f"RESOLVED that {notice.decisions[0].text}."]
    ends = [";"] * (len(notice.decisions) - 2) + ["; and", "."]
    clauses = zip(notice.decisions, ends, strict=True)
    return ["RESOLVED that:"] + [f"({chr(97 + at)}) {one.text}{end}" for at, (one, end) in enumerate(clauses)]


def _section(name: str, lines: list[str]) -> str:
    return f'<h3 class="mgSubSubTitleTxt">{name}:</h3>\n<div class="mgWordPara">{word_html(lines)}</div>'


def issue_page(state: State, query: Query) -> Answer:
    """Show an issue, with the link to its decision."""
    notice = find_notice(state, {"iid": query.get("iid", "")})
    if notice is None:
        return missing()
    row = f'<a  href="{_href(notice)}" >{notice.decided:%d/%m/%Y} - {escape(notice.title)}</a>'
    parts = [
        head("Issue - decisions", notice.title),
        '<div class="mgContent" >',
        '<h3 class="mgSubSubTitleTxt">Decisions</h3>',
        bullets([row]),
        "</div>",
    ]
    return page(state.council.name, f"Issue details - {notice.title}", "\n".join(parts))
