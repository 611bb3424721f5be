"""Show a meeting: its items in order, and what was decided under each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from minutes_miner.domain.vocabulary import Presence
from minutes_miner.store.search import ActionRow, DecisionRow, MeetingDetail, get_meeting
from minutes_miner.web.originals import public_sources
from minutes_miner.web.page import Page
from minutes_miner.web.pages.record import check_id
from minutes_miner.web.rendering import render, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)


@dataclass(slots=True)
class Item:
    """Hold an item of business with its decisions and actions, gathered one by one."""

    number: str | None
    title: str | None
    decisions: list[DecisionRow] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)


@router.get("/meetings/{document_id}")
def show_meeting(request: Request, document_id: str) -> Response:
    """Show a meeting by any of its papers; its own address is that of the main one."""
    check_id(document_id)
    meeting = get_meeting(site_of(request).store, document_id)
    main = meeting.papers[0].id
    if main != document_id:
        return RedirectResponse(f"/meetings/{main}", status_code=302)
    return render(
        request,
        "meeting.html",
        meeting=meeting,
        items=gather_items(meeting),
        attendance=group_people(meeting),
        papers=[(paper, public_sources(paper.sources)) for paper in meeting.papers],
    )


def gather_items(meeting: MeetingDetail) -> list[Item]:
    """Put decisions and actions under their items, in the order in which the papers name these."""
    items: dict[tuple[str | None, str | None], Item] = {}
    for row in _interleave(meeting.decisions, meeting.actions):
        item = items.setdefault((row.item_number, row.item_title), Item(row.item_number, row.item_title))
        if isinstance(row, DecisionRow):
            item.decisions.append(row)
        else:
            item.actions.append(row)
    return list(items.values())


def _interleave(decisions: Iterable[DecisionRow], actions: Iterable[ActionRow]) -> Iterator[DecisionRow | ActionRow]:
    """Give decisions, then what is to be done beside them."""
    yield from decisions
    yield from actions


def group_people(meeting: MeetingDetail) -> list[tuple[Presence, list[str]]]:
    """Group the names of the attendance list by whether they were there."""
    groups = []
    for presence in Presence:
        names = [
            f"{one.person} ({one.role})" if one.role else one.person
            for one in meeting.attendance
            if one.status == presence
        ]
        if names:
            groups.append((presence, names))
    return groups
