"""Answer ModernGov's web service about one meeting or one attachment."""

from __future__ import annotations

from html import escape

from .item import Item, LinkedDocument
from .markup import word_html
from .model import Meeting, Stage
from .site import Answer, Query, State
from .xmltext import fault, text_of, write_tags, write_xml


def meeting_answer(state: State, query: Query) -> Answer:
    """Answer GetMeeting."""
    meeting = state.find_meeting(query["lmeetingid"])
    if meeting is None:
        return fault("System.NullReferenceException: Object reference not set to an instance of an object.")
    stage = state.stage(meeting)
    has_minutes = state.has_minutes(meeting)
    items = state.edition(meeting).items(meeting) if stage is not Stage.NOTHING else ()
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
    return write_xml(
        f"<meeting>\n{write_tags(head, 1)}\n  <agendaitems>\n{rows}\n  </agendaitems>\n"
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
        f"        <linkeddoc>\n{write_tags(_document(state, meeting, item, one, at), 5)}\n        </linkeddoc>"
        for at, one in enumerate(item.documents, 1)
    )
    linked = f"      <linkeddocuments>\n{documents}\n      </linkeddocuments>"
    return f"    <agendaitem>\n{write_tags(values, 3)}\n{linked}\n    </agendaitem>"


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


def attachment_answer(state: State, query: Query) -> Answer:
    """Answer GetAttachment."""
    found = find_document(state, query["lattachmentid"])
    if found is None:
        return fault("System.NullReferenceException: Object reference not set to an instance of an object.")
    meeting, item, document = found
    values = [pair for pair in _document(state, meeting, item, document, 1) if pair[0] not in LISTED_ONLY]
    details = f"  <attachmentdetails>\n{write_tags(values, 2)}\n  </attachmentdetails>"
    return write_xml(f"<attachment>\n{details}\n</attachment>")


LISTED_ONLY = ("restrictionsRef", "itemnum", "isdecisionattachment")


def find_document(state: State, ident: str) -> tuple[Meeting, Item, LinkedDocument] | None:
    """Find a linked document by its id; its meeting is told by the id."""
    number = int(ident) if ident.strip().isdecimal() else 0
    meeting = state.find_meeting(str(number // 150))
    if meeting is None or state.stage(meeting) is Stage.NOTHING:
        return None
    for item in state.edition(meeting).items(meeting):
        for document in item.documents:
            if document.id == number:
                return meeting, item, document
    return None
