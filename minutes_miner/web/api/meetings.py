"""Answer programs that list councils and meetings, or look a meeting up."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.exceptions import HTTPException

from minutes_miner.store.directory import MeetingFilter, MeetingRow, list_meetings, list_names
from minutes_miner.store.search import get_meeting
from minutes_miner.web.api.answers import Authorities, Meeting, Meetings
from minutes_miner.web.api.questions import MeetingQuestion, NameQuestion, PathId, next_address
from minutes_miner.web.api.routing import make_router, public_row
from minutes_miner.web.originals import public_sources
from minutes_miner.web.pages.record import check_id
from minutes_miner.web.rendering import site_of
from minutes_miner.web.twin import as_json

router = make_router("Councils and meetings")


@router.get("/authorities", response_model=Authorities)
def list_authorities(request: Request, asked: Annotated[NameQuestion, Query()]) -> Any:
    """List councils by name, with the number of their papers and the days of the first and last."""
    found = list_names(site_of(request).store, after=asked.after or None, limit=asked.limit + 1)
    shown = found[: asked.limit]
    return {"items": shown, "next": next_address(request, shown[-1].name if len(found) > len(shown) else None)}


@router.get("/meetings", response_model=Meetings)
def list_all_meetings(request: Request, asked: Annotated[MeetingQuestion, Query()]) -> Any:
    """List meetings whose council and day are known, the newest first."""
    before = _read_token(asked.after) if asked.after else None
    wanted = MeetingFilter(asked.authority or None, asked.since, asked.until, before, asked.limit + 1)
    found = list_meetings(site_of(request).store, wanted)
    shown = found[: asked.limit]
    token = _write_token(shown[-1]) if len(found) > len(shown) else None
    return {"items": shown, "next": next_address(request, token)}


@router.get("/meetings/{document_id}", response_model=Meeting)
def get_meeting_by_id(request: Request, document_id: PathId) -> Any:
    """Look up a meeting by the id of any of its papers."""
    check_id(document_id)
    held: dict[str, Any] = as_json(get_meeting(site_of(request).store, document_id))
    for paper in held["papers"]:
        paper["sources"] = public_sources(paper["sources"])
    held["decisions"] = [public_row(row) for row in held["decisions"]]
    held["actions"] = [public_row(row) for row in held["actions"]]
    return held


def _write_token(row: MeetingRow) -> str:
    held = json.dumps([row.day.isoformat(), row.authority, row.committee])
    return urlsafe_b64encode(held.encode("utf-8", "replace")).decode().rstrip("=")


def _read_token(token: str) -> MeetingRow:
    """Read where the page before ended.

    Raises:
        HTTPException: the token is none.
    """
    try:
        day, authority, committee = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return MeetingRow("", str(authority), str(committee) if committee else None, date.fromisoformat(day))
    except (ValueError, TypeError) as error:
        raise HTTPException(400, "the page token is not one of this list; begin at the first page again") from error
