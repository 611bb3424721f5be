"""Give the tracker's list as a PDF to print, hand round and keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from minutes_miner.store.deadlines import ActionPage, list_deadlines
from minutes_miner.store.search import Total
from minutes_miner.web.lengths import check_length
from minutes_miner.web.page import Page
from minutes_miner.web.pages.actions import count_listed
from minutes_miner.web.rendering import address_of, site_of
from minutes_miner.web.report import Report, group_rows, tell_filters
from minutes_miner.web.site import Site
from minutes_miner.web.tracker import Show, Tracker
from minutes_miner.web.wording import write_day, write_total

router = APIRouter(include_in_schema=False)
PAGE = Page(router)

ROWS = 500
"""Actions of a report."""

COUNTED = {
    Show.OPEN: "open in all",
    Show.OVERDUE: "overdue",
    Show.COMING: "due on the day or later",
    Show.UNDATED: "open, no date told",
    Show.DONE: "done",
}
"""What a report counts, under the same conditions as its list."""


@router.get("/actions.pdf")
async def give_report(request: Request) -> Response:
    """Give a list of actions as a PDF.

    Raises:
        StoreError: a day can't be understood, or there are too many words.
    """
    from minutes_miner.web.typesetting import typeset

    check_length(request)
    tracker = Tracker.read(request.query_params).having(is_print=False)
    on = tracker.day(date.today())
    report = await run_in_threadpool(_write, request, tracker, on)
    async with site_of(request).printing:
        made = await run_in_threadpool(typeset, report)
    name = f"actions-{tracker.show.value}-{on.isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(made, media_type="application/pdf", headers=headers)


def _write(request: Request, tracker: Tracker, on: date) -> Report:
    site, today = site_of(request), date.today()
    wanted = replace(tracker.filter(today), limit=ROWS)
    page = list_deadlines(site.store, wanted, latest_first=tracker.is_latest_first)
    dated = tracker.having(on=on.isoformat())
    counts = ((label, write_total(_count(site, dated, show))) for show, label in COUNTED.items())
    return Report(
        site=site.settings.title,
        told=tell_filters(tracker, on),
        made=f"Made on {write_day(today)}.",
        counts=tuple(counts),
        left_out=_tell_left_out(page, _count(site, dated, tracker.show)),
        groups=group_rows(page.rows, on=on, base=address_of(request, "")),
        address=address_of(request, dated.address()),
    )


def _count(site: Site, tracker: Tracker, show: Show) -> Total:
    return count_listed(site, tracker.having(show=show).filter(date.today()))


def _tell_left_out(page: ActionPage, total: Total) -> str:
    if page.next_token is None:
        return ""
    return (
        f"The list holds {write_total(total)} actions; the first {len(page.rows)} of them by deadline are here. "
        "Choose a council, a committee or days for a report that is whole."
    )
