"""Read ModernGov sites: the web service first, then the pages, then what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minutes_miner.domain.gathering import (
    Authority,
    Composition,
    Findings,
    Occasion,
    OccasionKind,
    Request,
    Response,
    Scope,
)
from minutes_miner.scrape.moderngov import asking, calls, listing, pagecalls, registercalls
from minutes_miner.scrape.moderngov.address import Site
from minutes_miner.scrape.moderngov.answer import judge
from minutes_miner.scrape.moderngov.composing import compose_meeting, compose_notice
from minutes_miner.scrape.moderngov.period import slice_quarters

_READERS = {
    asking.COMMITTEES: calls.read_committee_list,
    asking.MEETINGS: calls.read_meeting_list,
    asking.MEETING: calls.read_meeting,
    asking.COMMITTEE_PAGE: listing.read_committee_page,
    asking.MEETING_LIST: listing.read_meeting_list_page,
    asking.MEETING_PAGE: pagecalls.read_meeting_page,
    asking.ITEM_PAGE: pagecalls.read_part,
    asking.VOTES: pagecalls.read_part,
    asking.PRINTED: pagecalls.read_file,
    asking.REGISTER: registercalls.read_register,
    asking.DECISION: registercalls.read_decision_page,
    asking.ISSUE: registercalls.read_issue,
}
"""What reads each kind of page."""


class ModernGov:
    """Gather the meetings and decisions of one authority.

    Committees and meetings come from the web service, which tells items, decisions and minutes apart; where it is
    closed or fails, from the pages that people read. Printed minutes are asked for only where both lack the text.
    Decisions taken outside meetings come from the register, which lists them by the day of publication.

    Args:
        authority: its ``base_url`` is where the installation stands, with or without a path.
        scope: which days are wanted. Where a committee is named, the register is left out, as its lists name none.
    """

    def __init__(self, authority: Authority, scope: Scope) -> None:
        self._scope = scope
        self._asking = asking.Asking(Site((authority.base_url or "").rstrip("/")), scope)

    def start(self) -> Iterable[Request]:
        """Ask for the committees and for the newest decisions."""
        yield self._asking.committees()
        if self._scope.committee is None:
            for days in slice_quarters(self._scope)[:1]:
                yield self._asking.register(days, leads=True)

    def read(self, response: Response) -> Findings:
        """Read one answer by the kind of page that was asked for."""
        judged = judge(response)
        return _READERS[response.request.page](judged, self._asking.follow(judged))

    def compose(self, occasion: Occasion, responses: Sequence[Response]) -> Composition:
        """Make the papers of a meeting or of a decision."""
        if occasion.kind is OccasionKind.NOTICE:
            return compose_notice(occasion, responses)
        return compose_meeting(occasion, responses, self._asking)
