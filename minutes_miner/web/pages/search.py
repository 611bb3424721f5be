"""Show the search: its box, its results, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from minutes_miner.errors import StoreError
from minutes_miner.store.search import (
    DecisionFilter,
    DecisionRow,
    Facets,
)
from minutes_miner.store.search import Page as Found
from minutes_miner.store.search import SlowQueryError, Sort, search_decisions, search_with_facets
from minutes_miner.web.asking import FACETS, SORTS, Asking
from minutes_miner.web.marking import mark_snippet
from minutes_miner.web.page import Link, Page
from minutes_miner.web.rendering import render, site_of
from minutes_miner.web.site import Site
from minutes_miner.web.watching import plain
from minutes_miner.web.wording import write_day, write_field, write_value

router = APIRouter(include_in_schema=False)
PAGE = Page(router, Link("Search", "/search"))

SHOWN_VALUES = 8
"""Values of a facet that are listed."""

SHOWN_AT_HOME = 5

ORDER = ("authority", "topic", "kind", "year", "outcome", "committee", "owner", "territory")
"""Facets in the order in which they are most often wanted; others come after them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Offer a value of a facet: how many decisions have it, and the address of the search with it."""

    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hold what a facet offers."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """Name a condition that is in force, and the address of the search without it."""

    label: str
    address: str


@router.get("/")
def home(request: Request) -> Response:
    """Show the box, what the database holds, and the newest decisions."""
    site = site_of(request)
    found, facets = _find(site, DecisionFilter(sort=Sort.NEWEST, limit=8), None)
    return render(
        request,
        "home.html",
        asking=Asking(),
        groups=[replace(group, choices=group.choices[:SHOWN_AT_HOME]) for group in _groups(Asking(), facets)],
        total=facets.total,
        cards=_cards(found),
    )


@router.get("/search")
def show_search(request: Request) -> Response:
    """Show a page of results with its filters; an address with blank fields leads to the one without."""
    site = site_of(request)
    asking = Asking.read(request.query_params)
    if len(request.url.query) > 4 * site.settings.max_query or len(asking.text) > site.settings.max_query:
        raise HTTPException(414, f"a search may have {site.settings.max_query} characters")
    is_part = request.headers.get("HX-Request") == "true"
    if not is_part and any(not value for _, value in request.query_params.multi_items()):
        return RedirectResponse(asking.address(), status_code=303)
    answer = _show(request, asking)
    if is_part:
        answer.headers["HX-Push-Url"] = asking.address()
    return answer


def _show(request: Request, asking: Asking) -> Response:
    site = site_of(request)
    try:
        found, facets = _find(site, asking.filter(site.settings.page_size), asking.after or None)
    except SlowQueryError:
        raise
    except StoreError as error:
        shown = {"error": error, "cards": (), "groups": (), "total": None, "next_address": None}
        return render(request, "search.html", status=400, **shown, **_about(site, asking))
    return render(
        request,
        "search.html",
        error=None,
        cards=_cards(found),
        groups=_groups(asking, facets),
        total=found.total,
        next_address=asking.then(found.next_token).address() if found.next_token else None,
        **_about(site, asking),
    )


def _find(site: Site, wanted: DecisionFilter, after: str | None) -> tuple[Found, Facets]:
    """Give a page of a search, and its facets; for a minute, its other pages and orders have the same."""
    pages: list[Found] = []

    def count() -> Facets:
        page, facets = search_with_facets(site.store, wanted, limit=SHOWN_VALUES, after=after)
        pages.append(page)
        return facets

    facets = site.facets.get(replace(wanted, limit=None, offset=0, sort=Sort.RELEVANCE), count)
    return pages[0] if pages else search_decisions(site.store, wanted, after=after), facets


def _about(site: Site, asking: Asking) -> dict[str, Any]:
    """Give what every state of the search shows."""
    first_address = asking.lacking("after").address()
    token = site.watching.signer.sign_form() if site.watching and not plain(asking).is_blank else None
    shown = {"asking": asking, "chips": _chips(asking), "sorts": SORTS, "first_address": first_address}
    return {**shown, "can_watch": site.watching is not None, "watch_token": token}


def _cards(found: Found) -> list[tuple[DecisionRow, Markup]]:
    return [(row, mark_snippet(snippet)) for row, snippet in zip(found.rows, found.snippets, strict=True)]


def _groups(asking: Asking, facets: Facets) -> list[Group]:
    groups = []
    for name in dict.fromkeys((*ORDER, *FACETS)):
        chosen = asking.facets.get(name, ())
        offered = tuple(
            Choice(write_value(counted.value, name), counted.count, asking.having(name, counted.value).address())
            for counted in facets.counts.get(name, ())
            if counted.value not in chosen
        )
        if offered:
            groups.append(Group(write_field(name), offered))
    return groups


def _chips(asking: Asking) -> list[Chip]:
    chips = [
        Chip(f"{write_field(name)}: {write_value(value, name)}", asking.lacking(name, value).address())
        for name in FACETS
        for value in asking.facets.get(name, ())
    ]
    for name, label in (("since", "From"), ("until", "Up to"), ("least", "At least")):
        value = getattr(asking, name)
        if value:
            chips.append(Chip(f"{label} {_as_day(value)}", asking.lacking(name).address()))
    if asking.routine:
        chips.append(Chip("With routine business", asking.lacking("routine").address()))
    return chips


def _as_day(value: str) -> str:
    try:
        return write_day(date.fromisoformat(value))
    except ValueError:
        return value
