"""Show one CMIS meeting, what an item or a decision came to, and its files."""

from __future__ import annotations

from datetime import date
from html import escape

from .dnn import MEETINGS, address, dnn_page, document_address, holder, meetings_page, read_token
from .item import Item
from .model import Meeting, Notice, Stage
from .printed import print_agenda, print_minutes, print_report
from .site import Answer, State, refusal


def meeting_address(state: State, meeting: Meeting) -> str:
    """Give the address of a meeting, its documents shown first."""
    pairs = ("Meeting", meeting.id, "Committee", meeting.committee.id, "SelectedTab", "Documents")
    return address(state, meetings_page(state), MEETINGS, "ViewMeetingPublic", *pairs)


def decision_address(state: State, ident: int, module: tuple[int, int] = MEETINGS) -> str:
    """Give the permalink of an item or a decision."""
    page = meetings_page(state) if module == MEETINGS else "Decisions"
    return address(state, page, module, "ViewCMIS_DecisionDetails", "Id", state.council.guid(ident))


def _ordinal(day: date) -> str:
    end = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{end} {day:%B %Y}"


def _files(state: State, meeting: Meeting) -> list[tuple[str, str]]:
    stage = state.stage(meeting)
    if stage is Stage.NOTHING:
        return []
    found = [
        (f"Final Agenda Reports - {_ordinal(meeting.day)}", f"pack/{meeting.id}"),
        ("Agenda Frontsheet", f"agenda/{meeting.id}"),
    ]
    if state.has_minutes(meeting):
        state_of = "Draft" if stage is Stage.DRAFT else "Final"
        title = f"{state_of} {meeting.committee.name} Minutes {meeting.day:%d%m%Y}"
        found.insert(0, (title, f"{state_of.lower()}/{meeting.id}"))
    return found


def _file_row(state: State, title: str, key: str) -> str:
    href = document_address(state, key)
    if state.quirks.breaks_in_links:
        href = href.replace("&", "&\r\n", 1)
    return (
        '<li class="DocumentListItem">\n'
        '<img class="FileTypeImage" src="/images/FileManager/Icons/pdf.gif" alt="pdf" />\n'
        f'<a title="Click to view \'{escape(title)}\'" class="TitleLink" href="{escape(href)}" target="_blank">'
        f'{escape(title)}</a>\n<span class="FileSize">(156Kb)</span>\n</li>'
    )


def _item(state: State, item: Item) -> str:
    if not item.number:
        return f'<li class="AgendaHeading"><span>{escape(item.title)}</span></li>'
    files = "".join(
        _file_row(state, one.title, f"final/{one.minutes_of}" if one.minutes_of else f"report/{item.id}/{at}")
        for at, one in enumerate(item.documents)
    )
    return (
        f'<li class="AgendaItem"><span class="ItemNumber">{item.number}</span> <a class="AgendaItemTitle"'
        f' href="{decision_address(state, item.id)}">{escape(item.title)}</a>\n'
        f'<div class="Summary">{escape(item.summary)}</div>\n<ul class="DocumentList">{files}</ul></li>'
    )


def meeting_page(state: State, ident: str | None) -> Answer:
    """Show a meeting: what it is, its files, its items; an unknown id gives the page without them."""
    meeting = state.find_meeting(ident)
    if meeting is None:
        return dnn_page(state, "Meetings", "", is_indexed=False)
    status = "Cancelled" if meeting.is_cancelled else "Occurred" if meeting.day < state.today else "Scheduled"
    hour = f"{meeting.hour:02}:{30 if meeting.hour > 16 else 0:02}"
    files = "\n".join(_file_row(state, title, key) for title, key in _files(state, meeting))
    items = state.edition(meeting).items(meeting) if state.stage(meeting) is not Stage.NOTHING else ()
    rows = "\n".join(_item(state, item) for item in items)
    parts = [
        "<h1>Meeting Details</h1>",
        holder("Committee", escape(meeting.committee.name), "Committee"),
        holder("Date/Time", f"{meeting.day.day} {meeting.day:%b %Y} - {hour}", "DateTime"),
        holder("Status", status),
        holder("Venue", f'<a href="{state.base_url}/Venue/13/Default.aspx">{escape(meeting.venue)}</a>'),
        f'<div id="dnn_ctr397_ViewMeetingPublic_cmisPdfDocuments_pnlDocuments" class="CmisDocumentList">\n'
        f'<ol class="DocumentList">\n{files}\n</ol></div>',
        f'<div class="AgendaItems"><h2>Agenda</h2>\n<ol>\n{rows}\n</ol></div>',
    ]
    return dnn_page(state, meeting.committee.name, "\n".join(parts), is_indexed=False)


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>\n" for line in lines)


