"""Give searches as feeds, and actions as a calendar, to whatever programs a reader follows them with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from minutes_miner.domain.alert import Alert
from minutes_miner.domain.dataset import Row
from minutes_miner.export.atom import MOST, as_feed
from minutes_miner.export.icalendar import stream_calendar
from minutes_miner.export.jsonfeed import as_json_feed
from minutes_miner.store.feeding import find_newest
from minutes_miner.store.walking import walk_actions
from minutes_miner.web.api.questions import ActionConditions, bounded
from minutes_miner.web.api.routing import shown_row
from minutes_miner.web.asking import Asking
from minutes_miner.web.page import Page
from minutes_miner.web.rendering import address_of, site_of

router = APIRouter(include_in_schema=False)
PAGE = Page(router)

LATELY = timedelta(days=90)
"""How long ago a deadline may be, to stand in a calendar that asks for no days."""

NEVER = "1970-01-01T00:00:00+00:00"
"""The moment of a feed without an entry."""

_FRESH = {"Cache-Control": "max-age=300"}


@router.get("/feed.atom")
def give_atom(request: Request) -> Response:
    """Give a search as an Atom feed."""
    asking, name = _read(request)
    page, address = (address_of(request, asking.address(path)) for path in ("/search", "/feed.atom"))
    feed = as_feed(name, _find(request, asking), updated=NEVER, address=address, page=page)
    return _answer(request, feed, "application/atom+xml; charset=utf-8")


@router.get("/feed.json")
def give_json(request: Request) -> Response:
    """Give a search as a JSON Feed."""
    asking, name = _read(request)
    page, address = (address_of(request, asking.address(path)) for path in ("/search", "/feed.json"))
    feed = as_json_feed(name, _find(request, asking), page=page, address=address)
    return _answer(request, feed, "application/feed+json; charset=utf-8")


@router.get("/actions.ics")
def give_calendar(request: Request, asked: Annotated[ActionConditions, Query()]) -> Response:
    """Give the deadlines of actions as a calendar; those of the last months and later where no day is asked for."""
    now, wanted = datetime.now(UTC), asked.filter()
    wanted = replace(wanted, has_due=True)
    if not (wanted.due_after or wanted.due_before or wanted.overdue_on):
        wanted = replace(wanted, due_after=now.date() - LATELY)
    chunks = walk_actions(site_of(request).store, wanted, most=bounded(request))
    first = next(chunks, [])
    rows = (_shown(request, chunk) for chunk in _again(first, chunks))
    name = f"{site_of(request).settings.title}: actions"
    calendar = stream_calendar(name, rows, moment=f"{now:%Y%m%dT%H%M%SZ}")
    named = _FRESH | {"Content-Disposition": 'inline; filename="actions.ics"'}
    return StreamingResponse(calendar, media_type="text/calendar; charset=utf-8", headers=named)


def _again(first: list[Row], others: Iterator[list[Row]]) -> Iterator[list[Row]]:
    yield first
    yield from others


def _shown(request: Request, rows: list[Row]) -> list[Row]:
    return [shown_row(request, row, "actions") for row in rows]


def _read(request: Request) -> tuple[Asking, str]:
    """Read what is asked for, and give the feed's name.

    Raises:
        HTTPException: it is too long.
    """
    site = site_of(request)
    asking = replace(Asking.read(request.query_params), sort=Asking().sort, after="")
    if len(asking.text) > site.settings.max_query or len(request.url.query) > 4 * site.settings.max_query:
        raise HTTPException(414, f"a search may have {site.settings.max_query} characters")
    values = [value for chosen in asking.facets.values() for value in chosen]
    words = ", ".join(filter(None, [asking.text, *values])) or "newest decisions"
    return asking, f"{site.settings.title}: {words}"


def _find(request: Request, asking: Asking) -> list[Alert]:
    found = find_newest(site_of(request).store, asking.filter(MOST), most=MOST)
    return [replace(alert, url=address_of(request, f"/decisions/{alert.record_id}")) for alert in found]


def _answer(request: Request, feed: bytes, media_type: str) -> Response:
    """Answer with a feed, or that it is still the same."""
    mark = f'W/"{sha256(feed).hexdigest()[:20]}"'
    headers = _FRESH | {"ETag": mark}
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(feed, media_type=media_type, headers=headers)
