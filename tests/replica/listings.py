"""List a ModernGov installation's committees and meetings, by committee, month and day."""

from __future__ import annotations

import calendar
from datetime import date, datetime
from html import escape
from urllib.parse import quote

from .chrome import bullets, head, page
from .itempage import vote_table
from .markup import tooltip
from .meetingpage import missing
from .model import Committee, Meeting, Stage
from .register import listed_range
from .site import Answer, Query, State
from .wording import long_date

PAGE_LENGTH = 20
"""Meetings that one page of a committee's list shows."""


def _committee_of(state: State, ident: str | None) -> Committee | None:
    return next((body for body in state.council.bodies if str(body.id) == (ident or "").strip()), None)


def committees_page(state: State, query: Query) -> Answer:
    """List the committees; those that no longer meet tell when they expired."""
    rows = [
        f'<a  href="mgCommitteeDetails.aspx?ID={body.id}"  title="Link&#32;to&#32;{tooltip(body.name)}">'
        f"{escape(body.name)}</a>{_expired(state, body)}"
        for body in sorted(state.council.bodies, key=lambda body: body.name)
    ]
    parts = [head("Committees", "Committee structure"), f'<div class="mgContent" >\n{bullets(rows)}\n</div>']
    return page(state.council.name, "Committee structure", "\n".join(parts))


def _expired(state: State, body: Committee) -> str:
    last = max((one.day for one in state.meetings if one.committee == body), default=state.today)
    return f" Expired {last:%d/%m/%y}" if body.is_expired else ""


def home_page(state: State, query: Query) -> Answer:
    """List the committees with links to their meetings."""
    rows = [
        f'<a  href="ieListMeetings.aspx?CommitteeId={body.id}" >{escape(body.name)}</a>{_expired(state, body)}'
        for body in sorted(state.council.bodies, key=lambda body: body.name)
    ]
    parts = [head("Browse meetings", "Committee meetings"), f'<div class="mgContent" >\n{bullets(rows)}\n</div>']
    return page(state.council.name, "Browse committee meetings", "\n".join(parts))


def committee_page(state: State, query: Query) -> Answer:
    """Show one committee, with the link to its meetings."""
    body = _committee_of(state, query.get("id"))
    if body is None:
        return missing()
    members = [
        f'<a  href="mgUserInfo.aspx?UID={one.id}" >{escape(one.styled)}</a>'
        for one in state.council.committee_members(body)
    ]
    parts = [
        head("Committee details", body.name),
        '<div class="mgLinks" >\n<ul  class="mgActionList" >\n'
        f'<li><a  href="ieListMeetings.aspx?CommitteeId={body.id}" >Browse meetings and agendas for this committee'
        "</a></li>"
        "\n</ul>\n</div>",
        '<div class="mgContent" >\n<h3 class="mgSectionTitle">Membership</h3>',
        bullets(members),
        "</div>",
    ]
    return page(state.council.name, f"Committee details - {body.name}", "\n".join(parts))


def _stamp(meeting: Meeting) -> str:
    return f"{meeting.day:%Y%m%d}{meeting.hour:02}{30 if meeting.hour > 16 else 0:02}"


def _meeting_link(state: State, meeting: Meeting) -> str:
    day = f"{meeting.day:%d %b %Y}".lstrip("0")
    href = f"ieListDocuments.aspx?CId={meeting.committee.id}&amp;MId={meeting.id}&amp;Ver=4"
    stage = state.stage(meeting)
    kinds = {Stage.NOTHING: "meeting", Stage.AGENDA: "agenda", Stage.DRAFT: "agenda and draft minutes"}
    tip = tooltip(f"{kinds.get(stage, 'agenda and minutes')} of {meeting.committee.name} {day} {meeting.time}")
    end = "&nbsp;CANCELLED" if meeting.is_cancelled else ""
    return f'<a  href="{href}"  title="Link&#32;to&#32;{tip}">{day} {meeting.time}</a>{end}'


def meetings_page(state: State, query: Query) -> Answer:
    """List a committee's meetings, twenty to a page, the newest first, with links to earlier and later ones."""
    body = _committee_of(state, query.get("cid") or query.get("committeeid"))
    if body is None:
        return missing()
    every = [one for one in state.meetings if one.committee == body]
    shown = _slice(every, query)
    links = []
    if shown and shown[0] != every[0]:
        links.append(_turn(body, "earlier", "Earlier", shown[0]))
    if shown and shown[-1] != every[-1]:
        links.append(_turn(body, "later", "Later", shown[-1]))
    rows = [_meeting_link(state, one) for one in reversed(shown)]
    listing = bullets(rows) if rows else "<p>There are no meetings to be shown.</p>"
    parts = [
        head("Browse meetings", body.name, f"mgCommitteeDetails.aspx?ID={body.id}"),
        f'<div class="mgContent" >\n<p>{" - ".join(links)}</p>\n{listing}\n</div>',
    ]
    return page(state.council.name, f"Browse meetings - {body.name}", "\n".join(parts))


