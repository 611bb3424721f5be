"""Answer programs that count decisions, or add up the money that they decide."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query, Request

from minutes_miner.store.search import Sort, count_facets, total_money
from minutes_miner.web.api.answers import Facets, Money
from minutes_miner.web.api.questions import FacetQuestion, MoneyQuestion
from minutes_miner.web.api.routing import make_router
from minutes_miner.web.rendering import site_of

router = make_router("Counts")


@router.get("/facets", response_model=Facets)
def list_facets(request: Request, asked: Annotated[FacetQuestion, Query()]) -> Any:
    """Count the decisions of a search by council, committee, kind, outcome, topic, year and owner."""
    site = site_of(request)
    wanted = replace(asked.filter(), limit=None, sort=Sort.RELEVANCE)
    return site.facets.get((wanted, asked.limit), lambda: count_facets(site.store, wanted, limit=asked.limit))


@router.get("/money", response_model=Money)
def list_money(request: Request, asked: Annotated[MoneyQuestion, Query()]) -> Any:
    """Add up the money that the decisions of a search decide, each sum once, in all and by group."""
    return total_money(site_of(request).store, asked.filter(), by=asked.by)
