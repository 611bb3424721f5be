"""Answer what a CMIS installation is asked for: calendar, committees, meetings, documents, decisions."""

from __future__ import annotations

import calendar
from datetime import date
from html import escape

from .cmismeeting import decision_page, meeting_address, meeting_page, send_document
from .cmisregister import decisions_page
from .dnn import DECISIONS, MEETINGS, Address, address, committees_module, dnn_page, read_path
from .model import Committee, Meeting
from .site import Answer, Query, State, redirect, refusal

HOURS = "{0.hour:02}:{1:02}"


def answer_cmis(state: State, path: str, query: Query, raw: str) -> Answer:
    """Answer one address below the installation.

    Args:
        state: of the site.
        path: decoded, without the installation's own path.
        query: decoded.
        raw: the query as sent: the addresses of files are sealed.
    """
    asked = read_path(path)
    if asked.pairs:
        return _control(state, asked)
    if asked.name in ("", "default.aspx", "home.aspx"):
        return dnn_page(state, "Home", f"<h1>{escape(state.council.name)}</h1><p>Committee information</p>")
    if asked.name == state.quirks.meetings_page.lower():
        if query.get("ctl", "").lower() == "meetingcalendarlistview":
            return _list_view(state) if query.get("mid") == str(MEETINGS[1]) else dnn_page(state, "Meetings", "")
        return _scheduler(state)
    if asked.name == "committees.aspx":
        return _committees(state)
    if asked.name == "decisions.aspx":
        return redirect("/") if state.quirks.register_fails else decisions_page(state)
    if asked.name == "document.ashx":
        return send_document(state, raw)
    return refusal(404)


def _control(state: State, asked: Address) -> Answer:
    control, mid = asked.pairs.get("ctl", "").lower(), asked.pairs.get("mid")
    if control == "meetingcalendarpublicnojava" and mid == str(MEETINGS[1]):
        return _month(state, asked.pairs.get("date", ""))
    if control == "viewmeetingpublic" and mid == str(MEETINGS[1]):
        return meeting_page(state, asked.pairs.get("meeting"))
    if control == "viewcmis_committeedetails" and mid == str(committees_module(state.council)[1]):
        return _committee(state, asked.pairs.get("id", ""))
    if control == "viewcmis_decisiondetails" and mid in (str(MEETINGS[1]), str(DECISIONS[1])):
        return decision_page(state, asked.pairs.get("id", ""))
    return dnn_page(state, "Home", "")


def _clock(meeting: Meeting) -> str:
    return HOURS.format(meeting, 30 if meeting.hour > 16 else 0)


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _of_month(state: State, day: date) -> list[Meeting]:
    return [one for one in state.meetings if (one.day.year, one.day.month) == (day.year, day.month)]


def _scheduler(state: State) -> Answer:
    """Show the current month as the calendar made by script does before its script runs."""
    parts = [
        '<div id="dnn_ctr397_MeetingCalendarPublic_pnlViewActions"><div class="UserEditActions">',
        '<input type="submit" name="dnn$ctr397$MeetingCalendarPublic$btnButtonListView" value="Meeting List View"'
        ' id="dnn_ctr397_MeetingCalendarPublic_btnButtonListView" />',
        '<input type="submit" name="dnn$ctr397$MeetingCalendarPublic$btnButtonPrinter" value="Printer Friendly View"'
        ' id="dnn_ctr397_MeetingCalendarPublic_btnButtonPrinter" />',
        '</div></div>\n<div class="RadScheduler"><table class="rsContentTable">',
    ]
    today = state.today
    for number in range(1, calendar.monthrange(today.year, today.month)[1] + 1):
        day = today.replace(day=number)
        entries = "".join(
            f'<div class="rsApt" title="{_clock(one)} {escape(one.committee.name)} : {escape(one.venue)}">'
            f'<div class="rsAptContent">{_clock(one)} {escape(one.committee.name)}</div></div>'
            for one in _of_month(state, day)
            if one.day == day
        )
        parts.append(f'<tr><td><a class="rsDateHeader" href="#{day.isoformat()}">{number}</a>{entries}</td></tr>')
    return dnn_page(state, "Meetings", "\n".join([*parts, "</table></div>"]))


