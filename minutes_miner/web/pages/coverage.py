"""Show what was read, what could not be, and what is not there: nobody should take the one for the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from minutes_miner.domain.gathering import OccasionKind
from minutes_miner.domain.vocabulary import OBSTACLES, Coverage
from minutes_miner.store.coverage import AuthorityCoverage, CoverageRow, count_coverage
from minutes_miner.store.failures import count_failures
from minutes_miner.web.charts import Chart, Mark, Part, draw_columns
from minutes_miner.web.page import Link, Page
from minutes_miner.web.pages.council import councils_of, find_coverage
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.site import Site
from minutes_miner.web.twin import as_json
from minutes_miner.web.wording import write_count

router = APIRouter(include_in_schema=False)
PAGE = Page(router, Link("Coverage", "/coverage"))

_FETCHED = frozenset({Coverage.DRAFT, Coverage.APPROVED})
_NOTHING = frozenset({Coverage.EMPTY, Coverage.AGENDA_ONLY})


@dataclass(frozen=True, slots=True)
class Tally:
    """Count meetings and notices by how far they have been read.

    Attributes:
        mined: in the database.
        fetched: fetched, and not read into the database yet.
        nothing: listed by the council without minutes: there is nothing to read.
        unread: refused, blocked or failed: nobody knows what was decided.
        untried: listed, and not asked for yet.
        cancelled: of all of them, those that the council calls cancelled.
        vanished: of all of them, those that the council lists no more.
    """

    mined: int
    fetched: int
    nothing: int
    unread: int
    untried: int
    cancelled: int
    vanished: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.mined + self.fetched + self.nothing + self.unread + self.untried


@router.get("/coverage.json")
def list_twin(request: Request) -> Response:
    """Give the counts of every body and year as JSON."""
    return _answer(as_json(_rows(site_of(request))))


@router.get("/coverage")
def show_coverage(request: Request) -> Response:
    """Show for every council what was asked for, read and missed."""
    site = site_of(request)
    rows = _rows(site)
    councils = councils_of(site)
    by_code: dict[str, list[CoverageRow]] = {}
    for row in rows:
        by_code.setdefault(row.authority, []).append(row)
    known = [(council, find_coverage(site, council.code)) for council in councils]
    asked = [(council, found, count_states(by_code.get(found.code, ()))) for council, found in known if found]
    return render(
        request,
        "coverage.html",
        asked=asked,
        given=[council for council, found in known if not found],
        total=count_states(rows),
        failures=site.reckoned.get("failures", lambda: count_failures(site.store)),
        states=list(Coverage),
        obstacles=OBSTACLES,
    )


@router.get("/coverage/{code}.json")
def show_twin(request: Request, code: str) -> Response:
    """Give the counts of one council as JSON."""
    found = _get(request, code)
    rows = [row for row in _rows(site_of(request)) if row.authority == found.code]
    return _answer({**as_json(found), "rows": as_json(rows)})


@router.get("/coverage/{code}")
def show_authority(request: Request, code: str) -> Response:
    """Show what was asked for, read and missed of one council, by body and by year."""
    site, found = site_of(request), _get(request, code)
    rows = [row for row in _rows(site) if row.authority == found.code]
    bodies = sorted({row.committee or "" for row in rows}, key=lambda name: (not name, name))
    years = sorted({row.year for row in rows if row.year is not None})
    by_year = [(year, count_states(row for row in rows if row.year == year)) for year in years]
    return render(
        request,
        "authority_coverage.html",
        found=found,
        age=_age(found, date.today()),
        name=next((council.name for council in councils_of(site) if council.code == found.code), found.name),
        total=count_states(rows),
        bodies=[(name, count_states(row for row in rows if (row.committee or "") == name)) for name in bodies],
        years=by_year,
        chart=_draw(by_year),
        has_notices=any(row.kind is OccasionKind.NOTICE for row in rows),
        undated=count_states(row for row in rows if row.year is None),
    )


def count_states(rows: Iterable[CoverageRow]) -> Tally:
    """Add counts up."""
    listed = list(rows)
    counts: Counter[Coverage] = Counter()
    for row in listed:
        counts[row.state] += row.count
    return Tally(
        mined=counts[Coverage.MINED],
        fetched=sum(counts[state] for state in _FETCHED),
        nothing=sum(counts[state] for state in _NOTHING),
        unread=sum(counts[state] for state in OBSTACLES),
        untried=counts[Coverage.NOT_TRIED],
        cancelled=sum(row.cancelled for row in listed),
        vanished=sum(row.vanished for row in listed),
    )


def _draw(years: Sequence[tuple[int, Tally]]) -> Chart:
    marks = []
    for year, tally in years:
        words = f"{year}: {write_count(tally.total, 'meeting or notice', 'meetings and notices')}, {tally.mined:,} read"
        rest = tally.total - tally.mined - tally.unread
        parts = (Part(tally.mined), Part(rest, "tone-plain"), Part(tally.unread, "tone-late"))
        marks.append(Mark(str(year), f"{words}, {tally.unread:,} could not be read", parts))
    return draw_columns(marks)


def _age(found: AuthorityCoverage, today: date) -> int | None:
    """Give how many days ago the council was asked last."""
    return (today - date.fromisoformat(found.asked_at[:10])).days if found.asked_at else None


def _rows(site: Site) -> list[CoverageRow]:
    found: list[CoverageRow] = site.reckoned.get("coverage", lambda: count_coverage(site.store))
    return found


def _get(request: Request, code: str) -> AuthorityCoverage:
    site = site_of(request)
    wanted = next((one.code for one in councils_of(site) if one.code and one.code.lower() == code.lower()), None)
    found = find_coverage(site, wanted)
    if found is None:
        raise HTTPException(404, "no council that was asked has this code")
    return found


def _answer(told: Any) -> Response:
    return JSONResponse(told)
