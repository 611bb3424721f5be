"""Answer the operations of ModernGov's web service with XML."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import escape

from .business import Item, LinkedDocument
from .markup import word_html
from .model import Committee, Meeting, Stage
from .site import Answer, Query, State

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
        return _fault(f"{operation} Web Service method name is not valid.")
    if state.quirks.needs_parameters and not query:
        return _fault(f"System.InvalidOperationException: Request format is invalid: {name}.")
    answer = {
        "GetCommittees": _committees,
        "GetMeetings": _meetings,
        "GetAllMeetingsByDate": _meetings_by_date,
        "GetMeeting": _meeting,
        "GetAttachment": _attachment,
    }.get(name)
    if answer is None:
        return _xml(f"<{name.lower()}>\n</{name.lower()}>")
    missing = next((key for key in REQUIRED[name] if key.lower() not in query), None)
    if missing is not None:
        return _fault(f"Missing parameter: {missing}.")
    return answer(state, query)


REQUIRED = {
    "GetCommittees": (),
    "GetMeetings": ("lCommitteeId", "sFromDate", "sToDate"),
    "GetAllMeetingsByDate": ("lCommitteeId", "sFromDate", "sToDate", "bIsAscendingDateOrder"),
    "GetMeeting": ("lMeetingId",),
    "GetAttachment": ("lAttachmentId",),
}


def _xml(body: str) -> Answer:
    return Answer(f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode(), "text/xml; charset=utf-8")


def _fault(message: str) -> Answer:
    return Answer(f"{message}\r\n".encode(), "text/plain; charset=utf-8", 500)


def text_of(text: str) -> str:
    """Escape text twice, as the service does."""
    return escape(escape(text).replace("&#x27;", "&#39;"), quote=False)


def _tag(name: str, value: str, depth: int) -> str:
    pad = "  " * depth
    return f"{pad}<{name}>{value}</{name}>" if value else f"{pad}<{name}>\n{pad}</{name}>"


def _tags(values: list[tuple[str, str]], depth: int) -> str:
    return "\n".join(_tag(name, value, depth) for name, value in values)


def _committees(state: State, query: Query) -> Answer:
    bodies = state.council.bodies
    rows = "\n".join(
        "  <committee>\n"
        + _tags(
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
    return _xml(f"<committees>\n  <committeescount> {len(bodies)}</committeescount>\n{rows}\n</committees>")


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
    return f"{pad}<meeting>\n{_tags(values, depth + 1)}\n{pad}</meeting>"


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
        parts.append(f"  <committee>\n{_tags(values, 2)}\n{meetings}\n  </committee>")
    return _xml("<getmeetings>\n" + "\n".join(parts) + "\n</getmeetings>")


def _meetings_by_date(state: State, query: Query) -> Answer:
    found = _found(state, query, str(state.quirks.all_committees))
    if query["bisascendingdateorder"].strip().lower() not in ("true", "1"):
        found.reverse()
    rows = "\n".join(_row(one, 2, with_committee=True) for one in found)
    return _xml(f"<getmeetingsbydate>\n  <meetings>\n{rows}\n  </meetings>\n</getmeetingsbydate>")


def _meeting(state: State, query: Query) -> Answer:
    meeting = state.find_meeting(query["lmeetingid"])
    if meeting is None:
        return _fault("System.NullReferenceException: Object reference not set to an instance of an object.")
    stage = state.stage(meeting)
    has_minutes = state.has_minutes(meeting)
    items = state.council.items(meeting) if stage is not Stage.NOTHING else ()
    head = [
        ("meetingid", str(meeting.id)),
        ("meetingdate", f"{meeting.day:%d/%m/%Y}"),
        ("meetingstatus", "Cancelled" if meeting.is_cancelled else "Confirmed"),
        ("isdisplayallowed", "True"),
        ("meetingtime", meeting.time),
        ("meetingactualstarttime", ""),
        ("meetingplannedfinishtime", ""),
        ("meetingactualfinishtime", ""),
        ("meetinglocation", text_of(meeting.venue)),
        ("iswebcast", "False"),
        ("agendaid", str(meeting.agenda)),
        ("agendapublished", str(stage is not Stage.NOTHING)),
        ("decisionpublished", str(has_minutes and any(item.decision_lines() for item in items))),
        ("minutepublished", str(has_minutes)),
        ("meetingroom", ""),
    ]
    rows = "\n".join(_item(state, meeting, item, has_minutes) for item in items)
    people = "\n".join(_attendees(state, meeting))
    return _xml(
        f"<meeting>\n{_tags(head, 1)}\n  <agendaitems>\n{rows}\n  </agendaitems>\n"
        f"  <attendees>\n{people}\n  </attendees>\n</meeting>"
    )


def _item(state: State, meeting: Meeting, item: Item, has_minutes: bool) -> str:
    shown = has_minutes and not state.quirks.printed_only
    decided = word_html(item.decision_lines()) if shown else ""
    day = f"{meeting.day:%d/%m/%Y}"
    values = [
        ("agendaitemid", str(item.id)),
        ("agendaitemtitle", text_of(item.title)),
        ("agendatext", escape(word_html([item.summary] if item.summary else []), quote=False)),
        ("actualmeetingdate", day),
        ("agendaitemnumber", str(item.number)),
        ("agendaitemsubnumber", ""),
        ("fulldisplaynumberformat", f"{item.minute if has_minutes else item.number}." if item.number else ""),
        ("authorusername", ""),
        ("commentlabel1", "Presented By"),
        ("commenttext1", ""),
        ("commentlabel2", "Actions"),
        ("commenttext2", ""),
        ("minutesnonemptyhtmlbody", escape(word_html(item.minutes_lines()), quote=False) if shown else ""),
        *([("decisionnonemptyhtmlbody", escape(decided, quote=False))] if decided else []),
        ("declarationcount", "0"),
        ("iscallin", "False"),
        ("iscomment", "False"),
        ("isdecision", str(bool(decided))),
        ("isdecisionpublished", str(bool(decided))),
        ("isminutepublished", str(has_minutes)),
        ("ispubliccanspeak", "False"),
        ("isrestricted", str(item.is_restricted)),
        ("isdisplayallowed", "True"),
        ("meetingdate", day),
        ("meetingtime", meeting.time),
        ("minutesitemnumber", str(item.minute) if has_minutes and item.minute else ""),
        ("minutesitemsubnumber", ""),
        ("preferreddate", day),
        ("refertocommittee", text_of(meeting.committee.name)),
    ]
    documents = "\n".join(
        f"        <linkeddoc>\n{_tags(_document(state, meeting, item, one, at), 5)}\n        </linkeddoc>"
        for at, one in enumerate(item.documents, 1)
    )
    linked = f"      <linkeddocuments>\n{documents}\n      </linkeddocuments>"
    return f"    <agendaitem>\n{_tags(values, 3)}\n{linked}\n    </agendaitem>"


def _document(
    state: State, meeting: Meeting, item: Item, document: LinkedDocument, number: int
) -> list[tuple[str, str]]:
    return [
        ("attachmentid", str(document.id)),
        ("title", text_of(document.title)),
        ("isurl", "False"),
        ("url", f"{state.base_url}/mgConvert2PDF.aspx?ID={document.id}"),
        ("isrestricted", "False"),
        ("restrictionsRef", ""),
        ("itemnum", str(number)),
        ("publicationdate", f"{document.published:%d/%m/%Y}"),
        ("meetingdate", f"{meeting.day:%d/%m/%Y}"),
        ("decisiondate", f"{meeting.day:%d/%m/%Y}"),
        ("committeetitle", text_of(meeting.committee.name)),
        ("isdecisionattachment", "False"),
        ("ownertitle", text_of(item.title)),
    ]


def attendance(state: State, meeting: Meeting, at: int) -> str:
    """Tell how a member attended: held meetings record it, most of the time."""
    if not state.has_minutes(meeting) or meeting.id % 4 == 1:
        return "Expected"
    return "Apologies" if (meeting.id + at) % 11 == 3 else "Present"


def _attendees(state: State, meeting: Meeting) -> list[str]:
    members = state.council.committee_members(meeting.committee)
    rows = []
    for at, member in enumerate(members):
        facts = {
            "membertype": "U",
            "memberid": str(member.id),
            "name": f"Councillor {member.name}",
            "roledescription": "Chair" if at == 0 else "Committee Member",
            "attendance": attendance(state, meeting, at),
            "politicalparty": member.party,
            "ward": member.ward,
        }
        attributes = " ".join(f'{key}="{escape(value)}"' for key, value in facts.items())
        url = f"{state.base_url}/mgUserInfo.aspx?UID={member.id}"
        rows.append(f"    <attendee {attributes}>\n      <url>{url}</url>\n    </attendee>")
    return rows


def _attachment(state: State, query: Query) -> Answer:
    found = find_document(state, query["lattachmentid"])
    if found is None:
        return _fault("System.NullReferenceException: Object reference not set to an instance of an object.")
    meeting, item, document = found
    values = [pair for pair in _document(state, meeting, item, document, 1) if pair[0] not in LISTED_ONLY]
    return _xml(f"<attachment>\n  <attachmentdetails>\n{_tags(values, 2)}\n  </attachmentdetails>\n</attachment>")


LISTED_ONLY = ("restrictionsRef", "itemnum", "isdecisionattachment")


def find_document(state: State, ident: str) -> tuple[Meeting, Item, LinkedDocument] | None:
    """Find a linked document by its id; its meeting is told by the id."""
    number = int(ident) if ident.strip().isdecimal() else 0
    meeting = state.find_meeting(str(number // 150))
    if meeting is None or state.stage(meeting) is Stage.NOTHING:
        return None
    for item in state.council.items(meeting):
        for document in item.documents:
            if document.id == number:
                return meeting, item, document
    return None
