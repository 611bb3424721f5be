"""Word the requests that a ModernGov site is asked, one method a kind of page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from minutes_miner.domain.gathering import Request, Response, Scope
from minutes_miner.scrape.moderngov.address import Site, read_name, read_query
from minutes_miner.scrape.moderngov.period import Slice, find_horizon

COMMITTEES = "committees"
MEETINGS = "meetings"
MEETING = "meeting"
COMMITTEE_PAGE = "committee_page"
MEETING_LIST = "meeting_list"
MEETING_PAGE = "meeting_page"
ITEM_PAGE = "item_page"
VOTES = "votes"
PRINTED = "printed"
REGISTER = "register"
DECISION = "decision"
ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Asking:
    """Make requests to one site.

    Attributes:
        site: where it stands.
        scope: how much of its record is wanted.
    """

    site: Site
    scope: Scope

    def follow(self, response: Response) -> Asking:
        """Ask on where an answer came from, so that a redirect is taken once and not for each page."""
        known = response.obstacle is None and read_name(response.url) == read_name(response.request.url)
        return replace(self, site=self.site.follow(response.url)) if known else self

    def committees(self, *, bare: bool = False) -> Request:
        """Ask the web service for the committees; some installations fail without a query, others with one."""
        url = self.site.service("GetCommittees") if bare else self.site.service("GetCommittees", lDummy="0")
        return Request(
            url, COMMITTEES, day=find_horizon(self.scope), is_list=True, facts=(("bare", "yes"),) if bare else ()
        )

    def committee_page(self, *, is_home: bool = False) -> Request:
        """Ask for a page that lists the committees: the one made for it, or the home page of meetings."""
        url = self.site.page("ieDocHome.aspx" if is_home else "mgListCommittees.aspx", bcr="1")
        facts = (("home", "yes"),) if is_home else ()
        return Request(url, COMMITTEE_PAGE, day=find_horizon(self.scope), is_list=True, facts=facts)

    def meetings(self, committee: str, name: str, days: Slice, *, is_ended: bool = False) -> Request:
        """Ask the web service for a committee's meetings.

        The list is told to be of its first year: what reaches beyond is listed again from the next year on. One of
        a committee that ``is_ended`` is told to be of its first day, as it seldom has anything new.
        """
        first, last = days.write()
        url = self.site.service("GetMeetings", lCommitteeId=committee, sFromDate=first, sToDate=last)
        facts = (("committee", committee), ("name", name), ("first", f"{days.first}"), ("last", f"{days.last}"))
        last_told = min(days.last, date(days.first.year, 12, 31))
        return Request(url, MEETINGS, day=days.first if is_ended else last_told, is_list=True, facts=facts)

    def meeting_list(self, committee: str, name: str) -> Request:
        """Ask for the page that lists a committee's meetings."""
        url = self.site.page("ieListMeetings.aspx", CId=committee, Year="0")
        facts = (("committee", committee), ("name", name))
        return Request(url, MEETING_LIST, day=find_horizon(self.scope), is_list=True, facts=facts)

    def meeting(self, meeting: str, committee: str, day: date | None) -> Request:
        """Ask the web service for a meeting."""
        url = self.site.service("GetMeeting", lMeetingId=meeting)
        return Request(url, MEETING, name_meeting(meeting), day, facts=(("committee", committee), ("meeting", meeting)))

    def meeting_page(self, meeting: str, committee: str, day: date | None, *, agenda: str = "") -> Request:
        """Ask for the page of a meeting; ``agenda`` is the number that its printed documents bear, where known."""
        facts = (("committee", committee), ("meeting", meeting), ("agenda", agenda))
        return Request(self.meeting_url(meeting, committee), MEETING_PAGE, name_meeting(meeting), day, facts=facts)

    def meeting_url(self, meeting: str, committee: str) -> str:
        """Give the address of the page of a meeting."""
        known = {"CId": committee} if committee else {}
        return self.site.page("ieListDocuments.aspx", **known, MId=meeting, Ver="4")

    def item_page(self, item: str, meeting: str, day: date | None) -> Request:
        """Ask for the whole text of an agenda item."""
        url = self.site.page("mgAi.aspx", ID=item)
        return Request(url, ITEM_PAGE, name_meeting(meeting), day, facts=(("item", item),))

    def votes_of_day(self, meeting: str, day: date) -> Request:
        """Ask for the recorded votes of a day; the meeting's number keeps apart the meetings of one day."""
        written = f"{day:%d/%m/%Y}"
        url = self.site.page("mgListRecordedVotes.aspx", UID="0", DR=f"{written}-{written}", MID=meeting)
        return Request(url, VOTES, name_meeting(meeting), day)

    def votes_of_item(self, item: str, meeting: str, day: date | None) -> Request:
        """Ask for the recorded votes on one agenda item."""
        url = self.site.page("mgListRecordedVotesShort.aspx", AIID=item, MID=meeting)
        return Request(url, VOTES, name_meeting(meeting), day, facts=(("item", item),))

    def printed(self, url: str, meeting: str, day: date | None, *, kind: str, is_draft: bool) -> Request:
        """Ask for printed ``minutes`` or printed ``decisions``."""
        facts = (("kind", kind), ("draft", "yes" if is_draft else ""))
        return Request(url, PRINTED, name_meeting(meeting), day, facts=facts)

    def register(self, days: Slice, *, leads: bool = False) -> Request:
        """Ask for the decisions published on some days; the first asked for ``leads`` the others on."""
        first, last = days.write()
        url = self.site.page("mgDelegatedDecisions.aspx", bcr="1", DM="0", DS="2", K="0", DR=f"{first}-{last}", V="0")
        facts = (("first", f"{days.first}"), ("last", f"{days.last}"), ("leads", "yes" if leads else ""))
        return Request(url, REGISTER, day=days.last, is_list=True, facts=facts)

    def decision(self, number: str, *, of_item: bool = False) -> Request:
        """Ask for a decision by its number in the register, or by that of its agenda item."""
        url = self.site.page("ieDecisionDetails.aspx", **{"AIId" if of_item else "ID": number})
        return Request(url, DECISION, name_decision(number, of_item=of_item))

    def issue(self, number: str, occasion: str) -> Request:
        """Ask for the history of an issue."""
        url = self.site.page("mgIssueHistoryHome.aspx", IId=number, Opt="0")
        return Request(url, ISSUE, occasion)


def name_meeting(meeting: str) -> str:
    """Give the key of a meeting."""
    return f"meeting/{meeting}"


def name_decision(number: str, *, of_item: bool = False) -> str:
    """Give the key of a notice."""
    return f"decision/item-{number}" if of_item else f"decision/{number}"


def read_slice(request: Request) -> Slice:
    """Give the days that a list was asked for."""
    return Slice(date.fromisoformat(request.fact("first") or ""), date.fromisoformat(request.fact("last") or ""))


def find_meeting(url: str) -> tuple[str, str] | None:
    """Give the meeting and the committee that an address names, as far as it does."""
    query = read_query(url)
    return (query["mid"], query.get("cid", query.get("committeeid", ""))) if query.get("mid", "").isdecimal() else None
