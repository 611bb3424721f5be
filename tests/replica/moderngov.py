"""Answer what a ModernGov installation is asked for: pages, web service, files."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import itempage, listings, meetingpage, register
from .chrome import head, page
from .meetingxml import find_document
from .model import Meeting, Stage
from .printed import print_agenda, print_decisions, print_minutes, print_report
from .site import Answer, Query, State, redirect, refusal
from .webservice import answer_operation, read_range

PAGES: dict[str, Callable[[State, Query], Answer]] = {
    "ieagenda.aspx": meetingpage.meeting_page,
    "iedecisiondetails.aspx": register.decision_page,
    "iedochome.aspx": listings.home_page,
    "ieissuedetails.aspx": register.issue_page,
    "ielistdocuments.aspx": meetingpage.meeting_page,
    "ielistmeetings.aspx": listings.meetings_page,
    "mgai.aspx": itempage.item_page,
    "mgcalendarmonthview.aspx": listings.month_page,
    "mgchoosedocpack.aspx": itempage.pack_page,
    "mgcommitteedetails.aspx": listings.committee_page,
    "mgdelegateddecisions.aspx": register.decisions_list,
    "mgissuehistorychronology.aspx": register.issue_page,
    "mgissuehistoryhome.aspx": register.issue_page,
    "mglistcommittees.aspx": listings.committees_page,
    "mglistofficerdecisions.aspx": register.officers_list,
    "mglistrecordedvotes.aspx": listings.votes_list,
    "mglistrecordedvotesshort.aspx": itempage.votes_page,
    "mgmeetingattendance.aspx": itempage.attendance_page,
    "mgrss.aspx": listings.feed,
    "mgwhatsnew.aspx": listings.whats_new,
}
"""What answers each page, by its name in lower case."""

REGISTER = ("mgdelegateddecisions.aspx", "mglistofficerdecisions.aspx", "iedecisiondetails.aspx")
GONE = ("mgsearchresults.aspx", "mgdocumentsearch.aspx")
SLOW = ("mgdelegateddecisions.aspx", "mglistofficerdecisions.aspx", "mglistrecordedvotes.aspx")
PRINTED = re.compile(r"documents/g(\d+)/.+", re.IGNORECASE | re.DOTALL)
ATTACHED = re.compile(r"documents/s(\d+)/.+", re.IGNORECASE | re.DOTALL)


def answer_moderngov(state: State, path: str, query: Query) -> Answer:
    """Answer one address below the installation.

    Args:
        state: of the site.
        path: decoded, without the installation's own path and without a slash before it.
        query: decoded.
    """
    name = path.lower()
    if name.startswith("mgwebservice.asmx"):
        operation = path.partition("/")[2]
        if not operation:
            return page(state.council.name, "mgWebService", "<h1>mgWebService</h1>")
        return _timed(state, query, answer_operation(state, operation, query))
    if name in GONE or (name in REGISTER and state.quirks.register_fails):
        return redirect("mgError.aspx")
    if name == "mgerror.aspx":
        return error_page(state)
    if name == "mgconvert2pdf.aspx":
        return _attachment(state, query.get("id", ""))
    if name in ("", "default.aspx", "uucoverpage.aspx"):
        return redirect("ieDocHome.aspx?bcr=1")
    if name in PAGES:
        answer = PAGES[name](state, query)
        return _timed(state, query, answer) if name in SLOW else answer
    return _file(state, path, query)


def error_page(state: State) -> Answer:
    """Give the page that stands for every error, with status 200."""
    body = head("Error", "An error has occurred") + (
        '<div class="mgContent" ><p>We are sorry, the page that you asked for could not be shown. Please try again'
        " later or contact the administrator of this site.</p></div>"
    )
    return page(state.council.name, "Error", body)


def _timed(state: State, query: Query, answer: Answer) -> Answer:
    """Let a list take its time for the years it is asked for, or give up on it."""
    quirks = state.quirks
    if not quirks.seconds_per_year:
        return answer
    if "sfromdate" in query and "stodate" in query:
        first, last = read_range(state, query["sfromdate"], query["stodate"])
    elif "dr" in query:
        first, last = register.listed_range(state, query)
    else:
        return answer
    first = max(first, state.council.meetings[0].day)
    last = min(last, state.council.meetings[-1].day)
    seconds = max((last - first).days, 0) / 365 * quirks.seconds_per_year
    if quirks.error_after is not None and seconds > quirks.error_after:
        failed = error_page(state)
        return Answer(failed.body, failed.media_type, seconds=quirks.error_after)
    return Answer(answer.body, answer.media_type, answer.status, answer.headers, seconds)


def _pdf(body: bytes) -> Answer:
    return Answer(body, "application/pdf")


def _attachment(state: State, ident: str) -> Answer:
    found = find_document(state, ident)
    if found is None:
        return redirect("mgError.aspx")
    _, item, document = found
    if document.minutes_of is None:
        return _pdf(print_report(item, document.title))
    return _pdf(print_minutes(state.council, state.council.by_id[document.minutes_of], is_draft=False))


def _file(state: State, path: str, query: Query) -> Answer:
    attached = ATTACHED.fullmatch(path)
    if attached:
        return _attachment(state, attached[1])
    printed = PRINTED.fullmatch(path)
    if printed is None:
        return refusal(404)
    meeting = next((one for one in state.meetings if str(one.agenda) == printed[1]), None)
    if meeting is None or query.get("t", "") not in ("0", "1", "2", "10"):
        return redirect("/mgError.aspx")
    return _printed(state, meeting, int(query["t"]))


def _printed(state: State, meeting: Meeting, kind: int) -> Answer:
    stage = state.stage(meeting)
    has_minutes = state.has_minutes(meeting)
    if stage is Stage.NOTHING or (kind in (1, 2) and not has_minutes):
        return error_page(state)
    if kind == 1:
        return _pdf(print_minutes(state.edition(meeting), meeting, is_draft=stage is Stage.DRAFT))
    if kind == 2:
        return _pdf(print_decisions(state.edition(meeting), meeting))
    repeated = state.quirks.packs_repeat_minutes and has_minutes and kind == 10
    return _pdf(print_agenda(state.edition(meeting), meeting, with_reports=kind == 10, with_minutes=repeated))
