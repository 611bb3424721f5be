"""Track actions: what is overdue, what is due, and what has no date, as a list, by month, and for printing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from minutes_miner.errors import StoreError
from minutes_miner.store.deadlines import ActionPage, MonthCount, count_actions, count_months, list_deadlines
from minutes_miner.store.search import ActionFilter, SlowQueryError, Total
from minutes_miner.web.charts import Chart, Mark, Part, draw_columns
from minutes_miner.web.lengths import check_length
from minutes_miner.web.originals import public_source
from minutes_miner.web.page import Link, Page
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.site import Site
from minutes_miner.web.tracker import SHOWS, Show, Tracker
from minutes_miner.web.twin import as_json
from minutes_miner.web.wording import write_month

router = APIRouter(include_in_schema=False)
PAGE = Page(router, Link("Actions", "/actions"))

ROWS = 50
PRINTED = 500
"""Actions of a page, and of a report for printing."""

AROUND = 12
"""Months before and after the day that the timeline shows."""

TABS = (Show.OVERDUE, Show.COMING, Show.UNDATED, Show.DONE, Show.ALL)


@dataclass(frozen=True, slots=True)
class Tab:
    """Offer a list: what it is called, how many are in it, and where."""

    label: str
    total: Total
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Hold a month of the timeline with the address of its actions."""

    counted: MonthCount
    address: str


@router.get("/actions")
def show_actions(request: Request) -> Response:
    """Show the tracker; an address with blank fields leads to the one without."""
    check_length(request)
    tracker = Tracker.read(request.query_params)
    if any(not value for _, value in request.query_params.multi_items()):
        return RedirectResponse(tracker.address(), status_code=303)
    try:
        shown = _find(site_of(request), tracker)
    except SlowQueryError:
        raise
    except StoreError as error:
        return render(request, "actions.html", status=400, error=error, tracker=tracker, shows=SHOWS, on=date.today())
    return render(request, "actions.html", error=None, tracker=tracker, shows=SHOWS, **shown)


@router.get("/actions.json")
def show_twin(request: Request) -> Response:
    """Give a page of the tracker as JSON.

    Raises:
        StoreError: a day or the page token can't be understood.
    """
    check_length(request)
    tracker = Tracker.read(request.query_params)
    shown = _find(site_of(request), tracker)
    found: ActionPage = shown["page"]
    held = {
        "on": shown["on"].isoformat(),
        "show": tracker.show.value,
        "actions": [as_json(replace(row, source=public_source(row.source))) for row in found.rows],
        "months": [as_json(month.counted) for month in shown["months"]],
        "next": tracker.having(after=found.next_token).address("/actions.json") if found.next_token else None,
    }
    return JSONResponse(held)


def _find(site: Site, tracker: Tracker) -> dict[str, Any]:
    """Ask the store for all that the page shows; counts are kept for a while.

    Raises:
        StoreError: a day or the page token can't be understood, or there are too many words.
    """
    today = date.today()
    on = tracker.day(today)
    wanted = replace(tracker.filter(today), limit=PRINTED if tracker.is_print else ROWS)
    page = list_deadlines(site.store, wanted, after=tracker.after or None, latest_first=tracker.is_latest_first)
    months = _months(site, tracker, on)
    return {
        "on": on,
        "page": page,
        "total": count_listed(site, wanted),
        "tabs": [_tab(site, tracker, show, today) for show in TABS],
        "months": months,
        "timeline": _timeline(months),
        "next_address": replace(tracker, after=page.next_token).address() if page.next_token else None,
        "all_address": tracker.having(show=Show.ALL).address(),
        "first_address": tracker.having().address(),
        "print_address": tracker.having(is_print=True).address(),
        "pdf_address": tracker.having(is_print=False).address("/actions.pdf"),
        "feed_address": None if tracker.show == Show.UNDATED else tracker.feed_address(today),
    }


def count_listed(site: Site, wanted: ActionFilter) -> Total:
    """Count the actions of a list; a count is kept for a while."""
    asked = replace(wanted, limit=None)
    total: Total = site.reckoned.get(("actions", asked), lambda: count_actions(site.store, asked))
    return total


def _tab(site: Site, tracker: Tracker, show: Show, today: date) -> Tab:
    wanted = tracker.having(show=show)
    return Tab(SHOWS[show], count_listed(site, wanted.filter(today)), wanted.address(), show == tracker.show)


def _months(site: Site, tracker: Tracker, on: date) -> list[Month]:
    """Count the months around a day, whatever part of the list is chosen."""
    first, end = _add_months(on, -AROUND), _add_months(on, AROUND + 1)
    wanted = replace(
        tracker.having(show=Show.ALL, first="", last="").filter(on),
        due_after=first - timedelta(days=1),
        due_before=end,
    )
    found: tuple[MonthCount, ...] = site.reckoned.get(
        ("months", wanted, on), lambda: count_months(site.store, wanted, on=on)
    )
    by_month = {one.month: one for one in found}
    if not by_month:
        return []
    starts = [_add_months(first, number) for number in range(2 * AROUND + 1)]
    return [
        Month(by_month.get(start, MonthCount(start, 0, 0, 0)), _month_address(tracker, start)) for start in starts
    ]


def _month_address(tracker: Tracker, start: date) -> str:
    last = _add_months(start, 1) - timedelta(days=1)
    return tracker.having(show=Show.ALL, first=start.isoformat(), last=last.isoformat()).address()


def _add_months(day: date, number: int) -> date:
    """Give the first day of the month that is so many months away."""
    months = min(max(day.year * 12 + day.month - 1 + number, 12), 9_999 * 12 + 11)
    return date(months // 12, months % 12 + 1, 1)


def _timeline(months: list[Month]) -> Chart:
    marks = []
    for month in months:
        one = month.counted
        told = f"{write_month(one.month)}: {one.overdue} overdue, {one.coming} to come, {one.done} done"
        parts = (Part(one.overdue, "tone-late"), Part(one.coming, "tone-main"), Part(one.done, "tone-done"))
        has_any = one.overdue + one.coming + one.done > 0
        marks.append(Mark(f"{one.month:%b %y}", told, parts, month.address if has_any else None))
    return draw_columns(marks)