def decision_page(state: State, asked: str) -> Answer:
    """Show what an item or a decision came to; proposed ones have no decision yet."""
    meeting, item = state.council.items_by_guid.get(asked.lower(), (None, None))
    if meeting and item and state.find_meeting(str(meeting.id)) and state.stage(meeting) is not Stage.NOTHING:
        worded = next(one for one in state.edition(meeting).items(meeting) if one.id == item.id)
        return _item_details(state, meeting, worded)
    notices = (one for one in state.council.notices() if one.is_officer and one.published <= state.today)
    notice = next((one for one in notices if state.council.guid(one.id) == asked.lower()), None)
    return _notice_details(state, notice) if notice else dnn_page(state, "Decisions", "")


def _item_details(state: State, meeting: Meeting, item: Item) -> Answer:
    shown = state.has_minutes(meeting) and not state.quirks.printed_only
    parts = [
        "<h1>Decision Details</h1>",
        f"<h2>{escape(item.title)}</h2>",
        holder("Status", "Decision Made" if shown and item.decisions else "Decision Proposed"),
        holder("Key Decision", "No"),
        holder("Decision Maker", escape(meeting.committee.name)),
        holder("Meeting", f'<a href="{meeting_address(state, meeting)}">{meeting.day.day} {meeting.day:%b %Y}</a>'),
        holder("Summary", _paragraphs([item.summary] if item.summary else [])),
        holder("Decision", _paragraphs(item.statement("RESOLVED that"))) if shown and item.decisions else "",
    ]
    return dnn_page(state, "Decision Details", "\n".join(parts))


def _notice_details(state: State, notice: Notice) -> Answer:
    parts = [
        "<h1>Decision Details</h1>",
        f"<h2>{escape(notice.title)}</h2>",
        holder("Status", "Decision Made"),
        holder("Key Decision", "Yes" if notice.is_key else "No"),
        holder("Decision Maker", escape(notice.maker)),
        holder("Date of Decision", f"{notice.decided.day} {notice.decided:%b %Y}"),
        holder("Decision", _paragraphs([f"RESOLVED that {one.text}." for one in notice.decisions])),
    ]
    return dnn_page(state, "Decision Details", "\n".join(parts))


def send_document(state: State, query: str) -> Answer:
    """Send the file that a sealed address stands for."""
    kind, _, rest = (read_token(state.council, query) or "").partition("/")
    ident, _, at = rest.partition("/")
    if kind == "report" and ident.isdecimal():
        meeting = state.find_meeting(str(int(ident) // 50))
        items = state.edition(meeting).items(meeting) if meeting else ()
        item = next((one for one in items if str(one.id) == ident), None)
        return _pdf(print_report(item, item.documents[int(at)].title)) if item else refusal(404)
    meeting = state.find_meeting(ident)
    if meeting is None:
        return refusal(404)
    if kind in ("draft", "final"):
        edition = state.drafted if kind == "draft" else state.council
        return _pdf(print_minutes(edition, meeting, is_draft=kind == "draft"))
    repeated = kind == "pack" and state.quirks.packs_repeat_minutes and state.has_minutes(meeting)
    return _pdf(print_agenda(state.edition(meeting), meeting, with_reports=kind == "pack", with_minutes=repeated))


def _pdf(body: bytes) -> Answer:
    return Answer(body, "application/pdf")
