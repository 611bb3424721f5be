"""Show what decisions decide to spend: over the years and by council, topic, kind or role, with the way to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from minutes_miner.errors import StoreError
from minutes_miner.store.search import DecisionFilter, Grouping, MoneyTotal, MoneyTotals, SlowQueryError, total_money
from minutes_miner.store.totals import UNKNOWN
from minutes_miner.web.asking import FACETS, Asking
from minutes_miner.web.charts import Chart, Mark, Part, draw_bars, draw_columns
from minutes_miner.web.drilling import drill
from minutes_miner.web.lengths import check_length
from minutes_miner.web.page import Link, Page
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.site import Site
from minutes_miner.web.twin import as_json
from minutes_miner.web.wording import write_count, write_field, write_sum, write_value

router = APIRouter(include_in_schema=False)
PAGE = Page(router, Link("Money", "/money"))

PARTS = {
    Grouping.AUTHORITY: "Council",
    Grouping.TOPIC: "Topic",
    Grouping.KIND: "Decision",
    Grouping.ROLE: "What the sum is",
}
"""What the second chart can part sums by."""

BARS = 15
"""Groups of a chart; its table has all up to ROWS."""

ROWS = 200
YEARS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line of a table: a total, what its group is called, and the search for the decisions behind it."""

    total: MoneyTotal
    label: str
    address: str | None


@router.get("/money")
def show_money(request: Request) -> Response:
    """Show the charts; an address with blank fields leads to the one without."""
    check_length(request)
    asking, by = Asking.read(request.query_params), _read_part(request)
    if any(not value for _, value in request.query_params.multi_items()):
        return RedirectResponse(_address(asking, by), status_code=303)
    shown: dict[str, Any] = {"asking": asking, "by": by, "parts": _tabs(asking, by), "part": PARTS[by]}
    try:
        return render(request, "money.html", error=None, **shown, **_find(site_of(request), asking, by))
    except SlowQueryError:
        raise
    except StoreError as error:
        return render(request, "money.html", status=400, error=error, **shown)


@router.get("/money.json")
def show_twin(request: Request) -> Response:
    """Give the same totals as JSON."""
    check_length(request)
    asking, by = Asking.read(request.query_params), _read_part(request)
    found = _find(site_of(request), asking, by)
    held = {
        "by": by.value,
        "overall": [as_json(total) for total in found["overall"]],
        "years": [_line_twin(line) for line in found["years"]],
        "groups": [_line_twin(line) for line in found["groups"]],
    }
    return JSONResponse(held)


def _line_twin(line: Line) -> dict[str, Any]:
    held: dict[str, Any] = as_json(line.total)
    return {**held, "label": line.label, "search": line.address}


def _read_part(request: Request) -> Grouping:
    part = request.query_params.get("by") or ""
    return Grouping(part) if part in PARTS else Grouping.AUTHORITY


def _address(asking: Asking, by: Grouping) -> str:
    base = replace(asking, after="").address("/money")
    if by is Grouping.AUTHORITY:
        return base
    return f"{base}{'&' if '?' in base else '?'}by={by.value}"


def _tabs(asking: Asking, by: Grouping) -> list[tuple[str, str, bool]]:
    return [(label, _address(asking, part), part == by) for part, label in PARTS.items()]


def _find(site: Site, asking: Asking, by: Grouping) -> dict[str, Any]:
    """Add up, and lay out both charts for the currency that most is decided in.

    Raises:
        StoreError: the query can't be understood.
    """
    wanted = asking.filter(1)
    by_year = _total(site, wanted, Grouping.YEAR)
    parted = _total(site, wanted, by)
    overall = by_year.overall
    main = overall[0].currency if overall else ""
    told = main if len(overall) > 1 else None
    years = _lines(asking, Grouping.YEAR, by_year.groups, main, told)
    years.sort(key=lambda line: line.total.group or "")
    groups = _lines(asking, by, parted.groups, main, told)
    search = drill(asking, None, None, told) if overall else None
    return {
        "overall": overall,
        "main": main,
        "behind": search.address() if search else None,
        "years": years,
        "groups": groups[:ROWS],
        "more": max(len(groups) - ROWS, 0),
        "year_chart": _draw_years(years, main),
        "group_chart": draw_bars([_mark(line) for line in groups[:BARS]]),
        "bars": BARS,
        "conditions": _conditions(asking),
    }


def _total(site: Site, wanted: DecisionFilter, by: Grouping) -> MoneyTotals:
    found: MoneyTotals = site.reckoned.get(("money", wanted, by), lambda: total_money(site.store, wanted, by=by))
    return found


def _lines(
    asking: Asking, by: Grouping, totals: Sequence[MoneyTotal], main: str, currency: str | None
) -> list[Line]:
    lines = []
    for total in totals:
        if total.currency == main:
            search = drill(asking, by, total.group, currency)
            lines.append(Line(total, _name(by, total.group), search.address() if search else None))
    return lines


def _name(by: Grouping, group: str | None) -> str:
    if group is None or group == UNKNOWN:
        return "Not told"
    return group.capitalize() if by is Grouping.ROLE else write_value(group, by.value)


def _mark(line: Line) -> Mark:
    total = line.total
    told = f"{line.label}: {write_sum(total.total, total.currency)} in {write_count(total.count, 'sum')}"
    return Mark(line.label, told, (Part(float(total.total)),), line.address)


def _draw_years(lines: Sequence[Line], currency: str) -> Chart:
    """Lay out the years, those without a sum too; what has no year stands in the table alone."""
    known = {int(line.label): line for line in lines if line.label.isdecimal()}
    marks = []
    last = max(known, default=0)
    for year in range(max(min(known, default=1), last - YEARS + 1), last + 1):
        line = known.get(year)
        nothing = Mark(str(year), f"{year}: {write_sum(None, currency)}nothing", ())
        marks.append(_mark(line) if line else nothing)
    return draw_columns(marks)


def _conditions(asking: Asking) -> str:
    """Write what is added up."""
    parts = [f"“{asking.text}”"] if asking.text else []
    for name in FACETS:
        values = " or ".join(write_value(value, name) for value in asking.facets.get(name, ()))
        parts += [f"{write_field(name).lower()} {values}"] if values else []
    return ", ".join(parts)
