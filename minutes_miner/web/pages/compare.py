"""Set councils side by side: what they decided on a matter, how often, for how much, and how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from minutes_miner.errors import StoreError
from minutes_miner.store.fields import drop_field
from minutes_miner.store.rates import MeetingYears, count_meetings, find_authorities
from minutes_miner.store.search import (
    DecisionRow,
    Facets,
    Grouping,
    MoneyTotals,
    SlowQueryError,
    Sort,
    count_facets,
    search_decisions,
    total_money,
)
from minutes_miner.web.asking import Asking
from minutes_miner.web.charts import Chart, Mark, Part, draw_columns
from minutes_miner.web.lengths import check_length
from minutes_miner.web.page import Link, Page
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.site import Site
from minutes_miner.web.wording import write_count, write_value

router = APIRouter(include_in_schema=False)
PAGE = Page(router, Link("Compare", "/compare"))

PLACES = ("a", "b", "c")
"""What stands in the address for the councils."""

NEWEST = 3
"""Decisions that are shown of each council."""

YEARS = 60
OFFERED = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """Hold a place for a council: what was typed, which council that is, and which it may be with their addresses."""

    place: str
    typed: str
    name: str | None
    offers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """Count what a council did in a year; the sum is of the currency that all councils are compared in."""

    year: int
    meetings: int
    decisions: int
    spent: Decimal
    address: str


@dataclass(frozen=True, slots=True)
class Side:
    """Hold what is compared of one council."""

    name: str
    address: str
    facets: Facets
    meetings: MeetingYears
    money: MoneyTotals
    newest: tuple[DecisionRow, ...]
    years: tuple[Year, ...]

    @property
    def per_meeting(self) -> float | None:
        """Decisions of a meeting; None where no meeting was read."""
        return self.facets.total.count / self.meetings.total if self.meetings.total else None

    @property
    def per_year(self) -> float | None:
        """Decisions of a year in which it met; None where there is none."""
        return self.facets.total.count / len(self.meetings.by_year) if self.meetings.by_year else None

    def count_of(self, field: str, value: str) -> int:
        """Give how many of its decisions have a value."""
        return next((one.count for one in self.facets.counts.get(field, ()) if one.value == value), 0)


@router.get("/compare")
def show_compare(request: Request) -> Response:
    """Show councils side by side; an address with blank fields leads to the one without."""
    check_length(request)
    if any(not value for _, value in request.query_params.multi_items()):
        kept = [(name, value) for name, value in request.query_params.multi_items() if value]
        return RedirectResponse(f"/compare?{urlencode(kept)}" if kept else "/compare", status_code=303)
    site, asking = site_of(request), _read(request)
    shown: dict[str, Any] = {"asking": asking, "slots": _slots(site, request), "names": _names(site)}
    try:
        return render(request, "compare.html", error=None, **shown, **_find(site, asking, shown["slots"]))
    except SlowQueryError:
        raise
    except StoreError as error:
        return render(request, "compare.html", status=400, error=error, **shown)


@router.get("/compare.json")
def show_twin(request: Request) -> Response:
    """Give the same figures as JSON."""
    check_length(request)
    site, asking = site_of(request), _read(request)
    found = _find(site, asking, _slots(site, request))
    return JSONResponse([_twin(side) for side in found["sides"]])


def _read(request: Request) -> Asking:
    """Read what is asked of every council; which ones are compared is told by their places alone."""
    asking = Asking.read(request.query_params)
    facets = {name: values for name, values in asking.facets.items() if name != "authority"}
    return replace(asking, text=drop_field(asking.text, "authority"), facets=facets, after="")


def _twin(side: Side) -> dict[str, Any]:
    return {
        "council": side.name,
        "decisions": side.facets.total.count,
        "is_exact": side.facets.total.is_exact,
        "meetings": side.meetings.total,
        "decisions_per_meeting": side.per_meeting,
        "decisions_per_year": side.per_year,
        "spent": {total.currency: f"{total.total:f}" for total in side.money.overall},
        "kinds": {one.value: one.count for one in side.facets.counts.get("kind", ())},
        "outcomes": {one.value: one.count for one in side.facets.counts.get("outcome", ())},
        "years": {year.year: {"meetings": year.meetings, "decisions": year.decisions} for year in side.years},
        "newest": [row.id for row in side.newest],
        "search": side.address,
    }


def _names(site: Site) -> list[str]:
    names: list[str] = site.reckoned.get("authority names", lambda: find_authorities(site.store))
    return names


def _slots(site: Site, request: Request) -> list[Slot]:
    """Find out which council each name means; a name that may mean several is asked back."""
    slots = []
    for place in PLACES:
        typed = (request.query_params.get(place) or "").strip()
        found = find_authorities(site.store, typed, limit=OFFERED) if typed else []
        is_sure = len(found) == 1 or (found and found[0].casefold() == typed.casefold())
        offers = () if is_sure else tuple((name, _with_name(request, place, name)) for name in found)
        slots.append(Slot(place, typed, found[0] if is_sure else None, offers))
    return slots


def _with_name(request: Request, place: str, name: str) -> str:
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != place and value]
    return f"/compare?{urlencode([*pairs, (place, name)])}"


def _find(site: Site, asking: Asking, slots: Sequence[Slot]) -> dict[str, Any]:
    """Read what is compared, and lay out a chart for each council, all to one scale.

    Raises:
        StoreError: the query can't be understood.
    """
    names = list(dict.fromkeys(slot.name for slot in slots if slot.name))
    asking.filter(1)
    sides = [_side(site, asking, name) for name in names]
    currencies = [side.money.overall[0].currency for side in sides if side.money.overall]
    main = max(currencies, key=currencies.count, default="GBP")
    sides = [replace(side, years=_years(asking, side, main)) for side in sides]
    told = [year.year for side in sides for year in side.years]
    span = range(max(min(told), max(told) - YEARS + 1), max(told) + 1) if told else range(0)
    most = max((year.decisions for side in sides for year in side.years), default=0)
    return {
        "sides": sides,
        "main": main,
        "charts_of": {side.name: _draw(side, span, most) for side in sides},
        "kinds": _values(sides, "kind"),
        "outcomes": _values(sides, "outcome"),
    }


def _side(site: Site, asking: Asking, name: str) -> Side:
    wanted = replace(asking.filter(NEWEST), authority=name, is_whole=True, sort=Sort.NEWEST)

    def read() -> Side:
        counted = replace(wanted, limit=None)
        return Side(
            name,
            _search(asking, name).address(),
            count_facets(site.store, counted, limit=YEARS),
            count_meetings(site.store, name, since=wanted.since, until=wanted.until),
            total_money(site.store, counted, by=Grouping.YEAR),
            search_decisions(site.store, wanted).rows,
            (),
        )

    side: Side = site.reckoned.get(("compare", asking.address(), wanted), read)
    return side


def _search(asking: Asking, name: str) -> Asking:
    return replace(asking, facets={**asking.facets, "authority": (f"={name}",)}, sort=Sort.NEWEST, after="")


def _years(asking: Asking, side: Side, main: str) -> tuple[Year, ...]:
    decided = {int(one.value): one.count for one in side.facets.counts.get("year", ())}
    spent = {int(one.group or 0): one.total for one in side.money.groups if _is_year(one.group, one.currency, main)}
    search = _search(asking, side.name)
    return tuple(
        Year(
            year,
            side.meetings.by_year.get(year, 0),
            decided.get(year, 0),
            spent.get(year, Decimal(0)),
            replace(
                search, text=drop_field(asking.text, "year"), facets={**search.facets, "year": (str(year),)}
            ).address(),
        )
        for year in sorted({*side.meetings.by_year, *decided})
    )


def _is_year(group: str | None, currency: str, main: str) -> bool:
    return currency == main and (group or "").isdecimal()


def _draw(side: Side, span: range, most: int) -> Chart:
    by_year: Mapping[int, Year] = {year.year: year for year in side.years}
    marks = []
    for number in span:
        year = by_year.get(number)
        if year is None or not year.decisions:
            marks.append(Mark(str(number), f"{number}: no decision", ()))
            continue
        told = f"{number}: {write_count(year.decisions, 'decision')} in {write_count(year.meetings, 'meeting')}"
        marks.append(Mark(str(number), told, (Part(year.decisions),), year.address))
    return draw_columns(marks, most=most)


def _values(sides: Sequence[Side], field: str) -> list[tuple[str, str, list[int]]]:
    """Give each value of a facet that any side has: itself, its name, and how many decisions of each side have it."""
    values = dict.fromkeys(one.value for side in sides for one in side.facets.counts.get(field, ()))
    rows = [(value, write_value(value, field), [side.count_of(field, value) for side in sides]) for value in values]
    return sorted(rows, key=lambda row: (-sum(row[2]), row[1]))
