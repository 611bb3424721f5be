"""Answer the operations of ModernGov's web service with XML."""

from __future__ import annotations

import re
from datetime import date, datetime

from .meetingxml import attachment_answer, meeting_answer
from .model import Committee, Meeting
from .site import Answer, Query, State
from .xmltext import fault, text_of, write_tags, write_xml

OPERATIONS = (
    "CheckComms GetAllMeetingsByDate GetAttachment GetAttachmentByPath GetCalendarEvents GetCommittees"
    " GetCommitteesByUser GetCouncillorsByPostcode GetCouncillorsByWard GetCouncillorsByWardId"
    " GetDeletedWebcastMeetings GetElectionResults GetElectionResultsRdf GetMeeting GetMeetings GetMemberGroup"
    " GetMpOrMepAndWardsByPostcode GetMpOrMepsAndWards GetParishCouncils GetServerDiagnostics GetWebCastMeetings"
).split()


def answer_operation(state: State, operation: str, query: Query) -> Answer:
    """Answer one operation, asked for by GET; names and parameters are taken in any capitals."""
    name = next((one for one in OPERATIONS if one.lower() == operation.lower()), None)
    if name is None:
        return fault(f"{operation} Web Service method name is not valid.")
    if state.quirks.needs_parameters and not query:
        return fault(f"System.InvalidOperationException: Request format is invalid: {name}.")
    answer = {
        "GetCommittees": _committees,
        "GetMeetings": _meetings,
        "GetAllMeetingsByDate": _meetings_by_date,
        "GetMeeting": meeting_answer,
        "GetAttachment": attachment_answer,
    }.get(name)
    if answer is None:
        return write_xml(f"<{name.lower()}>\n</{name.lower()}>")
    missing = next((key for key in REQUIRED[name] if key.lower() not in query), None)
    if missing is not None:
        return fault(f"Missing parameter: {missing}.")
    return answer(state, query)


REQUIRED = {
    "GetCommittees": (),
    "GetMeetings": ("lCommitteeId", "sFromDate", "sToDate"),
    "GetAllMeetingsByDate": ("lCommitteeId", "sFromDate", "sToDate", "bIsAscendingDateOrder"),
    "GetMeeting": ("lMeetingId",),
    "GetAttachment": ("lAttachmentId",),
}


def _committees(state: State, query: Query) -> Answer:
    bodies = state.council.bodies
    rows = "\n".join(
        "  <committee>\n"
        + write_tags(
            [
                ("committeeid", str(body.id)),
                ("committeetitle", text_of(body.name)),
                ("committeedeleted", "False"),
                ("committeeexpired", str(body.is_expired)),
                ("committeecategory", "Committees"),
            ],
            2,
        )
        + "\n  </committee>"
        for body in sorted(bodies, key=lambda body: body.name)
    )
    return write_xml(f"<committees>\n  <committeescount> {len(bodies)}</committeescount>\n{rows}\n</committees>")


def read_range(state: State, first: str, last: str) -> tuple[date, date]:
    """Read a range of dates; others than dd/mm/yyyy are ignored: everything is in the range."""
    are_dates = all(re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", one.strip()) for one in (first, last))
    if are_dates and not state.quirks.dates_ignored:
        try:
            start, end = (datetime.strptime(one.strip(), "%d/%m/%Y").date() for one in (first, last))
            return start, end
        except ValueError:
            pass
    return date.min, date.max


def _found(state: State, query: Query, every: str) -> list[Meeting]:
    first, last = read_range(state, query["sfromdate"], query["stodate"])
    asked = query["lcommitteeid"].strip()
    return [
        one for one in state.meetings if first <= one.day <= last and (asked == every or str(one.committee.id) == asked)
    ]


def _row(meeting: Meeting, depth: int, with_committee: bool = False) -> str:
    values = [
        ("meetingid", str(meeting.id)),
        ("meetingdate", f"{meeting.day:%d/%m/%Y}"),
        ("meetingstatus", "Cancelled" if meeting.is_cancelled else "Confirmed"),
        ("meetingtime", meeting.time),
        ("iswebcast", "False"),
    ]
    if with_committee:
        values += [("committeeid", str(meeting.committee.id)), ("committeetitle", text_of(meeting.committee.name))]
    pad = "  " * depth
    return f"{pad}<meeting>\n{write_tags(values, depth + 1)}\n{pad}</meeting>"


def _meetings(state: State, query: Query) -> Answer:
    found = _found(state, query, "0")
    bodies: dict[Committee, list[Meeting]] = {}
    for meeting in found:
        bodies.setdefault(meeting.committee, []).append(meeting)
    parts = [f"  <meetingscount> {len(found)}</meetingscount>\n  <committeescount> {len(bodies)}</committeescount>"]
    for body, rows in bodies.items():
        values = [
            ("committeeid", str(body.id)),
            ("committeetitle", text_of(body.name)),
            ("committeemeetingcount", f" {len(rows)}"),
        ]
        listed = "\n".join(_row(one, 3) for one in rows)
        meetings = f"    <committeemeetings>\n{listed}\n    </committeemeetings>"
        parts.append(f"  <committee>\n{write_tags(values, 2)}\n{meetings}\n  </committee>")
    return write_xml("<getmeetings>\n" + "\n".join(parts) + "\n</getmeetings>")


def _meetings_by_date(state: State, query: Query) -> Answer:
    found = _found(state, query, str(state.quirks.all_committees))
    if query["bisascendingdateorder"].strip().lower() not in ("true", "1"):
        found.reverse()
    rows = "\n".join(_row(one, 2, with_committee=True) for one in found)
    return write_xml(f"<getmeetingsbydate>\n  <meetings>\n{rows}\n  </meetings>\n</getmeetingsbydate>")