def _slice(every: list[Meeting], query: Query) -> list[Meeting]:
    turn, stamp = query.get("act", "").lower(), query.get("d", "")
    if turn == "earlier":
        return [one for one in every if _stamp(one) < stamp][-PAGE_LENGTH:]
    if turn == "later":
        return [one for one in every if _stamp(one) > stamp][:PAGE_LENGTH]
    return every[-PAGE_LENGTH:]


def _turn(body: Committee, act: str, text: str, meeting: Meeting) -> str:
    href = f"ieListMeetings.aspx?Act={act}&amp;CId={body.id}&amp;D={_stamp(meeting)}&amp;MD=ielistmeetings"
    return f'<a  href="{href}" >{text}</a>'


def month_page(state: State, query: Query) -> Answer:
    """Show one month's calendar; ``M`` and ``DD`` name month and year."""
    month = int(query["m"]) if query.get("m", "").isdecimal() else state.today.month
    year = int(query["dd"]) if query.get("dd", "").isdecimal() else state.today.year
    if not (1 <= month <= 12 and 1900 < year < 2100):
        return missing()
    days = [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    rows = []
    for day in days:
        held = [one for one in state.meetings if one.day == day]
        links = "".join(
            f'<li><a  href="ieListDocuments.aspx?CId={one.committee.id}&amp;MId={one.id}" >{one.time} '
            f"{escape(one.committee.name)}{', CANCELLED' if one.is_cancelled else ''}</a></li>"
            for one in held
        )
        rows.append(f'<tr><td class="mgCalendarDay">{day.day}</td><td><ul>{links}</ul></td></tr>')
    table = f'<table class="mgCalendarMonthGrid">\n{chr(10).join(rows)}\n</table>'
    body = head("Calendar of meetings", f"{days[0]:%B %Y}") + f'\n<div class="mgContent" >{table}</div>'
    return page(state.council.name, "Monthly calendar", body)


def votes_list(state: State, query: Query) -> Answer:
    """List the recorded votes of a range of days: a heading for each meeting, item and vote."""
    first, last = listed_range(state, query)
    parts = [head("Recorded votes", "Voting records")]
    for meeting in () if state.quirks.votes_empty else state.meetings:
        if first <= meeting.day <= last and state.has_minutes(meeting):
            voted = [item for item in state.edition(meeting).items(meeting) if item.vote and item.vote.is_named]
            if voted:
                parts.append(f"<h2>{escape(meeting.committee.name)}, {meeting.day:%A} {long_date(meeting.day)}</h2>")
            for item in voted:
                assert item.vote
                parts += [f"<h3>{escape(item.title)}</h3>", "<h4>Resolution</h4>", "<p>Carried</p>"]
                parts.append(vote_table(item.vote))
    return page(state.council.name, "Recorded votes", "\n".join(parts))


def feed(state: State, query: Query) -> Answer:
    """Give the newest meetings with minutes as RSS; ``bcr`` gives the page about feeds."""
    if "bcr" in query:
        return page(state.council.name, "RSS", head("Subscribe to updates", "RSS feeds"))
    asked = query.get("cid")
    held = [one for one in state.meetings if state.has_minutes(one) and asked in (None, str(one.committee.id))]
    items = "".join(
        f"<item><title>{escape(one.committee.name)}, {long_date(one.day)}</title>"
        f"<link>{state.base_url}/ieListDocuments.aspx?CId={one.committee.id}&amp;MId={one.id}</link>"
        f"<pubDate>{datetime.combine(one.day, datetime.min.time()):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>\n"
        for one in held[: -11 : -1]
    )
    title = escape(state.council.name)
    channel = f"<channel><title>{title}</title>\n{items}</channel>"
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">{channel}</rss>'
    return Answer(body.encode(), "text/xml; charset=utf-8")


def whats_new(state: State, query: Query) -> Answer:
    """List the minutes published in a range of days."""
    first, last = listed_range(state, query)
    rows = [
        _meeting_link(state, one)
        for one in state.meetings
        if state.has_minutes(one) and (last - one.day).days >= 9 and (one.day - first).days > -9
    ]
    span = quote(f"{first:%d/%m/%Y}-{last:%d/%m/%Y}", safe="")
    body = f'{head("What&#39;s new", span)}\n<div class="mgContent" >{bullets(rows)}</div>'
    return page(state.council.name, "What's new", body)