def _list_view(state: State) -> Answer:
    """List the meetings of the current month, whatever else is asked for."""
    table = "dnn_ctr397_MeetingCalendarPublicList_grdRadMeeting_ctl00"
    rows = []
    for at, one in enumerate(_of_month(state, state.today)):
        text = f"{_short(one.day)} {_clock(one)}"
        name = escape(one.committee.name)
        rows.append(
            f'<tr class="{"rgAltRow" if at % 2 else "rgRow"}" id="{table}__{at}">\n<td class="DateColumn">'
            f'<a title="Click to view: {name} - {text} : {_clock(one)}" href="{meeting_address(state, one)}">'
            f"{text} - {name}</a></td><td>{escape(one.venue)}</td></tr>"
        )
    body = (
        '<div class="CMIS_ModuleWrapper CM_ModuleWrapper MeetingCalendarListView">\n'
        f'<table id="{table}"><thead><tr><th scope="col" class="DateColumn rgHeader">Date/Start Time</th>'
        f'<th scope="col" class="rgHeader">Venue</th></tr></thead><tbody>\n{chr(10).join(rows)}\n</tbody></table>'
        "\n</div>"
    )
    return dnn_page(state, "Meetings", body)


def _month(state: State, asked: str) -> Answer:
    """Show a month as a table of days; a date that cannot be read means today's."""
    try:
        first = date.fromisoformat(asked).replace(day=1)
    except ValueError:
        first = state.today.replace(day=1)
    table = "dnn_ctr397_MeetingCalendarPublicPrinter_grdRadMeeting_ctl00"
    rows = []
    for at in range(calendar.monthrange(first.year, first.month)[1]):
        day = first.replace(day=at + 1)
        entries = "\n".join(
            f'<p class="Meeting">\n<a href="{meeting_address(state, one)}">{_clock(one)} {escape(one.committee.name)}'
            "</a>\n</p>"
            for one in _of_month(state, first)
            if one.day == day
        )
        rows.append(
            f'<tr class="{"rgAltRow" if at % 2 else "rgRow"}" id="{table}__{at}">'
            f'<td class="SimpleCalendarDate">{day:%A}, {day.day} {day:%B}</td><td>{entries}</td></tr>'
        )
    body = f'<table class="rgMasterTable" id="{table}">\n{chr(10).join(rows)}\n</table>'
    answer = dnn_page(state, "Meetings", body)
    return Answer(answer.body, answer.media_type, seconds=state.quirks.seconds_per_year / 12)


def _committee_address(state: State, body: Committee) -> str:
    return address(state, "Committees", committees_module(state.council), "ViewCMIS_CommitteeDetails", "id", body.id)


def _committees(state: State) -> Answer:
    rows = "\n".join(
        f'<li><a class="CommitteeLink" href="{_committee_address(state, body)}">{escape(body.name)}</a></li>'
        for body in sorted(state.council.bodies, key=lambda body: body.name)
    )
    return dnn_page(state, "Committees", f'<h1>Committees</h1>\n<ul class="CommitteeList">\n{rows}\n</ul>')


def _committee(state: State, ident: str) -> Answer:
    body = next((one for one in state.council.bodies if str(one.id) == ident), None)
    if body is None:
        return dnn_page(state, "Committees", "")
    rows = []
    for one in state.meetings:
        if one.committee == body:
            status = "Cancelled" if one.is_cancelled else "Occurred" if one.day < state.today else "Scheduled"
            rows.append(
                f'<tr class="rgRow"><td><a href="{meeting_address(state, one)}">{one.day.day} {one.day:%B %Y}'
                f"</a></td><td>{_clock(one)}</td><td>{status}</td></tr>"
            )
    members = "".join(f"<li>{escape(one.styled)}</li>" for one in state.council.committee_members(body))
    start = state.council.meetings[0].day
    parts = [
        f'<h1>{escape(body.name)}</h1>\n<div class="CommitteeDates">Active: {start:%d %B %Y} - onwards</div>',
        f'<ul class="Members">{members}</ul>',
        '<table class="rgMasterTable"><thead><tr><th>Date</th><th>Time</th><th>Status</th></tr></thead><tbody>',
        *rows,
        "</tbody></table>",
    ]
    return dnn_page(state, body.name, "\n".join(parts))
