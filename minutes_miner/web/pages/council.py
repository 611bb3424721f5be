"""Show the councils, each council, and the meetings of each of its bodies."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from minutes_miner.domain.vocabulary import PartyKind, Territory
from minutes_miner.store.appearing import MemberRow, find_members
from minutes_miner.store.councils import BodyRow, CouncilRow, find_councils, find_meetings
from minutes_miner.store.coverage import AuthorityCoverage, list_authorities
from minutes_miner.store.query import fold
from minutes_miner.store.search import DecisionFilter, Facets, Sort, count_facets, search_decisions, total_money
from minutes_miner.web.charts import Mark, Part, draw_columns
from minutes_miner.web.page import Link, Page
from minutes_miner.web.places import body_path, council_path
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.site import Site
from minutes_miner.web.twin import as_json
from minutes_miner.web.wording import write_count, write_value

router = APIRouter(include_in_schema=False)
PAGE = Page(router, Link("Councils", "/councils"))

NEWEST = 5
"""Decisions that a council's page shows."""

MEMBERS = 12
"""Members that a council's page names."""

MEETINGS = 50
"""Meetings of one page."""

YEARS = 40


@router.get("/councils.json")
def list_twin(request: Request) -> Response:
    """Give the councils as JSON."""
    found = _choose(request)
    return _answer([_council_twin(council) for council in found])


@router.get("/councils")
def list_councils(request: Request) -> Response:
    """Show the councils whose name holds some words, all or those of one part of the country."""
    found = _choose(request)
    every = councils_of(site_of(request))
    return render(
        request,
        "councils.html",
        councils=found,
        count=len(every),
        asked=_asked(request),
        territory=request.query_params.get("territory") or "",
        territories=[place for place in Territory if any(council.territory == place for council in every)],
        twin=f"/councils.json?{request.url.query}".rstrip("?"),
    )


@router.get("/councils/{slug}.json")
def council_twin(request: Request, slug: str) -> Response:
    """Give a council as JSON."""
    council, _ = find_place(request, slug)
    about = _describe(site_of(request), council)
    bodies = [_body_twin(council, body) for body in council.bodies]
    return _answer({**_council_twin(council), "bodies": bodies, **about})


@router.get("/councils/{slug}/{body_slug}.json")
def body_twin(request: Request, slug: str, body_slug: str) -> Response:
    """Give a body with a page of its meetings as JSON."""
    council, body = find_place(request, slug, body_slug)
    assert body
    number = _page_number(request, body)
    met = find_meetings(site_of(request).store, council, body, offset=(number - 1) * MEETINGS, limit=MEETINGS)
    return _answer({**_body_twin(council, body), "council": council.name, "page": number, "held": as_json(met)})


@router.get("/councils/{slug}")
def show_council(request: Request, slug: str) -> Response:
    """Show a council by the address of its name, or by its code."""
    council, _ = find_place(request, slug)
    if request.url.path != council_path(council.name):
        return RedirectResponse(council_path(council.name), status_code=301)
    site = site_of(request)
    facets = _count(site, council)
    return render(
        request,
        "council.html",
        council=council,
        bodies=[(body, body_path(council.name, body.name)) for body in council.bodies],
        total=facets.total,
        cards=_newest(site, council),
        years=_years(facets, council.name),
        topics=_choices(facets, council, "topic"),
        kinds=_choices(facets, council, "kind"),
        money=_money(site, council),
        members=_members(site, council),
        coverage=find_coverage(site, council.code),
        is_held=bool(council.spellings),
    )


@router.get("/councils/{slug}/{body_slug}")
def show_body(request: Request, slug: str, body_slug: str) -> Response:
    """Show the meetings of a body, the newest first."""
    council, body = find_place(request, slug, body_slug)
    assert body
    path = body_path(council.name, body.name)
    if request.url.path != path:
        return RedirectResponse(path, status_code=301)
    site, number = site_of(request), _page_number(request, body)
    facets = _count(site, council, body)
    return render(
        request,
        "body.html",
        council=council,
        body=body,
        held=find_meetings(site.store, council, body, offset=(number - 1) * MEETINGS, limit=MEETINGS),
        number=number,
        has_more=number * MEETINGS < body.meetings,
        total=facets.total if body.key else None,
        cards=_newest(site, council, body) if body.key and number == 1 else [],
        years=_years(facets, council.name, body.name) if body.key else None,
        path_of_body=path,
    )


def councils_of(site: Site) -> list[CouncilRow]:
    """Give all councils; they are read anew every five minutes."""
    found: list[CouncilRow] = site.reckoned.get("councils", lambda: find_councils(site.store))
    return found


def find_place(request: Request, slug: str, body_slug: str | None = None) -> tuple[CouncilRow, BodyRow | None]:
    """Give the council and the body of an address; a council may be called by its code.

    Raises:
        HTTPException: there is none.
    """
    asked = slug.lower()
    for council in councils_of(site_of(request)):
        if asked not in {council_path(council.name).rpartition("/")[2], (council.code or "").lower()}:
            continue
        if body_slug is None:
            return council, None
        for body in council.bodies:
            if body_path(council.name, body.name).rpartition("/")[2] == body_slug.lower():
                return council, body
    raise HTTPException(404, "no council has this address" if body_slug is None else "no body has this address")


