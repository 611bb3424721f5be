"""Show more of a ModernGov meeting: an item in full, attendance, recorded votes."""

from __future__ import annotations

from html import escape

from .chrome import bullets, head, page
from .item import Item, Vote
from .meetingpage import committee_href, file_link, file_name, item_blocks, meta, missing, when
from .meetingxml import attendance
from .model import Meeting, Stage
from .site import Answer, Query, State


def find_item(state: State, ident: str | None) -> tuple[Meeting, Item] | None:
    """Find an agenda item by its id; its meeting is told by the id."""
    number = int(ident) if ident and ident.strip().isdecimal() else 0
    meeting = state.find_meeting(str(number // 50))
    if meeting is None or state.stage(meeting) is Stage.NOTHING:
        return None
    item = next((one for one in state.edition(meeting).items(meeting) if one.id == number), None)
    return (meeting, item) if item else None


def item_page(state: State, query: Query) -> Answer:
    """Show the full text of one item."""
    found = find_item(state, query.get("id"))
    if found is None:
        return missing()
    meeting, item = found
    back = f"ieListDocuments.aspx?CId={meeting.committee.id}&amp;MId={meeting.id}"
    parts = [
        head("Agenda item", item.title),
        f'<div class="mgContent" >\n<p><a  href="{back}" >{escape(meeting.committee.name)} - {when(meeting)}</a></p>',
        item_blocks(state, meeting, item, None),
        "</div>",
    ]
    return page(state.council.name, f"Agenda item - {item.title}", "\n".join(parts), meta(meeting))


def attendance_page(state: State, query: Query) -> Answer:
    """Show who attended a meeting."""
    meeting = state.find_meeting(query.get("id"))
    if meeting is None:
        return missing()
    rows = "\n".join(
        f'<tr><td class="mgMainTxt"><a href="mgUserInfo.aspx?UID={one.id}">{escape(one.styled)}</a></td>'
        f'<td class="mgMainTxt">{"Chair" if at == 0 else "Committee Member"}</td>'
        f'<td class="mgMainTxt">{attendance(state, meeting, at)}</td></tr>'
        for at, one in enumerate(state.council.committee_members(meeting.committee))
    )
    table = (
        '<table class="mgStatsTable" summary="Table of attendance"><caption class="mgSectionTitle">Attendance</caption>'
        '<tr><th scope="col">Attendee</th><th scope="col">Role</th><th scope="col">Attendance</th></tr>\n'
        f"{rows}\n</table>"
    )
    body = head("Meeting attendance", f"{meeting.committee.name} - {when(meeting)}", committee_href(meeting))
    return page(state.council.name, "Meeting attendance", f'{body}\n<div class="mgContent" >{table}</div>')


def vote_table(vote: Vote) -> str:
    """Give a recorded vote in two columns, the cells of the second left open in those of the first."""
    groups = (("For", vote.ayes), ("Against", vote.noes), ("Abstain", vote.abstained))
    rows = "\n".join(
        f"<tr><td>Councillor {escape(name)}<td>{choice}</td></td></tr>" for choice, names in groups for name in names
    )
    return f'<table class="mgStatsTable">\n<tr><th>Member</th><th>Vote</th></tr>\n{rows}\n</table>'


def votes_page(state: State, query: Query) -> Answer:
    """Show the recorded votes of one item."""
    found = find_item(state, query.get("aiid"))
    if found is None:
        return missing()
    meeting, item = found
    parts = [head("Recorded votes", f"{meeting.committee.name} - {when(meeting)}"), f"<h3>{escape(item.title)}</h3>"]
    if item.vote and item.vote.is_named and state.has_minutes(meeting):
        parts += ["<h4>Resolution</h4>", "<p>Carried</p>", vote_table(item.vote)]
    return page(state.council.name, "Recorded votes", "\n".join(parts))


def pack_page(state: State, query: Query) -> Answer:
    """Offer the reports pack of an agenda; ``ID`` is the agenda's."""
    meeting = next((one for one in state.meetings if str(one.agenda) == query.get("id", "").strip()), None)
    if meeting is None or state.stage(meeting) is Stage.NOTHING:
        return missing()
    href = file_link(state, f"g{meeting.agenda}", file_name(meeting, "Public reports pack"), "?T=10")
    body = head("Choose agenda document pack", f"{meeting.committee.name} - {when(meeting)}")
    row = f'<a  href="{href}" >Public reports pack <span  class="mgFileSize" > PDF 3 MB</span> </a>'
    content = f'{body}\n<div class="mgContent" >{bullets([row])}</div>'
    return page(state.council.name, "Choose agenda document pack", content)