def find_coverage(site: Site, code: str | None) -> AuthorityCoverage | None:
    """Give what was gathered of an authority; None where nothing was asked for."""
    if code is None:
        return None
    listed = site.reckoned.get("authorities", lambda: {one.code: one for one in list_authorities(site.store)})
    found: AuthorityCoverage | None = listed.get(code)
    return found


def _choose(request: Request) -> list[CouncilRow]:
    asked, place = fold(_asked(request)), request.query_params.get("territory") or ""
    return [
        council
        for council in councils_of(site_of(request))
        if (asked in council.key or asked == fold(council.code or ""))
        and (not place or council.territory == place)
    ]


def _asked(request: Request) -> str:
    return " ".join((request.query_params.get("q") or "").split())[:100]


def _filter(council: CouncilRow, body: BodyRow | None = None) -> DecisionFilter:
    """Give what finds the decisions of a council or body, and no other's."""
    name = max(council.spellings, key=lambda one: (one == council.name, one), default=council.name)
    return DecisionFilter(authority=name, committee=body.name if body else None, is_whole=True)


def _count(site: Site, council: CouncilRow, body: BodyRow | None = None) -> Facets:
    asked = _filter(council, body)
    return site.facets.get(asked, lambda: count_facets(site.store, asked, limit=YEARS))


def _newest(site: Site, council: CouncilRow, body: BodyRow | None = None) -> Any:
    wanted = _filter(council, body)
    rows = search_decisions(
        site.store,
        DecisionFilter(
            authority=wanted.authority, committee=wanted.committee, is_whole=True, sort=Sort.NEWEST, limit=NEWEST
        ),
    ).rows
    return [(row, row.text if len(row.text) < 300 else row.text[:299].rstrip() + "…") for row in rows]


def _members(site: Site, council: CouncilRow) -> list[MemberRow]:
    def find() -> list[MemberRow]:
        return find_members(site.store, _filter(council).authority or "", kind=PartyKind.PERSON, limit=MEMBERS)

    found: list[MemberRow] = site.reckoned.get(("members", council.key), find)
    return found


def _money(site: Site, council: CouncilRow) -> Any:
    asked = _filter(council)
    return site.reckoned.get(("money", asked), lambda: total_money(site.store, asked).overall)


def _years(facets: Facets, council: str, body: str | None = None) -> Any:
    """Lay out the decisions of each year, those between that have none too; None where no year is known."""
    counts = {int(one.value): one.count for one in facets.counts.get("year", ()) if one.value.isdigit()}
    if not counts:
        return None
    rows = [(year, counts.get(year, 0)) for year in range(min(counts), max(counts) + 1)]
    about = "" if facets.total.is_exact else "about "
    marks = []
    for year, count in rows:
        address = search_address(authority=council, committee=body or "", year=str(year)) if count else None
        marks.append(Mark(str(year), f"{year}: {about}{write_count(count, 'decision')}", (Part(count),), address))
    return {"chart": draw_columns(marks), "rows": [(mark.label, mark.parts[0].value, mark.address) for mark in marks]}


def _choices(facets: Facets, council: CouncilRow, field: str) -> list[tuple[str, int, str]]:
    return [
        (write_value(one.value, field), one.count, search_address(authority=council.name, **{field: one.value}))
        for one in facets.counts.get(field, ())[:8]
    ]


def search_address(**conditions: str) -> str:
    """Give the address of a search by facets."""
    return f"/search?{urlencode({name: value for name, value in conditions.items() if value})}"


def _page_number(request: Request, body: BodyRow) -> int:
    """Read which page of a body's meetings is wanted.

    Raises:
        HTTPException: there is no such page.
    """
    asked = request.query_params.get("page") or "1"
    last = max(1, -(-body.meetings // MEETINGS))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= last):
        raise HTTPException(404, "there is no such page of meetings")
    return int(asked)


def _describe(site: Site, council: CouncilRow) -> dict[str, Any]:
    facets = _count(site, council)
    return {
        "decisions": as_json(facets.total),
        "counts": {name: as_json(list(values)) for name, values in facets.counts.items()},
        "money": as_json(_money(site, council)),
        "coverage": as_json(found) if (found := find_coverage(site, council.code)) else None,
    }


def _council_twin(council: CouncilRow) -> dict[str, Any]:
    names = ("name", "code", "territory", "meetings", "papers", "first_day", "last_day")
    return {"address": council_path(council.name), **{name: as_json(getattr(council, name)) for name in names}}


def _body_twin(council: CouncilRow, body: BodyRow) -> dict[str, Any]:
    names = ("name", "meetings", "papers", "first_day", "last_day")
    return {
        "address": body_path(council.name, body.name),
        **{name: as_json(getattr(body, name)) for name in names},
    }


def _answer(told: Any) -> Response:
    return JSONResponse(told)
